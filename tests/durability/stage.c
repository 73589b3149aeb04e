/* SPDX-License-Identifier: MIT */
#include "stage.h"

#include <sys/mman.h>
#include <unistd.h>

#include "must.h"

enum { FIRST_TURNS = 57, LAST_TURNS = 3, MOST_SEEDS = 1000 };

/* --- texts ------------------------------------------------------------------------------------ */

static int memory_file(stage_text text)
{
    const int file = memfd_create("export", MFD_CLOEXEC);
    must(file >= 0, "no file in memory");
    must(write(file, text.data, text.size) == (ssize_t)text.size, "no room in memory");
    must(lseek(file, 0, SEEK_SET) == 0, "a file in memory");
    return file;
}

static stage_text read_memory_file(int file)
{
    const off_t size = lseek(file, 0, SEEK_END);
    stage_text text = {must_have(malloc((size_t)size + 1)), (size_t)size};
    must(pread(file, text.data, text.size, 0) == size, "a file in memory");
    return text;
}

bool stage_same(stage_text a, stage_text b)
{
    return a.size == b.size && !a.data == !b.data && (!a.size || !memcmp(a.data, b.data, a.size));
}

stage_text stage_look(const char *path)
{
    if (access(path, F_OK))
        return (stage_text){0};
    ofp_store *store = rig_open(path, OFP_STORE_WRITE);
    const int file = memory_file((stage_text){"", 0});
    must_work(ofp_store_check(store, &error));
    must_work(ofp_store_export(store, file, &error));
    const stage_text text = read_memory_file(file);
    close(file);
    ofp_store_close(store);
    return text;
}

/* --- acts ------------------------------------------------------------------------------------- */

static ofp_status nothing(stage *self, ofp_error **reterr)
{
    (void)self;
    if (reterr)
        *reterr = NULL;
    return OFP_STATUS_OK;
}

static ofp_status find(stage *self, ofp_error **reterr)
{
    ofp_records *found = NULL;
    const ofp_status status = ofp_store_find(self->load.store, ofp_text_of("M-1"), &found, reterr);
    ofp_records_free(found);
    return status;
}

static ofp_status list(stage *self, ofp_error **reterr)
{
    const ofp_migration_filter filter = OFP_MIGRATION_FILTER_INIT;
    ofp_records *found = NULL;
    const ofp_status status = ofp_store_list(self->load.store, &filter, &found, reterr);
    ofp_records_free(found);
    return status;
}

static ofp_status events(stage *self, ofp_error **reterr)
{
    const ofp_event_filter filter = OFP_EVENT_FILTER_INIT;
    ofp_records *found = NULL;
    const ofp_status status = ofp_store_events(self->load.store, &filter, &found, reterr);
    ofp_records_free(found);
    return status;
}

static ofp_status show_log(stage *self, ofp_error **reterr)
{
    const ofp_log_filter filter = OFP_LOG_FILTER_INIT;
    ofp_records *found = NULL;
    const ofp_status status = ofp_store_log(self->load.store, &filter, &found, reterr);
    ofp_records_free(found);
    return status;
}

static ofp_status actions(stage *self, ofp_error **reterr)
{
    ofp_records *found = NULL;
    const ofp_status status = ofp_store_actions(self->load.store, self->at, 0, 0, &found, reterr);
    ofp_records_free(found);
    return status;
}

static ofp_status stats(stage *self, ofp_error **reterr)
{
    ofp_store_stats counted = {.size = sizeof counted};
    return ofp_store_get_stats(self->load.store, self->at, &counted, reterr);
}

static ofp_status verify(stage *self, ofp_error **reterr)
{
    return ofp_audit_verify(self->load.store, ofp_text_of(NULL), NULL, reterr);
}

static ofp_status check(stage *self, ofp_error **reterr)
{
    return ofp_store_check(self->load.store, reterr);
}

static ofp_status prune(stage *self, ofp_error **reterr)
{
    const ofp_deed deed = {.at = self->at, .actor = ofp_text_of("boss")};
    return ofp_store_prune_log(self->load.store, self->at, &deed, NULL, reterr);
}

static ofp_status back_up(stage *self, ofp_error **reterr)
{
    return ofp_store_backup(self->load.store, rig_path(self->folder, "backup.db"), reterr);
}

/* Allocates nothing itself, since memory may be what fails. */
static bool is_in_file(int file, stage_text text)
{
    char bytes[4096];
    size_t done = 0;
    for (ssize_t size; (size = pread(file, bytes, sizeof bytes, (off_t)done)) > 0;) {
        if (done + (size_t)size > text.size || memcmp(bytes, text.data + done, (size_t)size))
            return false;
        done += (size_t)size;
    }
    return done == text.size;
}

static ofp_status export(stage *self, ofp_error **reterr)
{
    const int file = memory_file((stage_text){"", 0});
    const ofp_status status = ofp_store_export(self->load.store, file, reterr);
    must(status || is_in_file(file, self->start), "an export that is not complete");
    close(file);
    return status;
}

static ofp_status import(stage *self, ofp_error **reterr)
{
    const int file = memory_file(self->start);
    const ofp_status status = ofp_store_import(self->load.store, file, NULL, reterr);
    close(file);
    return status;
}

const act stage_acts[] = {
    {.name = "open", .run = nothing},
    {.name = "create", .run = nothing, .makes = true},
    {.name = "request", .turn = LOAD_REQUEST},
    {.name = "approve", .turn = LOAD_APPROVE},
    {.name = "refuse", .turn = LOAD_REFUSE},
    {.name = "cancel", .turn = LOAD_CANCEL},
    {.name = "extend", .turn = LOAD_EXTEND},
    {.name = "end", .turn = LOAD_END},
    {.name = "complete", .turn = LOAD_COMPLETE},
    {.name = "sweep", .turn = LOAD_SWEEP},
    {.name = "ack", .turn = LOAD_ACK},
    {.name = "fail", .turn = LOAD_FAIL},
    {.name = "decide", .turn = LOAD_DECIDE},
    {.name = "find", .run = find},
    {.name = "list", .run = list},
    {.name = "events", .run = events},
    {.name = "log", .run = show_log},
    {.name = "actions", .run = actions},
    {.name = "stats", .run = stats},
    {.name = "verify", .run = verify},
    {.name = "check", .run = check},
    {.name = "prune", .run = prune},
    {.name = "backup", .run = back_up, .copies = "backup.db"},
    {.name = "export", .run = export},
    {.name = "import", .run = import, .makes = true},
};
const int stage_act_count = sizeof stage_acts / sizeof *stage_acts;

/* --- the stage -------------------------------------------------------------------------------- */

void stage_set(stage *self, const act *what)
{
    static const char *const files[] = {"store.db", "store.db-wal"};
    rig_clear_folder(self->folder, false);
    snprintf(self->path, sizeof self->path, "%s", rig_path(self->folder, "store.db"));
    for (size_t i = 0; !what->makes && i < sizeof files / sizeof *files; i++)
        rig_copy(rig_path(self->kept, files[i]), rig_path(self->folder, files[i]));
    self->load = (load){.name = "act"};
}

ofp_status stage_open(stage *self, const act *what, ofp_error **reterr)
{
    const ofp_store_options options = {
        .size = sizeof options,
        .mode = what->makes ? OFP_STORE_CREATE : OFP_STORE_WRITE,
        .at = RIG_START,
    };
    return ofp_store_open(self->path, &options, &self->load.store, reterr);
}

ofp_status stage_run(stage *self, const act *what, ofp_error **reterr)
{
    /* So that the same happens if it is run again. */
    self->load.facts = self->facts;
    self->load.at = self->at;
    self->load.keys = 0;
    self->load.random.state = self->seeds[what->turn];
    return what->run ? what->run(self, reterr) : load_take(&self->load, what->turn, reterr);
}

void stage_close(stage *self)
{
    /* Facts are made once: what making them needs is not what shall fail. */
    self->load.facts = NULL;
    load_end(&self->load);
    self->load.store = ofp_store_close(self->load.store);
}

static void count_receipt(void *context, const receipt *given)
{
    (void)given;
    ++*(int *)context;
}

/* Has the turn something to do, with this seed? */
static bool is_busy(stage *self, load_turn turn, uint64_t seed)
{
    const act what = {.name = "try", .turn = turn};
    ofp_error *problem;
    int receipts = 0;
    self->seeds[turn] = seed;
    stage_set(self, &what);
    must_work(stage_open(self, &what, &error));
    self->load.sink = count_receipt;
    self->load.context = &receipts;
    const ofp_status status = stage_run(self, &what, &problem);
    ofp_error_free(problem);
    stage_close(self);
    return !status && receipts;
}

static void find_seeds(stage *self)
{
    for (int turn = 0; turn < LOAD_TURN_COUNT; turn++) {
        uint64_t seed = 1;
        while (seed < MOST_SEEDS && !is_busy(self, (load_turn)turn, seed))
            seed++;
        must(seed < MOST_SEEDS, "there is nothing to %s", load_turn_name((load_turn)turn));
    }
}

static void live(load *self, int turns)
{
    for (; turns; turns--) {
        ofp_error *error;
        const ofp_status status = load_take(self, load_draw(self), &error);
        must(!status || status == OFP_STATUS_NOT_ALLOWED || status == OFP_STATUS_BAD_REQUEST,
             "the first turns: %s", ofp_error_message(error));
        ofp_error_free(error);
    }
}

void stage_start(stage *self)
{
    *self = (stage){0};
    rig_make_folder(self->folder);
    rig_make_folder(self->kept);
    const char *path = rig_path(self->folder, "store.db");
    load first = {.random = {17}, .at = RIG_START, .name = "first"};
    first.store = rig_open(path, OFP_STORE_CREATE);
    live(&first, FIRST_TURNS);
    /* Closing moves all into the store's own file. */
    load_end(&first);
    ofp_store_close(first.store);
    first.store = rig_open(path, OFP_STORE_WRITE);
    live(&first, LAST_TURNS);
    rig_copy(path, rig_path(self->kept, "store.db"));
    rig_copy(rig_path(self->folder, "store.db-wal"), rig_path(self->kept, "store.db-wal"));
    load_end(&first);
    ofp_store_close(first.store);
    /* Something is due by then. */
    self->at = first.at + 10 * RIG_DAY;
    self->facts = rig_facts();
    find_seeds(self);
    stage_set(self, &stage_acts[0]);
    self->start = stage_look(self->path);
}

void stage_end(stage *self)
{
    free(self->start.data);
    ofp_facts_free(self->facts);
    rig_clear_folder(self->folder, true);
    rig_clear_folder(self->kept, true);
}
