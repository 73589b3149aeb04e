/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

void fixture_require(ofp_status status, ofp_error *error, const char *what)
{
    if (!status)
        return;
    const ofp_diagnostic *first = ofp_error_first(error);
    bench_require(false, "%s: line %u: %s [%s]", what, first->line, first->message,
                  ofp_code_name(first->code));
}

ofp_policy *fixture_load(const char *path)
{
    ofp_policy *policy;
    ofp_error *error;
    const ofp_status status = ofp_policy_load(path, NULL, &policy, &error);
    fixture_require(status, error, path);
    return policy;
}

ofp_policy *fixture_parse(ofp_text yaml)
{
    ofp_policy *policy;
    ofp_error *error;
    const ofp_status status = ofp_policy_parse(yaml, NULL, &policy, &error);
    fixture_require(status, error, "ofp_policy_parse()");
    return policy;
}

ofp_scratch *fixture_scratch(void)
{
    ofp_scratch *scratch;
    ofp_error *error;
    const ofp_status status = ofp_scratch_new(&scratch, &error);
    fixture_require(status, error, "ofp_scratch_new()");
    return scratch;
}

ofp_buffer *fixture_buffer(void)
{
    ofp_buffer *buffer;
    ofp_error *error;
    const ofp_status status = ofp_buffer_new(&buffer, &error);
    fixture_require(status, error, "ofp_buffer_new()");
    return buffer;
}

void *fixture_alloc(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    bench_require(memory != NULL, "out of memory");
    return memory;
}

static void make_room(fixture_text *text, size_t size)
{
    if (text->capacity - text->size > size)
        return;
    text->capacity = 2 * text->capacity + size + 1;
    text->data = realloc(text->data, text->capacity);
    bench_require(text->data != NULL, "out of memory");
}

void fixture_write(fixture_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    make_room(text, (size_t)size);
    va_start(arguments, format);
    vsnprintf(text->data + text->size, text->capacity - text->size, format, arguments);
    va_end(arguments);
    text->size += (size_t)size;
}

ofp_text fixture_written(const fixture_text *text)
{
    return (ofp_text){text->data, text->size};
}
