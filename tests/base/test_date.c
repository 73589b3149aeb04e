/* SPDX-License-Identifier: MIT */
/* The part of moment.h and instant.h that reads and writes dates. */
#include "cases.h"
#include "expect.h"
#include "moment.h"

typedef struct refusal {
    const char *text;
    ofp_code code;
} refusal;

START_TEST(reads_and_writes_every_date)
{
    for (int32_t date = 0; date <= 84370; date++) {
        char text[OFP_DATE_SIZE];
        int32_t again = -1;
        ofp_date_format(date, text);
        expect_each(ofp_date_parse(ofp_text_of(text), &again, NULL) == OFP_STATUS_OK &&
                        again == date,
                    "%s", text);
    }
}
END_TEST

START_TEST(refuses_what_is_no_date)
{
    static const refusal cases[] = {
        {"", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-11", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-11-2", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-11-020", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-11-20 ", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-11-20T", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-11-20Z", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-11-20T18:00:00Z", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026/11/20", OFP_CODE_INVALID_REQUEST_DATE},
        {"20261120", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-13-01", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-00-01", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-11-31", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-11-00", OFP_CODE_INVALID_REQUEST_DATE},
        {"2026-02-29", OFP_CODE_INVALID_REQUEST_DATE},
        {"2200-02-29", OFP_CODE_INVALID_REQUEST_DATE},
        {"tomorrow", OFP_CODE_INVALID_REQUEST_DATE},
        {"1969-12-31", OFP_CODE_INSTANT_RANGE},
        {"2201-01-01", OFP_CODE_INSTANT_RANGE},
        {"0000-01-01", OFP_CODE_INSTANT_RANGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t date = -77;
        const ofp_code code = ofp_date_scan(ofp_text_of(cases[i].text), &date);
        ck_assert_msg(code == cases[i].code, "\"%s\": %s", cases[i].text, ofp_code_name(code));
        expect_failure(ofp_date_parse(ofp_text_of(cases[i].text), &date, &error), cases[i].code);
        ck_assert_int_eq(date, -77);
    }
}
END_TEST

START_TEST(writes_dates_of_any_number)
{
    char text[OFP_DATE_SIZE];
    ofp_date_format(-719529, text);
    ck_assert_str_eq(text, "0000-01-01");
    ofp_date_format(OFP_DATE_NONE, text);
    ck_assert_str_eq(text, "0000-01-01");
    ofp_date_format(INT32_MAX, text);
    ck_assert_str_eq(text, "9999-12-31");
}
END_TEST

TCase *date_case(void)
{
    TCase *tests = tcase_create("date");
    tcase_add_test(tests, reads_and_writes_every_date);
    tcase_add_test(tests, refuses_what_is_no_date);
    tcase_add_test(tests, writes_dates_of_any_number);
    return tests;
}
