/* SPDX-License-Identifier: MIT */
#include "command.h"

#include <string.h>
#include <unistd.h>

#include "nearest.h"
#include "tell.h"

const struct command commands[] = {
    {
        .name = "decide",
        .bit = FOR_DECIDE,
        .operands = "[FILE...]",
        .summary = "answer requests with decisions, as JSON",
        .text =
            "Reads requests as JSON documents, one a line, and writes the decision for each, one\n"
            "a line and in the same order. A document may also go over several lines. A bad\n"
            "request gives an error document in its place, and the others go on. Without FILE,\n"
            "or when FILE is -, reads standard input.\n",
        .examples = "  offerpolicy decide --pretty ticket.json\n"
                    "  offerpolicy decide -p policy.yaml tickets.ndjson > decisions.ndjson\n"
                    "  offerpolicy decide --at now < ticket.json\n",
        .run = decide_run,
    },
    {
        .name = "explain",
        .bit = FOR_EXPLAIN,
        .operands = "[FILE...]",
        .summary = "the same decisions in words, for people",
        .text =
            "Reads requests as `decide` does, and says each decision in words: the answer, why,\n"
            "what to do now and by when, and until when it holds.\n",
        .examples = "  offerpolicy explain ticket.json\n"
                    "  offerpolicy explain --verbose --zone Europe/Amsterdam ticket.json\n",
        .run = explain_run,
    },
    {
        .name = "check",
        .bit = FOR_CHECK,
        .operands = "POLICY...",
        .summary = "tell what is wrong with a policy",
        .text =
            "Reads policy files and tells all mistakes in them, each with its place and with what\n"
            "would be right. When POLICY is -, reads standard input. The exit status is 1 if\n"
            "there are errors; warnings alone leave it at 0.\n",
        .examples = "  offerpolicy check policy.yaml\n"
                    "  offerpolicy check --strict policies/*.yaml\n",
        .run = check_run,
    },
    {
        .name = "calendar",
        .bit = FOR_CALENDAR,
        .operands = "[FILE...]",
        .summary = "answer questions about business time, as JSON",
        .text =
            "Reads questions about the policy's calendars as JSON documents, as `decide` reads\n"
            "requests, and answers each. `op` is one of due (with `seconds`), due_back\n"
            "(`seconds`), elapsed (`end`), is_open, next_open, prev_open, periods (`count`).\n",
        .examples = "  echo '{\"id\": \"q1\", \"calendar\": \"business\", \"op\": \"due\",\n"
                    "    \"seconds\": 28800, \"start\": \"2026-11-20T18:00:00Z\"}' |\n"
                    "    offerpolicy calendar\n",
        .run = calendar_run,
    },
    {
        .name = "help",
        .bit = FOR_HELP,
        .operands = "[COMMAND]",
        .summary = "tell about the commands, or about one of them",
        .text = "Tells which commands there are; with COMMAND, what that one does.\n",
        .examples = "  offerpolicy help decide\n",
        .run = help_run,
    },
};

const size_t command_count = sizeof commands / sizeof *commands;

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}

void command_tell_unknown(const char *name)
{
    struct nearest nearest = {.word = name};
    for (size_t i = 0; i < command_count; i++)
        nearest_try(&nearest, commands[i].name);
    if (nearest.meant)
        tell("unknown command \"%s\"; did you mean \"%s\"?", name, nearest.meant);
    else if (access(name, F_OK) == 0)
        tell("\"%s\" is a file: name a command before it, such as decide or check", name);
    else
        tell("unknown command \"%s\"", name);
}
