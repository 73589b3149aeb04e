/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The power is cut while steps are taken: at every sync, and anywhere between. Then all that was
 * acknowledged is there, nothing is there by half, and work goes on.
 */
#include <sys/stat.h>

#include "cases.h"
#include "disk.h"
#include "expect.h"
#include "must.h"
#include "proof.h"
#include "rig.h"

enum { TURNS = 150, TURNS_TO_CLOSE = 40, MOST_CUTS = 1 << 20 };

/* A load that was recorded, and at which step of the disk each receipt was given. */
typedef struct recording {
    disk *disk;
    receipts receipts;
    size_t *given_at;
    size_t made_at; /* when the store was there */
    size_t receipts_in_backup;
    size_t backed_up_at; /* when its backup was there */
    int64_t ended_at;    /* the load's clock */
} recording;

static char folder[RIG_PATH];

static void keep_receipt(void *context, const receipt *given)
{
    recording *self = context;
    receipts_add(&self->receipts, given);
    self->given_at =
        must_have(realloc(self->given_at, self->receipts.capacity * sizeof *self->given_at));
    self->given_at[self->receipts.count - 1] = disk_step_count(self->disk);
}

/* From time to time the program ends and begins anew. */
static void reopen(load *self, const char *path)
{
    load_end(self);
    if (self->store)
        ofp_store_close(self->store);
    self->store = rig_open(path, OFP_STORE_CREATE);
}

static void back_up(recording *self, load *steps)
{
    const char *path = rig_path(folder, "backup.db");
    ck_assert_int_eq(ofp_store_backup(steps->store, path, NULL), OFP_STATUS_OK);
    self->backed_up_at = disk_step_count(self->disk);
    self->receipts_in_backup = self->receipts.count;
}

static recording record(random_source *random)
{
    recording self = {.disk = disk_new()};
    rig_clear_folder(folder, false);
    const char *path = rig_path(folder, "store.db");
    load steps = {
        .random = {random_next(random)},
        .at = RIG_START,
        .name = "load",
        .sink = keep_receipt,
        .context = &self,
    };
    disk_record(self.disk);
    for (int i = 0; i < TURNS; i++) {
        if (i % TURNS_TO_CLOSE == 0)
            reopen(&steps, path);
        if (i == 0)
            self.made_at = disk_step_count(self.disk);
        if (i == TURNS / 2)
            back_up(&self, &steps);
        ofp_error *error;
        load_take(&steps, load_draw(&steps), &error);
        ofp_error_free(error);
    }
    load_end(&steps);
    ofp_store_close(steps.store);
    shim_remove();
    self.ended_at = steps.at;
    return self;
}

static void recording_free(recording *self)
{
    disk_free(self->disk);
    receipts_free(&self->receipts);
    free(self->given_at);
}

/* How many receipts had been given before a step? */
static size_t receipts_until(const recording *self, size_t step)
{
    size_t count = 0;
    while (count < self->receipts.count && self->given_at[count] <= step)
        count++;
    return count;
}

/* The store takes a further step. */
static bool goes_on(ofp_store *store, const recording *self)
{
    load next = {.store = store, .random = {1}, .at = self->ended_at, .name = "next"};
    ofp_error *error;
    const ofp_status status = load_take(&next, LOAD_REQUEST, &error);
    load_end(&next);
    ofp_error_free(error);
    return !status || status == OFP_STATUS_NOT_ALLOWED;
}

static bool is_proved(const char *path, bool made, const recording *self, size_t count,
                      char *problem, size_t size)
{
    const ofp_store_options options = {
        .size = sizeof options,
        .mode = made ? OFP_STORE_WRITE : OFP_STORE_CREATE,
    };
    ofp_store *store;
    ofp_error *error;
    const ofp_status status = ofp_store_open(path, &options, &store, &error);
    if (status) {
        snprintf(problem, size, "%s does not open: %s", path, ofp_error_message(error));
        ofp_error_free(error);
        return false;
    }
    bool right = proof_holds(store, &self->receipts, count, problem, size);
    if (right && !goes_on(store, self)) {
        snprintf(problem, size, "no further step can be taken");
        right = false;
    }
    if (right)
        right = proof_holds(store, &self->receipts, count, problem, size);
    ofp_store_close(store);
    return right;
}

/* Cuts the power before a step of the recording. */
static bool survives(const recording *self, size_t step, random_source *random, char *problem,
                     size_t size)
{
    static const unsigned keeps[] = {0, 10, 50, 90, 100};
    const unsigned keep = keeps[random_below(random, sizeof keeps / sizeof *keeps)];
    rig_clear_folder(folder, false);
    disk_play(self->disk, step);
    disk_cut(self->disk, random, keep, folder);
    bool right = is_proved(rig_path(folder, "store.db"), step >= self->made_at, self,
                           receipts_until(self, step), problem, size);
    if (right && step >= self->backed_up_at)
        right = is_proved(rig_path(folder, "backup.db"), true, self, self->receipts_in_backup,
                          problem, size);
    return right;
}

/* How often the power is cut before a step: always around syncs, else sometimes. */
static unsigned cuts_before(const recording *self, size_t step, random_source *random)
{
    const bool sync = (step < disk_step_count(self->disk) && disk_is_sync(self->disk, step)) ||
                      (step > 0 && disk_is_sync(self->disk, step - 1));
    if (rig_is_full())
        return sync ? 10 : 2;
    return sync || !random_below(random, 20);
}

START_TEST(power_is_cut)
{
    random_source random = random_start("power is cut");
    recording made = record(&random);
    char problem[500];
    size_t cuts = 0;
    for (size_t step = 0; step <= disk_step_count(made.disk); step++) {
        for (unsigned left = cuts_before(&made, step, &random); left; left--, cuts++)
            expect_each(survives(&made, step, &random, problem, sizeof problem),
                        "cut before step %zu of %zu: %s", step, disk_step_count(made.disk),
                        problem);
    }
    printf("%zu cuts in %zu steps, %zu receipts\n", cuts, disk_step_count(made.disk),
           made.receipts.count);
    ck_assert_uint_gt(made.receipts.count, TURNS / 4);
    recording_free(&made);
}
END_TEST

/* These tests can fail: a disk that only says that it has synced loses what was acknowledged. */
START_TEST(disk_that_lies)
{
    random_source random = random_start("disk that lies");
    recording made = record(&random);
    char problem[500];
    bool lost = false;
    disk_lie(made.disk);
    for (size_t step = made.made_at; step <= disk_step_count(made.disk) && !lost; step += 100)
        lost = !survives(&made, step, &random, problem, sizeof problem);
    ck_assert(lost);
    recording_free(&made);
}
END_TEST

static void set_up(void)
{
    rig_make_folder(folder);
}

static void tear_down(void)
{
    rig_clear_folder(folder, true);
}

TCase *power_case(void)
{
    TCase *tcase = tcase_create("power");
    tcase_add_unchecked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 3600);
    tcase_add_test(tcase, power_is_cut);
    tcase_add_test(tcase, disk_that_lies);
    return tcase;
}
