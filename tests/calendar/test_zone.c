/* SPDX-License-Identifier: MIT */
#include <ftw.h>
#include <string.h>

#include "cases.h"
#include "civil.h"
#include "expect.h"
#include "label.h"
#include "made_zone.h"
#include "sample.h"
#include "zone_segments.h"

typedef struct shown {
    const char *zone, *at, *label, *abbreviation;
    int32_t offset;
} shown;

static void expect_shown(const ofp_zone *zone, const shown *wanted)
{
    const ofp_local_time local = ofp_zone_local(zone, instant_of(wanted->at));
    const int64_t label = label_of(wanted->label);
    ck_assert_msg(local.offset == wanted->offset, "%s %s: offset %d", wanted->zone, wanted->at,
                  local.offset);
    ck_assert_int_eq(local.date, label / OFP_DAY_SECONDS);
    ck_assert_int_eq(local.second, label % OFP_DAY_SECONDS);
    ck_assert_str_eq(local.abbreviation, wanted->abbreviation);
}

START_TEST(shows_local_time)
{
    static const shown cases[] = {
        {"America/Los_Angeles", "2026-11-20T18:00:00Z", "2026-11-20T10:00:00", "PST", -28800},
        {"America/Los_Angeles", "2026-07-01T06:59:59Z", "2026-06-30T23:59:59", "PDT", -25200},
        {"Europe/Amsterdam", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59", "CET", 3600},
        {"Europe/Amsterdam", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00", "CEST", 7200},
        {"Europe/Amsterdam", "2200-07-01T00:00:00Z", "2200-07-01T02:00:00", "CEST", 7200},
        {"Asia/Kathmandu", "2026-01-01T00:00:00Z", "2026-01-01T05:45:00", "+0545", 20700},
        {"Asia/Kathmandu", "1985-12-31T18:29:59Z", "1985-12-31T23:59:59", "+0530", 19800},
        {"Africa/Monrovia", "1972-01-01T00:00:00Z", "1971-12-31T23:15:30", "MMT", -2670},
        {"Africa/Casablanca", "2026-02-15T01:59:59Z", "2026-02-15T02:59:59", "+01", 3600},
        {"Africa/Casablanca", "2026-02-15T02:00:00Z", "2026-02-15T02:00:00", "+00", 0},
        {"Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29T23:59:59", "-10", -36000},
        {"Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31T00:00:00", "+14", 50400},
        {"Antarctica/Troll", "2100-07-01T00:00:00Z", "2100-07-01T02:00:00", "+02", 7200},
        {"Europe/Dublin", "2199-01-15T12:00:00Z", "2199-01-15T12:00:00", "GMT", 0},
        {"Europe/Dublin", "2199-07-15T12:00:00Z", "2199-07-15T13:00:00", "IST", 3600},
        /* In the slim form its last change comes a week before its rule takes over. */
        {"America/Ojinaga", "2022-11-03T12:00:00Z", "2022-11-03T06:00:00", "CST", -21600},
    };
    for (int form = 0; form < 2; form++)
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            ofp_zone *zone = NULL;
            expect_ok(ofp_zone_load(zone_folders[form], ofp_text_of(cases[i].zone), &zone, &error));
            ck_assert_str_eq(ofp_zone_name(zone), cases[i].zone);
            expect_shown(zone, &cases[i]);
            ofp_zone_free(zone);
        }
}
END_TEST

START_TEST(has_utc_without_a_file)
{
    static const char *const names[] = {"UTC", "Etc/UTC"};
    for (int i = 0; i < 2; i++) {
        ofp_zone *zone = NULL;
        expect_ok(ofp_zone_load("/nonexistent", ofp_text_of(names[i]), &zone, &error));
        ck_assert_str_eq(ofp_zone_name(zone), names[i]);
        const shown wanted = {names[i], "2026-11-20T18:00:01Z", "2026-11-20T18:00:01", "UTC", 0};
        expect_shown(zone, &wanted);
        ofp_zone_free(zone);
    }
    ck_assert_ptr_null(ofp_zone_free(NULL));
}
END_TEST

START_TEST(takes_any_instant)
{
    ofp_zone *zone = sample_zone("Pacific/Kiritimati");
    ck_assert_int_eq(ofp_zone_local(zone, INT64_MAX).offset, 14 * 3600);
    ck_assert_int_gt(ofp_zone_local(zone, INT64_MAX).date, INT32_MAX - 3);
    ck_assert_int_lt(ofp_zone_local(zone, INT64_MIN).date, INT32_MIN + 5);
    ck_assert_int_eq(ofp_zone_local(zone, -1).second, OFP_DAY_SECONDS - 1 - 10 * 3600 - 2400);
    ofp_zone_free(zone);
}
END_TEST

/* Until 2037 both forms say the same; later, where rules end, this zic leaves some changes out of
 * the slim form (Asia/Gaza in 2073). */
static void expect_same(const ofp_zone *fat, const ofp_zone *slim)
{
    const int64_t end = instant_of("2038-01-01T00:00:00Z");
    for (size_t i = 0; i < fat->count && fat->items[i].start < end; i++) {
        const int64_t start = fat->items[i].start;
        const ofp_local_time a = ofp_zone_local(fat, start), b = ofp_zone_local(slim, start);
        ck_assert_msg(a.offset == b.offset, "%s at %lld", ofp_zone_name(fat), (long long)start);
        ck_assert_str_eq(a.abbreviation, b.abbreviation);
        ck_assert(i == 0 || start > fat->items[i - 1].start);
        ck_assert_int_eq(slim->items[i].start, start);
    }
}

static int zones_loaded;
static const char *walked_folder;

static int load_both_forms(const char *path, const struct stat *found, int kind, struct FTW *place)
{
    (void)found, (void)place;
    const char *name = path + strlen(walked_folder) + 1;
    if (kind != FTW_F || strcmp(name, "tzdata.zi") == 0)
        return 0;
    ofp_zone *zones[2] = {NULL, NULL};
    for (int form = 0; form < 2; form++)
        expect_ok(ofp_zone_load(zone_folders[form], ofp_text_of(name), &zones[form], &error));
    expect_same(zones[0], zones[1]);
    ofp_zone_free(zones[0]);
    ofp_zone_free(zones[1]);
    zones_loaded++;
    return 0;
}

START_TEST(loads_all_zones_in_both_forms)
{
    zones_loaded = 0;
    walked_folder = zone_folders[0];
    ck_assert_int_eq(nftw(walked_folder, load_both_forms, 16, FTW_PHYS), 0);
    ck_assert_int_gt(zones_loaded, 400);
}
END_TEST

START_TEST(drops_changes_that_change_nothing)
{
    static const int64_t times[] = {100, 200, 300};
    static const int32_t offsets[] = {3600, 3600, 7200, 7200};
    ofp_zone *zone = zone_of_changes(times, offsets, 4);
    ck_assert_uint_eq(zone->count, 2);
    ck_assert_int_eq(zone->items[1].start, 200);
    ofp_zone_free(zone);
}
END_TEST

START_TEST(uses_the_first_type_before_the_first_change)
{
    static const int64_t times[] = {100};
    static const int32_t offsets[] = {-1172, 3600};
    ofp_zone *zone = zone_of_changes(times, offsets, 2);
    ck_assert_int_eq(ofp_zone_local(zone, INT64_MIN / 4).offset, -1172);
    ck_assert_int_eq(ofp_zone_local(zone, 99).offset, -1172);
    ck_assert_int_eq(ofp_zone_local(zone, 100).offset, 3600);
    ck_assert_int_eq(ofp_zone_local(zone, OFP_INSTANT_END).offset, 3600);
    ofp_zone_free(zone);
}
END_TEST

/* Its only change is in a summer that started in the year before. */
START_TEST(follows_a_rule_over_the_new_year)
{
    static const int64_t february = 1580515200; /* 2020-02-01 */
    static const int32_t offsets[] = {36000, 39600};
    const made_file file = make_file(&(made_zone){.version = '2',
                                                  .times = &february,
                                                  .indexes = (const uint8_t[]){1},
                                                  .time_count = 1,
                                                  .offsets = offsets,
                                                  .offset_count = 2,
                                                  .footer = "AEST-10AEDT,M10.1.0,M4.1.0/3"});
    ofp_zone *zone = parse_made(&file);
    static const shown cases[] = {
        {"made", "2020-04-04T15:59:59Z", "2020-04-05T02:59:59", "LMT", 39600},
        {"made", "2020-04-04T16:00:00Z", "2020-04-05T02:00:00", "AEST", 36000},
        {"made", "2020-10-03T16:00:00Z", "2020-10-04T03:00:00", "AEDT", 39600},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_shown(zone, &cases[i]);
    ofp_zone_free(zone);
}
END_TEST

TCase *zone_case(void)
{
    TCase *tests = tcase_create("zone");
    tcase_add_test(tests, shows_local_time);
    tcase_add_test(tests, has_utc_without_a_file);
    tcase_add_test(tests, takes_any_instant);
    tcase_add_test(tests, loads_all_zones_in_both_forms);
    tcase_add_test(tests, drops_changes_that_change_nothing);
    tcase_add_test(tests, uses_the_first_type_before_the_first_change);
    tcase_add_test(tests, follows_a_rule_over_the_new_year);
    tcase_set_timeout(tests, 120);
    return tests;
}
