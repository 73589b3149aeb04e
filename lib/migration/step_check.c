/* SPDX-License-Identifier: MIT */
#include "step_check.h"

#include "civil.h"
#include "failure.h"
#include "moment.h"
#include "span.h"
#include "step_rules.h"

typedef enum member_type {
    ID,   /* a text that is only looked up */
    NAME, /* without control characters, not empty */
    PROSE,
    REVISION,
    DATE,
    OUTCOME,
    FACTS,
} member_type;

/* Kinds of steps as bits. */
#define KIND(name) (1u << OFP_STEP_##name)
#define ALL ((1u << OFP_STEP_KIND_COUNT) - 1)
#define NONE 0u

typedef struct member {
    const char *what;
    member_type type;
    size_t offset;     /* in an ofp_step */
    size_t limit;      /* bytes of a text */
    unsigned required; /* by which kinds of steps */
    unsigned allowed;  /* in which others it may stand */
} member;

#define MEMBER(name) offsetof(ofp_step, name)

/* In the order of ofp_step. */
static const member members[] = {
    {"actor", NAME, MEMBER(actor), OFP_PERSON_LIMIT, ALL, NONE},
    {"role", NAME, MEMBER(role), OFP_PERSON_LIMIT, NONE, ALL},
    {"reason", PROSE, MEMBER(reason), OFP_REASON_LIMIT, NONE, ALL},
    {"key", NAME, MEMBER(key), OFP_PERSON_LIMIT, NONE, ALL},
    {"migration", ID, MEMBER(migration), 0, ALL & ~KIND(REQUEST), NONE},
    {"revision", REVISION, MEMBER(if_revision), 0, NONE, ALL & ~KIND(REQUEST)},
    {"org", NAME, MEMBER(org), OFP_NAME_LIMIT, KIND(REQUEST), NONE},
    {"offering to move from", NAME, MEMBER(from), OFP_NAME_LIMIT, KIND(REQUEST), NONE},
    {"offering to move to", NAME, MEMBER(to), OFP_NAME_LIMIT, KIND(REQUEST), NONE},
    {"level", NAME, MEMBER(level), OFP_NAME_LIMIT, KIND(REQUEST), NONE},
    {"target date", DATE, MEMBER(target_date), 0, KIND(REQUEST) | KIND(EXTEND), NONE},
    {"owner", NAME, MEMBER(owner), OFP_PERSON_LIMIT, KIND(REQUEST), NONE},
    {"evidence", PROSE, MEMBER(evidence), OFP_REASON_LIMIT, NONE, KIND(REQUEST)},
    {"outcome", OUTCOME, MEMBER(outcome), 0, KIND(COMPLETE), NONE},
    /* That a request needs facts is found where they are used: its repeat needs none. */
    {"facts", FACTS, MEMBER(facts), 0, NONE, KIND(REQUEST) | KIND(END) | KIND(COMPLETE)},
};

static const void *place_of(const ofp_step *step, const member *m)
{
    return (const char *)step + m->offset;
}

static bool is_given(const ofp_step *step, const member *m)
{
    const void *place = place_of(step, m);
    switch (m->type) {
    case REVISION:
        return *(const int64_t *)place != 0;
    case DATE:
        return *(const int32_t *)place != OFP_DATE_NONE;
    case OUTCOME:
        return *(const ofp_outcome *)place != OFP_OUTCOME_NONE;
    case FACTS:
        return *(const ofp_facts *const *)place != NULL;
    default:
        return ((const ofp_text *)place)->data != NULL;
    }
}

/* Prose may have line ends and tabs, names have no control characters at all. */
static bool has_wrong_character(ofp_text text, member_type type)
{
    while (text.size) {
        size_t size;
        const uint32_t character = ofp_span_character(text, &size);
        const bool blank = character == '\n' || character == '\r' || character == '\t';
        if (ofp_character_is_control(character) && !(type == PROSE && blank))
            return true;
        text.data += size;
        text.size -= size;
    }
    return false;
}

static ofp_status check_text(const member *m, ofp_text text, ofp_error **reterr)
{
    if (text.size == 0 && m->type != PROSE)
        return ofp_fail(reterr, OFP_CODE_STEP_INCOMPLETE, "the %s is empty", m->what);
    if (m->type == ID)
        return OFP_STATUS_OK;
    if (text.size > m->limit)
        return ofp_fail(reterr, OFP_CODE_STEP_TEXT_TOO_LONG,
                        "the %s has %zu bytes; at most %zu are allowed", m->what, text.size,
                        m->limit);
    if (!ofp_span_is_utf8(text))
        return ofp_fail(reterr, OFP_CODE_STEP_TEXT_INVALID, "the %s is not valid UTF-8", m->what);
    if (has_wrong_character(text, m->type))
        return ofp_fail(reterr, OFP_CODE_STEP_TEXT_INVALID, "the %s has control characters%s",
                        m->what, m->type == PROSE ? " other than line ends and tabs" : "");
    return OFP_STATUS_OK;
}

static ofp_status check_value(const ofp_step *step, const member *m, ofp_error **reterr)
{
    const void *place = place_of(step, m);
    switch (m->type) {
    case ID:
    case NAME:
    case PROSE:
        return check_text(m, *(const ofp_text *)place, reterr);
    case DATE:
        if (step->target_date < OFP_DATE_MIN || step->target_date > OFP_DATE_MAX)
            return ofp_fail(reterr, OFP_CODE_INSTANT_RANGE,
                            "the target date is outside the years 1970 to 2200");
        return OFP_STATUS_OK;
    case OUTCOME:
        if (!ofp_outcome_name(step->outcome))
            return ofp_fail(reterr, OFP_CODE_MISUSE, "%d is no outcome", (int)step->outcome);
        return OFP_STATUS_OK;
    default:
        return OFP_STATUS_OK;
    }
}

static ofp_status check_member(const ofp_step *step, const member *m, ofp_error **reterr)
{
    const unsigned kind = 1u << step->kind;
    const char *noun = ofp_step_rules[step->kind].noun;
    const bool given = is_given(step, m);
    if (given && !((m->required | m->allowed) & kind))
        return ofp_fail(reterr, OFP_CODE_STEP_MISPLACED, "%s takes no %s: leave it out", noun,
                        m->what);
    if (!given && (m->required & kind))
        return ofp_fail(reterr, OFP_CODE_STEP_INCOMPLETE, "the %s is missing: %s needs it", m->what,
                        noun);
    return given ? check_value(step, m, reterr) : OFP_STATUS_OK;
}

ofp_status ofp_clock_check(int64_t at, ofp_error **reterr)
{
    if (at == OFP_INSTANT_NONE)
        return ofp_fail(reterr, OFP_CODE_STEP_INCOMPLETE, "it is not said when this is done");
    if (!ofp_instant_is_supported(at))
        return ofp_fail(reterr, OFP_CODE_INSTANT_RANGE,
                        "the instant is outside the years 1970 to 2200");
    return OFP_STATUS_OK;
}

ofp_status ofp_step_check(const ofp_step *step, ofp_error **reterr)
{
    if (step->size != sizeof *step)
        return ofp_fail(reterr, OFP_CODE_MISUSE,
                        "the step's `size` is %zu: start from OFP_STEP_INIT", step->size);
    if ((unsigned)step->kind >= OFP_STEP_KIND_COUNT)
        return ofp_fail(reterr, OFP_CODE_MISUSE, "%d is no kind of step", (int)step->kind);
    ofp_status status = ofp_clock_check(step->at, reterr);
    for (size_t i = 0; !status && i < sizeof members / sizeof *members; i++)
        status = check_member(step, &members[i], reterr);
    return status ? status : ofp_succeed(reterr);
}
