/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Takes any bytes for a store's file: whatever they are, every function answers with a status. A
 * store in which a check finds nothing wrong can be read as a whole, and exported and imported
 * without loss.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <offerpolicy/store.h>

#include "fuzz_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An answer, right or wrong. @param error of the call; is freed @return did it work? */
static bool answer(ofp_status status, ofp_error **error)
{
    fuzz_require(!status == !*error);
    if (*error)
        fuzz_require(ofp_error_status(*error) == status && *ofp_error_message(*error));
    *error = ofp_error_free(*error);
    return !status;
}

/* Reads all that lists give. @return could all of it be read? */
static bool read_lists(ofp_store *store)
{
    const ofp_migration_filter migrations = OFP_MIGRATION_FILTER_INIT;
    const ofp_event_filter events = OFP_EVENT_FILTER_INIT;
    const ofp_log_filter log = OFP_LOG_FILTER_INIT;
    ofp_records *records[5] = {NULL};
    ofp_error *error = NULL;
    bool read = answer(ofp_store_list(store, &migrations, &records[0], &error), &error);
    read &= answer(ofp_store_events(store, &events, &records[1], &error), &error);
    read &= answer(ofp_store_log(store, &log, &records[2], &error), &error);
    read &=
        answer(ofp_store_actions(store, OFP_INSTANT_END - 1, 0, 0, &records[3], &error), &error);
    /* Not every store has one. */
    answer(ofp_store_find(store, ofp_text_of("M-1"), &records[4], &error), &error);
    for (int i = 0; i < 5; i++)
        ofp_records_free(records[i]);
    return read;
}

static bool read_head(ofp_store *store)
{
    char head[OFP_HASH_SIZE];
    ofp_error *error = NULL;
    if (!answer(ofp_audit_head(store, head, &error), &error))
        return false;
    return answer(ofp_audit_verify(store, ofp_text_of(head), NULL, &error), &error);
}

static bool count(ofp_store *store)
{
    ofp_store_stats stats = {.size = sizeof stats};
    ofp_error *error = NULL;
    return answer(ofp_store_get_stats(store, INT64_C(1780000000), &stats, &error), &error);
}

/* What is sound can be copied. */
static void copy(ofp_store *store)
{
    ofp_error *error = NULL;
    const int first = fuzz_memory_file(NULL, 0), second = fuzz_memory_file(NULL, 0);
    ofp_store *other = fuzz_new_store("copy");
    fuzz_require(answer(ofp_store_export(store, first, &error), &error));
    lseek(first, 0, SEEK_SET);
    fuzz_require(answer(ofp_store_import(other, first, NULL, &error), &error));
    fuzz_require(answer(ofp_store_export(other, second, &error), &error));
    fuzz_require(fuzz_same_bytes(first, second));
    fuzz_remove_store(other, "copy");
    close(first);
    close(second);
}

static void write_something(ofp_store *store)
{
    const ofp_deed deed = {.at = 1, .actor = ofp_text_of("fuzz")};
    ofp_error *error = NULL;
    answer(ofp_store_fail(store, ofp_text_of("v1:a"), 1, 1, ofp_text_of("no"), &error), &error);
    answer(ofp_store_ack(store, ofp_text_of("v1:a"), 1, &error), &error);
    answer(ofp_store_prune_log(store, INT64_C(1780000000), &deed, NULL, &error), &error);
}

static void use(ofp_store *store)
{
    ofp_error *error = NULL;
    const bool sound = answer(ofp_store_check(store, &error), &error);
    bool readable = read_lists(store);
    readable &= read_head(store);
    readable &= count(store);
    const int nowhere = open("/dev/null", O_WRONLY);
    const bool exported = answer(ofp_store_export(store, nowhere, &error), &error);
    close(nowhere);
    fuzz_require(!sound || (readable && exported));
    if (sound)
        copy(store);
}

static ofp_store *open_it(ofp_store_mode mode)
{
    const ofp_store_options options = {.size = sizeof options, .mode = mode, .busy_ms = 1};
    ofp_error *error = NULL;
    ofp_store *store = NULL;
    answer(ofp_store_open(fuzz_path("store"), &options, &store, &error), &error);
    return store;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_write_file("store", data, size);
    ofp_store *store = open_it(OFP_STORE_READ);
    if (store)
        use(store);
    ofp_store_close(store);
    store = open_it(OFP_STORE_WRITE);
    if (store)
        write_something(store);
    fuzz_remove_store(store, "store");
    return 0;
}
