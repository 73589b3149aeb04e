/* SPDX-License-Identifier: MIT */
/*
 * What many write at first: go on minute by minute, and count those that are open. In the zone of
 * the environment (TZ). Usage: due QUESTIONS
 */
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "bench.h"
#include "fixture.h"
#include "peer.h"
#include "questions.h"

enum { OFFICE, MINUTE = 60 };

/* Year, month and day as one number. */
static const int office_holidays[] = {20260101, 20260403, 20260406, 20260427,
                                      20260514, 20260525, 20261225, 20270101};
static const int watch_holidays[] = {20260405, 20261226};

typedef struct setting {
    question *questions;
    int64_t due;
} setting;

static bool contains(const int *dates, size_t count, int date)
{
    for (size_t i = 0; i < count; i++) {
        if (dates[i] == date)
            return true;
    }
    return false;
}

static bool office_is_open(const struct tm *t, int date, int minute)
{
    return t->tm_wday >= 1 && t->tm_wday <= 5 &&
           ((minute >= 480 && minute < 750) || (minute >= 780 && minute < 1080)) &&
           !contains(office_holidays, sizeof office_holidays / sizeof *office_holidays, date);
}

static bool watch_is_open(const struct tm *t, int date, int minute)
{
    return ((t->tm_wday == 6 && minute >= 360 && minute < 1320) ||
            (t->tm_wday == 0 && minute < 600)) &&
           !contains(watch_holidays, sizeof watch_holidays / sizeof *watch_holidays, date);
}

static bool is_open(int calendar, int64_t instant)
{
    struct tm t;
    const time_t at = instant;
    localtime_r(&at, &t);
    const int date = (t.tm_year + 1900) * 10000 + (t.tm_mon + 1) * 100 + t.tm_mday;
    const int minute = t.tm_hour * 60 + t.tm_min;
    return calendar == OFFICE ? office_is_open(&t, date, minute) : watch_is_open(&t, date, minute);
}

static uint64_t answer(void *self, size_t input)
{
    setting *s = self;
    const question *q = &s->questions[input];
    s->due = q->start;
    for (int64_t left = q->seconds; left > 0; s->due += MINUTE)
        left -= is_open(q->calendar, s->due) ? MINUTE : 0;
    return (uint64_t)s->due;
}

static void show(void *self, fixture_text *text)
{
    fixture_write(text, "%" PRId64, ((setting *)self)->due);
}

int main(int argc, char **argv)
{
    const bench_options options = bench_start(argc, argv, 1, "QUESTIONS");
    size_t count;
    setting s = {.questions = questions_read(options.arguments[0], &count)};
    tzset();
    const peer served = {"minute stepper in C", "", count, answer, show, NULL};
    return peer_serve(&served, &s);
}
