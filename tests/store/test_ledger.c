/* SPDX-License-Identifier: MIT */
#include "ledger.h"

#include "allocations.h"
#include "cases.h"
#include "expect.h"
#include "place.h"

static ofp_store *store;
static ofp_records *records;

static void start(void)
{
    place_start();
    store = place_open(OFP_STORE_CREATE);
    records = ofp_records_new();
}

static void stop(void)
{
    allocations_allow();
    records = ofp_records_free(records);
    store = ofp_store_close(store);
    place_stop();
}

#define same_text(a, b) \
    ck_assert_msg(!(a).data == !(b).data && ofp_span_equal(a, b), "%s is \"%.*s\"", #a, \
                  (int)(a).size, (a).data ? (a).data : "")

static void expect_same(const ofp_migration_record *a, const ofp_migration_record *b)
{
    same_text(a->org, b->org);
    same_text(a->org_name, b->org_name);
    same_text(a->from, b->from);
    same_text(a->from_level, b->from_level);
    same_text(a->to, b->to);
    same_text(a->level, b->level);
    ck_assert_int_eq(a->target_date, b->target_date);
    ck_assert_int_eq(a->ends_at, b->ends_at);
    ck_assert_int_eq(a->forgotten_at, b->forgotten_at);
    ck_assert_int_eq(a->status, b->status);
    ck_assert_int_eq(a->revision, b->revision);
    same_text(a->owner, b->owner);
    same_text(a->reason, b->reason);
    same_text(a->evidence, b->evidence);
    same_text(a->requested_by, b->requested_by);
    ck_assert_int_eq(a->requested_at, b->requested_at);
    same_text(a->decided_by, b->decided_by);
    ck_assert_int_eq(a->decided_at, b->decided_at);
    ck_assert_int_eq(a->changed_at, b->changed_at);
    same_text(a->closed_by, b->closed_by);
    ck_assert_int_eq(a->closed_at, b->closed_at);
    ck_assert_int_eq(a->outcome, b->outcome);
    ck_assert_int_eq(a->extensions, b->extensions);
    same_text(a->policy, b->policy);
    same_text(a->policy_revision, b->policy_revision);
    same_text(a->policy_digest, b->policy_digest);
    ck_assert_int_eq(a->settled, b->settled);
}

/* Every member has a value of its own. */
static ofp_migration_record full_migration(void)
{
    return (ofp_migration_record){
        .org = ofp_text_of("acme"),
        .org_name = ofp_text_of("Acme \"Inc\"\n\x01\x7f"),
        .from = ofp_text_of("self_managed"),
        .from_level = ofp_text_of("premium"),
        .to = ofp_text_of("saas"),
        .level = ofp_text_of("ultimate"),
        .target_date = 20600,
        .ends_at = NOON + 1,
        .forgotten_at = NOON + 2,
        .status = OFP_MIGRATION_COMPLETED,
        .revision = INT64_C(5000000000),
        .owner = ofp_text_of("olga"),
        .reason = ofp_text_of(""),
        .evidence = ofp_text_of("\\u0041 https://x/?a=1&b=\xC3\xA9"),
        .requested_by = ofp_text_of("sam"),
        .requested_at = NOON - 9,
        .decided_by = ofp_text_of("mia"),
        .decided_at = NOON - 8,
        .changed_at = NOON - 3,
        .closed_by = ofp_text_of("carl"),
        .closed_at = NOON - 3,
        .outcome = OFP_OUTCOME_NOT_REACHED,
        .extensions = 2,
        .policy = ofp_text_of("example"),
        .policy_revision = ofp_text_of("r7"),
        .policy_digest = ofp_text_of("sha256:00"),
        .settled = true,
    };
}

/* Reads M-1 back from its table. */
static const ofp_migration_record *read_back(const char *id)
{
    bool found = false;
    ofp_records_reset(records);
    expect_ok(ofp_ledger_read(store, ofp_text_of(id), records, &found, &error));
    ck_assert(found);
    ck_assert_uint_eq(records->migrations.count, 1);
    expect_text(records->migrations.items[0].id, "M-1");
    return records->migrations.items;
}

START_TEST(migrations_come_back_as_they_were)
{
    const ofp_migration_record full = full_migration();
    ck_assert_int_eq(put_migration(store, &full), 1);
    expect_same(read_back("M-1"), &full);
    ofp_migration_record sparse = sample_migration("acme");
    ofp_records_reset(records);
    ck_assert_int_eq(put_migration(store, &sparse), 2);
    sparse.id = ofp_text_of("M-1");
    put_migration(store, &sparse);
    expect_same(read_back("M-1"), &sparse);
}
END_TEST

START_TEST(the_log_keeps_them_as_they_were)
{
    const ofp_migration_record full = full_migration();
    put_migration(store, &full);
    ofp_migration_record changed = sample_migration("acme");
    changed.id = ofp_text_of("M-1");
    put_migration(store, &changed);
    ofp_records *found;
    expect_ok(ofp_store_find(store, ofp_text_of("M-1"), &found, &error));
    ck_assert_uint_eq(found->events.count, 2);
    expect_same(found->events.items[0].migration, &full);
    expect_same(found->events.items[1].migration, &changed);
    expect_same(found->migrations.items, &changed);
    ofp_records_free(found);
}
END_TEST

START_TEST(writes_whole_states_of_known_ones_only)
{
    int64_t number = 0;
    ofp_migration_record record = sample_migration("acme");
    record.id = ofp_text_of("M-5");
    expect_ok(ofp_store_begin_write(store, &error));
    expect_failure(ofp_ledger_write(store, &record, record.ends_at, &number, &error),
                   OFP_CODE_UNKNOWN_MIGRATION);
    ck_assert_int_eq(number, 0);
    bool found = true;
    expect_ok(ofp_ledger_read(store, record.id, records, &found, &error));
    ck_assert(!found);
    expect_ok(ofp_ledger_read(store, ofp_text_of("what?"), records, &found, &error));
    ck_assert(!found);
    ofp_store_rollback(store);
}
END_TEST

START_TEST(refuses_what_makes_no_sense)
{
    ofp_migration_record wrong[6];
    for (int i = 0; i < 6; i++)
        wrong[i] = sample_migration("acme");
    wrong[0].to = wrong[0].from;
    wrong[1].org = ofp_text_of("");
    wrong[2].forgotten_at = wrong[2].ends_at - 1;
    wrong[3].status = OFP_MIGRATION_APPROVED;
    wrong[4].outcome = OFP_OUTCOME_REACHED;
    wrong[5].settled = true;
    for (int i = 0; i < 6; i++) {
        int64_t number;
        expect_ok(ofp_store_begin_write(store, &error));
        expect_failure(ofp_ledger_write(store, &wrong[i], NOON, &number, &error),
                       OFP_CODE_STORE_CORRUPT);
        ofp_store_rollback(store);
    }
}
END_TEST

/* One migration of the org, in this status, that ends and is forgotten so many days after NOON. */
static void put(const char *org, ofp_migration_status status, int end, int forgotten)
{
    ofp_migration_record record = sample_migration(org);
    record.status = status;
    record.ends_at = NOON + end * DAY;
    record.forgotten_at = NOON + forgotten * DAY;
    if (status != OFP_MIGRATION_REQUESTED && status != OFP_MIGRATION_CANCELLED) {
        record.decided_by = ofp_text_of("mia");
        record.decided_at = NOON;
        record.policy = record.policy_digest = ofp_text_of("p");
    }
    if (status == OFP_MIGRATION_COMPLETED || status == OFP_MIGRATION_CANCELLED) {
        record.closed_by = ofp_text_of("sam");
        record.closed_at = NOON;
    }
    if (status == OFP_MIGRATION_COMPLETED)
        record.outcome = OFP_OUTCOME_REACHED;
    record.settled = status > OFP_MIGRATION_APPROVED;
    put_migration(store, &record);
}

static void put_all(void)
{
    put("acme", OFP_MIGRATION_REQUESTED, 10, 20); /* M-1 */
    put("acme", OFP_MIGRATION_APPROVED, 10, 20);  /* M-2 */
    put("acme", OFP_MIGRATION_REFUSED, 10, 20);   /* M-3 */
    put("acme", OFP_MIGRATION_COMPLETED, 10, 20); /* M-4 */
    put("acme", OFP_MIGRATION_CANCELLED, 10, 20); /* M-5 */
    put("other", OFP_MIGRATION_APPROVED, 5, 20);  /* M-6 */
    put("acme", OFP_MIGRATION_APPROVED, 15, 30);  /* M-7 */
}

/* The ids of the migrations among the records, joined. */
static const char *ids(void)
{
    static char joined[200];
    joined[0] = '\0';
    for (size_t i = 0; i < records->migrations.count; i++)
        strcat(strcat(joined, i ? " " : ""), records->migrations.items[i].id.data);
    ofp_records_reset(records);
    return joined;
}

START_TEST(reads_what_is_active)
{
    const ofp_text acme = ofp_text_of("acme");
    put_all();
    expect_ok(ofp_ledger_read_active(store, acme, NOON, records, &error));
    ck_assert_str_eq(ids(), "M-1 M-2 M-7");
    expect_ok(ofp_ledger_read_active(store, acme, NOON + 10 * DAY - 1, records, &error));
    ck_assert_str_eq(ids(), "M-1 M-2 M-7");
    expect_ok(ofp_ledger_read_active(store, acme, NOON + 10 * DAY, records, &error));
    ck_assert_str_eq(ids(), "M-7");
    expect_ok(ofp_ledger_read_active(store, ofp_text_of("nobody"), NOON, records, &error));
    ck_assert_str_eq(ids(), "");
}
END_TEST

START_TEST(reads_what_is_remembered)
{
    const ofp_text acme = ofp_text_of("acme");
    put_all();
    expect_ok(ofp_ledger_read_remembered(store, acme, NOON + 15 * DAY, records, &error));
    ck_assert_str_eq(ids(), "M-1 M-2 M-3 M-7");
    expect_ok(ofp_ledger_read_remembered(store, acme, NOON + 20 * DAY - 1, records, &error));
    ck_assert_str_eq(ids(), "M-1 M-2 M-3 M-7");
    expect_ok(ofp_ledger_read_remembered(store, acme, NOON + 20 * DAY, records, &error));
    ck_assert_str_eq(ids(), "M-7");
    expect_ok(ofp_ledger_read_remembered(store, OFP_LITERAL("acme\0"), NOON, records, &error));
    ck_assert_str_eq(ids(), "");
    expect_ok(ofp_ledger_read_remembered(store, OFP_LITERAL("ac"), NOON, records, &error));
    ck_assert_str_eq(ids(), "");
}
END_TEST

START_TEST(looking_for_nothing_allocates_nothing)
{
    put_all();
    const ofp_text nobody = ofp_text_of("nobody");
    expect_ok(ofp_ledger_read_remembered(store, nobody, NOON, records, &error));
    allocations_allow();
    const ofp_status statuses[] = {
        ofp_store_begin_read(store, NULL),
        ofp_ledger_read_remembered(store, nobody, NOON, records, NULL),
        ofp_store_commit(store, NULL),
    };
    const size_t count = allocations_count();
    ck_assert_uint_eq(count, 0);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(statuses[i], OFP_STATUS_OK);
}
END_TEST

START_TEST(counts)
{
    int64_t count;
    put_all();
    expect_ok(ofp_ledger_count_live(store, NOON, 100, &count, &error));
    ck_assert_int_eq(count, 3);
    expect_ok(ofp_ledger_count_live(store, NOON, 2, &count, &error));
    ck_assert_int_eq(count, 2);
    expect_ok(ofp_ledger_count_live(store, NOON + 5 * DAY, 100, &count, &error));
    ck_assert_int_eq(count, 2);
    expect_ok(
        ofp_ledger_count_requests(store, ofp_text_of("acme"), ofp_text_of("saas"), &count, &error));
    ck_assert_int_eq(count, 6);
    expect_ok(ofp_ledger_count_requests(store, ofp_text_of("acme"), ofp_text_of("dedicated"),
                                        &count, &error));
    ck_assert_int_eq(count, 0);
}
END_TEST

START_TEST(reads_what_is_due)
{
    const int64_t *due;
    put_all();
    expect_ok(ofp_ledger_read_due(store, NOON + 5 * DAY - 1, 10, records, &due, &error));
    ck_assert_str_eq(ids(), "");
    expect_ok(ofp_ledger_read_due(store, NOON + 15 * DAY, 10, records, &due, &error));
    ck_assert(!records->more);
    ck_assert_int_eq(due[0], NOON + 5 * DAY);
    ck_assert_int_eq(due[1], NOON + 10 * DAY);
    ck_assert_int_eq(due[3], NOON + 15 * DAY);
    ck_assert_str_eq(ids(), "M-6 M-1 M-2 M-7");
    expect_ok(ofp_ledger_read_due(store, NOON + 15 * DAY, 3, records, &due, &error));
    ck_assert(records->more);
    ck_assert_str_eq(ids(), "M-6 M-1 M-2");
    expect_ok(ofp_ledger_read_due(store, NOON + 15 * DAY, 4, records, &due, &error));
    ck_assert(!records->more);
}
END_TEST

START_TEST(finds_steps_by_their_keys)
{
    const uint8_t same[32] = {1, 2, 3}, other[32] = {1, 2, 4};
    bool found = true, is_same = true;
    ofp_migration_record record = sample_migration("acme");
    const int64_t number = put_migration(store, &record);
    const ofp_event_draft draft = sample_event(number, "acme", "key-1");
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_ledger_append(store, &draft, records, &error));
    expect_ok(ofp_store_commit(store, &error));
    const ofp_host_action action = sample_action("M-1", "action-1");
    put_action(store, &action);
    record.id = ofp_text_of("M-1");
    record.owner = ofp_text_of("somebody else");
    put_migration(store, &record);

    ofp_records_reset(records);
    expect_ok(
        ofp_ledger_find_key(store, ofp_text_of("key-2"), same, records, &found, &is_same, &error));
    ck_assert(!found && !is_same);
    expect_ok(
        ofp_ledger_find_key(store, ofp_text_of("key-1"), other, records, &found, &is_same, &error));
    ck_assert(found && !is_same);
    ck_assert_uint_eq(records->events.count + records->migrations.count, 0);
    expect_ok(
        ofp_ledger_find_key(store, ofp_text_of("key-1"), same, records, &found, &is_same, &error));
    ck_assert(found && is_same);
    ck_assert_uint_eq(records->events.count, 1);
    ck_assert_uint_eq(records->actions.count, 1);
    expect_text(records->events.items[0].key, "key-1");
    expect_text(records->migrations.items[0].owner, "olga");
    expect_text(records->actions.items[0].key, "action-1");
}
END_TEST

START_TEST(keys_are_used_once)
{
    const ofp_migration_record record = sample_migration("acme");
    const ofp_event_draft draft = sample_event(put_migration(store, &record), "acme", "key-1");
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_ledger_append(store, &draft, NULL, &error));
    expect_failure(ofp_ledger_append(store, &draft, NULL, &error), OFP_CODE_STORE_CORRUPT);
    ofp_store_rollback(store);
    ck_assert_int_eq(place_number("SELECT count(*) FROM audit WHERE key IS NOT NULL"), 0);
}
END_TEST

START_TEST(appends_what_the_draft_says)
{
    const ofp_migration_record record = full_migration();
    ofp_event_draft draft = sample_event(put_migration(store, &record), "acme", "key-1");
    draft.kind = OFP_EVENT_EXTEND;
    draft.role = ofp_text_of("manager");
    draft.reason = ofp_text_of("they need\nlonger");
    draft.policy = ofp_text_of("example");
    draft.policy_revision = ofp_text_of("r7");
    draft.policy_digest = ofp_text_of("sha256:00");
    draft.previous_date = 20500;
    expect_ok(ofp_store_begin_write(store, &error));
    expect_ok(ofp_ledger_append(store, &draft, records, &error));
    expect_ok(ofp_store_commit(store, &error));
    const ofp_event *event = records->events.items;
    ck_assert_uint_eq(records->events.count, 1);
    ck_assert_uint_eq(records->migrations.count, 0);
    ck_assert_int_eq(event->seq, 3);
    ck_assert_int_eq(event->at, NOON);
    ck_assert_int_eq(event->kind, OFP_EVENT_EXTEND);
    expect_text(event->actor, "sam");
    expect_text(event->role, "manager");
    expect_text(event->reason, "they need\nlonger");
    expect_text(event->key, "key-1");
    expect_text(event->policy, "example");
    expect_text(event->policy_digest, "sha256:00");
    ck_assert_int_eq(event->previous_date, 20500);
    ck_assert_ptr_null(event->detail.data);
    expect_same(event->migration, &record);
    expect_text(event->migration->id, "M-1");
    char head[OFP_HASH_SIZE];
    expect_ok(ofp_audit_head(store, head, &error));
    ck_assert_str_eq(event->hash, head);
}
END_TEST

START_TEST(events_belong_to_migrations_that_are_there)
{
    const ofp_event_draft draft = sample_event(7, "acme", NULL);
    expect_ok(ofp_store_begin_write(store, &error));
    expect_failure(ofp_ledger_append(store, &draft, NULL, &error), OFP_CODE_STORE_CORRUPT);
    ofp_store_rollback(store);
}
END_TEST

START_TEST(damaged_records_are_no_records)
{
    static const char *const damages[] = {
        "UPDATE migrations SET status = 'lost'",
        "UPDATE migrations SET org = x'00'",
        "UPDATE migrations SET target_date = 1 << 40",
        "UPDATE migrations SET outcome = 'perhaps'",
    };
    const ofp_migration_record record = full_migration();
    put_migration(store, &record);
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        bool found;
        sqlite3 *db = place_open_raw();
        const int result =
            sqlite3_exec(db, "PRAGMA ignore_check_constraints = 1; SAVEPOINT s", NULL, NULL, NULL);
        ck_assert_int_eq(result, SQLITE_OK);
        /* A type that a STRICT table refuses can't be written even so. */
        const int damaged = sqlite3_exec(db, damages[i], NULL, NULL, NULL);
        sqlite3_exec(db, "RELEASE s", NULL, NULL, NULL);
        sqlite3_close(db);
        if (damaged) {
            ck_assert_int_eq(damaged & 0xff, SQLITE_CONSTRAINT);
            continue;
        }
        expect_failure(ofp_ledger_read(store, ofp_text_of("M-1"), records, &found, &error),
                       OFP_CODE_STORE_CORRUPT);
        ofp_migration_record mended = full_migration();
        mended.id = ofp_text_of("M-1");
        put_migration(store, &mended);
    }
}
END_TEST

START_TEST(reads_the_tag_that_was_added)
{
    ofp_text tag = {"x", 1};
    const ofp_migration_record record = sample_migration("acme");
    put_migration(store, &record);
    ofp_host_action action = sample_action("M-1", "a");
    action.kind = OFP_HOST_REMOVE_TAG;
    put_action(store, &action);
    expect_ok(ofp_ledger_read_tag(store, ofp_text_of("M-1"), records, &tag, &error));
    ck_assert_ptr_null(tag.data);
    action = sample_action("M-1", "b");
    put_action(store, &action);
    expect_ok(ofp_ledger_read_tag(store, ofp_text_of("M-1"), records, &tag, &error));
    expect_text(tag, "sub_saas_ultimate");
    expect_ok(ofp_ledger_read_tag(store, ofp_text_of("M-2"), records, &tag, &error));
    ck_assert_ptr_null(tag.data);
}
END_TEST

TCase *ledger_case(void)
{
    TCase *tcase = tcase_create("ledger");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_add_test(tcase, migrations_come_back_as_they_were);
    tcase_add_test(tcase, the_log_keeps_them_as_they_were);
    tcase_add_test(tcase, writes_whole_states_of_known_ones_only);
    tcase_add_test(tcase, refuses_what_makes_no_sense);
    tcase_add_test(tcase, reads_what_is_active);
    tcase_add_test(tcase, reads_what_is_remembered);
    tcase_add_test(tcase, looking_for_nothing_allocates_nothing);
    tcase_add_test(tcase, counts);
    tcase_add_test(tcase, reads_what_is_due);
    tcase_add_test(tcase, finds_steps_by_their_keys);
    tcase_add_test(tcase, keys_are_used_once);
    tcase_add_test(tcase, appends_what_the_draft_says);
    tcase_add_test(tcase, events_belong_to_migrations_that_are_there);
    tcase_add_test(tcase, damaged_records_are_no_records);
    tcase_add_test(tcase, reads_the_tag_that_was_added);
    return tcase;
}
