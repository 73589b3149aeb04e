/* SPDX-License-Identifier: MIT */
#include "story.h"

#include <inttypes.h>
#include <stdio.h>

#include "json_line.h"
#include "prose.h"
#include "tell.h"

/* "Acme Rockets (acme) moves from Self-managed to Cloud" */
static void tell_move(const ofp_migration_record *migration, const ofp_policy *policy,
                      const char *verb)
{
    prose_org(stdout, migration);
    printf(" %s from ", verb);
    prose_offering(stdout, policy, migration->from);
    fputs(" to ", stdout);
    prose_offering(stdout, policy, migration->to);
}

/* ", level premium, until 2027-01-31" */
static void tell_promise(const ofp_migration_record *migration)
{
    fputs(", level ", stdout);
    prose_text(stdout, migration->level);
    fputs(", until ", stdout);
    prose_date(stdout, migration->target_date);
}

static void tell_moment(const char *before, int64_t instant, const char *after)
{
    fputs(before, stdout);
    prose_moment(stdout, instant);
    fputs(after, stdout);
}

static void tell_request(const ofp_migration_record *migration, const ofp_policy *policy)
{
    tell_move(migration, policy, "moves");
    tell_promise(migration);
    fputs(".\nIt needs an approval (`offerpolicy migration approve ", stdout);
    prose_text(stdout, migration->id);
    tell_moment("`); without one it is missed on ", migration->ends_at, ".");
}

static void tell_approval(const ofp_migration_record *migration, const ofp_policy *policy)
{
    tell_move(migration, policy, "moves");
    tell_promise(migration);
    tell_moment(".\nIt ends by itself on ", migration->ends_at, ".");
}

static void tell_extension(const ofp_event *event, const ofp_policy *policy)
{
    const ofp_migration_record *migration = event->migration;
    tell_move(migration, policy, "moves");
    tell_promise(migration);
    fputs(" instead of ", stdout);
    prose_date(stdout, event->previous_date);
    printf(".\nThis was extension %" PRId32, migration->extensions);
    tell_moment(". It ends by itself on ", migration->ends_at, ".");
}

static void tell_completion(const ofp_migration_record *migration, const ofp_policy *policy)
{
    const bool reached = migration->outcome == OFP_OUTCOME_REACHED;
    tell_move(migration, policy, "has moved");
    printf("; the goal was %sreached.", reached ? "" : "not ");
}

/* That it does not go on: refused, withdrawn, or ended by somebody. */
static void tell_stop(const ofp_migration_record *migration, const ofp_policy *policy,
                      const char *verb)
{
    tell_move(migration, policy, verb);
    putchar('.');
    if (migration->status != OFP_MIGRATION_CANCELLED)
        tell_moment("\nDecisions remember it until ", migration->forgotten_at, ".");
}

static void tell_expiry(const ofp_migration_record *migration, const ofp_policy *policy)
{
    const bool approved = migration->status == OFP_MIGRATION_APPROVED;
    tell_move(migration, policy, approved ? "was to move" : "asked to move");
    tell_promise(migration);
    tell_moment(approved ? "; it ended on " : "; nobody decided before its end on ",
                migration->ends_at, ".");
}

static void tell_reminder(const ofp_migration_record *migration, const ofp_policy *policy)
{
    tell_move(migration, policy, "moves");
    tell_promise(migration);
    tell_moment(migration->status == OFP_MIGRATION_APPROVED
                    ? "; it ends on "
                    : "; it is not approved yet, and its end is on ",
                migration->ends_at, ".");
}

/* "Approved M-17: " */
static void tell_title(const ofp_event *event)
{
    static const char *const done[] = {
        [OFP_EVENT_REQUEST] = "Requested",  [OFP_EVENT_APPROVE] = "Approved",
        [OFP_EVENT_REFUSE] = "Refused",     [OFP_EVENT_EXTEND] = "Extended",
        [OFP_EVENT_END] = "Ended",          [OFP_EVENT_COMPLETE] = "Completed",
        [OFP_EVENT_CANCEL] = "Cancelled",   [OFP_EVENT_EXPIRE] = "Ended",
        [OFP_EVENT_REMIND] = "Reminder of",
    };
    const bool missed =
        event->kind == OFP_EVENT_EXPIRE && event->migration->status == OFP_MIGRATION_REQUESTED;
    printf("%s ", missed ? "Missed" : done[event->kind]);
    prose_text(stdout, event->migration->id);
    fputs(": ", stdout);
}

static void tell_event(const ofp_event *event, const ofp_policy *policy)
{
    const ofp_migration_record *migration = event->migration;
    tell_title(event);
    switch (event->kind) {
    case OFP_EVENT_REQUEST:
        tell_request(migration, policy);
        break;
    case OFP_EVENT_APPROVE:
        tell_approval(migration, policy);
        break;
    case OFP_EVENT_REFUSE:
        tell_stop(migration, policy, "does not move");
        break;
    case OFP_EVENT_EXTEND:
        tell_extension(event, policy);
        break;
    case OFP_EVENT_END:
        tell_stop(migration, policy, "no longer moves");
        break;
    case OFP_EVENT_COMPLETE:
        tell_completion(migration, policy);
        break;
    case OFP_EVENT_CANCEL:
        tell_stop(migration, policy, "no longer asks to move");
        break;
    case OFP_EVENT_EXPIRE:
        tell_expiry(migration, policy);
        break;
    case OFP_EVENT_REMIND:
        tell_reminder(migration, policy);
        break;
    case OFP_EVENT_CREATE:
    case OFP_EVENT_PRUNE_LOG:
        break;
    }
}

void story_tell_actions(const struct story *story)
{
    for (size_t i = 0; i < story->action_count; i++) {
        fputs("  ", stdout);
        prose_action(stdout, &story->actions[i]);
        putchar('\n');
    }
}

void story_tell(const struct story *story, const ofp_policy *policy)
{
    tell_event(story->event, policy);
    if (story->action_count)
        printf(" To do for the host (%zu action%s, see `offerpolicy actions`):\n",
               story->action_count, plural(story->action_count));
    else
        fputs(" Nothing is left to do for the host.\n", stdout);
    story_tell_actions(story);
}

void story_print_members(const struct story *story)
{
    fputs("\"event\":", stdout);
    json_print_event(story->event);
    fputs(",\"actions\":", stdout);
    json_print_actions(story->actions, story->action_count);
}
