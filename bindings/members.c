/* SPDX-License-Identifier: MIT */
#include "members.h"

#include <offerpolicy/offerpolicy.h>

/* A member of the struct whose table it stands in. */
#define MEMBER(name, type) \
    { \
#name, OFP_MEMBER_##type, offsetof(STRUCT, name) \
    }

/* The table of a struct, from its list of members and its start. */
#define MEMBERS(items, ...) \
    { \
        items, sizeof items / sizeof *items, &(const STRUCT)__VA_ARGS__, sizeof(STRUCT) \
    }

#define STRUCT ofp_policy_options
static const ofp_member policy_options[] = {
    MEMBER(zone_directory, STRING),
    MEMBER(source, STRING),
    MEMBER(no_jit, FLAG),
};
const ofp_members ofp_policy_options_members = MEMBERS(policy_options, {.size = sizeof(STRUCT)});
#undef STRUCT

#define STRUCT ofp_explain_options
static const ofp_member explain_options[] = {
    MEMBER(zone, ZONE),
    MEMBER(colour, FLAG),
    MEMBER(verbose, FLAG),
};
const ofp_members ofp_explain_options_members = MEMBERS(explain_options, {.size = sizeof(STRUCT)});
#undef STRUCT

#define STRUCT ofp_store_options
static const ofp_member store_options[] = {
    MEMBER(mode, ENUM),
    MEMBER(busy_ms, UINT32),
    MEMBER(at, INSTANT),
};
const ofp_members ofp_store_options_members = MEMBERS(store_options, {.size = sizeof(STRUCT)});
#undef STRUCT

#define STRUCT ofp_migration_filter
static const ofp_member migration_filter[] = {
    MEMBER(org, TEXT),   MEMBER(state, ENUM), MEMBER(at, INSTANT), MEMBER(ends_before, INSTANT),
    MEMBER(after, TEXT), MEMBER(limit, SIZE),
};
const ofp_members ofp_migration_filter_members =
    MEMBERS(migration_filter, OFP_MIGRATION_FILTER_INIT);
#undef STRUCT

#define STRUCT ofp_event_filter
static const ofp_member event_filter[] = {
    MEMBER(org, TEXT),      MEMBER(migration, TEXT), MEMBER(since, INSTANT),
    MEMBER(after, INTEGER), MEMBER(limit, SIZE),
};
const ofp_members ofp_event_filter_members = MEMBERS(event_filter, OFP_EVENT_FILTER_INIT);
#undef STRUCT

#define STRUCT ofp_log_filter
static const ofp_member log_filter[] = {
    MEMBER(ticket, TEXT),   MEMBER(org, TEXT),      MEMBER(since, INSTANT),
    MEMBER(until, INSTANT), MEMBER(after, INTEGER), MEMBER(limit, SIZE),
};
const ofp_members ofp_log_filter_members = MEMBERS(log_filter, OFP_LOG_FILTER_INIT);
#undef STRUCT

#define STRUCT ofp_deed
static const ofp_member deed[] = {
    MEMBER(at, INSTANT),
    MEMBER(actor, TEXT),
    MEMBER(role, TEXT),
    MEMBER(reason, TEXT),
};
const ofp_members ofp_deed_members = MEMBERS(deed, {.at = OFP_INSTANT_NONE});
#undef STRUCT

#define STRUCT ofp_step
static const ofp_member step[] = {
    MEMBER(kind, ENUM),        MEMBER(at, INSTANT),
    MEMBER(actor, TEXT),       MEMBER(role, TEXT),
    MEMBER(reason, TEXT),      MEMBER(key, TEXT),
    MEMBER(migration, TEXT),   MEMBER(if_revision, INTEGER),
    MEMBER(org, TEXT),         MEMBER(from, TEXT),
    MEMBER(to, TEXT),          MEMBER(level, TEXT),
    MEMBER(target_date, DATE), MEMBER(owner, TEXT),
    MEMBER(evidence, TEXT),    MEMBER(outcome, ENUM),
    MEMBER(facts, FACTS),
};
const ofp_members ofp_step_members = MEMBERS(step, OFP_STEP_INIT);
#undef STRUCT

#define STRUCT ofp_sweep
static const ofp_member sweep[] = {
    MEMBER(at, INSTANT),
    MEMBER(limit, SIZE),
    MEMBER(facts, FACTS),
};
const ofp_members ofp_sweep_members = MEMBERS(sweep, OFP_SWEEP_INIT);
#undef STRUCT

#define STRUCT ofp_store_stats
static const ofp_member store_stats[] = {
    MEMBER(schema, INT32),
    MEMBER(bytes, INTEGER),
    MEMBER(migrations, INTEGER),
    MEMBER(open, INTEGER),
    MEMBER(live, INTEGER),
    MEMBER(overdue, INTEGER),
    MEMBER(pending_actions, INTEGER),
    MEMBER(failed_actions, INTEGER),
    MEMBER(oldest_pending, INSTANT),
    MEMBER(events, INTEGER),
    MEMBER(decisions, INTEGER),
};
const ofp_members ofp_store_stats_members = MEMBERS(store_stats, {.size = sizeof(STRUCT)});
#undef STRUCT
