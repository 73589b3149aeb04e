/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "allocations.h"
#include "cases.h"
#include "expect.h"
#include "made_zone.h"
#include "sample.h"

enum { MOST_ALLOCATIONS = 500 };

static ofp_status load(const char *name, ofp_zone **ret, ofp_error **reterr)
{
    return ofp_zone_load(zone_folders[1], ofp_text_of(name), ret, reterr);
}

/* Lets allocation after allocation fail until loading works. */
START_TEST(loading_survives_want_of_memory)
{
    static const char *const names[] = {"Europe/Amsterdam", "UTC"};
    for (int i = 0; i < 2; i++) {
        ofp_zone *zone = NULL;
        size_t allowed = 0;
        for (; !zone && allowed < MOST_ALLOCATIONS; allowed++) {
            ofp_error *error = NULL;
            allocations_fail_after(allowed);
            const ofp_status status = load(names[i], &zone, &error);
            allocations_allow();
            ck_assert_int_eq(status, zone ? OFP_STATUS_OK : OFP_STATUS_NO_MEMORY);
            ck_assert(zone ? !error : ofp_error_first(error)->code == OFP_CODE_NO_MEMORY);
        }
        ck_assert_uint_gt(allowed, 1);
        ck_assert_int_eq(ofp_zone_local(zone, 0).offset, i == 0 ? 3600 : 0);
        ofp_zone_free(zone);
    }
}
END_TEST

/* A wrong name stays one; without memory for the message, that is the error. */
START_TEST(refusing_survives_want_of_memory)
{
    static const char *const names[] = {"Europe/Amsterdm", "Europe", "../x", "tzdata.zi"};
    for (int i = 0; i < 4; i++)
        for (size_t allowed = 0; allowed < 40; allowed++) {
            ofp_zone *zone = NULL;
            ofp_error *error = NULL;
            allocations_fail_after(allowed);
            const ofp_status status = load(names[i], &zone, &error);
            allocations_allow();
            ck_assert(status == OFP_STATUS_NO_MEMORY || status == OFP_STATUS_BAD_ZONE);
            ck_assert_int_eq(ofp_error_status(error), status);
            ofp_error_free(error);
        }
}
END_TEST

static void start_odd(test_calendar *odd)
{
    sample_start(odd, "Africa/Casablanca");
    sample_week(odd, 0, 5, "09:00-12:00 13:00-17:00 22:00-04:00");
    sample_day(odd, "2026-12-24", "08:00-12:00");
    sample_break(odd, "2026-12-28", "10:00-11:00");
    sample_holiday(odd, "2026-12-25");
    sample_closure(odd, "2026-12-29T00:00:00Z", "2026-12-29T12:00:00Z");
}

START_TEST(asking_survives_want_of_memory)
{
    test_calendar odd;
    start_odd(&odd);
    const ofp_calendar *calendar = sample_calendar(&odd);
    ofp_status status = OFP_STATUS_NO_MEMORY;
    int64_t answer = 77;
    size_t allowed = 0;
    for (; status != OFP_STATUS_OK && allowed < MOST_ALLOCATIONS; allowed++) {
        ofp_error *error = NULL;
        ck_assert_int_eq(answer, 77);
        allocations_fail_after(allowed);
        status = ofp_calendar_due(calendar, 1795197600, 3600, &answer, &error);
        allocations_allow();
        ck_assert(status == OFP_STATUS_OK || status == OFP_STATUS_NO_MEMORY);
        ck_assert_int_eq(error ? ofp_error_status(error) : OFP_STATUS_OK, status);
    }
    ck_assert_uint_gt(allowed, 10);
    ck_assert_int_eq(answer, due(calendar, 1795197600, 3600));
    sample_end(&odd);
}
END_TEST

/* One allocation after the other fails alone: what comes after it works, and must not hide it. */
static void expect_no_failure_forgotten(void (*start)(test_calendar *))
{
    bool failed = true;
    for (size_t number = 0; failed && number < MOST_ALLOCATIONS; number++) {
        test_calendar odd;
        int64_t answer = 77;
        ofp_error *error = NULL;
        start(&odd);
        const ofp_calendar *calendar = sample_calendar(&odd);
        allocations_fail_at(number);
        const ofp_status status = ofp_calendar_due(calendar, 1795197600, 3600, &answer, &error);
        failed = allocations_count() > number;
        allocations_allow();
        ck_assert_int_eq(status, failed ? OFP_STATUS_NO_MEMORY : OFP_STATUS_OK);
        ck_assert_int_eq(answer, failed ? 77 : due(calendar, 1795197600, 3600));
        ofp_error_free(error);
        sample_end(&odd);
    }
    ck_assert(!failed);
}

static void start_with_holiday(test_calendar *sample)
{
    sample_start(sample, "UTC");
    sample_holiday(sample, "2026-12-25");
}

static void start_with_closure(test_calendar *sample)
{
    sample_start(sample, "UTC");
    sample_closure(sample, "2026-12-29T00:00:00Z", "2026-12-29T12:00:00Z");
}

START_TEST(one_failure_is_not_forgotten)
{
    expect_no_failure_forgotten(start_odd);
    expect_no_failure_forgotten(start_with_holiday);
    expect_no_failure_forgotten(start_with_closure);
}
END_TEST

START_TEST(loading_forgets_no_failure)
{
    ofp_zone *zone = NULL;
    for (size_t number = 0; !zone && number < MOST_ALLOCATIONS; number++) {
        allocations_fail_at(number);
        const ofp_status status = load("Europe/Amsterdam", &zone, NULL);
        const bool failed = allocations_count() > number;
        allocations_allow();
        ck_assert_int_eq(status, failed ? OFP_STATUS_NO_MEMORY : OFP_STATUS_OK);
    }
    ofp_zone_free(zone);
}
END_TEST

START_TEST(asks_for_memory_at_the_first_question_alone)
{
    test_calendar odd;
    int64_t answer;
    ofp_period periods[8];
    size_t count;
    bool open;
    start_odd(&odd);
    const ofp_calendar *calendar = sample_calendar(&odd);
    due(calendar, 0, 1);
    allocations_fail_after(0);
    ofp_calendar_due(calendar, 1795197600, 3600, &answer, NULL);
    ofp_calendar_due_back(calendar, 1795197600, 3600, &answer, NULL);
    ofp_calendar_elapsed(calendar, 0, 1795197600, &answer, NULL);
    ofp_calendar_next_open(calendar, 0, &answer, NULL);
    ofp_calendar_prev_open(calendar, 0, &answer, NULL);
    ofp_calendar_is_open(calendar, 0, &open, NULL);
    ofp_calendar_periods(calendar, 0, 8, periods, &count, NULL);
    const size_t asked = allocations_count();
    allocations_allow();
    ck_assert_uint_eq(asked, 0);
    sample_end(&odd);
}
END_TEST

/* Wherever the arena's first piece of memory ends. */
START_TEST(making_says_when_the_arena_is_full)
{
    static const ofp_hours hours = {.name = "x"};
    size_t none = 0, made = 0;
    for (size_t used = 0; used < 4096; used += 16) {
        ofp_arena arena = {0};
        ck_assert_ptr_nonnull(ofp_arena_take(&arena, used, 1));
        allocations_fail_after(0);
        const ofp_calendar *calendar = ofp_calendar_new(&arena, &hours);
        allocations_allow();
        none += calendar == NULL;
        made += calendar != NULL;
        if (calendar)
            ck_assert_str_eq(ofp_calendar_name(calendar), "x");
        ofp_arena_free(&arena);
    }
    ck_assert_uint_gt(none, 2);
    ck_assert_uint_gt(made, 2);
}
END_TEST

START_TEST(making_and_checking_survive_want_of_memory)
{
    test_calendar odd;
    bool opens = false;
    start_odd(&odd);
    odd.hours.closure_count = 0;
    ofp_arena arena = {0};
    allocations_fail_after(0);
    const ofp_calendar *made = ofp_calendar_new(&arena, &odd.hours);
    allocations_allow();
    ck_assert_ptr_null(made);
    /* Hours that tell by themselves need no timeline; those of dates alone do. */
    const ofp_calendar *calendar = sample_calendar(&odd);
    allocations_fail_after(0);
    const ofp_status told = ofp_calendar_ever_opens(calendar, &opens, NULL);
    allocations_allow();
    ck_assert_int_eq(told, OFP_STATUS_OK);
    ck_assert(opens);
    sample_end(&odd);
    sample_start(&odd, "UTC");
    sample_day(&odd, "2026-12-24", "08:00-12:00");
    calendar = sample_calendar(&odd);
    allocations_fail_after(0);
    const ofp_status computed = ofp_calendar_ever_opens(calendar, &opens, NULL);
    allocations_allow();
    ck_assert_int_eq(computed, OFP_STATUS_NO_MEMORY);
    sample_end(&odd);
}
END_TEST

TCase *no_memory_case(void)
{
    TCase *tests = tcase_create("no_memory");
    tcase_add_test(tests, loading_survives_want_of_memory);
    tcase_add_test(tests, refusing_survives_want_of_memory);
    tcase_add_test(tests, asking_survives_want_of_memory);
    tcase_add_test(tests, one_failure_is_not_forgotten);
    tcase_add_test(tests, loading_forgets_no_failure);
    tcase_add_test(tests, asks_for_memory_at_the_first_question_alone);
    tcase_add_test(tests, making_says_when_the_arena_is_full);
    tcase_add_test(tests, making_and_checking_survive_want_of_memory);
    return tests;
}
