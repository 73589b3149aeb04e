/* SPDX-License-Identifier: MIT */
#include "yaml_pairs.h"

#include <stdlib.h>

#include "span.h"

/* Mappings up to this size are searched for repeated keys one by one; larger ones are sorted. */
enum { FEW_PAIRS = 16 };

static ofp_place place_of(const ofp_yaml_node *node, const char *source)
{
    return (ofp_place){.source = source, .line = node->line, .column = node->column};
}

static bool is_merge_key(const ofp_yaml_node *key)
{
    return key->plain && ofp_span_equal(key->text, OFP_LITERAL("<<"));
}

static bool check_key(const ofp_yaml_node *key, const char *source, ofp_report *report)
{
    if (key->kind != OFP_YAML_SCALAR) {
        ofp_report_add(report, place_of(key, source), OFP_CODE_YAML_FEATURE,
                       "a key must be a text, not a %s",
                       key->kind == OFP_YAML_LIST ? "list" : "mapping");
        return false;
    }
    if (is_merge_key(key)) {
        ofp_report_add(report, place_of(key, source), OFP_CODE_YAML_FEATURE,
                       "merge keys (<<) are not allowed: write the keys out, or use an alias for "
                       "the whole value");
        return false;
    }
    return true;
}

/* Takes out the pairs that are marked with NULL, and those whose key can't be one. */
static size_t keep_good_pairs(const ofp_yaml_node **pairs, size_t count, const char *source,
                              ofp_report *report)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!pairs[2 * i] || !check_key(pairs[2 * i], source, report))
            continue;
        pairs[2 * kept] = pairs[2 * i];
        pairs[2 * kept + 1] = pairs[2 * i + 1];
        kept++;
    }
    return kept;
}

/* Marks the later of two pairs with the same key. */
static void drop_repeated(const ofp_yaml_node **first, const ofp_yaml_node **later,
                          const char *source, ofp_report *report)
{
    ofp_report_add(report, place_of(*later, source), OFP_CODE_POLICY_DUPLICATE_KEY,
                   "the key \"%s\" stands here again; it is in line %u already",
                   ofp_quote((*later)->text).text, (unsigned)(*first)->line);
    *later = NULL;
}

static void search_few(const ofp_yaml_node **pairs, size_t count, const char *source,
                       ofp_report *report)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (pairs[2 * j] && ofp_span_equal(pairs[2 * i]->text, pairs[2 * j]->text)) {
                drop_repeated(&pairs[2 * j], &pairs[2 * i], source, report);
                break;
            }
        }
    }
}

/* By text, and where that is the same by their order in the mapping. */
static int compare_places(const void *a, const void *b)
{
    const ofp_yaml_node **const *key_a = a, **const *key_b = b;
    const int order = ofp_span_compare((**key_a)->text, (**key_b)->text);
    return order ? order : (*key_a > *key_b) - (*key_a < *key_b);
}

static void search_many(const ofp_yaml_node **pairs, size_t count, const char *source,
                        ofp_report *report)
{
    const ofp_yaml_node ***sorted = calloc(count, sizeof *sorted);
    if (!sorted) {
        report->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        sorted[i] = &pairs[2 * i];
    qsort(sorted, count, sizeof *sorted, compare_places);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (ofp_span_equal((*sorted[i])->text, (*sorted[first])->text))
            drop_repeated(sorted[first], sorted[i], source, report);
        else
            first = i;
    }
    free(sorted);
}

size_t ofp_yaml_tidy_pairs(const ofp_yaml_node **pairs, size_t count, const char *source,
                           ofp_report *report)
{
    count = keep_good_pairs(pairs, count, source, report);
    const size_t before = report->error_count;
    if (count <= FEW_PAIRS)
        search_few(pairs, count, source, report);
    else
        search_many(pairs, count, source, report);
    return report->error_count == before ? count : keep_good_pairs(pairs, count, source, report);
}
