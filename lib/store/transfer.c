/* SPDX-License-Identifier: MIT */
#include "transfer.h"

/* The members of each kind, in the order of the columns in schema.sql. */

#define REQUIRED(name, type) \
    { \
        name, OFP_MEMBER_##type, false \
    }
#define OPTIONAL(name, type) \
    { \
        name, OFP_MEMBER_##type, true \
    }

static const ofp_member migration[] = {
    REQUIRED("number", NUMBER),        REQUIRED("org", TEXT),
    OPTIONAL("org_name", TEXT),        REQUIRED("source", TEXT),
    REQUIRED("source_level", TEXT),    REQUIRED("target", TEXT),
    REQUIRED("level", TEXT),           REQUIRED("target_date", DATE),
    REQUIRED("ends_at", INSTANT),      REQUIRED("forgotten_at", INSTANT),
    REQUIRED("status", TEXT),          REQUIRED("revision", NUMBER),
    REQUIRED("owner", TEXT),           OPTIONAL("reason", TEXT),
    OPTIONAL("evidence", TEXT),        REQUIRED("requested_by", TEXT),
    REQUIRED("requested_at", INSTANT), OPTIONAL("decided_by", TEXT),
    OPTIONAL("decided_at", INSTANT),   REQUIRED("changed_at", INSTANT),
    OPTIONAL("closed_by", TEXT),       OPTIONAL("closed_at", INSTANT),
    OPTIONAL("outcome", TEXT),         REQUIRED("extensions", COUNT),
    OPTIONAL("policy", TEXT),          OPTIONAL("policy_revision", TEXT),
    OPTIONAL("policy_digest", TEXT),   REQUIRED("settled", FLAG),
    OPTIONAL("due_at", INSTANT),
};

static const ofp_member audit[] = {
    REQUIRED("seq", NUMBER),         REQUIRED("at", INSTANT),
    REQUIRED("kind", TEXT),          OPTIONAL("migration", NUMBER),
    OPTIONAL("org", TEXT),           OPTIONAL("actor", TEXT),
    OPTIONAL("role", TEXT),          OPTIONAL("reason", TEXT),
    OPTIONAL("key", TEXT),           OPTIONAL("command", HASH),
    OPTIONAL("policy", TEXT),        OPTIONAL("policy_revision", TEXT),
    OPTIONAL("policy_digest", TEXT), OPTIONAL("previous_date", DATE),
    OPTIONAL("record", TEXT),        OPTIONAL("detail", TEXT),
    REQUIRED("previous", HASH),      REQUIRED("hash", HASH),
};

static const ofp_member action[] = {
    REQUIRED("seq", NUMBER),         REQUIRED("key", TEXT),
    REQUIRED("event", NUMBER),       REQUIRED("migration", NUMBER),
    REQUIRED("org", TEXT),           REQUIRED("kind", TEXT),
    OPTIONAL("tag", TEXT),           OPTIONAL("text", TEXT),
    OPTIONAL("owner", TEXT),         OPTIONAL("unless_offering", TEXT),
    OPTIONAL("unless_level", TEXT),  OPTIONAL("not_before", INSTANT),
    REQUIRED("created_at", INSTANT), REQUIRED("state", TEXT),
    REQUIRED("attempts", COUNT),     OPTIONAL("retry_at", INSTANT),
    OPTIONAL("problem", TEXT),       OPTIONAL("settled_at", INSTANT),
};

static const ofp_member decision[] = {
    REQUIRED("seq", NUMBER),   REQUIRED("at", INSTANT),         REQUIRED("ticket", TEXT),
    OPTIONAL("org", TEXT),     REQUIRED("policy_digest", TEXT), REQUIRED("tzdata", TEXT),
    REQUIRED("request", TEXT), REQUIRED("decision", TEXT),
};

#define MEMBERS(table) (table), sizeof(table) / sizeof *(table)

/* In an order in which no record names one that comes later. */
const ofp_transfer_kind ofp_transfer_kinds[OFP_TRANSFER_KIND_COUNT] = {
    {"migration", OFP_STATEMENT_EXPORT_MIGRATIONS, OFP_STATEMENT_INSERT_MIGRATION,
     MEMBERS(migration)},
    {"audit", OFP_STATEMENT_EXPORT_AUDIT, OFP_STATEMENT_INSERT_EVENT, MEMBERS(audit)},
    {"action", OFP_STATEMENT_EXPORT_ACTIONS, OFP_STATEMENT_IMPORT_ACTION, MEMBERS(action)},
    {"decision", OFP_STATEMENT_EXPORT_DECISIONS, OFP_STATEMENT_IMPORT_DECISION, MEMBERS(decision)},
};
