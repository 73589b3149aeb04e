/* SPDX-License-Identifier: MIT */
/* C written by hand, as a peer. Usage: decide FOLDER, where inputs.py wrote its files. */
#include <stdio.h>

#include "bench.h"
#include "facts.h"
#include "fixture.h"
#include "peer.h"
#include "policy.h"

typedef struct setting {
    facts *facts;
    lines lines;
    facts_parser *parser;
    policy_answer answer;
} setting;

static uint64_t answer(void *self, size_t input)
{
    setting *s = self;
    policy_decide(&s->facts[input].request, &s->answer);
    return (uint64_t)s->answer.verdict + s->answer.add + s->answer.remove +
           (uint64_t)s->answer.first_reply;
}

/* Writes without printf(), as somebody would who wants speed. */
static char *put(char *at, const char *text)
{
    return stpcpy(at, text);
}

static char *put_tags(char *at, uint32_t tags)
{
    *at++ = '[';
    for (uint32_t left = tags; left; left &= left - 1) {
        at = put(put(put(at, "\""), policy_tags[__builtin_ctz(left)]), "\"");
        if (left & (left - 1))
            *at++ = ',';
    }
    return put(at, "]");
}

static char *put_number(char *at, int32_t number)
{
    char digits[12];
    size_t count = 0;
    if (number < 0)
        return put(at, "null");
    do
        digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    while (count)
        *at++ = digits[--count];
    return at;
}

static size_t write_answer(const policy_answer *answer, char *ret)
{
    char *at = put(put(ret, "{\"verdict\":\""), ofp_verdict_name(answer->verdict));
    at = put(put(put(at, "\",\"level\":\""), policy_levels[answer->level]), "\",\"first_reply\":");
    at = put(put_number(at, answer->first_reply), ",\"add\":");
    at = put(put_tags(at, answer->add), ",\"remove\":");
    return (size_t)(put(put_tags(at, answer->remove), "}") - ret);
}

static char written[1024]; /* an answer takes less with all tags in it */

static void show(void *self, fixture_text *text)
{
    setting *s = self;
    const size_t size = write_answer(&s->answer, written);
    fixture_write(text, "%.*s", (int)size, written);
}

static ofp_text answer_json(void *self, size_t input)
{
    setting *s = self;
    facts read;
    facts_read(s->parser, s->lines.lines[input], &read);
    policy_decide(&read.request, &s->answer);
    return (ofp_text){written, write_answer(&s->answer, written)};
}

int main(int argc, char **argv)
{
    const bench_options options = bench_start(argc, argv, 1, "FOLDER");
    char path[4096];
    size_t count;
    snprintf(path, sizeof path, "%s/facts.ndjson", options.arguments[0]);
    setting s = {.facts = facts_read_all(path, &count), .lines = lines_read(path)};
    s.parser = facts_parser_new();
    policy_start();
    const peer served = {"C by hand, simdjson", "", count, answer, show, answer_json};
    return peer_serve(&served, &s);
}
