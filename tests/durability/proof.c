/* SPDX-License-Identifier: MIT */
#include "proof.h"

#include <stdarg.h>

#include "must.h"

/* An action as it stands in the store. */
typedef struct standing {
    char key[OFP_HASH_SIZE];
    ofp_host_action_state state;
    int32_t attempts;
} standing;

/* What is found while the store is read. */
typedef struct proof {
    ofp_store *store;
    ofp_error *error; /* of the last call */
    char *problem;
    size_t problem_size;
    char (*hashes)[OFP_HASH_SIZE]; /* of all events */
    size_t event_count;
    standing *actions; /* sorted by key */
    size_t action_count, action_capacity;
    size_t decisions;
} proof;

/* How many actions of each kind the events of a migration make. */
typedef struct tally {
    size_t made[OFP_HOST_REMIND + 1];
} tally;

void receipts_add(void *self, const receipt *added)
{
    receipts *kept = self;
    if (kept->count == kept->capacity) {
        kept->capacity = 2 * kept->capacity + 64;
        kept->items = must_have(realloc(kept->items, kept->capacity * sizeof *kept->items));
    }
    kept->items[kept->count++] = *added;
}

void receipts_free(receipts *self)
{
    free(self->items);
    *self = (receipts){0};
}

__attribute__((format(printf, 2, 3))) static bool refuted(proof *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(self->problem, self->problem_size, format, arguments);
    va_end(arguments);
    return false;
}

/* @param status of a call that has set self->error */
static bool worked(proof *self, ofp_status status, const char *what)
{
    if (status)
        refuted(self, "%s: %s [%s]", what, ofp_error_message(self->error),
                ofp_code_name(ofp_error_first(self->error)->code));
    self->error = ofp_error_free(self->error);
    return !status;
}

/* --- events ----------------------------------------------------------------------------------- */

static bool check_itself(proof *self)
{
    if (!worked(self, ofp_store_check(self->store, &self->error), "the store's own check"))
        return false;
    return worked(self, ofp_audit_verify(self->store, ofp_text_of(NULL), NULL, &self->error),
                  "the audit log");
}

static void keep_hashes(proof *self, const ofp_records *page)
{
    size_t count;
    const ofp_event *events = ofp_records_events(page, &count);
    self->hashes =
        must_have(realloc(self->hashes, (self->event_count + count + 1) * sizeof *self->hashes));
    for (size_t i = 0; i < count; i++)
        memcpy(self->hashes[self->event_count++], events[i].hash, OFP_HASH_SIZE);
}

/* The events are numbered without a gap, from 1. */
static bool read_events(proof *self)
{
    ofp_event_filter filter = OFP_EVENT_FILTER_INIT;
    bool more = true;
    while (more) {
        ofp_records *page;
        filter.after = (int64_t)self->event_count;
        if (!worked(self, ofp_store_events(self->store, &filter, &page, &self->error), "events"))
            return false;
        keep_hashes(self, page);
        more = ofp_records_more(page);
        ofp_records_free(page);
    }
    return true;
}

static bool check_events(proof *self, const receipts *kept, size_t count)
{
    if (!read_events(self))
        return false;
    for (size_t i = 0; i < count; i++) {
        const receipt *given = &kept->items[i];
        if (given->kind != RECEIPT_EVENT)
            continue;
        if (given->seq > (int64_t)self->event_count)
            return refuted(self, "event %lld was acknowledged and is not there",
                           (long long)given->seq);
        if (strcmp(self->hashes[given->seq - 1], given->text))
            return refuted(self, "event %lld is another one than acknowledged",
                           (long long)given->seq);
    }
    return true;
}

/* --- migrations ------------------------------------------------------------------------------- */

static void count_actions(const ofp_event *event, tally *ret)
{
    const bool was_live = event->migration->status == OFP_MIGRATION_APPROVED;
    const bool closes = event->kind == OFP_EVENT_END || event->kind == OFP_EVENT_COMPLETE ||
                        (event->kind == OFP_EVENT_EXPIRE && was_live);
    ret->made[OFP_HOST_ASK_OPS] += event->kind == OFP_EVENT_REQUEST;
    ret->made[OFP_HOST_ADD_TAG] += event->kind == OFP_EVENT_APPROVE;
    ret->made[OFP_HOST_ADD_NOTE] +=
        event->kind == OFP_EVENT_APPROVE || event->kind == OFP_EVENT_EXTEND;
    ret->made[OFP_HOST_REMOVE_NOTE] += closes || event->kind == OFP_EVENT_EXTEND;
    ret->made[OFP_HOST_REMOVE_TAG] += closes;
    ret->made[OFP_HOST_REMIND] += event->kind == OFP_EVENT_REMIND;
}

static bool same_record(const ofp_migration_record *a, const ofp_migration_record *b)
{
    ofp_buffer *texts[2];
    must(!ofp_buffer_new(&texts[0], NULL) && !ofp_buffer_new(&texts[1], NULL), "out of memory");
    must(!ofp_migration_record_write_json(a, a->changed_at, texts[0], NULL), "out of memory");
    must(!ofp_migration_record_write_json(b, a->changed_at, texts[1], NULL), "out of memory");
    const bool same = !strcmp(ofp_buffer_text(texts[0]).data, ofp_buffer_text(texts[1]).data) &&
                      a->settled == b->settled;
    ofp_buffer_free(texts[0]);
    ofp_buffer_free(texts[1]);
    return same;
}

static bool check_history(proof *self, const ofp_records *found, tally *ret)
{
    size_t count, event_count;
    const ofp_migration_record *record = ofp_records_migrations(found, &count);
    const ofp_event *events = ofp_records_events(found, &event_count);
    int64_t steps = 0;
    for (size_t i = 0; i < event_count; i++) {
        steps += events[i].kind != OFP_EVENT_EXPIRE && events[i].kind != OFP_EVENT_REMIND;
        if (events[i].migration->revision != steps)
            return refuted(self, "%.*s: event %lld has another revision", (int)record->id.size,
                           record->id.data, (long long)events[i].seq);
        count_actions(&events[i], ret);
    }
    if (!event_count || !same_record(record, events[event_count - 1].migration))
        return refuted(self, "%.*s is not as its last event says", (int)record->id.size,
                       record->id.data);
    return true;
}

static void keep_action(proof *self, const ofp_host_action *action)
{
    if (self->action_count == self->action_capacity) {
        self->action_capacity = 2 * self->action_capacity + 64;
        self->actions =
            must_have(realloc(self->actions, self->action_capacity * sizeof *self->actions));
    }
    standing *kept = &self->actions[self->action_count++];
    *kept = (standing){.state = action->state, .attempts = action->attempts};
    snprintf(kept->key, sizeof kept->key, "%.*s", (int)action->key.size, action->key.data);
}

/* Whether an end takes the tag away depends on the org's other migrations: all else is certain. */
static bool check_actions(proof *self, const ofp_records *found, const tally *expected)
{
    size_t count;
    tally got = {0};
    const ofp_host_action *actions = ofp_records_actions(found, &count);
    for (size_t i = 0; i < count; i++) {
        got.made[actions[i].kind]++;
        keep_action(self, &actions[i]);
    }
    for (int kind = 0; kind <= OFP_HOST_REMIND; kind++)
        if (got.made[kind] > expected->made[kind] ||
            (got.made[kind] < expected->made[kind] && kind != OFP_HOST_REMOVE_TAG))
            return refuted(self, "%.*s: %zu actions %s, not %zu", (int)actions->migration.size,
                           actions->migration.data, got.made[kind],
                           ofp_host_action_kind_name((ofp_host_action_kind)kind),
                           expected->made[kind]);
    return true;
}

static bool check_migration(proof *self, ofp_text id)
{
    ofp_records *found;
    tally expected = {0};
    if (!worked(self, ofp_store_find(self->store, id, &found, &self->error), "a migration"))
        return false;
    const bool right =
        check_history(self, found, &expected) && check_actions(self, found, &expected);
    ofp_records_free(found);
    return right;
}

static bool check_migrations(proof *self)
{
    ofp_migration_filter filter = OFP_MIGRATION_FILTER_INIT;
    ofp_records *all;
    filter.limit = 1000000;
    if (!worked(self, ofp_store_list(self->store, &filter, &all, &self->error), "the list"))
        return false;
    size_t count;
    const ofp_migration_record *records = ofp_records_migrations(all, &count);
    bool right = true;
    for (size_t i = 0; i < count && right; i++)
        right = check_migration(self, records[i].id);
    ofp_records_free(all);
    return right;
}

/* --- the outbox and the decision log ---------------------------------------------------------- */

static int compare_keys(const void *a, const void *b)
{
    return strcmp(((const standing *)a)->key, ((const standing *)b)->key);
}

static bool check_settled(proof *self, const receipt *given)
{
    standing wanted;
    snprintf(wanted.key, sizeof wanted.key, "%s", given->text);
    const standing *found = self->action_count ? bsearch(&wanted, self->actions, self->action_count,
                                                         sizeof wanted, compare_keys)
                                               : NULL;
    if (!found)
        return refuted(self, "action %s is not there", given->text);
    /* Another process may have withdrawn it before its acknowledgement came. */
    if (given->kind == RECEIPT_ACK && found->state == OFP_HOST_PENDING)
        return refuted(self, "action %s was acknowledged and is still pending", given->text);
    if (given->kind == RECEIPT_FAILURE && !found->attempts)
        return refuted(self, "action %s has forgotten its failure", given->text);
    return true;
}

static bool check_receipts(proof *self, const receipts *kept, size_t count)
{
    size_t logged = 0;
    if (self->action_count)
        qsort(self->actions, self->action_count, sizeof *self->actions, compare_keys);
    for (size_t i = 0; i < count; i++) {
        const receipt *given = &kept->items[i];
        logged += given->kind == RECEIPT_LOGGED;
        if ((given->kind == RECEIPT_ACK || given->kind == RECEIPT_FAILURE) &&
            !check_settled(self, given))
            return false;
    }
    ofp_store_stats stats = {.size = sizeof stats};
    if (!worked(self, ofp_store_get_stats(self->store, 0, &stats, &self->error), "stats"))
        return false;
    self->decisions = (size_t)stats.decisions;
    if (self->decisions < logged)
        return refuted(self, "%zu decisions are logged, not %zu", self->decisions, logged);
    return true;
}

bool proof_counts(ofp_store *store, const receipts *kept, size_t count, proof_totals *ret,
                  char *problem, size_t size)
{
    proof self = {.store = store, .problem = problem, .problem_size = size};
    const bool right = check_itself(&self) && check_events(&self, kept, count) &&
                       check_migrations(&self) && check_receipts(&self, kept, count);
    *ret = (proof_totals){.events = self.event_count - 1, .decisions = self.decisions};
    for (size_t i = 0; i < self.action_count; i++)
        ret->failures += (size_t)self.actions[i].attempts;
    free(self.actions);
    free(self.hashes);
    return right;
}

bool proof_holds(ofp_store *store, const receipts *kept, size_t count, char *problem, size_t size)
{
    proof_totals totals;
    return proof_counts(store, kept, count, &totals, problem, size);
}

bool proof_holds_for(ofp_store *store, ofp_text id, char *problem, size_t size)
{
    proof self = {.store = store, .problem = problem, .problem_size = size};
    const bool right = check_migration(&self, id);
    free(self.actions);
    return right;
}
