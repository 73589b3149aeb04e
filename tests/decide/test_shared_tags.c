/* SPDX-License-Identifier: MIT */
/* Tags that stand for several things, and very many tags. */
#include <stdio.h>

#include "cases.h"
#include "setting.h"

#define SHARED \
    "policy: p\nlevels: [free, silver, gold]\nunpaid: [free]\npriorities: [low]\n" \
    "default_priority: low\nofferings:\n" \
    "  one: {focus_tag: focus, level_tags: {silver: basic, gold: top}}\n" \
    "  two: {focus_tag: focus, level_tags: {gold: top, silver: basic}}\n" \
    "  three: {focus_tag: other, level_tags: {gold: third, silver: third}}\n"

/* So many offerings that their tags fill words of bits, just so or with some left over. The ticket
 * carries every tag, the last ones first. */
static void expect_many_tags(int offerings)
{
    static char yaml[20000], tags[400][8], expected[8000];
    static ofp_text carried[400];
    size_t size = (size_t)sprintf(yaml, "policy: p\nlevels: [free, a, b, c]\nunpaid: [free]\n"
                                        "priorities: [x]\ndefault_priority: x\nofferings:\n");
    size_t count = 0, used = 0;
    for (int i = 0; i < offerings; i++)
        size += (size_t)sprintf(yaml + size,
                                "  o%d: {focus_tag: f%d, level_tags: {a: a%d, b: b%d, c: c%d}}\n",
                                i, i, i, i, i);
    use_policy(yaml);
    for (int i = 0; i < 3 * offerings; i++)
        sprintf(tags[count++], "%c%d", "abc"[i % 3], i / 3);
    for (int i = 0; i < offerings; i++)
        sprintf(tags[count++], "f%d", i);
    for (size_t i = 0; i < count; i++) {
        carried[count - 1 - i] = ofp_text_of(tags[i]);
        if (strcmp(tags[i], "b5") && strcmp(tags[i], "f5"))
            used += (size_t)sprintf(expected + used, "%s-%s", used ? " " : "", tags[i]);
    }
    about("o5");
    entitle("o5", "b");
    request.tags = carried;
    request.tag_count = count;
    expect_actions(expected);
    request.tag_count = 0;
    expect_actions("+b5 +f5");
}

/* A shared tag stands for each of its levels and offerings, at its first place. */
START_TEST(a_shared_tag_counts_for_all)
{
    use_policy(SHARED);
    about("two");
    entitle("two", "gold");
    CARRY("third", "top", "basic", "other");
    expect_actions("-basic -third -other +focus");
    about("three");
    expect_actions("-basic -third reply note"); /* "top" is given by two's entitlement */
    request.entitlement_count = 0;
    entitle("one", "silver");
    expect_actions("-top -third reply note");
    about("two");
    expect_actions("-top -third -other +focus reply note");
    request.entitlement_count = 0;
    entitle("three", "silver");
    about("three");
    expect_actions("-basic -top");
}
END_TEST

START_TEST(free_tags_are_level_tags_too)
{
    use_policy("policy: p\nlevels: [free, gold]\nunpaid: [free]\npriorities: [low]\n"
               "default_priority: low\nofferings:\n"
               "  one: {level_tags: {free: one_free, gold: one_gold}}\n"
               "  two: {level_tags: {gold: two_gold, free: two_free}}\n");
    about("one");
    entitle("one", "gold");
    CARRY("two_free", "one_free", "two_gold");
    expect_actions("-one_free -two_gold -two_free +one_gold"); /* levels as written */
    clear_request();
    about("one");
    entitle("one", "free"); /* no active entitlement gives its tag */
    CARRY("two_free", "one_free");
    expect_actions("-one_free -two_free");
}
END_TEST

START_TEST(many_tags_keep_their_order)
{
    static const int offerings[] = {15, 16, 17, 21, 22, 32, 42, 43, 64, 65, 96};
    for (size_t i = 0; i < sizeof offerings / sizeof *offerings; i++)
        expect_many_tags(offerings[i]);
}
END_TEST

/*
 * One tag more than there are bits in two words; and a scratch that is full of what a ticket with
 * thousands of tags left behind.
 */
START_TEST(a_single_tag_in_the_last_word)
{
    enum { TAGS = 129 };
    static char yaml[8000];
    static ofp_text many[5000];
    size_t size = (size_t)sprintf(yaml, "policy: p\nlevels: [free, a]\nunpaid: [free]\n"
                                        "priorities: [x]\ndefault_priority: x\nofferings:\n");
    for (int i = 0; i < TAGS; i++)
        size += (size_t)sprintf(yaml + size, "  o%d: {level_tags: {a: t%d}}\n", i, i);
    use_policy(yaml);
    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        many[i] = ofp_text_of("t63");
    for (int carried = 0; carried < 2; carried++) {
        clear_request();
        about("o0");
        entitle("o0", "a");
        request.tags = many;
        request.tag_count = sizeof many / sizeof *many;
        expect_actions("-t63 +t0");
        clear_request();
        about("o0");
        entitle("o0", "a");
        if (carried)
            carry_tag("t128");
        expect_actions(carried ? "-t128 +t0" : "+t0");
        clear_request();
        about("o128");
        entitle("o128", "a");
        CARRY("t0", "t1");
        if (carried)
            carry_tag("t128");
        expect_actions(carried ? "-t0 -t1" : "-t0 -t1 +t128");
    }
}
END_TEST

TCase *shared_tags_case(void)
{
    TCase *tests = tcase_create("shared tags");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_test(tests, a_shared_tag_counts_for_all);
    tcase_add_test(tests, free_tags_are_level_tags_too);
    tcase_add_test(tests, many_tags_keep_their_order);
    tcase_add_test(tests, a_single_tag_in_the_last_word);
    return tests;
}
