/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cases.h"
#include "civil.h"
#include "expect.h"
#include "made_zone.h"
#include "random.h"
#include "sample.h"
#include "slow.h"

static void expect_instant(const ofp_zone *zone, const char *label, const char *wanted)
{
    char found[OFP_INSTANT_SIZE];
    ofp_instant_format(ofp_zone_instant(zone, label_of(label)), found);
    ck_assert_msg(!strcmp(found, wanted), "%s: %s, not %s", label, found, wanted);
}

START_TEST(converts_labels)
{
    static const struct {
        const char *zone, *label, *instant;
    } cases[] = {
        {"UTC", "2026-11-20T18:00:00", "2026-11-20T18:00:00Z"},
        {"America/Los_Angeles", "2026-11-20T10:00:00", "2026-11-20T18:00:00Z"},
        {"Asia/Kathmandu", "2026-11-20T00:00:00", "2026-11-19T18:15:00Z"},
        /* A gap of an hour: what is in it comes an hour later. */
        {"Europe/Amsterdam", "2026-03-29T01:59:59", "2026-03-29T00:59:59Z"},
        {"Europe/Amsterdam", "2026-03-29T02:00:00", "2026-03-29T01:00:00Z"},
        {"Europe/Amsterdam", "2026-03-29T02:59:59", "2026-03-29T01:59:59Z"},
        {"Europe/Amsterdam", "2026-03-29T03:00:00", "2026-03-29T01:00:00Z"},
        /* An hour twice: the first counts. */
        {"Europe/Amsterdam", "2026-10-25T01:59:59", "2026-10-24T23:59:59Z"},
        {"Europe/Amsterdam", "2026-10-25T02:00:00", "2026-10-25T00:00:00Z"},
        {"Europe/Amsterdam", "2026-10-25T02:59:59", "2026-10-25T00:59:59Z"},
        {"Europe/Amsterdam", "2026-10-25T03:00:00", "2026-10-25T02:00:00Z"},
        /* No midnight; midnight twice. */
        {"America/Sao_Paulo", "2018-11-04T00:00:00", "2018-11-04T03:00:00Z"},
        {"America/Sao_Paulo", "2018-11-04T01:00:00", "2018-11-04T03:00:00Z"},
        {"America/Havana", "2025-11-02T00:00:00", "2025-11-02T04:00:00Z"},
        {"America/Havana", "2025-11-02T01:00:00", "2025-11-02T06:00:00Z"},
        /* Half an hour, and with seconds. */
        {"Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45:00Z"},
        {"Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00Z"},
        {"Africa/Monrovia", "1972-01-07T00:00:00", "1972-01-07T00:44:30Z"},
        {"Africa/Monrovia", "1972-01-07T00:44:30", "1972-01-07T00:44:30Z"},
        {"Africa/Monrovia", "1972-01-07T00:30:00", "1972-01-07T01:14:30Z"},
        /* A date that does not exist moves on to the next one. */
        {"Pacific/Apia", "2011-12-29T23:59:59", "2011-12-30T09:59:59Z"},
        {"Pacific/Apia", "2011-12-30T00:00:00", "2011-12-30T10:00:00Z"},
        {"Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00Z"},
        {"Pacific/Apia", "2011-12-31T00:00:00", "2011-12-30T10:00:00Z"},
        {"Pacific/Apia", "2011-12-31T12:00:00", "2011-12-30T22:00:00Z"},
        {"Pacific/Kwajalein", "1993-08-21T12:00:00", "1993-08-22T00:00:00Z"},
        {"Pacific/Kwajalein", "1993-08-22T12:00:00", "1993-08-22T00:00:00Z"},
        /* A date that came twice. */
        {"Pacific/Kwajalein", "1969-09-30T12:00:00", "1969-09-30T01:00:00Z"},
        {"Pacific/Kwajalein", "1969-10-01T00:00:00", "1969-10-01T12:00:00Z"},
        /* By the rule, long after the file's last change. */
        {"Europe/Amsterdam", "2199-03-31T02:30:00", "2199-03-31T01:30:00Z"},
        {"Europe/Amsterdam", "2199-10-27T02:30:00", "2199-10-27T00:30:00Z"},
        {"America/New_York", "2200-07-04T12:00:00", "2200-07-04T16:00:00Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_zone *zone = sample_zone(cases[i].zone);
        expect_instant(zone, cases[i].label, cases[i].instant);
        ofp_zone_free(zone);
    }
}
END_TEST

/* Labels to both sides of a change, whole half minutes. */
static void compare_near(random_source *random, const char *name, const char *change)
{
    ofp_zone *zone = sample_zone(name);
    const int64_t middle = instant_of(change);
    for (int i = 0; i < 60; i++) {
        const int64_t step = i % 2 ? 30 : 900;
        const int64_t away = (int64_t)random_below(random, 2 * 86400 / (uint32_t)step) * step;
        const int64_t label = middle - 86400 + away + ofp_zone_local(zone, middle).offset / 30 * 30;
        const int64_t found = ofp_zone_instant(zone, label), wanted = slow_instant(zone, label);
        ck_assert_msg(found == wanted, "%s %s: label %lld: %lld, not %lld", name, change,
                      (long long)label, (long long)found, (long long)wanted);
    }
    ofp_zone_free(zone);
}

START_TEST(agrees_with_stepping_through_time)
{
    static const struct {
        const char *zone, *change;
    } cases[] = {
        {"Europe/Amsterdam", "2026-03-29T01:00:00Z"},
        {"Europe/Amsterdam", "2026-10-25T01:00:00Z"},
        {"Pacific/Apia", "2011-12-30T10:00:00Z"},
        {"Pacific/Kwajalein", "1993-08-21T12:00:00Z"},
        {"Africa/Monrovia", "1972-01-07T00:44:30Z"},
        {"Australia/Lord_Howe", "2026-10-03T15:30:00Z"},
        {"Antarctica/Troll", "2026-03-29T01:00:00Z"},
        {"Asia/Pyongyang", "2018-05-04T15:00:00Z"},
        {"America/St_Johns", "2006-10-29T02:31:00Z"},
        {"Antarctica/Casey", "2020-10-03T16:01:00Z"},
    };
    random_source random = random_start("labels");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        compare_near(&random, cases[i].zone, cases[i].change);
}
END_TEST

/* Labels that clocks do show, between changes that come minutes apart. */
START_TEST(finds_labels_among_close_changes)
{
    static const int64_t times[] = {1000020, 1001010, 1002000, 1090020};
    static const int32_t offsets[] = {0, 3600, -3600, 90000, -86400};
    ofp_zone *zone = zone_of_changes(times, offsets, 5);
    for (int64_t at = 900000; at < 1200000; at += 330) {
        const ofp_local_time local = ofp_zone_local(zone, at);
        const int64_t label = (int64_t)local.date * 86400 + local.second;
        const int64_t found = ofp_zone_instant(zone, label);
        ck_assert_int_eq(found, slow_instant(zone, label));
        ck_assert_int_le(found, at);
    }
    ofp_zone_free(zone);
}
END_TEST

/* Clocks go on by two hours, back behind where they were, and on again: the first gap counts. */
START_TEST(moves_what_two_gaps_skip_by_the_first)
{
    const int64_t noon = instant_of("2026-11-20T12:00:00Z");
    const int64_t times[] = {noon, noon + 600, noon + 900};
    static const int32_t offsets[] = {0, 7200, 2400, 6000};
    ofp_zone *zone = zone_of_changes(times, offsets, 4);
    expect_instant(zone, "2026-11-20T13:00:00", "2026-11-20T13:00:00Z");
    expect_instant(zone, "2026-11-20T12:52:00", "2026-11-20T12:12:00Z");
    ofp_zone_free(zone);
}
END_TEST

TCase *label_case(void)
{
    TCase *tests = tcase_create("label");
    tcase_add_test(tests, converts_labels);
    tcase_add_test(tests, agrees_with_stepping_through_time);
    tcase_add_test(tests, finds_labels_among_close_changes);
    tcase_add_test(tests, moves_what_two_gaps_skip_by_the_first);
    tcase_set_timeout(tests, 60);
    return tests;
}
