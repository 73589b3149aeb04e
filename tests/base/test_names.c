/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "allocations.h"
#include "cases.h"
#include "expect.h"
#include "names.h"

static ofp_names names;
static ofp_arena arena;

static void start(void)
{
    names = (ofp_names){0};
    arena = (ofp_arena){0};
}

static void stop(void)
{
    allocations_allow();
    ofp_names_free(&names);
    ofp_arena_free(&arena);
}

static ofp_text numbered(char text[32], int number)
{
    return (ofp_text){text, (size_t)snprintf(text, 32, "name-%d", number)};
}

/* So many that some share even their whole 32-bit hash (by the birthday bound, several pairs). */
START_TEST(finds_each_of_very_many_names)
{
    enum { COUNT = 300000 };
    char text[32];
    for (int i = 0; i < COUNT; i++)
        expect_each(ofp_names_add(&names, &arena, numbered(text, i)) == i, "%d", i);
    ck_assert_uint_eq(names.count, COUNT);
    for (int i = 0; i < COUNT; i++) {
        expect_each(ofp_names_find(&names, numbered(text, i)) == i, "%d", i);
        expect_each(!strcmp(ofp_names_get(&names, i), text), "%d", i);
    }
    for (int i = COUNT; i < COUNT + 10000; i++)
        expect_each(ofp_names_find(&names, numbered(text, i)) == -1, "%d", i);
}
END_TEST

/* Names of every length that differ in one byte only, wherever it stands. */
START_TEST(looks_at_every_byte)
{
    char text[40];
    int32_t index = 0;
    memset(text, 'a', sizeof text);
    for (size_t size = 1; size <= sizeof text; size++)
        for (size_t place = 0; place < size; place++, index++) {
            text[place] = 'b';
            expect_each(ofp_names_add(&names, &arena, (ofp_text){text, size}) == index,
                        "%zu of %zu", place, size);
            text[place] = 'a';
            expect_each(ofp_names_find(&names, (ofp_text){text, size}) == -1, "%zu", size);
        }
}
END_TEST

START_TEST(puts_a_name_in_once)
{
    char text[32];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 10000; i++)
            expect_each(ofp_names_add(&names, &arena, numbered(text, i)) == i, "%d", i);
    ck_assert_uint_eq(names.count, 10000);
}
END_TEST

START_TEST(tells_all_texts_apart)
{
    const ofp_text texts[] = {
        OFP_LITERAL(""),         OFP_LITERAL("a"),  OFP_LITERAL("A"),    OFP_LITERAL("a\0"),
        OFP_LITERAL("\0a"),      OFP_LITERAL("\0"), OFP_LITERAL("a\0b"), OFP_LITERAL("a\0c"),
        OFP_LITERAL("ab"),       OFP_LITERAL("ba"), OFP_LITERAL("\xFF"), OFP_LITERAL("\0\0"),
        OFP_LITERAL("\xC3\xA4"), OFP_LITERAL(" a"), OFP_LITERAL("a "),
    };
    const int count = sizeof texts / sizeof *texts;
    for (int i = 0; i < count; i++)
        ck_assert_int_eq(ofp_names_find(&names, texts[i]), -1);
    for (int i = 0; i < count; i++)
        ck_assert_int_eq(ofp_names_add(&names, &arena, texts[i]), i);
    for (int i = 0; i < count; i++)
        ck_assert_int_eq(ofp_names_find(&names, texts[i]), i);
    ck_assert_int_eq(ofp_names_find(&names, (ofp_text){0}), 0);
}
END_TEST

START_TEST(keeps_copies)
{
    char text[] = "premium";
    ofp_names_add(&names, &arena, ofp_text_of(text));
    text[0] = 'x';
    ck_assert_str_eq(ofp_names_get(&names, 0), "premium");
    expect_text(names.items[0], "premium");
    ck_assert_int_eq(ofp_names_find(&names, ofp_text_of("premium")), 0);
}
END_TEST

START_TEST(has_no_name_out_of_range)
{
    ck_assert_ptr_null(ofp_names_get(&names, 0));
    ofp_names_add(&names, &arena, ofp_text_of("free"));
    ck_assert_str_eq(ofp_names_get(&names, 0), "free");
    ck_assert_ptr_null(ofp_names_get(&names, 1));
    ck_assert_ptr_null(ofp_names_get(&names, -1));
    ck_assert_ptr_null(ofp_names_get(&names, INT32_MIN));
    ck_assert_ptr_null(ofp_names_get(&names, INT32_MAX));
    expect_text(ofp_names_text(&names, 0), "free");
    ck_assert_ptr_null(ofp_names_text(&names, 1).data);
    ck_assert_ptr_null(ofp_names_text(&names, -1).data);
    ck_assert_ptr_null(ofp_names_text(&names, INT32_MAX).data);
}
END_TEST

/* Memory runs out at every allocation in turn: a name that was not put in is not there, all others
 * are, and the next try works. */
START_TEST(stays_whole_when_memory_runs_out)
{
    char text[32];
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
        for (size_t allowed = 0;; allowed++) {
            allocations_fail_after(allowed);
            const int32_t index = ofp_names_add(&names, &arena, numbered(text, i));
            const size_t asked = allocations_count();
            allocations_allow();
            if (index == i)
                break;
            ck_assert_int_eq(index, -1);
            ck_assert_uint_gt(asked, allowed);
            ck_assert_uint_eq(names.count, (size_t)i);
            ck_assert_int_eq(ofp_names_find(&names, numbered(text, i)), -1);
            refused++;
        }
        ck_assert_int_eq(ofp_names_find(&names, numbered(text, i / 2)), i / 2);
    }
    ck_assert_int_gt(refused, 10);
}
END_TEST

TCase *names_case(void)
{
    TCase *tests = tcase_create("names");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, finds_each_of_very_many_names);
    tcase_add_test(tests, looks_at_every_byte);
    tcase_add_test(tests, puts_a_name_in_once);
    tcase_add_test(tests, tells_all_texts_apart);
    tcase_add_test(tests, keeps_copies);
    tcase_add_test(tests, has_no_name_out_of_range);
    tcase_add_test(tests, stays_whole_when_memory_runs_out);
    return tests;
}
