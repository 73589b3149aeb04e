/* SPDX-License-Identifier: MIT */
/* Keys of replies and notes: the same for the same intention, and for no other. */
#include "cases.h"
#include "setting.h"

static void start(void)
{
    start_setting();
    use_policy(SHOP CURRENT);
    about("cloud");
    entitle("desk", "premium");
}

/* The key of the last action, which is a note. */
static const char *note_key(void)
{
    static char key[OFP_KEY_SIZE];
    size_t count;
    decide();
    const ofp_action *list = ofp_decision_actions(decision, &count);
    ck_assert_uint_gt(count, 0);
    ck_assert_int_eq(list[count - 1].kind, OFP_ACTION_INTERNAL_NOTE);
    ofp_decision_action_key(decision, count - 1, key);
    return key;
}

#define expect_same_key(change) \
    do { \
        char before[OFP_KEY_SIZE]; \
        strcpy(before, note_key()); \
        change; \
        ck_assert_str_eq(note_key(), before); \
    } while (0)

#define expect_other_key(change) \
    do { \
        char before[OFP_KEY_SIZE]; \
        strcpy(before, note_key()); \
        change; \
        ck_assert_str_ne(note_key(), before); \
    } while (0)

/*
 * Half of the SHA-256 of the parts as netstrings, "-," for one that is not there:
 * printf '2:t1,12:ask_customer,15:migration_offer,4:acme,5:cloud,7:premium,-,-,' | sha256sum
 */
START_TEST(keys_are_what_is_documented)
{
    char key[OFP_KEY_SIZE];
    expect_actions("+focus_cloud reply note");
    ofp_decision_action_key(decision, 1, key);
    ck_assert_str_eq(key, "v1:d97ddc8bf4a2a19cb23bc689828294fb");
    /* printf '2:t1,13:internal_note,15:migration_offer,4:acme,5:cloud,7:premium,-,-,' */
    ofp_decision_action_key(decision, 2, key);
    ck_assert_str_eq(key, "v1:f2d2a56184761dae6eb4021384af2c82");
    /* printf '2:t1,13:internal_note,9:migration,4:acme,5:cloud,8:standard,2:m1,10:2026-12-31,' */
    migrate("m1", "cloud", "standard", "2026-12-31", OFP_MIGRATION_APPROVED);
    ck_assert_str_eq(note_key(), "v1:fd74ddf0275d830915fd3ece93c4a6bb");
    /* printf '2:t1,13:internal_note,11:unknown_org,-,-,4:free,-,-,' */
    clear_request();
    request.has_org = false;
    ck_assert_str_eq(note_key(), "v1:d6ffa483bc4e68a4308586f6472c5211");
}
END_TEST

START_TEST(tag_actions_have_no_key)
{
    char key[OFP_KEY_SIZE] = "something";
    expect_actions("+focus_cloud reply note");
    ofp_decision_action_key(decision, 0, key);
    ck_assert_str_eq(key, "");
    strcpy(key, "something");
    ofp_decision_action_key(decision, 3, key); /* there is none */
    ck_assert_str_eq(key, "");
}
END_TEST

/* Where the last action's successor was in the decision before. */
START_TEST(actions_of_the_last_decision_have_no_key)
{
    char key[OFP_KEY_SIZE];
    CARRY("desk_s");
    expect_actions("-desk_s +focus_cloud reply note");
    CARRY("unknown");
    expect_actions("+focus_cloud reply note");
    ofp_decision_action_key(decision, 3, key);
    ck_assert_str_eq(key, "");
}
END_TEST

START_TEST(keys_tell_intentions_apart)
{
    migrate("m1", "cloud", "standard", "2026-12-31", OFP_MIGRATION_APPROVED);
    expect_other_key(request.ticket = ofp_text_of("t2"));
    expect_other_key(request.org = ofp_text_of("acm"));
    ofp_migration *migration = (ofp_migration *)request.migrations;
    expect_other_key(migration->id = ofp_text_of("m2"));
    expect_other_key(migration->target_date++);
    expect_other_key(migration->level = level_of("premium"));
    expect_other_key(migration->status = OFP_MIGRATION_REQUESTED); /* the verdict */
    expect_other_key(migration->to = offering_of("edge"); about("edge"));
    expect_other_key(about("cloud"));
}
END_TEST

/* The end of one part can't be mistaken for the start of the next one. */
START_TEST(parts_do_not_run_together)
{
    request.ticket = ofp_text_of("t,4:a");
    request.org = ofp_text_of("b");
    expect_other_key(request.ticket = ofp_text_of("t"); request.org = ofp_text_of("a,1:b"));
    expect_other_key(request.ticket = ofp_text_of("ta"); request.org = ofp_text_of("b"));
    expect_other_key(request.ticket = ofp_text_of("t"); request.org = ofp_text_of("ab"));
}
END_TEST

START_TEST(reply_and_note_differ)
{
    char reply[OFP_KEY_SIZE], note[OFP_KEY_SIZE];
    expect_actions("+focus_cloud reply note");
    ofp_decision_action_key(decision, 1, reply);
    ofp_decision_action_key(decision, 2, note);
    ck_assert_str_ne(reply, note);
}
END_TEST

START_TEST(other_facts_do_not_change_keys)
{
    migrate("m1", "cloud", "standard", "2026-12-31", OFP_MIGRATION_APPROVED);
    expect_same_key(request.now += 3 * DAY);
    expect_same_key(request.created_at -= DAY);
    expect_same_key(request.subject = request.description = ofp_text_of("now in other words"));
    expect_same_key(request.priority = priority_of("urgent"));
    expect_same_key(request.org_name = request.org_notes = ofp_text_of("Acme"));
    expect_same_key(carry_tag("loud"); carry_tag("cloud_s"); carry_org_tag("vip"));
    expect_same_key(set_field("form", "cloud"));
    expect_same_key(entitle("edge", "ultimate"));
    expect_same_key(migrate("m0", "cloud", "premium", "2026-12-31", OFP_MIGRATION_CANCELLED));
    expect_same_key(migrate("m0", "edge", "ultimate", "2027-12-31", OFP_MIGRATION_APPROVED));
}
END_TEST

/* What people call things may change; names and ids are what counts. */
START_TEST(keys_outlive_a_change_of_titles_and_texts)
{
    char before[OFP_KEY_SIZE];
    strcpy(before, note_key());
    use_policy("policy: other\nlevels: [free, basic, premium]\nunpaid: [free]\n"
               "priorities: [low]\ndefault_priority: low\n"
               "offerings: {cloud: {title: Sky}, desk: {title: Table}}\n"
               "migration: {provisional_level: current, messages: {internal_note:"
               " {migration_offer: Other words.}}}\n");
    about("cloud");
    entitle("desk", "premium");
    ck_assert_str_eq(note_key(), before);
}
END_TEST

/* Where several migrations could be meant: the highest level, the latest end, the smallest id. */
static void expect_meant(ofp_migration_status status, const char *date, const char *later_date)
{
    char meant[OFP_KEY_SIZE];
    request.migration_count = 0;
    migrate("m5", "cloud", "premium", later_date, status);
    strcpy(meant, note_key());
    migrate("m1", "cloud", "standard", later_date, status); /* a lower level */
    ck_assert_str_eq(note_key(), meant);
    migrate("m0", "cloud", "premium", date, status); /* an earlier end */
    ck_assert_str_eq(note_key(), meant);
    migrate("m6", "cloud", "premium", later_date, status); /* a larger id */
    migrate("m50", "cloud", "premium", later_date, status);
    migrate("n", "cloud", "premium", later_date, status);
    ck_assert_str_eq(note_key(), meant);
    migrate("M5", "cloud", "premium", later_date, status); /* a smaller one: bytes count */
    ck_assert_str_ne(note_key(), meant);
}

/* The one that is meant stands behind those that are not. */
static void expect_meant_last(ofp_migration_status status, const char *date, const char *later_date)
{
    char meant[OFP_KEY_SIZE];
    request.migration_count = 0;
    migrate("m5", "cloud", "premium", later_date, status);
    strcpy(meant, note_key());
    request.migration_count = 0;
    migrate("m1", "cloud", "standard", later_date, status);
    migrate("m0", "cloud", "premium", date, status);
    migrate("m6", "cloud", "premium", later_date, status);
    migrate("m5", "cloud", "premium", later_date, status);
    ck_assert_str_eq(note_key(), meant);
    request.migration_count = 0;
    migrate("m0", "cloud", "premium", date, status);
    migrate("m5", "cloud", "premium", later_date, status);
    ck_assert_str_eq(note_key(), meant);
    request.migration_count = 0;
    migrate("m0", "cloud", "standard", later_date, status);
    migrate("m5", "cloud", "premium", later_date, status);
    ck_assert_str_eq(note_key(), meant);
}

START_TEST(the_order_of_migrations_does_not_matter)
{
    expect_meant_last(OFP_MIGRATION_APPROVED, "2026-12-30", "2026-12-31");
    expect_meant_last(OFP_MIGRATION_APPROVED, "2026-11-10", "2026-11-11");
}
END_TEST

START_TEST(the_migration_that_is_meant)
{
    expect_meant(OFP_MIGRATION_APPROVED, "2026-12-30", "2026-12-31");
    ck_assert_int_eq(ofp_decision_verdict(decision), OFP_VERDICT_MIGRATION);
    expect_meant(OFP_MIGRATION_REQUESTED, "2026-12-30", "2026-12-31");
    ck_assert_int_eq(ofp_decision_verdict(decision), OFP_VERDICT_MIGRATION_PENDING);
    expect_meant(OFP_MIGRATION_REFUSED, "2026-12-30", "2026-12-31");
    ck_assert_int_eq(ofp_decision_verdict(decision), OFP_VERDICT_MIGRATION_REFUSED);
    expect_meant(OFP_MIGRATION_APPROVED, "2026-11-10", "2026-11-11");
    ck_assert_int_eq(ofp_decision_verdict(decision), OFP_VERDICT_MIGRATION_EXPIRED);
}
END_TEST

/* Only migrations that give the verdict can be meant. */
START_TEST(other_migrations_are_not_meant)
{
    migrate("m5", "cloud", "standard", "2026-12-01", OFP_MIGRATION_APPROVED);
    expect_same_key(migrate("a", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_REQUESTED));
    expect_same_key(migrate("b", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_REFUSED));
    expect_same_key(migrate("c", "cloud", "ultimate", "2026-11-19", OFP_MIGRATION_APPROVED));
    expect_same_key(migrate("d", "cloud", "ultimate", "2026-12-31", OFP_MIGRATION_COMPLETED));
    expect_same_key(migrate("e", "edge", "ultimate", "2026-12-31", OFP_MIGRATION_APPROVED));
}
END_TEST

TCase *key_case(void)
{
    TCase *tests = tcase_create("key");
    tcase_add_checked_fixture(tests, start, stop_setting);
    tcase_add_test(tests, keys_are_what_is_documented);
    tcase_add_test(tests, tag_actions_have_no_key);
    tcase_add_test(tests, actions_of_the_last_decision_have_no_key);
    tcase_add_test(tests, keys_tell_intentions_apart);
    tcase_add_test(tests, parts_do_not_run_together);
    tcase_add_test(tests, reply_and_note_differ);
    tcase_add_test(tests, other_facts_do_not_change_keys);
    tcase_add_test(tests, keys_outlive_a_change_of_titles_and_texts);
    tcase_add_test(tests, the_migration_that_is_meant);
    tcase_add_test(tests, the_order_of_migrations_does_not_matter);
    tcase_add_test(tests, other_migrations_are_not_meant);
    return tests;
}
