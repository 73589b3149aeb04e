/* SPDX-License-Identifier: MIT */
#include "regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "bench.h"

enum { MOST_PATTERNS = 64 };

struct regex {
    ofp_text pattern;
    pcre2_code *code;
};

static regex known[MOST_PATTERNS];
static size_t known_count;
static pcre2_match_data *match_data;

static void compile(ofp_text pattern, regex *ret)
{
    const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C;
    int error;
    PCRE2_SIZE offset;
    ret->pattern = (ofp_text){strndup(pattern.data, pattern.size), pattern.size};
    ret->code =
        pcre2_compile((PCRE2_SPTR)pattern.data, pattern.size, options, &error, &offset, NULL);
    bench_require(ret->code && pcre2_jit_compile(ret->code, PCRE2_JIT_COMPLETE) == 0,
                  "the pattern can't be compiled: %.*s", (int)pattern.size, pattern.data);
    if (!match_data)
        match_data = pcre2_match_data_create(1, NULL);
}

const regex *regex_get(ofp_text pattern)
{
    for (size_t i = 0; i < known_count; i++) {
        if (known[i].pattern.size == pattern.size &&
            memcmp(known[i].pattern.data, pattern.data, pattern.size) == 0)
            return &known[i];
    }
    bench_require(known_count < MOST_PATTERNS, "too many patterns");
    compile(pattern, &known[known_count]);
    return &known[known_count++];
}

bool regex_run(const regex *compiled, ofp_text text)
{
    return pcre2_jit_match(compiled->code, (PCRE2_SPTR)text.data, text.size, 0, 0, match_data,
                           NULL) >= 0;
}

bool regex_matches(ofp_text pattern, ofp_text text)
{
    return regex_run(regex_get(pattern), text);
}
