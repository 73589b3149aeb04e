/* SPDX-License-Identifier: MIT */
#include "load.h"

#include "must.h"
#include "rig.h"

static uint32_t below(load *self, uint32_t count)
{
    return random_below(&self->random, count);
}

void load_end(load *self)
{
    self->desk = ofp_desk_free(self->desk);
    self->facts = ofp_facts_free(self->facts);
}

/* --- receipts --------------------------------------------------------------------------------- */

static void give(load *self, int kind, int64_t seq, const char *text)
{
    receipt given = {.kind = kind, .seq = seq, .at = self->at};
    snprintf(given.text, sizeof given.text, "%s", text);
    if (self->sink)
        self->sink(self->context, &given);
}

static void give_events(load *self, const ofp_records *records)
{
    size_t count;
    const ofp_event *events = ofp_records_events(records, &count);
    for (size_t i = 0; i < count; i++)
        give(self, RECEIPT_EVENT, events[i].seq, events[i].hash);
}

/* --- steps ------------------------------------------------------------------------------------ */

static ofp_status take(load *self, ofp_step *step, ofp_error **reterr)
{
    char key[64];
    ofp_records *records;
    step->at = self->at;
    /* Half of the keys are derived. */
    snprintf(key, sizeof key, "%s-%lld", self->name, (long long)++self->keys);
    if (below(self, 2))
        step->key = ofp_text_of(key);
    const ofp_status status = ofp_step_take(step, self->store, rig_policy(), &records, reterr);
    if (status)
        return status;
    give_events(self, records);
    ofp_records_free(records);
    return OFP_STATUS_OK;
}

static int32_t some_date(load *self)
{
    return (int32_t)(self->at / RIG_DAY + 1 + below(self, RIG_MAX_DAYS));
}

static ofp_status request(load *self, ofp_error **reterr)
{
    ofp_step step = OFP_STEP_INIT;
    step.kind = OFP_STEP_REQUEST;
    step.actor = ofp_text_of("engineer");
    step.reason = ofp_text_of("They move to the cloud.");
    step.org = rig_org(below(self, RIG_ORGS));
    step.from = ofp_text_of("self_managed");
    step.to = ofp_text_of("saas");
    step.level = ofp_text_of(below(self, 2) ? "standard" : "premium");
    step.target_date = some_date(self);
    step.owner = ofp_text_of("account manager");
    step.evidence = ofp_text_of("https://example.com/quote/17");
    if (!self->facts)
        self->facts = rig_facts();
    step.facts = self->facts;
    return take(self, &step, reterr);
}

/* @return OFP_DATE_NONE: it can't be later */
static int32_t later(load *self, int32_t date)
{
    const int32_t last = (int32_t)(self->at / RIG_DAY) + RIG_MAX_DAYS;
    const int32_t left = last - date;
    return left > 0 ? date + 1 + (int32_t)below(self, left < 5 ? (uint32_t)left : 5)
                    : OFP_DATE_NONE;
}

static ofp_status change_one(load *self, ofp_step_kind kind, const ofp_migration_record *record,
                             ofp_error **reterr)
{
    ofp_step step = OFP_STEP_INIT;
    *reterr = NULL;
    step.kind = kind;
    step.migration = record->id;
    step.actor = ofp_text_of("boss");
    step.role = ofp_text_of("manager");
    if (kind == OFP_STEP_EXTEND) {
        step.target_date = later(self, record->target_date);
        if (step.target_date == OFP_DATE_NONE)
            return OFP_STATUS_OK;
    }
    if (kind == OFP_STEP_COMPLETE)
        step.outcome = OFP_OUTCOME_REACHED;
    /* What is right for this revision may be wrong for the next one. */
    if (kind == OFP_STEP_EXTEND || below(self, 2))
        step.if_revision = record->revision;
    return take(self, &step, reterr);
}

/* A step on a migration that is in some state now, if one is. */
static ofp_status change(load *self, ofp_step_kind kind, ofp_migration_state state,
                         ofp_error **reterr)
{
    ofp_migration_filter filter = OFP_MIGRATION_FILTER_INIT;
    filter.state = state;
    filter.at = self->at;
    ofp_records *found;
    ofp_status status = ofp_store_list(self->store, &filter, &found, reterr);
    if (status)
        return status;
    size_t count;
    const ofp_migration_record *records = ofp_records_migrations(found, &count);
    if (count)
        status = change_one(self, kind, &records[below(self, (uint32_t)count)], reterr);
    ofp_records_free(found);
    return status;
}

static ofp_status sweep(load *self, ofp_error **reterr)
{
    ofp_sweep how = OFP_SWEEP_INIT;
    how.at = self->at;
    how.limit = 1 + below(self, 3);
    ofp_records *records;
    const ofp_status status = ofp_sweep_run(&how, self->store, rig_policy(), &records, reterr);
    if (status)
        return status;
    give_events(self, records);
    ofp_records_free(records);
    return OFP_STATUS_OK;
}

/* --- the outbox ------------------------------------------------------------------------------- */

static ofp_status settle(load *self, bool done, ofp_error **reterr)
{
    ofp_records *found;
    ofp_status status = ofp_store_actions(self->store, self->at, 0, 5, &found, reterr);
    if (status)
        return status;
    size_t count;
    const ofp_host_action *actions = ofp_records_actions(found, &count);
    if (count) {
        const ofp_text key = actions[below(self, (uint32_t)count)].key;
        char text[OFP_HASH_SIZE];
        snprintf(text, sizeof text, "%.*s", (int)key.size, key.data);
        status = done ? ofp_store_ack(self->store, key, self->at, reterr)
                      : ofp_store_fail(self->store, key, self->at, 3600,
                                       ofp_text_of("The help desk is down."), reterr);
        if (!status)
            give(self, done ? RECEIPT_ACK : RECEIPT_FAILURE, 0, text);
    }
    ofp_records_free(found);
    return status;
}

/* --- deciding --------------------------------------------------------------------------------- */

static ofp_status decide(load *self, ofp_error **reterr)
{
    ofp_request request;
    ofp_entitlement entitlement;
    const ofp_decision *decision;
    const ofp_desk_options options = {.size = sizeof options, .log = true, .log_texts = true};
    ofp_status status = OFP_STATUS_OK;
    if (!self->desk)
        status = ofp_desk_new(self->store, rig_policy(), &options, &self->desk, reterr);
    rig_ask(&request, self->at, below(self, RIG_ORGS), &entitlement);
    if (!status)
        status = ofp_desk_decide(self->desk, &request, &decision, reterr);
    if (!status)
        give(self, RECEIPT_LOGGED, 0, "");
    return status;
}

/* --- turns ------------------------------------------------------------------------------------ */

load_turn load_draw(load *self)
{
    /* Of a hundred. */
    static const uint8_t shares[LOAD_TURN_COUNT] = {
        [LOAD_REQUEST] = 20, [LOAD_APPROVE] = 15, [LOAD_REFUSE] = 2,   [LOAD_CANCEL] = 3,
        [LOAD_EXTEND] = 7,   [LOAD_END] = 3,      [LOAD_COMPLETE] = 5, [LOAD_SWEEP] = 10,
        [LOAD_ACK] = 20,     [LOAD_FAIL] = 5,     [LOAD_DECIDE] = 10,
    };
    uint32_t left = below(self, 100);
    unsigned turn = 0;
    while (left >= shares[turn])
        left -= shares[turn++];
    return (load_turn)turn;
}

static ofp_status take_turn(load *self, load_turn turn, ofp_error **reterr)
{
    switch (turn) {
    case LOAD_REQUEST:
        return request(self, reterr);
    case LOAD_APPROVE:
        return change(self, OFP_STEP_APPROVE, OFP_MIGRATION_IS_OPEN, reterr);
    case LOAD_REFUSE:
        return change(self, OFP_STEP_REFUSE, OFP_MIGRATION_IS_OPEN, reterr);
    case LOAD_CANCEL:
        return change(self, OFP_STEP_CANCEL, OFP_MIGRATION_IS_OPEN, reterr);
    case LOAD_EXTEND:
        return change(self, OFP_STEP_EXTEND, OFP_MIGRATION_IS_LIVE, reterr);
    case LOAD_END:
        return change(self, OFP_STEP_END, OFP_MIGRATION_IS_LIVE, reterr);
    case LOAD_COMPLETE:
        return change(self, OFP_STEP_COMPLETE, OFP_MIGRATION_IS_LIVE, reterr);
    case LOAD_SWEEP:
        return sweep(self, reterr);
    case LOAD_ACK:
    case LOAD_FAIL:
        return settle(self, turn == LOAD_ACK, reterr);
    default:
        return decide(self, reterr);
    }
}

ofp_status load_take(load *self, load_turn turn, ofp_error **reterr)
{
    const ofp_status status = take_turn(self, turn, reterr);
    if (self->frozen)
        return status;
    self->at += 60 + below(self, 3600);
    /* So that ends pass, and reminders are due. */
    if (!below(self, 25))
        self->at += 4 * RIG_DAY;
    return status;
}

const char *load_turn_name(load_turn turn)
{
    static const char *const names[LOAD_TURN_COUNT] = {
        [LOAD_REQUEST] = "request", [LOAD_APPROVE] = "approve",   [LOAD_REFUSE] = "refuse",
        [LOAD_CANCEL] = "cancel",   [LOAD_EXTEND] = "extend",     [LOAD_END] = "end",
        [LOAD_SWEEP] = "sweep",     [LOAD_COMPLETE] = "complete", [LOAD_ACK] = "ack",
        [LOAD_FAIL] = "fail",       [LOAD_DECIDE] = "decide",
    };
    return names[turn];
}
