/* SPDX-License-Identifier: MIT */
/* The library's calendars as a peer. Usage: due CALENDARS.yaml QUESTIONS */
#include <inttypes.h>
#include <stdlib.h>

#include "bench.h"
#include "fixture.h"
#include "peer.h"
#include "questions.h"

typedef struct setting {
    const ofp_calendar *calendars[2];
    question *questions;
    int64_t due;
} setting;

static uint64_t answer(void *self, size_t input)
{
    setting *s = self;
    const question *q = &s->questions[input];
    ofp_error *error;
    const ofp_status status =
        ofp_calendar_due(s->calendars[q->calendar], q->start, q->seconds, &s->due, &error);
    if (status)
        fixture_require(status, error, "ofp_calendar_due()");
    return (uint64_t)s->due;
}

static void show(void *self, fixture_text *text)
{
    fixture_write(text, "%" PRId64, ((setting *)self)->due);
}

int main(int argc, char **argv)
{
    const bench_options options = bench_start(argc, argv, 2, "CALENDARS.yaml QUESTIONS");
    ofp_policy *policy = fixture_load(options.arguments[0]);
    size_t count;
    setting s = {.questions = questions_read(options.arguments[1], &count)};
    s.calendars[0] = ofp_policy_calendar(policy, 0);
    s.calendars[1] = ofp_policy_calendar(policy, 1);
    const peer served = {"libofferpolicy", "", count, answer, show, NULL};
    return peer_serve(&served, &s);
}
