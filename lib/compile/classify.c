/* SPDX-License-Identifier: MIT */
#include "declared.h"
#include "node_reader.h"
#include "pattern_cost.h"
#include "sections.h"
#include "span.h"
#include "when.h"

enum { THRESHOLD, MARGIN, RULES, KEY_COUNT };
static const ofp_key keys[] = {
    [THRESHOLD] = {"threshold", false}, [MARGIN] = {"margin", false}, [RULES] = {"rules", false}};

enum { OFFERING, WHEN, MATCH, WEIGHT, RULE_KEY_COUNT };
static const ofp_key rule_keys[] = {[OFFERING] = {"offering", true},
                                    [WHEN] = {"when", false},
                                    [MATCH] = {"match", false},
                                    [WEIGHT] = {"weight", false}};

/* The two lists that the rules of the file go into. */
typedef struct rule_lists {
    ofp_simple_rule *rules;
    const ofp_condition **whens;
    size_t rule_count;
    ofp_classify_pattern *patterns;
    size_t pattern_count;
    size_t pattern_size;  /* bytes of all patterns */
    size_t pattern_range; /* characters of all ranges in them */
    bool incomplete;      /* a pattern is missing, or nobody knows for which offering it is */
} rule_lists;

/* Where in the pattern: the number of a character, from 1. */
static size_t character_number(ofp_text pattern, size_t offset)
{
    size_t number = 1;
    for (size_t at = 0, size; at < offset && at < pattern.size; at += size, number++)
        ofp_span_character((ofp_text){pattern.data + at, pattern.size - at}, &size);
    return number;
}

/* Compiling takes time and memory by the length of a pattern, and time by the width of its ranges.
 */
static bool check_pattern_limits(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_text text,
                                 rule_lists *lists)
{
    lists->pattern_size += text.size;
    if (lists->pattern_size > OFP_MOST_PATTERN_SIZE) {
        ofp_compiler_report(compiler, node, OFP_CODE_POLICY_LIMIT,
                            "the patterns up to this one have more than 256 KiB");
        return false;
    }
    lists->pattern_range += ofp_pattern_range_size(text);
    if (lists->pattern_range > OFP_MOST_PATTERN_RANGE) {
        ofp_compiler_report(compiler, node, OFP_CODE_POLICY_LIMIT,
                            "the ranges in patterns up to this one have more than %d characters: "
                            "write shorter ranges, or properties such as \\p{L}",
                            (int)OFP_MOST_PATTERN_RANGE);
        return false;
    }
    return true;
}

static ofp_pattern *compile_pattern(ofp_compiler *compiler, const ofp_yaml_node *node,
                                    rule_lists *lists)
{
    ofp_text text;
    ofp_pattern_problem problem;
    if (!ofp_read_text(compiler, node, &text))
        return NULL;
    if (text.size == 0) {
        ofp_compiler_report(compiler, node, OFP_CODE_BAD_PATTERN,
                            "the pattern is empty, which would match every ticket");
        return NULL;
    }
    if (!check_pattern_limits(compiler, node, text, lists))
        return NULL;
    ofp_pattern *pattern = ofp_pattern_compile(text, compiler->jit, &problem);
    if (!pattern && problem.code == OFP_CODE_NO_MEMORY)
        return ofp_compiler_no_memory(compiler);
    if (!pattern)
        ofp_compiler_report(compiler, node, problem.code, "at character %zu of the pattern: %s",
                            character_number(text, problem.offset), problem.message);
    return pattern;
}

static void add_when(ofp_compiler *compiler, const ofp_yaml_node *const *values,
                     ofp_simple_rule rule, rule_lists *lists)
{
    if (values[WEIGHT])
        ofp_compiler_report(compiler, values[WEIGHT], OFP_CODE_RULE_FORM,
                            "a rule with `when` decides by itself: only patterns have a weight");
    lists->whens[lists->rule_count] = ofp_compile_when(compiler, OFP_WHEN_CLASSIFY, values[WHEN]);
    lists->rules[lists->rule_count++] = rule;
}

static void add_pattern(ofp_compiler *compiler, const ofp_yaml_node *const *values,
                        ofp_simple_rule rule, rule_lists *lists)
{
    int32_t weight = 1;
    if (values[WEIGHT])
        ofp_read_integer(compiler, values[WEIGHT], 1, OFP_MOST_WEIGHT, &weight);
    if (lists->pattern_count == OFP_MOST_PATTERNS) {
        ofp_compiler_report(compiler, values[MATCH], OFP_CODE_POLICY_LIMIT,
                            "this is one pattern too many: at most %d are allowed",
                            (int)OFP_MOST_PATTERNS);
        return;
    }
    ofp_pattern *pattern = compile_pattern(compiler, values[MATCH], lists);
    lists->incomplete |= !pattern || rule.result < 0;
    if (pattern)
        lists->patterns[lists->pattern_count++] = (ofp_classify_pattern){
            .pattern = pattern,
            .least_size = ofp_pattern_least_size(pattern),
            .offering = rule.result,
            .weight = weight,
            .line = rule.line,
            .rule = rule.rule,
        };
}

static void compile_rule(ofp_compiler *compiler, const ofp_yaml_node *node, int32_t index,
                         rule_lists *lists)
{
    const ofp_yaml_node *values[RULE_KEY_COUNT];
    if (!ofp_read_mapping(compiler, node, rule_keys, RULE_KEY_COUNT, values))
        return;
    ofp_simple_rule simple = {.result = OFP_NONE, .line = node->line, .rule = index};
    if (values[OFFERING])
        simple.result = ofp_find_declared(compiler, &compiler->offerings, values[OFFERING]);
    if (!values[WHEN] == !values[MATCH])
        ofp_compiler_report(compiler, node, OFP_CODE_RULE_FORM,
                            values[WHEN] ? "this rule has both `when` and `match`: give it one"
                                         : "this rule has neither `when` nor `match`: give it one");
    else if (values[WHEN])
        add_when(compiler, values, simple, lists);
    else
        add_pattern(compiler, values, simple, lists);
}

/* Reads the rules. @return false: nothing can be said about their weights */
static bool compile_rules(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    ofp_policy *policy = compiler->policy;
    const size_t errors = compiler->report->error_count;
    if (!ofp_expect_list(compiler, node, OFP_MOST_RULES, "rules"))
        return false;
    const ofp_condition **whens = ofp_compiler_alloc(compiler, node->count, sizeof *whens);
    rule_lists lists = {
        .rules = ofp_compiler_alloc(compiler, node->count, sizeof *lists.rules),
        .whens = whens,
        .patterns = ofp_compiler_alloc(compiler, node->count, sizeof *lists.patterns),
    };
    if (!lists.rules || !lists.whens || !lists.patterns)
        return false;
    for (size_t i = 0; i < node->count; i++)
        compile_rule(compiler, node->children[i], (int32_t)i, &lists);
    policy->classify_rules = lists.rules;
    policy->classify_rule_count = lists.rule_count;
    policy->classify_whens = ofp_compile_rules(compiler, lists.whens, lists.rule_count);
    policy->patterns = lists.patterns;
    policy->pattern_count = lists.pattern_count;
    for (size_t i = 0; i < lists.pattern_count; i++)
        policy->pattern_steps += ofp_pattern_byte_steps(lists.patterns[i].pattern);
    return compiler->report->error_count == errors && !lists.incomplete;
}

/* Reports a threshold that no offering reaches though all its patterns match. */
static void check_threshold(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    const ofp_policy *policy = compiler->policy;
    int32_t *sums = ofp_compiler_scratch(compiler, policy->offering_names.count, sizeof *sums);
    int32_t most = 0;
    for (size_t i = 0; sums && i < policy->pattern_count; i++) {
        int32_t *sum = &sums[policy->patterns[i].offering];
        *sum += policy->patterns[i].weight;
        most = *sum > most ? *sum : most;
    }
    if (sums && policy->pattern_count && policy->threshold > most)
        ofp_compiler_report(compiler, node, OFP_CODE_THRESHOLD_UNREACHABLE,
                            "no offering can reach this threshold: the weights of its patterns "
                            "are at most %d together",
                            (int)most);
}

void ofp_compile_classify(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    ofp_policy *policy = compiler->policy;
    const ofp_yaml_node *values[KEY_COUNT];
    policy->threshold = policy->margin = 1;
    if (!node || !ofp_read_mapping(compiler, node, keys, KEY_COUNT, values))
        return;
    if (values[MARGIN])
        ofp_read_integer(compiler, values[MARGIN], 1, OFP_MOST_WEIGHT, &policy->margin);
    const bool has_threshold =
        values[THRESHOLD] &&
        ofp_read_integer(compiler, values[THRESHOLD], 1, OFP_MOST_WEIGHT, &policy->threshold);
    if (values[RULES] && compile_rules(compiler, values[RULES]) && has_threshold)
        check_threshold(compiler, values[THRESHOLD]);
}
