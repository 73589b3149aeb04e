/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "declared.h"
#include "node_reader.h"
#include "sections.h"

enum { TITLE, FOCUS_TAG, LEVEL_TAGS, KEY_COUNT };
static const ofp_key keys[] = {
    [TITLE] = {"title", false},
    [FOCUS_TAG] = {"focus_tag", false},
    [LEVEL_TAGS] = {"level_tags", false},
};

/* An offering while it is read. */
typedef struct offering_draft {
    ofp_offering *offering;
    const char *name;
    const ofp_yaml_node *values[KEY_COUNT];
    const ofp_yaml_node **tag_nodes; /* by level: where its tag stands */
} offering_draft;

/* The number of a tag that the file names here; OFP_NONE: reported. */
static int32_t read_tag(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    ofp_text text;
    if (!ofp_read_name(compiler, node, &text))
        return OFP_NONE;
    const int32_t tag = ofp_names_add(&compiler->policy->tag_names, &compiler->policy->arena, text);
    if (tag < 0)
        ofp_compiler_no_memory(compiler);
    return tag;
}

static void read_title(ofp_compiler *compiler, offering_draft *draft)
{
    const ofp_yaml_node *node = draft->values[TITLE];
    ofp_text title = ofp_text_of(draft->name);
    if (node && !ofp_read_name(compiler, node, &title))
        return;
    draft->offering->title = ofp_compiler_copy(compiler, title);
}

/* Warns if another level of the offering, written before, has the same tag. */
static void check_shared(ofp_compiler *compiler, const offering_draft *draft, int32_t level)
{
    const int32_t *tags = draft->offering->level_tags;
    for (size_t other = 0; other < compiler->policy->levels.count; other++) {
        if ((int32_t)other == level || tags[other] != tags[level])
            continue;
        ofp_compiler_report(compiler, draft->tag_nodes[level], OFP_CODE_SHARED_LEVEL_TAG,
                            "the levels \"%s\" and \"%s\" of this offering share the tag \"%s\", "
                            "which then can't tell them apart",
                            ofp_quote(compiler->policy->levels.items[other]).text,
                            ofp_quote(compiler->policy->levels.items[level]).text,
                            ofp_quote(draft->tag_nodes[level]->text).text);
        return;
    }
}

static void read_level_tags(ofp_compiler *compiler, offering_draft *draft)
{
    const size_t level_count = compiler->policy->levels.count;
    int32_t *tags = ofp_compiler_alloc(compiler, level_count, sizeof *tags);
    draft->tag_nodes = ofp_compiler_scratch(compiler, level_count, sizeof *draft->tag_nodes);
    if (!tags || !draft->tag_nodes)
        return;
    for (size_t i = 0; i < level_count; i++)
        tags[i] = OFP_NONE;
    draft->offering->level_tags = tags;
    const ofp_yaml_node *node = draft->values[LEVEL_TAGS];
    if (!node || !ofp_expect_mapping(compiler, node))
        return;
    for (size_t i = 0; i < node->count; i++) {
        const int32_t level = ofp_find_declared(compiler, &compiler->levels, ofp_yaml_key(node, i));
        const int32_t tag = read_tag(compiler, ofp_yaml_value(node, i));
        if (level < 0 || tag < 0)
            continue;
        tags[level] = tag;
        draft->tag_nodes[level] = ofp_yaml_value(node, i);
        check_shared(compiler, draft, level);
    }
}

static void read_focus_tag(ofp_compiler *compiler, offering_draft *draft)
{
    const ofp_yaml_node *node = draft->values[FOCUS_TAG];
    draft->offering->focus_tag = OFP_NONE;
    if (!node)
        return;
    const int32_t tag = read_tag(compiler, node);
    if (tag >= 0 && tag < compiler->policy->level_tag_count)
        ofp_compiler_report(compiler, node, OFP_CODE_TAG_CONFLICT,
                            "the tag \"%s\" is a level tag, too: a focus tag must be another one",
                            ofp_quote(node->text).text);
    draft->offering->focus_tag = tag;
}

/* In two rounds: all level tags are numbered before the first focus tag. */
static void read_tags(ofp_compiler *compiler, offering_draft *drafts, size_t count)
{
    ofp_policy *policy = compiler->policy;
    for (size_t i = 0; i < count; i++)
        read_level_tags(compiler, &drafts[i]);
    policy->level_tag_count = (int32_t)policy->tag_names.count;
    for (size_t i = 0; i < count; i++)
        read_focus_tag(compiler, &drafts[i]);
    policy->focus_tag_count = (int32_t)policy->tag_names.count - policy->level_tag_count;
}

void ofp_compile_offerings(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    if (!node || !ofp_expect_pairs(compiler, node, OFP_MOST_OFFERINGS, "offerings")) {
        compiler->offerings.incomplete = true;
        return;
    }
    offering_draft *drafts = ofp_compiler_scratch(compiler, node->count, sizeof *drafts);
    ofp_offering *offerings = ofp_compiler_alloc(compiler, node->count, sizeof *offerings);
    if (!drafts || !offerings)
        return;
    compiler->policy->offerings = offerings;
    for (size_t i = 0; i < node->count; i++) {
        const ofp_yaml_node *key = ofp_yaml_key(node, i);
        drafts[i].offering = &offerings[i];
        drafts[i].name = key->text.data;
        ofp_declare(compiler, &compiler->offerings, key);
        ofp_read_mapping(compiler, ofp_yaml_value(node, i), keys, KEY_COUNT, drafts[i].values);
        read_title(compiler, &drafts[i]);
    }
    read_tags(compiler, drafts, node->count);
}

/* Counts, and in a second round notes, for which offering and level each level tag stands. */
static void note_uses(const ofp_policy *policy, ofp_tag *tags, ofp_tag_use *const *uses)
{
    for (size_t offering = 0; offering < policy->offering_names.count; offering++) {
        for (size_t level = 0; level < policy->levels.count; level++) {
            const int32_t tag = policy->offerings[offering].level_tags[level];
            if (tag < 0)
                continue;
            if (uses)
                uses[tag][tags[tag].use_count] = (ofp_tag_use){(int32_t)offering, (int32_t)level};
            tags[tag].use_count++;
        }
    }
}

void ofp_compile_tags(ofp_compiler *compiler)
{
    ofp_policy *policy = compiler->policy;
    if (compiler->report->error_count || compiler->report->failed)
        return;
    const size_t level_tags = (size_t)policy->level_tag_count;
    ofp_tag *tags = ofp_compiler_alloc(compiler, policy->tag_names.count, sizeof *tags);
    ofp_tag_use **uses = ofp_compiler_scratch(compiler, level_tags, sizeof *uses);
    if (!tags || !uses)
        return;
    note_uses(policy, tags, NULL);
    for (size_t i = 0; i < level_tags; i++) {
        uses[i] = ofp_compiler_alloc(compiler, tags[i].use_count, sizeof *uses[i]);
        if (!uses[i])
            return;
        tags[i].uses = uses[i];
        tags[i].use_count = 0;
    }
    note_uses(policy, tags, uses);
    policy->tags = tags;
}
