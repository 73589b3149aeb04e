/* SPDX-License-Identifier: MIT */
/* Which literals a pattern has, and what follows from them. */
#include <stdlib.h>

#include "cases.h"
#include "expect.h"

/* The literals, each with "|" behind it. */
static const char *join(const ofp_literals *literals)
{
    static char joined[OFP_LITERALS_MOST * (OFP_LITERAL_MOST_SIZE + 1) + 1];
    char *end = joined;
    for (size_t i = 0; i < literals->count; i++) {
        end = mempcpy(end, literals->items[i].bytes, literals->items[i].size);
        *end++ = '|';
    }
    *end = '\0';
    return joined;
}

static const size_t any = SIZE_MAX;

START_TEST(literals_of_patterns)
{
    static const struct {
        const char *pattern, *literals;
        size_t reach;
    } cases[] = {
        {"cloud", "cloud|", 0},
        {"\\bCloud\\b", "cloud|", 0},
        {"cloud\\.shop\\.example", "cloud.shop.examp|", 0},
        {"\\bself[ -]?(managed|hosted)\\b", "managed|hosted|", 8},
        {"\\bshared runners?\\b", "shared runner|", 0},
        {"/etc/shop/\\S+", "/etc/shop/|", 0},
        {"\\b429\\b.{0,40}\\brate limit", "rate limit|", 163},
        {"\\w+@shop", "@shop|", any},
        {"saas|on[ -]prem", "saas|prem|", 6},
        {"(saas|cloud)x", "saas|cloud|", 0},
        {"ab+cd", "ab|", 0},
        {"ab*cde", "cde|", any},
        {"ab{0}cde", "cde|", 1},
        {"ab?cde", "cde|", 2},
        {"(abc)?de", "de|", 3},
        {"(abc)+de", "abc|", 0},
        {"(a|bcd){2,3}ef", "ef|", 9},
        {"x{5}yz", "yz|", 5},
        {"x(?=longer)yz", "xyz|", 0},
        {"(?!never)ab", "ab|", 0},
        {"gr\303\266\303\237er", "gr|", 0},
        {"\303\266ab", "ab|", 8},
        {"a\\tbc", "bc|", 5},
        {"a^b$c", "abc|", 0},
        {"[]a]bc", "bc|", 4},
        {"[^]]bc", "bc|", 4},
        {"[\\]]bc", "bc|", 4},
        {"()ab", "ab|", 0},
        {"a]b}c", "a]b}c|", 0},
        {"#a b", "#a b|", 0},
        {"a{1}b", "ab|", 0},
        {"a(b(c(de|fg)|hi)|jk)l", "de|fg|hi|jk|", 3},
        {"aa|bb|cc|dd|ee|ff|gg|hh|ii|jj|kk|ll|mm|nn|oo|pp",
         "aa|bb|cc|dd|ee|ff|gg|hh|ii|jj|kk|ll|mm|nn|oo|pp|", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_literals literals;
        ofp_literals_of(ofp_text_of(cases[i].pattern), &literals);
        ck_assert_msg(strcmp(join(&literals), cases[i].literals) == 0, "/%s/: %s", cases[i].pattern,
                      join(&literals));
        ck_assert_msg(literals.reach == cases[i].reach, "/%s/: %zu", cases[i].pattern,
                      literals.reach);
    }
}
END_TEST

START_TEST(patterns_without_literals)
{
    static const char *const patterns[] = {
        "",
        "a",
        "a|cloud",
        "cloud|",
        "(cloud|)",
        "(cloud)?",
        "(cloud){0,3}",
        "\\d{3}-\\w",
        "(?=cloud)",
        "(?!cloud)",
        "[cloud]",
        "a.b",
        "\xD0\xB6\xD0\xB6",
        "aa|bb|cc|dd|ee|ff|gg|hh|ii|jj|kk|ll|mm|nn|oo|pp|qq",
        "cloud\\1",
        "(?i)cloud",
        "(?x)clo ud",
        "\\Qcloud\\E",
        "\\x41cloud",
        "[\\c]cloud]",
        "[[:alpha:]]cloud",
        "[\\Q]\\Ecloud]",
        "cloud{,3}",
        "cloud{2}{3}",
        "(?<n>cloud)",
        "(?<=cloud)a",
        "(?>cloud)",
        "(?|cloud|saas)",
        "(?R)cloud",
        "cloud(",
        "cloud)",
        "[cloud",
        "cloud\\",
        "((((((((((((((((((((((((((((((((cloud))))))))))))))))))))))))))))))))",
    };
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        ofp_literals literals;
        ofp_literals_of(ofp_text_of(patterns[i]), &literals);
        ck_assert_msg(literals.count == 0, "/%s/: %s", patterns[i], join(&literals));
    }
}
END_TEST

START_TEST(finds_the_first_literal)
{
    static const struct {
        const char *pattern, *text;
        bool may_match;
        size_t start;
    } cases[] = {
        {"cloud", "", false, 0},
        {"cloud", "our Cloud and our CLOUD", true, 4},
        {"cloud", "clou", false, 0},
        {"cloud", "clou d", false, 0},
        {"cloud|desk", "a desk, a cloud", true, 2},
        {"my cloud|desk|on[ -]my shelf", "a desk", true, 0},
        {"[a-z]cloud", "in the cloud", true, 3},
        {"\\wcloud", "cloud", true, 0},
        {"\\w+cloud", "in the cloud", true, 0},
        {"desk", "a de\xC5\xBFk", true, 0},
        {"desk", "300 \xE2\x84\xAA at the desk", true, 0},
        {".", "anything", true, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_literals literals;
        size_t start = 99;
        ofp_literals_of(ofp_text_of(cases[i].pattern), &literals);
        const bool may_match = ofp_literals_find(&literals, ofp_text_of(cases[i].text), &start);
        ck_assert_msg(may_match == cases[i].may_match, "/%s/: \"%s\"", cases[i].pattern,
                      cases[i].text);
        if (may_match)
            ck_assert_msg(start == cases[i].start, "/%s/: %zu", cases[i].pattern, start);
    }
}
END_TEST

static size_t encode(uint32_t character, char *ret)
{
    if (character < 0x800) {
        ret[0] = (char)(0xC0 | character >> 6);
        ret[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    const bool three = character < 0x10000;
    ret[0] = (char)(three ? 0xE0 | character >> 12 : 0xF0 | character >> 18);
    ret[1] = (char)(0x80 | (character >> 12 & 0x3F));
    ret[three ? 1 : 2] = (char)(0x80 | (character >> 6 & 0x3F));
    ret[three ? 2 : 3] = (char)(0x80 | (character & 0x3F));
    return three ? 3 : 4;
}

/* Every other character outside of ASCII, whatever PCRE2 knows about it, matches no ASCII one. */
START_TEST(two_foreign_letters_match_ascii)
{
    enum { ALL = 0x110000, STEP = 0x10000, LONG_S = 0x17F, KELVIN = 0x212A };
    char *text = calloc(1, (size_t)STEP * 4 + VECTOR_SIZE);
    for (uint32_t first = 0; first < ALL; first += STEP) {
        size_t size = 0;
        for (uint32_t i = first ? first : 0x80; i < first + STEP; i++) {
            if (i != LONG_S && i != KELVIN && (i < 0xD800 || i > 0xDFFF))
                size += encode(i, text + size);
        }
        ck_assert_int_eq(match_text(ofp_text_of("[ -~]"), (ofp_text){text, size}, true),
                         OFP_MATCH_NO);
    }
    free(text);
    ck_assert_int_eq(match_text(ofp_text_of("s"), ofp_text_of(OFP_LONG_S), true), OFP_MATCH_YES);
    ck_assert_int_eq(match_text(ofp_text_of("k"), ofp_text_of(OFP_KELVIN), true), OFP_MATCH_YES);
}
END_TEST

/* A text can't exhaust a pattern that it has no literal of. */
START_TEST(what_literals_rule_out_does_not_give_up)
{
    const ofp_text text =
        ofp_text_of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");
    ck_assert_int_eq(match_text(ofp_text_of("(a+)+$"), text, true), OFP_MATCH_GAVE_UP);
    ck_assert_int_eq(match_text(ofp_text_of("(a+)+bc$"), text, true), OFP_MATCH_NO);
    ck_assert_int_eq(match_text(ofp_text_of("(a+)+b$"), text, false), OFP_MATCH_NO);
}
END_TEST

/* Nor does what stands in front of all that can match. */
START_TEST(a_long_way_to_the_literal_is_no_work)
{
    enum { SIZE = 1 << 20 };
    char *text = calloc(1, SIZE + VECTOR_SIZE);
    memset(text, 'a', SIZE);
    memcpy(text + SIZE - 12, "bc 4711 4711", 12);
    const ofp_text whole = {text, SIZE};
    ck_assert_int_eq(match_text(ofp_text_of("a+b+c+d"), whole, true), OFP_MATCH_GAVE_UP);
    ck_assert_int_eq(match_text(ofp_text_of("a?bc[ \\d]+$"), whole, true), OFP_MATCH_YES);
    ck_assert_int_eq(match_text(ofp_text_of("a?bc[ \\d]+\\.\\s+!"), whole, true), OFP_MATCH_NO);
    free(text);
}
END_TEST

TCase *pattern_literals_case(void)
{
    TCase *tests = tcase_create("literals");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, literals_of_patterns);
    tcase_add_test(tests, patterns_without_literals);
    tcase_add_test(tests, finds_the_first_literal);
    tcase_add_test(tests, two_foreign_letters_match_ascii);
    tcase_add_test(tests, what_literals_rule_out_does_not_give_up);
    tcase_add_test(tests, a_long_way_to_the_literal_is_no_work);
    return tests;
}
