/* SPDX-License-Identifier: MIT */
#include "parse.h"

#include "expect.h"

ofp_policy_options test_options(void)
{
    return (ofp_policy_options){
        .size = sizeof(ofp_policy_options),
        .zone_directory = ZONE_DIRECTORY,
    };
}

ofp_policy *parse_policy(const char *yaml)
{
    const ofp_policy_options options = test_options();
    ofp_policy *policy = NULL;
    expect_ok(ofp_policy_parse(ofp_text_of(yaml), &options, &policy, &error));
    return policy;
}

ofp_policy *load_policy(const char *path)
{
    const ofp_policy_options options = test_options();
    ofp_policy *policy = NULL;
    expect_ok(ofp_policy_load(path, &options, &policy, &error));
    return policy;
}
