/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cases.h"
#include "expect.h"
#include "label.h"
#include "reads.h"
#include "sample.h"

static const char *const names[] = {"tzdata.zi", "+VERSION", "version"};

/* What is found in a folder with these files. @param texts NULL: there is no such file */
static void expect_version(const char *const texts[3], const char *wanted)
{
    char folder[] = "/tmp/ofp-version-XXXXXX", path[64], version[OFP_TZDATA_SIZE];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    for (int i = 0; i < 3; i++) {
        if (!texts[i])
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        FILE *file = fopen(path, "wb");
        ck_assert_ptr_nonnull(file);
        fputs(texts[i], file);
        fclose(file);
    }
    ofp_zone_data_version(folder, version);
    ck_assert_str_eq(version, wanted);
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    ck_assert_int_eq(rmdir(folder), 0);
}

START_TEST(finds_the_version)
{
    expect_version((const char *const[]){"# version 2026f\nR d 1916", NULL, NULL}, "2026f");
    expect_version((const char *const[]){"# version 2026f-dirty", NULL, NULL}, "2026f-dirty");
    expect_version((const char *const[]){NULL, "2025a\n", NULL}, "2025a");
    expect_version((const char *const[]){NULL, NULL, "2024b\r\n"}, "2024b");
    expect_version((const char *const[]){"# version 2026f\n", "2025a\n", "2024b\n"}, "2026f");
    expect_version((const char *const[]){"R d 1916\n", "2025a\n", "2024b\n"}, "2025a");
}
END_TEST

START_TEST(does_not_take_anything_for_a_version)
{
    char endless[200];
    memset(endless, 'a', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    expect_version((const char *const[]){NULL, endless, NULL}, "unknown");
    expect_version((const char *const[]){NULL, NULL, NULL}, "unknown");
    expect_version((const char *const[]){"", "", ""}, "unknown");
    expect_version((const char *const[]){"# version \n", "\n2026f", " 2026f"}, "unknown");
    expect_version((const char *const[]){"#version 2026f\n", "2026f x\n", "\033[31m2026f\n"},
                   "unknown");
    expect_version((const char *const[]){"# version 1234567890123456789012345678901\n", NULL, NULL},
                   "1234567890123456789012345678901");
    expect_version(
        (const char *const[]){"# version 12345678901234567890123456789012\n", NULL, NULL},
        "unknown");
}
END_TEST

START_TEST(reads_plain_files_alone)
{
    char folder[] = "/tmp/ofp-version-XXXXXX", path[64], version[OFP_TZDATA_SIZE];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/tzdata.zi", folder);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ofp_zone_data_version(folder, version);
    ck_assert_str_eq(version, "unknown");
    const int pipe = open(path, O_RDWR);
    ck_assert_int_eq(write(pipe, "# version 2026f\n", 16), 16);
    ofp_zone_data_version(folder, version);
    ck_assert_str_eq(version, "unknown");
    close(pipe);
    unlink(path);
    rmdir(folder);
    ofp_zone_data_version(folder, version);
    ck_assert_str_eq(version, "unknown");
}
END_TEST

START_TEST(knows_the_pinned_version)
{
    char version[OFP_TZDATA_SIZE];
    for (int form = 0; form < 2; form++) {
        ofp_zone_data_version(zone_folders[form], version);
        ck_assert_str_eq(version, "2026f");
    }
    ofp_zone_data_version(NULL, version);
    ck_assert_uint_gt(strlen(version), 0);
    if (access("/usr/share/zoneinfo/tzdata.zi", R_OK) == 0)
        ck_assert_str_ne(version, "unknown");
}
END_TEST

START_TEST(reads_on_after_signals)
{
    static const int interrupted[] = {-EINTR, -EINTR};
    static const int damaged[] = {-EIO};
    static const int empty[] = {-EINTR, 0};
    const char *const texts[] = {"# version 2026f\n", "2025a\n", NULL};
    reads_end_so(interrupted, 2);
    expect_version(texts, "2026f");
    reads_end_so(damaged, 1);
    expect_version(texts, "2025a");
    reads_end_so(empty, 2);
    expect_version(texts, "2025a");
}
END_TEST

START_TEST(keeps_no_file_open)
{
    char version[OFP_TZDATA_SIZE];
    const int input = dup(0);
    close(0); /* a number like others */
    ofp_zone_data_version(zone_folders[0], version);
    ck_assert_str_eq(version, "2026f");
    ck_assert_int_eq(dup(input), 0);
    close(input);
    const int before = dup(0);
    close(before);
    ofp_zone_data_version(zone_folders[0], version);
    ofp_zone_data_version("/nonexistent", version);
    const int after = dup(0);
    close(after);
    ck_assert_int_eq(before, after);
}
END_TEST

TCase *zone_version_case(void)
{
    TCase *tests = tcase_create("zone_version");
    tcase_add_test(tests, finds_the_version);
    tcase_add_test(tests, does_not_take_anything_for_a_version);
    tcase_add_test(tests, reads_plain_files_alone);
    tcase_add_test(tests, knows_the_pinned_version);
    tcase_add_test(tests, reads_on_after_signals);
    tcase_add_test(tests, keeps_no_file_open);
    return tests;
}
