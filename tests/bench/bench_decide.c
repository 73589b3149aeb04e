/* SPDX-License-Identifier: MIT */
/*
 * Deciding without texts, against the same rules written by hand: 3 entitlements, 2 migrations
 * whose ends are known, 5 tags as strings. Requests come in random order, as they do in life: from
 * one that comes again and again a processor learns each branch by heart.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "by_hand.h"
#include "fixture.h"
#include "heap.h"
#include "random.h"
#include "requests.h"

enum { REQUEST_COUNT = 50 * OFP_VERDICT_COUNT };

typedef struct setting {
    ofp_policy *policy;
    ofp_scratch *scratch;
    sample_request *samples;
    random_source order;
    by_hand_calendars calendars;
} setting;

static const ofp_request *draw(setting *s)
{
    return &s->samples[random_below(&s->order, REQUEST_COUNT)].request;
}

static uint64_t pass_by_hand(void *context)
{
    setting *s = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < REQUEST_COUNT; i++) {
        by_hand_answer answer;
        by_hand_decide(&s->calendars, draw(s), &answer);
        sum += (uint64_t)answer.verdict + answer.reason_count + answer.action_count;
        sum += answer.target_count ? (uint64_t)answer.targets[0].due_at : 0;
    }
    return sum;
}

static uint64_t pass_library(void *context)
{
    setting *s = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < REQUEST_COUNT; i++) {
        const ofp_decision *decision = fixture_decide(s->policy, draw(s), s->scratch);
        size_t count;
        const ofp_target *targets = ofp_decision_targets(decision, &count);
        sum += (uint64_t)ofp_decision_verdict(decision);
        sum += count ? (uint64_t)targets[0].due_at : 0;
    }
    return sum;
}

/* The same, and every reason is read with all its facts. */
static uint64_t pass_library_reasons(void *context)
{
    setting *s = context;
    uint64_t sum = 0;
    for (size_t i = 0; i < REQUEST_COUNT; i++) {
        const ofp_decision *decision = fixture_decide(s->policy, draw(s), s->scratch);
        ofp_reason reason;
        for (size_t j = 0; ofp_decision_reason(decision, j, &reason); j++)
            sum += (uint64_t)reason.code + reason.decides;
    }
    return sum;
}

static void compare_targets(const by_hand_answer *answer, const ofp_decision *decision, size_t i)
{
    size_t count;
    const ofp_target *targets = ofp_decision_targets(decision, &count);
    bench_require(count == answer->target_count, "request %zu: other targets", i);
    for (size_t j = 0; j < count; j++) {
        const ofp_target *a = &answer->targets[j], *b = &targets[j];
        bench_require(a->metric == b->metric && a->kind == b->kind && a->calendar == b->calendar &&
                          a->seconds == b->seconds,
                      "request %zu: target %zu is another one", i, j);
        bench_require(a->due_at == b->due_at, "request %zu: due at %" PRId64 ", not %" PRId64, i,
                      b->due_at, a->due_at);
    }
}

static void compare_actions(const by_hand_answer *answer, const ofp_decision *decision, size_t i)
{
    size_t count;
    const ofp_action *actions = ofp_decision_actions(decision, &count);
    bench_require(count == answer->action_count, "request %zu: other actions", i);
    for (size_t j = 0; j < count; j++)
        bench_require(actions[j].kind == answer->actions[j].kind &&
                          actions[j].tag == answer->actions[j].tag,
                      "request %zu: action %zu is another one", i, j);
}

static void compare_reasons(const by_hand_answer *answer, const ofp_decision *decision, size_t i)
{
    ofp_reason reason;
    bench_require(ofp_decision_reason_count(decision) == answer->reason_count,
                  "request %zu: other reasons", i);
    for (size_t j = 0; ofp_decision_reason(decision, j, &reason); j++)
        bench_require((uint8_t)reason.code == answer->reasons[j].code &&
                          reason.decides == answer->reasons[j].decides,
                      "request %zu: reason %zu is another one", i, j);
}

static void compare_answers(const setting *s)
{
    for (size_t i = 0; i < REQUEST_COUNT; i++) {
        const ofp_request *request = &s->samples[i].request;
        const ofp_decision *decision = fixture_decide(s->policy, request, s->scratch);
        by_hand_answer answer;
        by_hand_decide(&s->calendars, request, &answer);
        bench_require(answer.verdict == ofp_decision_verdict(decision) &&
                          answer.offering == ofp_decision_offering(decision) &&
                          answer.priority == ofp_decision_priority(decision) &&
                          answer.level == ofp_decision_level(decision) &&
                          answer.sla_rule == ofp_decision_sla_rule(decision),
                      "request %zu: the answers differ", i);
        compare_targets(&answer, decision, i);
        compare_actions(&answer, decision, i);
        compare_reasons(&answer, decision, i);
    }
}

static void set_valid_utf8(setting *s, bool valid)
{
    for (size_t i = 0; i < REQUEST_COUNT; i++)
        s->samples[i].request.valid_utf8 = valid;
}

/* Deciding allocates only until its scratch is large enough. */
static void count_allocations(const bench_options *bench, setting *s)
{
    pass_library_reasons(s);
    const size_t before = heap_allocations();
    pass_library_reasons(s);
    const size_t made = heap_allocations() - before;
    bench_require(made == 0, "%zu allocations in %d decisions", made, REQUEST_COUNT);
    if (heap_is_counted())
        bench_tell(bench, "allocations in all of them", (double)made, "", 0);
}

static void measure(const bench_options *bench, setting *s, const char *name, bench_pass *subject,
                    double goal)
{
    const bench_figure figure = {name, {pass_by_hand, s}, {subject, s}, REQUEST_COUNT, goal};
    bench_measure(bench, &figure);
}

static void measure_all(const bench_options *bench, setting *s)
{
    measure(bench, s, "decide; due by the library's calendars", pass_library, 2.0);
    measure(bench, s, "  and all reasons read", pass_library_reasons, 0);
    s->calendars.business = s->calendars.emea = NULL;
    compare_answers(s);
    measure(bench, s, "decide; due by tables made by hand", pass_library, 2.0);
    set_valid_utf8(s, false);
    measure(bench, s, "  and the texts checked for UTF-8", pass_library, 0);
}

int main(int argc, char **argv)
{
    const bench_options bench = bench_start(argc, argv, 1, "POLICY");
    setting s = {.policy = fixture_load(bench.arguments[0]), .scratch = fixture_scratch()};
    s.calendars.business = ofp_policy_calendar(s.policy, 1);
    s.calendars.emea = ofp_policy_calendar(s.policy, 2);
    s.calendars.business_table = open_table_make(s.calendars.business);
    s.calendars.emea_table = open_table_make(s.calendars.emea);
    s.samples = requests_make(s.policy, REQUEST_COUNT, OFFERING_MIXED);
    compare_answers(&s);
    count_allocations(&bench, &s);
    measure_all(&bench, &s);
    open_table_release(&s.calendars.business_table);
    open_table_release(&s.calendars.emea_table);
    free(s.samples);
    ofp_scratch_free(s.scratch);
    ofp_policy_unref(s.policy);
    return 0;
}
