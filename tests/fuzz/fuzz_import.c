/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Imports any bytes. What is refused leaves the store as it was; what is imported holds together,
 * and comes out again the same each time.
 */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <offerpolicy/store.h>

#include "fuzz_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int export_it(ofp_store *store)
{
    const int file = fuzz_memory_file(NULL, 0);
    fuzz_require(!ofp_store_export(store, file, NULL));
    lseek(file, 0, SEEK_SET);
    return file;
}

/* What was imported, exported and imported again. */
static void go_round(ofp_store *store)
{
    ofp_store *other = fuzz_new_store("other");
    const int first = export_it(store);
    fuzz_require(!ofp_store_import(other, first, NULL, NULL));
    const int second = export_it(other);
    fuzz_require(fuzz_same_bytes(first, second));
    fuzz_remove_store(other, "other");
    close(first);
    close(second);
}

static void require_untouched(ofp_store *store)
{
    ofp_store_stats stats = {.size = sizeof stats};
    fuzz_require(!ofp_store_get_stats(store, 0, &stats, NULL));
    fuzz_require(stats.events == 1 && stats.migrations == 0 && stats.decisions == 0);
}

/* Used until something could be imported into it. */
static ofp_store *empty;

static void remove_store(void)
{
    fuzz_remove_store(empty, "store");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool made;
    if (!made) {
        fuzz_path("store");
        atexit(remove_store);
        made = true;
    }
    if (!empty)
        empty = fuzz_new_store("store");
    ofp_error *error = NULL;
    const int file = fuzz_memory_file(data, size);
    const ofp_status status = ofp_store_import(empty, file, "fuzz", &error);
    close(file);
    fuzz_require(!status == !error);
    if (status) {
        const ofp_status expected = ofp_error_status(error);
        fuzz_require(expected == OFP_STATUS_BAD_REQUEST || expected == OFP_STATUS_CORRUPT);
        require_untouched(empty);
    } else {
        fuzz_require(!ofp_store_check(empty, NULL));
        go_round(empty);
        fuzz_remove_store(empty, "store");
        empty = NULL;
    }
    ofp_error_free(error);
    return 0;
}
