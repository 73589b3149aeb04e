/* SPDX-License-Identifier: MIT */
/*
 * Nothing but Vectorscan's scan of all patterns at once. It takes no \b together with Unicode's
 * classes, so words end by ASCII here: the same on these texts, not on all.
 */
#include <hs.h>

#include "bench.h"
#include "fixture.h"
#include "patterns.h"

#define TEXT_OF(number) #number
#define DOTTED(a, b, c) TEXT_OF(a) "." TEXT_OF(b) "." TEXT_OF(c)
#define VERSION DOTTED(HS_MAJOR, HS_MINOR, HS_PATCH)

typedef struct database {
    hs_database_t *database;
    hs_scratch_t *scratch;
} database;

static void *make(const pattern_list *patterns)
{
    const unsigned options = HS_FLAG_CASELESS | HS_FLAG_UTF8 | HS_FLAG_SINGLEMATCH;
    const char *texts[MOST_PATTERNS];
    unsigned flags[MOST_PATTERNS], numbers[MOST_PATTERNS];
    database *made = fixture_alloc(1, sizeof *made);
    hs_compile_error_t *error;
    for (size_t i = 0; i < patterns->count; i++) {
        texts[i] = strndup(patterns->list[i].text.data, patterns->list[i].text.size);
        flags[i] = options;
        numbers[i] = (unsigned)i;
    }
    const hs_error_t status = hs_compile_multi(texts, flags, numbers, (unsigned)patterns->count,
                                               HS_MODE_BLOCK, NULL, &made->database, &error);
    bench_require(status == HS_SUCCESS, "%s", status == HS_SUCCESS ? "" : error->message);
    bench_require(hs_alloc_scratch(made->database, &made->scratch) == HS_SUCCESS, "out of memory");
    return made;
}

static int take(unsigned number, unsigned long long from, unsigned long long to, unsigned flags,
                void *context)
{
    (void)from, (void)to, (void)flags;
    *(uint64_t *)context |= UINT64_C(1) << number;
    return 0;
}

static uint64_t match(void *self, ofp_text text)
{
    const database *d = self;
    uint64_t found = 0;
    hs_scan(d->database, text.data, (unsigned)text.size, 0, d->scratch, take, &found);
    return found;
}

const matcher vectorscan_matcher = {"vectorscan", VERSION, make, match, match};
