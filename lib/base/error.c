/* SPDX-License-Identifier: MIT */
#include <offerpolicy/error.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"
#include "report.h"
#include "span.h"

struct ofp_error {
    ofp_status status;
    size_t first; /* index of the first error */
    ofp_report report;
};

static const struct {
    ofp_code code;
    ofp_status status;
    ofp_severity severity;
    const char *name;
} codes[] = {
#include "codes_table.h"
};

static ofp_diagnostic no_memory_diagnostic = {
    .severity = OFP_SEVERITY_ERROR,
    .code = OFP_CODE_NO_MEMORY,
    .message = "out of memory",
};

/* It is only read: nobody may free or change it. */
static ofp_error no_memory_error = {
    .status = OFP_STATUS_NO_MEMORY,
    .report = {.items = &no_memory_diagnostic, .count = 1, .error_count = 1},
};

/* The code's row; the first one for a number of no code, which can only mean a mistake of ours. */
static size_t find_code(ofp_code code)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].code == code)
            return i;
    }
    return 0;
}

ofp_status ofp_code_status(ofp_code code)
{
    return codes[find_code(code)].status;
}

ofp_severity ofp_code_severity(ofp_code code)
{
    return codes[find_code(code)].severity;
}

const char *ofp_code_name(ofp_code code)
{
    const size_t row = find_code(code);
    return codes[row].code == code ? codes[row].name : "OFP-000";
}

const char *ofp_status_name(ofp_status status)
{
    static const char *const names[] = {
        [OFP_STATUS_OK] = "ok",
        [OFP_STATUS_NO_MEMORY] = "no_memory",
        [OFP_STATUS_MISUSE] = "misuse",
        [OFP_STATUS_IO] = "io",
        [OFP_STATUS_BAD_POLICY] = "bad_policy",
        [OFP_STATUS_BAD_REQUEST] = "bad_request",
        [OFP_STATUS_BAD_ZONE] = "bad_zone",
        [OFP_STATUS_BUSY] = "busy",
        [OFP_STATUS_FULL] = "full",
        [OFP_STATUS_READ_ONLY] = "read_only",
        [OFP_STATUS_CORRUPT] = "corrupt",
        [OFP_STATUS_BAD_STORE] = "bad_store",
        [OFP_STATUS_NOT_FOUND] = "not_found",
        [OFP_STATUS_NOT_ALLOWED] = "not_allowed",
        [OFP_STATUS_CONFLICT] = "conflict",
    };
    return (size_t)status < sizeof names / sizeof *names ? names[status] : "unknown";
}

ofp_status ofp_fail_no_memory(ofp_error **reterr)
{
    if (reterr)
        *reterr = &no_memory_error;
    return OFP_STATUS_NO_MEMORY;
}

ofp_status ofp_report_fail(ofp_report *report, ofp_error **reterr)
{
    ofp_error *error = report->failed ? NULL : malloc(sizeof *error);
    if (!error) {
        ofp_report_free(report);
        return ofp_fail_no_memory(reterr);
    }
    size_t first = 0;
    while (first + 1 < report->count && report->items[first].severity != OFP_SEVERITY_ERROR)
        first++;
    const ofp_status status = ofp_code_status(report->items[first].code);
    *error = (ofp_error){.status = status, .first = first, .report = *report};
    error->report.text = (ofp_text){0};
    *report = (ofp_report){0};
    if (reterr)
        *reterr = error;
    else
        ofp_error_free(error);
    return status;
}

static ofp_status fail(ofp_error **reterr, ofp_place place, ofp_code code, const char *format,
                       va_list arguments)
{
    /* Nobody wants to know more than the status. */
    if (!reterr)
        return ofp_code_status(code);
    ofp_report report = {0};
    ofp_report_vadd(&report, place, code, format, arguments);
    return ofp_report_fail(&report, reterr);
}

ofp_status ofp_fail_at(ofp_error **reterr, ofp_place place, ofp_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const ofp_status status = fail(reterr, place, code, format, arguments);
    va_end(arguments);
    return status;
}

ofp_status ofp_fail(ofp_error **reterr, ofp_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const ofp_status status = fail(reterr, (ofp_place){0}, code, format, arguments);
    va_end(arguments);
    return status;
}

ofp_status ofp_error_status(const ofp_error *error)
{
    return error->status;
}

const ofp_diagnostic *ofp_error_first(const ofp_error *error)
{
    return &error->report.items[error->first];
}

size_t ofp_error_count(const ofp_error *error)
{
    return error->report.count;
}

const ofp_diagnostic *ofp_error_diagnostic(const ofp_error *error, size_t index)
{
    return index < error->report.count ? &error->report.items[index] : NULL;
}

const char *ofp_error_message(const ofp_error *error)
{
    return ofp_error_first(error)->message;
}

ofp_error *ofp_error_free(ofp_error *error)
{
    if (error && error != &no_memory_error) {
        ofp_report_free(&error->report);
        free(error);
    }
    return NULL;
}

ofp_quoted ofp_quote(ofp_text text)
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    ofp_quoted quoted;
    const size_t room = sizeof quoted.text - sizeof ellipsis;
    size_t used = 0;
    while (text.size) {
        size_t size;
        const uint32_t character = ofp_span_character(text, &size);
        const bool harmless =
            !ofp_character_is_control(character) && (character != 0xFFFD || size > 1);
        const char *shown = harmless ? text.data : "\xEF\xBF\xBD";
        const size_t shown_size = harmless ? size : 3;
        if (used + shown_size > room)
            break;
        memcpy(quoted.text + used, shown, shown_size);
        used += shown_size;
        text.data += size;
        text.size -= size;
    }
    memcpy(quoted.text + used, text.size ? ellipsis : "", text.size ? sizeof ellipsis : 1);
    return quoted;
}
