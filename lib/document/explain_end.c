/* SPDX-License-Identifier: MIT */
#include "decision_state.h"
#include "explain.h"
#include "sentence.h"

/* What happens when the decision ends. Only the first few are told: a list can have thousands. */
typedef struct happenings {
    ofp_explanation *e;
    int64_t at;
    size_t count;
} happenings;

enum { EVENTS_SHOWN = 3 };

static void tell(happenings *all, const ofp_reason *reason, const char *words)
{
    ofp_explanation *e = all->e;
    if (++all->count > EVENTS_SHOWN)
        return;
    ofp_explain_item(e, "- ");
    ofp_sentence_put_words(&(ofp_sentence){e->policy, &e->clock, reason}, words, &e->page.words);
    ofp_explain_end_item(e);
}

static void meet_entitlement(happenings *all, int32_t index)
{
    const ofp_entitlement *entitlement = &all->e->decision->request->entitlements[index];
    const ofp_reason reason = {
        .index = index,
        .offering = entitlement->offering,
        .level = entitlement->level,
    };
    if (entitlement->starts == all->at)
        tell(all, &reason, "Entitlement {number}, {offering} at level {level}, starts then.");
    if (entitlement->ends == all->at)
        tell(all, &reason, "Entitlement {number}, {offering} at level {level}, ends then.");
}

static void meet_migration(happenings *all, int32_t index)
{
    const ofp_decision *decision = all->e->decision;
    const ofp_migration *migration = &decision->request->migrations[index];
    const ofp_reason reason = {
        .id = migration->id,
        .offering = migration->to,
        .level = migration->level,
    };
    if (decision->standings[index] >= OFP_STANDING_COMPLETED)
        return;
    if (decision->ends[index] == all->at)
        tell(all, &reason, "Migration \"{id}\" to {offering} at level {level} ends then.");
    if (decision->forgottens[index] == all->at)
        tell(all, &reason, "Migration \"{id}\" to {offering} no longer counts then.");
}

static void put_events(ofp_explanation *e, int64_t at)
{
    const ofp_request *request = e->decision->request;
    happenings all = {.e = e, .at = at};
    for (size_t i = 0; i < request->entitlement_count; i++)
        meet_entitlement(&all, (int32_t)i);
    for (size_t i = 0; i < request->migration_count; i++)
        meet_migration(&all, (int32_t)i);
    if (all.count <= EVENTS_SHOWN)
        return;
    ofp_explain_item(e, "- ");
    ofp_buffer_printf(&e->page.words, "And %zu more.", all.count - EVENTS_SHOWN);
    ofp_explain_end_item(e);
}

void ofp_explain_end(ofp_explanation *e)
{
    const int64_t at = ofp_decision_valid_until(e->decision);
    ofp_buffer *words = &e->page.words;
    ofp_explain_label(e, "Holds");
    if (at == OFP_INSTANT_NONE) {
        ofp_buffer_puts(words, "until the ticket, a contract, a migration or the policy changes");
        ofp_explain_end_item(e);
        return;
    }
    ofp_clock_put_end(&e->clock, at, words);
    ofp_buffer_puts(words, " (");
    ofp_clock_put_span(&e->clock, at - e->now, words);
    ofp_buffer_puts(words, "), if nothing changes before");
    ofp_explain_end_item(e);
    put_events(e, at);
}
