/* SPDX-License-Identifier: MIT */
#include "grammar.h"

#include <stdbool.h>

enum { MOST_DEPTH = 3, TAGS = 24, MANY_RULES = 70, DAY = 86400 };

static const char *const zones[] = {"UTC", "Europe/Amsterdam", "America/Los_Angeles",
                                    "Asia/Kathmandu", "Australia/Lord_Howe"};
static const char *const durations[] = {"1s", "30m", "4h", "8h", "24h", "400h", "1h30m"};
static const char *const hours[] = {"09:00-17:00", "22:00-06:00", "00:00-24:00", "23:59-00:01",
                                    "01:30-02:30"};
static const char *const patterns[] = {"\\bcloud\\b",    "self[ -]?hosted", "(a+)+$",
                                       "x.*y",           "größe",           "^a",
                                       "(\\w+)\\s+\\1$", "[[:alpha:]]{3,}", "(?<=a)b"};
static const char *const texts[] = {"",
                                    "our cloud is down",
                                    "Self-hosted box",
                                    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
                                    "x and y",
                                    "Die GRÖSSE, die Größe",
                                    "\n\t\r\n",
                                    "the the",
                                    "ab {ticket} {org_name}"};
static const char *const tag_names[TAGS] = {"x0",  "x1",  "x2",  "x3",  "x4",  "x5",  "x6",  "x7",
                                            "x8",  "x9",  "x10", "x11", "x12", "x13", "x14", "x15",
                                            "x16", "x17", "x18", "x19", "x20", "x21", "x22", "x23"};
/* Those that stand for levels and offerings, and one that no policy knows. */
static const char *const other_tags[] = {"o0l0", "o0l1", "o0l2", "o0l3", "o1l0", "o1l1",
                                         "o1l2", "sl0",  "sl1",  "sl2",  "sl3",  "f0",
                                         "f1",   "f2",   "f3",   "fs",   "none"};

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ONE_OF(choices, array) (array)[choose(choices, COUNT(array))]

unsigned choose(struct choices *choices, unsigned count)
{
    if (!choices->left)
        return 0;
    choices->left--;
    return *choices->data++ % count;
}

static bool toss(const struct grammar *g)
{
    return choose(g->choices, 2) == 1;
}

/* "[a0, a1, a2]" */
static void write_names(FILE *file, char letter, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        fprintf(file, "%s%c%u", i ? ", " : "[", letter, i);
    fputs("]", file);
}

static void write_offerings(const struct grammar *g, FILE *file)
{
    fputs("offerings:\n", file);
    for (unsigned offering = 0; offering < g->offerings; offering++) {
        fprintf(file, "  o%u: {title: \"{ticket}\"", offering);
        if (toss(g))
            fprintf(file, ", focus_tag: f%u", offering);
        else if (toss(g))
            fputs(", focus_tag: fs", file);
        fputs(", level_tags: {", file);
        for (unsigned level = 0; level < g->levels; level++) {
            const unsigned kind = choose(g->choices, 3);
            if (kind == 1)
                fprintf(file, "l%u: o%ul%u, ", level, offering, level);
            else if (kind == 2)
                fprintf(file, "l%u: sl%u, ", level, level);
        }
        fputs("}}\n", file);
    }
}

/* Some values of an attribute: one, any of some, none of some. */
static void write_values(const struct grammar *g, FILE *file, char letter, unsigned count)
{
    const unsigned form = choose(g->choices, 3), first = choose(g->choices, count);
    if (form == 0)
        fprintf(file, "%c%u", letter, first);
    else if (form == 1)
        fprintf(file, "[%c%u, %c%u]", letter, first, letter, choose(g->choices, count));
    else
        fprintf(file, "{not: [%c%u]}", letter, first);
}

/* @param late what is known only after classification may be tested */
static void write_condition(const struct grammar *g, FILE *file, bool late, int depth)
{
    const struct {
        const char *key;
        char letter;
        unsigned count;
    } keys[] = {
        {"tag", 'x', TAGS},
        {"org_tag", 'x', TAGS},
        {"g0", 'v', 3},
        {"g1", 'v', 3},
        {"offering", 'o', g->offerings},
        {"level", 'l', g->levels},
        {"priority", 'p', g->priorities},
    };
    const unsigned count = late ? COUNT(keys) : 4, key = choose(g->choices, count);
    fprintf(file, "{%s: ", keys[key].key);
    write_values(g, file, keys[key].letter, keys[key].count);
    if (depth < MOST_DEPTH && toss(g)) {
        fputs(", not: ", file);
        write_condition(g, file, late, depth + 1);
    }
    if (depth < MOST_DEPTH && toss(g)) {
        fprintf(file, ", %s: [", toss(g) ? "any" : "all");
        write_condition(g, file, late, depth + 1);
        fputs(", ", file);
        write_condition(g, file, late, depth + 1);
        fputs("]", file);
    }
    fputs("}", file);
}

static void write_classify(const struct grammar *g, FILE *file)
{
    fprintf(file, "classify:\n  margin: %u\n  rules:\n", 1 + choose(g->choices, 2));
    fprintf(file, "    - {offering: o0, match: zzz}\n");
    for (unsigned i = choose(g->choices, 8); i > 0; i--) {
        fprintf(file, "    - {offering: o%u, ", choose(g->choices, g->offerings));
        if (toss(g)) {
            fputs("when: ", file);
            write_condition(g, file, false, 0);
        } else {
            fprintf(file, "match: '%s', weight: %u", ONE_OF(g->choices, patterns),
                    1 + choose(g->choices, 3));
        }
        fputs("}\n", file);
    }
}

static void write_calendars(const struct grammar *g, FILE *file)
{
    fprintf(file, "calendars:\n  c0: {always_open: true}\n  c1:\n    time_zone: %s\n",
            ONE_OF(g->choices, zones));
    fprintf(file, "    hours: {mon-fri: [\"%s\"], ", ONE_OF(g->choices, hours));
    fprintf(file, "sun: [\"%s\"]}\n", ONE_OF(g->choices, hours));
    fprintf(file, "    holidays: [2026-11-%u]\n", 10 + choose(g->choices, 20));
    fprintf(file, "    days: {2026-11-%u: [\"%s\"]}\n", 10 + choose(g->choices, 20),
            ONE_OF(g->choices, hours));
    fprintf(file, "    breaks: {2026-11-%u: [\"%s\"]}\n", 10 + choose(g->choices, 20),
            ONE_OF(g->choices, hours));
}

static void write_sla(const struct grammar *g, FILE *file)
{
    fputs("sla:\n", file);
    const unsigned count = toss(g) ? choose(g->choices, MANY_RULES) : choose(g->choices, 4);
    for (unsigned rule = 0; rule <= count; rule++) {
        fprintf(file, "  - {id: r%u, when: ", rule);
        write_condition(g, file, true, rule < 4 ? 0 : MOST_DEPTH);
        fprintf(file, ", targets: {first_reply: {kind: sla, calendar: c%u, within: %s}}}\n",
                choose(g->choices, 2), ONE_OF(g->choices, durations));
    }
}

void grammar_write_policy(struct grammar *g, FILE *file)
{
    g->offerings = 1 + choose(g->choices, 4);
    g->levels = 2 + choose(g->choices, 3);
    g->priorities = 1 + choose(g->choices, 3);
    fprintf(file, "policy: p\ntime_zone: %s\nlevels: ", ONE_OF(g->choices, zones));
    write_names(file, 'l', g->levels);
    fputs("\nunpaid: [l0]\npriorities: ", file);
    write_names(file, 'p', g->priorities);
    fprintf(file, "\ndefault_priority: p%u\n", choose(g->choices, g->priorities));
    write_offerings(g, file);
    fputs("fields: {g0: [v0, v1, v2], g1: [v0, v1, v2]}\n", file);
    if (toss(g)) {
        fputs("priority_rules: [{when: ", file);
        write_condition(g, file, false, 0);
        fprintf(file, ", priority: p%u}]\n", choose(g->choices, g->priorities));
    }
    write_classify(g, file);
    write_calendars(g, file);
    write_sla(g, file);
    fprintf(file, "migration: {provisional_level: %s, grace_days: %u, memory_days: %u}\n",
            toss(g) ? "current" : "l1", choose(g->choices, 9), choose(g->choices, 60));
}

static size_t make_tags(const struct grammar *g, ofp_text *ret)
{
    size_t count = 0;
    for (size_t i = choose(g->choices, 3); i > 0; i--)
        ret[count++] = ofp_text_of(ONE_OF(g->choices, other_tags));
    for (size_t i = choose(g->choices, TAGS); i > 0; i--)
        ret[count++] = ofp_text_of(ONE_OF(g->choices, tag_names));
    return count;
}

static int64_t some_days(const struct grammar *g, int64_t now)
{
    return now + ((int64_t)choose(g->choices, 200) - 100) * DAY + choose(g->choices, 3) - 1;
}

static void make_org(const struct grammar *g, struct grammar_request *ret)
{
    ofp_request *request = &ret->request;
    request->has_org = true;
    request->org = ofp_text_of("acme");
    request->org_tag_count = make_tags(g, ret->org_tags);
    for (size_t i = choose(g->choices, 5); i > 0; i--) {
        ofp_entitlement *one = &ret->entitlements[request->entitlement_count++];
        one->offering = (int32_t)choose(g->choices, g->offerings);
        one->level = (int32_t)choose(g->choices, g->levels);
        one->starts = toss(g) ? some_days(g, request->now) : OFP_INSTANT_NONE;
        one->ends = toss(g) ? some_days(g, request->now + 200 * (int64_t)DAY) : OFP_INSTANT_NONE;
        if (one->starts == OFP_INSTANT_NONE && toss(g))
            one->ends = some_days(g, request->now);
        one->hold = choose(g->choices, 5) == 4;
    }
    static const char *const ids[] = {"m0", "m1", "m2", "m3"};
    for (size_t i = choose(g->choices, 5); i > 0; i--) {
        ofp_migration *one = &ret->migrations[request->migration_count++];
        one->id = ofp_text_of(ids[i - 1]);
        one->to = (int32_t)choose(g->choices, g->offerings);
        one->level = 1 + (int32_t)choose(g->choices, g->levels - 1);
        one->target_date = (int32_t)(some_days(g, request->now) / DAY);
        one->status = (ofp_migration_status)choose(g->choices, 5);
        one->end = one->forgotten = OFP_INSTANT_NONE;
    }
}

void grammar_make_request(const struct grammar *g, struct grammar_request *ret)
{
    *ret = (struct grammar_request){.request = OFP_REQUEST_INIT};
    ofp_request *request = &ret->request;
    request->now = INT64_C(1795000000) + choose(g->choices, 250) * INT64_C(3600);
    request->created_at = some_days(g, request->now);
    request->ticket = ofp_text_of("4711");
    request->subject = ofp_text_of(ONE_OF(g->choices, texts));
    request->description = ofp_text_of(ONE_OF(g->choices, texts));
    request->tags = ret->tags;
    request->fields = ret->fields;
    request->org_tags = ret->org_tags;
    request->entitlements = ret->entitlements;
    request->migrations = ret->migrations;
    request->tag_count = make_tags(g, ret->tags);
    if (toss(g))
        request->offering = (int32_t)choose(g->choices, g->offerings);
    if (toss(g))
        request->priority = (int32_t)choose(g->choices, g->priorities);
    for (int32_t field = 0; field < 2; field++) {
        if (toss(g))
            ret->fields[request->field_count++] =
                (ofp_field_value){field, (int32_t)choose(g->choices, 3)};
    }
    if (choose(g->choices, 8) != 7)
        make_org(g, ret);
}
