/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Compiles any bytes as a policy. Whatever comes out must hold together: an error has an error
 * among its diagnostics and every place is one, a policy has all that others rely on.
 */
#include <stdint.h>
#include <stdlib.h>

#include <offerpolicy/policy.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

static void check_diagnostic(const ofp_diagnostic *diagnostic)
{
    require(diagnostic->message && diagnostic->source);
    require(!diagnostic->line == !diagnostic->column);
    require(!diagnostic->line == !diagnostic->excerpt);
}

static void check_error(const ofp_error *error)
{
    require(ofp_error_first(error)->severity == OFP_SEVERITY_ERROR);
    for (size_t i = 0; i < ofp_error_count(error); i++)
        check_diagnostic(ofp_error_diagnostic(error, i));
}

static void check_policy(const ofp_policy *policy)
{
    require(ofp_policy_name(policy) && ofp_policy_zone(policy));
    require(ofp_policy_level_count(policy) > 0 && ofp_policy_priority_count(policy) > 0);
    require(ofp_policy_offering_count(policy) > 0);
    for (int32_t i = 0; i < ofp_policy_offering_count(policy); i++)
        require(ofp_policy_offering_title(policy, i) != NULL);
    for (int32_t i = 0; i < ofp_policy_calendar_count(policy); i++)
        require(ofp_policy_calendar(policy, i) != NULL);
    for (int32_t i = 0; i < ofp_policy_sla_rule_count(policy); i++)
        require(ofp_policy_sla_rule_id(policy, i) != NULL);
    for (size_t i = 0; i < ofp_policy_warning_count(policy); i++)
        check_diagnostic(ofp_policy_warning(policy, i));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ofp_policy_options options = {
        .size = sizeof options,
        .zone_directory = ZONE_DIRECTORY,
    };
    ofp_policy *policy = NULL;
    ofp_error *error = NULL;
    const ofp_text yaml = {(const char *)data, size};
    if (ofp_policy_parse(yaml, &options, &policy, &error) == OFP_STATUS_OK)
        check_policy(policy);
    else
        check_error(error);
    ofp_policy_unref(policy);
    ofp_error_free(error);
    return 0;
}
