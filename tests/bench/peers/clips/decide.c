/* SPDX-License-Identifier: MIT */
/* CLIPS as a peer. Usage: decide POLICY.clp FOLDER, where inputs.py wrote its files. */
#include <stdio.h>
#include <stdlib.h>

#include <clips/clips.h>

#include "bench.h"
#include "facts.h"
#include "fixture.h"
#include "peer.h"
#include "regex.h"

static const char *const offerings[] = {"self_managed", "saas", "dedicated"};
static const char *const levels[] = {"free", "standard", "premium", "ultimate"};
static const char *const priorities[] = {"low", "normal", "high", "urgent"};
static const char *const forms[] = {"cloud", "self_managed", "emergency", "billing", "general"};

typedef struct setting {
    void *env, *request, *entitlement, *migration, *decision;
    facts *facts;
    struct fact *answer;
} setting;

/* Called from rules: does a pattern match a text? */
static int matches(void *env)
{
    const char *pattern = EnvRtnLexeme(env, 1), *text = EnvRtnLexeme(env, 2);
    return regex_matches(ofp_text_of(pattern), ofp_text_of(text));
}

static void put(setting *s, void *fact, const char *slot, int type, void *value)
{
    DATA_OBJECT data;
    SetType(data, type);
    SetValue(data, value);
    EnvPutFactSlot(s->env, fact, slot, &data);
}

static void put_word(setting *s, void *fact, const char *slot, const char *word)
{
    put(s, fact, slot, SYMBOL, EnvAddSymbol(s->env, word));
}

static void put_text(setting *s, void *fact, const char *slot, ofp_text text)
{
    put(s, fact, slot, STRING, EnvAddSymbol(s->env, text.data));
}

static void put_number(setting *s, void *fact, const char *slot, int64_t number)
{
    put(s, fact, slot, INTEGER, EnvAddLong(s->env, number));
}

static void put_words(setting *s, void *fact, const char *slot, const ofp_text *words, size_t count)
{
    DATA_OBJECT data;
    void *list = EnvCreateMultifield(s->env, (long)count);
    for (size_t i = 0; i < count; i++) {
        SetMFType(list, i + 1, SYMBOL);
        SetMFValue(list, i + 1, EnvAddSymbol(s->env, words[i].data));
    }
    SetType(data, MULTIFIELD);
    SetValue(data, list);
    SetDOBegin(data, 1);
    SetDOEnd(data, (long)count);
    EnvPutFactSlot(s->env, fact, slot, &data);
}

static void assert_request(setting *s, const ofp_request *r)
{
    void *fact = EnvCreateFact(s->env, s->request);
    put_number(s, fact, "now", r->now);
    put_word(s, fact, "org", r->has_org ? "yes" : "no");
    put_text(s, fact, "subject", r->subject);
    put_text(s, fact, "description", r->description);
    put_word(s, fact, "priority", priorities[r->priority]);
    put_word(s, fact, "offering", r->offering == OFP_NONE ? "none" : offerings[r->offering]);
    put_word(s, fact, "form", r->field_count ? forms[r->fields[0].value] : "none");
    put_words(s, fact, "tags", r->tags, r->tag_count);
    put_words(s, fact, "org-tags", r->org_tags, r->org_tag_count);
    EnvAssert(s->env, fact);
}

static void assert_entitlement(setting *s, const ofp_entitlement *e)
{
    void *fact = EnvCreateFact(s->env, s->entitlement);
    put_word(s, fact, "offering", offerings[e->offering]);
    put_word(s, fact, "level", levels[e->level]);
    put_number(s, fact, "starts", e->starts);
    put_number(s, fact, "ends", e->ends == OFP_INSTANT_NONE ? INT64_MAX : e->ends);
    put_word(s, fact, "hold", e->hold ? "yes" : "no");
    EnvAssert(s->env, fact);
}

static void assert_migration(setting *s, const ofp_migration *m)
{
    void *fact = EnvCreateFact(s->env, s->migration);
    put_word(s, fact, "to", offerings[m->to]);
    put_word(s, fact, "level", levels[m->level]);
    put_word(s, fact, "status", ofp_migration_status_name(m->status));
    put_number(s, fact, "end", m->end);
    put_number(s, fact, "forgotten", m->forgotten);
    EnvAssert(s->env, fact);
}

static uint64_t answer(void *self, size_t input)
{
    setting *s = self;
    const ofp_request *r = &s->facts[input].request;
    EnvReset(s->env);
    assert_request(s, r);
    for (size_t i = 0; i < r->entitlement_count; i++)
        assert_entitlement(s, &r->entitlements[i]);
    for (size_t i = 0; i < r->migration_count; i++)
        assert_migration(s, &r->migrations[i]);
    const long long fired = EnvRun(s->env, -1);
    s->answer = EnvGetNextFactInTemplate(s->env, s->decision, NULL);
    return (uint64_t)fired;
}

static void show_tags(setting *s, const char *slot, fixture_text *text)
{
    DATA_OBJECT data;
    EnvGetFactSlot(s->env, s->answer, slot, &data);
    fixture_write(text, ", \"%s\": [", slot);
    for (long i = GetDOBegin(data); i <= GetDOEnd(data); i++)
        fixture_write(text, "%s\"%s\"", i > GetDOBegin(data) ? ", " : "",
                      ValueToString(GetMFValue(GetValue(data), i)));
    fixture_write(text, "]");
}

static void show(void *self, fixture_text *text)
{
    setting *s = self;
    DATA_OBJECT verdict, level, first_reply;
    if (!s->answer) {
        fixture_write(text, "{\"error\": \"no decision\"}");
        return;
    }
    EnvGetFactSlot(s->env, s->answer, "verdict", &verdict);
    EnvGetFactSlot(s->env, s->answer, "level", &level);
    EnvGetFactSlot(s->env, s->answer, "first-reply", &first_reply);
    fixture_write(text, "{\"verdict\": \"%s\", \"level\": \"%s\"", DOToString(verdict),
                  levels[DOToLong(level)]);
    if (GetType(first_reply) == INTEGER)
        fixture_write(text, ", \"first_reply\": %lld", (long long)DOToLong(first_reply));
    else
        fixture_write(text, ", \"first_reply\": null");
    show_tags(s, "add", text);
    show_tags(s, "remove", text);
    fixture_write(text, "}");
}

int main(int argc, char **argv)
{
    const bench_options options = bench_start(argc, argv, 2, "POLICY.clp FOLDER");
    char path[4096];
    size_t count;
    setting s = {.env = CreateEnvironment()};
    EnvDefineFunction2(s.env, "matches", 'b', (int (*)(void *))matches, "matches", "22ss");
    bench_require(EnvLoad(s.env, options.arguments[0]) == 1, "%s has mistakes",
                  options.arguments[0]);
    s.request = EnvFindDeftemplate(s.env, "request");
    s.entitlement = EnvFindDeftemplate(s.env, "entitlement");
    s.migration = EnvFindDeftemplate(s.env, "migration");
    s.decision = EnvFindDeftemplate(s.env, "decision");
    snprintf(path, sizeof path, "%s/facts.ndjson", options.arguments[1]);
    s.facts = facts_read_all(path, &count);
    const peer served = {"CLIPS", "6.30", count, answer, show, NULL};
    return peer_serve(&served, &s);
}
