/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The compiled policy: flat tables, filled by the room `compile` and then never changed. Whatever
 * is not a ofp_names table lives in the policy's arena.
 */
#ifndef OFP_TABLES_H
#define OFP_TABLES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <offerpolicy/decision.h>
#include <offerpolicy/policy.h>

#include "arena.h"
#include "condition.h"
#include "names.h"
#include "pattern.h"
#include "prefilter.h"
#include "report.h"
#include "rules.h"
#include "template.h"

/** One thing sold. */
typedef struct ofp_offering {
    const char *title;         /* the name, if it has no other */
    int32_t focus_tag;         /* or OFP_NONE */
    const int32_t *level_tags; /* by level: its tag, or OFP_NONE */
} ofp_offering;

/** A level that a level tag stands for, in one offering. */
typedef struct ofp_tag_use {
    int32_t offering, level;
} ofp_tag_use;

/**
 * What a tag is. Tags are numbered: level tags first, in the policy's order, then focus tags in
 * the policy's order, then those that only conditions name.
 */
typedef struct ofp_tag {
    const ofp_tag_use *uses; /* of a level tag */
    size_t use_count;
} ofp_tag;

/** A declared field; its values are numbered from 0. */
typedef struct ofp_field {
    ofp_names values;
} ofp_field;

/** A pattern of the classification. */
typedef struct ofp_classify_pattern {
    ofp_pattern *pattern;
    size_t least_size; /* bytes; shorter texts can't match */
    int32_t offering;
    int32_t weight;
    uint32_t line;
    int32_t rule; /* its index in the file's list of classify rules */
} ofp_classify_pattern;

/** A rule that gives one number: a priority, or an offering. */
typedef struct ofp_simple_rule {
    int32_t result;
    uint32_t line;
    int32_t rule; /* its index in the file's list */
} ofp_simple_rule;

/** A target of an SLA rule. */
typedef struct ofp_target_spec {
    ofp_metric metric;
    ofp_target_kind kind;
    int32_t calendar;
    const int64_t *seconds; /* by priority; 0: none */
} ofp_target_spec;

typedef struct ofp_sla_rule {
    const char *id;
    uint32_t line;
    const ofp_target_spec *targets; /* in the order written */
    size_t target_count;
} ofp_sla_rule;

/** How an approved migration is made known to the host. */
typedef enum ofp_realise {
    OFP_REALISE_ORG_TAG, /* the org carries both level tags */
    OFP_REALISE_NOTE,    /* only an org note */
} ofp_realise;

/** What `provisional_level: current` compiles to: the highest active level. */
enum { OFP_LEVEL_CURRENT = -2 };

typedef struct ofp_migration_rules {
    ofp_realise realise;
    int32_t provisional_level; /* a level, or OFP_LEVEL_CURRENT */
    int32_t max_days, max_extensions, max_live, max_live_per_org; /* OFP_NONE: no limit */
    int32_t grace_days, memory_days;
    const char *const *approvers;
    size_t approver_count;
    bool self_approval;    /* may somebody approve their own request? */
    const int32_t *remind; /* days before the target date, each once, the most first */
    size_t remind_count;
    ofp_template ask_customer, ops_request, org_note, reminder;
    ofp_template internal_note[OFP_VERDICT_COUNT]; /* no pieces: the verdict has no note */
} ofp_migration_rules;

struct ofp_policy {
    atomic_size_t references;
    ofp_arena arena;
    ofp_report warnings;

    const char *name;
    const char *revision; /* or NULL */
    char digest[7 + 64 + 1];
    char tzdata[32];
    ofp_zone **zones; /* every zone that is used, each once */
    size_t zone_count, zone_capacity;
    const ofp_zone *zone; /* of dates without a time */

    ofp_names levels;
    const bool *unpaid; /* by level */
    int32_t lowest_unpaid;
    ofp_names priorities;
    int32_t default_priority;

    ofp_names offering_names;
    ofp_offering *offerings;
    ofp_names tag_names;
    ofp_tag *tags; /* by tag */
    int32_t level_tag_count, focus_tag_count;

    ofp_names field_names;
    ofp_field *fields;

    ofp_rules *priority_whens; /* NULL: no rules */
    const ofp_simple_rule *priority_rules;
    size_t priority_rule_count;

    ofp_rules *classify_whens; /* NULL: no rules */
    const ofp_simple_rule *classify_rules;
    size_t classify_rule_count;
    const ofp_classify_pattern *patterns;
    size_t pattern_count;
    size_t pattern_steps;               /* of all of them: the sum of ofp_pattern_byte_steps() */
    _Atomic(ofp_prefilter *) prefilter; /* NULL until ofp_policy_prepare() */
    int32_t threshold, margin;

    ofp_names calendar_names;
    ofp_calendar **calendars;
    size_t calendar_count;

    ofp_rules *sla_whens; /* NULL: no rules */
    const ofp_sla_rule *sla_rules;
    size_t sla_rule_count;
    size_t most_targets; /* of any SLA rule */

    ofp_migration_rules migration;
};

/** How many attributes conditions can test: the built-in ones and the fields. */
static inline size_t ofp_policy_attribute_count(const ofp_policy *policy)
{
    return OFP_ATTRIBUTE_FIELD + policy->field_names.count;
}

/** The prefilter of its patterns, borrowed; NULL: there is none, or not yet. */
static inline ofp_prefilter *ofp_policy_prefilter(const ofp_policy *policy)
{
    return atomic_load_explicit(&policy->prefilter, memory_order_acquire);
}

/** What an attribute is called in a policy file; borrowed. @param part as condition.h numbers it */
const char *ofp_policy_part_name(const ofp_policy *policy, int part);

/** Makes an empty policy with one reference. @return NULL: out of memory */
ofp_policy *ofp_policy_new(void);

#endif
