/* SPDX-License-Identifier: MIT */
/* Nothing but PCRE2's JIT, pattern by pattern. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "bench.h"
#include "fixture.h"
#include "patterns.h"
#include "regex.h"

#define TEXT_OF(number) #number
#define DOTTED(a, b) TEXT_OF(a) "." TEXT_OF(b)
#define VERSION DOTTED(PCRE2_MAJOR, PCRE2_MINOR)

typedef struct compiled {
    const regex *regexes[MOST_PATTERNS];
    size_t count;
} compiled;

static void *make(const pattern_list *patterns)
{
    compiled *made = fixture_alloc(1, sizeof *made);
    made->count = patterns->count;
    for (size_t i = 0; i < patterns->count; i++)
        made->regexes[i] = regex_get(patterns->list[i].text);
    return made;
}

static uint64_t match(void *self, ofp_text text)
{
    const compiled *c = self;
    uint64_t found = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (regex_run(c->regexes[i], text))
            found |= UINT64_C(1) << i;
    }
    return found;
}

const matcher pcre2_matcher = {"pcre2", VERSION, make, match, match};
