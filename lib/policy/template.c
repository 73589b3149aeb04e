/* SPDX-License-Identifier: MIT */
#include "template.h"

#include <stdbool.h>

#include "span.h"

const ofp_text ofp_placeholder_names[OFP_PLACEHOLDER_COUNT] = {
    [OFP_PLACEHOLDER_TICKET] = {"ticket", 6},
    [OFP_PLACEHOLDER_ORG] = {"org", 3},
    [OFP_PLACEHOLDER_ORG_NAME] = {"org_name", 8},
    [OFP_PLACEHOLDER_OFFERING] = {"offering", 8},
    [OFP_PLACEHOLDER_LEVEL] = {"level", 5},
    [OFP_PLACEHOLDER_CURRENT_OFFERING] = {"current_offering", 16},
    [OFP_PLACEHOLDER_CURRENT_LEVEL] = {"current_level", 13},
    [OFP_PLACEHOLDER_TARGET_DATE] = {"target_date", 11},
    [OFP_PLACEHOLDER_MIGRATION] = {"migration", 9},
    [OFP_PLACEHOLDER_PRIORITY] = {"priority", 8},
    [OFP_PLACEHOLDER_OWNER] = {"owner", 5},
    [OFP_PLACEHOLDER_REASON] = {"reason", 6},
    [OFP_PLACEHOLDER_EVIDENCE] = {"evidence", 8},
};

static bool is_name_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || byte == '_';
}

/* The next "{name}" at or behind `at`; its name is empty if there is none. */
static ofp_text find_placeholder(ofp_text text, size_t at)
{
    for (; at < text.size; at++) {
        if (text.data[at] != '{')
            continue;
        size_t end = at + 1;
        while (end < text.size && is_name_letter(text.data[end]))
            end++;
        if (end > at + 1 && end < text.size && text.data[end] == '}')
            return (ofp_text){text.data + at + 1, end - at - 1};
    }
    return (ofp_text){0};
}

static ofp_placeholder placeholder_of(ofp_text name)
{
    for (int i = 1; i < OFP_PLACEHOLDER_COUNT; i++) {
        if (ofp_span_equal(name, ofp_placeholder_names[i]))
            return (ofp_placeholder)i;
    }
    return OFP_PLACEHOLDER_NONE;
}

static size_t count_placeholders(ofp_text text)
{
    size_t count = 0, at = 0;
    for (ofp_text name; (name = find_placeholder(text, at)).size; count++)
        at = (size_t)(name.data - text.data) + name.size;
    return count;
}

ofp_template_result ofp_template_compile(ofp_text text, ofp_arena *arena, ofp_template *ret,
                                         ofp_text *retunknown)
{
    const char *copy = ofp_arena_copy(arena, text);
    /* A literal piece before each placeholder, and one behind the last. */
    ofp_piece *pieces = ofp_arena_alloc(arena, 2 * count_placeholders(text) + 1, sizeof *pieces);
    if (!copy || !pieces)
        return OFP_TEMPLATE_NO_MEMORY;
    size_t count = 0, at = 0;
    for (ofp_text name; (name = find_placeholder(text, at)).size;) {
        const size_t brace = (size_t)(name.data - text.data) - 1;
        const ofp_placeholder placeholder = placeholder_of(name);
        if (placeholder == OFP_PLACEHOLDER_NONE) {
            *retunknown = name;
            return OFP_TEMPLATE_UNKNOWN;
        }
        if (brace > at)
            pieces[count++].literal = (ofp_text){copy + at, brace - at};
        pieces[count++].placeholder = placeholder;
        at = brace + name.size + 2;
    }
    if (at < text.size)
        pieces[count++].literal = (ofp_text){copy + at, text.size - at};
    *ret = (ofp_template){pieces, count};
    return OFP_TEMPLATE_OK;
}

void ofp_template_render(const ofp_template *message, const ofp_text *values, ofp_buffer *buffer)
{
    for (size_t i = 0; i < message->count; i++) {
        const ofp_piece *piece = &message->pieces[i];
        const ofp_text value = values[piece->placeholder];
        if (piece->placeholder == OFP_PLACEHOLDER_NONE)
            ofp_buffer_put_text(buffer, piece->literal);
        else if (value.data)
            ofp_buffer_put_harmless(buffer, value);
        else
            ofp_buffer_puts(buffer, "\xE2\x80\x93"); /* an en dash */
    }
}
