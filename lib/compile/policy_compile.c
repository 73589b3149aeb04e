/* SPDX-License-Identifier: MIT */
#include "policy_compile.h"

#include <stdlib.h>
#include <string.h>

#include "hasher.h"
#include "label.h"
#include "node_reader.h"
#include "sections.h"

static const ofp_key keys[] = {
    [OFP_SECTION_POLICY] = {"policy", true},
    [OFP_SECTION_REVISION] = {"revision", false},
    [OFP_SECTION_TIME_ZONE] = {"time_zone", false},
    [OFP_SECTION_LEVELS] = {"levels", true},
    [OFP_SECTION_UNPAID] = {"unpaid", true},
    [OFP_SECTION_PRIORITIES] = {"priorities", true},
    [OFP_SECTION_DEFAULT_PRIORITY] = {"default_priority", true},
    [OFP_SECTION_OFFERINGS] = {"offerings", true},
    [OFP_SECTION_FIELDS] = {"fields", false},
    [OFP_SECTION_PRIORITY_RULES] = {"priority_rules", false},
    [OFP_SECTION_CLASSIFY] = {"classify", false},
    [OFP_SECTION_CALENDARS] = {"calendars", false},
    [OFP_SECTION_SLA] = {"sla", false},
    [OFP_SECTION_MIGRATION] = {"migration", false},
};

static void compile_sections(ofp_compiler *compiler, const ofp_yaml_node *root)
{
    const ofp_yaml_node *nodes[OFP_SECTION_COUNT];
    if (!ofp_read_mapping(compiler, root, keys, OFP_SECTION_COUNT, nodes))
        return;
    ofp_compile_header(compiler, nodes);
    ofp_compile_levels(compiler, nodes[OFP_SECTION_LEVELS], nodes[OFP_SECTION_UNPAID]);
    ofp_compile_priorities(compiler, nodes[OFP_SECTION_PRIORITIES],
                           nodes[OFP_SECTION_DEFAULT_PRIORITY]);
    ofp_compile_offerings(compiler, nodes[OFP_SECTION_OFFERINGS]);
    ofp_compile_fields(compiler, nodes[OFP_SECTION_FIELDS]);
    ofp_compile_calendars(compiler, nodes[OFP_SECTION_CALENDARS]);
    ofp_compile_sla(compiler, nodes[OFP_SECTION_SLA]);
    ofp_compile_priority_rules(compiler, nodes[OFP_SECTION_PRIORITY_RULES]);
    ofp_compile_classify(compiler, nodes[OFP_SECTION_CLASSIFY]);
    ofp_compile_migration(compiler, nodes[OFP_SECTION_MIGRATION]);
    ofp_compile_tags(compiler);
}

static void set_versions(ofp_policy *policy, ofp_text yaml, const char *zone_directory)
{
    static const char prefix[] = "sha256:";
    uint8_t hashed[OFP_SHA256_SIZE];
    ofp_hasher hasher;
    ofp_hasher_start(&hasher);
    ofp_hasher_bytes(&hasher, yaml.data, yaml.size);
    ofp_hasher_finish(&hasher, hashed);
    memcpy(policy->digest, prefix, sizeof prefix);
    ofp_hex(hashed, sizeof hashed, policy->digest + sizeof prefix - 1);
    ofp_zone_data_version(zone_directory, policy->tzdata);
}

/* An alias brings a mistake to several places, which is one mistake all the same. */
static void drop_repeated(ofp_report *report)
{
    size_t kept = 0;
    for (size_t i = 0; i < report->count; i++) {
        const ofp_diagnostic *last = kept ? &report->items[kept - 1] : NULL;
        const ofp_diagnostic *next = &report->items[i];
        if (last && last->line == next->line && last->column == next->column &&
            last->code == next->code && strcmp(last->message, next->message) == 0)
            continue;
        report->items[kept++] = *next;
    }
    report->count = kept;
}

static void compile(ofp_compiler *compiler)
{
    const ofp_yaml_node *root =
        ofp_yaml_read(compiler->report, compiler->source, &compiler->scratch);
    if (root)
        compile_sections(compiler, root);
    ofp_report_sort(compiler->report);
    drop_repeated(compiler->report);
    compiler->report->text = (ofp_text){0};
    free(compiler->zones.items);
    ofp_names_free(&compiler->zone_names);
    ofp_arena_free(&compiler->scratch);
}

ofp_status ofp_policy_compile(ofp_text yaml, const ofp_policy_options *options, ofp_policy **ret,
                              ofp_error **reterr)
{
    ofp_policy *policy = ofp_policy_new();
    if (!policy)
        return ofp_fail_no_memory(reterr);
    policy->warnings.text = yaml;
    ofp_compiler compiler = {
        .policy = policy,
        .report = &policy->warnings,
        .source = options->source,
        .zone_directory = options->zone_directory,
        .jit = !options->no_jit,
        .levels = {&policy->levels, "level", false},
        .priorities = {&policy->priorities, "priority", false},
        .offerings = {&policy->offering_names, "offering", false},
        .calendars = {&policy->calendar_names, "calendar", false},
        .fields = {&policy->field_names, "field", false},
    };
    compile(&compiler);
    if (policy->warnings.error_count || policy->warnings.failed) {
        const ofp_status status = ofp_report_fail(&policy->warnings, reterr);
        ofp_policy_unref(policy);
        return status;
    }
    set_versions(policy, yaml, options->zone_directory);
    *ret = policy;
    return ofp_succeed(reterr);
}
