/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Eight processes work with one store at once. No step is lost or taken twice, no limit is
 * exceeded, and whoever looks sees a state that holds together.
 */
#include <sys/wait.h>

#include "cases.h"
#include "children.h"
#include "expect.h"
#include "must.h"
#include "rig.h"

enum { PROCESSES = 8, PHASES = 6, TURNS = 100, TURNS_IN_FULL = 1500 };

/* --- what each process does ------------------------------------------------------------------- */

static bool is_expected(ofp_status status)
{
    return status == OFP_STATUS_OK || status == OFP_STATUS_BUSY ||
           status == OFP_STATUS_NOT_ALLOWED || status == OFP_STATUS_CONFLICT;
}

static void take(load *steps)
{
    ofp_error *error;
    const load_turn turn = load_draw(steps);
    const ofp_status status = load_take(steps, turn, &error);
    must(is_expected(status), "%s: %s: %s", load_turn_name(turn), ofp_status_name(status),
         ofp_error_message(error));
    ofp_error_free(error);
}

/* One look at the store: the live ones are no more than allowed, and each is as its events say. */
static void look(load *steps)
{
    ofp_migration_filter filter = OFP_MIGRATION_FILTER_INIT;
    ofp_records *found;
    char problem[500];
    size_t count;
    filter.state = OFP_MIGRATION_IS_LIVE;
    filter.at = steps->at;
    must(!ofp_store_list(steps->store, &filter, &found, NULL), "no list");
    const ofp_migration_record *records = ofp_records_migrations(found, &count);
    must(count <= RIG_MAX_LIVE, "%zu are live", count);
    for (size_t i = 0; i < count; i++)
        must(proof_holds_for(steps->store, records[i].id, problem, sizeof problem), "%s", problem);
    ofp_records_free(found);
}

static void work(load *steps, void *context)
{
    (void)context;
    for (int left = rig_is_full() ? TURNS_IN_FULL : TURNS; left; left--) {
        take(steps);
        if (left % 8 == 0)
            look(steps);
    }
}

/* --- what must hold afterwards ---------------------------------------------------------------- */

/* All migrations as they were at some moment. */
typedef struct moment {
    const ofp_migration_record **latest; /* by number, from 0 */
    size_t count;
} moment;

static void add_event(moment *self, const ofp_event *event)
{
    const size_t number = strtoul(event->migration->id.data + 2, NULL, 10);
    if (number > self->count) {
        must(number == self->count + 1, "a number was left out");
        self->latest = must_have(realloc(self->latest, number * sizeof *self->latest));
        self->count = number;
    }
    self->latest[number - 1] = event->migration;
}

static bool same_org(const ofp_migration_record *a, const ofp_migration_record *b)
{
    return a->org.size == b->org.size && !memcmp(a->org.data, b->org.data, a->org.size);
}

/* Limits of the policy, right after a request or an approval. */
static void expect_limits(const moment *self, const ofp_event *event)
{
    size_t live = 0, of_org = 0;
    for (size_t i = 0; i < self->count; i++) {
        const ofp_migration_state state = ofp_migration_record_state(self->latest[i], event->at);
        live += state == OFP_MIGRATION_IS_LIVE;
        of_org += (state == OFP_MIGRATION_IS_LIVE || state == OFP_MIGRATION_IS_OPEN) &&
                  same_org(self->latest[i], event->migration);
    }
    expect_each(live <= RIG_MAX_LIVE, "event %lld: %zu are live", (long long)event->seq, live);
    expect_each(of_org <= 1, "event %lld: its org has %zu", (long long)event->seq, of_org);
}

static void replay_events(ofp_store *store)
{
    ofp_event_filter filter = OFP_EVENT_FILTER_INIT;
    ofp_records *all;
    size_t count;
    moment now = {0};
    filter.limit = 1000000;
    ck_assert_int_eq(ofp_store_events(store, &filter, &all, NULL), OFP_STATUS_OK);
    const ofp_event *events = ofp_records_events(all, &count);
    for (size_t i = 0; i < count; i++) {
        if (!events[i].migration)
            continue;
        add_event(&now, &events[i]);
        if (events[i].kind == OFP_EVENT_REQUEST || events[i].kind == OFP_EVENT_APPROVE)
            expect_limits(&now, &events[i]);
    }
    free(now.latest);
    ofp_records_free(all);
}

static int compare_receipts(const void *a, const void *b)
{
    const receipt *left = a, *right = b;
    return (left->seq > right->seq) - (left->seq < right->seq);
}

/* A repeated step gives the receipt of the first one. */
static proof_totals count_receipts(receipts *kept)
{
    proof_totals totals = {0};
    int64_t last = 0;
    qsort(kept->items, kept->count, sizeof *kept->items, compare_receipts);
    for (size_t i = 0; i < kept->count; i++) {
        const receipt *given = &kept->items[i];
        totals.events += given->kind == RECEIPT_EVENT && given->seq != last;
        totals.failures += given->kind == RECEIPT_FAILURE;
        totals.decisions += given->kind == RECEIPT_LOGGED;
        last = given->seq;
    }
    return totals;
}

static void expect_totals(ofp_store *store, receipts *kept)
{
    char problem[500];
    proof_totals got;
    const proof_totals wanted = count_receipts(kept);
    ck_assert_msg(proof_counts(store, kept, kept->count, &got, problem, sizeof problem), "%s",
                  problem);
    ck_assert_uint_eq(got.events, wanted.events);
    ck_assert_uint_eq(got.failures, wanted.failures);
    ck_assert_uint_eq(got.decisions, wanted.decisions);
}

/* --- the test --------------------------------------------------------------------------------- */

static void run_phase(const char *path, int phase, random_source *random, receipts *kept)
{
    children processes;
    pid_t ids[PROCESSES];
    char name[32];
    children_start(&processes);
    for (int i = 0; i < PROCESSES; i++) {
        snprintf(name, sizeof name, "phase %d, process %d", phase, i);
        const load like = {
            .random = {random_next(random)},
            .at = RIG_START + phase * INT64_C(5) * RIG_DAY,
            .frozen = true,
            .name = name,
        };
        ids[i] = children_add(&processes, path, &like, work, NULL);
    }
    children_collect(&processes, kept);
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        must(waitpid(ids[i], &status, 0) == ids[i], "a child is lost");
        ck_assert_msg(WIFEXITED(status) && !WEXITSTATUS(status), "process %d: %d", i, status);
    }
}

START_TEST(processes_at_once)
{
    random_source random = random_start("processes at once");
    char folder[RIG_PATH];
    receipts kept = {0};
    rig_make_folder(folder);
    for (int phase = 0; phase < PHASES; phase++) {
        run_phase(rig_path(folder, "store.db"), phase, &random, &kept);
        ofp_store *store = rig_open(rig_path(folder, "store.db"), OFP_STORE_WRITE);
        expect_totals(store, &kept);
        replay_events(store);
        ofp_store_close(store);
    }
    printf("%zu receipts\n", kept.count);
    receipts_free(&kept);
    rig_clear_folder(folder, true);
}
END_TEST

TCase *processes_case(void)
{
    TCase *tcase = tcase_create("processes");
    tcase_set_timeout(tcase, 3600);
    tcase_add_test(tcase, processes_at_once);
    return tcase;
}
