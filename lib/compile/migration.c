/* SPDX-License-Identifier: MIT */
#include "declared.h"
#include "duration_text.h"
#include "messages.h"
#include "node_reader.h"
#include "sections.h"
#include "span.h"
#include "unknown.h"

enum {
    REALISE,
    PROVISIONAL_LEVEL,
    MAX_DAYS,
    MAX_EXTENSIONS,
    MAX_LIVE,
    MAX_LIVE_PER_ORG,
    GRACE_DAYS,
    MEMORY_DAYS,
    APPROVERS,
    SELF_APPROVAL,
    REMIND,
    MESSAGES,
    KEY_COUNT
};
static const ofp_key keys[] = {
    [REALISE] = {"realise", false},       [PROVISIONAL_LEVEL] = {"provisional_level", false},
    [MAX_DAYS] = {"max_days", false},     [MAX_EXTENSIONS] = {"max_extensions", false},
    [MAX_LIVE] = {"max_live", false},     [MAX_LIVE_PER_ORG] = {"max_live_per_org", false},
    [GRACE_DAYS] = {"grace_days", false}, [MEMORY_DAYS] = {"memory_days", false},
    [APPROVERS] = {"approvers", false},   [SELF_APPROVAL] = {"self_approval", false},
    [REMIND] = {"remind", false},         [MESSAGES] = {"messages", false},
};

/* What counts where the file does not say. */
enum { DEFAULT_GRACE_DAYS = 0, DEFAULT_MEMORY_DAYS = 180 };

enum {
    MOST_MEMORY_DAYS = 36500,
    MOST_EXTENSIONS = 1000,
    MOST_LIVE = 1000000,
    MOST_ROLES = 1000,
};

static void read_realise(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    static const ofp_text words[] = {
        [OFP_REALISE_ORG_TAG] = {"org_tag", 7}, [OFP_REALISE_NOTE] = {"note", 4}};
    const int32_t word = ofp_read_word(compiler, node, "way to realise a migration", words,
                                       sizeof words / sizeof *words);
    if (word >= 0)
        compiler->policy->migration.realise = (ofp_realise)word;
}

/* A level's name, or `current`, which no level is called. */
static void read_provisional_level(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    const ofp_names *levels = compiler->levels.names;
    ofp_text *words = ofp_compiler_scratch(compiler, levels->count + 1, sizeof *words);
    if (!words || compiler->levels.incomplete)
        return;
    for (size_t i = 0; i < levels->count; i++)
        words[i] = levels->items[i];
    words[levels->count] = OFP_LITERAL("current");
    const int32_t word = ofp_read_word(compiler, node, "level", words, levels->count + 1);
    compiler->policy->migration.provisional_level =
        word == (int32_t)levels->count ? OFP_LEVEL_CURRENT : word;
}

static void read_limits(ofp_compiler *compiler, const ofp_yaml_node *const *values)
{
    ofp_migration_rules *rules = &compiler->policy->migration;
    const struct {
        int key;
        int32_t least, most, *number;
    } limits[] = {
        {MAX_DAYS, 1, OFP_MOST_DAYS, &rules->max_days},
        {MAX_EXTENSIONS, 0, MOST_EXTENSIONS, &rules->max_extensions},
        {MAX_LIVE, 0, MOST_LIVE, &rules->max_live},
        {MAX_LIVE_PER_ORG, 0, MOST_LIVE, &rules->max_live_per_org},
        {GRACE_DAYS, 0, OFP_MOST_DAYS, &rules->grace_days},
        {MEMORY_DAYS, 0, MOST_MEMORY_DAYS, &rules->memory_days},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (values[limits[i].key])
            ofp_read_integer(compiler, values[limits[i].key], limits[i].least, limits[i].most,
                             limits[i].number);
    }
}

static void read_approvers(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    if (!ofp_expect_members(compiler, node, MOST_ROLES, "roles"))
        return;
    const char **roles = ofp_compiler_alloc(compiler, node->count, sizeof *roles);
    ofp_names names = {0};
    ofp_declared declared = {.names = &names, .what = "role"};
    for (size_t i = 0; roles && i < node->count; i++) {
        const int32_t role = ofp_declare(compiler, &declared, node->children[i]);
        if (role >= 0)
            roles[role] = ofp_names_get(&names, role);
    }
    compiler->policy->migration.approvers = roles;
    compiler->policy->migration.approver_count = names.count;
    ofp_names_free(&names);
}

static void set_defaults(ofp_compiler *compiler)
{
    compiler->policy->migration = (ofp_migration_rules){
        .realise = OFP_REALISE_ORG_TAG,
        .provisional_level = compiler->policy->lowest_unpaid,
        .max_days = OFP_NONE,
        .max_extensions = OFP_NONE,
        .max_live = OFP_NONE,
        .max_live_per_org = OFP_NONE,
        .grace_days = DEFAULT_GRACE_DAYS,
        .memory_days = DEFAULT_MEMORY_DAYS,
    };
}

void ofp_compile_migration(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    const ofp_yaml_node *values[KEY_COUNT] = {NULL};
    set_defaults(compiler);
    if (node)
        ofp_read_mapping(compiler, node, keys, KEY_COUNT, values);
    if (values[REALISE])
        read_realise(compiler, values[REALISE]);
    if (values[PROVISIONAL_LEVEL])
        read_provisional_level(compiler, values[PROVISIONAL_LEVEL]);
    read_limits(compiler, values);
    if (values[APPROVERS])
        read_approvers(compiler, values[APPROVERS]);
    if (values[SELF_APPROVAL])
        ofp_read_boolean(compiler, values[SELF_APPROVAL],
                         &compiler->policy->migration.self_approval);
    if (values[REMIND])
        ofp_compile_reminders(compiler, values[REMIND]);
    ofp_compile_messages(compiler, values[MESSAGES]);
}
