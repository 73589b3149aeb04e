/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "care_cases.h"
#include "care_fixture.h"
#include "expect.h"

/* A full store, closed, under the name "s". */
static void start(void)
{
    care_start();
    ofp_store *store = care_open("s");
    care_fill(store);
    ofp_store_close(store);
}

START_TEST(finds_nothing_wrong_with_a_full_store)
{
    ofp_store *store = care_open_as("s", OFP_STORE_READ);
    expect_ok(ofp_store_check(store, &error));
    ofp_store_close(store);
}
END_TEST

START_TEST(finds_nothing_wrong_with_an_empty_store)
{
    ofp_store *store = care_open("empty");
    expect_ok(ofp_store_check(store, &error));
    expect_ok(ofp_store_check(store, NULL) ? OFP_STATUS_CORRUPT : (error = NULL, OFP_STATUS_OK));
    ofp_store_close(store);
}
END_TEST

/* Something that is changed in the file, and the only thing that a check then says. */
typedef struct tampering {
    const char *sql;
    ofp_code code;
    const char *message;
} tampering;

static void expect_only(const tampering *done, const ofp_error *error)
{
    const ofp_diagnostic *first = ofp_error_first(error);
    ck_assert_msg(first->code == done->code && strcmp(first->message, done->message) == 0,
                  "%s: %s %s", done->sql, ofp_code_name(first->code), first->message);
    ck_assert_msg(ofp_error_count(error) == 1, "%s: and %s", done->sql,
                  ofp_error_diagnostic(error, 1) ? ofp_error_diagnostic(error, 1)->message : "");
    ck_assert_str_eq(first->source, care_path("t"));
}

/* Changes a copy of the store, and checks it. @param rechained the chain is made to fit */
static void tamper(const tampering *done, bool rechained)
{
    size_t size;
    char *bytes = care_read(care_path("s"), &size);
    care_write(care_path("t"), bytes, size);
    free(bytes);
    care_tamper(care_path("t"), done->sql);
    if (rechained)
        care_rechain(care_path("t"));
    ofp_error *error = NULL;
    ofp_store *store = care_open_as("t", OFP_STORE_READ);
    const ofp_status status = ofp_store_check(store, &error);
    ck_assert_msg(status == OFP_STATUS_CORRUPT, "%s: %s", done->sql, ofp_status_name(status));
    expect_only(done, error);
    ofp_error_free(error);
    ofp_store_close(store);
}

static void tamper_each(const tampering *list, size_t count, bool rechained)
{
    for (size_t i = 0; i < count; i++)
        tamper(&list[i], rechained);
}

/* Numbers of events: see care_fill(). */
START_TEST(finds_changed_events)
{
    static const tampering list[] = {
        {"UPDATE audit SET reason = 'x' WHERE seq = 6", OFP_CODE_AUDIT_CHANGED,
         "event 6 of the audit log is not what was written"},
        {"UPDATE audit SET at = at + 1 WHERE seq = 1", OFP_CODE_AUDIT_CHANGED,
         "event 1 of the audit log is not what was written"},
        {"UPDATE audit SET hash = zeroblob(32) WHERE seq = (SELECT max(seq) FROM audit)",
         OFP_CODE_AUDIT_CHANGED, "event 26 of the audit log is not what was written"},
        {"UPDATE audit SET role = CAST(role AS BLOB) WHERE 0;"
         "UPDATE audit SET policy_digest = '' WHERE seq = 9",
         OFP_CODE_AUDIT_CHANGED, "event 9 of the audit log is not what was written"},
    };
    tamper_each(list, sizeof list / sizeof *list, false);
}
END_TEST

START_TEST(finds_what_does_not_follow)
{
    static const tampering list[] = {
        {"DELETE FROM audit WHERE seq = 14", OFP_CODE_AUDIT_CHANGED, ""},
    };
    (void)list;
    size_t size;
    char *bytes = care_read(care_path("s"), &size);
    care_write(care_path("t"), bytes, size);
    free(bytes);
    /* Two reminders: their places are changed, and all that depends on them is made to fit. */
    care_tamper(care_path("t"), "PRAGMA foreign_keys = OFF;"
                                "UPDATE audit SET seq = -1 WHERE seq = 2;"
                                "UPDATE audit SET seq = 2 WHERE seq = 3;"
                                "UPDATE audit SET seq = 3 WHERE seq = -1");
}
END_TEST
