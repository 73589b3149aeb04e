/* SPDX-License-Identifier: MIT */
#include "life_rules.h"

#include "span.h"

/* Any status that a sweep may find: requested or approved, and it stays what it is. */
enum { UNDECIDED = -1 };

/* What an event needs and does. */
typedef struct event_rule {
    int before, after; /* status */
    bool step;         /* taken by a person, before the end, as a new revision */
    bool decides, closes, settles;
} event_rule;

static const event_rule rules[] = {
    [OFP_EVENT_REQUEST] = {UNDECIDED, OFP_MIGRATION_REQUESTED, .step = true},
    [OFP_EVENT_APPROVE] = {OFP_MIGRATION_REQUESTED, OFP_MIGRATION_APPROVED, .step = true,
                           .decides = true},
    [OFP_EVENT_REFUSE] = {OFP_MIGRATION_REQUESTED, OFP_MIGRATION_REFUSED, .step = true,
                          .decides = true, .settles = true},
    [OFP_EVENT_EXTEND] = {OFP_MIGRATION_APPROVED, OFP_MIGRATION_APPROVED, .step = true},
    [OFP_EVENT_END] = {OFP_MIGRATION_APPROVED, OFP_MIGRATION_APPROVED, .step = true, .closes = true,
                       .settles = true},
    [OFP_EVENT_COMPLETE] = {OFP_MIGRATION_APPROVED, OFP_MIGRATION_COMPLETED, .step = true,
                            .closes = true, .settles = true},
    [OFP_EVENT_CANCEL] = {OFP_MIGRATION_REQUESTED, OFP_MIGRATION_CANCELLED, .step = true,
                          .closes = true, .settles = true},
    [OFP_EVENT_EXPIRE] = {UNDECIDED, UNDECIDED, .settles = true},
    [OFP_EVENT_REMIND] = {UNDECIDED, UNDECIDED},
};

static bool same(ofp_text a, ofp_text b)
{
    return a.data && b.data ? ofp_span_equal(a, b) : !a.data && !b.data;
}

/* May this event come now? */
static const char *find_wrong_order(const ofp_passage *passage, const event_rule *rule)
{
    const ofp_event *event = passage->event;
    const ofp_migration_record *before = passage->before;
    if (event->kind == OFP_EVENT_REQUEST)
        return before ? "the migration was there already" : NULL;
    if (!before)
        return "the migration was not there yet";
    if (before->settled)
        return "it was settled: nothing could happen any more";
    if (rule->before == UNDECIDED ? before->status > OFP_MIGRATION_APPROVED
                                  : (int)before->status != rule->before)
        return "its status did not allow this";
    if (event->kind == OFP_EVENT_EXPIRE ? event->at < before->ends_at
                                        : event->at >= before->ends_at)
        return "this is on the wrong side of its end";
    if (rule->step && event->at < before->changed_at)
        return "this is before its last step";
    return NULL;
}

/* Is its standing what the event makes of it? */
static const char *find_wrong_standing(const ofp_passage *passage, const event_rule *rule)
{
    const ofp_event *event = passage->event;
    const ofp_migration_record *before = passage->before, *after = event->migration;
    const int status = rule->after == UNDECIDED && before ? (int)before->status : rule->after;
    if ((int)after->status != status)
        return "its status is not what this leads to";
    if (after->revision != (before ? before->revision : 0) + rule->step)
        return "its revision does not follow";
    if (after->changed_at != (rule->step || !before ? event->at : before->changed_at))
        return "changed_at is not when its last step was taken";
    if (after->settled != rule->settles)
        return rule->settles ? "it is not settled" : "it must not be settled";
    if ((passage->due_at == OFP_INSTANT_NONE) != rule->settles)
        return "due_at does not fit to whether it is settled";
    if (!rule->settles && (passage->due_at <= event->at || passage->due_at > after->ends_at))
        return "due_at does not lie between this and its end";
    return NULL;
}

/* Is all that a request fixes as it was? */
static bool keeps_request(const ofp_migration_record *before, const ofp_migration_record *after)
{
    return same(before->org, after->org) && same(before->org_name, after->org_name) &&
           same(before->from, after->from) && same(before->from_level, after->from_level) &&
           same(before->to, after->to) && same(before->level, after->level) &&
           same(before->owner, after->owner) && same(before->reason, after->reason) &&
           same(before->evidence, after->evidence) &&
           same(before->requested_by, after->requested_by) &&
           before->requested_at == after->requested_at;
}

/* Only an extension moves the target date, forwards, and remembers where it was. */
static const char *find_wrong_date(const ofp_passage *passage)
{
    const ofp_event *event = passage->event;
    const ofp_migration_record *before = passage->before, *after = event->migration;
    const bool extends = event->kind == OFP_EVENT_EXTEND;
    if (event->previous_date != (extends ? before->target_date : OFP_DATE_NONE))
        return "previous_date is not the date before";
    if (after->extensions != (before ? before->extensions : 0) + extends)
        return "its number of extensions does not follow";
    if (before && (extends ? after->target_date <= before->target_date
                           : after->target_date != before->target_date))
        return "its target date does not follow";
    return NULL;
}

/* A request and an approval compute the end; an extension never shortens, an early end ends. */
static const char *find_wrong_end(const ofp_passage *passage)
{
    static const char *const problem = "ends_at does not follow";
    const ofp_event *event = passage->event;
    const int64_t end = event->migration->ends_at;
    switch (event->kind) {
    case OFP_EVENT_REQUEST:
    case OFP_EVENT_APPROVE:
        return end > event->at ? NULL : problem;
    case OFP_EVENT_EXTEND:
        return end >= passage->before->ends_at ? NULL : problem;
    case OFP_EVENT_END:
        return end == event->at ? NULL : problem;
    default:
        return end == passage->before->ends_at ? NULL : problem;
    }
}

/* Do the record's people and instants tell of this event, and else of those before it? */
static const char *find_wrong_people(const ofp_passage *passage, const event_rule *rule)
{
    static const ofp_migration_record none = {.decided_at = OFP_INSTANT_NONE,
                                              .closed_at = OFP_INSTANT_NONE};
    const ofp_event *event = passage->event;
    const ofp_migration_record *before = passage->before ? passage->before : &none;
    const ofp_migration_record *after = event->migration;
    if (!rule->step != !event->actor.data)
        return rule->step ? "nobody has done it" : "a sweep is nobody's deed";
    if (event->kind == OFP_EVENT_REQUEST &&
        !(same(after->requested_by, event->actor) && after->requested_at == event->at))
        return "it was not requested so";
    if (!same(after->decided_by, rule->decides ? event->actor : before->decided_by) ||
        after->decided_at != (rule->decides ? event->at : before->decided_at))
        return "it was not decided so";
    if (!same(after->closed_by, rule->closes ? event->actor : before->closed_by) ||
        after->closed_at != (rule->closes ? event->at : before->closed_at))
        return "it was not closed so";
    return NULL;
}

const char *ofp_passage_problem(const ofp_passage *passage)
{
    const ofp_event *event = passage->event;
    const event_rule *rule = &rules[event->kind];
    const char *problem = find_wrong_order(passage, rule);
    if (!problem)
        problem = find_wrong_standing(passage, rule);
    if (!problem && passage->before && !keeps_request(passage->before, event->migration))
        problem = "something has changed that a request fixes";
    if (!problem)
        problem = find_wrong_date(passage);
    if (!problem)
        problem = find_wrong_end(passage);
    return problem ? problem : find_wrong_people(passage, rule);
}
