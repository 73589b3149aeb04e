/* SPDX-License-Identifier: MIT */
/* One step from its check to its answer, in one transaction. */
#include "change.h"
#include "ends.h"
#include "failure.h"
#include "span.h"
#include "step_apply.h"
#include "step_check.h"
#include "step_key.h"

/* Finds the migration that the step is about. */
static ofp_status find_migration(ofp_taking *taking, ofp_error **reterr)
{
    bool found = false;
    const ofp_text id = taking->step->migration;
    const ofp_status status = ofp_ledger_read(taking->store, id, taking->found, &found, reterr);
    if (status)
        return status;
    if (!found)
        return ofp_fail(reterr, OFP_CODE_UNKNOWN_MIGRATION, "there is no migration \"%s\"%s",
                        ofp_quote(id).text,
                        ofp_migration_id_parse(id) ? "" : ": ids look like M-17");
    /* A copy: reading more may move those in the table, but not their texts. */
    taking->record = taking->found->migrations.items[0];
    return OFP_STATUS_OK;
}

/* How many migrations of the org to this offering there were, without one that still counts. */
static ofp_status count_former(const ofp_taking *taking, int64_t *ret, ofp_error **reterr)
{
    const ofp_step *step = taking->step;
    ofp_records *found = taking->found;
    size_t at = found->migrations.count;
    ofp_status status = ofp_ledger_count_requests(taking->store, step->org, step->to, ret, reterr);
    if (!status)
        status = ofp_ledger_read_active(taking->store, step->org, step->at, found, reterr);
    for (; !status && at < found->migrations.count; at++)
        *ret -= ofp_span_equal(found->migrations.items[at].to, step->to);
    return status;
}

/* The key that was given, or else the derived one. @param made room for it */
static ofp_status choose_key(const ofp_taking *taking, const uint8_t *command,
                             char made[OFP_KEY_SIZE], ofp_text *ret, ofp_error **reterr)
{
    const ofp_step *step = taking->step;
    int64_t number = step->if_revision;
    ofp_status status = OFP_STATUS_OK;
    *ret = step->key;
    if (step->key.data)
        return status;
    if (taking->is_new)
        status = count_former(taking, &number, reterr);
    else if (!number)
        number = taking->record.revision;
    if (!status)
        ofp_step_derive_key(step, command, number, made);
    *ret = ofp_text_of(made);
    return status;
}

/* Was this step taken before? Then its first answer is the answer. */
static ofp_status find_answer(const ofp_taking *taking, const ofp_change_author *author,
                              ofp_records *answer, ofp_error **reterr)
{
    bool found = false, same = false;
    const ofp_status status = ofp_ledger_find_key(taking->store, author->key, author->command,
                                                  answer, &found, &same, reterr);
    if (status)
        return status;
    if (found && !same)
        return ofp_fail(reterr, OFP_CODE_KEY_REUSED,
                        "the key \"%s\" was used for another step: use a new key for a new step",
                        ofp_quote(author->key).text);
    answer->repeated = found;
    return OFP_STATUS_OK;
}

static ofp_status allow(const ofp_taking *taking, ofp_error **reterr)
{
    ofp_status status = OFP_STATUS_OK;
    if (!taking->is_new) {
        status = ofp_step_allow_state(taking, reterr);
        if (!status)
            status = ofp_step_allow_actor(taking, reterr);
    }
    return status ? status : ofp_step_allow_content(taking, reterr);
}

static ofp_status write(const ofp_taking *taking, const ofp_change_author *author,
                        ofp_records *answer, ofp_error **reterr)
{
    const ofp_step *step = taking->step;
    ofp_change change = {
        .store = taking->store,
        .policy = taking->policy,
        .scratch = taking->found,
        .answer = answer,
        .kind = taking->rule->event,
        .at = step->at,
        .due_since = OFP_INSTANT_NONE,
        .facts = taking->facts,
    };
    ofp_step_apply(taking, &change.record);
    return ofp_change_write(&change, author,
                            change.record.settled
                                ? OFP_INSTANT_NONE
                                : ofp_next_due(taking->policy, &change.record, step->at),
                            reterr);
}

/* All that happens inside the transaction. */
static ofp_status take(ofp_taking *taking, ofp_records *answer, ofp_error **reterr)
{
    const ofp_step *step = taking->step;
    uint8_t command[OFP_SHA256_SIZE];
    char key[OFP_KEY_SIZE];
    ofp_change_author author = {.actor = step->actor,
                                .role = step->role,
                                .reason = step->reason,
                                .command = command,
                                .previous_date = OFP_DATE_NONE};
    ofp_status status = taking->is_new ? OFP_STATUS_OK : find_migration(taking, reterr);
    ofp_step_hash(step, command);
    if (!status)
        status = choose_key(taking, command, key, &author.key, reterr);
    if (!status)
        status = find_answer(taking, &author, answer, reterr);
    if (status || answer->repeated)
        return status;
    taking->facts = ofp_facts_find(step->facts, taking->is_new ? step->org : taking->record.org);
    if (step->kind == OFP_STEP_EXTEND)
        author.previous_date = taking->record.target_date;
    status = allow(taking, reterr);
    return status ? status : write(taking, &author, answer, reterr);
}

static ofp_status take_in_transaction(ofp_taking *taking, ofp_records *answer, ofp_error **reterr)
{
    ofp_status status = ofp_store_begin_write(taking->store, reterr);
    if (status)
        return status;
    status = take(taking, answer, reterr);
    return ofp_store_finish(taking->store, status, reterr);
}

ofp_status ofp_step_take(const ofp_step *step, ofp_store *store, const ofp_policy *policy,
                         ofp_records **ret, ofp_error **reterr)
{
    ofp_status status = ofp_step_check(step, reterr);
    if (!status)
        status = ofp_facts_check(step->facts, policy, reterr);
    if (status)
        return status;
    ofp_records *answer = ofp_records_new();
    ofp_taking taking = {
        .step = step,
        .rule = &ofp_step_rules[step->kind],
        .store = store,
        .policy = policy,
        .found = ofp_records_new(),
        .is_new = step->kind == OFP_STEP_REQUEST,
    };
    status = answer && taking.found ? take_in_transaction(&taking, answer, reterr)
                                    : ofp_fail_no_memory(reterr);
    ofp_records_free(taking.found);
    if (status) {
        ofp_records_free(answer);
        return status;
    }
    *ret = answer;
    return ofp_succeed(reterr);
}
