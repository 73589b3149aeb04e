/* SPDX-License-Identifier: MIT */
/* The Nth allocation fails, ours or SQLite's: a status, and the store is what it was. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "allocations.h"
#include "care_cases.h"
#include "care_fixture.h"
#include "expect.h"
#include "sqlite_memory.h"

/* A full store "s", its export "x", and "empty". */
static void start(void)
{
    care_start();
    ofp_store *store = care_open("s");
    care_fill(store);
    care_export(store, care_path("x"));
    ofp_store_close(store);
    ofp_store_close(care_open("empty"));
}

static void stop(void)
{
    allocations_allow();
    sqlite_memory_allow();
    care_stop();
}

/* Something that is done to a store. */
typedef struct deed {
    const char *store;
    ofp_status (*run)(ofp_store *store, ofp_error **reterr);
} store_deed;

static ofp_status count(ofp_store *store, ofp_error **reterr)
{
    ofp_store_stats stats = {.size = sizeof stats};
    return ofp_store_get_stats(store, START, &stats, reterr);
}

static ofp_status export(ofp_store *store, ofp_error **reterr)
{
    const int nowhere = open("/dev/null", O_WRONLY);
    const ofp_status status = ofp_store_export(store, nowhere, reterr);
    close(nowhere);
    return status;
}

static ofp_status import(ofp_store *store, ofp_error **reterr)
{
    const int file = open(care_path("x"), O_RDONLY);
    const ofp_status status = ofp_store_import(store, file, NULL, reterr);
    close(file);
    return status;
}

static ofp_status backup(ofp_store *store, ofp_error **reterr)
{
    const ofp_status status = ofp_store_backup(store, care_path("b"), reterr);
    const bool there = access(care_path("b"), F_OK) == 0;
    const bool more = access(care_path("b-journal"), F_OK) == 0;
    unlink(care_path("b"));
    return there == !status && !more ? status : OFP_STATUS_MISUSE;
}

static ofp_status prune(ofp_store *store, ofp_error **reterr)
{
    const ofp_deed deed = {.at = START, .actor = ofp_text_of("cron")};
    return ofp_store_prune_log(store, START + 1, &deed, NULL, reterr);
}

static const store_deed deeds[] = {
    {"s", ofp_store_check}, {"s", count},  {"s", export},
    {"empty", import},      {"s", backup}, {"s", prune},
};

/* What fails, from the `allowed`th time on. */
typedef void failure(size_t allowed);

static void fail_ours(size_t allowed)
{
    allocations_fail_after(allowed);
}

static void fail_sqlite(size_t allowed)
{
    sqlite_memory_fail_after(allowed, false);
}

static void fail_sqlite_once(size_t allowed)
{
    sqlite_memory_fail_after(allowed, true);
}

static void expect_as_before(const char *name)
{
    ofp_store_stats stats = {.size = sizeof stats};
    ofp_store *store = care_open(name);
    expect_ok(ofp_store_check(store, &error));
    expect_ok(ofp_store_get_stats(store, START, &stats, &error));
    ck_assert_int_eq(stats.events, strcmp(name, "empty") == 0 ? 1 : 26);
    ofp_store_close(store);
}

/* Lets the deed fail at one place. @return false: it did not */
static bool fails_at(const store_deed *deed, failure *let_fail, size_t allowed)
{
    ofp_error *problem = NULL;
    ofp_store *store = care_open(deed->store);
    let_fail(allowed);
    const ofp_status status = deed->run(store, &problem);
    allocations_allow();
    const bool failed = sqlite_memory_allow();
    if (status) {
        ck_assert_msg(status == OFP_STATUS_NO_MEMORY, "after %zu: %s: %s", allowed,
                      ofp_status_name(status), ofp_error_message(problem));
        ofp_error_free(problem);
        /* The connection is usable again. */
        expect_ok(count(store, &error));
    }
    ofp_store_close(store);
    if (status) {
        expect_as_before(deed->store);
    } else {
        care_stop();
        start();
    }
    /* SQLite does without some of what it asks for. */
    return status || (failed && let_fail == fail_sqlite_once);
}

/* At each of the first places, and then at fewer and fewer: there are tens of thousands. */
static void fail_everywhere(failure *let_fail)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        size_t allowed = 0;
        while (fails_at(&deeds[i], let_fail, allowed))
            allowed += 1 + allowed / 6;
    }
}

START_TEST(our_memory_runs_out)
{
    fail_everywhere(fail_ours);
}
END_TEST

START_TEST(memory_of_sqlite_runs_out)
{
    fail_everywhere(fail_sqlite);
}
END_TEST

START_TEST(memory_of_sqlite_fails_once)
{
    fail_everywhere(fail_sqlite_once);
}
END_TEST

TCase *care_faults_case(void)
{
    TCase *tests = tcase_create("care: faults");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, our_memory_runs_out);
    tcase_add_test(tests, memory_of_sqlite_runs_out);
    tcase_add_test(tests, memory_of_sqlite_fails_once);
    return tests;
}
