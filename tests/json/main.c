/* SPDX-License-Identifier: MIT */
#include "cases.h"

#include <stdlib.h>

ofp_policy *policy;
ofp_json *json;

void set_up(void)
{
    ck_assert_int_eq(ofp_json_new(&json, NULL), OFP_STATUS_OK);
}

void tear_down(void)
{
    json = ofp_json_free(json);
}

const ofp_request *expect_request(ofp_text document)
{
    const ofp_request *request = NULL;
    ofp_error *error = (ofp_error *)-1;
    const ofp_status status =
        ofp_json_read_request(json, policy, document, OFP_INSTANT_NONE, &request, &error);
    ck_assert_msg(status == OFP_STATUS_OK, "%s", error ? ofp_error_message(error) : "");
    ck_assert_ptr_null(error);
    return request;
}

void expect_mistake(ofp_text document, ofp_code code, const char *pointer, const char *message)
{
    const ofp_request *request = NULL;
    ofp_error *error = NULL;
    const ofp_status status =
        ofp_json_read_request(json, policy, document, OFP_INSTANT_NONE, &request, &error);
    ck_assert_int_eq(status, OFP_STATUS_BAD_REQUEST);
    ck_assert_ptr_null(request);
    const ofp_diagnostic *first = ofp_error_first(error);
    ck_assert_str_eq(first->message, message);
    ck_assert_pstr_eq(first->pointer, pointer);
    ck_assert_int_eq(first->code, code);
    ofp_error_free(error);
}

int main(void)
{
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = ZONE_DIRECTORY};
    if (ofp_policy_load(CONTRACT_POLICY, &options, &policy, NULL) != OFP_STATUS_OK)
        return EXIT_FAILURE;
    Suite *suite = suite_create("json");
    suite_add_tcase(suite, json_read_case());
    suite_add_tcase(suite, json_limits_case());
    suite_add_tcase(suite, json_syntax_case());
    suite_add_tcase(suite, json_write_case());
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    ofp_policy_unref(policy);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
