/* SPDX-License-Identifier: MIT */
#include "zone_segments.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "civil.h"
#include "failure.h"
#include "tzif.h"
#include "zone_rule.h"

/* The years for which rules are written out: what searches from 1970 and 2200 can reach. */
enum { FIRST_YEAR = 1956, LAST_YEAR = 2213 };

static ofp_zone *new_zone(ofp_text name, size_t abbreviations_size)
{
    ofp_zone *zone = calloc(1, sizeof *zone);
    if (!zone)
        return NULL;
    zone->name = malloc(name.size + 1);
    zone->abbreviations = malloc(abbreviations_size);
    if (!zone->name || !zone->abbreviations)
        return ofp_zone_free(zone);
    memcpy(zone->name, name.data, name.size);
    zone->name[name.size] = '\0';
    return zone;
}

static bool look_the_same(const ofp_zone *zone, const ofp_segment *a, const ofp_segment *b)
{
    return a->offset == b->offset && strcmp(zone->abbreviations + a->abbreviation,
                                            zone->abbreviations + b->abbreviation) == 0;
}

/* From this instant on clocks show this, whatever was said before about the time after it. */
static bool put(ofp_zone *zone, ofp_segment segment)
{
    while (zone->count && zone->items[zone->count - 1].start >= segment.start)
        zone->count--;
    if (zone->count && look_the_same(zone, &zone->items[zone->count - 1], &segment))
        return true;
    if (!OFP_ARRAY_GROW(zone))
        return false;
    zone->items[zone->count++] = segment;
    return true;
}

static bool put_transitions(ofp_zone *zone, const ofp_tzif *tzif)
{
    ofp_tzif_type type = ofp_tzif_type_at(tzif, 0);
    if (!put(zone, (ofp_segment){INT64_MIN, type.offset, type.abbreviation}))
        return false;
    for (uint32_t i = 0; i < tzif->time_count; i++) {
        type = ofp_tzif_type_after(tzif, i);
        if (!put(zone, (ofp_segment){ofp_tzif_time(tzif, i), type.offset, type.abbreviation}))
            return false;
    }
    return true;
}

/* A rule as segments, of which only the starts are still to be said. */
typedef struct expansion {
    ofp_segment standard, summer;
    int64_t last; /* the last transition: up to it the rule does not count */
} expansion;

static bool put_after_last(ofp_zone *zone, const expansion *rule, int64_t start,
                           ofp_segment segment)
{
    segment.start = start;
    return start <= rule->last || put(zone, segment);
}

static bool put_summer(ofp_zone *zone, const expansion *rule, ofp_period summer)
{
    return put_after_last(zone, rule, summer.from, rule->summer) &&
           put_after_last(zone, rule, summer.to, rule->standard);
}

/* Where a rule's abbreviations are kept: behind those of the file. */
static void keep_abbreviations(ofp_zone *zone, const ofp_tzif *tzif, const ofp_zone_rule *rule,
                               expansion *ret)
{
    char *at = zone->abbreviations + tzif->character_count;
    const ofp_rule_clock *clocks[] = {&rule->standard, &rule->summer};
    ofp_segment *segments[] = {&ret->standard, &ret->summer};
    for (int i = 0; i < 2; i++) {
        *segments[i] =
            (ofp_segment){INT64_MIN, clocks[i]->offset, (uint32_t)(at - zone->abbreviations)};
        const size_t size = clocks[i]->abbreviation.size;
        if (size)
            memcpy(at, clocks[i]->abbreviation.data, size);
        at[size] = '\0';
        at += size + 1;
    }
}

static int64_t year_of(int64_t instant)
{
    return ofp_civil_from_days(ofp_floor_div(instant, OFP_DAY_SECONDS)).year;
}

/*
 * Writes the rule out behind the transitions. Until its first change after the last transition
 * that transition's own type holds, even where the rule would say something else: zone compilers
 * rely on it (America/Ojinaga 2022).
 */
static bool put_rule(ofp_zone *zone, const ofp_tzif *tzif, const ofp_zone_rule *rule)
{
    const uint32_t count = tzif->time_count;
    expansion expanded = {.last = count ? ofp_tzif_time(tzif, count - 1) : INT64_MIN};
    keep_abbreviations(zone, tzif, rule, &expanded);
    if (!count && !put(zone, expanded.standard))
        return false;
    if (!rule->has_summer)
        return true;
    /* A year earlier, because summer time may go on over the new year. */
    int64_t year = year_of(expanded.last) - 1;
    for (year = year < FIRST_YEAR ? FIRST_YEAR : year; year <= LAST_YEAR; year++) {
        if (!put_summer(zone, &expanded, ofp_zone_rule_summer(rule, year)))
            return false;
    }
    return true;
}

static bool put_all(ofp_zone *zone, const ofp_tzif *tzif, const ofp_zone_rule *rule)
{
    memcpy(zone->abbreviations, tzif->characters, tzif->character_count);
    return put_transitions(zone, tzif) && (!tzif->footer.size || put_rule(zone, tzif, rule));
}

/* Reads all that a file says. @return NULL; or what is wrong with it */
static const char *read_file(ofp_text bytes, ofp_tzif *tzif, ofp_zone_rule *rule)
{
    const char *problem = ofp_tzif_read(bytes, tzif);
    if (problem || !tzif->footer.size)
        return problem;
    problem = ofp_zone_rule_parse(tzif->footer, rule);
    if (problem || !tzif->time_count)
        return problem;
    const int32_t offset = ofp_tzif_type_after(tzif, tzif->time_count - 1).offset;
    if (offset != rule->standard.offset && !(rule->has_summer && offset == rule->summer.offset))
        return "its rule for the future contradicts its last transition";
    return NULL;
}

ofp_status ofp_zone_parse(ofp_text name, ofp_text bytes, ofp_zone **ret, ofp_error **reterr)
{
    ofp_tzif tzif;
    ofp_zone_rule rule = {0};
    const char *problem = read_file(bytes, &tzif, &rule);
    if (problem)
        return ofp_fail(reterr, OFP_CODE_ZONE_DAMAGED,
                        "the file of time zone \"%s\" can't be used: %s", ofp_quote(name).text,
                        problem);
    /* A rule has two abbreviations, each shorter than its text. */
    ofp_zone *zone = new_zone(name, tzif.character_count + tzif.footer.size + 2);
    if (!zone || !put_all(zone, &tzif, &rule)) {
        ofp_zone_free(zone);
        return ofp_fail_no_memory(reterr);
    }
    *ret = zone;
    return ofp_succeed(reterr);
}

ofp_status ofp_zone_make_utc(ofp_text name, ofp_zone **ret, ofp_error **reterr)
{
    ofp_zone *zone = new_zone(name, sizeof "UTC");
    if (zone)
        memcpy(zone->abbreviations, "UTC", sizeof "UTC");
    if (!zone || !put(zone, (ofp_segment){INT64_MIN, 0, 0})) {
        ofp_zone_free(zone);
        return ofp_fail_no_memory(reterr);
    }
    *ret = zone;
    return ofp_succeed(reterr);
}
