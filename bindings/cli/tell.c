/* SPDX-License-Identifier: MIT */
#include "tell.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "progress.h"

/* Longer messages are cut off. */
enum { MESSAGE_SIZE = 4096 };

/* Not one of ASCII's: the 8-bit ones, those that end lines, and those that turn text around. */
static bool is_control(unsigned character)
{
    return (character >= 0x80 && character < 0xA0) || character == 0x061C || character == 0x200E ||
           character == 0x200F || (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xFEFF;
}

size_t control_size(ofp_text text)
{
    const unsigned char *at = (const unsigned char *)text.data;
    if (text.size && (at[0] < 0x20 || at[0] == 0x7F))
        return 1;
    if (text.size >= 2 && (at[0] & 0xE0) == 0xC0)
        return is_control((at[0] & 0x1FU) << 6 | (at[1] & 0x3FU)) ? 2 : 0;
    if (text.size >= 3 && (at[0] & 0xF0) == 0xE0)
        return is_control((at[0] & 0x0FU) << 12 | (at[1] & 0x3FU) << 6 | (at[2] & 0x3FU)) ? 3 : 0;
    return 0;
}

void make_harmless(char *text)
{
    size_t left = strlen(text);
    while (left) {
        const size_t size = control_size((ofp_text){text, left});
        memset(text, '?', size);
        text += size ? size : 1;
        left -= size ? size : 1;
    }
}

void tell(const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    make_harmless(message);
    progress_clear();
    fprintf(stderr, "offerpolicy: %s\n", message);
}

/* "file:line:", where it is known. */
static void describe_place(const ofp_diagnostic *diagnostic, char *ret, size_t size)
{
    *ret = '\0';
    if (diagnostic->source && diagnostic->line)
        snprintf(ret, size, "%s:%" PRIu32 ": ", diagnostic->source, diagnostic->line);
    else if (diagnostic->source)
        snprintf(ret, size, "%s: ", diagnostic->source);
}

int tell_failure(ofp_error *error)
{
    if (!error) {
        tell("out of memory [%s]", ofp_code_name(OFP_CODE_NO_MEMORY));
        return EXIT_NOTHING;
    }
    for (size_t i = 0; i < ofp_error_count(error); i++) {
        const ofp_diagnostic *diagnostic = ofp_error_diagnostic(error, i);
        char place[512];
        describe_place(diagnostic, place, sizeof place);
        tell("%s%s [%s]", place, diagnostic->message, ofp_code_name(diagnostic->code));
    }
    const ofp_status status = ofp_error_status(error);
    ofp_error_free(error);
    const bool refused = status == OFP_STATUS_BAD_REQUEST || status == OFP_STATUS_NOT_FOUND ||
                         status == OFP_STATUS_NOT_ALLOWED || status == OFP_STATUS_CONFLICT;
    return refused ? EXIT_BAD : EXIT_NOTHING;
}

int tell_finding(ofp_error *error)
{
    const bool found = error && ofp_error_status(error) == OFP_STATUS_CORRUPT;
    const int status = tell_failure(error);
    return found ? EXIT_BAD : status;
}

const char *shown_name(const char *name)
{
    return strcmp(name, "-") == 0 ? "<stdin>" : name;
}

const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}
