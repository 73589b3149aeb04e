-- SPDX-License-Identifier: MIT
-- Facts from JSON: ?1 is the document's text.
WITH input AS MATERIALIZED (
    SELECT ?1 ->> '$.now' AS now, ?1 -> '$.ticket' AS ticket, ?1 -> '$.org' AS org,
        ?1 -> '$.entitlements' AS entitlements, ?1 -> '$.migrations' AS migrations
),
request AS MATERIALIZED (
    SELECT now, ticket ->> 'subject' AS subject, ticket ->> 'description' AS description,
        ticket ->> 'priority' AS priority, ticket ->> 'offering' AS offering,
        ticket ->> 'form' AS form, org <> 'null' AS has_org
    FROM input
),
ticket_tag AS MATERIALIZED (SELECT value AS tag FROM input, json_each(ticket, '$.tags')),
org_tag AS MATERIALIZED (SELECT value AS tag FROM input, json_each(org, '$.tags')),
entitlement AS (
    SELECT value ->> 'offering' AS offering, value ->> 'starts' AS starts, value ->> 'ends' AS ends,
        value ->> 'hold' AS hold,
        CASE value ->> 'level' WHEN 'free' THEN 0 WHEN 'standard' THEN 1 WHEN 'premium' THEN 2 ELSE 3 END AS rank
    FROM input, json_each(entitlements)
),
migration AS (
    SELECT value ->> 'to' AS offering, value ->> 'status' AS status, value ->> 'end' AS end,
        value ->> 'forgotten' AS forgotten,
        CASE value ->> 'level' WHEN 'standard' THEN 1 WHEN 'premium' THEN 2 ELSE 3 END AS rank
    FROM input, json_each(migrations)
),
