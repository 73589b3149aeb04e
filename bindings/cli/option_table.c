/* SPDX-License-Identifier: MIT */
#include "arguments.h"

/* Sets of commands. */
#define FOR_STREAMS (FOR(DECIDE) | FOR(EXPLAIN) | FOR(CALENDAR))
#define FOR_DECISIONS (FOR(DECIDE) | FOR(EXPLAIN))
#define FOR_APPROVERS (FOR(APPROVE) | FOR(REFUSE) | FOR(EXTEND) | FOR(END))
#define FOR_LATER_STEPS (FOR_APPROVERS | FOR(COMPLETE) | FOR(CANCEL))
#define FOR_STEPS (FOR(REQUEST) | FOR_LATER_STEPS)
#define FOR_RULES (FOR_STEPS | FOR(EXPIRE) | FOR(REPLAY))
#define FOR_POLICIES (FOR_STREAMS | FOR_RULES | FOR(LIST))
#define FOR_OUTBOX (FOR(ACTIONS) | FOR(ACK) | FOR(FAIL))
#define FOR_AUDIT (FOR(AUDIT_SHOW) | FOR(VERIFY) | FOR(HEAD))
#define FOR_CARE \
    (FOR(CREATE) | FOR(BACKUP) | FOR(STORE_CHECK) | FOR(STATS) | FOR(EXPORT) | FOR(IMPORT))
#define FOR_LOG (FOR(LOG_SHOW) | FOR(PRUNE))
#define FOR_STORES (FOR_RULES | FOR(SHOW) | FOR(LIST) | FOR_OUTBOX | FOR_AUDIT | FOR_CARE | FOR_LOG)
#define FOR_ALL UINT64_MAX

#define PLACE(MEMBER) offsetof(struct arguments, MEMBER)

const struct option option_table[] = {
    {'p', "policy", "FILE", FOR_POLICIES, value_read_text, PLACE(policy),
     "the policy; - is standard input; default: the one that is built in"},
    {'s', "store", "FILE", FOR_STORES, value_read_text, PLACE(store),
     "the store; default: OFFERPOLICY_STORE of the environment"},
    {'s', "store", "FILE", FOR_DECISIONS, value_read_text, PLACE(store),
     "take the orgs' migrations from this store; default:\n"
     "OFFERPOLICY_STORE of the environment, else from the requests"},
    {0, "at", "INSTANT", FOR_DECISIONS, value_read_instant, PLACE(at),
     "decide for this instant if a request does not say \"now\": RFC 3339\n"
     "with an offset, or the word now"},
    {0, "at", "INSTANT",
     FOR_STEPS | FOR(EXPIRE) | FOR(SHOW) | FOR(LIST) | FOR_OUTBOX | FOR(CREATE) | FOR(STATS) |
         FOR(PRUNE),
     value_read_instant, PLACE(at), "take this for the present instant: RFC 3339 with an offset"},

    {0, "org", "ID", FOR(REQUEST), value_read_text, PLACE(org), "the org that moves", FOR(REQUEST)},
    {0, "from", "OFFERING", FOR(REQUEST), value_read_text, PLACE(from),
     "the offering that it moves from, and pays for", FOR(REQUEST)},
    {0, "to", "OFFERING", FOR(REQUEST), value_read_text, PLACE(to), "the offering that it moves to",
     FOR(REQUEST)},
    {0, "level", "LEVEL", FOR(REQUEST), value_read_text, PLACE(level),
     "the support level to promise for it", FOR(REQUEST)},
    {0, "target-date", "DATE", FOR(REQUEST) | FOR(EXTEND), value_read_day, PLACE(target_date),
     "the last day, such as 2027-01-31, or +30d: so many days from today\n"
     "in the policy's time zone",
     FOR(REQUEST) | FOR(EXTEND)},
    {0, "owner", "WHO", FOR(REQUEST), value_read_text, PLACE(owner),
     "the person who is accountable for it", FOR(REQUEST)},
    {0, "outcome", "OUTCOME", FOR(COMPLETE), value_read_outcome, PLACE(outcome),
     "reached or not_reached: was the goal reached?", FOR(COMPLETE)},
    {0, "actor", "WHO", FOR_STEPS | FOR(PRUNE), value_read_text, PLACE(actor), "who does this",
     FOR_STEPS | FOR(PRUNE)},
    {0, "role", "ROLE", FOR_STEPS | FOR(PRUNE), value_read_text, PLACE(role),
     "in which role, see `approvers` of the policy"},
    {0, "reason", "TEXT", FOR_STEPS | FOR(PRUNE), value_read_text, PLACE(reason), "why"},
    {0, "evidence", "TEXT", FOR(REQUEST), value_read_text, PLACE(evidence),
     "what proves it, such as a link to a quote"},
    {0, "facts", "FILE", FOR(REQUEST), value_read_text, PLACE(facts),
     "what the org has bought: a document as for decide, of which\n"
     "\"org\" and \"entitlements\" count; - is standard input",
     FOR(REQUEST)},
    {0, "facts", "FILE", FOR(COMPLETE) | FOR(EXPIRE), value_read_text, PLACE(facts),
     "what orgs have bought: documents as for decide, one a line, of\n"
     "which \"org\" and \"entitlements\" count; - is standard input"},
    {0, "key", "KEY", FOR_STEPS, value_read_text, PLACE(key),
     "idempotency key: the same step with the same key is taken once"},
    {0, "if-revision", "N", FOR_LATER_STEPS, value_read_revision, PLACE(if_revision),
     "refuse if it has changed since it was of this revision"},

    {0, "org", "ID", FOR(LIST) | FOR(AUDIT_SHOW) | FOR(LOG_SHOW) | FOR(REPLAY), value_read_text,
     PLACE(org), "only of this org"},
    {0, "state", "STATE", FOR(LIST), value_read_state, PLACE(state),
     "only those that are open, live, refused, completed, cancelled,\n"
     "ended or missed"},
    {0, "ends-before", "DATE", FOR(LIST), value_read_day, PLACE(ends_before),
     "only those that end before this day begins in the policy's time\n"
     "zone, such as 2027-01-31, or +30d: so many days from today"},
    {0, "migration", "ID", FOR(AUDIT_SHOW), value_read_text, PLACE(migration),
     "only of this migration"},
    {0, "ticket", "ID", FOR(LOG_SHOW) | FOR(REPLAY), value_read_text, PLACE(ticket),
     "only about this ticket"},
    {0, "since", "INSTANT", FOR(AUDIT_SHOW) | FOR(LOG_SHOW) | FOR(REPLAY), value_read_moment,
     PLACE(since), "only from this instant on; a date means its start in UTC"},
    {0, "until", "INSTANT", FOR(LOG_SHOW) | FOR(REPLAY), value_read_moment, PLACE(until),
     "only before this instant; a date means its start in UTC"},
    {0, "before", "DATE", FOR(PRUNE), value_read_day, PLACE(before),
     "those before this day begins in UTC, such as 2026-01-31, or -180d:\n"
     "so many days ago",
     FOR(PRUNE)},

    {0, "retry-after", "TIME", FOR(FAIL), value_read_duration, PLACE(retry_after),
     "list them again after this time: 30s, 10m, 2h or 1d", FOR(FAIL)},
    {0, "problem", "TEXT", FOR(FAIL), value_read_text, PLACE(problem), "why it failed"},
    {0, "expect", "HASH", FOR(VERIFY), value_read_text, PLACE(expect),
     "the log must contain this hash, which `audit head` gave once"},
    {0, "log", NULL, FOR_DECISIONS, value_read_flag, PLACE(log),
     "keep the decisions in the store's log"},
    {0, "log-texts", NULL, FOR_DECISIONS, value_read_flag, PLACE(log_texts),
     "keep them with the texts of the tickets"},

    {0, "json", NULL,
     FOR_STEPS | FOR(SHOW) | FOR(LIST) | FOR(EXPIRE) | FOR(ACTIONS) | FOR(AUDIT_SHOW) | FOR(STATS) |
         FOR(LOG_SHOW) | FOR(REPLAY),
     value_read_flag, PLACE(json), "write JSON documents, one a line"},
    {0, "zone", "ZONE", FOR(EXPLAIN), value_read_text, PLACE(zone),
     "show times in this zone; default: the org's, else the policy's"},
    {'v', "verbose", NULL, FOR(LOG_SHOW), value_read_flag, PLACE(verbose),
     "tell all that was logged of each"},
    {'v', "verbose", NULL, FOR(EXPLAIN), value_read_flag, PLACE(verbose),
     "also tell what was passed over, and why"},
    {0, "pretty", NULL, FOR(DECIDE) | FOR(CALENDAR), value_read_flag, PLACE(pretty),
     "write each document over several lines"},
    {0, "strict", NULL, FOR(CHECK), value_read_flag, PLACE(strict), "let warnings count as errors"},
    {'j', "jobs", "N", FOR(DECIDE) | FOR(CALENDAR), value_read_jobs, PLACE(jobs),
     "work in so many threads; default: one for each processor"},
    {0, "zoneinfo", "DIR", FOR_POLICIES | FOR(CHECK), value_read_text, PLACE(zoneinfo),
     "where the time zone files are; default: OFFERPOLICY_ZONEINFO of\n"
     "the environment, else the system's"},
    {0, "color", "WHEN", FOR_POLICIES | FOR(CHECK), value_read_colour, PLACE(colour),
     "auto, always or never; auto: on terminals, unless NO_COLOR is set"},
    {'h', "help", NULL, FOR_ALL, value_read_flag, PLACE(help), "this text"},
};

const size_t option_count = sizeof option_table / sizeof *option_table;
_Static_assert(sizeof option_table / sizeof *option_table <= OPTIONS_LIMIT, "too many options");
