/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "cases.h"
#include "expect.h"
#include "made_zone.h"
#include "reads.h"
#include "sample.h"
#include "zone_file.h"

/* A folder of its own for each test, with a zone file in it. */
static char folder[] = "/tmp/ofp-zones-XXXXXX";
static char outside[sizeof folder + 8];

static void join(char *ret, size_t size, const char *name)
{
    snprintf(ret, size, "%s/%s", folder, name);
}

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void write_zone(const char *name)
{
    char path[256];
    const made_file file = make_file(&(made_zone){.version = '2', .footer = "ABC-3"});
    join(path, sizeof path, name);
    write_file(path, file.bytes, file.size);
}

static void make_folder(const char *name)
{
    char path[256];
    join(path, sizeof path, name);
    ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void set_up(void)
{
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    make_folder("zones");
    make_folder("zones/Land");
    write_zone("zones/Land/City");
    write_zone("zones/Flat");
    write_zone("secret");
    snprintf(outside, sizeof outside, "%s/zones", folder);
}

static void clean_up(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static void link_to(const char *target, const char *name)
{
    char path[256];
    join(path, sizeof path, name);
    ck_assert_int_eq(symlink(target, path), 0);
}

static void expect_loaded(const char *name)
{
    ofp_zone *zone = NULL;
    expect_ok(ofp_zone_load(outside, ofp_text_of(name), &zone, &error));
    ck_assert_str_eq(ofp_zone_name(zone), name);
    ck_assert_int_eq(ofp_zone_local(zone, 0).offset, 3 * 3600);
    ofp_zone_free(zone);
}

/* The call fails with this code, and the message says this. */
static void expect_refused(const char *directory, const char *name, ofp_code code, const char *says)
{
    ofp_zone *zone = NULL;
    ofp_error *error = NULL;
    const ofp_status status = ofp_zone_load(directory, ofp_text_of(name), &zone, &error);
    ck_assert_msg(status != OFP_STATUS_OK, "%s", name);
    ck_assert_ptr_null(zone);
    ck_assert_int_eq(ofp_error_status(error), status);
    ck_assert_msg(ofp_error_first(error)->code == code, "%s: %s", name, ofp_error_message(error));
    ck_assert_msg(strstr(ofp_error_message(error), says), "%s: %s", name, ofp_error_message(error));
    ofp_error_free(error);
    ck_assert_int_eq(ofp_zone_load(directory, ofp_text_of(name), &zone, NULL), status);
}

START_TEST(loads_files_and_links_inside)
{
    link_to("Land/City", "zones/Other");
    link_to("Land", "zones/Country");
    expect_loaded("Land/City");
    expect_loaded("Flat");
    expect_loaded("Other");
    expect_loaded("Country/City");
}
END_TEST

START_TEST(follows_a_link_to_the_directory_itself)
{
    char path[256];
    ofp_zone *zone = NULL;
    link_to("zones", "linked");
    join(path, sizeof path, "linked");
    expect_ok(ofp_zone_load(path, OFP_LITERAL("Land/City"), &zone, &error));
    ofp_zone_free(zone);
}
END_TEST

START_TEST(refuses_names_that_lead_elsewhere)
{
    static const char *const names[] = {
        "",        ".",      "..",         "../secret",   "/etc/localtime", "Land/../../secret",
        "Land/..", "./Flat", "Land//City", "Land/./City", "Land/",          "Land/City/",
        "Flat ",   "Fl\nat", "Land\\City", "Caf\xC3\xA9", "Flat:",          "$HOME",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ck_assert_msg(!ofp_zone_name_is_valid(ofp_text_of(names[i])), "%s", names[i]);
        expect_refused(outside, names[i], OFP_CODE_ZONE_NAME, "can't be the name of a time zone");
    }
    char name[300];
    memset(name, 'a', sizeof name);
    ck_assert(ofp_zone_name_is_valid((ofp_text){name, 255}));
    ck_assert(!ofp_zone_name_is_valid((ofp_text){name, 256}));
    ck_assert(!ofp_zone_name_is_valid((ofp_text){"Flat\0", 5}));
    ck_assert(!ofp_zone_name_is_valid((ofp_text){NULL, 0}));
}
END_TEST

START_TEST(takes_names_as_real_zones_have_them)
{
    static const char *const names[] = {"America/Argentina/Buenos_Aires",
                                        "Etc/GMT+12",
                                        "Etc/GMT-14",
                                        "GMT0",
                                        "posix/UTC",
                                        "W-SU",
                                        "Z",
                                        "a.b/..c",
                                        "...",
                                        "+VERSION"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_msg(ofp_zone_name_is_valid(ofp_text_of(names[i])), "%s", names[i]);
}
END_TEST

START_TEST(refuses_links_that_lead_elsewhere)
{
    link_to("../secret", "zones/Link");
    link_to("..", "zones/Up");
    link_to("/etc/hostname", "zones/Host");
    expect_refused(outside, "Link", OFP_CODE_ZONE_NAME, "symbolic link");
    expect_refused(outside, "Up/secret", OFP_CODE_ZONE_NAME, "symbolic link");
    expect_refused(outside, "Host", OFP_CODE_ZONE_NAME, "symbolic link");
    /* A folder whose name only starts like the directory's is another one. */
    make_folder("zones2");
    write_zone("zones2/Zone");
    link_to("../zones2/Zone", "zones/Near");
    expect_refused(outside, "Near", OFP_CODE_ZONE_NAME, "symbolic link");
    /* So is one whose name is as long. */
    make_folder("zonas");
    write_zone("zonas/Zone");
    link_to("../zonas/Zone", "zones/Long");
    expect_refused(outside, "Long", OFP_CODE_ZONE_NAME, "symbolic link");
}
END_TEST

START_TEST(refuses_what_is_no_plain_file)
{
    char path[256];
    join(path, sizeof path, "zones/Pipe");
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    expect_refused(outside, "Pipe", OFP_CODE_ZONE_UNKNOWN, "no plain file");
    expect_refused(outside, "Land", OFP_CODE_ZONE_UNKNOWN, "a directory");
    link_to("Loop", "zones/Loop");
    expect_refused(outside, "Loop", OFP_CODE_UNREADABLE_FILE, "can't be read");
    link_to("Nothing", "zones/Dangling");
    expect_refused(outside, "Dangling", OFP_CODE_ZONE_UNKNOWN, "no time zone \"Dangling\"");
}
END_TEST

START_TEST(refuses_files_that_are_too_large_or_empty)
{
    char path[256];
    join(path, sizeof path, "zones/Large");
    write_file(path, "TZif", 4);
    ck_assert_int_eq(truncate(path, 256 * 1024), 0);
    expect_refused(outside, "Large", OFP_CODE_ZONE_DAMAGED, "no local time type");
    ck_assert_int_eq(truncate(path, 256 * 1024 + 1), 0);
    expect_refused(outside, "Large", OFP_CODE_ZONE_DAMAGED, "larger than 256 KiB");
    ck_assert_int_eq(truncate(path, 0), 0);
    expect_refused(outside, "Large", OFP_CODE_ZONE_DAMAGED, "ends inside a header");
}
END_TEST

START_TEST(says_that_a_file_is_not_readable)
{
    char path[256];
    join(path, sizeof path, "zones/Flat");
    ck_assert_int_eq(chmod(path, 0), 0);
    /* The superuser may read it all the same. */
    if (access(path, R_OK) != 0)
        expect_refused(outside, "Flat", OFP_CODE_UNREADABLE_FILE, "Permission denied");
    /* Nobody may open a socket. */
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    join(address.sun_path, sizeof address.sun_path, "zones/Socket");
    const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    expect_refused(outside, "Socket", OFP_CODE_UNREADABLE_FILE, "No such device or address");
    close(listener);
}
END_TEST

/* Everything is below the root. */
START_TEST(takes_the_root_for_a_directory)
{
    char name[1024];
    ofp_zone *zone = NULL;
    snprintf(name, sizeof name, "%s/Europe/Amsterdam", zone_folders[0] + 1);
    if (!ofp_zone_name_is_valid(ofp_text_of(name)))
        return;
    expect_ok(ofp_zone_load("/", ofp_text_of(name), &zone, &error));
    ofp_zone_free(zone);
}
END_TEST

START_TEST(says_what_is_missing_and_what_was_meant)
{
    char path[256];
    join(path, sizeof path, "secret/zones"); /* which is a file */
    expect_refused(path, "Land/City", OFP_CODE_ZONE_UNKNOWN, "install");
    expect_refused("/nonexistent/zones", "Land/City", OFP_CODE_ZONE_UNKNOWN, "install");
    expect_refused(outside, "Flat/City", OFP_CODE_ZONE_UNKNOWN, "no time zone \"Flat/City\"");
    expect_refused(outside, "Land/Citty", OFP_CODE_ZONE_UNKNOWN, "did you mean \"Land/City\"?");
    expect_refused(outside, "Lnad/city", OFP_CODE_ZONE_UNKNOWN, "did you mean \"Land/City\"?");
    expect_refused(outside, "flat", OFP_CODE_ZONE_UNKNOWN, "did you mean \"Flat\"?");
    ofp_zone *zone = NULL;
    ofp_error *error = NULL;
    /* Flat is near, but in no folder that is near; and what is no zone's name is not meant. */
    static const char *const unlike[] = {"Qwertz/Uiop", "Lan", "Land/City/More", "Qwertz/Flot",
                                         "Small-Tree"};
    write_zone("zones/Small Tree");
    for (int i = 0; i < 5; i++) {
        ofp_zone_load(outside, ofp_text_of(unlike[i]), &zone, &error);
        ck_assert_msg(!strstr(ofp_error_message(error), "mean"), "%s", ofp_error_message(error));
        error = ofp_error_free(error);
    }
    expect_refused(zone_folders[0], "Europe/Amsterdm", OFP_CODE_ZONE_UNKNOWN,
                   "did you mean \"Europe/Amsterdam\"?");
}
END_TEST

START_TEST(reads_on_after_signals_and_short_reads)
{
    static const int results[] = {-EINTR, 1, -EINTR, -EINTR, 43, 7};
    char path[256];
    struct stat about;
    join(path, sizeof path, "zones/Flat");
    ck_assert_int_eq(stat(path, &about), 0);
    reads_end_so(results, sizeof results / sizeof *results);
    expect_loaded("Flat");
    /* Never more than is missing, for the file may have grown. */
    ck_assert_uint_eq(reads_last_size(), (size_t)about.st_size - 1 - 43 - 7);
}
END_TEST

/* A daemon may have closed its standard input: 0 is a file like others then. */
START_TEST(takes_any_number_for_a_file)
{
    const int input = dup(0);
    close(0);
    expect_loaded("Flat");
    const int free_number = dup(input);
    dup2(input, 0);
    close(input);
    ck_assert_int_eq(free_number, 0);
}
END_TEST

START_TEST(says_that_reading_failed)
{
    static const int damaged[] = {20, -EIO};
    static const int full[] = {-ENOMEM};
    /* The file has become shorter. What a signal left in errno says nothing about its end. */
    static const int shrunk[] = {-EINTR, 20, 0};
    ofp_zone *zone = NULL;
    reads_end_so(damaged, 2);
    ck_assert_int_eq(ofp_zone_load(outside, OFP_LITERAL("Flat"), &zone, NULL), OFP_STATUS_IO);
    reads_end_so(full, 1);
    ck_assert_int_eq(ofp_zone_load(outside, OFP_LITERAL("Flat"), &zone, NULL),
                     OFP_STATUS_NO_MEMORY);
    reads_end_so(shrunk, 3);
    ck_assert_int_eq(ofp_zone_load(outside, OFP_LITERAL("Flat"), &zone, NULL), OFP_STATUS_BAD_ZONE);
}
END_TEST

START_TEST(knows_where_the_system_keeps_zones)
{
    ofp_zone *zone = NULL;
    if (access("/usr/share/zoneinfo/Europe/Amsterdam", R_OK) != 0)
        return;
    expect_ok(ofp_zone_load(NULL, OFP_LITERAL("Europe/Amsterdam"), &zone, &error));
    ofp_zone_free(zone);
}
END_TEST

START_TEST(keeps_no_file_open)
{
    ofp_zone *zone = NULL;
    const int before = dup(0);
    close(before);
    expect_loaded("Flat");
    ofp_zone_load(outside, OFP_LITERAL("Land"), &zone, NULL);
    ofp_zone_load(outside, OFP_LITERAL("Flt"), &zone, NULL);
    const int after = dup(0);
    close(after);
    ck_assert_int_eq(before, after);
}
END_TEST

TCase *zone_file_case(void)
{
    TCase *tests = tcase_create("zone_file");
    tcase_add_checked_fixture(tests, set_up, clean_up);
    tcase_add_test(tests, loads_files_and_links_inside);
    tcase_add_test(tests, follows_a_link_to_the_directory_itself);
    tcase_add_test(tests, refuses_names_that_lead_elsewhere);
    tcase_add_test(tests, takes_names_as_real_zones_have_them);
    tcase_add_test(tests, refuses_links_that_lead_elsewhere);
    tcase_add_test(tests, refuses_what_is_no_plain_file);
    tcase_add_test(tests, refuses_files_that_are_too_large_or_empty);
    tcase_add_test(tests, says_that_a_file_is_not_readable);
    tcase_add_test(tests, takes_the_root_for_a_directory);
    tcase_add_test(tests, says_what_is_missing_and_what_was_meant);
    tcase_add_test(tests, reads_on_after_signals_and_short_reads);
    tcase_add_test(tests, takes_any_number_for_a_file);
    tcase_add_test(tests, says_that_reading_failed);
    tcase_add_test(tests, knows_where_the_system_keeps_zones);
    tcase_add_test(tests, keeps_no_file_open);
    return tests;
}
