/* SPDX-License-Identifier: MIT */
#include "pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <offerpolicy/request.h>

#include "effort.h"
#include "pattern_cost.h"
#include "span.h"

/*
 * Enough for any honest pattern on a text of OFP_TEXT_LIMIT bytes, and little enough that one that
 * explodes gives up soon. PCRE2's own limits don't count the steps inside a simple repeat. So where
 * a pattern could take more than FAST_STEPS on a text (effort.h), or more than is left of ALL_STEPS
 * for all patterns since the matcher was renewed, a second compilation of it is used, in which
 * PCRE2 calls back at each item: then all steps are counted, up to COUNTED_STEPS; but first it is
 * looked whether the pattern's literals (literals.h) leave anything to try. JIT's stack is fixed,
 * since depth and heap limits do not apply to it.
 */
enum {
    MATCH_LIMIT = 1000000,
    DEPTH_LIMIT = 20000,
    HEAP_LIMIT_KIB = 20480,
    PLAIN_SIZE = 64, /* so many bytes of a pattern at one place of a text are one step */
    FAST_STEPS = 1 << 23,
    ALL_STEPS = 1 << 28,
    COUNTED_STEPS = 1 << 25,
    JIT_STACK_START = 32 * 1024,
    JIT_STACK_MOST = 512 * 1024,
};

/* A pattern as PCRE2 compiled it. */
struct compiled {
    pcre2_code *code;
    bool jit; /* there is machine code for it */
};

struct ofp_pattern {
    struct compiled fast;
    struct compiled counted; /* for longer texts than `fast_size`; without code if there are none */
    size_t fast_size;
    size_t byte_steps; /* of `fast`, for each byte of a text, at worst */
    size_t item_cost;  /* of `counted`: steps of one item at one place */
    bool refers_back;  /* compares with what its groups have captured */
    ofp_literals literals;
};

/* What the steps of a match that is counted add up to. */
struct counter {
    const ofp_pattern *pattern;
    size_t left;          /* steps until it gives up */
    PCRE2_SIZE start, at; /* where the pattern was tried last, and how far it had come */
};

struct ofp_matcher {
    size_t left; /* of ALL_STEPS */
    struct counter counter;
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack; /* NULL where PCRE2 has no JIT */
    bool jit;
};

static ofp_pattern *refuse(ofp_pattern_problem *problem, ofp_code code, size_t offset,
                           const char *message)
{
    problem->code = code;
    problem->offset = offset;
    strncpy(problem->message, message, sizeof problem->message - 1);
    problem->message[sizeof problem->message - 1] = '\0';
    return NULL;
}

/*
 * Where a "(*…)" stands whose parenthesis no backslash takes away, or SIZE_MAX. Such verbs can
 * lift the limits set here. This also finds harmless ones (in a class, say), which can be written
 * with backslashes; it can't miss a verb, since in a quotation (\Q…\E) none is a verb anyway.
 * "\c" takes the byte behind it whatever that is, so that in "\c\(*F)" nothing is escaped.
 */
static size_t find_verb(ofp_text pattern)
{
    for (size_t i = 0; i + 1 < pattern.size; i++) {
        const char next = pattern.data[i + 1];
        if (pattern.data[i] == '(' && next == '*')
            return i;
        if (pattern.data[i] == '\\')
            i += next == 'c' ? 2 : 1;
    }
    return SIZE_MAX;
}

/* Compiles a pattern. @param options more than all patterns have */
static bool compile(ofp_text pattern, uint32_t options, bool jit, struct compiled *ret,
                    ofp_pattern_problem *problem)
{
    int error;
    PCRE2_SIZE offset;
    options |= PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C;
    ret->code =
        pcre2_compile((PCRE2_SPTR)pattern.data, pattern.size, options, &error, &offset, NULL);
    if (ret->code) {
        /* Where there is no JIT, or no executable memory for it, the interpreter serves. */
        ret->jit = jit && pcre2_jit_compile(ret->code, PCRE2_JIT_COMPLETE) == 0;
        return true;
    }
    if (error == PCRE2_ERROR_HEAP_FAILED || error == PCRE2_ERROR_NOMEMORY) {
        refuse(problem, OFP_CODE_NO_MEMORY, 0, "out of memory");
    } else if (error == PCRE2_ERROR_BACKSLASH_C_CALLER_DISABLED) {
        refuse(problem, OFP_CODE_REFUSED_PATTERN, offset, "\\C is not allowed");
    } else {
        refuse(problem, OFP_CODE_BAD_PATTERN, offset, "");
        pcre2_get_error_message(error, (PCRE2_UCHAR *)problem->message, sizeof problem->message);
    }
    return false;
}

static void estimate(ofp_pattern *pattern, ofp_text text)
{
    pattern->item_cost = ofp_pattern_item_cost(text);
    /* One place of a text may be compared with all of a pattern, if that has no ways to choose. */
    const size_t place_cost = pattern->item_cost + text.size / PLAIN_SIZE;
    pattern->fast_size = ofp_effort_longest_text(text, FAST_STEPS / place_cost);
    if (pattern->fast_size)
        pattern->byte_steps = (FAST_STEPS + pattern->fast_size - 1) / pattern->fast_size;
}

ofp_pattern *ofp_pattern_compile(ofp_text text, bool jit, ofp_pattern_problem *retproblem)
{
    const size_t verb = find_verb(text);
    if (verb != SIZE_MAX)
        return refuse(retproblem, OFP_CODE_REFUSED_PATTERN, verb,
                      "\"(*\" is not allowed; write \\(\\* for the characters themselves");
    ofp_pattern *pattern = calloc(1, sizeof *pattern);
    if (!pattern)
        return refuse(retproblem, OFP_CODE_NO_MEMORY, 0, "out of memory");
    estimate(pattern, text);
    ofp_literals_of(text, &pattern->literals);
    const bool may_be_slow = pattern->fast_size < OFP_TEXT_LIMIT;
    if (!compile(text, 0, jit, &pattern->fast, retproblem) ||
        (may_be_slow && !compile(text, PCRE2_AUTO_CALLOUT, jit, &pattern->counted, retproblem)))
        return ofp_pattern_free(pattern);
    uint32_t highest_reference = 0;
    pcre2_pattern_info(pattern->fast.code, PCRE2_INFO_BACKREFMAX, &highest_reference);
    pattern->refers_back = highest_reference > 0;
    return pattern;
}

size_t ofp_pattern_least_size(const ofp_pattern *pattern)
{
    uint32_t characters = 0;
    pcre2_pattern_info(pattern->fast.code, PCRE2_INFO_MINLENGTH, &characters);
    return characters;
}

size_t ofp_pattern_byte_steps(const ofp_pattern *pattern)
{
    return pattern->byte_steps;
}

const ofp_literals *ofp_pattern_literals(const ofp_pattern *pattern)
{
    return &pattern->literals;
}

ofp_pattern *ofp_pattern_free(ofp_pattern *pattern)
{
    if (pattern) {
        pcre2_code_free(pattern->fast.code);
        pcre2_code_free(pattern->counted.code);
    }
    free(pattern);
    return NULL;
}

/* The length of the longest text that a group has captured: no comparison with it takes more. */
static size_t longest_capture(const pcre2_callout_block *block)
{
    size_t longest = 0;
    for (uint32_t i = 1; i < block->capture_top; i++) {
        const PCRE2_SIZE start = block->offset_vector[2 * i];
        const PCRE2_SIZE end = block->offset_vector[2 * i + 1];
        if (start != PCRE2_UNSET && end != PCRE2_UNSET && end > start && end - start > longest)
            longest = end - start;
    }
    return longest;
}

/* Called before each item of a pattern. What lies between this place and the last one was walked
 * over, forward or back. */
static int count_steps(pcre2_callout_block *block, void *data)
{
    struct counter *counter = data;
    const PCRE2_SIZE from = block->start_match == counter->start ? counter->at : block->start_match;
    const PCRE2_SIZE to = block->current_position;
    size_t steps = 1 + (to > from ? to - from : from - to);
    if (counter->pattern->refers_back)
        steps += longest_capture(block);
    steps *= counter->pattern->item_cost;
    counter->start = block->start_match;
    counter->at = to;
    if (steps > counter->left)
        return PCRE2_ERROR_CALLOUT;
    counter->left -= steps;
    return 0;
}

static bool prepare(ofp_matcher *matcher)
{
    uint32_t has_jit = 0;
    pcre2_config(PCRE2_CONFIG_JIT, &has_jit);
    matcher->jit = has_jit;
    matcher->data = pcre2_match_data_create(1, NULL);
    matcher->context = pcre2_match_context_create(NULL);
    if (has_jit)
        matcher->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MOST, NULL);
    if (!matcher->data || !matcher->context || (has_jit && !matcher->stack))
        return false;
    pcre2_set_match_limit(matcher->context, MATCH_LIMIT);
    pcre2_set_depth_limit(matcher->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(matcher->context, HEAP_LIMIT_KIB);
    pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    pcre2_set_callout(matcher->context, count_steps, &matcher->counter);
    ofp_matcher_renew(matcher);
    return true;
}

ofp_matcher *ofp_matcher_new(void)
{
    ofp_matcher *matcher = calloc(1, sizeof *matcher);
    if (matcher && !prepare(matcher))
        return ofp_matcher_free(matcher);
    return matcher;
}

ofp_matcher *ofp_matcher_free(ofp_matcher *matcher)
{
    if (!matcher)
        return NULL;
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
    free(matcher);
    return NULL;
}

void ofp_matcher_renew(ofp_matcher *matcher)
{
    matcher->left = ALL_STEPS;
    matcher->counter.left = COUNTED_STEPS;
}

/* A pattern may be tried twice. */
bool ofp_matcher_affords(const ofp_matcher *matcher, size_t byte_steps, size_t size)
{
    size_t steps;
    return !__builtin_mul_overflow(byte_steps, 2 * size, &steps) && steps <= matcher->left;
}

void ofp_matcher_use_jit(ofp_matcher *matcher, bool use)
{
    matcher->jit = use;
}

/* Pays for a fast match of so many bytes. @return false: that is too much */
static bool afford(const ofp_pattern *pattern, ofp_matcher *matcher, size_t size)
{
    const size_t steps = size * pattern->byte_steps;
    if (size > pattern->fast_size || steps > matcher->left)
        return false;
    matcher->left -= steps;
    return true;
}

static ofp_match name_result(int result)
{
    switch (result) {
    case PCRE2_ERROR_NOMATCH:
        return OFP_MATCH_NO;
    case PCRE2_ERROR_NOMEMORY:
        return OFP_MATCH_NO_MEMORY;
    default:
        /* 0: it matched, but has more groups than the match data has room for. */
        return result >= 0 ? OFP_MATCH_YES : OFP_MATCH_GAVE_UP;
    }
}

static ofp_match match_from(const ofp_pattern *pattern, const struct compiled *compiled,
                            ofp_matcher *matcher, ofp_text text, size_t start)
{
    const PCRE2_SPTR subject = (PCRE2_SPTR)(text.size ? text.data : "");
    while (start > 0 && (subject[start] & 0xC0) == 0x80)
        start--; /* to where the character begins */
    matcher->counter.pattern = pattern;
    matcher->counter.start = PCRE2_UNSET;
    if (compiled->jit && matcher->jit)
        return name_result(pcre2_jit_match(compiled->code, subject, text.size, start, 0,
                                           matcher->data, matcher->context));
    return name_result(pcre2_match(compiled->code, subject, text.size, start,
                                   PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, matcher->data,
                                   matcher->context));
}

/*
 * Whatever `start` says, the answer is what the lines after the first match would give: before
 * them, a fast match either gives the same, sooner, or gives up.
 */
ofp_match ofp_pattern_match(const ofp_pattern *pattern, ofp_matcher *matcher, ofp_text text,
                            size_t start)
{
    if (afford(pattern, matcher, text.size)) {
        const ofp_match match = match_from(pattern, &pattern->fast, matcher, text, start);
        if (match != OFP_MATCH_GAVE_UP)
            return match;
    }
    if (!ofp_literals_find(&pattern->literals, text, &start))
        return OFP_MATCH_NO;
    if (afford(pattern, matcher, text.size - start))
        return match_from(pattern, &pattern->fast, matcher, text, start);
    return pattern->counted.code ? match_from(pattern, &pattern->counted, matcher, text, start)
                                 : OFP_MATCH_GAVE_UP;
}

void ofp_pattern_pass(const ofp_pattern *pattern, ofp_matcher *matcher, ofp_text text)
{
    afford(pattern, matcher, text.size);
}
