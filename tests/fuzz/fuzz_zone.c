/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Fuzz target: any bytes as a zone file. A zone that can be read must answer for every instant, and
 * a calendar in it must be consistent.
 */
#include <stdint.h>
#include <stdlib.h>

#include "civil.h"
#include "label.h"
#include "span.h"
#include "timeline.h"
#include "zone_segments.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Every text of the zone is terminated, and its segments are in order. */
static void check_segments(const ofp_zone *zone)
{
    require(zone->count > 0 && zone->items[0].start == INT64_MIN);
    for (size_t i = 0; i < zone->count; i++) {
        const int64_t start = zone->items[i].start;
        require(i == 0 || start > zone->items[i - 1].start);
        const ofp_local_time local = ofp_zone_local(zone, start);
        require(local.second >= 0 && local.second < OFP_DAY_SECONDS);
        require(!ofp_span_has_control(ofp_text_of(local.abbreviation)));
    }
}

/* The label that clocks show at an instant comes back as this instant or an earlier one. */
static void check_labels(const ofp_zone *zone)
{
    for (int64_t at = 0; at < OFP_INSTANT_END; at += 400 * OFP_DAY_SECONDS + 12345) {
        const ofp_local_time local = ofp_zone_local(zone, at);
        const int64_t label = (int64_t)local.date * OFP_DAY_SECONDS + local.second;
        const int64_t first = ofp_zone_instant(zone, label);
        require(first <= at && first + ofp_zone_local(zone, first).offset == label);
    }
}

static void check_calendar(const ofp_zone *zone)
{
    static const ofp_shift shifts[] = {{9 * 3600, 17 * 3600}, {22 * 3600, 30 * 3600}};
    ofp_hours hours = {.name = "fuzz", .zone = zone};
    for (int day = 0; day < 5; day++)
        hours.week[day] = (ofp_day){.shift_count = 2, .shifts = shifts};
    ofp_timeline *timeline = ofp_timeline_new(&hours);
    if (!timeline)
        return;
    int64_t before = 0;
    for (int64_t at = 0; at < OFP_INSTANT_END; at += 300 * OFP_DAY_SECONDS) {
        const int64_t measure = ofp_timeline_measure(timeline, at);
        const int64_t second = ofp_timeline_second(timeline, measure);
        require(measure >= before);
        require(second == OFP_INSTANT_NONE ||
                (second >= at && ofp_timeline_measure(timeline, second + 1) == measure + 1));
        before = measure;
    }
    ofp_timeline_free(timeline);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ofp_zone *zone = NULL;
    const ofp_text bytes = {(const char *)data, size};
    if (ofp_zone_parse(OFP_LITERAL("Fuzz/Zone"), bytes, &zone, NULL) != OFP_STATUS_OK)
        return 0;
    check_segments(zone);
    check_labels(zone);
    check_calendar(zone);
    ofp_zone_free(zone);
    return 0;
}
