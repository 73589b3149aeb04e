/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "failure.h"
#include "reader_state.h"
#include "span.h"

/* The slot of the next value, if a value of this type belongs there. */
static const ofp_slot *expect(ofp_reader *reader, ofp_type type)
{
    const ofp_slot *slot = reader->slot;
    if (reader->status)
        return NULL;
    if (!slot)
        ofp_reader_misuse(
            reader, "a reader got a value where none belongs: before the begin, after the end, "
                    "or without a key");
    else if (reader->frame->item && reader->frame->index == OFP_LIST_LIMIT)
        ofp_reader_mistake_around(reader, OFP_CODE_LIST_TOO_LONG,
                                  "the list is too long: at most %zu members are allowed",
                                  OFP_LIST_LIMIT);
    else if (slot->type != type)
        ofp_reader_wrong_type(reader, type);
    else
        return slot;
    return NULL;
}

/* The value that was due is complete. */
static ofp_status complete(ofp_reader *reader)
{
    reader->frame->index++;
    reader->slot = reader->frame->item;
    return OFP_STATUS_OK;
}

/* A level deeper. There is room: what nests deeper than the schemas is of the wrong type. */
static ofp_status enter(ofp_reader *reader, const ofp_object *object, const ofp_slot *item,
                        void *target)
{
    *++reader->frame = (ofp_frame){.object = object, .item = item, .target = target};
    reader->slot = item;
    return OFP_STATUS_OK;
}

static ofp_status leave(ofp_reader *reader)
{
    reader->frame--;
    return complete(reader);
}

ofp_status ofp_reader_begin_object(ofp_reader *reader)
{
    const ofp_slot *slot = expect(reader, OFP_TYPE_OBJECT);
    if (!slot)
        return reader->status;
    void *target = slot->object->begin(reader);
    if (!target)
        return ofp_reader_no_memory(reader);
    return enter(reader, slot->object, NULL, target);
}

ofp_status ofp_reader_begin_list(ofp_reader *reader)
{
    const ofp_slot *slot = expect(reader, OFP_TYPE_LIST);
    if (!slot)
        return reader->status;
    return enter(reader, NULL, slot->item, (char *)reader + slot->offset);
}

static ofp_status unknown_key(ofp_reader *reader, const ofp_object *object, ofp_text key)
{
    ofp_text known[32];
    for (size_t i = 0; i < object->slot_count; i++)
        known[i] = object->slots[i].name;
    return ofp_reader_unknown(reader, OFP_CODE_UNKNOWN_KEY, "key", key,
                              (ofp_words){known, object->slot_count});
}

/*
 * The slot with this name. Programs write the keys of their documents in the same order again and
 * again, mostly that of the tables: so the search starts behind the last one.
 */
static const ofp_slot *find_slot(ofp_reader *reader, ofp_frame *frame, ofp_text key)
{
    const ofp_object *object = frame->object;
    size_t at = frame->index;
    for (size_t i = 0; i < object->slot_count; i++, at++) {
        if (at >= object->slot_count)
            at = 0;
        if (!ofp_span_equal(object->slots[at].name, key))
            continue;
        const uint32_t bit = UINT32_C(1) << at;
        if (frame->seen & bit) {
            ofp_reader_duplicate(reader, key);
            return NULL;
        }
        frame->seen |= bit;
        frame->index = at; /* complete() moves it on */
        return &object->slots[at];
    }
    unknown_key(reader, object, key);
    return NULL;
}

ofp_status ofp_reader_key(ofp_reader *reader, ofp_text key)
{
    if (reader->status)
        return reader->status;
    ofp_frame *frame = reader->frame;
    if (reader->slot || !frame || !frame->object)
        return ofp_reader_misuse(
            reader, "a reader got a key where none belongs: outside an object, or right "
                    "after another key");
    /* An empty key may come without data. */
    frame->key = key.data ? key : (ofp_text){"", 0};
    reader->slot =
        frame->object->find ? frame->object->find(reader, key) : find_slot(reader, frame, key);
    return reader->status;
}

ofp_status ofp_reader_end_object(ofp_reader *reader)
{
    if (reader->status)
        return reader->status;
    ofp_frame *frame = reader->frame;
    if (reader->slot || !frame || !frame->object)
        return ofp_reader_misuse(
            reader, "a reader got the end of an object that has not begun, or that lacks "
                    "the value of its last key");
    const uint32_t required = (UINT32_C(1) << frame->object->required_count) - 1;
    if (required & ~frame->seen)
        return ofp_reader_missing_keys(reader);
    if (frame->object->end && frame->object->end(reader, frame->target))
        return reader->status;
    return leave(reader);
}

ofp_status ofp_reader_end_list(ofp_reader *reader)
{
    if (reader->status)
        return reader->status;
    if (!reader->frame || !reader->frame->item)
        return ofp_reader_misuse(reader, "a reader got the end of a list that has not begun");
    return leave(reader);
}

ofp_status ofp_reader_string(ofp_reader *reader, ofp_text value)
{
    const ofp_slot *slot = expect(reader, OFP_TYPE_TEXT);
    if (!slot)
        return reader->status;
    if (value.size > slot->limit)
        return ofp_reader_mistake(reader, OFP_CODE_TEXT_TOO_LONG,
                                  "the text has %zu bytes; at most %" PRIu64 " are allowed here",
                                  value.size, slot->limit);
    /* Without data, a text would be one that is not there. */
    if (!value.data)
        value.data = "";
    const ofp_status status = slot->take(reader, slot, reader->frame->target, value);
    return status ? status : complete(reader);
}

ofp_status ofp_reader_integer(ofp_reader *reader, int64_t value)
{
    const ofp_slot *slot = expect(reader, OFP_TYPE_INTEGER);
    if (!slot)
        return reader->status;
    if (value < 0 || (uint64_t)value > slot->limit)
        return ofp_reader_mistake(reader, OFP_CODE_NUMBER_RANGE,
                                  "%" PRId64 " is out of range: from 0 to %" PRIu64 " is allowed",
                                  value, slot->limit);
    *(int64_t *)((char *)reader->frame->target + slot->offset) = value;
    return complete(reader);
}

ofp_status ofp_reader_other_number(ofp_reader *reader)
{
    expect(reader, OFP_TYPE_OTHER_NUMBER);
    return reader->status;
}

ofp_status ofp_reader_boolean(ofp_reader *reader, bool value)
{
    const ofp_slot *slot = expect(reader, OFP_TYPE_BOOLEAN);
    if (!slot)
        return reader->status;
    *(bool *)((char *)reader->frame->target + slot->offset) = value;
    return complete(reader);
}

ofp_status ofp_reader_null(ofp_reader *reader)
{
    if (!reader->status && reader->slot && reader->slot->nullable)
        return complete(reader);
    expect(reader, OFP_TYPE_NULL);
    return reader->status;
}

ofp_status ofp_reader_fail(ofp_reader *reader, ofp_code code, const char *message)
{
    if (reader->status)
        return reader->status;
    if (!reader->frame)
        return ofp_reader_misuse(reader, "a reader was told of a failure before the begin");
    if (code == OFP_CODE_NO_MEMORY)
        return ofp_reader_no_memory(reader);
    if (ofp_code_status(code) != OFP_STATUS_BAD_REQUEST)
        return ofp_reader_misuse(reader,
                                 "a reader was told of a failure that no document can have");
    /* What can't even be begun is a mistake of the whole document, without a place in it. */
    if (reader->frame != reader->frames)
        return ofp_reader_mistake(reader, code, "%s", message);
    reader->status = ofp_fail(&reader->error, code, "%s", message);
    return reader->status;
}
