-- SPDX-License-Identifier: MIT
-- Facts from tables: ?1 is the request's number.
WITH request AS MATERIALIZED (SELECT * FROM main.request WHERE id = ?1),
ticket_tag AS MATERIALIZED (SELECT tag FROM main.ticket_tag WHERE request = ?1),
org_tag AS MATERIALIZED (SELECT tag FROM main.org_tag WHERE request = ?1),
entitlement AS (SELECT * FROM main.entitlement WHERE request = ?1),
migration AS (SELECT * FROM main.migration WHERE request = ?1),
