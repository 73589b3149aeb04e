/* SPDX-License-Identifier: MIT */
#include "unknown.h"

#include "buffer.h"
#include "node_reader.h"
#include "span.h"

enum {
    MOST_LISTED = 16,     /* more words than this are not listed: nobody would read them */
    MOST_COMPARED = 1000, /* among more words than this the nearest one is not looked for */
};

static void put_list(ofp_buffer *buffer, const ofp_text *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            ofp_buffer_puts(buffer, i + 1 < count ? ", " : " and ");
        ofp_buffer_printf(buffer, "\"%s\"", ofp_quote(words[i]).text);
    }
}

static void put_advice(ofp_buffer *buffer, int nearest, const ofp_text *known, size_t count)
{
    if (nearest >= 0) {
        ofp_buffer_printf(buffer, ": did you mean \"%s\"?", ofp_quote(known[nearest]).text);
    } else if (count == 0) {
        ofp_buffer_puts(buffer, ": there are none");
    } else if (count <= MOST_LISTED) {
        ofp_buffer_puts(buffer, count == 1 ? ": there is only " : ": there are ");
        put_list(buffer, known, count);
    }
}

int ofp_report_unknown(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_text word,
                       ofp_code code, const char *what, const ofp_text *known, size_t count)
{
    const bool worth_it = count <= MOST_COMPARED && !ofp_compiler_is_full(compiler);
    const int nearest = worth_it ? ofp_span_nearest(word, known, count) : -1;
    ofp_buffer advice = {0};
    put_advice(&advice, nearest, known, count);
    ofp_buffer_put(&advice, "", 1);
    if (advice.failed)
        ofp_compiler_no_memory(compiler);
    else
        ofp_compiler_report(compiler, node, code, "unknown %s \"%s\"%s", what, ofp_quote(word).text,
                            advice.data);
    ofp_buffer_release(&advice);
    return nearest;
}

static int32_t find_word(ofp_text text, const ofp_text *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ofp_span_equal(text, words[i]))
            return (int32_t)i;
    }
    return -1;
}

int32_t ofp_read_word(ofp_compiler *compiler, const ofp_yaml_node *node, const char *what,
                      const ofp_text *words, size_t count)
{
    ofp_text text;
    if (!ofp_read_text(compiler, node, &text))
        return -1;
    const int32_t word = find_word(text, words, count);
    if (word < 0)
        ofp_report_unknown(compiler, node, text, OFP_CODE_POLICY_UNKNOWN_NAME, what, words, count);
    return word;
}
