/* SPDX-License-Identifier: MIT */
#include "declared.h"
#include "node_reader.h"
#include "sections.h"
#include "span.h"

/* Declares the members of a list; without it, no name can be looked for. */
static bool declare_members(ofp_compiler *compiler, ofp_declared *declared,
                            const ofp_yaml_node *node, size_t most, const char *plural)
{
    if (!node || !ofp_expect_members(compiler, node, most, plural)) {
        declared->incomplete = true;
        return false;
    }
    for (size_t i = 0; i < node->count; i++)
        ofp_declare(compiler, declared, node->children[i]);
    return true;
}

static void compile_unpaid(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    ofp_policy *policy = compiler->policy;
    bool *unpaid = ofp_compiler_alloc(compiler, policy->levels.count, sizeof *unpaid);
    policy->lowest_unpaid = OFP_NONE;
    policy->unpaid = unpaid;
    if (!unpaid || !node || !ofp_expect_members(compiler, node, OFP_MOST_LEVELS, "unpaid levels"))
        return;
    for (size_t i = 0; i < node->count; i++) {
        const int32_t level = ofp_find_declared(compiler, &compiler->levels, node->children[i]);
        if (level < 0)
            continue;
        if (unpaid[level])
            ofp_compiler_report(compiler, node->children[i], OFP_CODE_DUPLICATE_NAME,
                                "the level \"%s\" stands here twice",
                                ofp_quote(node->children[i]->text).text);
        unpaid[level] = true;
        if (policy->lowest_unpaid == OFP_NONE || level < policy->lowest_unpaid)
            policy->lowest_unpaid = level;
    }
}

void ofp_compile_levels(ofp_compiler *compiler, const ofp_yaml_node *levels,
                        const ofp_yaml_node *unpaid)
{
    if (declare_members(compiler, &compiler->levels, levels, OFP_MOST_LEVELS, "levels"))
        compiler->level_nodes = levels->children;
    for (size_t i = 0; levels && i < levels->count; i++) {
        const ofp_yaml_node *name = levels->children[i];
        if (levels->kind == OFP_YAML_LIST && name->kind == OFP_YAML_SCALAR &&
            ofp_span_equal(name->text, OFP_LITERAL("current")))
            ofp_compiler_report(compiler, name, OFP_CODE_INVALID_NAME,
                                "no level can be called \"current\": `provisional_level` means "
                                "something else by it");
    }
    compile_unpaid(compiler, unpaid);
}

void ofp_compile_priorities(ofp_compiler *compiler, const ofp_yaml_node *priorities,
                            const ofp_yaml_node *default_priority)
{
    declare_members(compiler, &compiler->priorities, priorities, OFP_MOST_PRIORITIES, "priorities");
    if (default_priority)
        compiler->policy->default_priority =
            ofp_find_declared(compiler, &compiler->priorities, default_priority);
}
