/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Any patterns on any text: the literals of a pattern and the prefilter may not rule out what PCRE2
 * matches when it is asked directly, and both say the same.
 *
 * An input is patterns, one a line, then an empty line, then the text.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "prefilter.h"
#include "span.h"

enum { MOST_PATTERNS = 70, MOST_TEXT = 4096, MATCH_LIMIT = 20000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ofp_pattern *patterns[MOST_PATTERNS];
static ofp_text sources[MOST_PATTERNS];
static size_t count;

static void require(bool condition)
{
    if (!condition)
        abort();
}

/* Where PCRE2 matches; SIZE_MAX where it does not, or gave up. */
static size_t match_plainly(ofp_text source, ofp_text text)
{
    int error;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)source.data, source.size,
                                     PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS, &error, &offset, NULL);
    pcre2_match_data *found = pcre2_match_data_create(1, NULL);
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(limits, MATCH_LIMIT);
    const bool matches = pcre2_match(code, (PCRE2_SPTR)text.data, text.size, 0, PCRE2_NO_UTF_CHECK,
                                     found, limits) >= 0;
    const size_t place = matches ? pcre2_get_ovector_pointer(found)[0] : SIZE_MAX;
    pcre2_match_context_free(limits);
    pcre2_match_data_free(found);
    pcre2_code_free(code);
    return place;
}

static void check_literals(size_t number, ofp_text text, const ofp_candidates *candidates)
{
    size_t start;
    const ofp_literals *literals = ofp_pattern_literals(patterns[number]);
    const bool may_match = ofp_literals_find(literals, text, &start);
    const size_t place = match_plainly(sources[number], text);
    require(place == SIZE_MAX || (may_match && start <= place));
    if (!candidates)
        return;
    require((candidates->bits[number / 64] >> number % 64 & 1) == may_match);
    require(!may_match || candidates->starts[number] == start);
}

static void check_text(ofp_text text)
{
    uint64_t bits[MOST_PATTERNS / 64 + 1] = {0};
    uint32_t starts[MOST_PATTERNS] = {0};
    ofp_candidates candidates = {bits, starts};
    ofp_prefilter *prefilter = NULL;
    ofp_scanner *scanner = ofp_scanner_new();
    require(!ofp_prefilter_new((const ofp_pattern *const *)patterns, count, &prefilter, NULL));
    const bool told = prefilter && ofp_prefilter_scan(prefilter, scanner, text, &candidates);
    for (size_t i = 0; i < count; i++)
        check_literals(i, text, told ? &candidates : NULL);
    ofp_scanner_free(scanner);
    ofp_prefilter_unref(prefilter);
}

/* Takes a line off the front. */
static ofp_text take_line(ofp_text *rest)
{
    const char *end = memchr(rest->data, '\n', rest->size);
    const ofp_text line = {rest->data, end ? (size_t)(end - rest->data) : rest->size};
    rest->data += line.size + (end != NULL);
    rest->size -= line.size + (end != NULL);
    return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ofp_text rest = {(const char *)data, size};
    count = 0;
    while (rest.size) {
        ofp_pattern_problem problem;
        const ofp_text line = take_line(&rest);
        if (line.size == 0)
            break;
        sources[count] = line;
        patterns[count] =
            count < MOST_PATTERNS - 1 ? ofp_pattern_compile(line, true, &problem) : NULL;
        count += patterns[count] != NULL;
    }
    if (rest.size <= MOST_TEXT && ofp_span_is_utf8(rest))
        check_text(rest);
    while (count)
        ofp_pattern_free(patterns[--count]);
    return 0;
}
