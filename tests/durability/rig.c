/* SPDX-License-Identifier: MIT */
#include "rig.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "must.h"

static const char policy_yaml[] =
    "policy: durability\n"
    "levels: [free, standard, premium]\n"
    "unpaid: [free]\n"
    "priorities: [normal]\n"
    "default_priority: normal\n"
    "offerings:\n"
    "  self_managed:\n"
    "    level_tags: {standard: sm_standard, premium: sm_premium}\n"
    "  saas:\n"
    "    level_tags: {standard: saas_standard, premium: saas_premium}\n"
    "migration:\n"
    "  realise: org_tag\n"
    "  max_days: 30\n"
    "  max_extensions: 2\n"
    "  max_live: 4\n"
    "  max_live_per_org: 1\n"
    "  approvers: [manager]\n"
    "  remind: [3d, 1d]\n";

const ofp_policy *rig_policy(void)
{
    static ofp_policy *policy;
    if (!policy)
        must_work(ofp_policy_parse(ofp_text_of(policy_yaml), NULL, &policy, &error));
    return policy;
}

ofp_text rig_org(unsigned number)
{
    static const char *const orgs[RIG_ORGS] = {"acme",  "bolt",  "crane", "delta",
                                               "ember", "fjord", "grove", "heron"};
    return ofp_text_of(orgs[number]);
}

void rig_ask(ofp_request *request, int64_t at, unsigned org, ofp_entitlement *entitlement)
{
    *entitlement = (ofp_entitlement){
        .offering = 0,
        .level = 2,
        .starts = OFP_INSTANT_NONE,
        .ends = OFP_INSTANT_NONE,
    };
    *request = (ofp_request)OFP_REQUEST_INIT;
    request->now = at;
    request->ticket = ofp_text_of("4711");
    request->offering = 1;
    request->has_org = true;
    request->org = rig_org(org);
    request->org_name = rig_org(org);
    request->entitlements = entitlement;
    request->entitlement_count = 1;
}

ofp_facts *rig_facts(void)
{
    ofp_facts *facts;
    must_work(ofp_facts_new(&facts, &error));
    for (unsigned i = 0; i < RIG_ORGS; i++) {
        ofp_request request;
        ofp_entitlement entitlement;
        rig_ask(&request, RIG_START, i, &entitlement);
        must_work(ofp_facts_add(facts, rig_policy(), &request, &error));
    }
    return facts;
}

void rig_make_folder(char ret[RIG_PATH])
{
    const char *given = getenv("TMPDIR");
    const char *parent = given ? given : access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(ret, RIG_PATH, "%s/ofp-durability-XXXXXX", parent);
    must(mkdtemp(ret) != NULL, "%s", ret);
}

void rig_clear_folder(const char *folder, bool all)
{
    DIR *opened = must_have(opendir(folder));
    for (struct dirent *entry; (entry = readdir(opened));)
        if (entry->d_name[0] != '.')
            must(unlinkat(dirfd(opened), entry->d_name, 0) == 0, "%s", entry->d_name);
    closedir(opened);
    if (all)
        must(rmdir(folder) == 0, "%s", folder);
}

const char *rig_path(const char *folder, const char *name)
{
    static char paths[4][RIG_PATH];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    must(snprintf(path, RIG_PATH, "%s/%s", folder, name) < RIG_PATH, "the path is too long");
    return path;
}

void rig_copy(const char *from, const char *to)
{
    char bytes[1 << 16];
    const int source = open(from, O_RDONLY | O_CLOEXEC);
    if (source < 0)
        return;
    const int copy = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(copy >= 0, "%s", to);
    for (ssize_t size; (size = read(source, bytes, sizeof bytes)) > 0;)
        must(write(copy, bytes, (size_t)size) == size, "%s", to);
    close(source);
    close(copy);
}

ofp_store *rig_open(const char *path, ofp_store_mode mode)
{
    const ofp_store_options options = {
        .size = sizeof options, .mode = mode, .busy_ms = 60000, .at = RIG_START};
    ofp_store *store;
    must_work(ofp_store_open(path, &options, &store, &error));
    return store;
}

bool rig_is_full(void)
{
    const char *size = getenv("OFP_TEST_SIZE");
    return size && strcmp(size, "full") == 0;
}
