/* SPDX-License-Identifier: MIT */
/* What PCRE2's limits leave out: long classes, high counts, wide ranges. */
#include "cases.h"
#include "expect.h"
#include "pattern_cost.h"

START_TEST(items)
{
    static const struct {
        const char *pattern;
        size_t cost;
    } cases[] = {
        {"", 1},
        {"cloud", 1},
        {"[a-z]{2,60}", 1},
        {"a{64}", 2},
        {"a{6,640}", 11},
        {"a{640,}", 11},
        {"in 2026,640 tickets", 1},
        {"{x640}", 1},
        {"a{65535}", 1024},
        {"a{9999999999999999999999}", 1563},
        {"[]^0123456789012345678901234567890123456789012345678901234567890]x", 2},
        {"[^]0123456789012345678901234567890123456789012345678901234567890]x", 2},
        {"\\[]0123456789012345678901234567890123456789012345678901234567890]", 1},
        {"[a\\]0123456789012345678901234567890123456789012345678901234567890]", 2},
        {"[[:alpha:]0123456789012345678901234567890123456789012345678901234567", 2},
        {"[\\Q]\\E0123456789012345678901234567890123456789012345678901234567890]", 2},
        {"[a][b][c][d][e][f][g][h][i][j][k][l][m][n][o][p][q][r][s][t][u][v][w]", 1},
        {"[", 1},
        {"[\\", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const size_t cost = ofp_pattern_item_cost(ofp_text_of(cases[i].pattern));
        ck_assert_msg(cost == cases[i].cost, "/%s/: %zu", cases[i].pattern, cost);
    }
}
END_TEST

START_TEST(ranges)
{
    static const struct {
        const char *pattern;
        size_t size;
    } cases[] = {
        {"self-managed", 0},
        {"[a]", 0},
        {"[a-z]", 'z'},
        {"[a-z][A-Z]", 'z' + 'Z'},
        {"[\\x{0}-\\x{10ffff}]", 0x10FFFF},
        {"[\\x{0}-\\x{10FfFf}]", 0x10FFFF},
        {"[\\x{0}-\\x{zz}]", 0x10FFFF},
        {"[\\x{0}-\\x{44444444444]", 0x10FFFF},
        {"[!-\\o{777}]", 0x10FFFF},
        {"[!-\\N{U+1F600}]", 0x10FFFF},
        {"[!-\\]]", 0x7F},
        {"[!-\\", 0x10FFFF},
        {"[\xD0\xB0-\xD1\x8F]", 0x44F},
        {"[!-\xF4\x8F\xBF\xBF]", 0x10FFFF},
        {"[!-", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const size_t size = ofp_pattern_range_size(ofp_text_of(cases[i].pattern));
        ck_assert_msg(size == cases[i].size, "/%s/: %zu", cases[i].pattern, size);
    }
}
END_TEST

TCase *pattern_cost_case(void)
{
    TCase *tests = tcase_create("cost");
    tcase_add_test(tests, items);
    tcase_add_test(tests, ranges);
    return tests;
}
