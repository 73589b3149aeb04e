/* SPDX-License-Identifier: MIT */
/* Texts of replies and notes. */
#include "cases.h"
#include "setting.h"

#define EVERY \
    "{ticket}|{org}|{org_name}|{offering}|{level}|{current_offering}|{current_level}|" \
    "{target_date}|{migration}|{priority}"

#define MESSAGES \
    SHOP "migration:\n" \
         "  provisional_level: current\n" \
         "  memory_days: 30\n" \
         "  messages:\n" \
         "    ask_customer: 'ask " EVERY "'\n" \
         "    internal_note:\n" \
         "      unknown_org: 'unknown " EVERY "'\n" \
         "      unsure: 'unsure " EVERY "'\n" \
         "      migration: 'migration " EVERY "'\n" \
         "      migration_offer: 'offer " EVERY "'\n" \
         "      migration_expired: 'expired " EVERY "'\n" \
         "      upcoming: 'upcoming " EVERY "'\n"

/* An en dash: a value that does not exist. */
#define NONE "\xE2\x80\x93"

static ofp_buffer *buffer;

static void start(void)
{
    start_setting();
    ofp_buffer_new(&buffer, NULL);
    use_policy(MESSAGES);
    about("cloud");
    request.org_name = ofp_text_of("Acme Inc.");
}

static void stop(void)
{
    buffer = ofp_buffer_free(buffer);
    stop_setting();
}

/* The text of the action that is so far from the last one. */
static const char *text(size_t from_last)
{
    size_t count;
    decide();
    ofp_decision_actions(decision, &count);
    ofp_buffer_clear(buffer);
    expect_ok(ofp_decision_action_text(decision, count - 1 - from_last, buffer, &error));
    return ofp_buffer_text(buffer).data;
}

START_TEST(an_offer_names_what_is_paid_for)
{
    entitle("edge", "standard");
    entitle("desk", "premium");
    entitle("desk", "standard");
    ck_assert_str_eq(text(1), "ask t1|acme|Acme Inc.|The Cloud|premium|The Desk, edge|premium|" NONE
                              "|" NONE "|normal");
    ck_assert_str_eq(text(0),
                     "offer t1|acme|Acme Inc.|The Cloud|premium|The Desk, edge|premium|" NONE
                     "|" NONE "|normal");
}
END_TEST

START_TEST(a_migration_names_its_own_level_and_date)
{
    entitle("desk", "ultimate");
    migrate("m1", "cloud", "standard", "2026-12-31", OFP_MIGRATION_APPROVED);
    request.priority = priority_of("urgent");
    ck_assert_str_eq(text(0), "migration t1|acme|Acme Inc.|The Cloud|standard|The Desk|ultimate|"
                              "2026-12-31|m1|urgent");
    request.migration_count = 0;
    migrate("m2", "cloud", "premium", "2026-11-19", OFP_MIGRATION_APPROVED);
    ck_assert_str_eq(text(0), "expired t1|acme|Acme Inc.|The Cloud|premium|The Desk|ultimate|"
                              "2026-11-19|m2|urgent");
}
END_TEST

START_TEST(what_is_not_known_is_a_dash)
{
    request.offering = OFP_NONE;
    request.org_name = (ofp_text){0};
    ck_assert_str_eq(text(0), "unsure t1|acme|" NONE "|" NONE "|free|" NONE "|" NONE "|" NONE
                              "|" NONE "|normal");
    request.has_org = false;
    ck_assert_str_eq(text(0), "unknown t1|" NONE "|" NONE "|" NONE "|free|" NONE "|" NONE "|" NONE
                              "|" NONE "|normal");
}
END_TEST

START_TEST(only_active_entitlements_are_current)
{
    entitle("desk", "trial");
    entitle("edge", "ultimate")->ends = NOW;
    entitle("cloud", "premium")->starts = NOW + 1;
    ck_assert_str_eq(text(0), "upcoming t1|acme|Acme Inc.|The Cloud|free|" NONE "|" NONE "|" NONE
                              "|" NONE "|normal");
}
END_TEST

START_TEST(values_are_data)
{
    request.ticket = ofp_text_of("{org}");
    request.org = ofp_text_of("{level");
    request.org_name = ofp_text_of("}\nnew line\x1B[2J{ticket}");
    request.offering = OFP_NONE;
    ck_assert_str_eq(text(0), "unsure {org}|{level|} new line\xEF\xBF\xBD[2J{ticket}|" NONE
                              "|free|" NONE "|" NONE "|" NONE "|" NONE "|normal");
}
END_TEST

START_TEST(texts_are_written_at_the_end_of_the_buffer)
{
    entitle("desk", "premium");
    expect_actions("+focus_cloud reply note");
    expect_ok(ofp_decision_action_text(decision, 0, buffer, &error)); /* a tag has none */
    ck_assert_str_eq(ofp_buffer_text(buffer).data, "");
    expect_ok(ofp_decision_action_text(decision, 1, buffer, &error));
    const size_t size = ofp_buffer_text(buffer).size;
    expect_ok(ofp_decision_action_text(decision, 2, buffer, &error));
    ck_assert_int_eq(strncmp(ofp_buffer_text(buffer).data, "ask ", 4), 0);
    ck_assert_int_eq(strncmp(ofp_buffer_text(buffer).data + size, "offer ", 6), 0);
    const size_t whole = ofp_buffer_text(buffer).size;
    expect_ok(ofp_decision_action_text(decision, 3, buffer, &error)); /* there is none */
    ck_assert_uint_eq(ofp_buffer_text(buffer).size, whole);
}
END_TEST

/* Every verdict with a note has a text even if the policy writes none. */
START_TEST(every_note_has_a_default)
{
    use_policy(SHOP CURRENT);
    request.has_org = false;
    ck_assert_uint_gt(strlen(text(0)), 20);
    clear_request();
    ck_assert_uint_gt(strlen(text(0)), 20); /* unsure */
    about("cloud");
    entitle("desk", "premium")->ends = NOW;
    ck_assert_uint_gt(strlen(text(0)), 20); /* lapsed */
    entitle("cloud", "premium")->starts = NOW + 1;
    ck_assert_uint_gt(strlen(text(0)), 20); /* upcoming */
    entitle("cloud", "premium")->hold = true;
    ck_assert_uint_gt(strlen(text(0)), 20); /* on_hold */
    clear_request();
    about("cloud");
    entitle("desk", "premium");
    ck_assert_uint_gt(strlen(text(0)), 20); /* migration_offer */
    ck_assert_uint_gt(strlen(text(1)), 20);
    ofp_migration *migration =
        migrate("m1", "cloud", "premium", "2026-12-31", OFP_MIGRATION_REFUSED);
    ck_assert_ptr_nonnull(strstr(text(0), "The Cloud"));
    migration->status = OFP_MIGRATION_REQUESTED;
    ck_assert_ptr_nonnull(strstr(text(0), "The Cloud"));
    migration->status = OFP_MIGRATION_APPROVED;
    ck_assert_ptr_nonnull(strstr(text(0), "The Cloud"));
    migration->target_date -= 60;
    ck_assert_ptr_nonnull(strstr(text(0), "The Cloud")); /* migration_expired */
    ck_assert_int_eq(ofp_decision_verdict(decision), OFP_VERDICT_MIGRATION_EXPIRED);
}
END_TEST

TCase *text_case(void)
{
    TCase *tests = tcase_create("text");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, an_offer_names_what_is_paid_for);
    tcase_add_test(tests, a_migration_names_its_own_level_and_date);
    tcase_add_test(tests, what_is_not_known_is_a_dash);
    tcase_add_test(tests, only_active_entitlements_are_current);
    tcase_add_test(tests, values_are_data);
    tcase_add_test(tests, texts_are_written_at_the_end_of_the_buffer);
    tcase_add_test(tests, every_note_has_a_default);
    return tests;
}
