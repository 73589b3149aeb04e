/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The parts from which a timeline is made.
 *
 * A label L becomes the instant I(L). As long as the offset is the same for some days around an
 * instant t, I(L) <= t holds for the same labels as L <= t + offset, so that the weekly pattern at
 * this offset says whether t is open. A change of the offset at T disturbs this only in
 * [T, T + the size of the change): labels that were skipped come after T, and those that come
 * twice count before it. Such places, and dates that have hours of their own, are *regions*: there
 * the hours are worked out date by date. The rest is arithmetic.
 */
#ifndef OFP_TIMELINE_PARTS_H
#define OFP_TIMELINE_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "hours.h"
#include "intervals.h"

/** Lists what is closed whatever the hours say: breaks, holidays, closures. @return false: out of
 *  memory */
bool ofp_timeline_holes(const ofp_hours *hours, ofp_intervals *ret);

/** Lists the regions. @return false: out of memory */
bool ofp_timeline_regions(const ofp_hours *hours, ofp_intervals *ret);

/** Works out the open intervals in a region. @param ret emptied first @return false: out of memory
 */
bool ofp_timeline_open_in(const ofp_hours *hours, ofp_period region, ofp_intervals *ret);

#endif
