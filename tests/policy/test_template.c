/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "allocations.h"
#include "cases.h"
#include "expect.h"
#include "template.h"

static ofp_arena arena;
static ofp_buffer buffer;
static ofp_text values[OFP_PLACEHOLDER_COUNT];

static void start(void)
{
    arena = (ofp_arena){0};
    buffer = (ofp_buffer){0};
    memset(values, 0, sizeof values);
}

static void stop(void)
{
    allocations_allow();
    ofp_arena_free(&arena);
    ofp_buffer_release(&buffer);
}

static ofp_text render(ofp_text text)
{
    ofp_template message;
    ofp_text unknown;
    ck_assert_int_eq(ofp_template_compile(text, &arena, &message, &unknown), OFP_TEMPLATE_OK);
    ofp_buffer_clear(&buffer);
    ofp_template_render(&message, values, &buffer);
    return ofp_buffer_text(&buffer);
}

START_TEST(replaces_every_placeholder)
{
    static const char *const names[OFP_PLACEHOLDER_COUNT] = {
        [OFP_PLACEHOLDER_TICKET] = "ticket",
        [OFP_PLACEHOLDER_ORG] = "org",
        [OFP_PLACEHOLDER_ORG_NAME] = "org_name",
        [OFP_PLACEHOLDER_OFFERING] = "offering",
        [OFP_PLACEHOLDER_LEVEL] = "level",
        [OFP_PLACEHOLDER_CURRENT_OFFERING] = "current_offering",
        [OFP_PLACEHOLDER_CURRENT_LEVEL] = "current_level",
        [OFP_PLACEHOLDER_TARGET_DATE] = "target_date",
        [OFP_PLACEHOLDER_MIGRATION] = "migration",
        [OFP_PLACEHOLDER_PRIORITY] = "priority",
        [OFP_PLACEHOLDER_OWNER] = "owner",
        [OFP_PLACEHOLDER_REASON] = "reason",
        [OFP_PLACEHOLDER_EVIDENCE] = "evidence",
    };
    ck_assert_uint_eq(ofp_placeholder_names[OFP_PLACEHOLDER_NONE].size, 0);
    for (int i = OFP_PLACEHOLDER_NONE + 1; i < OFP_PLACEHOLDER_COUNT; i++) {
        char text[64];
        snprintf(text, sizeof text, "<{%s}>", names[i]);
        ck_assert(ofp_span_equal(ofp_placeholder_names[i], ofp_text_of(names[i])));
        values[i] = ofp_text_of("value");
        expect_text(render(ofp_text_of(text)), "<value>");
        values[i] = (ofp_text){0};
    }
}
END_TEST

START_TEST(joins_text_and_values)
{
    values[OFP_PLACEHOLDER_ORG] = ofp_text_of("acme");
    values[OFP_PLACEHOLDER_LEVEL] = ofp_text_of("premium");
    expect_text(render(ofp_text_of("")), "");
    expect_text(render((ofp_text){0}), "");
    expect_text(render(ofp_text_of("no placeholder")), "no placeholder");
    expect_text(render(ofp_text_of("{org}")), "acme");
    expect_text(render(ofp_text_of("{org}{level}{org}")), "acmepremiumacme");
    expect_text(render(ofp_text_of("a {org}, b {level}.\nc\n")), "a acme, b premium.\nc\n");
}
END_TEST

START_TEST(shows_what_is_missing)
{
    values[OFP_PLACEHOLDER_ORG] = ofp_text_of("");
    expect_text(render(ofp_text_of("{org}|{level}|{target_date}")), "|\xE2\x80\x93|\xE2\x80\x93");
}
END_TEST

START_TEST(leaves_other_braces_alone)
{
    static const char *const texts[] = {
        "{",     "}",      "{}",         "}{",         "{ org }",   "{org",      "org}",
        "{Org}", "{or g}", "{org-x}",    "{\"a\": 1}", "{org\n}",   "{1}",       "{{",
        "}}",    "{a{b",   "{\xC3\xA4}", "{org:x}",    "%s {0} $x", "\\{org\\}",
    };
    values[OFP_PLACEHOLDER_ORG] = ofp_text_of("acme");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const ofp_text got = render(ofp_text_of(texts[i]));
        ck_assert_msg(ofp_span_equal(got, ofp_text_of(texts[i])), "%s: %.*s", texts[i],
                      (int)got.size, got.data);
    }
    expect_text(render(ofp_text_of("{{org}}")), "{acme}");
    expect_text(render(ofp_text_of("{org}}{")), "acme}{");
    expect_text(render(ofp_text_of("{a {org}")), "{a acme");
}
END_TEST

START_TEST(finds_unknown_placeholders)
{
    static const struct {
        const char *text, *unknown;
        size_t offset;
    } cases[] = {
        {"{organisation}", "organisation", 1},
        {"a {org} {lvl} {x}", "lvl", 9},
        {"{_}", "_", 1},
        {"{azby}", "azby", 1},
        {"{{orgs}}", "orgs", 2},
        {"{org_}", "org_", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_template message = {0};
        ofp_text unknown = {0};
        ck_assert_int_eq(
            ofp_template_compile(ofp_text_of(cases[i].text), &arena, &message, &unknown),
            OFP_TEMPLATE_UNKNOWN);
        ck_assert(ofp_span_equal(unknown, ofp_text_of(cases[i].unknown)));
        ck_assert_ptr_eq(unknown.data, cases[i].text + cases[i].offset);
    }
}
END_TEST

/* Values are data: nothing in them is looked at again. */
START_TEST(values_are_not_expanded)
{
    values[OFP_PLACEHOLDER_ORG] = ofp_text_of("{level}");
    values[OFP_PLACEHOLDER_LEVEL] = ofp_text_of("{org}");
    values[OFP_PLACEHOLDER_TICKET] = ofp_text_of("{");
    values[OFP_PLACEHOLDER_PRIORITY] = ofp_text_of("org}");
    expect_text(render(ofp_text_of("{org} {level} {ticket}{priority} {ticket}org}")),
                "{level} {org} {org} {org}");
    values[OFP_PLACEHOLDER_ORG] = ofp_text_of("%s%n{nonsense}\\");
    expect_text(render(ofp_text_of("{org}")), "%s%n{nonsense}\\");
}
END_TEST

START_TEST(values_are_made_harmless)
{
    values[OFP_PLACEHOLDER_ORG] = OFP_LITERAL("a\nb\x1B[2J\0c\xFF");
    expect_text(render(ofp_text_of("line\n{org}\n")), "line\na b\xEF\xBF\xBD[2J\xEF\xBF\xBD"
                                                      "c\xEF\xBF\xBD\n");
}
END_TEST

START_TEST(keeps_its_own_copy)
{
    char text[] = "hello {org}";
    ofp_template message;
    ofp_text unknown;
    ofp_template_compile(ofp_text_of(text), &arena, &message, &unknown);
    memset(text, 'x', sizeof text);
    values[OFP_PLACEHOLDER_ORG] = ofp_text_of("acme");
    ofp_template_render(&message, values, &buffer);
    expect_text(ofp_buffer_text(&buffer), "hello acme");
}
END_TEST

START_TEST(says_when_memory_is_out)
{
    ofp_template_result result = OFP_TEMPLATE_NO_MEMORY;
    for (size_t allowed = 0; result == OFP_TEMPLATE_NO_MEMORY; allowed++) {
        ofp_template message;
        ofp_text unknown;
        ofp_arena_free(&arena);
        allocations_fail_after(allowed);
        result = ofp_template_compile(ofp_text_of("a {org} b"), &arena, &message, &unknown);
        const size_t asked = allocations_count();
        allocations_allow();
        ck_assert_int_eq(result == OFP_TEMPLATE_OK, asked <= allowed);
    }
}
END_TEST

TCase *template_case(void)
{
    TCase *tests = tcase_create("template");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, replaces_every_placeholder);
    tcase_add_test(tests, joins_text_and_values);
    tcase_add_test(tests, shows_what_is_missing);
    tcase_add_test(tests, leaves_other_braces_alone);
    tcase_add_test(tests, finds_unknown_placeholders);
    tcase_add_test(tests, values_are_not_expanded);
    tcase_add_test(tests, values_are_made_harmless);
    tcase_add_test(tests, keeps_its_own_copy);
    tcase_add_test(tests, says_when_memory_is_out);
    return tests;
}
