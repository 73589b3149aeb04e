/* SPDX-License-Identifier: MIT */
/*
 * Loading a policy of 500 lines without patterns, against libyaml reading the same text event by
 * event. The time zones of its calendars are read from their files each time.
 */
#include <yaml.h>

#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "fixture.h"

enum { CALENDAR_COUNT = 10, RULE_COUNT = 60, LINE_COUNT = 500 };

static const char *const zones[] = {"America/Los_Angeles", "Europe/Amsterdam", "Asia/Kathmandu",
                                    "Australia/Brisbane", "America/New_York"};
static const char *const levels[] = {"standard", "premium", "ultimate"};
static const char *const offerings[] = {"self_managed", "saas", "dedicated"};

static void write_head(fixture_text *yaml)
{
    fixture_write(yaml, "# What is sold, how fast it is answered, and how customers move.\n"
                        "policy: generated\n"
                        "revision: \"1\"\n"
                        "time_zone: America/Los_Angeles\n"
                        "\n"
                        "levels: [free, standard, premium, ultimate]\n"
                        "unpaid: [free]\n"
                        "priorities: [low, normal, high, urgent]\n"
                        "default_priority: normal\n"
                        "\n"
                        "offerings:\n");
    for (size_t i = 0; i < 3; i++)
        fixture_write(yaml,
                      "  %s:\n"
                      "    title: The offering %s\n"
                      "    focus_tag: focus_%s\n"
                      "    level_tags:\n"
                      "      standard: %s_standard\n"
                      "      premium: %s_premium\n"
                      "      ultimate: %s_ultimate\n",
                      offerings[i], offerings[i], offerings[i], offerings[i], offerings[i],
                      offerings[i]);
    fixture_write(yaml, "\nfields:\n"
                        "  form: [cloud, self_managed, emergency, billing, general]\n"
                        "\n"
                        "classify:\n"
                        "  rules:\n"
                        "    - {offering: saas, when: {form: cloud}}\n"
                        "    - {offering: self_managed, when: {form: self_managed}}\n");
}

static void write_calendar(fixture_text *yaml, size_t number)
{
    fixture_write(yaml,
                  "  team-%zu:\n"
                  "    time_zone: %s\n"
                  "    hours:\n"
                  "      mon-thu: [\"08:00-12:30\", \"13:00-18:00\"]\n"
                  "      fri: [\"08:00-15:00\"]\n"
                  "    holidays:\n"
                  "      - 2026-12-25\n"
                  "      - {date: 2027-01-01, name: New Year}\n"
                  "      - 2027-05-0%zu\n",
                  number, zones[number % 5], number % 9 + 1);
    fixture_write(yaml, "    days: {2026-12-24: [\"08:00-12:00\"]}\n");
}

static void write_rule(fixture_text *yaml, size_t number)
{
    fixture_write(yaml,
                  "  - id: rule-%zu\n"
                  "    when: {level: %s, offering: %s, org_tag: customer_%zu}\n"
                  "    targets:\n"
                  "      first_reply: {kind: sla, calendar: team-%zu, within: "
                  "{urgent: 30m, high: 4h, normal: 8h, low: 24h}}\n"
                  "      next_reply: {kind: slo, calendar: team-%zu, within: 24h}\n",
                  number, levels[number % 3], offerings[number / 3 % 3], number / 9,
                  number % CALENDAR_COUNT, number % CALENDAR_COUNT);
}

static void write_migration(fixture_text *yaml)
{
    fixture_write(yaml, "\nmigration:\n"
                        "  realise: org_tag\n"
                        "  provisional_level: current\n"
                        "  max_days: 90\n"
                        "  max_extensions: 2\n"
                        "  max_live: 30\n"
                        "  approvers: [support_manager]\n"
                        "  messages:\n"
                        "    ask_customer: |\n"
                        "      Your contract covers {current_offering}.\n"
                        "      Which level will you buy for {offering}, and when?\n"
                        "    org_note: |\n"
                        "      Migrating from {current_offering} to {offering} until "
                        "{target_date}.\n"
                        "    internal_note:\n"
                        "      migration_pending: |\n"
                        "        An offering migration to {offering} is not approved yet.\n"
                        "        Ask Support Ops before you promise anything.\n");
}

static size_t count_lines(const fixture_text *text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text->size; i++)
        lines += text->data[i] == '\n';
    return lines;
}

static fixture_text write_policy(void)
{
    fixture_text yaml = {0};
    write_head(&yaml);
    fixture_write(&yaml, "\ncalendars:\n");
    for (size_t i = 0; i < CALENDAR_COUNT; i++)
        write_calendar(&yaml, i);
    fixture_write(&yaml, "\nsla:\n");
    for (size_t i = 0; i < RULE_COUNT; i++)
        write_rule(&yaml, i);
    write_migration(&yaml);
    while (count_lines(&yaml) < LINE_COUNT)
        fixture_write(&yaml, "# The end.\n");
    return yaml;
}

static uint64_t pass_libyaml(void *context)
{
    const fixture_text *yaml = context;
    yaml_parser_t parser;
    bench_require(yaml_parser_initialize(&parser), "out of memory");
    yaml_parser_set_input_string(&parser, (const unsigned char *)yaml->data, yaml->size);
    uint64_t sum = 0;
    for (bool more = true; more;) {
        yaml_event_t event;
        bench_require(yaml_parser_parse(&parser, &event), "libyaml can't read the policy");
        sum += event.start_mark.line;
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return sum;
}

static uint64_t pass_library(void *context)
{
    const fixture_text *yaml = context;
    ofp_policy *policy = fixture_parse(fixture_written(yaml));
    const uint64_t sum = (uint64_t)ofp_policy_sla_rule_count(policy);
    ofp_policy_unref(policy);
    return sum;
}

int main(int argc, char **argv)
{
    const bench_options bench = bench_start(argc, argv, 0, "");
    fixture_text yaml = write_policy();
    bench_require(count_lines(&yaml) == LINE_COUNT, "the policy has %zu lines", count_lines(&yaml));
    bench_require(pass_library(&yaml) == RULE_COUNT, "the policy has other rules");
    const bench_figure figure = {
        "loading 500 lines", {pass_libyaml, &yaml}, {pass_library, &yaml}, 1, 3.0};
    bench_measure(&bench, &figure);
    free(yaml.data);
    return 0;
}
