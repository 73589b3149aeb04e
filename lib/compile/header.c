/* SPDX-License-Identifier: MIT */
#include "node_reader.h"
#include "sections.h"
#include "zone_table.h"

/* A name that lives as long as the policy; NULL: it is not there, or reported. */
static const char *read_kept_name(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    ofp_text name;
    if (!node || !ofp_read_name(compiler, node, &name))
        return NULL;
    return ofp_compiler_copy(compiler, name);
}

void ofp_compile_header(ofp_compiler *compiler, const ofp_yaml_node *const *sections)
{
    ofp_policy *policy = compiler->policy;
    policy->name = read_kept_name(compiler, sections[OFP_SECTION_POLICY]);
    policy->revision = read_kept_name(compiler, sections[OFP_SECTION_REVISION]);
    policy->zone = ofp_compile_zone(compiler, sections[OFP_SECTION_TIME_ZONE]);
}
