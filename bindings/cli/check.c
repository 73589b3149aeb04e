/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <unistd.h>

#include "arguments.h"
#include "diagnostics.h"
#include "policy_file.h"
#include "standard_output.h"
#include "tell.h"

/* A check of several files. */
struct check {
    struct style style;
    size_t width;
    size_t bad, unreadable; /* files */
    bool strict;
};

/* What was found in one file. */
struct findings {
    size_t errors, warnings;
};

static void print(const struct check *check, struct findings *findings, ofp_diagnostic diagnostic)
{
    if (check->strict)
        diagnostic.severity = OFP_SEVERITY_ERROR;
    diagnostics_print(stdout, &diagnostic, &check->style, check->width);
    if (diagnostic.severity == OFP_SEVERITY_WARNING)
        findings->warnings++;
    else
        findings->errors++;
}

static struct findings print_all(const struct check *check, const ofp_policy *policy,
                                 const ofp_error *error)
{
    struct findings findings = {0};
    for (size_t i = 0; error && i < ofp_error_count(error); i++)
        print(check, &findings, *ofp_error_diagnostic(error, i));
    for (size_t i = 0; policy && i < ofp_policy_warning_count(policy); i++)
        print(check, &findings, *ofp_policy_warning(policy, i));
    return findings;
}

static void print_count(const char *separator, size_t count, const char *noun)
{
    if (count)
        printf("%s%zu %s%s", separator, count, noun, plural(count));
}

/* What a good policy is, in a few words. */
static void describe(const ofp_policy *policy)
{
    const char *revision = ofp_policy_revision(policy);
    const size_t offerings = (size_t)ofp_policy_offering_count(policy);
    const size_t rules = (size_t)ofp_policy_sla_rule_count(policy);
    printf(" (%s%s%s", ofp_policy_name(policy), revision ? " " : "", revision ? revision : "");
    print_count(", ", offerings, "offering");
    print_count(", ", (size_t)ofp_policy_level_count(policy), "level");
    print_count(", ", rules, "SLA rule");
    fputs(")", stdout);
}

static void summarise(const char *file, const ofp_policy *policy, struct findings findings)
{
    char name[4096];
    snprintf(name, sizeof name, "%s", shown_name(file));
    make_harmless(name);
    printf("%s: ", name);
    print_count("", findings.errors, "error");
    print_count(findings.errors ? ", " : "", findings.warnings, "warning");
    if (!findings.errors && !findings.warnings)
        fputs("no mistakes", stdout);
    if (policy && !findings.errors)
        describe(policy);
    putchar('\n');
}

static void check_file(struct check *check, const struct arguments *arguments, const char *file)
{
    ofp_policy *policy = NULL;
    ofp_error *error;
    const ofp_status status = policy_file_load(file, arguments->zoneinfo, &policy, &error);
    if (status != OFP_STATUS_OK && status != OFP_STATUS_BAD_POLICY) {
        check->unreadable++;
        fflush(stdout);
        if (error)
            tell("%s: %s", shown_name(file), ofp_error_message(error));
    } else {
        const struct findings findings = print_all(check, policy, error);
        summarise(file, policy, findings);
        check->bad += findings.errors > 0;
    }
    ofp_error_free(error);
    ofp_policy_unref(policy);
}

static int run_command(const struct arguments *arguments)
{
    struct check check = {
        .style = diagnostics_style(terminal_wants_colour(arguments->colour, STDOUT_FILENO)),
        .width = terminal_width(STDOUT_FILENO),
        .strict = arguments->strict,
    };
    for (size_t i = 0; i < arguments->operand_count; i++)
        check_file(&check, arguments, arguments->operands[i]);
    const bool nothing = check.unreadable == arguments->operand_count;
    const int status = check.bad || check.unreadable ? EXIT_BAD : EXIT_DONE;
    return standard_output_finish(nothing ? EXIT_NOTHING : status);
}

const struct command check_command = {
    .name = "check",
    .number = COMMAND_CHECK,
    .operands = "POLICY...",
    .least = 1,
    .most = ANY_NUMBER,
    .needs = "the name of a policy file, or - for standard input",
    .summary = "tell what is wrong with a policy",
    .text = "Reads policy files and tells all mistakes in them, each with its place and with what\n"
            "would be right. When POLICY is -, reads standard input. The exit status is 1 if\n"
            "there are errors; warnings alone leave it at 0.\n",
    .examples = "  offerpolicy check policy.yaml\n"
                "  offerpolicy check --strict policies/*.yaml\n",
    .run = run_command,
};
