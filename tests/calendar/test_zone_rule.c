/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cases.h"
#include "civil.h"
#include "expect.h"
#include "label.h"
#include "made_zone.h"
#include "sample.h"
#include "zone_rule.h"

static ofp_zone_rule parse(const char *text)
{
    ofp_zone_rule rule;
    const char *problem = ofp_zone_rule_parse(ofp_text_of(text), &rule);
    ck_assert_msg(!problem, "%s: %s", text, problem ? problem : "");
    return rule;
}

START_TEST(reads_fixed_offsets)
{
    static const struct {
        const char *text, *name;
        int32_t offset;
    } cases[] = {
        {"UTC0", "UTC", 0},
        {"JST-9", "JST", 9 * 3600},
        {"EST5", "EST", -5 * 3600},
        {"EST+05", "EST", -5 * 3600},
        {"<+0330>-3:30", "+0330", 12600},
        {"<-00>0", "-00", 0},
        {"<aZ9>0", "aZ9", 0},
        {"ABC24:59:59", "ABC", -(24 * 3600 + 59 * 60 + 59)},
        {"abcdefg-24:59:59", "abcdefg", 24 * 3600 + 59 * 60 + 59},
        {"LMT0:19:32", "LMT", -1172},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ofp_zone_rule rule = parse(cases[i].text);
        ck_assert(!rule.has_summer);
        ck_assert_int_eq(rule.standard.offset, cases[i].offset);
        ck_assert_uint_eq(rule.standard.abbreviation.size, strlen(cases[i].name));
        ck_assert_mem_eq(rule.standard.abbreviation.data, cases[i].name, strlen(cases[i].name));
    }
}
END_TEST

START_TEST(refuses_what_is_no_rule)
{
    static const char *const cases[] = {
        "",
        "UTC",
        "UT0",
        "0",
        "<+03-3",
        "<+0>-3",
        "<+0_3>-3",
        "<+0.3>-3",
        "<+0:3>-3",
        "AB@0",
        "AB[0",
        "AB`0",
        "AB{0",
        "<+0 3>-3",
        "EST5 ",
        "EST25",
        "EST5:60",
        "EST5:00:60",
        "EST5:0",
        "EST5:000",
        "EST5:00:000",
        "EST5:00:0",
        "EST0005",
        "EST-+5",
        "EST+-5",
        "EST--5",
        "EST5EDT",
        "EST5EDT,",
        "EST5ED,M3.2.0,M11.1.0",
        "EST5EDT,M3.2.0",
        "EST5EDT,M3.2.0,",
        "EST5EDT,M3.2.0,M11.1.0,",
        "EST5EDT,M3.2.0,M11.1.0 ",
        "EST5EDT,M0.2.0,M11.1.0",
        "EST5EDT,M13.2.0,M11.1.0",
        "EST5EDT,M0003.2.0,M11.1.0",
        "EST5EDT,M3.0.0,M11.1.0",
        "EST5EDT,M3.6.0,M11.1.0",
        "EST5EDT,M3.2.7,M11.1.0",
        "EST5EDT,M3.2,M11.1.0",
        "EST5EDT,M3.2.0/,M11.1.0",
        "EST5EDT,M3.2.0/168,M11.1.0",
        "EST5EDT,M3.2.0/-168,M11.1.0",
        "EST5EDT,M3.2.0/2:60,M11.1.0",
        "EST5EDT,J0,J365",
        "EST5EDT,J1,J366",
        "EST5EDT,0,366",
        "EST5EDT,J,J365",
        "EST5EDT25,M3.2.0,M11.1.0",
        "EST5EDT,-1,J365",
        ":EST5EDT",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_zone_rule rule;
        ck_assert_msg(ofp_zone_rule_parse(ofp_text_of(cases[i]), &rule), "\"%s\"", cases[i]);
    }
}
END_TEST

/* Summer time of a year, by instants. */
typedef struct summer {
    const char *rule;
    int year;
    const char *from, *to;
} summer;

START_TEST(finds_summer_time)
{
    static const summer cases[] = {
        {"PST8PDT,M3.2.0,M11.1.0", 2026, "2026-03-08T10:00:00Z", "2026-11-01T09:00:00Z"},
        {"CET-1CEST,M3.5.0,M10.5.0/3", 2026, "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"},
        {"CET-1CEST,M3.5.0,M10.5.0/3", 2024, "2024-03-31T01:00:00Z", "2024-10-27T01:00:00Z"},
        /* South of the equator, over the new year. */
        {"AEST-10AEDT,M10.1.0,M4.1.0/3", 2026, "2026-10-03T16:00:00Z", "2027-04-03T16:00:00Z"},
        /* Winter time as the exception, an hour back. */
        {"IST-1GMT0,M10.5.0,M3.5.0/1", 2026, "2026-10-25T01:00:00Z", "2027-03-28T01:00:00Z"},
        /* Times beyond a day and below 0. */
        {"EET-2EEST,M3.4.4/50,M10.4.4/50", 2026, "2026-03-28T00:00:00Z", "2026-10-23T23:00:00Z"},
        {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026, "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"},
        {"IST-2IDT,M3.4.4/26,M10.5.0", 2026, "2026-03-27T00:00:00Z", "2026-10-24T23:00:00Z"},
        /* An offset of its own, with minutes. */
        {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2026, "2026-10-03T15:30:00Z",
         "2027-04-03T15:00:00Z"},
        /* J60 is 1 March in every year; day 59 is 29 February in a leap year. */
        {"AAA0BBB,J60/0,J365/0", 2024, "2024-03-01T00:00:00Z", "2024-12-30T23:00:00Z"},
        {"AAA0BBB,J60/0,J365/0", 2025, "2025-03-01T00:00:00Z", "2025-12-30T23:00:00Z"},
        {"AAA0BBB,J59/0,J365/0", 2024, "2024-02-28T00:00:00Z", "2024-12-30T23:00:00Z"},
        {"AAA0BBB,59/0,365/0", 2024, "2024-02-29T00:00:00Z", "2024-12-30T23:00:00Z"},
        {"AAA0BBB,59/0,365/0", 2025, "2025-03-01T00:00:00Z", "2025-12-31T23:00:00Z"},
        {"AAA0BBB,0/0,J1/0:30", 2025, "2025-01-01T00:00:00Z", "2025-12-31T23:30:00Z"},
        /* The fifth weekday is the last one, fourth or fifth. */
        {"AAA0BBB,M2.5.0/0,M2.5.6/1:02:03", 2026, "2026-02-22T00:00:00Z", "2026-02-28T00:02:03Z"},
        {"AAA0BBB,M2.5.6/0,M3.1.1/1", 2032, "2032-02-28T00:00:00Z", "2032-03-01T00:00:00Z"},
        {"AAA0BBB,M2.5.0/0,M3.1.1/1", 2032, "2032-02-29T00:00:00Z", "2032-03-01T00:00:00Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ofp_zone_rule rule = parse(cases[i].rule);
        const ofp_period found = ofp_zone_rule_summer(&rule, cases[i].year);
        char from[OFP_INSTANT_SIZE], to[OFP_INSTANT_SIZE];
        ofp_instant_format(found.from, from);
        ofp_instant_format(found.to, to);
        ck_assert_msg(!strcmp(from, cases[i].from) && !strcmp(to, cases[i].to),
                      "%s in %d: %s to %s", cases[i].rule, cases[i].year, from, to);
    }
}
END_TEST

/* A zone with this rule keeps one offset at all times. */
static void expect_constant(const char *footer, int32_t offset, const char *abbreviation)
{
    ofp_zone *zone = zone_of_rule(footer);
    const int64_t start = instant_of("1957-06-01T00:00:00Z"),
                  end = instant_of("2213-06-01T00:00:00Z");
    for (int64_t at = start; at < end; at += 9 * OFP_DAY_SECONDS + 3599) {
        const ofp_local_time local = ofp_zone_local(zone, at);
        ck_assert_int_eq(local.offset, offset);
        ck_assert_str_eq(local.abbreviation, abbreviation);
    }
    /* Nothing is left of the ends that fall on starts: before, meanwhile and after all years. */
    ck_assert_uint_le(zone->count, 3);
    ofp_zone_free(zone);
}

START_TEST(knows_summer_time_all_year_and_never)
{
    expect_constant("XXX3EDT4,0/0,J365/23", -4 * 3600, "EDT");
    expect_constant("EST5EDT,0/0,J365/25", -4 * 3600, "EDT");
    expect_constant("EST5EDT,J1/-30,J365/167", -4 * 3600, "EDT");
    expect_constant("AAA0BBB-1,J100/0,J100/1", 0, "AAA");
    expect_constant("<+03>-3", 3 * 3600, "+03");
}
END_TEST

START_TEST(follows_a_rule_from_1957_to_2213)
{
    ofp_zone *zone = zone_of_rule("PST8PDT,M3.2.0,M11.1.0");
    static const struct {
        const char *at;
        int32_t offset;
    } cases[] = {
        {"1957-03-10T09:59:59Z", -8 * 3600}, {"1957-03-10T10:00:00Z", -7 * 3600},
        {"1957-11-03T08:59:59Z", -7 * 3600}, {"1957-11-03T09:00:00Z", -8 * 3600},
        {"2100-03-14T09:59:59Z", -8 * 3600}, {"2100-03-14T10:00:00Z", -7 * 3600},
        {"2213-03-14T09:59:59Z", -8 * 3600}, {"2213-03-14T10:00:00Z", -7 * 3600},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(ofp_zone_local(zone, instant_of(cases[i].at)).offset == cases[i].offset, "%s",
                      cases[i].at);
    ofp_zone_free(zone);
}
END_TEST

/* Searches reach back to 1957-12-23 and on to 2213-01-10: summer times that last so long count. */
START_TEST(knows_the_summers_that_reach_into_its_years)
{
    ofp_zone *zone = zone_of_rule("AAA0BBB,J359/0,J358/1");
    ck_assert_int_eq(ofp_zone_local(zone, instant_of("1957-12-23T00:00:00Z")).offset, 3600);
    ck_assert_int_eq(ofp_zone_local(zone, instant_of("1957-12-24T12:00:00Z")).offset, 0);
    ck_assert_int_eq(ofp_zone_local(zone, instant_of("2213-01-10T00:00:00Z")).offset, 3600);
    ofp_zone_free(zone);
    zone = zone_of_rule("AAA0BBB,J1/0,J9/1");
    ck_assert_int_eq(ofp_zone_local(zone, instant_of("2213-01-08T23:59:59Z")).offset, 3600);
    ck_assert_int_eq(ofp_zone_local(zone, instant_of("2213-01-10T00:00:00Z")).offset, 0);
    ofp_zone_free(zone);
}
END_TEST

TCase *zone_rule_case(void)
{
    TCase *tests = tcase_create("zone_rule");
    tcase_add_test(tests, reads_fixed_offsets);
    tcase_add_test(tests, refuses_what_is_no_rule);
    tcase_add_test(tests, finds_summer_time);
    tcase_add_test(tests, knows_summer_time_all_year_and_never);
    tcase_add_test(tests, follows_a_rule_from_1957_to_2213);
    tcase_add_test(tests, knows_the_summers_that_reach_into_its_years);
    return tests;
}
