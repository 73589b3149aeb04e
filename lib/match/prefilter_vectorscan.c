/* SPDX-License-Identifier: MIT */
#include "prefilter.h"

#include <hs.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"

/* A literal in the database, known there by its index. */
struct entry {
    uint32_t pattern;
    uint32_t back; /* from its end to where a match begins at the earliest */
};

struct ofp_prefilter {
    atomic_size_t references;
    hs_database_t *database;
    struct entry *entries;
    size_t entry_count; /* behind them come the two foreign letters, which have no entry */
    uint64_t *always;   /* by pattern: it has no literals */
    size_t word_count;
};

struct ofp_scanner {
    hs_scratch_t *scratch;
    ofp_prefilter
        *fits; /* which it was made for; a reference, so that no other takes its address */
};

/* What hs_compile_lit_multi() wants to know, each an array. */
struct words {
    const char **bytes;
    size_t *sizes;
    unsigned *flags, *ids;
    size_t count;
};

static size_t count_literals(const ofp_pattern *const *patterns, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += ofp_pattern_literals(patterns[i])->count;
    return sum;
}

static void free_words(struct words *words)
{
    free(words->bytes);
    free(words->sizes);
    free(words->flags);
    free(words->ids);
}

static bool alloc_words(struct words *words, size_t capacity)
{
    words->bytes = calloc(capacity, sizeof *words->bytes);
    words->sizes = calloc(capacity, sizeof *words->sizes);
    words->flags = calloc(capacity, sizeof *words->flags);
    words->ids = calloc(capacity, sizeof *words->ids);
    return words->bytes && words->sizes && words->flags && words->ids;
}

/* The first place of a word is enough, and Vectorscan reports the places of one in order. */
static void add_word(struct words *words, const char *bytes, size_t size)
{
    words->bytes[words->count] = bytes;
    words->sizes[words->count] = size;
    words->flags[words->count] = HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH;
    words->ids[words->count] = (unsigned)words->count;
    words->count++;
}

static void add_literals(ofp_prefilter *prefilter, const ofp_literals *literals, size_t pattern,
                         struct words *words)
{
    if (literals->count == 0)
        prefilter->always[pattern / 64] |= UINT64_C(1) << pattern % 64;
    for (size_t i = 0; i < literals->count; i++) {
        const ofp_literal *literal = &literals->items[i];
        const bool far = literals->reach > UINT32_MAX - OFP_LITERAL_MOST_SIZE;
        prefilter->entries[prefilter->entry_count++] = (struct entry){
            .pattern = (uint32_t)pattern,
            .back = far ? UINT32_MAX : (uint32_t)literals->reach + literal->size,
        };
        add_word(words, literal->bytes, literal->size);
    }
}

/* @return OFP_STATUS_OK also where Vectorscan can't do it: then there is no database */
static ofp_status compile(ofp_prefilter *prefilter, const struct words *words, ofp_error **reterr)
{
    hs_compile_error_t *problem = NULL;
    const hs_error_t error = hs_compile_lit_multi(
        words->bytes, words->flags, words->ids, words->sizes, (unsigned)words->count, HS_MODE_BLOCK,
        NULL, &prefilter->database, &problem);
    /* It tells want of memory from other problems by nothing but this text. */
    const bool starved =
        error == HS_NOMEM || (problem && problem->message && strstr(problem->message, "memory"));
    if (error != HS_SUCCESS)
        prefilter->database = NULL;
    hs_free_compile_error(problem);
    return starved ? ofp_fail_no_memory(reterr) : ofp_succeed(reterr);
}

static ofp_status fill(ofp_prefilter *prefilter, const ofp_pattern *const *patterns, size_t count,
                       struct words *words, ofp_error **reterr)
{
    const size_t literal_count = count_literals(patterns, count);
    prefilter->word_count = ofp_candidates_words(count);
    prefilter->entries = calloc(literal_count, sizeof *prefilter->entries);
    prefilter->always = calloc(prefilter->word_count, sizeof *prefilter->always);
    if (!prefilter->entries || !prefilter->always || !alloc_words(words, literal_count + 2))
        return ofp_fail_no_memory(reterr);
    for (size_t i = 0; i < count; i++)
        add_literals(prefilter, ofp_pattern_literals(patterns[i]), i, words);
    add_word(words, OFP_LONG_S, OFP_LONG_S_SIZE);
    add_word(words, OFP_KELVIN, OFP_KELVIN_SIZE);
    return compile(prefilter, words, reterr);
}

static bool machine_will_do(void)
{
#if defined(__x86_64__) || defined(__i386__)
    /* Vectorscan 5.4.9 is content with SSSE3, but parts of it are compiled for SSE 4.2. */
    if (!__builtin_cpu_supports("sse4.2") || !__builtin_cpu_supports("popcnt"))
        return false;
#endif
    return hs_valid_platform() == HS_SUCCESS;
}

ofp_status ofp_prefilter_new(const ofp_pattern *const *patterns, size_t count, ofp_prefilter **ret,
                             ofp_error **reterr)
{
    struct words words = {0};
    if (!machine_will_do() || count_literals(patterns, count) == 0) {
        *ret = NULL;
        return ofp_succeed(reterr);
    }
    ofp_prefilter *prefilter = calloc(1, sizeof *prefilter);
    if (!prefilter)
        return ofp_fail_no_memory(reterr);
    atomic_init(&prefilter->references, 1);
    const ofp_status status = fill(prefilter, patterns, count, &words, reterr);
    free_words(&words);
    if (!prefilter->database)
        prefilter = ofp_prefilter_unref(prefilter);
    if (!status)
        *ret = prefilter;
    return status;
}

ofp_prefilter *ofp_prefilter_unref(ofp_prefilter *prefilter)
{
    if (!prefilter ||
        atomic_fetch_sub_explicit(&prefilter->references, 1, memory_order_acq_rel) > 1)
        return NULL;
    hs_free_database(prefilter->database);
    free(prefilter->entries);
    free(prefilter->always);
    free(prefilter);
    return NULL;
}

ofp_scanner *ofp_scanner_new(void)
{
    return calloc(1, sizeof(ofp_scanner));
}

static void forget(ofp_scanner *scanner)
{
    hs_free_scratch(scanner->scratch);
    scanner->scratch = NULL;
    scanner->fits = ofp_prefilter_unref(scanner->fits);
}

ofp_scanner *ofp_scanner_free(ofp_scanner *scanner)
{
    if (scanner)
        forget(scanner);
    free(scanner);
    return NULL;
}

static bool fit(ofp_scanner *scanner, ofp_prefilter *prefilter)
{
    if (scanner->fits == prefilter)
        return true;
    forget(scanner);
    if (hs_alloc_scratch(prefilter->database, &scanner->scratch) != HS_SUCCESS) {
        scanner->scratch = NULL;
        return false;
    }
    atomic_fetch_add_explicit(&prefilter->references, 1, memory_order_relaxed);
    scanner->fits = prefilter;
    return true;
}

struct scan {
    const ofp_prefilter *prefilter;
    ofp_candidates *candidates;
};

/* Called for each word that is found. @return not 0: stop */
static int take_word(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                     void *context)
{
    (void)from;
    (void)flags;
    const struct scan *scan = context;
    if (id >= scan->prefilter->entry_count)
        return 1; /* a foreign letter: nothing can be told */
    const struct entry *entry = &scan->prefilter->entries[id];
    const uint32_t start = to > entry->back ? (uint32_t)to - entry->back : 0;
    uint64_t *word = &scan->candidates->bits[entry->pattern / 64];
    const uint64_t bit = UINT64_C(1) << entry->pattern % 64;
    uint32_t *first = &scan->candidates->starts[entry->pattern];
    if (!(*word & bit) || start < *first)
        *first = start;
    *word |= bit;
    return 0;
}

bool ofp_prefilter_scan(ofp_prefilter *prefilter, ofp_scanner *scanner, ofp_text text,
                        ofp_candidates *ret)
{
    struct scan scan = {prefilter, ret};
    for (size_t i = 0; i < prefilter->word_count; i++)
        ret->bits[i] |= prefilter->always[i];
    if (text.size == 0)
        return true;
    return fit(scanner, prefilter) && hs_scan(prefilter->database, text.data, (unsigned)text.size,
                                              0, scanner->scratch, take_word, &scan) == HS_SUCCESS;
}
