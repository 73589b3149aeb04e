/* SPDX-License-Identifier: MIT */
#include "text_fixture.h"

#include <stdlib.h>

enum { TEXT_SIZE = 2048 };

const text_pattern contract_patterns[CONTRACT_PATTERN_COUNT] = {
    {"saas", "\\bcloud\\.northwind\\.example\\b", 3},
    {"saas", "\\bshared runners?\\b", 2},
    {"saas", "\\b(saas|northwind cloud)\\b", 3},
    {"self_managed", "\\bself[ -]?(managed|hosted)\\b", 3},
    {"self_managed", "\\bnorthwind-ctl\\b", 3},
    {"self_managed", "/etc/northwind/\\S+", 2},
    {"dedicated", "\\bdedicated (instance|tenant)\\b", 4},
};

const text_pattern many_patterns[MANY_PATTERN_COUNT] = {
    {"saas", "\\bcloud\\.northwind\\.example\\b", 3},
    {"saas", "\\bshared runners?\\b", 2},
    {"saas", "\\b(saas|northwind cloud)\\b", 3},
    {"saas", "\\bstatus\\.northwind\\.example\\b", 2},
    {"saas", "\\bgroup saml\\b", 2},
    {"saas", "\\bpersonal namespaces?\\b", 2},
    {"saas", "\\bcompute (minutes|quota)\\b", 3},
    {"saas", "\\bhosted (on|by) northwind\\b", 3},
    {"saas", "\\btop-level group\\b", 1},
    {"saas", "\\benterprise users?\\b", 1},
    {"saas", "\\bdomain verification\\b", 1},
    {"saas", "\\b429\\b.{0,40}\\brate limit", 2},
    {"saas", "\\bcloudflare\\b", 2},
    {"self_managed", "\\bself[ -]?(managed|hosted)\\b", 3},
    {"self_managed", "\\bnorthwind-ctl\\b", 3},
    {"self_managed", "/etc/northwind/\\S+", 2},
    {"self_managed", "/var/(log|opt)/northwind\\b", 3},
    {"self_managed", "\\bon[ -]prem(ise|ises)?\\b", 3},
    {"self_managed", "\\bhelm (chart|upgrade|install)\\b", 2},
    {"self_managed", "\\bkubectl\\b", 1},
    {"self_managed", "\\b(docker|podman)[ -]compose\\b", 2},
    {"self_managed", "\\bomnibus\\b", 3},
    {"self_managed", "\\bgeo (primary|secondary|site)\\b", 2},
    {"self_managed", "\\bpatroni\\b", 2},
    {"self_managed", "\\bpgbouncer\\b", 2},
    {"self_managed", "\\bair[ -]?gapped\\b", 3},
    {"self_managed", "\\bbare metal\\b", 2},
    {"self_managed", "\\brake northwind:\\w+", 3},
    {"self_managed", "\\brails console\\b", 3},
    {"self_managed", "\\bupgrade path\\b", 1},
    {"self_managed", "\\bvm(ware)?\\b", 1},
    {"dedicated", "\\bdedicated (instance|tenant)\\b", 4},
    {"dedicated", "\\bsingle[ -]tenant\\b", 3},
    {"dedicated", "\\bswitchboard\\b", 4},
    {"dedicated", "\\bprivate ?link\\b", 3},
    {"dedicated", "\\bbring your own key\\b|\\bbyok\\b", 3},
    {"dedicated", "\\bmaintenance window\\b", 1},
    {"dedicated", "\\b[a-z0-9-]+\\.dedicated\\.northwind\\.example\\b", 4},
    {"dedicated", "\\bfailover region\\b", 2},
    {"dedicated", "\\bip allow ?list\\b", 1},
};

static const char subject_text[] = "Jobs are stuck after the update, please have a look";

/* No pattern matches here. */
static const char plain_text[] =
    "Hello team,\n\nsince the update last night our jobs stay pending for ten minutes or more. "
    "The log says: connection refused (127.0.0.1:5432), retrying in 30 seconds.\n"
    "We restarted the service twice, without any change so far. Könnten Sie bitte prüfen, ob das "
    "mit dem Zertifikat zusammenhängt? Our production has about 2,400 users, and the release is "
    "due on Friday. Attached are the configuration and the output of the doctor command.\n";

ofp_policy *text_policy(const text_pattern *patterns, size_t count)
{
    fixture_text yaml = {0};
    fixture_write(&yaml, "policy: patterns\nlevels: [free, paid]\nunpaid: [free]\n"
                         "priorities: [normal]\ndefault_priority: normal\n"
                         "offerings: {self_managed: {}, saas: {}, dedicated: {}}\n"
                         "classify:\n  threshold: 3\n  margin: 2\n  rules:\n");
    for (size_t i = 0; i < count; i++)
        fixture_write(&yaml, "    - {offering: %s, match: '%s', weight: %d}\n",
                      patterns[i].offering, patterns[i].text, patterns[i].weight);
    ofp_policy *policy = fixture_parse(fixture_written(&yaml));
    free(yaml.data);
    return policy;
}

static ofp_text make_text(const char *ending)
{
    fixture_text text = {0};
    while (text.size + sizeof plain_text + strlen(ending) < TEXT_SIZE)
        fixture_write(&text, "%s", plain_text);
    while (text.size + strlen(ending) < TEXT_SIZE)
        fixture_write(&text, "-");
    fixture_write(&text, "%s", ending);
    return fixture_written(&text);
}

ofp_request text_request(const char *ending)
{
    ofp_request request = OFP_REQUEST_INIT;
    request.now = request.created_at = 1795197600;
    request.ticket = ofp_text_of("T-1");
    request.has_org = true;
    request.org = ofp_text_of("org-1");
    request.subject = ofp_text_of(subject_text);
    request.description = make_text(ending);
    request.valid_utf8 = true;
    return request;
}
