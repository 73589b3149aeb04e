/* SPDX-License-Identifier: MIT */
/* What becomes of the texts in a document. */
#include "array.h"
#include "failure.h"
#include "moment.h"
#include "reader_state.h"
#include "span.h"
#include "tables.h"

static void *place_of(const ofp_slot *slot, void *target)
{
    return (char *)target + slot->offset;
}

/* Patterns are matched without a further check, so that nothing else may pass. */
static bool is_utf8(ofp_reader *reader, ofp_text text)
{
    if (ofp_span_is_utf8(text))
        return true;
    ofp_reader_mistake(reader, OFP_CODE_INVALID_UTF8, "the text is not valid UTF-8");
    return false;
}

ofp_status ofp_take_text(ofp_reader *reader, const ofp_slot *slot, void *target, ofp_text text)
{
    if (!is_utf8(reader, text))
        return reader->status;
    *(ofp_text *)place_of(slot, target) = text;
    return OFP_STATUS_OK;
}

ofp_status ofp_take_member(ofp_reader *reader, const ofp_slot *slot, void *target, ofp_text text)
{
    ofp_text_list *list = place_of(slot, target);
    if (!is_utf8(reader, text))
        return reader->status;
    if (!OFP_ARRAY_GROW(list))
        return ofp_reader_no_memory(reader);
    list->items[list->count++] = text;
    return OFP_STATUS_OK;
}

ofp_status ofp_take_name(ofp_reader *reader, const ofp_slot *slot, void *target, ofp_text text)
{
    const ofp_names *names = (const ofp_names *)((const char *)reader->policy + slot->names);
    const int32_t index = ofp_names_find(names, text);
    if (index < 0)
        return ofp_reader_unknown(reader, OFP_CODE_UNKNOWN_NAME, slot->noun, text,
                                  (ofp_words){names->items, names->count});
    *(int32_t *)place_of(slot, target) = index;
    return OFP_STATUS_OK;
}

ofp_status ofp_take_word(ofp_reader *reader, const ofp_slot *slot, void *target, ofp_text text)
{
    size_t index = 0;
    while (index < slot->words->count && !ofp_span_equal(slot->words->items[index], text))
        index++;
    if (index == slot->words->count)
        return ofp_reader_unknown(reader, OFP_CODE_UNKNOWN_NAME, slot->noun, text, *slot->words);
    *(int *)place_of(slot, target) = (int)index;
    return OFP_STATUS_OK;
}

static ofp_status moment_mistake(ofp_reader *reader, ofp_code code, ofp_text text)
{
    return ofp_reader_mistake(reader, code, "\"%s\" %s", ofp_quote(text).text,
                              ofp_moment_problem(code));
}

ofp_status ofp_take_instant(ofp_reader *reader, const ofp_slot *slot, void *target, ofp_text text)
{
    const ofp_code code = ofp_instant_scan(text, place_of(slot, target));
    return code ? moment_mistake(reader, code, text) : OFP_STATUS_OK;
}

ofp_status ofp_take_date(ofp_reader *reader, const ofp_slot *slot, void *target, ofp_text text)
{
    const ofp_code code = ofp_date_scan(text, place_of(slot, target));
    return code ? moment_mistake(reader, code, text) : OFP_STATUS_OK;
}
