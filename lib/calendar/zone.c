/* SPDX-License-Identifier: MIT */
#include <offerpolicy/instant.h>
#include <offerpolicy/zone.h>

#include <stdlib.h>

#include "civil.h"
#include "failure.h"
#include "label.h"
#include "span.h"
#include "tzif.h"
#include "zone_file.h"
#include "zone_segments.h"

ofp_status ofp_zone_load(const char *directory, ofp_text name, ofp_zone **ret, ofp_error **reterr)
{
    if (ofp_span_equal(name, OFP_LITERAL("UTC")) || ofp_span_equal(name, OFP_LITERAL("Etc/UTC")))
        return ofp_zone_make_utc(name, ret, reterr);
    if (!ofp_zone_name_is_valid(name))
        return ofp_fail(reterr, OFP_CODE_ZONE_NAME,
                        "\"%s\" can't be the name of a time zone: write one such as "
                        "Europe/Amsterdam, with letters, digits, _ + - . and / alone",
                        ofp_quote(name).text);
    ofp_buffer bytes = {0};
    ofp_status status =
        ofp_zone_file_read(directory ? directory : OFP_ZONE_DIRECTORY, name, &bytes, reterr);
    if (status == OFP_STATUS_OK)
        status = ofp_zone_parse(name, ofp_buffer_text(&bytes), ret, reterr);
    ofp_buffer_release(&bytes);
    return status;
}

ofp_zone *ofp_zone_free(ofp_zone *zone)
{
    if (zone) {
        free(zone->name);
        free(zone->abbreviations);
        free(zone->items);
        free(zone);
    }
    return NULL;
}

const char *ofp_zone_name(const ofp_zone *zone)
{
    return zone->name;
}

size_t ofp_zone_find(const ofp_zone *zone, int64_t instant)
{
    size_t at = 0;
    for (size_t left = zone->count; left > 1;) {
        const size_t half = left / 2;
        at += zone->items[at + half].start <= instant ? half : 0;
        left -= half;
    }
    return at;
}

/* Instants of which the date still fits. */
static int64_t clamp(int64_t instant)
{
    const int64_t most = (int64_t)INT32_MAX * OFP_DAY_SECONDS - OFP_OFFSET_MAX;
    return instant > most ? most : instant < -most ? -most : instant;
}

ofp_local_time ofp_zone_local(const ofp_zone *zone, int64_t instant)
{
    instant = clamp(instant);
    const ofp_segment *segment = &zone->items[ofp_zone_find(zone, instant)];
    const int64_t label = instant + segment->offset;
    return (ofp_local_time){
        .date = (int32_t)ofp_floor_div(label, OFP_DAY_SECONDS),
        .second = (int32_t)ofp_floor_mod(label, OFP_DAY_SECONDS),
        .offset = segment->offset,
        .abbreviation = zone->abbreviations + segment->abbreviation,
    };
}

int64_t ofp_zone_instant(const ofp_zone *zone, int64_t label)
{
    int64_t moved = OFP_INSTANT_NONE;
    /* No clock is further ahead or behind, so none shows the label before or after these. */
    size_t i = ofp_zone_find(zone, label - OFP_OFFSET_MAX);
    for (; i < zone->count && zone->items[i].start <= label - OFP_OFFSET_MIN; i++) {
        const int64_t instant = label - zone->items[i].offset;
        if (instant >= ofp_zone_segment_end(zone, i))
            continue;
        if (instant >= zone->items[i].start)
            return instant;
        /* The gap before this segment skips it. By the clock of before the gap it comes as much
         * after the gap's start as it stands in it. */
        if (moved == OFP_INSTANT_NONE)
            moved = label - zone->items[i - 1].offset;
    }
    return moved;
}
