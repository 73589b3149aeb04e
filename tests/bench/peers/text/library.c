/* SPDX-License-Identifier: MIT */
/* The library: a policy with these patterns decides which offering the text is about. */
#include <stdlib.h>

#include "bench.h"
#include "fixture.h"
#include "patterns.h"

/* Line of the first pattern in the policy that make() writes. */
enum { FIRST_LINE = 11 };

typedef struct library {
    ofp_policy *policy;
    ofp_scratch *scratch;
    ofp_request request;
} library;

static ofp_policy *make_policy(const pattern_list *patterns)
{
    fixture_text yaml = {0};
    fixture_write(&yaml, "policy: patterns\nlevels: [free, paid]\nunpaid: [free]\n"
                         "priorities: [normal]\ndefault_priority: normal\n"
                         "offerings: {self_managed: {}, saas: {}, dedicated: {}}\n"
                         "classify:\n  threshold: 3\n  margin: 2\n  rules:\n");
    for (size_t i = 0; i < patterns->count; i++) {
        const pattern *p = &patterns->list[i];
        fixture_write(&yaml, "    - {offering: %.*s, weight: %.*s, match: '%.*s'}\n",
                      (int)p->offering.size, p->offering.data, (int)p->weight.size, p->weight.data,
                      (int)p->text.size, p->text.data);
    }
    ofp_policy *policy = fixture_parse(fixture_written(&yaml));
    free(yaml.data);
    return policy;
}

static void *make(const pattern_list *patterns)
{
    library *made = fixture_alloc(1, sizeof *made);
    made->policy = make_policy(patterns);
    made->scratch = fixture_scratch();
    made->request = (ofp_request)OFP_REQUEST_INIT;
    made->request.now = made->request.created_at = 1795197600;
    made->request.ticket = made->request.org = ofp_text_of("1");
    made->request.has_org = true;
    return made;
}

/* As programs do that decide on many tickets. */
static void *make_prepared(const pattern_list *patterns)
{
    library *made = make(patterns);
    bench_require(!ofp_policy_prepare(made->policy, NULL), "out of memory");
    return made;
}

static uint64_t match(void *self, ofp_text text)
{
    library *l = self;
    l->request.description = text;
    const ofp_decision *decision = fixture_decide(l->policy, &l->request, l->scratch);
    return (uint64_t)ofp_decision_offering(decision);
}

static uint64_t found(void *self, ofp_text text)
{
    library *l = self;
    uint64_t matched = 0;
    ofp_reason reason;
    l->request.description = text;
    const ofp_decision *decision = fixture_decide(l->policy, &l->request, l->scratch);
    for (size_t i = 0; ofp_decision_reason(decision, i, &reason); i++) {
        if (reason.code == OFP_REASON_PATTERN_MATCHED)
            matched |= UINT64_C(1) << (reason.line - FIRST_LINE);
    }
    return matched;
}

const matcher prepared_matcher = {"prepared", "", make_prepared, match, found};
const matcher library_matcher = {"libofferpolicy", "", make, match, found};
