/* SPDX-License-Identifier: MIT */
#include <offerpolicy/instant.h>

#include "expect.h"
#include "explain_time.h"
#include "sentence_cases.h"

static ofp_buffer buffer;

typedef void put_instant(const ofp_clock *clock, int64_t instant, ofp_buffer *buffer);

static int64_t instant_of(const char *text)
{
    int64_t instant = OFP_INSTANT_NONE;
    expect_ok(ofp_instant_parse(ofp_text_of(text), &instant, &error));
    return instant;
}

/* What is written about an instant in a zone. */
static const char *shown(put_instant *put, const char *zone_name, int32_t offset,
                         const char *instant)
{
    ofp_zone *zone = NULL;
    expect_ok(ofp_zone_load(test_zone_directory, ofp_text_of(zone_name), &zone, &error));
    ofp_buffer_clear(&buffer);
    put(&(ofp_clock){zone, offset, " "}, instant_of(instant), &buffer);
    ofp_zone_free(zone);
    return ofp_buffer_text(&buffer).data;
}

#define expect_shown(put, zone, offset, instant, wanted) \
    ck_assert_str_eq(shown(put, zone, offset, instant), wanted)

START_TEST(shows_instants)
{
    static const struct {
        const char *zone;
        int32_t offset;
        const char *instant, *wanted;
    } cases[] = {
        {"America/Los_Angeles", -28800, "2026-11-20T22:00:00Z", "Fri 20 Nov 2026 14:00 PST"},
        {"America/Los_Angeles", -28800, "2026-07-04T22:00:00Z", "Sat 4 Jul 2026 15:00 PDT (UTC-7)"},
        {"America/Los_Angeles", OFP_OFFSET_NONE, "2026-11-20T22:00:00Z",
         "Fri 20 Nov 2026 14:00 PST (UTC-8)"},
        /* The hour that clocks show twice. */
        {"America/Los_Angeles", -28800, "2026-11-01T08:30:00Z", "Sun 1 Nov 2026 01:30 PDT (UTC-7)"},
        {"America/Los_Angeles", -28800, "2026-11-01T09:30:00Z", "Sun 1 Nov 2026 01:30 PST"},
        {"UTC", OFP_OFFSET_NONE, "2026-11-20T22:00:07Z", "Fri 20 Nov 2026 22:00:07 UTC"},
        {"Europe/London", OFP_OFFSET_NONE, "2026-11-20T22:00:00Z",
         "Fri 20 Nov 2026 22:00 GMT (UTC+0)"},
        {"America/St_Johns", OFP_OFFSET_NONE, "2026-11-20T22:00:00Z",
         "Fri 20 Nov 2026 18:30 NST (UTC-3:30)"},
        /* Zones whose times have no names. */
        {"Asia/Kathmandu", 20700, "2026-11-20T22:00:00Z", "Sat 21 Nov 2026 03:45 UTC+5:45"},
        {"America/Sao_Paulo", 0, "2026-11-20T22:00:00Z", "Fri 20 Nov 2026 19:00 UTC-3"},
        {"Africa/Monrovia", OFP_OFFSET_NONE, "1970-01-01T00:44:30Z",
         "Thu 1 Jan 1970 00:00 MMT (UTC-0:44:30)"},
        {"UTC", 0, "2200-12-31T23:59:59Z", "Wed 31 Dec 2200 23:59:59 UTC"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_shown(ofp_clock_put_instant, cases[i].zone, cases[i].offset, cases[i].instant,
                     cases[i].wanted);
}
END_TEST

START_TEST(shows_starts)
{
    expect_shown(ofp_clock_put_start, "America/Los_Angeles", -28800, "2026-12-01T08:00:00Z",
                 "Tue 1 Dec 2026");
    expect_shown(ofp_clock_put_start, "America/Los_Angeles", -28800, "2026-12-01T08:00:01Z",
                 "Tue 1 Dec 2026 00:00:01 PST");
}
END_TEST

START_TEST(shows_ends)
{
    expect_shown(ofp_clock_put_end, "America/Los_Angeles", -28800, "2027-01-01T08:00:00Z",
                 "through Thu 31 Dec 2026");
    expect_shown(ofp_clock_put_end, "Europe/Amsterdam", 3600, "2027-01-01T08:00:00Z",
                 "until Fri 1 Jan 2027 09:00 CET");
    expect_shown(ofp_clock_put_past_end, "America/Los_Angeles", -28800, "2027-01-01T08:00:00Z",
                 "at the end of Thu 31 Dec 2026");
    expect_shown(ofp_clock_put_past_end, "Europe/Amsterdam", 3600, "2027-01-01T08:00:00Z",
                 "on Fri 1 Jan 2027 09:00 CET");
    ofp_buffer_clear(&buffer);
    ofp_clock_put_end(&(ofp_clock){.space = " "}, OFP_INSTANT_NONE, &buffer);
    expect_text(ofp_buffer_text(&buffer), "without an end");
}
END_TEST

START_TEST(tells_the_last_date)
{
    const ofp_clock clock = {ofp_policy_zone(test_policy), OFP_OFFSET_NONE, " "};
    int32_t date = 0;
    expect_ok(ofp_date_parse(ofp_text_of("2026-12-31"), &date, &error));
    ck_assert_int_eq(ofp_clock_last_date(&clock, instant_of("2027-01-01T08:00:00Z")), date);
    ck_assert_int_eq(ofp_clock_last_date(&clock, instant_of("2027-01-01T07:59:59Z")),
                     OFP_DATE_NONE);
}
END_TEST

typedef void put_duration(const ofp_clock *clock, int64_t seconds, ofp_buffer *buffer);

static void expect_duration(put_duration *put, int64_t seconds, const char *wanted)
{
    ofp_buffer_clear(&buffer);
    put(&(ofp_clock){.space = "~"}, seconds, &buffer);
    ck_assert_str_eq(ofp_buffer_text(&buffer).data, wanted);
}

/* Budgets are exact, and a day of open time is no day. */
START_TEST(writes_budgets)
{
    expect_duration(ofp_clock_put_budget, 1, "1~s");
    expect_duration(ofp_clock_put_budget, 90, "1~min~30~s");
    expect_duration(ofp_clock_put_budget, 1800, "30~min");
    expect_duration(ofp_clock_put_budget, 3600, "1~h");
    expect_duration(ofp_clock_put_budget, 5400, "1~h~30~min");
    expect_duration(ofp_clock_put_budget, 86400, "24~h");
    expect_duration(ofp_clock_put_budget, 360001, "100~h~1~s");
    expect_duration(ofp_clock_put_budget, 363661, "101~h~1~min~1~s");
}
END_TEST

/* Spans are cut off: there is never less time than they say. */
START_TEST(writes_spans)
{
    expect_duration(ofp_clock_put_span, 1, "1~s");
    expect_duration(ofp_clock_put_span, 59, "59~s");
    expect_duration(ofp_clock_put_span, 60, "1~min");
    expect_duration(ofp_clock_put_span, 3599, "59~min~59~s");
    expect_duration(ofp_clock_put_span, 3600, "1~h");
    expect_duration(ofp_clock_put_span, 3659, "1~h");
    expect_duration(ofp_clock_put_span, 183600, "2~d~3~h");
    expect_duration(ofp_clock_put_span, 187199, "2~d~3~h");
    expect_duration(ofp_clock_put_span, 172800 + 3599, "2~d");
    expect_duration(ofp_clock_put_span, INT64_C(86400) * 50000, "50000~d");
}
END_TEST

static void release_buffer(void)
{
    ofp_buffer_release(&buffer);
}

TCase *explain_time_case(void)
{
    TCase *tests = tcase_create("explain_time");
    tcase_add_checked_fixture(tests, NULL, release_buffer);
    tcase_add_test(tests, shows_instants);
    tcase_add_test(tests, shows_starts);
    tcase_add_test(tests, shows_ends);
    tcase_add_test(tests, tells_the_last_date);
    tcase_add_test(tests, writes_budgets);
    tcase_add_test(tests, writes_spans);
    return tests;
}
