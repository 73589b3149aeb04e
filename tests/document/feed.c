/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "expect.h"
#include "fixture.h"

static ofp_status feed_value(ofp_reader *reader, const char **at);

static void skip(const char **at, const char *what)
{
    *at += strspn(*at, what);
}

static ofp_text take_text(const char **at)
{
    const char *start = ++*at;
    *at += strcspn(start, "'");
    const ofp_text text = {start, (size_t)(*at - start)};
    ++*at;
    return text;
}

static ofp_status feed_members(ofp_reader *reader, const char **at, char end)
{
    for (skip(at, " ,"); **at != end; skip(at, " ,")) {
        ofp_status status = OFP_STATUS_OK;
        if (end == '}') {
            status = ofp_reader_key(reader, take_text(at));
            skip(at, " :");
        }
        if (!status)
            status = feed_value(reader, at);
        if (status)
            return status;
    }
    ++*at;
    return end == '}' ? ofp_reader_end_object(reader) : ofp_reader_end_list(reader);
}

static ofp_status feed_number(ofp_reader *reader, const char **at)
{
    char *end;
    const int64_t number = strtoll(*at, &end, 10);
    expect_each(end != *at, "the test's notation is wrong: %s", *at);
    *at = end;
    return ofp_reader_integer(reader, number);
}

static ofp_status feed_word(ofp_reader *reader, const char **at)
{
    const char *word = *at;
    if (*word == '~') {
        ++*at;
        return ofp_reader_other_number(reader);
    }
    if (!strchr("tfn", *word))
        return feed_number(reader, at);
    *at += strspn(word, "abcdefghijklmnopqrstuvwxyz");
    return *word == 'n' ? ofp_reader_null(reader) : ofp_reader_boolean(reader, *word == 't');
}

static ofp_status feed_value(ofp_reader *reader, const char **at)
{
    skip(at, " ");
    if (**at == '\'')
        return ofp_reader_string(reader, take_text(at));
    if (**at != '{' && **at != '[')
        return feed_word(reader, at);
    const bool object = **at == '{';
    ++*at;
    const ofp_status status =
        object ? ofp_reader_begin_object(reader) : ofp_reader_begin_list(reader);
    return status ? status : feed_members(reader, at, object ? '}' : ']');
}

ofp_status feed(ofp_reader *reader, const char *notation)
{
    return feed_value(reader, &notation);
}
