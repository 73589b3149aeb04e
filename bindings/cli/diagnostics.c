/* SPDX-License-Identifier: MIT */
#include "diagnostics.h"

#include <inttypes.h>
#include <string.h>

#include "excerpt.h"
#include "progress.h"
#include "tell.h"

enum { PLACE_SIZE = 4096 + 64 };

struct style diagnostics_style(bool colour)
{
    if (!colour)
        return (struct style){"", "", "", "", ""};
    return (struct style){
        .place = "\033[1m",
        .error = "\033[1;31m",
        .warning = "\033[1;33m",
        .caret = "\033[1;32m",
        .plain = "\033[0m",
    };
}

/* "file:line:column", as far as it is known. */
static void describe_place(const char *file, uint64_t line, uint32_t column, char text[PLACE_SIZE])
{
    int used = snprintf(text, PLACE_SIZE - 64, "%s", file);
    if (used >= PLACE_SIZE - 64)
        used = PLACE_SIZE - 65;
    if (line)
        used += snprintf(text + used, 32, ":%" PRIu64, line);
    if (line && column)
        snprintf(text + used, 32, ":%" PRIu32, column);
    make_harmless(text);
}

void diagnostics_print(FILE *to, const ofp_diagnostic *diagnostic, const struct style *style,
                       size_t width)
{
    const bool warns = diagnostic->severity == OFP_SEVERITY_WARNING;
    char place[PLACE_SIZE];
    describe_place(diagnostic->source ? diagnostic->source : "policy", diagnostic->line,
                   diagnostic->column, place);
    fprintf(to, "%s%s:%s %s%s:%s %s [%s]\n", style->place, place, style->plain,
            warns ? style->warning : style->error, warns ? "warning" : "error", style->plain,
            diagnostic->message, ofp_code_name(diagnostic->code));
    if (diagnostic->excerpt && *diagnostic->excerpt)
        excerpt_print(to, diagnostic->excerpt, diagnostic->caret, style, width);
}

void diagnostics_tell_bad_record(const ofp_error *error, const char *file, uint64_t line)
{
    char place[PLACE_SIZE];
    describe_place(shown_name(file), line, 0, place);
    progress_clear();
    if (!error) {
        fprintf(stderr, "%s: error: out of memory [%s]\n", place,
                ofp_code_name(OFP_CODE_NO_MEMORY));
        return;
    }
    const ofp_diagnostic *first = ofp_error_first(error);
    const bool pointed = first->pointer && *first->pointer;
    fprintf(stderr, "%s: error: %s%s%s [%s]\n", place, pointed ? first->pointer : "",
            pointed ? ": " : "", first->message, ofp_code_name(first->code));
}
