/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cases.h"
#include "expect.h"
#include "moment.h"

typedef struct moment {
    const char *text;
    int64_t instant;
} moment;

START_TEST(reads_instants)
{
    static const moment cases[] = {
        {"2026-11-20T18:00:00Z", 1795197600},
        {"2026-11-20t18:00:00z", 1795197600},
        {"2026-11-20 18:00:00Z", 1795197600}, /* RFC 3339, 5.6: for readability */
        {"2026-11-20T10:00:00-08:00", 1795197600},
        {"2026-11-20T18:00:00+00:00", 1795197600},
        {"2026-11-20T18:00:00-00:00", 1795197600},
        {"2026-11-21T17:59:00+23:59", 1795197600},
        {"2026-11-19T18:01:00-23:59", 1795197600},
        {"2026-11-20T23:45:00+05:45", 1795197600},
        {"2026-11-20T18:00:00.0Z", 1795197600},
        {"2026-11-20T18:00:00.999999999999999999999999999999Z", 1795197600},
        {"2026-11-20t10:00:00.5-08:00", 1795197600},
        {"2024-02-29T00:00:00Z", 1709164800},
        {"2000-02-29T23:59:59Z", 951868799},
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01T00:00:00.9Z", 0},
        {"1969-12-31T23:00:00-01:00", 0},
        {"1970-01-01T23:59:00+23:59", 0},
        {"2200-12-31T23:59:59Z", OFP_INSTANT_END - 1},
        {"2200-12-31T23:59:59.99Z", OFP_INSTANT_END - 1},
        {"2201-01-01T00:59:59+01:00", OFP_INSTANT_END - 1},
        {"2200-12-31T00:00:59-23:59", OFP_INSTANT_END - 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t instant = -1;
        ck_assert_msg(ofp_instant_scan(ofp_text_of(cases[i].text), &instant) == OFP_CODE_NONE, "%s",
                      cases[i].text);
        ck_assert_msg(instant == cases[i].instant, "%s: %lld", cases[i].text, (long long)instant);
    }
}
END_TEST

typedef struct refusal {
    const char *text;
    ofp_code code;
} refusal;

static void expect_refused(const refusal *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int64_t instant = -77;
        const ofp_code code = ofp_instant_scan(ofp_text_of(cases[i].text), &instant);
        ck_assert_msg(code == cases[i].code, "\"%s\": %s", cases[i].text, ofp_code_name(code));
        ck_assert_int_eq(instant, -77);
        expect_failure(ofp_instant_parse(ofp_text_of(cases[i].text), &instant, &error),
                       cases[i].code);
        ck_assert_int_eq(ofp_instant_parse(ofp_text_of(cases[i].text), &instant, NULL),
                         OFP_STATUS_BAD_REQUEST);
        ck_assert_int_eq(instant, -77);
    }
}

START_TEST(refuses_what_is_no_instant)
{
    static const refusal cases[] = {
        {"", OFP_CODE_INVALID_INSTANT},
        {"now", OFP_CODE_INVALID_INSTANT},
        {"1795197600", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20_18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"20261120T180000Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00.Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00,5Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00.5.5Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00.-5Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00 Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00Z ", OFP_CODE_INVALID_INSTANT},
        {" 2026-11-20T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00ZZ", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00Z+01:00", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00+24:00", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00+01:60", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00+01", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00+0100", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00+1:00", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00+01:00:00", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00+", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00-", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:00\xE2\x88\x92"
         "08:00",
         OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T24:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:60:00Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T18:00:61Z", OFP_CODE_INVALID_INSTANT},
        {"2026-00-20T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"2026-13-20T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-00T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-31T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"2026-02-29T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"2100-02-29T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"26-11-20T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"02026-11-20T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"+2026-11-20T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"-2026-11-20T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"2026-1-20T18:00:00Z", OFP_CODE_INVALID_INSTANT},
        {"2026-11-20T8:00:00Z", OFP_CODE_INVALID_INSTANT},
    };
    expect_refused(cases, sizeof cases / sizeof *cases);
}
END_TEST

START_TEST(refuses_instants_that_could_be_guessed)
{
    static const refusal cases[] = {
        {"2026-11-20T18:00:00", OFP_CODE_MISSING_OFFSET},
        {"2026-11-20t18:00:00.25", OFP_CODE_MISSING_OFFSET},
        {"2026-11-20 18:00:00", OFP_CODE_MISSING_OFFSET},
        {"2016-12-31T23:59:60Z", OFP_CODE_LEAP_SECOND},
        {"2016-12-31T15:59:60-08:00", OFP_CODE_LEAP_SECOND},
        {"2016-12-31T23:59:60.5Z", OFP_CODE_LEAP_SECOND},
        {"1969-12-31T23:59:59Z", OFP_CODE_INSTANT_RANGE},
        {"1969-12-31T23:59:59.9Z", OFP_CODE_INSTANT_RANGE},
        {"1970-01-01T00:00:00+00:01", OFP_CODE_INSTANT_RANGE},
        {"1970-01-01T23:58:59+23:59", OFP_CODE_INSTANT_RANGE},
        {"2201-01-01T00:00:00Z", OFP_CODE_INSTANT_RANGE},
        {"2200-12-31T23:59:59-00:01", OFP_CODE_INSTANT_RANGE},
        {"0000-01-01T00:00:00Z", OFP_CODE_INSTANT_RANGE},
        {"0000-01-01T00:00:00+23:59", OFP_CODE_INSTANT_RANGE},
        {"9999-12-31T23:59:59-23:59", OFP_CODE_INSTANT_RANGE},
    };
    expect_refused(cases, sizeof cases / sizeof *cases);
}
END_TEST

START_TEST(needs_every_byte)
{
    const char *whole = "2026-11-20T10:00:00.5-08:00";
    int64_t instant = 0;
    for (size_t size = 0; size < strlen(whole); size++)
        ck_assert_msg(ofp_instant_scan((ofp_text){whole, size}, &instant) != OFP_CODE_NONE, "%.*s",
                      (int)size, whole);
    ck_assert_int_eq(ofp_instant_scan(ofp_text_of(whole), &instant), OFP_CODE_NONE);
    ck_assert_int_ne(ofp_instant_scan(OFP_LITERAL("2026-11-20T10:00:00Z\0"), &instant),
                     OFP_CODE_NONE);
    ck_assert_int_eq(ofp_instant_scan((ofp_text){0}, &instant), OFP_CODE_INVALID_INSTANT);
}
END_TEST

/* Any byte in the place of another: what is read can be written and is then as it was. */
START_TEST(is_not_misled_by_any_byte)
{
    for (size_t place = 0; place < 20; place++)
        for (int byte = 0; byte < 256; byte++) {
            char text[] = "2026-11-20T18:00:00Z", again[OFP_INSTANT_SIZE];
            int64_t instant;
            text[place] = (char)byte;
            if (ofp_instant_scan((ofp_text){text, 20}, &instant) != OFP_CODE_NONE)
                continue;
            text[10] = 'T';
            text[19] = 'Z';
            ofp_instant_format(instant, again);
            ck_assert_str_eq(again, text);
        }
}
END_TEST

START_TEST(writes_instants)
{
    static const moment cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1969-12-31T23:59:59Z", -1},
        {"2026-11-20T18:00:00Z", 1795197600},
        {"2200-12-31T23:59:59Z", OFP_INSTANT_END - 1},
        {"0000-01-01T00:00:00Z", -62167219200},
        {"0000-01-01T00:00:00Z", -62167219201},
        {"0000-01-01T00:00:00Z", OFP_INSTANT_NONE},
        {"9999-12-31T23:59:59Z", 253402300799},
        {"9999-12-31T23:59:59Z", 253402300800},
        {"9999-12-31T23:59:59Z", INT64_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[OFP_INSTANT_SIZE];
        ofp_instant_format(cases[i].instant, text);
        ck_assert_str_eq(text, cases[i].text);
    }
}
END_TEST

START_TEST(says_what_is_wrong)
{
    const ofp_code codes[] = {OFP_CODE_INVALID_INSTANT, OFP_CODE_MISSING_OFFSET,
                              OFP_CODE_LEAP_SECOND, OFP_CODE_INSTANT_RANGE,
                              OFP_CODE_INVALID_REQUEST_DATE};
    const size_t count = sizeof codes / sizeof *codes;
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_nonnull(ofp_moment_problem(codes[i]));
        for (size_t other = 0; other < i; other++)
            ck_assert_str_ne(ofp_moment_problem(codes[i]), ofp_moment_problem(codes[other]));
    }
}
END_TEST

START_TEST(knows_which_instants_are_supported)
{
    ck_assert(ofp_instant_is_supported(0));
    ck_assert(ofp_instant_is_supported(OFP_INSTANT_END - 1));
    ck_assert(!ofp_instant_is_supported(-1));
    ck_assert(!ofp_instant_is_supported(OFP_INSTANT_END));
    ck_assert(!ofp_instant_is_supported(OFP_INSTANT_NONE));
    ck_assert(!ofp_instant_is_supported(INT64_MAX));
}
END_TEST

TCase *moment_case(void)
{
    TCase *tests = tcase_create("moment");
    tcase_add_test(tests, reads_instants);
    tcase_add_test(tests, refuses_what_is_no_instant);
    tcase_add_test(tests, refuses_instants_that_could_be_guessed);
    tcase_add_test(tests, needs_every_byte);
    tcase_add_test(tests, is_not_misled_by_any_byte);
    tcase_add_test(tests, writes_instants);
    tcase_add_test(tests, says_what_is_wrong);
    tcase_add_test(tests, knows_which_instants_are_supported);
    return tests;
}
