/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "monotonic.h"
#include "terminal.h"

enum {
    FIRST_AFTER_MS = 500, /* what is done sooner needs no progress */
    EVERY_MS = 250,
    LINE_SIZE = 128,
    NUMBER_SIZE = 32,
};

static uint64_t total; /* bytes; 0: no progress is shown */
static int64_t started, due;
static atomic_bool shown;

void progress_start(uint64_t bytes)
{
    total = bytes;
    started = monotonic_ms();
    due = started + FIRST_AFTER_MS;
}

void progress_clear(void)
{
    static const char clear[] = "\r\033[K";
    if (atomic_exchange(&shown, false) && write(STDERR_FILENO, clear, sizeof clear - 1) < 0)
        return; /* the terminal is gone, and the line with it */
}

/* A number with a comma between thousands. */
static const char *group(uint64_t number, char text[NUMBER_SIZE])
{
    char *at = &text[NUMBER_SIZE - 1];
    *at = '\0';
    for (int digits = 0;; digits++) {
        if (digits && digits % 3 == 0)
            *--at = ',';
        *--at = (char)('0' + number % 10);
        number /= 10;
        if (!number)
            return at;
    }
}

static void draw(uint64_t bytes, uint64_t records, uint64_t elapsed)
{
    char line[LINE_SIZE], count[NUMBER_SIZE], rate[NUMBER_SIZE];
    const uint64_t left = (total - bytes) * elapsed / (bytes ? bytes : 1) / 1000;
    snprintf(line, sizeof line,
             "%3" PRIu64 " %%  %s documents, %s a second, %" PRIu64 ":%02" PRIu64 " left",
             bytes * 100 / total, group(records, count), group(records * 1000 / elapsed, rate),
             left / 60, left % 60);
    /* One column less than there are, or some terminals begin a new line. */
    fprintf(stderr, "\r%.*s\033[K", (int)terminal_width(STDERR_FILENO) - 1, line);
    atomic_store(&shown, true);
}

void progress_update(uint64_t bytes, uint64_t records)
{
    if (!total)
        return;
    const int64_t now = monotonic_ms();
    if (now < due)
        return;
    due = now + EVERY_MS;
    draw(bytes < total ? bytes : total, records, (uint64_t)(now - started));
}
