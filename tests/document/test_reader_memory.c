/* SPDX-License-Identifier: MIT */
/* Every allocation of reading and writing fails once; and once all has grown, none is needed. */
#include "allocations.h"
#include "expect.h"
#include "fixture.h"

static const char request_notation[] =
    "{'now': '2026-11-20T18:00:00Z', 'ticket': {'id': 'T-1', 'tags': ['a', 'b'], 'fields':"
    "{'form': 'general'}, 'offering': 'saas', 'created_at': '2026-11-20T18:00:00Z'},"
    "'org': {'id': 'acme', 'tags': ['b']}, 'entitlements': [{'offering': 'self_managed',"
    "'level': 'premium', 'starts': '2026-01-15'}], 'migrations': [{'id': 'm', 'to': 'saas',"
    "'level': 'premium', 'target_date': '2026-12-31', 'status': 'requested'}]}";

static const char mistaken_notation[] = "{'ticket': {'id': 'T-1', 'priority': 'medium'}}";
static const char incomplete_notation[] = "{'ticket': {'id': 'T-1'}, 'entitlements': [{}]}";

static const char question_notation[] = "{'id': 'q', 'calendar': 'business', 'op': 'periods',"
                                        "'start': '2026-11-20T18:00:00Z', 'count': 3}";

/* Reads, decides and writes. @return the first failure */
static ofp_status decide(const char *notation, ofp_error **reterr)
{
    ofp_reader *reader = NULL;
    ofp_scratch *scratch = NULL;
    ofp_buffer *buffer = NULL;
    const ofp_request *request = NULL;
    const ofp_decision *decision = NULL;
    ofp_status status = ofp_reader_new(&reader, reterr);
    if (!status)
        status = ofp_scratch_new(&scratch, reterr);
    if (!status)
        status = ofp_buffer_new(&buffer, reterr);
    if (!status) {
        ofp_reader_begin_request(reader, contract_policy(), OFP_INSTANT_NONE);
        feed(reader, notation);
        status = ofp_reader_finish_request(reader, &request, reterr);
    }
    if (!status)
        status = ofp_decide(contract_policy(), request, scratch, &decision, reterr);
    if (!status)
        status = ofp_decision_write_json(decision, buffer, reterr);
    ofp_buffer_free(buffer);
    ofp_scratch_free(scratch);
    ofp_reader_free(reader);
    return status;
}

static ofp_status ask(const char *notation, ofp_error **reterr)
{
    ofp_reader *reader = NULL;
    ofp_buffer *buffer = NULL;
    const ofp_question *question = NULL;
    ofp_status status = ofp_reader_new(&reader, reterr);
    if (!status)
        status = ofp_buffer_new(&buffer, reterr);
    if (!status) {
        ofp_reader_begin_question(reader, contract_policy());
        feed(reader, notation);
        status = ofp_reader_finish_question(reader, &question, reterr);
    }
    if (!status)
        status = ofp_question_answer(question, buffer, reterr);
    ofp_buffer_free(buffer);
    ofp_reader_free(reader);
    return status;
}

static void fail_each_allocation(ofp_status (*run)(const char *, ofp_error **),
                                 const char *notation, ofp_status wanted)
{
    ofp_status status = OFP_STATUS_NO_MEMORY;
    size_t allowed = 0;
    contract_policy();
    for (; status == OFP_STATUS_NO_MEMORY; allowed++) {
        ofp_error *error = NULL;
        allocations_fail_after(allowed);
        status = run(notation, &error);
        allocations_allow();
        ck_assert_int_eq(error ? ofp_error_status(error) : OFP_STATUS_OK, status);
        ofp_error_free(error);
        ck_assert_uint_lt(allowed, 1000);
    }
    ck_assert_int_eq(status, wanted);
    ck_assert_uint_gt(allowed, 4);
}

START_TEST(survives_each_failed_allocation)
{
    fail_each_allocation(decide, request_notation, OFP_STATUS_OK);
    fail_each_allocation(decide, mistaken_notation, OFP_STATUS_BAD_REQUEST);
    fail_each_allocation(decide, incomplete_notation, OFP_STATUS_BAD_REQUEST);
    fail_each_allocation(ask, question_notation, OFP_STATUS_OK);
}
END_TEST

static ofp_reader *reader;

/* Reads everything once. Check's own assertions would allocate. @return did it work? */
static bool read_both(void)
{
    const ofp_request *request = NULL;
    const ofp_question *question = NULL;
    ofp_reader_begin_request(reader, contract_policy(), OFP_INSTANT_NONE);
    feed(reader, request_notation);
    if (ofp_reader_finish_request(reader, &request, NULL) != OFP_STATUS_OK)
        return false;
    ofp_reader_begin_question(reader, contract_policy());
    feed(reader, question_notation);
    return ofp_reader_finish_question(reader, &question, NULL) == OFP_STATUS_OK;
}

START_TEST(allocates_nothing_once_it_has_grown)
{
    expect_ok(ofp_reader_new(&reader, &error));
    ck_assert(read_both());
    allocations_allow();
    bool works = true;
    for (int i = 0; i < 10; i++)
        works &= read_both();
    ck_assert_uint_eq(allocations_count(), 0);
    ck_assert(works);
    ofp_reader_free(reader);
}
END_TEST

START_TEST(goes_on_after_a_failed_allocation)
{
    const ofp_request *request = NULL;
    expect_ok(ofp_reader_new(&reader, &error));
    ofp_reader_begin_request(reader, contract_policy(), OFP_INSTANT_NONE);
    allocations_fail_after(0);
    const ofp_status status = feed(reader, request_notation);
    allocations_allow();
    ck_assert_int_eq(status, OFP_STATUS_NO_MEMORY);
    expect_failure(ofp_reader_finish_request(reader, &request, &error), OFP_CODE_NO_MEMORY);
    ck_assert(read_both());
    ofp_reader_free(reader);
}
END_TEST

TCase *reader_memory_case(void)
{
    TCase *tests = tcase_create("reader memory");
    tcase_add_test(tests, survives_each_failed_allocation);
    tcase_add_test(tests, allocates_nothing_once_it_has_grown);
    tcase_add_test(tests, goes_on_after_a_failed_allocation);
    return tests;
}
