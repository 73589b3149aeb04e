/* SPDX-License-Identifier: MIT */
/* Reading and copying decisions. */
#include <offerpolicy/decision.h>

#include <stdlib.h>

#include "decision_state.h"
#include "failure.h"

const ofp_policy *ofp_decision_policy(const ofp_decision *decision)
{
    return decision->policy;
}

int64_t ofp_decision_now(const ofp_decision *decision)
{
    return decision->request->now;
}

ofp_text ofp_decision_ticket(const ofp_decision *decision)
{
    return decision->request->ticket;
}

static ofp_text of_org(const ofp_decision *decision, ofp_text text)
{
    return decision->request->has_org ? text : (ofp_text){0};
}

ofp_text ofp_decision_org(const ofp_decision *decision)
{
    return of_org(decision, decision->request->org);
}

ofp_text ofp_decision_org_name(const ofp_decision *decision)
{
    return of_org(decision, decision->request->org_name);
}

ofp_text ofp_decision_org_time_zone(const ofp_decision *decision)
{
    return of_org(decision, decision->request->org_time_zone);
}

int64_t ofp_decision_created_at(const ofp_decision *decision)
{
    return decision->request->created_at;
}

ofp_verdict ofp_decision_verdict(const ofp_decision *decision)
{
    return decision->verdict;
}

int32_t ofp_decision_offering(const ofp_decision *decision)
{
    return decision->offering;
}

ofp_offering_source ofp_decision_offering_source(const ofp_decision *decision)
{
    return decision->source;
}

int32_t ofp_decision_priority(const ofp_decision *decision)
{
    return decision->priority;
}

int32_t ofp_decision_level(const ofp_decision *decision)
{
    return decision->level;
}

int32_t ofp_decision_sla_rule(const ofp_decision *decision)
{
    return decision->sla_rule;
}

const ofp_target *ofp_decision_targets(const ofp_decision *decision, size_t *retcount)
{
    *retcount = decision->target_count;
    return decision->targets;
}

const ofp_action *ofp_decision_actions(const ofp_decision *decision, size_t *retcount)
{
    *retcount = decision->action_count;
    return decision->actions;
}

int64_t ofp_decision_valid_until(const ofp_decision *decision)
{
    return decision->valid_until;
}

/*
 * Moves a list or a text that a copy still shares with the original into the copy's arena, and
 * remembers a failure.
 */
static void own(ofp_decision *copy, void *shared, size_t count, size_t size, bool *failed)
{
    void *pointer;
    memcpy(&pointer, shared, sizeof pointer);
    void *owned = ofp_arena_copy_array(&copy->own, pointer, count, size);
    memcpy(shared, &owned, sizeof owned);
    *failed |= !owned;
}

static void own_text(ofp_decision *copy, ofp_text *text, bool *failed)
{
    if (!text->data)
        return;
    text->data = ofp_arena_copy(&copy->own, *text);
    *failed |= !text->data;
}

/* The request's texts and lists that later questions need; the others are left out. */
static void own_request(ofp_decision *copy, bool *failed)
{
    ofp_request *request =
        ofp_arena_copy_array(&copy->own, copy->request, 1, sizeof *copy->request);
    copy->request = request;
    if (!request) {
        *failed = true;
        return;
    }
    request->subject = request->description = request->org_notes = (ofp_text){0};
    request->tags = request->org_tags = NULL;
    request->tag_count = request->org_tag_count = 0;
    request->fields = NULL;
    request->field_count = 0;
    own_text(copy, &request->ticket, failed);
    own_text(copy, &request->org, failed);
    own_text(copy, &request->org_name, failed);
    own_text(copy, &request->org_time_zone, failed);
    own(copy, &request->entitlements, request->entitlement_count, sizeof *request->entitlements,
        failed);
    ofp_migration *migrations = ofp_arena_copy_array(&copy->own, request->migrations,
                                                     request->migration_count, sizeof *migrations);
    *failed |= !migrations;
    for (size_t i = 0; migrations && i < request->migration_count; i++)
        own_text(copy, &migrations[i].id, failed);
    request->migrations = migrations;
}

/* The facts, with the numbers that they point to. */
static void own_facts(ofp_decision *copy, ofp_fact **facts, bool *failed)
{
    const size_t count = ofp_policy_attribute_count(copy->policy);
    own(copy, facts, count, sizeof **facts, failed);
    for (size_t i = 0; *facts && i < count; i++)
        own(copy, &(*facts)[i].values, (*facts)[i].count, sizeof *(*facts)[i].values, failed);
}

static bool own_everything(ofp_decision *copy)
{
    bool failed = false;
    const size_t entitlement_count = copy->request->entitlement_count;
    const size_t migration_count = copy->request->migration_count;
    own_request(copy, &failed);
    own_facts(copy, &copy->first_facts, &failed);
    own_facts(copy, &copy->facts, &failed);
    own(copy, &copy->entitlement_states, entitlement_count, 1, &failed);
    own(copy, &copy->standings, migration_count, 1, &failed);
    own(copy, &copy->ends, migration_count, sizeof *copy->ends, &failed);
    own(copy, &copy->forgottens, migration_count, sizeof *copy->forgottens, &failed);
    own(copy, &copy->targets, copy->target_count, sizeof *copy->targets, &failed);
    own(copy, &copy->actions, copy->action_count, sizeof *copy->actions, &failed);
    own(copy, &copy->notes, copy->note_count, sizeof *copy->notes, &failed);
    return !failed;
}

ofp_status ofp_decision_copy(const ofp_decision *decision, ofp_decision **ret, ofp_error **reterr)
{
    ofp_decision *copy = malloc(sizeof *copy);
    if (!copy)
        return ofp_fail_no_memory(reterr);
    *copy = *decision;
    copy->own = (ofp_arena){0};
    ofp_policy_ref(copy->policy);
    if (!own_everything(copy)) {
        ofp_decision_free(copy);
        return ofp_fail_no_memory(reterr);
    }
    *ret = copy;
    return ofp_succeed(reterr);
}

ofp_decision *ofp_decision_free(ofp_decision *decision)
{
    if (decision) {
        ofp_arena_free(&decision->own);
        ofp_policy_unref((ofp_policy *)decision->policy);
    }
    free(decision);
    return NULL;
}
