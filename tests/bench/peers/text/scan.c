/* SPDX-License-Identifier: MIT */
/* Usage: scan libofferpolicy|pcre2|vectorscan PATTERNS.tsv TEXTS; see patterns.h. */
#include <inttypes.h>
#include <string.h>

#include "bench.h"
#include "fixture.h"
#include "patterns.h"
#include "peer.h"

typedef struct setting {
    const matcher *matcher;
    void *matching;
    lines texts;
    size_t last;
} setting;

static ofp_text cut(ofp_text *rest, char separator)
{
    const char *end = memchr(rest->data, separator, rest->size);
    const size_t size = end ? (size_t)(end - rest->data) : rest->size;
    const ofp_text part = {rest->data, size};
    rest->data += size + (end != NULL);
    rest->size -= size + (end != NULL);
    return part;
}

static pattern_list read_patterns(const char *path)
{
    const lines read = lines_read(path);
    pattern_list made = {.count = read.count};
    bench_require(read.count <= MOST_PATTERNS, "too many patterns");
    for (size_t i = 0; i < read.count; i++) {
        ofp_text rest = read.lines[i];
        made.list[i].offering = cut(&rest, '\t');
        made.list[i].weight = cut(&rest, '\t');
        made.list[i].text = rest;
    }
    return made;
}

static const matcher *find_matcher(const char *name)
{
    static const matcher *const all[] = {
        &library_matcher,
        &prepared_matcher,
        &pcre2_matcher,
#ifdef WITH_VECTORSCAN
        &vectorscan_matcher,
#endif
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(all[i]->name, name) == 0)
            return all[i];
    }
    bench_require(false, "%s is not built in", name);
    return NULL;
}

static uint64_t answer(void *self, size_t input)
{
    setting *s = self;
    s->last = input;
    return s->matcher->match(s->matching, s->texts.lines[input]);
}

static void show(void *self, fixture_text *text)
{
    setting *s = self;
    fixture_write(text, "%" PRIu64, s->matcher->found(s->matching, s->texts.lines[s->last]));
}

int main(int argc, char **argv)
{
    const bench_options options = bench_start(argc, argv, 3, "WAY PATTERNS.tsv TEXTS");
    const pattern_list read = read_patterns(options.arguments[1]);
    setting s = {.matcher = find_matcher(options.arguments[0])};
    s.matching = s.matcher->make(&read);
    s.texts = lines_read(options.arguments[2]);
    const peer served = {s.matcher->name, s.matcher->version, s.texts.count, answer, show, NULL};
    return peer_serve(&served, &s);
}
