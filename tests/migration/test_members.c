/* SPDX-License-Identifier: MIT */
/* What a step must have, may have and may not have, and what may stand in it. */
#include <stdio.h>
#include <stdlib.h>

#include "cases.h"
#include "setting.h"

enum { KIND_COUNT = OFP_STEP_CANCEL + 1 };

#define ALL 0x7fu
#define KIND(name) (1u << OFP_STEP_##name)

static const char *const nouns[KIND_COUNT] = {"a request",     "an approval",  "a refusal",
                                              "an extension",  "an early end", "a completion",
                                              "a cancellation"};

typedef struct member {
    const char *what;
    size_t offset;
    size_t limit;
    bool prose;
    unsigned required, allowed;
} member;

#define TEXT(name) offsetof(ofp_step, name)

static const member texts[] = {
    {"actor", TEXT(actor), 255, false, ALL, ALL},
    {"role", TEXT(role), 255, false, 0, ALL},
    {"reason", TEXT(reason), 65536, true, 0, ALL},
    {"key", TEXT(key), 255, false, 0, ALL},
    {"org", TEXT(org), 4096, false, KIND(REQUEST), KIND(REQUEST)},
    {"offering to move from", TEXT(from), 4096, false, KIND(REQUEST), KIND(REQUEST)},
    {"offering to move to", TEXT(to), 4096, false, KIND(REQUEST), KIND(REQUEST)},
    {"level", TEXT(level), 4096, false, KIND(REQUEST), KIND(REQUEST)},
    {"owner", TEXT(owner), 255, false, KIND(REQUEST), KIND(REQUEST)},
    {"evidence", TEXT(evidence), 65536, true, 0, KIND(REQUEST)},
};
enum { TEXT_COUNT = sizeof texts / sizeof *texts };

static char message[256];

static const char *say(const char *format, const char *first, const char *second)
{
    snprintf(message, sizeof message, format, first, second);
    return message;
}

static ofp_text *text_of(const member *m)
{
    return (ofp_text *)((char *)&step + m->offset);
}

/* A step of a kind with all that it must have. */
static void start_kind(int kind)
{
    if (kind == OFP_STEP_REQUEST) {
        start_request(NOON);
        return;
    }
    start_step((ofp_step_kind)kind, "M-1", NOON);
    if (kind == OFP_STEP_EXTEND)
        step.target_date = date_of("2027-01-31");
    if (kind == OFP_STEP_COMPLETE)
        step.outcome = OFP_OUTCOME_REACHED;
}

START_TEST(texts_where_they_belong)
{
    const int kind = _i;
    for (int i = 0; i < TEXT_COUNT; i++) {
        const member *m = &texts[i];
        start_kind(kind);
        if (m->required >> kind & 1) {
            *text_of(m) = (ofp_text){0};
            refused(OFP_CODE_STEP_INCOMPLETE,
                    say("the %s is missing: %s needs it", m->what, nouns[kind]));
        } else if (!(m->allowed >> kind & 1)) {
            *text_of(m) = ofp_text_of("x");
            refused(OFP_CODE_STEP_MISPLACED,
                    say("%s takes no %s: leave it out", nouns[kind], m->what));
        }
    }
}
END_TEST

START_TEST(others_where_they_belong)
{
    const int kind = _i;
    start_kind(kind);
    step.migration = ofp_text_of(kind == OFP_STEP_REQUEST ? "M-1" : NULL);
    if (kind == OFP_STEP_REQUEST)
        refused(OFP_CODE_STEP_MISPLACED, "a request takes no migration: leave it out");
    else
        refused(OFP_CODE_STEP_INCOMPLETE,
                say("the migration is missing: %s needs it%s", nouns[kind], ""));
    start_kind(kind);
    step.if_revision = 1;
    if (kind == OFP_STEP_REQUEST)
        refused(OFP_CODE_STEP_MISPLACED, "a request takes no revision: leave it out");
    start_kind(kind);
    const bool dated = kind == OFP_STEP_REQUEST || kind == OFP_STEP_EXTEND;
    step.target_date = dated ? OFP_DATE_NONE : 0;
    refused(dated ? OFP_CODE_STEP_INCOMPLETE : OFP_CODE_STEP_MISPLACED,
            say(dated ? "the target date is missing: %s needs it%s"
                      : "%s takes no target date: leave it out%s",
                nouns[kind], ""));
    start_kind(kind);
    const bool has_outcome = kind == OFP_STEP_COMPLETE;
    step.outcome = has_outcome ? OFP_OUTCOME_NONE : OFP_OUTCOME_REACHED;
    refused(has_outcome ? OFP_CODE_STEP_INCOMPLETE : OFP_CODE_STEP_MISPLACED,
            say(has_outcome ? "the outcome is missing: %s needs it%s"
                            : "%s takes no outcome: leave it out%s",
                nouns[kind], ""));
    start_kind(kind);
    step.facts = facts;
    if (kind != OFP_STEP_REQUEST && kind != OFP_STEP_END && kind != OFP_STEP_COMPLETE)
        refused(OFP_CODE_STEP_MISPLACED, say("%s takes no facts: leave it out%s", nouns[kind], ""));
}
END_TEST

/* @param size bytes of "x" that a text shall have */
static ofp_text long_text(size_t size)
{
    static char many[70000];
    memset(many, 'x', sizeof many);
    return (ofp_text){many, size};
}

START_TEST(what_texts_may_hold)
{
    const member *m = &texts[_i];
    const struct {
        ofp_text text;
        ofp_code code;
        const char *problem;
    } cases[] = {
        {OFP_LITERAL(""), m->prose ? OFP_CODE_NONE : OFP_CODE_STEP_INCOMPLETE, "is empty"},
        {OFP_LITERAL("\xFF"), OFP_CODE_STEP_TEXT_INVALID, "is not valid UTF-8"},
        {OFP_LITERAL("\xED\xA0\x80"), OFP_CODE_STEP_TEXT_INVALID, "is not valid UTF-8"},
        {OFP_LITERAL("a\0b"), OFP_CODE_STEP_TEXT_INVALID, "has control characters"},
        {OFP_LITERAL("a\x1b[31m"), OFP_CODE_STEP_TEXT_INVALID, "has control characters"},
        {OFP_LITERAL("a\xE2\x80\xAE"), OFP_CODE_STEP_TEXT_INVALID, "has control characters"},
        {OFP_LITERAL("a\tb\r\nc"), m->prose ? OFP_CODE_NONE : OFP_CODE_STEP_TEXT_INVALID,
         "has control characters"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        start_request(NOON);
        *text_of(m) = cases[i].text;
        snprintf(message, sizeof message, "the %s %s%s", m->what, cases[i].problem,
                 m->prose && strstr(cases[i].problem, "control") ? " other than line ends and tabs"
                                                                 : "");
        if (cases[i].code)
            refused(cases[i].code, message);
    }
    start_request(NOON);
    *text_of(m) = long_text(m->limit + 1);
    snprintf(message, sizeof message, "the %s has %zu bytes; at most %zu are allowed", m->what,
             m->limit + 1, m->limit);
    refused(OFP_CODE_STEP_TEXT_TOO_LONG, message);
}
END_TEST

/* The longest texts, with all that may be in them, come back as they were. */
START_TEST(texts_are_kept)
{
    start_request(NOON);
    step.actor = long_text(255);
    step.owner = long_text(254);
    step.role = long_text(253);
    step.key = long_text(252);
    step.evidence = long_text(65536);
    step.reason = OFP_LITERAL("\t\xC3\xA9\r\n'\"{org}\n");
    const ofp_migration_record *record = take();
    ck_assert(ofp_span_equal(record->requested_by, step.actor));
    ck_assert(ofp_span_equal(record->owner, step.owner));
    ck_assert(ofp_span_equal(record->evidence, step.evidence));
    ck_assert(ofp_span_equal(record->reason, step.reason));
    size_t count;
    ck_assert(ofp_span_equal(ofp_records_events(answer, &count)->role, step.role));
    ck_assert(ofp_span_equal(ofp_records_events(answer, &count)->key, step.key));
}
END_TEST

/* An empty reason is a reason. */
START_TEST(empty_is_not_missing)
{
    start_request(NOON);
    step.reason = OFP_LITERAL("");
    const ofp_migration_record *record = take();
    ck_assert_ptr_nonnull(record->reason.data);
    ck_assert_uint_eq(record->reason.size, 0);
    ck_assert_ptr_null(record->evidence.data);
}
END_TEST

START_TEST(when_it_is_taken)
{
    start_request(OFP_INSTANT_NONE);
    refused(OFP_CODE_STEP_INCOMPLETE, "it is not said when this is done");
    step.at = OFP_INSTANT_END;
    refused(OFP_CODE_INSTANT_RANGE, "the instant is outside the years 1970 to 2200");
    step.at = -1;
    refused(OFP_CODE_INSTANT_RANGE, "the instant is outside the years 1970 to 2200");
    start_request(NOON);
    step.target_date = 84371;
    refused(OFP_CODE_INSTANT_RANGE, "the target date is outside the years 1970 to 2200");
    step.target_date = -1;
    refused(OFP_CODE_INSTANT_RANGE, "the target date is outside the years 1970 to 2200");
}
END_TEST

START_TEST(misuse)
{
    start_request(NOON);
    step.size--;
    snprintf(message, sizeof message, "the step's `size` is %zu: start from OFP_STEP_INIT",
             step.size);
    refused(OFP_CODE_MISUSE, message);
    start_request(NOON);
    step.kind = (ofp_step_kind)KIND_COUNT;
    refused(OFP_CODE_MISUSE, "7 is no kind of step");
    start_kind(OFP_STEP_COMPLETE);
    step.outcome = (ofp_outcome)3;
    refused(OFP_CODE_MISUSE, "3 is no outcome");
}
END_TEST

/* The first mistake in the order of the members is told. */
START_TEST(the_first_mistake)
{
    start_request(NOON);
    step.owner = (ofp_text){0};
    step.level = OFP_LITERAL("\n");
    step.key = OFP_LITERAL("");
    refused(OFP_CODE_STEP_INCOMPLETE, "the key is empty");
    step.key = (ofp_text){0};
    refused(OFP_CODE_STEP_TEXT_INVALID, "the level has control characters");
    step.level = ofp_text_of("premium");
    refused(OFP_CODE_STEP_INCOMPLETE, "the owner is missing: a request needs it");
}
END_TEST

START_TEST(a_store_for_reading)
{
    start_request(NOON);
    reopen_store(OFP_STORE_READ);
    ofp_error *error = NULL;
    ck_assert_int_eq(ofp_step_take(&step, store, policy, &answer, &error), OFP_STATUS_READ_ONLY);
    ofp_error_free(error);
}
END_TEST

TCase *members_case(void)
{
    TCase *tests = tcase_create("members");
    tcase_add_checked_fixture(tests, start_setting, stop_setting);
    tcase_add_loop_test(tests, texts_where_they_belong, 0, KIND_COUNT);
    tcase_add_loop_test(tests, others_where_they_belong, 0, KIND_COUNT);
    tcase_add_loop_test(tests, what_texts_may_hold, 0, TEXT_COUNT);
    tcase_add_test(tests, texts_are_kept);
    tcase_add_test(tests, empty_is_not_missing);
    tcase_add_test(tests, when_it_is_taken);
    tcase_add_test(tests, misuse);
    tcase_add_test(tests, the_first_mistake);
    tcase_add_test(tests, a_store_for_reading);
    return tests;
}
