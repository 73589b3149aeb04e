/* SPDX-License-Identifier: MIT */
#include "trial.h"

#include <stdio.h>
#include <stdlib.h>

#include "expect.h"

/* More calls than any act makes. */
enum { MOST_CALLS = 100000 };

/* One act with one kind of failure. */
typedef struct trial {
    stage *where;
    const act *what;
    const trial_failure *failure;
    bool cold;
    long number;
    stage_text before, after; /* what is in the store if the act was not done, and if it was */
    long refused, harmless, late;
} trial;

static const char *describe(const trial *self)
{
    static char text[500];
    snprintf(text, sizeof text, "%s%s, %s, call %ld: %s", self->cold ? "open and " : "",
             self->what->name, self->failure->name, self->number, self->failure->call());
    return text;
}

static bool is_now(const trial *self, stage_text expected)
{
    const stage_text got = stage_look(self->where->path);
    const bool same = stage_same(got, expected);
    free(got.data);
    return same;
}

/* Was it done, and left the copy that it makes? */
static bool is_done(const trial *self)
{
    if (!is_now(self, self->after))
        return false;
    if (!self->what->copies)
        return true;
    const stage_text copy = stage_look(rig_path(self->where->folder, self->what->copies));
    const bool same = stage_same(copy, self->after);
    free(copy.data);
    return same;
}

static void set(const trial *self)
{
    stage_set(self->where, self->what);
    self->failure->arm(0);
    if (!self->cold)
        ck_assert_int_eq(stage_open(self->where, self->what, NULL), OFP_STATUS_OK);
}

static ofp_status run(const trial *self, ofp_error **reterr)
{
    if (!self->cold)
        return stage_run(self->where, self->what, reterr);
    ofp_status status = stage_open(self->where, self->what, reterr);
    if (!status)
        status = stage_run(self->where, self->what, reterr);
    stage_close(self->where);
    return status;
}

/* A status that says what has happened. */
static void expect_status(const trial *self, ofp_status status, ofp_error *error)
{
    expect_each(!status == !error, "%s: a status without an error", describe(self));
    expect_each(!status || status == self->failure->status, "%s: %s: %s", describe(self),
                ofp_status_name(status), ofp_error_message(error));
    ofp_error_free(error);
}

/*
 * A commit that could not be synced is taken back by its process. If that can't write any more and
 * ends, the commit may be on the disk nevertheless, as a whole.
 */
static bool is_late(const trial *self)
{
    return self->cold && self->failure->lasts && is_now(self, self->after);
}

/* Now it must work, with the same connection if there is one. */
static void repeat(const trial *self)
{
    ofp_error *error = NULL;
    ofp_status status = OFP_STATUS_OK;
    if (!self->where->load.store)
        status = stage_open(self->where, self->what, &error);
    if (!status)
        status = stage_run(self->where, self->what, &error);
    expect_each(!status || is_late(self), "%s: afterwards: %s", describe(self),
                ofp_error_message(error));
    ofp_error_free(error);
    expect_each(is_done(self), "%s: it was not done when repeated", describe(self));
}

static void expect_undone(trial *self)
{
    self->refused++;
    if ((self->what->makes && self->cold) || is_now(self, self->before)) {
        repeat(self);
    } else {
        expect_each(is_late(self), "%s: it was done by half", describe(self));
        self->late++;
    }
}

static void expect_done(trial *self)
{
    self->harmless++;
    expect_each(is_done(self), "%s: it worked, but was not done", describe(self));
}

/* @return did a call fail? */
static bool try_once(trial *self)
{
    ofp_error *error = NULL;
    long (*const live_blocks)(void) = self->failure->live_blocks;
    const long before = live_blocks ? live_blocks() : 0;
    set(self);
    self->failure->arm(self->number);
    const ofp_status status = run(self, &error);
    const bool failed = self->failure->disarm();
    expect_status(self, status, error);
    if (status)
        expect_undone(self);
    else
        expect_done(self);
    stage_close(self->where);
    const long left = live_blocks ? live_blocks() - before : 0;
    expect_each(left == 0, "%s: %ld blocks of memory stay", describe(self), left);
    return failed;
}

/* What is in the store before and after the act, if nothing fails. */
static void rehearse(trial *self)
{
    set(self);
    self->failure->disarm();
    self->before = stage_look(self->where->path);
    ofp_error *error;
    ck_assert_int_eq(run(self, &error), OFP_STATUS_OK);
    self->after = stage_look(self->where->path);
    stage_close(self->where);
}

/* Over many runs all calls have their turn. */
static long first_call(long stride)
{
    static random_source random;
    if (stride == 1)
        return 1;
    if (!random.state)
        random = random_start("calls that fail");
    return 1 + random_below(&random, (uint32_t)stride);
}

void trial_run(stage *where, const act *what, const trial_failure *failure, bool cold, long stride)
{
    trial self = {.where = where, .what = what, .failure = failure, .cold = cold};
    rehearse(&self);
    for (self.number = first_call(stride); try_once(&self); self.number += stride)
        ck_assert_int_lt(self.number, MOST_CALLS);
    printf("%s: %ld calls, refused %ld, harmless %ld, late %ld\n", describe(&self), self.number - 1,
           self.refused, self.harmless, self.late);
    fflush(stdout);
    free(self.before.data);
    free(self.after.data);
}
