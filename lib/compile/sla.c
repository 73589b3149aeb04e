/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "declared.h"
#include "duration_text.h"
#include "lint.h"
#include "node_reader.h"
#include "sections.h"
#include "unknown.h"
#include "when.h"

enum { ID, WHEN, TARGETS, RULE_KEY_COUNT };
static const ofp_key rule_keys[] = {
    [ID] = {"id", true}, [WHEN] = {"when", false}, [TARGETS] = {"targets", true}};

enum { KIND, CALENDAR, WITHIN, TARGET_KEY_COUNT };
static const ofp_key target_keys[] = {
    [KIND] = {"kind", true}, [CALENDAR] = {"calendar", true}, [WITHIN] = {"within", true}};

enum { METRIC_COUNT = OFP_METRIC_RESOLUTION + 1, KIND_COUNT = OFP_TARGET_SLO + 1 };

static int32_t read_metric(ofp_compiler *compiler, const ofp_yaml_node *key)
{
    ofp_text names[METRIC_COUNT];
    for (int i = 0; i < METRIC_COUNT; i++)
        names[i] = ofp_text_of(ofp_metric_name((ofp_metric)i));
    return ofp_read_word(compiler, key, "metric", names, METRIC_COUNT);
}

static int32_t read_kind(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    ofp_text names[KIND_COUNT];
    for (int i = 0; i < KIND_COUNT; i++)
        names[i] = ofp_text_of(ofp_target_kind_name((ofp_target_kind)i));
    return ofp_read_word(compiler, node, "kind", names, KIND_COUNT);
}

static bool read_duration(ofp_compiler *compiler, const ofp_yaml_node *node, int64_t *ret)
{
    ofp_text text;
    if (!ofp_read_text(compiler, node, &text))
        return false;
    const char *problem = ofp_duration_scan(text, ret);
    if (problem)
        ofp_compiler_report(compiler, node, OFP_CODE_INVALID_DURATION, "\"%s\" %s",
                            ofp_quote(text).text, problem);
    return !problem;
}

/* Reads one duration for all priorities, or one for each that a mapping names. */
static void read_within(ofp_compiler *compiler, const ofp_yaml_node *node, int64_t *seconds,
                        const ofp_yaml_node **places)
{
    const size_t priority_count = compiler->policy->priorities.count;
    if (node->kind == OFP_YAML_LIST) {
        ofp_report_type(compiler, node, "a duration, or a mapping of priorities to durations");
    } else if (node->kind == OFP_YAML_SCALAR) {
        int64_t all = 0;
        read_duration(compiler, node, &all);
        for (size_t i = 0; i < priority_count; i++) {
            seconds[i] = all;
            places[i] = node;
        }
    } else if (ofp_expect_pairs(compiler, node, SIZE_MAX, "durations")) {
        for (size_t i = 0; i < node->count; i++) {
            int64_t one = 0;
            const int32_t priority =
                ofp_find_declared(compiler, &compiler->priorities, ofp_yaml_key(node, i));
            read_duration(compiler, ofp_yaml_value(node, i), &one);
            if (priority >= 0) {
                seconds[priority] = one;
                places[priority] = ofp_yaml_value(node, i);
            }
        }
    }
}

/* @return by priority, where its duration stands; NULL: out of memory (noted) */
static const ofp_yaml_node *const *compile_target(ofp_compiler *compiler, const ofp_yaml_node *key,
                                                  const ofp_yaml_node *node, ofp_target_spec *ret)
{
    const size_t priority_count = compiler->policy->priorities.count;
    const ofp_yaml_node *values[TARGET_KEY_COUNT];
    int64_t *seconds = ofp_compiler_alloc(compiler, priority_count, sizeof *seconds);
    const ofp_yaml_node **places = ofp_compiler_scratch(compiler, priority_count, sizeof *places);
    if (!seconds || !places)
        return NULL;
    ofp_read_mapping(compiler, node, target_keys, TARGET_KEY_COUNT, values);
    ret->metric = (ofp_metric)read_metric(compiler, key);
    ret->seconds = seconds;
    if (values[KIND])
        ret->kind = (ofp_target_kind)read_kind(compiler, values[KIND]);
    if (values[CALENDAR])
        ret->calendar = ofp_find_declared(compiler, &compiler->calendars, values[CALENDAR]);
    if (values[WITHIN])
        read_within(compiler, values[WITHIN], seconds, places);
    return places;
}

static void compile_targets(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_sla_rule *rule,
                            ofp_rule_source *source)
{
    /* A rule may have no target: it then says that some tickets get none. */
    if (!ofp_expect_mapping(compiler, node))
        return;
    ofp_target_spec *targets = ofp_compiler_alloc(compiler, node->count, sizeof *targets);
    const ofp_yaml_node *const **within =
        ofp_compiler_scratch(compiler, node->count, sizeof *within);
    if (!targets || !within)
        return;
    for (size_t i = 0; i < node->count; i++)
        within[i] =
            compile_target(compiler, ofp_yaml_key(node, i), ofp_yaml_value(node, i), &targets[i]);
    rule->targets = targets;
    rule->target_count = node->count;
    source->within = within;
}

static void read_id(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_declared *ids,
                    ofp_sla_rule *rule, ofp_rule_source *source)
{
    source->node = node;
    const int32_t id = ofp_declare(compiler, ids, node);
    if (id >= 0)
        rule->id = ofp_names_get(ids->names, id);
}

static void compile_rule(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_declared *ids,
                         ofp_sla_rule *rule, ofp_rule_source *source)
{
    const ofp_yaml_node *values[RULE_KEY_COUNT];
    if (!ofp_read_mapping(compiler, node, rule_keys, RULE_KEY_COUNT, values))
        return;
    rule->line = node->line;
    if (values[ID])
        read_id(compiler, values[ID], ids, rule, source);
    if (values[WHEN])
        source->when = ofp_compile_when(compiler, OFP_WHEN_SLA, values[WHEN]);
    if (values[TARGETS])
        compile_targets(compiler, values[TARGETS], rule, source);
}

static void compile_rules(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_sla_rule *rules,
                          ofp_rule_source *sources, const ofp_condition **whens)
{
    ofp_policy *policy = compiler->policy;
    ofp_names names = {0};
    ofp_declared ids = {.names = &names, .what = "rule"};
    for (size_t i = 0; i < node->count; i++) {
        compile_rule(compiler, node->children[i], &ids, &rules[i], &sources[i]);
        whens[i] = sources[i].when;
        if (rules[i].target_count > policy->most_targets)
            policy->most_targets = rules[i].target_count;
    }
    ofp_names_free(&names);
}

void ofp_compile_sla(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    if (!node || !ofp_expect_list(compiler, node, OFP_MOST_RULES, "rules"))
        return;
    const size_t count = node->count;
    ofp_sla_rule *rules = ofp_compiler_alloc(compiler, count, sizeof *rules);
    const ofp_condition **whens = ofp_compiler_alloc(compiler, count, sizeof *whens);
    ofp_rule_source *sources = ofp_compiler_scratch(compiler, count, sizeof *sources);
    if (!rules || !whens || !sources)
        return;
    compile_rules(compiler, node, rules, sources, whens);
    ofp_policy *policy = compiler->policy;
    policy->sla_rules = rules;
    policy->sla_rule_count = count;
    policy->sla_whens = ofp_compile_rules(compiler, whens, count);
    compiler->sla_sources = sources;
    /* Here, where no mistake of a later section hides what is odd about the promises. */
    if (policy->sla_whens)
        ofp_lint_sla(compiler);
}
