/* SPDX-License-Identifier: MIT */
#include "ends.h"

#include "civil.h"
#include "tables.h"

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

int32_t ofp_local_date(const ofp_policy *policy, int64_t at)
{
    return ofp_zone_local(policy->zone, at).date;
}

int32_t ofp_last_day(const ofp_policy *policy, int64_t ends_at)
{
    return ofp_local_date(policy, ends_at - 1);
}

int32_t ofp_last_target_date(const ofp_policy *policy, int64_t at)
{
    const int32_t most = policy->migration.max_days;
    return most == OFP_NONE ? OFP_DATE_MAX : ofp_local_date(policy, at) + most;
}

void ofp_set_end(const ofp_policy *policy, ofp_migration_record *record)
{
    ofp_policy_migration_end(policy, record->target_date, &record->ends_at, &record->forgotten_at);
}

void ofp_move_end(const ofp_policy *policy, ofp_migration_record *record)
{
    const int64_t ends_at = record->ends_at, forgotten_at = record->forgotten_at;
    ofp_set_end(policy, record);
    record->ends_at = later(record->ends_at, ends_at);
    record->forgotten_at = later(record->forgotten_at, forgotten_at);
}

void ofp_end_now(const ofp_policy *policy, int64_t at, ofp_migration_record *record)
{
    const int32_t first_after = ofp_local_date(policy, at) + 1;
    record->ends_at = at;
    /* Where clocks go back over midnight the next date can begin before this one ends. */
    record->forgotten_at =
        later(ofp_policy_date_start(policy, first_after + policy->migration.memory_days), at);
}

int64_t ofp_next_due(const ofp_policy *policy, const ofp_migration_record *record, int64_t at)
{
    const ofp_migration_rules *rules = &policy->migration;
    /* The latest is a day before the target date: no zone brings that behind the end. */
    for (size_t i = 0; i < rules->remind_count; i++) {
        const int64_t due = ofp_policy_date_start(policy, record->target_date - rules->remind[i]);
        if (due > at)
            return due;
    }
    return record->ends_at;
}
