/* SPDX-License-Identifier: MIT */
#include "messages.h"

#include "node_reader.h"
#include "span.h"
#include "unknown.h"

enum { ASK_CUSTOMER, OPS_REQUEST, ORG_NOTE, REMINDER, INTERNAL_NOTE, KEY_COUNT };
static const ofp_key keys[] = {
    [ASK_CUSTOMER] = {"ask_customer", false},   [OPS_REQUEST] = {"ops_request", false},
    [ORG_NOTE] = {"org_note", false},           [REMINDER] = {"reminder", false},
    [INTERNAL_NOTE] = {"internal_note", false},
};

/* Without the line ends at its end, which block texts of YAML have. */
static ofp_text trim(ofp_text text)
{
    while (text.size && (text.data[text.size - 1] == '\n' || text.data[text.size - 1] == '\r'))
        text.size--;
    return text;
}

/* What is left of a text behind a part of it. */
static ofp_text rest_behind(ofp_text text, ofp_text part)
{
    const char *end = part.data + part.size;
    return (ofp_text){end, (size_t)(text.data + text.size - end)};
}

/* Cuts a text into pieces; reports every placeholder that does not exist. */
static void compile_template(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_text text,
                             ofp_template *ret)
{
    ofp_text unknown;
    ofp_template_result result;
    while ((result = ofp_template_compile(text, &compiler->policy->arena, ret, &unknown)) ==
           OFP_TEMPLATE_UNKNOWN) {
        ofp_report_unknown(compiler, node, unknown, OFP_CODE_UNKNOWN_PLACEHOLDER, "placeholder",
                           ofp_placeholder_names + 1, OFP_PLACEHOLDER_COUNT - 1);
        text = rest_behind(text, unknown);
    }
    if (result == OFP_TEMPLATE_NO_MEMORY)
        ofp_compiler_no_memory(compiler);
}

/* Compiles a text of the file, or the built-in one. */
static void compile_message(ofp_compiler *compiler, const ofp_yaml_node *node, const char *built_in,
                            ofp_template *ret)
{
    ofp_text text = ofp_text_of(built_in);
    if (node && !ofp_read_text(compiler, node, &text))
        return;
    text = trim(text);
    if (text.size == 0)
        ofp_compiler_report(compiler, node, OFP_CODE_POLICY_WRONG_TYPE,
                            "the message is empty: leave its key out for the built-in one");
    else if (text.size > OFP_MOST_MESSAGE_SIZE)
        ofp_compiler_report(compiler, node, OFP_CODE_POLICY_LIMIT,
                            "the message has more than %d bytes", (int)OFP_MOST_MESSAGE_SIZE);
    else
        compile_template(compiler, node, text, ret);
}

/* The verdict that a key of `internal_note` names; -1: reported. */
static int find_noted_verdict(ofp_compiler *compiler, const ofp_yaml_node *key)
{
    ofp_text noted[OFP_VERDICT_COUNT];
    size_t count = 0;
    for (int i = 0; i < OFP_VERDICT_COUNT; i++) {
        const ofp_text name = ofp_text_of(ofp_verdict_name((ofp_verdict)i));
        const bool has_note = ofp_default_internal_notes[i];
        if (ofp_span_equal(key->text, name)) {
            if (!has_note)
                ofp_compiler_report(compiler, key, OFP_CODE_POLICY_UNKNOWN_KEY,
                                    "the verdict \"%s\" has no note", name.data);
            return has_note ? i : -1;
        }
        if (has_note)
            noted[count++] = name;
    }
    ofp_report_unknown(compiler, key, key->text, OFP_CODE_POLICY_UNKNOWN_KEY, "verdict", noted,
                       count);
    return -1;
}

static void compile_notes(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    ofp_template *notes = compiler->policy->migration.internal_note;
    const ofp_yaml_node *given[OFP_VERDICT_COUNT] = {NULL};
    if (node && ofp_expect_mapping(compiler, node)) {
        for (size_t i = 0; i < node->count; i++) {
            const int verdict = find_noted_verdict(compiler, ofp_yaml_key(node, i));
            if (verdict >= 0)
                given[verdict] = ofp_yaml_value(node, i);
        }
    }
    for (int i = 0; i < OFP_VERDICT_COUNT; i++) {
        if (ofp_default_internal_notes[i])
            compile_message(compiler, given[i], ofp_default_internal_notes[i], &notes[i]);
    }
}

void ofp_compile_messages(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    ofp_migration_rules *rules = &compiler->policy->migration;
    const ofp_yaml_node *values[KEY_COUNT] = {NULL};
    if (node)
        ofp_read_mapping(compiler, node, keys, KEY_COUNT, values);
    compile_message(compiler, values[ASK_CUSTOMER], ofp_default_ask_customer, &rules->ask_customer);
    compile_message(compiler, values[OPS_REQUEST], ofp_default_ops_request, &rules->ops_request);
    compile_message(compiler, values[ORG_NOTE], ofp_default_org_note, &rules->org_note);
    compile_message(compiler, values[REMINDER], ofp_default_reminder, &rules->reminder);
    compile_notes(compiler, values[INTERNAL_NOTE]);
}
