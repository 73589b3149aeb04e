/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A real disk that is full, and real files that can't be written. A small disk needs a place of
 * its own among the mounts, which not every machine gives a test.
 */
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases.h"
#include "must.h"
#include "proof.h"
#include "rig.h"

enum { MOST_TURNS = 5000, TURNS_AFTERWARDS = 20, NOT_POSSIBLE = 77, NOBODY = 65534 };

static char folder[RIG_PATH];

/* Runs in a process of its own, which may change its mounts and its user. */
static void run_apart(int (*part)(void))
{
    int status;
    fflush(NULL);
    const pid_t child = fork();
    must(child >= 0, "no process");
    if (!child)
        _exit(part());
    must(waitpid(child, &status, 0) == child, "the child is lost");
    ck_assert_msg(WIFEXITED(status), "it crashed");
    if (WEXITSTATUS(status) == NOT_POSSIBLE)
        printf("not possible on this machine: left out\n");
    else
        ck_assert_int_eq(WEXITSTATUS(status), 0);
}

static void expect_proof(const char *path, ofp_store_mode mode, const receipts *kept)
{
    char problem[500];
    ofp_store *store = rig_open(path, mode);
    must(proof_holds(store, kept, kept->count, problem, sizeof problem), "%s", problem);
    ofp_store_close(store);
}

/* --- full ------------------------------------------------------------------------------------- */

/* @return the status of the first turn that has no room; OK: there was always room */
static ofp_status fill(load *steps, int turns)
{
    ofp_status status = OFP_STATUS_OK;
    for (; turns && status != OFP_STATUS_FULL; turns--) {
        ofp_error *error;
        status = load_take(steps, load_draw(steps), &error);
        must(!status || status == OFP_STATUS_FULL || status == OFP_STATUS_NOT_ALLOWED ||
                 status == OFP_STATUS_BAD_REQUEST,
             "%s: %s", ofp_status_name(status), ofp_error_message(error));
        ofp_error_free(error);
    }
    return status;
}

static bool mount_small_disk(const char *size)
{
    return unshare(CLONE_NEWNS) == 0 && mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("tmpfs", folder, "tmpfs", 0, size) == 0;
}

static int fill_small_disk(void)
{
    receipts kept = {0};
    if (!mount_small_disk("size=600k"))
        return NOT_POSSIBLE;
    const char *path = rig_path(folder, "store.db");
    load steps = {
        .random = {5}, .at = RIG_START, .name = "load", .sink = receipts_add, .context = &kept};
    steps.store = rig_open(path, OFP_STORE_CREATE);
    must(fill(&steps, MOST_TURNS) == OFP_STATUS_FULL, "the disk is never full");
    expect_proof(path, OFP_STORE_READ, &kept);
    must(fill(&steps, TURNS_AFTERWARDS) == OFP_STATUS_FULL, "there is room again");
    /* Somebody makes room: the same connection goes on. */
    must(mount("tmpfs", folder, "tmpfs", MS_REMOUNT, "size=4m") == 0, "no larger disk");
    must(fill(&steps, TURNS_AFTERWARDS) != OFP_STATUS_FULL, "there is still no room");
    expect_proof(path, OFP_STORE_READ, &kept);
    load_end(&steps);
    ofp_store_close(steps.store);
    expect_proof(path, OFP_STORE_WRITE, &kept);
    printf("%zu receipts\n", kept.count);
    receipts_free(&kept);
    return 0;
}

START_TEST(disk_is_full)
{
    run_apart(fill_small_disk);
}
END_TEST

/* --- read-only -------------------------------------------------------------------------------- */

static void make_store(void)
{
    load steps = {.random = {5}, .at = RIG_START, .name = "load"};
    steps.store = rig_open(rig_path(folder, "store.db"), OFP_STORE_CREATE);
    fill(&steps, TURNS_AFTERWARDS);
    load_end(&steps);
    ofp_store_close(steps.store);
}

static ofp_status try_to_open(ofp_store_mode mode)
{
    const ofp_store_options options = {.size = sizeof options, .mode = mode};
    ofp_store *store;
    ofp_error *error;
    const ofp_status status =
        ofp_store_open(rig_path(folder, "store.db"), &options, &store, &error);
    if (status)
        printf("%s [%s]\n", ofp_error_message(error), ofp_code_name(ofp_error_first(error)->code));
    else
        ofp_store_close(store);
    ofp_error_free(error);
    return status;
}

/* For root no file is read-only, but for nobody it is. */
static void become_nobody(void)
{
    if (geteuid() == 0)
        must(setgid(NOBODY) == 0 && setuid(NOBODY) == 0, "can't become nobody");
}

static int open_read_only_file(void)
{
    make_store();
    must(chmod(rig_path(folder, "store.db"), 0444) == 0 && chmod(folder, 0777) == 0, "chmod");
    become_nobody();
    must(try_to_open(OFP_STORE_WRITE) == OFP_STATUS_READ_ONLY, "not read-only");
    must(try_to_open(OFP_STORE_CREATE) == OFP_STATUS_READ_ONLY, "not read-only");
    return 0;
}

static int open_in_read_only_folder(void)
{
    make_store();
    must(chmod(rig_path(folder, "store.db"), 0666) == 0 && chmod(folder, 0555) == 0, "chmod");
    become_nobody();
    /* The store's file could be written, but not those beside it. */
    must(try_to_open(OFP_STORE_WRITE) == OFP_STATUS_IO, "it opens");
    must(try_to_open(OFP_STORE_CREATE) == OFP_STATUS_IO, "it opens");
    return 0;
}

static int open_on_read_only_disk(void)
{
    if (!mount_small_disk("size=4m"))
        return NOT_POSSIBLE;
    make_store();
    must(mount("tmpfs", folder, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL) == 0, "no such disk");
    must(try_to_open(OFP_STORE_WRITE) == OFP_STATUS_READ_ONLY, "not read-only");
    must(try_to_open(OFP_STORE_CREATE) == OFP_STATUS_READ_ONLY, "not read-only");
    return 0;
}

static int create_in_read_only_folder(void)
{
    must(chmod(folder, 0555) == 0, "chmod");
    become_nobody();
    must(try_to_open(OFP_STORE_CREATE) == OFP_STATUS_IO, "it can be made");
    return 0;
}

static int (*const read_only_parts[])(void) = {open_read_only_file, open_in_read_only_folder,
                                               open_on_read_only_disk, create_in_read_only_folder};

START_TEST(files_are_read_only)
{
    run_apart(read_only_parts[_i]);
}
END_TEST

static void set_up(void)
{
    rig_make_folder(folder);
    rig_policy();
}

static void tear_down(void)
{
    chmod(folder, 0700);
    rig_clear_folder(folder, true);
}

TCase *disk_case(void)
{
    TCase *tcase = tcase_create("disk");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 600);
    tcase_add_test(tcase, disk_is_full);
    tcase_add_loop_test(tcase, files_are_read_only, 0,
                        sizeof read_only_parts / sizeof *read_only_parts);
    return tcase;
}
