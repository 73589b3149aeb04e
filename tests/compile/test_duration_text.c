/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "duration_text.h"
#include "expect.h"

#define DAYS_4392 INT64_C(379468800)

START_TEST(reads_durations)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"1s", 1},
        {"90s", 90},
        {"30m", 1800},
        {"4h", 14400},
        {"1h30m", 5400},
        {"1h0m1s", 3601},
        {"2h5s", 7205},
        {"1m1s", 61},
        {"007s", 7},
        {"0h1s", 1},
        {"100m", 6000},
        {"105408h", DAYS_4392},
        {"379468800s", DAYS_4392},
        {"105407h59m60s", DAYS_4392},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = -1;
        const char *problem = ofp_duration_scan(ofp_text_of(cases[i].text), &seconds);
        ck_assert_msg(!problem, "\"%s\" %s", cases[i].text, problem);
        ck_assert_int_eq(seconds, cases[i].seconds);
    }
}
END_TEST

/* Each mistake has its own words; `word` is one of them. */
START_TEST(refuses_others_in_plain_words)
{
    static const struct {
        const char *text, *word;
    } cases[] = {
        {"", "no duration"},
        {"x", "no duration"},
        {"h", "no duration"},
        {"-1h", "no duration"},
        {"+1h", "no duration"},
        {" 1h", "no duration"},
        {"1h ", "no duration"},
        {"1H", "no duration"},
        {"1m1h", "no duration"},
        {"1h1h", "no duration"},
        {"1s1s", "no duration"},
        {"1h30", "no unit"},
        {"90", "no unit"},
        {"1d", "24h"},
        {"2w", "24h"},
        {"1.5h", "fraction"},
        {"1,5h", "fraction"},
        {"0s", "more than 0"},
        {"0h0m0s", "more than 0"},
        {"105408h1s", "too long"},
        {"999999999h", "too long"},
        {"9999999999s", "no duration"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = -1;
        const char *problem = ofp_duration_scan(ofp_text_of(cases[i].text), &seconds);
        ck_assert_msg(problem && strstr(problem, cases[i].word), "\"%s\" %s", cases[i].text,
                      problem ? problem : "worked");
        ck_assert_int_eq(seconds, -1);
    }
}
END_TEST

START_TEST(reads_days)
{
    static const struct {
        const char *text;
        int32_t days;
    } cases[] = {{"1d", 1}, {"14d", 14}, {"3650d", 3650}, {"007d", 7}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t days = -1;
        const char *problem = ofp_days_scan(ofp_text_of(cases[i].text), &days);
        ck_assert_msg(!problem, "\"%s\" %s", cases[i].text, problem);
        ck_assert_int_eq(days, cases[i].days);
    }
}
END_TEST

START_TEST(refuses_what_is_not_whole_days)
{
    static const struct {
        const char *text, *word;
    } cases[] = {
        {"", "no number"},        {"d", "no number"},     {"-1d", "no number"},
        {" 1d", "no number"},     {"14", "no unit"},      {"14 d", "whole days"},
        {"14D", "whole days"},    {"2w", "whole days"},   {"24h", "whole days"},
        {"1d ", "whole days"},    {"1.5d", "whole days"}, {"1d12h", "whole days"},
        {"0d", "range"},          {"3651d", "range"},     {"999999999d", "range"},
        {"9999999999d", "range"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t days = -1;
        const char *problem = ofp_days_scan(ofp_text_of(cases[i].text), &days);
        ck_assert_msg(problem && strstr(problem, cases[i].word), "\"%s\" %s", cases[i].text,
                      problem ? problem : "worked");
        ck_assert_int_eq(days, -1);
    }
}
END_TEST

TCase *duration_text_case(void)
{
    TCase *tests = tcase_create("duration_text");
    tcase_add_test(tests, reads_durations);
    tcase_add_test(tests, refuses_others_in_plain_words);
    tcase_add_test(tests, reads_days);
    tcase_add_test(tests, refuses_what_is_not_whole_days);
    return tests;
}
