/* SPDX-License-Identifier: MIT */
/*
 * The store, against SQLite alone: a decision, against the bare lookup and the pure decision; an
 * approval, against one durable row of as many bytes; a sweep over a million migrations of which
 * a thousand are due, against one over a thousand that are all due.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include <offerpolicy/desk.h>
#include <offerpolicy/migration.h>

#include "bench.h"
#include "fixture.h"
#include "heap.h"
#include "requests.h"
#include "store_fill.h"

/* How large the stores are. */
typedef struct sizes {
    int64_t migrations, due, batches, approvals;
} sizes;

static const sizes real = {.migrations = 1000000, .due = 1000, .batches = 5, .approvals = 20000};
static const sizes smoke = {.migrations = 200, .due = 5, .batches = 2, .approvals = 20};

enum { REQUEST_COUNT = 1000, PATH_SIZE = 64 };

/* As the migrations of store_lines.c: without limits, so that all of them can be live. */
static const char policy_yaml[] =
    "policy: northwind-support\n"
    "levels: [free, premium]\n"
    "unpaid: [free]\n"
    "priorities: [normal]\n"
    "default_priority: normal\n"
    "offerings:\n"
    "  self_managed: {level_tags: {premium: sm_premium}}\n"
    "  saas: {level_tags: {premium: saas_premium}}\n"
    "migration: {realise: org_tag, max_days: 2000, approvers: [support_manager]}\n";

/* --- SQLite alone ----------------------------------------------------------------------------- */

static void require_sqlite(int result, sqlite3 *db, const char *what)
{
    if (result)
        bench_require(false, "%s: %s", what, sqlite3_errmsg(db));
}

static void run_sql(sqlite3 *db, const char *sql)
{
    const int result = sqlite3_exec(db, sql, NULL, NULL, NULL);
    require_sqlite(result, db, sql);
}

static sqlite3 *open_bare(const char *path)
{
    sqlite3 *db;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int result = sqlite3_open_v2(path, &db, flags, NULL);
    require_sqlite(result, db, path);
    run_sql(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
    return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    const int result = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
    require_sqlite(result, db, sql);
    return statement;
}

static void run_statement(sqlite3_stmt *statement)
{
    const int result = sqlite3_step(statement);
    bench_require(result == SQLITE_DONE, "a statement gave %d", result);
    sqlite3_reset(statement);
}

/* --- deciding --------------------------------------------------------------------------------- */

typedef struct deciding {
    ofp_policy *policy;
    ofp_scratch *scratch;
    sample_request *samples;
    size_t count;
    ofp_store *store;
    ofp_desk *desk;
    sqlite3 *bare;
    sqlite3_stmt *begin, *commit, *lookup;
    bool held; /* is one look taken for all? */
} deciding;

/* No migration is found, but something must look. */
static uint64_t look_up(const deciding *self, const ofp_request *request)
{
    uint64_t found = 0;
    sqlite3_bind_text(self->lookup, 1, request->org.data, (int)request->org.size, SQLITE_STATIC);
    sqlite3_bind_int64(self->lookup, 2, request->now);
    while (sqlite3_step(self->lookup) == SQLITE_ROW)
        found++;
    sqlite3_reset(self->lookup);
    return found;
}

static uint64_t pass_bare(void *context)
{
    const deciding *self = context;
    uint64_t sum = 0;
    if (self->held)
        run_statement(self->begin);
    for (size_t i = 0; i < self->count; i++) {
        const ofp_request *request = &self->samples[i].request;
        if (!self->held)
            run_statement(self->begin);
        sum += look_up(self, request);
        if (!self->held)
            run_statement(self->commit);
        sum += (uint64_t)ofp_decision_verdict(fixture_decide(self->policy, request, self->scratch));
    }
    if (self->held)
        run_statement(self->commit);
    return sum;
}

static uint64_t pass_desk(void *context)
{
    const deciding *self = context;
    const ofp_decision *decision;
    uint64_t sum = 0;
    if (self->held)
        bench_require(!ofp_desk_begin(self->desk, NULL), "no look at the store");
    for (size_t i = 0; i < self->count; i++) {
        ofp_error *error;
        const ofp_status status =
            ofp_desk_decide(self->desk, &self->samples[i].request, &decision, &error);
        if (status)
            fixture_require(status, error, "ofp_desk_decide()");
        sum += (uint64_t)ofp_decision_verdict(decision);
    }
    ofp_desk_end(self->desk);
    return sum;
}

/* Requests of orgs without a migration. */
static void make_requests(deciding *self)
{
    self->samples = requests_make(self->policy, REQUEST_COUNT, OFFERING_MIXED);
    for (size_t i = 0; i < REQUEST_COUNT; i++) {
        sample_request *sample = &self->samples[i];
        if (!sample->request.has_org)
            sample->request = self->samples[0].request;
        sample->request.org = ofp_text_of("nobody-moves");
        sample->request.migration_count = 0;
    }
    self->count = REQUEST_COUNT;
}

static deciding start_deciding(const char *policy, const char *path)
{
    deciding self = {
        .policy = fixture_load(policy),
        .scratch = fixture_scratch(),
        .store = store_fill_open(path),
        .bare = open_bare(path),
    };
    ofp_error *error;
    const ofp_status status = ofp_desk_new(self.store, self.policy, NULL, &self.desk, &error);
    fixture_require(status, error, "ofp_desk_new()");
    self.begin = prepare(self.bare, "BEGIN");
    self.commit = prepare(self.bare, "COMMIT");
    self.lookup = prepare(self.bare, "SELECT number, target, level, target_date, ends_at, "
                                     "forgotten_at, status FROM migrations WHERE org = ?1 AND "
                                     "status IN ('requested', 'approved', 'refused') AND "
                                     "forgotten_at > ?2 ORDER BY number");
    make_requests(&self);
    return self;
}

static void end_deciding(deciding *self)
{
    sqlite3_finalize(self->begin);
    sqlite3_finalize(self->commit);
    sqlite3_finalize(self->lookup);
    sqlite3_close(self->bare);
    ofp_desk_free(self->desk);
    ofp_store_close(self->store);
    ofp_scratch_free(self->scratch);
    ofp_policy_unref(self->policy);
    free(self->samples);
}

static void measure_deciding(const bench_options *bench, const char *policy, const char *path)
{
    const size_t before = heap_bytes();
    deciding self = start_deciding(policy, path);
    bench_require(pass_desk(&self) == pass_bare(&self), "other verdicts");
    bench_measure(bench, &(bench_figure){"decide with a store",
                                         {pass_bare, &self},
                                         {pass_desk, &self},
                                         REQUEST_COUNT,
                                         1.5,
                                         false});
    self.held = true;
    bench_measure(bench, &(bench_figure){"  one look at the store for all",
                                         {pass_bare, &self},
                                         {pass_desk, &self},
                                         REQUEST_COUNT,
                                         1.5,
                                         false});
    if (heap_is_counted())
        bench_tell(bench, "  memory of all this", (double)(heap_bytes() - before) / 1024, "KiB", 0);
    end_deciding(&self);
}

/* --- approving -------------------------------------------------------------------------------- */

typedef struct approving {
    ofp_policy *policy;
    ofp_store *store;
    int64_t next, last; /* the migration to approve */
    sqlite3 *bare;
    sqlite3_stmt *insert;
    char *bytes;
    size_t size; /* of what an approval writes */
} approving;

static uint64_t pass_insert(void *context)
{
    const approving *self = context;
    sqlite3_bind_blob(self->insert, 1, self->bytes, (int)self->size, SQLITE_STATIC);
    run_statement(self->insert);
    return self->size;
}

static uint64_t pass_approve(void *context)
{
    approving *self = context;
    ofp_records *records;
    ofp_error *error;
    char id[32];
    bench_require(self->next < self->last, "no migrations are left to approve");
    snprintf(id, sizeof id, "M-%lld", (long long)++self->next);
    ofp_step step = OFP_STEP_INIT;
    step.kind = OFP_STEP_APPROVE;
    step.at = STORE_LINES_START + 7200;
    step.migration = ofp_text_of(id);
    step.actor = ofp_text_of("boss");
    step.role = ofp_text_of("support_manager");
    const ofp_status status = ofp_step_take(&step, self->store, self->policy, &records, &error);
    fixture_require(status, error, "ofp_step_take()");
    ofp_records_free(records);
    return 1;
}

/* The bytes of all columns of a statement's rows. */
static size_t count_bytes(sqlite3 *db, const char *sql)
{
    size_t bytes = 0;
    sqlite3_stmt *rows = prepare(db, sql);
    while (sqlite3_step(rows) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(rows); i++)
            bytes += (size_t)sqlite3_column_bytes(rows, i);
    sqlite3_finalize(rows);
    return bytes;
}

/* What the newest step has written. */
static size_t count_newest(const char *path)
{
    sqlite3 *db = open_bare(path);
    const size_t bytes =
        count_bytes(db, "SELECT * FROM audit ORDER BY seq DESC LIMIT 1") +
        count_bytes(db, "SELECT * FROM actions WHERE event = (SELECT max(seq) FROM audit)") +
        count_bytes(db, "SELECT * FROM migrations WHERE number = "
                        "(SELECT migration FROM audit ORDER BY seq DESC LIMIT 1)");
    sqlite3_close(db);
    return bytes;
}

static void measure_approving(const bench_options *bench, const sizes *size, const char *path)
{
    char bare_path[PATH_SIZE + 8];
    approving self = {.policy = fixture_parse(ofp_text_of(policy_yaml)), .last = size->approvals};
    store_fill(path, &(store_lines){.count = size->approvals});
    snprintf(bare_path, sizeof bare_path, "%s.bare", path);
    self.store = store_fill_open(path);
    self.bare = open_bare(bare_path);
    run_sql(self.bare, "CREATE TABLE rows (number INTEGER PRIMARY KEY, bytes BLOB)");
    self.insert = prepare(self.bare, "INSERT INTO rows (bytes) VALUES (?1)");
    pass_approve(&self);
    self.size = count_newest(path);
    self.bytes = fixture_alloc(1, self.size);
    bench_measure(
        bench,
        &(bench_figure){
            "approve, on this disk", {pass_insert, &self}, {pass_approve, &self}, 1, 1.5, true});
    bench_tell(bench, "  bytes of an approval", (double)self.size, "", 0);
    free(self.bytes);
    sqlite3_finalize(self.insert);
    sqlite3_close(self.bare);
    ofp_store_close(self.store);
    ofp_policy_unref(self.policy);
    store_fill_remove(path);
    store_fill_remove(bare_path);
}

/* --- sweeping --------------------------------------------------------------------------------- */

/* What sweeps took, in seconds; of several the least. */
typedef struct sweeping {
    double cpu, wall;
} sweeping;

static void keep_least(sweeping *least, sweeping other)
{
    least->cpu = other.cpu < least->cpu ? other.cpu : least->cpu;
    least->wall = other.wall < least->wall ? other.wall : least->wall;
}

/* Sweeps until nothing is due. */
static sweeping sweep(ofp_store *store, const ofp_policy *policy, int64_t at, int64_t expected)
{
    const sweeping start = {bench_cpu_time(), bench_wall_time()};
    int64_t done = 0;
    for (bool more = true; more;) {
        ofp_sweep how = OFP_SWEEP_INIT;
        ofp_records *records;
        ofp_error *error;
        size_t count;
        how.at = at;
        const ofp_status status = ofp_sweep_run(&how, store, policy, &records, &error);
        fixture_require(status, error, "ofp_sweep_run()");
        ofp_records_events(records, &count);
        done += (int64_t)count;
        more = ofp_records_more(records);
        ofp_records_free(records);
    }
    const sweeping taken = {bench_cpu_time() - start.cpu, bench_wall_time() - start.wall};
    bench_require(done == expected, "%lld are due, not %lld", (long long)done, (long long)expected);
    return taken;
}

/* Sweeps a store in which all are due. */
static sweeping sweep_few(const sizes *size, const char *path, const ofp_policy *policy)
{
    store_fill(
        path, &(store_lines){.count = size->due, .approved = true, .batches = 1, .due = size->due});
    ofp_store *store = store_fill_open(path);
    const sweeping taken = sweep(store, policy, STORE_LINES_DUE(0), size->due);
    ofp_store_close(store);
    store_fill_remove(path);
    return taken;
}

static void measure_sweeping(const bench_options *bench, const sizes *size, const char *many,
                             const char *few)
{
    ofp_policy *policy = fixture_parse(ofp_text_of(policy_yaml));
    ofp_store *store = store_fill_open(many);
    sweeping among = {1e9, 1e9}, alone = {1e9, 1e9};
    for (int64_t i = 0; i < size->batches; i++) {
        keep_least(&among, sweep(store, policy, STORE_LINES_DUE(i), size->due));
        keep_least(&alone, sweep_few(size, few, policy));
    }
    bench_tell(bench, "sweep of 1,000 due among 1,000,000", among.cpu / alone.cpu,
               "times one of 1,000 alone", 2.0);
    bench_tell(bench, "  takes", among.cpu * 1e3, "ms", 0);
    bench_tell(bench, "  with waiting for the disk", among.wall * 1e3, "ms", 0);
    bench_tell(bench, "  alone, with waiting for the disk", alone.wall * 1e3, "ms", 0);
    ofp_store_close(store);
    ofp_policy_unref(policy);
}

/* --- all -------------------------------------------------------------------------------------- */

static void measure_all(const bench_options *bench, const sizes *size, const char *folder)
{
    char many[PATH_SIZE], other[PATH_SIZE];
    snprintf(many, sizeof many, "%s/many.db", folder);
    snprintf(other, sizeof other, "%s/other.db", folder);
    const store_filling filling = store_fill(many, &(store_lines){.count = size->migrations,
                                                                  .approved = true,
                                                                  .batches = size->batches,
                                                                  .due = size->due});
    bench_tell(bench, "a store of 1,000,000 migrations", filling.file_mib, "MiB", 0);
    bench_tell(bench, "  importing it", filling.seconds, "s", 0);
    bench_tell(bench, "  and needs at most", filling.peak_mib, "MiB of memory", 0);
    measure_deciding(bench, bench->arguments[0], many);
    measure_sweeping(bench, size, many, other);
    store_fill_remove(many);
    measure_approving(bench, size, other);
}

int main(int argc, char **argv)
{
    const bench_options bench = bench_start(argc, argv, 1, "POLICY");
    /* Here, since folders for temporary files often lie in memory. */
    char folder[] = "bench-store-XXXXXX";
    bench_require(mkdtemp(folder) != NULL, "no folder for the stores");
    measure_all(&bench, bench.smoke ? &smoke : &real, folder);
    rmdir(folder);
    return 0;
}
