/* SPDX-License-Identifier: MIT */
#include "declared.h"
#include "node_reader.h"
#include "sections.h"
#include "span.h"
#include "when.h"

static void check_field_name(ofp_compiler *compiler, const ofp_yaml_node *key)
{
    if (ofp_is_condition_word(key->text))
        ofp_compiler_report(compiler, key, OFP_CODE_INVALID_NAME,
                            "no field can be called \"%s\": conditions mean something else by it",
                            ofp_quote(key->text).text);
}

static void compile_values(ofp_compiler *compiler, ofp_declared *values, const ofp_yaml_node *node)
{
    if (!ofp_expect_members(compiler, node, OFP_MOST_VALUES, "values")) {
        values->incomplete = true;
        return;
    }
    for (size_t i = 0; i < node->count; i++)
        ofp_declare(compiler, values, node->children[i]);
}

void ofp_compile_fields(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    if (!node)
        return;
    if (!ofp_expect_pairs(compiler, node, OFP_MOST_FIELDS, "fields")) {
        compiler->fields.incomplete = true;
        return;
    }
    /* Before any name, so that there is a field for each one whatever happens. */
    ofp_field *fields = ofp_compiler_alloc(compiler, node->count, sizeof *fields);
    compiler->values = ofp_compiler_scratch(compiler, node->count, sizeof *compiler->values);
    if (!fields || !compiler->values)
        return;
    compiler->policy->fields = fields;
    for (size_t i = 0; i < node->count; i++) {
        const ofp_yaml_node *key = ofp_yaml_key(node, i);
        const int32_t field = ofp_declare(compiler, &compiler->fields, key);
        /* The values of a field without a usable name are checked all the same. */
        ofp_names nowhere = {0};
        ofp_names *names = field < 0 ? &nowhere : &fields[field].values;
        ofp_declared values = {.names = names, .what = "value"};
        check_field_name(compiler, key);
        compile_values(compiler, &values, ofp_yaml_value(node, i));
        if (field >= 0)
            compiler->values[field] = values;
        ofp_names_free(&nowhere);
    }
}
