/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "civil.h"
#include "expect.h"
#include "label.h"
#include "made_zone.h"
#include "random.h"
#include "sample.h"
#include "timeline.h"

static made_file read_zone_file(const char *folder, const char *name)
{
    char path[1024];
    made_file file;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *stream = fopen(path, "rb");
    ck_assert_msg(stream != NULL, "%s", path);
    file.size = fread(file.bytes, 1, sizeof file.bytes, stream);
    ck_assert(file.size > 0 && file.size < sizeof file.bytes);
    fclose(stream);
    return file;
}

/* The bytes in memory of just their size, so that a sanitizer sees every byte read too far. */
static ofp_status parse(const made_file *file, ofp_zone **ret, ofp_error **reterr)
{
    char *bytes = malloc(file->size + !file->size);
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, file->bytes, file->size);
    const ofp_status status =
        ofp_zone_parse(OFP_LITERAL("Some/Zone"), (ofp_text){bytes, file->size}, ret, reterr);
    free(bytes);
    return status;
}

static void expect_damaged(const made_file *file, const char *problem)
{
    ofp_zone *zone = NULL;
    ofp_error *error = NULL;
    ck_assert_int_eq(parse(file, &zone, &error), OFP_STATUS_BAD_ZONE);
    ck_assert_ptr_null(zone);
    ck_assert_int_eq(ofp_error_first(error)->code, OFP_CODE_ZONE_DAMAGED);
    ck_assert_msg(strstr(ofp_error_message(error), "\"Some/Zone\""), "%s",
                  ofp_error_message(error));
    ck_assert_msg(strstr(ofp_error_message(error), problem), "\"%s\", not \"%s\"",
                  ofp_error_message(error), problem);
    ofp_error_free(error);
}

static const int64_t three_times[] = {0, 1000000, 2000000};
static const uint8_t three_indexes[] = {1, 0, 1};
static const int32_t two_offsets[] = {0, 3600};

static made_zone good_zone(char version)
{
    return (made_zone){.version = version,
                       .times = three_times,
                       .indexes = three_indexes,
                       .time_count = 3,
                       .offsets = two_offsets,
                       .offset_count = 2,
                       .footer = "LMT-1"};
}

/* Where the second part of a file of version 2 starts, and its pieces. */
enum {
    SECOND = HEADER_SIZE + 6 + 4,
    TIMES = SECOND + HEADER_SIZE,
    INDEXES = TIMES + 3 * 8,
    TYPES = INDEXES + 3,
    CHARACTERS = TYPES + 2 * 6,
    FOOTER = CHARACTERS + 4
};

START_TEST(reads_every_version)
{
    static const char versions[] = {0, '2', '3', '4', '9'};
    for (size_t i = 0; i < sizeof versions; i++) {
        const made_zone given = good_zone(versions[i]);
        const made_file file = make_file(&given);
        ofp_zone *zone = parse_made(&file);
        ck_assert_str_eq(ofp_zone_name(zone), "Made/Zone");
        ck_assert_int_eq(ofp_zone_local(zone, -1).offset, 0);
        ck_assert_int_eq(ofp_zone_local(zone, 0).offset, 3600);
        ck_assert_int_eq(ofp_zone_local(zone, 999999).offset, 3600);
        ck_assert_int_eq(ofp_zone_local(zone, 1000000).offset, 0);
        ck_assert_int_eq(ofp_zone_local(zone, 1999999).offset, 0);
        ck_assert_int_eq(ofp_zone_local(zone, OFP_INSTANT_END).offset, 3600);
        ofp_zone_free(zone);
    }
}
END_TEST

static void expect_times_before_1970(char version)
{
    static const int64_t times[] = {-2000000000, -1, 5};
    made_zone given = good_zone(version);
    given.times = times;
    const made_file file = make_file(&given);
    ofp_zone *zone = parse_made(&file);
    ck_assert_int_eq(ofp_zone_local(zone, -2000000001).offset, 0);
    ck_assert_int_eq(ofp_zone_local(zone, -2000000000).offset, 3600);
    ck_assert_int_eq(ofp_zone_local(zone, -2).offset, 3600);
    ck_assert_int_eq(ofp_zone_local(zone, -1).offset, 0);
    ck_assert_int_eq(ofp_zone_local(zone, 5).offset, 3600);
    ofp_zone_free(zone);
}

START_TEST(reads_times_before_1970)
{
    expect_times_before_1970(0);
    expect_times_before_1970('2');
}
END_TEST

START_TEST(refuses_what_is_no_zone_file)
{
    made_file file = {.bytes = "This is no zone file, although it is long enough for one.",
                      .size = 57};
    expect_damaged(&file, "TZif");
    file.size = 0;
    expect_damaged(&file, "ends inside a header");
}
END_TEST

/* Damages one byte of a good file. */
static void expect_damaged_by(char version, size_t place, int byte, const char *problem)
{
    const made_zone given = good_zone(version);
    made_file file = make_file(&given);
    ck_assert_uint_lt(place, file.size);
    file.bytes[place] = (unsigned char)byte;
    expect_damaged(&file, problem);
}

START_TEST(refuses_what_is_inconsistent)
{
    expect_damaged_by('2', 3, 'x', "TZif");
    expect_damaged_by('2', 4, '1', "version is not known");
    expect_damaged_by('2', 4, ':', "version is not known");
    expect_damaged_by('2', 4, 1, "version is not known");
    expect_damaged_by('2', 4, '3', "different versions");
    expect_damaged_by('2', SECOND, 'X', "TZif");
    expect_damaged_by('2', TYPE_COUNT, 1, "first part");
    expect_damaged_by('2', CHARACTER_COUNT, 255, "first part");
    expect_damaged_by('2', SECOND + TYPE_COUNT + 3, 0, "no local time type");
    expect_damaged_by('2', SECOND + CHARACTER_COUNT + 3, 0, "no local time type");
    expect_damaged_by('2', SECOND + UT_COUNT + 3, 1, "counts do not fit");
    expect_damaged_by('2', SECOND + STANDARD_COUNT + 3, 3, "counts do not fit");
    expect_damaged_by('2', SECOND + LEAP_COUNT + 3, 1, "leap seconds");
    expect_damaged_by('2', SECOND + TIME_COUNT, 255, "ends too early");
    expect_damaged_by('2', SECOND + TYPE_COUNT, 255, "ends too early");
    expect_damaged_by('2', SECOND + CHARACTER_COUNT, 255, "ends too early");
    expect_damaged_by('2', TIMES + 8, 255, "not in order");
    expect_damaged_by('2', INDEXES, 2, "not there");
    expect_damaged_by('2', INDEXES + 1, 2, "not there");
    expect_damaged_by('2', TYPES, 1, "out of range");
    expect_damaged_by('2', TYPES + 4, 2, "neither standard time nor summer time");
    expect_damaged_by('2', TYPES + 5, 4, "abbreviation");
    expect_damaged_by('2', TYPES + 5, 3, "abbreviation");
    expect_damaged_by('2', TYPES + 6, 127, "out of range");
    expect_damaged_by('2', TYPES + 6 + 4, 2, "neither standard time nor summer time");
    expect_damaged_by('2', TYPES + 6 + 5, 4, "abbreviation");
    expect_damaged_by('2', CHARACTERS + 1, '\033', "abbreviation");
    expect_damaged_by('2', CHARACTERS + 1, ' ', "abbreviation");
    expect_damaged_by('2', CHARACTERS + 3, 'X', "abbreviation");
    expect_damaged_by('2', FOOTER, 'x', "footer does not start");
    expect_damaged_by('2', FOOTER + 6, 'x', "footer does not end");
    expect_damaged_by('2', FOOTER + 1, '5', "rule for the future");
    expect_damaged_by('2', FOOTER + 5, '2', "contradicts its last transition");
    expect_damaged_by(0, TYPE_COUNT + 3, 0, "no local time type");
    expect_damaged_by(0, TIME_COUNT + 3, 200, "ends too early");
}
END_TEST

START_TEST(refuses_offsets_out_of_range)
{
    static const struct {
        int32_t offset;
        bool good;
    } cases[] = {
        {-25 * 3600, false}, {-25 * 3600 + 1, true}, {26 * 3600 - 1, true},
        {26 * 3600, false},  {INT32_MIN, false},     {INT32_MAX, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const made_file file =
            make_file(&(made_zone){.version = '2', .offsets = &cases[i].offset, .offset_count = 1});
        if (!cases[i].good) {
            expect_damaged(&file, "out of range");
            continue;
        }
        /* Without a rule the file's only type holds for ever. */
        ofp_zone *zone = parse_made(&file);
        ck_assert_int_eq(ofp_zone_local(zone, 0).offset, cases[i].offset);
        ofp_zone_free(zone);
    }
}
END_TEST

START_TEST(refuses_equal_times)
{
    static const int64_t times[] = {5, 5, 6};
    made_zone given = good_zone('2');
    given.times = times;
    const made_file file = make_file(&given);
    expect_damaged(&file, "not in order");
}
END_TEST

/* A first part that counts leap seconds and says which types are standard time: all passed over. */
START_TEST(passes_over_a_full_first_part)
{
    const made_zone given = good_zone('2');
    const made_file file = make_file(&given);
    made_file full = file;
    enum { LEAPS = 2, MARKS = 1, MORE = LEAPS * 8 + 2 * MARKS };
    put32(full.bytes + LEAP_COUNT, LEAPS);
    put32(full.bytes + STANDARD_COUNT, MARKS);
    put32(full.bytes + UT_COUNT, MARKS);
    memset(full.bytes + SECOND, 0, MORE);
    memcpy(full.bytes + SECOND + MORE, file.bytes + SECOND, file.size - SECOND);
    full.size += MORE;
    ofp_zone *zone = parse_made(&full);
    ck_assert_int_eq(ofp_zone_local(zone, 0).offset, 3600);
    ofp_zone_free(zone);
}
END_TEST

START_TEST(refuses_rules_that_contradict_the_last_change)
{
    made_zone given = good_zone('2');
    given.footer = "LMT-2SUM-3,M3.5.0,M10.5.0";
    made_file file = make_file(&given);
    expect_damaged(&file, "contradicts its last transition");
    given.footer = "LMT-1SUM";
    file = make_file(&given);
    expect_damaged(&file, "wrong name or offset for summer time");
    given.footer = "LMT0SUM,M3.5.0,M10.5.0";
    file = make_file(&given);
    ofp_zone_free(parse_made(&file));
}
END_TEST

START_TEST(takes_what_follows_the_footer_for_a_later_version)
{
    const made_zone given = good_zone('4');
    made_file file = make_file(&given);
    memcpy(file.bytes + file.size, "more", 4);
    file.size += 4;
    ofp_zone_free(parse_made(&file));
}
END_TEST

static const char *const damaged_names[] = {"Europe/Amsterdam", "Africa/Casablanca",
                                            "Asia/Kathmandu", "Pacific/Apia",
                                            "Australia/Lord_Howe"};

START_TEST(refuses_every_file_that_is_cut_off)
{
    for (int form = 0; form < 2; form++)
        for (size_t i = 0; i < sizeof damaged_names / sizeof *damaged_names; i++) {
            made_file file = read_zone_file(zone_folders[form], damaged_names[i]);
            while (file.size-- > 0)
                expect_damaged(&file, "");
        }
}
END_TEST

/* Whatever a zone says, a calendar in it can be computed, and its numbers fit together. */
static void compute_calendar(const ofp_zone *zone)
{
    static const ofp_shift shifts[] = {{9 * 3600, 17 * 3600}, {22 * 3600, 30 * 3600}};
    static const ofp_day special = {.date = 15000, .shift_count = 1, .shifts = shifts};
    ofp_hours hours = {.name = "x", .zone = zone, .days = &special, .day_count = 1};
    for (int day = 0; day < 6; day++)
        hours.week[day] = (ofp_day){.shift_count = 2, .shifts = shifts};
    ofp_timeline *timeline = ofp_timeline_new(&hours);
    ck_assert_ptr_nonnull(timeline);
    int64_t before = 0;
    for (int64_t at = OFP_TIMELINE_START; at < OFP_TIMELINE_END; at += 90 * OFP_DAY_SECONDS) {
        const int64_t measure = ofp_timeline_measure(timeline, at);
        ck_assert_int_ge(measure, before);
        before = measure;
        const int64_t second = ofp_timeline_second(timeline, measure);
        if (second != OFP_INSTANT_NONE)
            ck_assert_int_eq(ofp_timeline_measure(timeline, second + 1), measure + 1);
    }
    ofp_timeline_free(timeline);
}

/* A zone that could be read is used; otherwise the error must be the right one. */
static void use_or_refuse(const made_file *file, bool compute)
{
    ofp_zone *zone = NULL;
    ofp_error *error = NULL;
    if (parse(file, &zone, &error) != OFP_STATUS_OK) {
        ck_assert_int_eq(ofp_error_first(error)->code, OFP_CODE_ZONE_DAMAGED);
        ofp_error_free(error);
        return;
    }
    static const int64_t instants[] = {INT64_MIN,  -400000000,      0,
                                       1795197600, OFP_INSTANT_END, INT64_MAX};
    for (size_t i = 0; i < sizeof instants / sizeof *instants; i++)
        ck_assert_uint_lt(strlen(ofp_zone_local(zone, instants[i]).abbreviation), file->size);
    ofp_zone_instant(zone, 1795197600);
    if (compute)
        compute_calendar(zone);
    ofp_zone_free(zone);
}

START_TEST(survives_every_byte_flipped)
{
    static const unsigned char flips[] = {0x01, 0x80, 0xFF};
    for (int form = 0; form < 2; form++)
        for (size_t i = 0; i < sizeof damaged_names / sizeof *damaged_names; i++) {
            made_file file = read_zone_file(zone_folders[form], damaged_names[i]);
            for (size_t place = 0; place < file.size; place++)
                for (size_t flip = 0; flip < sizeof flips; flip++) {
                    file.bytes[place] ^= flips[flip];
                    use_or_refuse(&file, (place + flip) % 64 == 0);
                    file.bytes[place] ^= flips[flip];
                }
        }
}
END_TEST

START_TEST(survives_random_damage)
{
    random_source random = random_start("tzif");
    const made_file good = read_zone_file(zone_folders[1], "America/New_York");
    for (int round = 0; round < 2000; round++) {
        made_file file = good;
        for (uint32_t damage = 1 + random_below(&random, 4); damage; damage--)
            file.bytes[random_below(&random, (uint32_t)file.size)] =
                (unsigned char)random_next(&random);
        use_or_refuse(&file, round % 64 == 0);
    }
}
END_TEST

/* More changes than any real zone has, some of them seconds apart. */
START_TEST(copes_with_changes_all_the_time)
{
    enum { COUNT = 700 };
    static int64_t times[COUNT];
    static uint8_t indexes[COUNT];
    static const int32_t offsets[] = {0, 3600, -86400, 93599, -89999};
    random_source random = random_start("changes");
    for (int round = 0; round < 20; round++) {
        int64_t at = 0;
        for (int i = 0; i < COUNT; i++) {
            at += 1 + random_below(&random, i % 3 ? 500000 : 2);
            times[i] = at;
            indexes[i] = (uint8_t)random_below(&random, 5);
        }
        const made_file file = make_file(&(made_zone){.version = '2',
                                                      .times = times,
                                                      .indexes = indexes,
                                                      .time_count = COUNT,
                                                      .offsets = offsets,
                                                      .offset_count = 5});
        ofp_zone *zone = parse_made(&file);
        compute_calendar(zone);
        ofp_zone_free(zone);
    }
}
END_TEST

TCase *tzif_case(void)
{
    TCase *tests = tcase_create("tzif");
    tcase_add_test(tests, reads_every_version);
    tcase_add_test(tests, reads_times_before_1970);
    tcase_add_test(tests, refuses_what_is_no_zone_file);
    tcase_add_test(tests, refuses_what_is_inconsistent);
    tcase_add_test(tests, refuses_offsets_out_of_range);
    tcase_add_test(tests, refuses_equal_times);
    tcase_add_test(tests, passes_over_a_full_first_part);
    tcase_add_test(tests, refuses_rules_that_contradict_the_last_change);
    tcase_add_test(tests, takes_what_follows_the_footer_for_a_later_version);
    tcase_add_test(tests, refuses_every_file_that_is_cut_off);
    tcase_add_test(tests, survives_every_byte_flipped);
    tcase_add_test(tests, survives_random_damage);
    tcase_add_test(tests, copes_with_changes_all_the_time);
    tcase_set_timeout(tests, 120);
    return tests;
}
