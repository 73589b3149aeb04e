/* SPDX-License-Identifier: MIT */
#include "rules.h"

#include <string.h>

/* Rules that say something about one value of an attribute: as a list, or as bits if there are
 * many. */
typedef struct rule_set {
    uint32_t *list;
    uint64_t *bits; /* instead of the list */
    uint32_t count;
} rule_set;

/*
 * How the rules look at one attribute. Without any value that is mentioned, those in `base` hold
 * as far as this attribute goes; a value adds the rules that want it and takes away those that
 * want it absent.
 */
typedef struct attribute_index {
    uint32_t attribute;
    uint32_t value_count; /* values from here on are mentioned by no rule */
    uint64_t *base;
    rule_set *wanted, *unwanted; /* by value */
} attribute_index;

struct ofp_rules {
    const ofp_condition *const *whens;
    size_t count;
    size_t words;
    attribute_index *indexes; /* of the attributes that any rule looks at */
    size_t index_count;
    uint64_t *nested; /* rules with conditions that only the tree can tell */
};

static void set_bit(uint64_t *bits, size_t index)
{
    bits[index / 64] |= UINT64_C(1) << (index % 64);
}

static void clear_bit(uint64_t *bits, size_t index)
{
    bits[index / 64] &= ~(UINT64_C(1) << (index % 64));
}

static bool has_bit(const uint64_t *bits, size_t index)
{
    return bits[index / 64] >> (index % 64) & 1;
}

static void fill_bits(uint64_t *bits, size_t words, size_t count)
{
    memset(bits, 0xFF, words * sizeof *bits);
    if (count % 64)
        bits[words - 1] = (UINT64_C(1) << (count % 64)) - 1;
}

/* The part of a rule that looks at an attribute directly, or NULL. */
static const ofp_condition *find_part(const ofp_condition *when, uint32_t attribute)
{
    for (size_t i = 0; when && i < when->child_count; i++) {
        const ofp_condition *part = &when->children[i];
        if (part->kind == OFP_CONDITION_VALUES && part->attribute == attribute)
            return part;
    }
    return NULL;
}

/* Counts how often each value is mentioned. @return false: out of memory */
static bool count_values(ofp_rules *rules, ofp_arena *arena, attribute_index *index)
{
    int32_t highest = -1;
    for (size_t i = 0; i < rules->count; i++) {
        const ofp_condition *part = find_part(rules->whens[i], index->attribute);
        for (size_t j = 0; part && j < part->value_count; j++)
            highest = part->values[j] > highest ? part->values[j] : highest;
    }
    index->value_count = (uint32_t)(highest + 1);
    index->wanted = ofp_arena_alloc(arena, index->value_count, sizeof *index->wanted);
    index->unwanted = ofp_arena_alloc(arena, index->value_count, sizeof *index->unwanted);
    if (!index->wanted || !index->unwanted)
        return false;
    for (size_t i = 0; i < rules->count; i++) {
        const ofp_condition *part = find_part(rules->whens[i], index->attribute);
        for (size_t j = 0; part && j < part->value_count; j++)
            (part->negated ? index->unwanted : index->wanted)[part->values[j]].count++;
    }
    return true;
}

/* Makes room in a set for as many rules as were counted; the count starts anew. */
static bool size_set(const ofp_rules *rules, ofp_arena *arena, rule_set *set)
{
    if (set->count == 0)
        return true;
    /* Setting a bit costs about as much as passing over some words: see which is less. */
    if (set->count >= rules->words / 2) {
        set->bits = ofp_arena_alloc(arena, rules->words, sizeof *set->bits);
        return set->bits;
    }
    set->list = ofp_arena_alloc(arena, set->count, sizeof *set->list);
    set->count = 0;
    return set->list;
}

static void add_rule(rule_set *set, size_t rule)
{
    if (set->bits)
        set_bit(set->bits, rule);
    else
        set->list[set->count++] = (uint32_t)rule;
}

static bool fill_index(ofp_rules *rules, ofp_arena *arena, attribute_index *index)
{
    index->base = ofp_arena_alloc(arena, rules->words, sizeof *index->base);
    if (!index->base || !count_values(rules, arena, index))
        return false;
    for (size_t i = 0; i < index->value_count; i++) {
        if (!size_set(rules, arena, &index->wanted[i]) ||
            !size_set(rules, arena, &index->unwanted[i]))
            return false;
    }
    fill_bits(index->base, rules->words, rules->count);
    for (size_t i = 0; i < rules->count; i++) {
        const ofp_condition *part = find_part(rules->whens[i], index->attribute);
        if (part && !part->negated)
            clear_bit(index->base, i);
        for (size_t j = 0; part && j < part->value_count; j++)
            add_rule(&(part->negated ? index->unwanted : index->wanted)[part->values[j]], i);
    }
    return true;
}

/* Notes which attributes are looked at directly, and which rules need their tree. */
static void survey(ofp_rules *rules, bool *used)
{
    for (size_t i = 0; i < rules->count; i++) {
        const ofp_condition *when = rules->whens[i];
        for (size_t j = 0; when && j < when->child_count; j++) {
            if (when->children[j].kind == OFP_CONDITION_VALUES)
                used[when->children[j].attribute] = true;
            else
                set_bit(rules->nested, i);
        }
    }
}

static bool fill_rules(ofp_rules *rules, ofp_arena *arena, size_t attribute_count)
{
    bool *used = ofp_arena_alloc(arena, attribute_count, sizeof *used);
    rules->nested = ofp_arena_alloc(arena, rules->words, sizeof *rules->nested);
    rules->indexes = ofp_arena_alloc(arena, attribute_count, sizeof *rules->indexes);
    if (!used || !rules->nested || !rules->indexes)
        return false;
    survey(rules, used);
    for (size_t i = 0; i < attribute_count; i++) {
        if (!used[i])
            continue;
        attribute_index *index = &rules->indexes[rules->index_count++];
        index->attribute = (uint32_t)i;
        if (!fill_index(rules, arena, index))
            return false;
    }
    return true;
}

ofp_rules *ofp_rules_compile(ofp_arena *arena, const ofp_condition *const *whens, size_t count,
                             size_t attribute_count)
{
    ofp_rules *rules = ofp_arena_alloc(arena, 1, sizeof *rules);
    if (!rules)
        return NULL;
    rules->whens = whens;
    rules->count = count;
    rules->words = (count + 63) / 64;
    return fill_rules(rules, arena, attribute_count) ? rules : NULL;
}

size_t ofp_rules_work_size(const ofp_rules *rules)
{
    return 2 * rules->words;
}

size_t ofp_rules_search_cost(const ofp_rules *rules)
{
    enum { WORDS_AT_ONCE = 8 }; /* that machines combine in the time of a step in a tree */
    size_t cost = rules->words * (rules->index_count + 1) / WORDS_AT_ONCE;
    for (size_t i = 0; i < rules->count; i++) {
        if (has_bit(rules->nested, i))
            cost += ofp_condition_size(rules->whens[i]);
    }
    return cost;
}

static void add_set(uint64_t *bits, size_t words, const rule_set *set)
{
    if (set->bits) {
        for (size_t i = 0; i < words; i++)
            bits[i] |= set->bits[i];
        return;
    }
    for (uint32_t i = 0; i < set->count; i++)
        set_bit(bits, set->list[i]);
}

static void remove_set(uint64_t *bits, size_t words, const rule_set *set)
{
    if (set->bits) {
        for (size_t i = 0; i < words; i++)
            bits[i] &= ~set->bits[i];
        return;
    }
    for (uint32_t i = 0; i < set->count; i++)
        clear_bit(bits, set->list[i]);
}

/* Keeps only the candidates that hold as far as one attribute goes. */
static void apply_index(const attribute_index *index, ofp_fact fact, uint64_t *candidates,
                        uint64_t *holding, size_t words)
{
    memcpy(holding, index->base, words * sizeof *holding);
    for (size_t i = 0; i < fact.count; i++) {
        const uint32_t value = (uint32_t)fact.values[i];
        if (value >= index->value_count)
            continue;
        add_set(holding, words, &index->wanted[value]);
        remove_set(holding, words, &index->unwanted[value]);
    }
    for (size_t i = 0; i < words; i++)
        candidates[i] &= holding[i];
}

/* As apply_index(), for lists of up to 64 rules: without working memory. */
static uint64_t apply_short_index(const attribute_index *index, ofp_fact fact)
{
    uint64_t holding = *index->base;
    for (size_t i = 0; i < fact.count; i++) {
        const uint32_t value = (uint32_t)fact.values[i];
        if (value >= index->value_count)
            continue;
        /* In so short a list every set that is not empty has bits. */
        if (index->wanted[value].bits)
            holding |= *index->wanted[value].bits;
        if (index->unwanted[value].bits)
            holding &= ~*index->unwanted[value].bits;
    }
    return holding;
}

/* The first of the candidates in a word whose tree, if it needs one, holds too; or -1. */
static int32_t first_in_word(const ofp_rules *rules, size_t word, uint64_t candidates,
                             const ofp_fact *facts)
{
    for (; candidates; candidates &= candidates - 1) {
        const size_t rule = word * 64 + (size_t)__builtin_ctzll(candidates);
        if (!has_bit(rules->nested, rule) || ofp_condition_holds(rules->whens[rule], facts))
            return (int32_t)rule;
    }
    return -1;
}

static int32_t first_of_short(const ofp_rules *rules, const ofp_fact *facts)
{
    uint64_t candidates;
    fill_bits(&candidates, 1, rules->count);
    for (size_t i = 0; i < rules->index_count; i++) {
        const attribute_index *index = &rules->indexes[i];
        candidates &= apply_short_index(index, facts[index->attribute]);
    }
    return first_in_word(rules, 0, candidates, facts);
}

int32_t ofp_rules_first(const ofp_rules *rules, const ofp_fact *facts, uint64_t *work)
{
    uint64_t *candidates = work, *holding = work + rules->words;
    if (rules->words == 1)
        return first_of_short(rules, facts);
    if (rules->words == 0)
        return -1;
    fill_bits(candidates, rules->words, rules->count);
    for (size_t i = 0; i < rules->index_count; i++) {
        const attribute_index *index = &rules->indexes[i];
        apply_index(index, facts[index->attribute], candidates, holding, rules->words);
    }
    int32_t rule = -1;
    for (size_t word = 0; rule < 0 && word < rules->words; word++)
        rule = first_in_word(rules, word, candidates[word], facts);
    return rule;
}

int ofp_rules_failed_part(const ofp_rules *rules, int32_t rule, const ofp_fact *facts)
{
    const ofp_condition *when = rules->whens[rule];
    return when ? ofp_condition_failed_part(when, facts) : OFP_PART_NONE;
}
