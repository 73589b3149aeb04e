/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Dates and ends of migrations, by a policy's zone.
 */
#ifndef OFP_ENDS_H
#define OFP_ENDS_H

#include <offerpolicy/policy.h>
#include <offerpolicy/records.h>

/** The date that calendars in the policy's zone show at an instant. */
int32_t ofp_local_date(const ofp_policy *policy, int64_t at);

/** The last day of a migration with this end, in the policy's zone. */
int32_t ofp_last_day(const ofp_policy *policy, int64_t ends_at);

/** The last target date that somebody may ask for at an instant. */
int32_t ofp_last_target_date(const ofp_policy *policy, int64_t at);

/** Gives a migration the end that its target date has by this policy. */
void ofp_set_end(const ofp_policy *policy, ofp_migration_record *record);

/** As ofp_set_end(), but what was promised before stays if it is later. */
void ofp_move_end(const ofp_policy *policy, ofp_migration_record *record);

/** Ends a migration at an instant. */
void ofp_end_now(const ofp_policy *policy, int64_t at, ofp_migration_record *record);

/**
 * When a sweep has something to do next with a migration that is not settled: the first reminder
 * after an instant, or its end if there is none before it.
 */
int64_t ofp_next_due(const ofp_policy *policy, const ofp_migration_record *record, int64_t at);

#endif
