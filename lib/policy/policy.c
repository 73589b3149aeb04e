/* SPDX-License-Identifier: MIT */
#include "tables.h"

#include <stdlib.h>

#include "civil.h"
#include "hours.h"
#include "label.h"

ofp_policy *ofp_policy_new(void)
{
    ofp_policy *policy = calloc(1, sizeof *policy);
    if (!policy)
        return NULL;
    atomic_init(&policy->references, 1);
    atomic_init(&policy->prefilter, NULL);
    return policy;
}

ofp_policy *ofp_policy_ref(const ofp_policy *policy)
{
    /* Only the count changes, which is not part of what "immutable" means to a reader. */
    ofp_policy *shared = (ofp_policy *)policy;
    atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    return shared;
}

static void free_policy(ofp_policy *policy)
{
    for (size_t i = 0; i < policy->calendar_count; i++)
        ofp_calendar_release(policy->calendars[i]);
    ofp_prefilter_unref(ofp_policy_prefilter(policy));
    for (size_t i = 0; i < policy->pattern_count; i++)
        ofp_pattern_free(policy->patterns[i].pattern);
    for (size_t i = 0; i < policy->zone_count; i++)
        ofp_zone_free(policy->zones[i]);
    free(policy->zones);
    for (size_t i = 0; policy->fields && i < policy->field_names.count; i++)
        ofp_names_free(&policy->fields[i].values);
    ofp_names_free(&policy->field_names);
    ofp_names_free(&policy->levels);
    ofp_names_free(&policy->priorities);
    ofp_names_free(&policy->offering_names);
    ofp_names_free(&policy->tag_names);
    ofp_names_free(&policy->calendar_names);
    ofp_report_free(&policy->warnings);
    ofp_arena_free(&policy->arena);
    free(policy);
}

ofp_policy *ofp_policy_unref(ofp_policy *policy)
{
    if (policy && atomic_fetch_sub_explicit(&policy->references, 1, memory_order_acq_rel) == 1)
        free_policy(policy);
    return NULL;
}

size_t ofp_policy_warning_count(const ofp_policy *policy)
{
    return policy->warnings.count;
}

const ofp_diagnostic *ofp_policy_warning(const ofp_policy *policy, size_t index)
{
    return index < policy->warnings.count ? &policy->warnings.items[index] : NULL;
}

const char *ofp_policy_name(const ofp_policy *policy)
{
    return policy->name;
}

const char *ofp_policy_revision(const ofp_policy *policy)
{
    return policy->revision;
}

const char *ofp_policy_digest(const ofp_policy *policy)
{
    return policy->digest;
}

const char *ofp_policy_tzdata(const ofp_policy *policy)
{
    return policy->tzdata;
}

const ofp_zone *ofp_policy_zone(const ofp_policy *policy)
{
    return policy->zone;
}

bool ofp_policy_has_sla(const ofp_policy *policy)
{
    return policy->sla_rule_count > 0;
}

int32_t ofp_policy_level_count(const ofp_policy *policy)
{
    return (int32_t)policy->levels.count;
}

const char *ofp_policy_level_name(const ofp_policy *policy, int32_t level)
{
    return ofp_names_get(&policy->levels, level);
}

int32_t ofp_policy_find_level(const ofp_policy *policy, ofp_text name)
{
    return ofp_names_find(&policy->levels, name);
}

bool ofp_policy_level_is_paid(const ofp_policy *policy, int32_t level)
{
    return level >= 0 && level < ofp_policy_level_count(policy) && !policy->unpaid[level];
}

int32_t ofp_policy_priority_count(const ofp_policy *policy)
{
    return (int32_t)policy->priorities.count;
}

const char *ofp_policy_priority_name(const ofp_policy *policy, int32_t priority)
{
    return ofp_names_get(&policy->priorities, priority);
}

int32_t ofp_policy_find_priority(const ofp_policy *policy, ofp_text name)
{
    return ofp_names_find(&policy->priorities, name);
}

int32_t ofp_policy_offering_count(const ofp_policy *policy)
{
    return (int32_t)policy->offering_names.count;
}

const char *ofp_policy_offering_name(const ofp_policy *policy, int32_t offering)
{
    return ofp_names_get(&policy->offering_names, offering);
}

const char *ofp_policy_offering_title(const ofp_policy *policy, int32_t offering)
{
    const bool known = offering >= 0 && offering < ofp_policy_offering_count(policy);
    return known ? policy->offerings[offering].title : NULL;
}

int32_t ofp_policy_find_offering(const ofp_policy *policy, ofp_text name)
{
    return ofp_names_find(&policy->offering_names, name);
}

int32_t ofp_policy_field_count(const ofp_policy *policy)
{
    return (int32_t)policy->field_names.count;
}

const char *ofp_policy_field_name(const ofp_policy *policy, int32_t field)
{
    return ofp_names_get(&policy->field_names, field);
}

int32_t ofp_policy_find_field(const ofp_policy *policy, ofp_text name)
{
    return ofp_names_find(&policy->field_names, name);
}

/* The values of a field; NULL for an index out of range. */
static const ofp_names *values_of(const ofp_policy *policy, int32_t field)
{
    const bool known = field >= 0 && field < ofp_policy_field_count(policy);
    return known ? &policy->fields[field].values : NULL;
}

int32_t ofp_policy_value_count(const ofp_policy *policy, int32_t field)
{
    const ofp_names *values = values_of(policy, field);
    return values ? (int32_t)values->count : 0;
}

const char *ofp_policy_value_name(const ofp_policy *policy, int32_t field, int32_t value)
{
    const ofp_names *values = values_of(policy, field);
    return values ? ofp_names_get(values, value) : NULL;
}

int32_t ofp_policy_find_value(const ofp_policy *policy, int32_t field, ofp_text name)
{
    const ofp_names *values = values_of(policy, field);
    return values ? ofp_names_find(values, name) : OFP_NONE;
}

int32_t ofp_policy_calendar_count(const ofp_policy *policy)
{
    return (int32_t)policy->calendar_count;
}

const ofp_calendar *ofp_policy_calendar(const ofp_policy *policy, int32_t calendar)
{
    const bool known = calendar >= 0 && (size_t)calendar < policy->calendar_count;
    return known ? policy->calendars[calendar] : NULL;
}

int32_t ofp_policy_find_calendar(const ofp_policy *policy, ofp_text name)
{
    return ofp_names_find(&policy->calendar_names, name);
}

int32_t ofp_policy_sla_rule_count(const ofp_policy *policy)
{
    return (int32_t)policy->sla_rule_count;
}

const char *ofp_policy_sla_rule_id(const ofp_policy *policy, int32_t rule)
{
    const bool known = rule >= 0 && (size_t)rule < policy->sla_rule_count;
    return known ? policy->sla_rules[rule].id : NULL;
}

int32_t ofp_policy_tag_count(const ofp_policy *policy)
{
    return (int32_t)policy->tag_names.count;
}

const char *ofp_policy_tag_name(const ofp_policy *policy, int32_t tag)
{
    return ofp_names_get(&policy->tag_names, tag);
}

int64_t ofp_policy_date_start(const ofp_policy *policy, int32_t date)
{
    return ofp_zone_instant(policy->zone, (int64_t)date * OFP_DAY_SECONDS);
}

void ofp_policy_migration_end(const ofp_policy *policy, int32_t target_date, int64_t *retend,
                              int64_t *retforgotten)
{
    const ofp_migration_rules *rules = &policy->migration;
    const int32_t first_after = target_date + rules->grace_days + 1;
    *retend = ofp_policy_date_start(policy, first_after);
    *retforgotten = ofp_policy_date_start(policy, first_after + rules->memory_days);
}

const char *ofp_policy_part_name(const ofp_policy *policy, int part)
{
    static const char *const built_in[] = {"level",   "offering", "priority",
                                           "verdict", "tag",      "org_tag"};
    switch (part) {
    case OFP_PART_NONE:
        return NULL;
    case OFP_PART_ALL:
        return "all";
    case OFP_PART_ANY:
        return "any";
    case OFP_PART_NOT:
        return "not";
    default:
        return part < OFP_ATTRIBUTE_FIELD
                   ? built_in[part]
                   : ofp_policy_field_name(policy, part - OFP_ATTRIBUTE_FIELD);
    }
}
