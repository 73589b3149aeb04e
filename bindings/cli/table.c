/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "columns.h"
#include "tell.h"
#include "terminal.h"

enum { GAP = 2, LEAST_WIDTH = 8 };

static size_t count_columns(const struct table *table)
{
    size_t count = 0;
    while (table->columns[count].title)
        count++;
    return count;
}

void table_begin(struct table *table)
{
    table->cells = open_memstream(&table->text, &table->size);
    if (!table->cells)
        exit(tell_failure(NULL));
}

void table_end_cell(struct table *table)
{
    putc('\0', table->cells);
}

static void widen(size_t *width, const char *text)
{
    const size_t columns = columns_measure(text, SIZE_MAX);
    if (columns > *width)
        *width = columns;
}

/* Makes each column as wide as its widest cell. */
static void widen_all(struct table *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        widen(&table->widths[i], table->columns[i].title);
    size_t i = 0;
    for (const char *cell = table->text; cell < table->text + table->size;
         cell += strlen(cell) + 1) {
        widen(&table->widths[i++], cell);
        if (i == count)
            i = 0;
    }
}

/* The widest column that may be cut; `count` if there is none. */
static size_t find_widest(const struct table *table, size_t count)
{
    size_t widest = count;
    for (size_t i = 0; i < count; i++) {
        if (!table->columns[i].whole && table->widths[i] > LEAST_WIDTH &&
            (widest == count || table->widths[i] >= table->widths[widest]))
            widest = i;
    }
    return widest;
}

/* Makes the widest columns narrower until the lines fit, or nothing more can be cut. */
static void narrow(struct table *table, size_t count)
{
    const size_t room = terminal_line_limit(STDOUT_FILENO);
    size_t used = GAP * (count - 1);
    for (size_t i = 0; i < count; i++)
        used += table->widths[i];
    for (size_t i; used > room && (i = find_widest(table, count)) < count; used--)
        table->widths[i]--;
}

/* Prints as much of a cell as fits. @return the columns that are left free */
static size_t print_cell(const char *text, size_t width)
{
    const bool cut = columns_measure(text, SIZE_MAX) > width;
    size_t left = width - cut;
    while (*text) {
        unsigned character;
        const size_t size = columns_decode(text, &character);
        const unsigned columns = terminal_character_width(character);
        if (columns > left)
            break;
        fwrite(text, size, 1, stdout);
        left -= columns;
        text += size;
    }
    fputs(cut ? "…" : "", stdout);
    return left;
}

/* Prints a row. No spaces go behind its last text. */
static void print_row(const struct table *table, const char *const *cells, size_t count)
{
    while (count && !*cells[count - 1])
        count--;
    size_t gap = 0;
    for (size_t i = 0; i < count; i++) {
        printf("%*s", (int)gap, "");
        gap = print_cell(cells[i], table->widths[i]) + GAP;
    }
    putchar('\n');
}

static void print_titles(struct table *table, size_t count)
{
    const char *titles[TABLE_COLUMNS];
    for (size_t i = 0; i < count; i++)
        titles[i] = table->columns[i].title;
    if (!table->titled)
        print_row(table, titles, count);
    table->titled = true;
}

static void print_rows(const struct table *table, size_t count)
{
    const char *cells[TABLE_COLUMNS];
    size_t i = 0;
    for (const char *cell = table->text; cell < table->text + table->size;
         cell += strlen(cell) + 1) {
        cells[i++] = cell;
        if (i == count) {
            print_row(table, cells, count);
            i = 0;
        }
    }
}

void table_print(struct table *table)
{
    /* A stream in memory may fail at each of these; fclose() itself does not tell. */
    const bool failed = ferror(table->cells);
    if (fclose(table->cells) != 0 || failed || !table->text)
        exit(tell_failure(NULL));
    const size_t count = count_columns(table);
    if (table->size) {
        widen_all(table, count);
        narrow(table, count);
        print_titles(table, count);
        print_rows(table, count);
    }
    free(table->text);
}
