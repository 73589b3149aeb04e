/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <string.h>

#include "expect.h"

static ofp_policy *contract;

static const ofp_policy_options options = {
    .size = sizeof(ofp_policy_options),
    .zone_directory = ZONE_DIRECTORY,
};

const ofp_policy *contract_policy(void)
{
    if (!contract)
        expect_ok(ofp_policy_load(CONTRACT_POLICY, &options, &contract, &error));
    return contract;
}

ofp_policy *parse_policy(const char *yaml)
{
    ofp_policy *policy = NULL;
    expect_ok(ofp_policy_parse(ofp_text_of(yaml), &options, &policy, &error));
    return policy;
}

void free_fixtures(void)
{
    contract = ofp_policy_unref(contract);
}

const ofp_request *read_request(ofp_reader *reader, const char *notation)
{
    const ofp_request *request = NULL;
    ofp_reader_begin_request(reader, contract_policy(), OFP_INSTANT_NONE);
    feed(reader, notation);
    expect_ok(ofp_reader_finish_request(reader, &request, &error));
    return request;
}

void expect_error(ofp_error *error, ofp_code code, const char *pointer, const char *message)
{
    ck_assert_ptr_nonnull(error);
    const ofp_diagnostic *first = ofp_error_first(error);
    ck_assert_msg(first->code == code, "%s: %s", ofp_code_name(first->code), first->message);
    ck_assert_pstr_eq(first->pointer, pointer);
    ck_assert_str_eq(first->message, message);
    ofp_error_free(error);
}

void expect_mistake(const char *notation, ofp_code code, const char *pointer, const char *message)
{
    ofp_reader *reader = NULL;
    ofp_error *mistake = NULL;
    const ofp_request *request = (const ofp_request *)-1;
    expect_ok(ofp_reader_new(&reader, &error));
    ofp_reader_begin_request(reader, contract_policy(), OFP_INSTANT_NONE);
    feed(reader, notation);
    ck_assert_int_eq(ofp_reader_finish_request(reader, &request, &mistake), OFP_STATUS_BAD_REQUEST);
    ck_assert_msg(request == (const ofp_request *)-1, "`ret` was written: %s", notation);
    expect_error(mistake, code, pointer, message);
    ofp_reader_free(reader);
}

void expect_question_mistake(const char *notation, ofp_code code, const char *pointer,
                             const char *message)
{
    ofp_reader *reader = NULL;
    ofp_error *mistake = NULL;
    const ofp_question *question = NULL;
    expect_ok(ofp_reader_new(&reader, &error));
    ofp_reader_begin_question(reader, contract_policy());
    feed(reader, notation);
    ck_assert_int_eq(ofp_reader_finish_question(reader, &question, &mistake),
                     OFP_STATUS_BAD_REQUEST);
    ck_assert_ptr_null(question);
    expect_error(mistake, code, pointer, message);
    ofp_reader_free(reader);
}
