/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The parts of a calendar: weekly hours, dates with hours of their own, breaks, holidays, closures.
 * Each function reads one node, which may be NULL, and fills its part.
 */
#ifndef OFP_CALENDAR_PARTS_H
#define OFP_CALENDAR_PARTS_H

#include "compiler.h"
#include "hours.h"

/** `hours`; also warns where they overlap. */
void ofp_compile_week(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_day week[7]);

/** `days`; also warns where a day's hours overlap. */
void ofp_compile_days(ofp_compiler *compiler, const ofp_yaml_node *node, const ofp_day **ret,
                      size_t *retcount);

/** `breaks`. */
void ofp_compile_breaks(ofp_compiler *compiler, const ofp_yaml_node *node, const ofp_day **ret,
                        size_t *retcount);

/** `holidays`. */
void ofp_compile_holidays(ofp_compiler *compiler, const ofp_yaml_node *node, const int32_t **ret,
                          size_t *retcount);

/** `closures`. */
void ofp_compile_closures(ofp_compiler *compiler, const ofp_yaml_node *node, const ofp_period **ret,
                          size_t *retcount);

/** Reads a date; reports another text. */
bool ofp_read_date(ofp_compiler *compiler, const ofp_yaml_node *node, int32_t *ret);

/**
 * Reads a list of spans of hours, which may be empty.
 * @param ret lives as long as the policy
 * @return false: some or all were reported
 */
bool ofp_read_shifts(ofp_compiler *compiler, const ofp_yaml_node *node, const ofp_shift **ret,
                     uint32_t *retcount);

/** Hours and where they are written, for finding those that overlap. */
typedef struct ofp_placed_shift {
    int64_t from, to;          /* seconds; only their order and distance count */
    const ofp_yaml_node *node; /* where the shift stands */
} ofp_placed_shift;

/**
 * Warns where hours overlap, at the one that starts later.
 * @param shifts in the order written; they are sorted
 * @param period hours come again after so many seconds; 0: they don't
 */
void ofp_check_overlaps(ofp_compiler *compiler, ofp_placed_shift *shifts, size_t count,
                        int64_t period);

#endif
