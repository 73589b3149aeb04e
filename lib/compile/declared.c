/* SPDX-License-Identifier: MIT */
#include "declared.h"

#include "node_reader.h"
#include "unknown.h"

int32_t ofp_declare(ofp_compiler *compiler, ofp_declared *declared, const ofp_yaml_node *node)
{
    ofp_text name;
    if (!ofp_read_name(compiler, node, &name)) {
        declared->incomplete = true;
        return -1;
    }
    const size_t before = declared->names->count;
    const int32_t index = ofp_names_add(declared->names, &compiler->policy->arena, name);
    if (index < 0) {
        ofp_compiler_no_memory(compiler);
    } else if ((size_t)index < before) {
        ofp_compiler_report(compiler, node, OFP_CODE_DUPLICATE_NAME,
                            "the %s \"%s\" stands here twice", declared->what,
                            ofp_quote(name).text);
        return -1;
    }
    return index;
}

int32_t ofp_find_declared(ofp_compiler *compiler, const ofp_declared *declared,
                          const ofp_yaml_node *node)
{
    ofp_text name;
    if (!ofp_read_text(compiler, node, &name))
        return -1;
    const int32_t index = ofp_names_find(declared->names, name);
    if (index < 0 && !declared->incomplete)
        ofp_report_unknown(compiler, node, name, OFP_CODE_POLICY_UNKNOWN_NAME, declared->what,
                           declared->names->items, declared->names->count);
    return index;
}
