/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The rule at the end of a zone file: which offset holds after the last transition, for ever. The
 * form is that of the TZ variable in POSIX with the extensions of RFC 9636, for example
 * "PST8PDT,M3.2.0,M11.1.0".
 */
#ifndef OFP_ZONE_RULE_H
#define OFP_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include <offerpolicy/calendar.h>
#include <offerpolicy/text.h>

/** How a rule names a day of the year. */
typedef enum ofp_rule_day {
    OFP_RULE_DAY_OF_MONTH, /* Mm.w.d: weekday d of week w of month m; week 5 is the last */
    OFP_RULE_DAY_JULIAN,   /* Jn: day 1 to 365, 29 February not counted */
    OFP_RULE_DAY_OF_YEAR,  /* n: day 0 to 365 */
} ofp_rule_day;

/** When the clock is changed. */
typedef struct ofp_rule_change {
    ofp_rule_day kind;
    int month, week;
    int day;      /* of the week, 0 for Sunday; or of the year */
    int64_t time; /* seconds after that day's start, also below 0 or more than a day */
} ofp_rule_change;

/** One of the two clocks of a rule. */
typedef struct ofp_rule_clock {
    ofp_text abbreviation; /* a part of the rule's text */
    int32_t offset;        /* seconds east of UTC */
} ofp_rule_clock;

typedef struct ofp_zone_rule {
    ofp_rule_clock standard, summer;
    bool has_summer; /* if not, what follows is not used */
    ofp_rule_change start, end;
} ofp_zone_rule;

/**
 * Reads a rule.
 * @return NULL; or what is wrong with it, as the end of a sentence
 */
const char *ofp_zone_rule_parse(ofp_text text, ofp_zone_rule *ret);

/**
 * The summer time that starts in a year: from its start to the next end. It is empty if both fall
 * on the same instant, and can overlap the next year's.
 */
ofp_period ofp_zone_rule_summer(const ofp_zone_rule *rule, int64_t year);

#endif
