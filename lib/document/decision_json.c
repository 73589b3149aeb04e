/* SPDX-License-Identifier: MIT */
/* Decisions as JSON, as doc/decisions.md describes them. */
#include <offerpolicy/document.h>

#include "decision_json.h"
#include "decision_state.h"
#include "json_writer.h"
#include "reason_json.h"

static void put_answer(ofp_json_writer *json, const ofp_decision *decision)
{
    const ofp_policy *policy = decision->policy;
    ofp_json_key(json, "ticket");
    ofp_json_text(json, ofp_decision_ticket(decision));
    ofp_json_key(json, "org");
    ofp_json_optional(json, ofp_decision_org(decision));
    ofp_json_key(json, "verdict");
    ofp_json_string(json, ofp_verdict_name(decision->verdict));
    ofp_json_key(json, "offering");
    ofp_json_optional(json, ofp_names_text(&policy->offering_names, decision->offering));
    ofp_json_key(json, "offering_from");
    ofp_json_string(json, ofp_offering_source_name(decision->source));
    ofp_json_key(json, "priority");
    ofp_json_text(json, ofp_names_text(&policy->priorities, decision->priority));
    ofp_json_key(json, "level");
    ofp_json_text(json, ofp_names_text(&policy->levels, decision->level));
}

static void put_target(ofp_json_writer *json, const ofp_policy *policy, const ofp_target *target)
{
    ofp_json_open(json, '{');
    ofp_json_key(json, "metric");
    ofp_json_string(json, ofp_metric_name(target->metric));
    ofp_json_key(json, "kind");
    ofp_json_string(json, ofp_target_kind_name(target->kind));
    ofp_json_key(json, "calendar");
    ofp_json_text(json, ofp_names_text(&policy->calendar_names, target->calendar));
    ofp_json_key(json, "seconds");
    ofp_json_integer(json, target->seconds);
    ofp_json_key(json, "due_at");
    ofp_json_instant(json, target->due_at);
    ofp_json_close(json, '}');
}

static void put_sla(ofp_json_writer *json, const ofp_decision *decision)
{
    ofp_json_key(json, "sla");
    if (decision->sla_rule == OFP_NONE) {
        ofp_json_null(json);
        return;
    }
    ofp_json_open(json, '{');
    ofp_json_key(json, "rule");
    ofp_json_string(json, ofp_policy_sla_rule_id(decision->policy, decision->sla_rule));
    ofp_json_key(json, "targets");
    ofp_json_open(json, '[');
    for (size_t i = 0; i < decision->target_count; i++)
        put_target(json, decision->policy, &decision->targets[i]);
    ofp_json_close(json, ']');
    ofp_json_close(json, '}');
}

/*
 * Writes an action's text. It is rendered at the buffer's end, escaped behind that, and moved down
 * to where it belongs, so that no other memory is needed.
 */
static void put_action_text(ofp_json_writer *json, const ofp_decision *decision, size_t index)
{
    enum { LONGEST_ESCAPE = 6 };
    ofp_buffer *buffer = json->buffer;
    const size_t from = buffer->size;
    /* A failure is remembered by the buffer. */
    if (ofp_decision_action_text(decision, index, buffer, NULL) != OFP_STATUS_OK)
        buffer->failed = true;
    const size_t size = buffer->size - from;
    if (!ofp_buffer_reserve(buffer, LONGEST_ESCAPE * size + 2))
        return;
    ofp_json_text(json, (ofp_text){buffer->data + from, size});
    buffer->size -= size;
    memmove(buffer->data + from, buffer->data + from + size, buffer->size - from);
}

static void put_action(ofp_json_writer *json, const ofp_decision *decision, size_t index,
                       bool texts)
{
    const ofp_action *action = &decision->actions[index];
    ofp_json_open(json, '{');
    ofp_json_key(json, "do");
    ofp_json_string(json, ofp_action_kind_name(action->kind));
    if (action->tag != OFP_NONE) {
        ofp_json_key(json, "tag");
        ofp_json_text(json, ofp_names_text(&decision->policy->tag_names, action->tag));
    } else {
        char key[OFP_KEY_SIZE];
        ofp_decision_action_key(decision, index, key);
        if (texts) {
            ofp_json_key(json, "text");
            put_action_text(json, decision, index);
        }
        ofp_json_key(json, "key");
        ofp_json_string(json, key);
    }
    ofp_json_close(json, '}');
}

static void put_actions(ofp_json_writer *json, const ofp_decision *decision, bool texts)
{
    ofp_json_key(json, "actions");
    ofp_json_open(json, '[');
    for (size_t i = 0; i < decision->action_count; i++)
        put_action(json, decision, i, texts);
    ofp_json_close(json, ']');
}

static void put_policy(ofp_json_writer *json, const ofp_policy *policy)
{
    ofp_json_key(json, "policy");
    ofp_json_open(json, '{');
    ofp_json_key(json, "name");
    ofp_json_string(json, ofp_policy_name(policy));
    ofp_json_key(json, "revision");
    ofp_json_string(json, ofp_policy_revision(policy));
    ofp_json_key(json, "digest");
    ofp_json_string(json, ofp_policy_digest(policy));
    ofp_json_key(json, "tzdata");
    ofp_json_string(json, ofp_policy_tzdata(policy));
    ofp_json_close(json, '}');
}

static ofp_status put_decision(const ofp_decision *decision, bool texts, ofp_buffer *buffer,
                               ofp_error **reterr)
{
    const size_t mark = buffer->size;
    ofp_json_writer json = {.buffer = buffer};
    ofp_json_open(&json, '{');
    put_answer(&json, decision);
    put_sla(&json, decision);
    put_actions(&json, decision, texts);
    ofp_put_reasons(&json, decision);
    ofp_json_key(&json, "valid_until");
    ofp_json_instant(&json, decision->valid_until);
    put_policy(&json, decision->policy);
    ofp_json_close(&json, '}');
    return ofp_buffer_check(buffer, mark, reterr);
}

ofp_status ofp_decision_write_json(const ofp_decision *decision, ofp_buffer *buffer,
                                   ofp_error **reterr)
{
    return put_decision(decision, true, buffer, reterr);
}

ofp_status ofp_decision_write_log_json(const ofp_decision *decision, ofp_buffer *buffer,
                                       ofp_error **reterr)
{
    return put_decision(decision, false, buffer, reterr);
}
