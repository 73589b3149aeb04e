/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A decision while it is made, and afterwards. Everything that it points to lives in the arena of
 * its scratch (or its own, for a copy), in the policy, or with the request.
 */
#ifndef OFP_DECISION_STATE_H
#define OFP_DECISION_STATE_H

#include <offerpolicy/decision.h>

#include "arena.h"
#include "pattern.h"
#include "prefilter.h"
#include "tables.h"

/**
 * A reason in short form; the rest of its facts follow from the decision (reasons.c). A note of
 * rules that failed stands for a run of them: for all rules from the first to the one before
 * `index`.
 */
typedef struct ofp_note {
    uint8_t code; /* an ofp_reason_code */
    bool decides;
    bool in_description; /* a pattern's: it matched there, not in the subject */
    int32_t index;       /* of the entitlement, migration, rule, pattern or target */
} ofp_note;

/** How an entitlement counts now. */
typedef enum ofp_entitlement_state {
    OFP_ENTITLEMENT_UNPAID,
    OFP_ENTITLEMENT_ACTIVE,
    OFP_ENTITLEMENT_ON_HOLD,
    OFP_ENTITLEMENT_UPCOMING,
    OFP_ENTITLEMENT_UPCOMING_ON_HOLD,
    OFP_ENTITLEMENT_ENDED,
} ofp_entitlement_state;

/** How a migration counts now. */
typedef enum ofp_migration_standing {
    OFP_STANDING_LIVE,
    OFP_STANDING_UNBACKED, /* approved, but no active entitlement is left */
    OFP_STANDING_OPEN,
    OFP_STANDING_REFUSED, /* this one and the next two are remembered */
    OFP_STANDING_ENDED,
    OFP_STANDING_MISSED,
    OFP_STANDING_FORGOTTEN,
    OFP_STANDING_COMPLETED,
    OFP_STANDING_CANCELLED,
} ofp_migration_standing;

/** The sums of the patterns: the highest and the one that comes next. */
typedef struct ofp_scores {
    int32_t best, best_score; /* the score is 0 if no pattern matched */
    int32_t next, next_score; /* OFP_NONE both if there is no other offering */
} ofp_scores;

struct ofp_decision {
    const ofp_policy *policy;
    const ofp_request *request; /* borrowed; a copy has its own, with all that it needs */

    ofp_verdict verdict;
    int32_t offering;
    ofp_offering_source source;
    int32_t priority;
    int32_t level;
    int32_t sla_rule;
    int32_t migration; /* index of the one that gives the verdict, or OFP_NONE */
    int64_t valid_until;

    uint8_t *entitlement_states; /* an ofp_entitlement_state each */
    uint8_t *standings;          /* an ofp_migration_standing each */
    int64_t *ends, *forgottens;  /* of each migration */
    ofp_scores scores;

    /* By attribute: as priority and classification rules see them, with the priority that the
     * ticket came with, and as SLA rules do. */
    ofp_fact *first_facts, *facts;
    int32_t first_priority, verdict_value;

    ofp_target *targets;
    size_t target_count;
    ofp_action *actions;
    size_t action_count;
    ofp_note *notes;
    size_t note_count, note_capacity;

    ofp_arena own; /* only of a copy */
};

struct ofp_scratch {
    ofp_arena arena;
    ofp_matcher *matcher; /* made when the first pattern is to be matched */
    ofp_scanner *scanner; /* made when the first prefilter is to be used */
    ofp_decision decision;
    uint64_t *tag_bits; /* which of the policy's tags the ticket carries */
};

/** Notes a reason; there is always room, see ofp_decide(). */
static inline void ofp_decision_note(ofp_decision *decision, ofp_reason_code code, bool decides,
                                     int32_t index)
{
    decision->notes[decision->note_count++] =
        (ofp_note){.code = (uint8_t)code, .decides = decides, .index = index};
}

/** Is this a code of rules that failed, whose note stands for a run of them? */
static inline bool ofp_note_is_run(const ofp_note *note)
{
    return note->code == OFP_REASON_PRIORITY_RULE_FAILED ||
           note->code == OFP_REASON_OFFERING_RULE_FAILED ||
           note->code == OFP_REASON_SLA_RULE_FAILED;
}

/** How many reasons a note stands for. */
size_t ofp_note_reason_count(const ofp_note *note);

/**
 * One of the reasons that a note stands for, with all its facts.
 * @param index below ofp_note_reason_count()
 */
void ofp_note_reason(const ofp_decision *decision, const ofp_note *note, size_t index,
                     ofp_reason *ret);

#endif
