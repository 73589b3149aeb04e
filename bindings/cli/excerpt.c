/* SPDX-License-Identifier: MIT */
#include "excerpt.h"

#include <stdint.h>

#include "columns.h"
#include "terminal.h"

enum { INDENT = 4 };

/* The part of the line that is shown, in columns of the whole line; the end is not in it. */
struct window {
    size_t from, to;
    bool cut_before, cut_after;
};

/* Chooses a part of at most `room` columns around the caret. */
static struct window choose(size_t columns, size_t caret, size_t room)
{
    struct window window = {.to = columns};
    if (columns <= room)
        return window;
    if (caret >= room * 3 / 4)
        window.from = caret - room / 2;
    if (window.from + room > columns)
        window.from = columns - room;
    window.to = window.from + room;
    /* The sign that something is left out takes a column itself. */
    window.cut_before = window.from > 0;
    window.cut_after = window.to < columns;
    window.from += window.cut_before;
    window.to -= window.cut_after;
    return window;
}

/* Prints the characters in the window. @return how far right the caret stands */
static size_t print_part(FILE *to, const char *text, size_t caret, struct window window)
{
    size_t column = 0, printed = window.cut_before, place = 0;
    fputs(window.cut_before ? "…" : "", to);
    for (size_t i = 0;; i++) {
        if (i <= caret)
            place = printed;
        if (!*text)
            break;
        unsigned character;
        const size_t size = columns_decode(text, &character);
        const unsigned width = terminal_character_width(character);
        if (column >= window.from && column + width <= window.to) {
            fwrite(text, 1, size, to);
            printed += width;
        }
        column += width;
        text += size;
    }
    fputs(window.cut_after ? "…\n" : "\n", to);
    return place;
}

void excerpt_print(FILE *to, const char *text, size_t caret, const struct style *style,
                   size_t width)
{
    const size_t place = columns_measure(text, caret);
    /* One column is left free for a caret behind the end of the line. */
    const struct window window = choose(columns_measure(text, SIZE_MAX), place, width - INDENT - 1);
    fprintf(to, "%*s", INDENT, "");
    const size_t shown = print_part(to, text, caret, window);
    fprintf(to, "%*s%s^%s\n", INDENT + (int)shown, "", style->caret, style->plain);
}
