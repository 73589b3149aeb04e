/* SPDX-License-Identifier: MIT */
/*
 * Random requests are written as JSON and read back: they must be the same; and without their
 * texts they must get the same decision.
 */
#include <stdio.h>
#include <string.h>

#include "cases.h"
#include "random.h"

enum { LIST = 4, ROUNDS = 3000, NOW = 1795197600, DAY = 86400 };

static random_source source;
static ofp_buffer *buffer;
static ofp_scratch *scratches[2];

static void start(void)
{
    set_up();
    ck_assert_int_eq(ofp_buffer_new(&buffer, NULL), OFP_STATUS_OK);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(ofp_scratch_new(&scratches[i], NULL), OFP_STATUS_OK);
}

static void stop(void)
{
    for (int i = 0; i < 2; i++)
        scratches[i] = ofp_scratch_free(scratches[i]);
    buffer = ofp_buffer_free(buffer);
    tear_down();
}

static uint32_t below(uint32_t count)
{
    return random_below(&source, count);
}

/* --- making requests -------------------------------------------------------------------------- */

static const char *const pieces[] = {
    "northwind cloud",    "self-hosted",      "a \"quote\" \\ and /",
    "\n\t\r\b\f\x01\x1F", "\xC3\xA4",         "\xF0\x9F\x98\x80",
    "\xE2\x80\xAE",       "dedicated tenant", "",
    "plain words",
};

/* A text, or at times none. @param needed it must be there, and not be empty */
static ofp_text make_text(bool needed)
{
    static char room[64][64];
    static size_t next;
    const size_t count = sizeof pieces / sizeof *pieces;
    char *text = room[next++ % 64];
    if (!needed && below(3) == 0)
        return (ofp_text){0};
    snprintf(text, sizeof room[0], "%s%s%s", needed ? "x" : "", pieces[below((uint32_t)count)],
             pieces[below((uint32_t)count)]);
    return ofp_text_of(text);
}

/* An instant, or at times none. */
static int64_t make_instant(void)
{
    static const int64_t some[] = {
        OFP_INSTANT_NONE, OFP_INSTANT_NONE, 0,        OFP_INSTANT_END - 1, NOW,
        NOW + 1,          NOW - 1,          NOW - DAY};
    const uint32_t which = below(12);
    return which < 8 ? some[which] : NOW + (int64_t)below(200 * DAY) - 100 * DAY;
}

static ofp_text tags[LIST], org_tags[LIST];
static ofp_entitlement entitlements[LIST];
static ofp_migration migrations[LIST];
static ofp_field_value field;

static void make_lists(ofp_request *request)
{
    for (int i = 0; i < LIST; i++) {
        static const char *const levels[] = {"sm_premium", "saas_standard", "region_emea", "x"};
        tags[i] = ofp_text_of(levels[below(4)]);
        org_tags[i] = make_text(true);
        ofp_entitlement *e = &entitlements[i];
        *e = (ofp_entitlement){(int32_t)below(3), (int32_t)below(4), make_instant(), make_instant(),
                               below(5) == 0};
        if (e->starts != OFP_INSTANT_NONE && e->ends != OFP_INSTANT_NONE && e->ends < e->starts)
            e->ends = e->starts;
        ofp_migration *m = &migrations[i];
        const int64_t end = make_instant();
        *m = (ofp_migration){make_text(true),
                             (int32_t)below(3),
                             1 + (int32_t)below(3),
                             NOW / DAY + (int32_t)below(400) - 200,
                             (ofp_migration_status)below(5),
                             end,
                             end == OFP_INSTANT_NONE       ? end
                             : end > OFP_INSTANT_END - DAY ? end
                                                           : end + below(DAY)};
    }
    request->tag_count = below(LIST);
    request->org_tag_count = request->has_org ? below(LIST) : 0;
    request->entitlement_count = request->has_org ? below(LIST) : 0;
    request->migration_count = request->has_org ? below(LIST) : 0;
}

static ofp_request make_request(void)
{
    ofp_request request = OFP_REQUEST_INIT;
    request.now = NOW + (int64_t)below(10 * DAY);
    request.ticket = make_text(true);
    request.created_at = NOW;
    request.priority = (int32_t)below(5) - 1;
    request.offering = below(4) ? OFP_NONE : (int32_t)below(3);
    request.classified = request.offering == OFP_NONE && below(4) == 0;
    if (request.classified)
        request.classified_as = (int32_t)below(4) - 1;
    if (!request.classified) {
        request.subject = make_text(false);
        request.description = make_text(false);
    }
    field = (ofp_field_value){0, (int32_t)below(5)};
    request.fields = &field;
    request.field_count = below(3) == 0;
    request.has_org = below(8) != 0;
    if (request.has_org) {
        request.org = make_text(true);
        request.org_name = make_text(false);
        request.org_notes = make_text(false);
        request.org_time_zone = make_text(false);
    }
    request.tags = tags;
    request.org_tags = org_tags;
    request.entitlements = entitlements;
    request.migrations = migrations;
    make_lists(&request);
    return request;
}

/* --- comparing -------------------------------------------------------------------------------- */

static bool same_text(ofp_text a, ofp_text b)
{
    return a.size == b.size && !a.data == !b.data && (!a.size || !memcmp(a.data, b.data, a.size));
}

static bool same_tags(const ofp_text *a, size_t a_count, const ofp_text *b, size_t b_count)
{
    bool same = a_count == b_count;
    for (size_t i = 0; same && i < a_count; i++)
        same = same_text(a[i], b[i]);
    return same;
}

static bool same_ticket(const ofp_request *a, const ofp_request *b)
{
    return a->now == b->now && same_text(a->ticket, b->ticket) &&
           same_text(a->subject, b->subject) && same_text(a->description, b->description) &&
           a->priority == b->priority && a->offering == b->offering &&
           a->classified == b->classified && a->classified_as == b->classified_as &&
           a->created_at == b->created_at && a->field_count == b->field_count &&
           (!a->field_count || (a->fields[0].field == b->fields[0].field &&
                                a->fields[0].value == b->fields[0].value)) &&
           same_tags(a->tags, a->tag_count, b->tags, b->tag_count);
}

static bool same_org(const ofp_request *a, const ofp_request *b)
{
    return a->has_org == b->has_org && same_text(a->org, b->org) &&
           same_text(a->org_name, b->org_name) && same_text(a->org_notes, b->org_notes) &&
           same_text(a->org_time_zone, b->org_time_zone) &&
           same_tags(a->org_tags, a->org_tag_count, b->org_tags, b->org_tag_count);
}

static bool same_entitlements(const ofp_request *a, const ofp_request *b)
{
    bool same = a->entitlement_count == b->entitlement_count;
    for (size_t i = 0; same && i < a->entitlement_count; i++) {
        const ofp_entitlement *x = &a->entitlements[i], *y = &b->entitlements[i];
        same = x->offering == y->offering && x->level == y->level && x->starts == y->starts &&
               x->ends == y->ends && x->hold == y->hold;
    }
    return same;
}

static bool same_migrations(const ofp_request *a, const ofp_request *b)
{
    bool same = a->migration_count == b->migration_count;
    for (size_t i = 0; same && i < a->migration_count; i++) {
        const ofp_migration *x = &a->migrations[i], *y = &b->migrations[i];
        same = same_text(x->id, y->id) && x->to == y->to && x->level == y->level &&
               x->target_date == y->target_date && x->status == y->status && x->end == y->end &&
               x->forgotten == y->forgotten;
    }
    return same;
}

static bool same_actions(const ofp_decision *a, const ofp_decision *b)
{
    size_t a_count, b_count;
    const ofp_action *x = ofp_decision_actions(a, &a_count), *y = ofp_decision_actions(b, &b_count);
    bool same = a_count == b_count;
    for (size_t i = 0; same && i < a_count; i++) {
        char keys[2][OFP_KEY_SIZE];
        ofp_decision_action_key(a, i, keys[0]);
        ofp_decision_action_key(b, i, keys[1]);
        same = x[i].kind == y[i].kind && x[i].tag == y[i].tag && strcmp(keys[0], keys[1]) == 0;
    }
    return same;
}

static bool same_answer(const ofp_decision *a, const ofp_decision *b)
{
    return ofp_decision_verdict(a) == ofp_decision_verdict(b) &&
           ofp_decision_offering(a) == ofp_decision_offering(b) &&
           ofp_decision_offering_source(a) == ofp_decision_offering_source(b) &&
           ofp_decision_priority(a) == ofp_decision_priority(b) &&
           ofp_decision_level(a) == ofp_decision_level(b) &&
           ofp_decision_sla_rule(a) == ofp_decision_sla_rule(b) &&
           ofp_decision_valid_until(a) == ofp_decision_valid_until(b) && same_actions(a, b);
}

/* --- the tests -------------------------------------------------------------------------------- */

/* Writes a request and reads it back. @return the document, and the request in it */
static const ofp_request *rewrite(const ofp_request *request, const ofp_decision *without_texts)
{
    ofp_buffer_clear(buffer);
    ck_assert_int_eq(ofp_request_write_json(request, policy, without_texts, buffer, NULL),
                     OFP_STATUS_OK);
    return expect_request(ofp_buffer_text(buffer));
}

START_TEST(what_is_written_reads_back)
{
    source = random_start("requests written and read");
    for (int i = 0; i < ROUNDS; i++) {
        const ofp_request request = make_request();
        const ofp_request *again = rewrite(&request, NULL);
        const char *document = ofp_buffer_text(buffer).data;
        ck_assert_msg(same_ticket(&request, again), "ticket: %s", document);
        ck_assert_msg(same_org(&request, again), "org: %s", document);
        ck_assert_msg(same_entitlements(&request, again), "entitlements: %s", document);
        ck_assert_msg(same_migrations(&request, again), "migrations: %s", document);
    }
}
END_TEST

START_TEST(without_texts_the_answer_is_the_same)
{
    int classified = 0;
    source = random_start("requests written without texts");
    for (int i = 0; i < ROUNDS; i++) {
        const ofp_request request = make_request();
        const ofp_decision *decision, *anew;
        ck_assert_int_eq(ofp_decide(policy, &request, scratches[0], &decision, NULL),
                         OFP_STATUS_OK);
        const ofp_request *again = rewrite(&request, decision);
        ck_assert(!again->subject.data && !again->description.data);
        ck_assert(!again->org_name.data && !again->org_notes.data);
        ck_assert_int_eq(ofp_decide(policy, again, scratches[1], &anew, NULL), OFP_STATUS_OK);
        ck_assert_msg(same_answer(decision, anew), "%s", ofp_buffer_text(buffer).data);
        classified += again->classified_as != OFP_NONE && !request.classified;
    }
    ck_assert_int_gt(classified, ROUNDS / 20);
}
END_TEST

TCase *json_write_case(void)
{
    TCase *tests = tcase_create("writing");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, what_is_written_reads_back);
    tcase_add_test(tests, without_texts_the_answer_is_the_same);
    return tests;
}
