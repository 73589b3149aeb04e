/* SPDX-License-Identifier: MIT */
/* Usage: check_sentence ZONE_DIRECTORY POLICY */
#include <stdio.h>
#include <stdlib.h>

#include "run.h"
#include "sentence_cases.h"

const char *test_zone_directory;
ofp_policy *test_policy;

int main(int argc, char **argv)
{
    static const test_case_maker makers[] = {explain_page_case, explain_time_case, sentence_case,
                                             NULL};
    if (argc < 3)
        return EXIT_FAILURE;
    test_zone_directory = argv[1];
    const ofp_policy_options options = {
        .size = sizeof options,
        .zone_directory = test_zone_directory,
    };
    ofp_error *error;
    if (ofp_policy_load(argv[2], &options, &test_policy, &error) != OFP_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", argv[2], ofp_error_message(error));
        ofp_error_free(error);
        return EXIT_FAILURE;
    }
    const int result = run_test_cases("sentence", makers);
    ofp_policy_unref(test_policy);
    return result;
}
