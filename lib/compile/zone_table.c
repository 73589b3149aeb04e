/* SPDX-License-Identifier: MIT */
#include "zone_table.h"

#include "array.h"
#include "node_reader.h"
#include "span.h"

/* Gives the policy a zone that was loaded. @return false: out of memory (noted) */
static bool keep_zone(ofp_compiler *compiler, ofp_zone *zone)
{
    ofp_policy *policy = compiler->policy;
    if (!ofp_array_reserve(&policy->zones, &policy->zone_capacity, policy->zone_count + 1,
                           sizeof *policy->zones)) {
        ofp_zone_free(zone);
        ofp_compiler_no_memory(compiler);
        return false;
    }
    policy->zones[policy->zone_count++] = zone;
    return true;
}

/* What to say wherever this zone is named; NULL: out of memory (noted). */
static const char *keep_message(ofp_compiler *compiler, const ofp_error *error)
{
    const char *copy = ofp_arena_copy(&compiler->scratch, ofp_text_of(ofp_error_message(error)));
    return copy ? copy : ofp_compiler_no_memory(compiler);
}

static void load(ofp_compiler *compiler, ofp_text name, ofp_zone_entry *entry)
{
    ofp_zone *zone;
    ofp_error *error;
    const ofp_status status = ofp_zone_load(compiler->zone_directory, name, &zone, &error);
    if (status == OFP_STATUS_NO_MEMORY)
        ofp_compiler_no_memory(compiler);
    else if (status != OFP_STATUS_OK)
        entry->problem = keep_message(compiler, error);
    else if (keep_zone(compiler, zone))
        entry->zone = zone;
    ofp_error_free(error);
}

/* The entry for a name, loaded at its first use; NULL: out of memory (noted). */
static const ofp_zone_entry *find_entry(ofp_compiler *compiler, ofp_text name)
{
    if (!OFP_ARRAY_GROW(&compiler->zones))
        return ofp_compiler_no_memory(compiler);
    const int32_t index = ofp_names_add(&compiler->zone_names, &compiler->scratch, name);
    if (index < 0)
        return ofp_compiler_no_memory(compiler);
    ofp_zone_entry *entry = &compiler->zones.items[index];
    if ((size_t)index == compiler->zones.count) {
        *entry = (ofp_zone_entry){0};
        load(compiler, name, entry);
        compiler->zones.count++;
    }
    return entry;
}

const ofp_zone *ofp_compile_zone(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    ofp_text name = OFP_LITERAL("UTC");
    if (ofp_compiler_is_full(compiler) || (node && !ofp_read_text(compiler, node, &name)))
        return NULL;
    const ofp_zone_entry *entry = find_entry(compiler, name);
    if (!entry)
        return NULL;
    if (entry->problem)
        ofp_compiler_report(compiler, node, OFP_CODE_POLICY_ZONE, "%s", entry->problem);
    return entry->zone;
}
