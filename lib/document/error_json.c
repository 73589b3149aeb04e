/* SPDX-License-Identifier: MIT */
#include <offerpolicy/document.h>

#include "json_writer.h"

ofp_status ofp_error_write_json(const ofp_error *error, const char *file, uint64_t line,
                                ofp_buffer *buffer, ofp_error **reterr)
{
    const ofp_diagnostic *first = ofp_error_first(error);
    const size_t mark = buffer->size;
    ofp_json_writer json = {.buffer = buffer};
    ofp_json_open(&json, '{');
    ofp_json_key(&json, "error");
    ofp_json_open(&json, '{');
    ofp_json_key(&json, "code");
    ofp_json_string(&json, ofp_code_name(first->code));
    ofp_json_key(&json, "message");
    ofp_json_string(&json, first->message);
    ofp_json_key(&json, "file");
    ofp_json_string(&json, file);
    ofp_json_key(&json, "line");
    if (line)
        ofp_json_integer(&json, (int64_t)line);
    else
        ofp_json_null(&json);
    ofp_json_key(&json, "pointer");
    ofp_json_string(&json, first->pointer);
    ofp_json_close(&json, '}');
    ofp_json_close(&json, '}');
    return ofp_buffer_check(buffer, mark, reterr);
}
