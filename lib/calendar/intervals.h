/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Growing lists of half-open intervals, of instants or of labels.
 */
#ifndef OFP_INTERVALS_H
#define OFP_INTERVALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/calendar.h>

/** Starts as all zeroes; free `items`. */
typedef struct ofp_intervals {
    ofp_period *items;
    size_t count, capacity;
} ofp_intervals;

/** Adds an interval; one that is empty, or ends before it starts, is dropped.
 *  @return false: out of memory */
bool ofp_intervals_add(ofp_intervals *list, int64_t from, int64_t to);

/** Sorts the list and unites intervals that overlap or touch. */
void ofp_intervals_unite(ofp_intervals *list);

/** Cuts off what lies outside [from, to) of a list that is united. */
void ofp_intervals_clip(ofp_intervals *list, int64_t from, int64_t to);

/** The sum of the intervals' lengths. */
int64_t ofp_intervals_length(const ofp_intervals *list);

#endif
