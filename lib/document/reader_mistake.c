/* SPDX-License-Identifier: MIT */
#include <stdarg.h>

#include "buffer.h"
#include "failure.h"
#include "reader_state.h"
#include "span.h"

/* As many names are listed in a message. */
enum { NAMES_SHOWN = 12 };

/* Writes a key as a token of a JSON pointer. People will see it: control characters do no harm. */
static void put_token(ofp_buffer *pointer, ofp_text key)
{
    size_t from = 0;
    for (size_t at = 0; at < key.size; at++) {
        if (key.data[at] != '~' && key.data[at] != '/')
            continue;
        ofp_buffer_put_harmless(pointer, (ofp_text){key.data + from, at - from});
        ofp_buffer_puts(pointer, key.data[at] == '~' ? "~0" : "~1");
        from = at + 1;
    }
    ofp_buffer_put_harmless(pointer, (ofp_text){key.data + from, key.size - from});
}

/* Writes the JSON pointer that leads through all frames up to this one. */
static void put_pointer(ofp_buffer *pointer, const ofp_reader *reader, const ofp_frame *last)
{
    for (const ofp_frame *frame = reader->frames + 1; frame <= last; frame++) {
        ofp_buffer_puts(pointer, "/");
        if (frame->object)
            put_token(pointer, frame->key);
        else
            ofp_buffer_put_integer(pointer, (int64_t)frame->index);
    }
}

static ofp_status report(ofp_reader *reader, const ofp_frame *last, ofp_code code,
                         const char *format, va_list arguments)
{
    ofp_buffer pointer = {0}, message = {0};
    put_pointer(&pointer, reader, last);
    ofp_buffer_vprintf(&message, format, arguments);
    if (pointer.failed || message.failed)
        ofp_reader_no_memory(reader);
    else
        reader->status =
            ofp_fail_at(&reader->error, (ofp_place){.pointer = ofp_buffer_text(&pointer).data},
                        code, "%s", ofp_buffer_text(&message).data);
    ofp_buffer_release(&pointer);
    ofp_buffer_release(&message);
    return reader->status;
}

ofp_status ofp_reader_mistake(ofp_reader *reader, ofp_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const ofp_status status = report(reader, reader->frame, code, format, arguments);
    va_end(arguments);
    return status;
}

ofp_status ofp_reader_mistake_around(ofp_reader *reader, ofp_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const ofp_status status = report(reader, reader->frame - 1, code, format, arguments);
    va_end(arguments);
    return status;
}

ofp_status ofp_reader_misuse(ofp_reader *reader, const char *what)
{
    if (!reader->status)
        reader->status = ofp_fail(&reader->error, OFP_CODE_MISUSE, "%s", what);
    return reader->status;
}

ofp_status ofp_reader_no_memory(ofp_reader *reader)
{
    reader->status = ofp_fail_no_memory(&reader->error);
    return reader->status;
}

static void put_names(ofp_buffer *list, ofp_words known)
{
    for (size_t i = 0; i < known.count && i < NAMES_SHOWN; i++) {
        ofp_buffer_puts(list, i ? ", " : "");
        ofp_buffer_put_text(list, known.items[i]);
    }
    if (known.count > NAMES_SHOWN)
        ofp_buffer_printf(list, " and %zu more", known.count - NAMES_SHOWN);
    if (known.count == 0)
        ofp_buffer_puts(list, "none");
}

ofp_status ofp_reader_unknown(ofp_reader *reader, ofp_code code, const char *noun, ofp_text name,
                              ofp_words known)
{
    if (name.size > OFP_NAME_LIMIT)
        return ofp_reader_mistake_around(reader, OFP_CODE_TEXT_TOO_LONG,
                                         "a key has %zu bytes; at most %zu are allowed", name.size,
                                         OFP_NAME_LIMIT);
    const int nearest = ofp_span_nearest(name, known.items, known.count);
    if (nearest >= 0)
        return ofp_reader_mistake(reader, code, "unknown %s \"%s\": did you mean \"%s\"?", noun,
                                  ofp_quote(name).text, ofp_quote(known.items[nearest]).text);
    ofp_buffer list = {0};
    put_names(&list, known);
    const ofp_status status =
        list.failed ? ofp_reader_no_memory(reader)
                    : ofp_reader_mistake(reader, code, "unknown %s \"%s\"; known here: %s", noun,
                                         ofp_quote(name).text, ofp_buffer_text(&list).data);
    ofp_buffer_release(&list);
    return status;
}

ofp_status ofp_reader_duplicate(ofp_reader *reader, ofp_text key)
{
    return ofp_reader_mistake(reader, OFP_CODE_DUPLICATE_KEY, "the key \"%s\" stands twice",
                              ofp_quote(key).text);
}

ofp_status ofp_reader_missing_keys(ofp_reader *reader)
{
    const ofp_frame *frame = reader->frame;
    ofp_buffer names = {0};
    size_t count = 0;
    for (size_t i = 0; i < frame->object->required_count; i++) {
        if (frame->seen >> i & 1)
            continue;
        ofp_buffer_puts(&names, count++ ? ", \"" : "\"");
        ofp_buffer_put_text(&names, frame->object->slots[i].name);
        ofp_buffer_puts(&names, "\"");
    }
    const ofp_status status =
        names.failed ? ofp_reader_no_memory(reader)
                     : ofp_reader_mistake_around(reader, OFP_CODE_MISSING_KEY, "%s missing: %s",
                                                 count > 1 ? "keys are" : "a key is",
                                                 ofp_buffer_text(&names).data);
    ofp_buffer_release(&names);
    return status;
}

/* Could the value that is due be left out? */
static bool is_optional(const ofp_reader *reader)
{
    const ofp_object *object = reader->frame->object;
    return object && !object->find &&
           (size_t)(reader->slot - object->slots) >= object->required_count;
}

ofp_status ofp_reader_wrong_type(ofp_reader *reader, ofp_type type)
{
    static const char *const expected[] = {
        [OFP_TYPE_OBJECT] = "an object",      [OFP_TYPE_LIST] = "a list",
        [OFP_TYPE_TEXT] = "a text",           [OFP_TYPE_INTEGER] = "a whole number",
        [OFP_TYPE_BOOLEAN] = "true or false",
    };
    static const char *const found[] = {
        [OFP_TYPE_OBJECT] = "an object",
        [OFP_TYPE_LIST] = "a list",
        [OFP_TYPE_TEXT] = "a text",
        [OFP_TYPE_INTEGER] = "a number",
        [OFP_TYPE_BOOLEAN] = "true or false",
        [OFP_TYPE_NULL] = "null",
        [OFP_TYPE_OTHER_NUMBER] = "a number that is not whole or is too large",
    };
    if (type == OFP_TYPE_NULL && is_optional(reader))
        return ofp_reader_mistake(reader, OFP_CODE_WRONG_TYPE,
                                  "null is not allowed here; leave the key out");
    return ofp_reader_mistake(reader, OFP_CODE_WRONG_TYPE, "expected %s, got %s",
                              expected[reader->slot->type], found[type]);
}
