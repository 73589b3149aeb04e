/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "expect.h"
#include "hours_text.h"

enum { MON = 1, TUE = 2, WED = 4, THU = 8, FRI = 16, SAT = 32, SUN = 64 };

START_TEST(reads_hours)
{
    static const struct {
        const char *text;
        int32_t from, to;
    } cases[] = {
        {"09:00-17:30", 32400, 63000},
        {"00:00-24:00", 0, 86400},
        {"00:00-00:01", 0, 60},
        {"23:59-24:00", 86340, 86400},
        {"09:00:01-09:00:02", 32401, 32402},
        {"09:00-09:00:01", 32400, 32401},
        {"23:59:59-24:00:00", 86399, 86400},
        {"22:00-06:00", 79200, 108000},
        {"15:00-00:00", 54000, 86400},
        {"00:00:01-00:00", 1, 86400},
        {"12:00-11:59:59", 43200, 129599},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_shift shift = {-1, -1};
        const char *problem = NULL;
        ck_assert_msg(!ofp_shift_scan(ofp_text_of(cases[i].text), &shift, &problem), "\"%s\" %s",
                      cases[i].text, problem);
        ck_assert_int_eq(shift.from, cases[i].from);
        ck_assert_int_eq(shift.to, cases[i].to);
    }
}
END_TEST

START_TEST(refuses_other_hours)
{
    static const struct {
        const char *text;
        ofp_code code;
    } cases[] = {
        {"", OFP_CODE_INVALID_HOURS},
        {"09:00", OFP_CODE_INVALID_HOURS},
        {"09:00-", OFP_CODE_INVALID_HOURS},
        {"09:00-17", OFP_CODE_INVALID_HOURS},
        {"9:00-17:00", OFP_CODE_INVALID_HOURS},
        {"09:00-17:00 ", OFP_CODE_INVALID_HOURS},
        {"09:00-17:00-18:00", OFP_CODE_INVALID_HOURS},
        {"09:00:-17:00", OFP_CODE_INVALID_HOURS},
        {"09:60-17:00", OFP_CODE_INVALID_HOURS},
        {"09:00:60-17:00", OFP_CODE_INVALID_HOURS},
        {"09:00-24:00:01", OFP_CODE_INVALID_HOURS},
        {"09:00-24:01", OFP_CODE_INVALID_HOURS},
        {"09:00-99:00", OFP_CODE_INVALID_HOURS},
        {"24:00-08:00", OFP_CODE_INVALID_HOURS},
        {"24:00-00:00", OFP_CODE_INVALID_HOURS},
        {"09:00\xE2\x80\x93"
         "17:00",
         OFP_CODE_INVALID_HOURS},
        {"09:00-09:00", OFP_CODE_EMPTY_INTERVAL},
        {"09:00:00-09:00", OFP_CODE_EMPTY_INTERVAL},
        {"24:00-24:00", OFP_CODE_EMPTY_INTERVAL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_shift shift = {-1, -1};
        const char *problem = NULL;
        const ofp_code code = ofp_shift_scan(ofp_text_of(cases[i].text), &shift, &problem);
        ck_assert_msg(code == cases[i].code, "\"%s\": %s", cases[i].text, ofp_code_name(code));
        ck_assert_ptr_nonnull(problem);
        ck_assert_int_eq(shift.from, -1);
    }
}
END_TEST

START_TEST(reads_days_of_the_week)
{
    static const struct {
        const char *text;
        unsigned days;
    } cases[] = {
        {"mon", MON},
        {"sun", SUN},
        {"mon-thu", MON | TUE | WED | THU},
        {"fri-mon", FRI | SAT | SUN | MON},
        {"sun-mon", SUN | MON},
        {"mon-sun", 127},
        {"wed-tue", 127},
        {"sat-sun", SAT | SUN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned days = 0;
        const char *problem = ofp_weekdays_scan(ofp_text_of(cases[i].text), &days);
        ck_assert_msg(!problem, "\"%s\" %s", cases[i].text, problem);
        ck_assert_uint_eq(days, cases[i].days);
    }
    ck_assert_str_eq(ofp_weekday_name(0), "mon");
    ck_assert_str_eq(ofp_weekday_name(6), "sun");
}
END_TEST

START_TEST(refuses_other_days)
{
    static const char *const cases[] = {"",     "mo",      "Mon",      "monday",      "mon-",
                                        "-mon", "mon-fir", "mon- fri", "mon-fri-sun", "mon-mon",
                                        "1",    "mon,tue"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned days = 99;
        ck_assert_msg(ofp_weekdays_scan(ofp_text_of(cases[i]), &days), "\"%s\"", cases[i]);
        ck_assert_uint_eq(days, 99);
    }
}
END_TEST

TCase *hours_text_case(void)
{
    TCase *tests = tcase_create("hours_text");
    tcase_add_test(tests, reads_hours);
    tcase_add_test(tests, refuses_other_hours);
    tcase_add_test(tests, reads_days_of_the_week);
    tcase_add_test(tests, refuses_other_days);
    return tests;
}
