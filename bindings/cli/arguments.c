/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <offerpolicy/instant.h>

#include "nearest.h"
#include "tell.h"

enum {
    FOR_STREAMS = FOR_DECIDE | FOR_EXPLAIN | FOR_CALENDAR,
    FOR_POLICIES = FOR_STREAMS | FOR_CHECK,
};

const struct option option_table[] = {
    {OPTION_POLICY, 'p', "policy", "FILE", FOR_STREAMS,
     "the policy; - is standard input; default: the one that is built in"},
    {OPTION_AT, 0, "at", "INSTANT", FOR_DECIDE | FOR_EXPLAIN,
     "decide for this instant if a request does not say \"now\": RFC 3339\n"
     "with an offset, or the word now"},
    {OPTION_ZONE, 0, "zone", "ZONE", FOR_EXPLAIN,
     "show times in this zone; default: the org's, else the policy's"},
    {OPTION_VERBOSE, 'v', "verbose", NULL, FOR_EXPLAIN, "also tell what was passed over, and why"},
    {OPTION_PRETTY, 0, "pretty", NULL, FOR_DECIDE | FOR_CALENDAR,
     "write each document over several lines"},
    {OPTION_STRICT, 0, "strict", NULL, FOR_CHECK, "let warnings count as errors"},
    {OPTION_JOBS, 'j', "jobs", "N", FOR_DECIDE | FOR_CALENDAR,
     "work in so many threads; default: one for each processor"},
    {OPTION_ZONEINFO, 0, "zoneinfo", "DIR", FOR_POLICIES,
     "where the time zone files are; default: OFFERPOLICY_ZONEINFO of the\n"
     "environment, else the system's"},
    {OPTION_COLOUR, 0, "color", "WHEN", FOR_POLICIES,
     "auto, always or never; auto: on terminals, unless NO_COLOR is set"},
    {OPTION_HELP, 'h', "help", NULL, FOR_ALL, "this text"},
};

const size_t option_count = sizeof option_table / sizeof *option_table;

/* A walk over the words of the command line. */
struct walk {
    char **words;
    size_t count, next; /* `next`: the first word that was not looked at */
    struct arguments *ret;
};

static size_t count_processors(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;
}

static bool read_at(const char *value, int64_t *ret)
{
    if (strcmp(value, "now") == 0) {
        *ret = time(NULL);
        return true;
    }
    ofp_error *error;
    const bool good = ofp_instant_parse(ofp_text_of(value), ret, &error) == OFP_STATUS_OK;
    if (!good)
        tell("--at: %s", ofp_error_message(error));
    ofp_error_free(error);
    return good;
}

static bool read_jobs(const char *value, size_t *ret)
{
    char *end;
    const bool digit = *value >= '0' && *value <= '9';
    const unsigned long number = strtoul(value, &end, 10);
    if (!digit || *end || number < 1 || number > MOST_JOBS) {
        tell("--jobs needs a whole number from 1 to %d, not \"%s\"", MOST_JOBS, value);
        return false;
    }
    *ret = number;
    return true;
}

static bool read_colour(const char *value, enum colour_choice *ret)
{
    static const char *const names[] = {"auto", "always", "never"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(value, names[i]) == 0) {
            *ret = (enum colour_choice)i;
            return true;
        }
    }
    tell("--color needs auto, always or never, not \"%s\"", value);
    return false;
}

static void set_flag(struct arguments *arguments, enum option_id id)
{
    if (id == OPTION_VERBOSE)
        arguments->verbose = true;
    else if (id == OPTION_STRICT)
        arguments->strict = true;
    else if (id == OPTION_PRETTY)
        arguments->pretty = true;
    else if (id == OPTION_HELP)
        arguments->help = true;
}

static bool set_value(struct arguments *arguments, enum option_id id, const char *value)
{
    switch (id) {
    case OPTION_POLICY:
        arguments->policy = value;
        return true;
    case OPTION_ZONE:
        arguments->zone = value;
        return true;
    case OPTION_ZONEINFO:
        arguments->zoneinfo = value;
        return true;
    case OPTION_AT:
        return read_at(value, &arguments->at);
    case OPTION_JOBS:
        return read_jobs(value, &arguments->jobs);
    case OPTION_COLOUR:
        return read_colour(value, &arguments->colour);
    default:
        return false;
    }
}

static void tell_elsewhere(const struct command *command, const struct option *option)
{
    for (size_t i = 0; i < command_count; i++) {
        if (option->commands & commands[i].bit) {
            tell("%s has no option --%s (%s has it)", command->name, option->name,
                 commands[i].name);
            return;
        }
    }
}

/* Is it an option of this command? If not, says so. */
static bool is_known(const struct command *command, const struct option *option)
{
    if (option->commands & command->bit)
        return true;
    tell_elsewhere(command, option);
    return false;
}

static void tell_unknown(const struct command *command, const char *name)
{
    struct nearest nearest = {.word = name};
    for (size_t i = 0; i < option_count; i++) {
        if (option_table[i].commands & command->bit)
            nearest_try(&nearest, option_table[i].name);
    }
    if (nearest.meant)
        tell("unknown option --%s; did you mean --%s?", name, nearest.meant);
    else
        tell("unknown option --%s", name);
}

/* Sets an option to its value: the one that is given, or the next word. */
static bool take_value(struct walk *walk, const struct option *option, const char *given)
{
    const char *value = given || walk->next == walk->count ? given : walk->words[walk->next++];
    if (value)
        return set_value(walk->ret, option->id, value);
    tell("--%s needs a value", option->name);
    return false;
}

static const struct option *find_name(const char *name)
{
    for (size_t i = 0; i < option_count; i++) {
        if (strcmp(option_table[i].name, name) == 0)
            return &option_table[i];
    }
    return NULL;
}

/* An option in its long form: "name" or "name=value". */
static bool read_long(struct walk *walk, char *name)
{
    char *value = strchr(name, '=');
    if (value)
        *value++ = '\0';
    const struct option *option = find_name(name);
    if (!option) {
        tell_unknown(walk->ret->command, name);
        return false;
    }
    if (!is_known(walk->ret->command, option))
        return false;
    if (option->value)
        return take_value(walk, option, value);
    if (value)
        tell("--%s takes no value", name);
    else
        set_flag(walk->ret, option->id);
    return !value;
}

static const struct option *find_letter(char letter)
{
    for (size_t i = 0; i < option_count; i++) {
        if (option_table[i].letter == letter)
            return &option_table[i];
    }
    return NULL;
}

/* Options in their short form: letters, the last of which may have a value behind it. */
static bool read_short(struct walk *walk, const char *letters)
{
    for (; *letters; letters++) {
        const struct option *option = find_letter(*letters);
        if (!option) {
            tell("unknown option -%s", letters);
            return false;
        }
        if (!is_known(walk->ret->command, option))
            return false;
        if (option->value)
            return take_value(walk, option, letters[1] ? letters + 1 : NULL);
        set_flag(walk->ret, option->id);
    }
    return true;
}

bool arguments_read(const struct command *command, char **words, size_t count,
                    struct arguments *ret)
{
    *ret = (struct arguments){
        .command = command,
        .zoneinfo = getenv("OFFERPOLICY_ZONEINFO"),
        .at = OFP_INSTANT_NONE,
        .jobs = count_processors(),
        .files = words,
    };
    if (ret->jobs > MOST_JOBS)
        ret->jobs = MOST_JOBS;
    if (ret->zoneinfo && !*ret->zoneinfo)
        ret->zoneinfo = NULL;
    struct walk walk = {.words = words, .count = count, .ret = ret};
    bool good = true, only_files = false;
    while (good && walk.next < count) {
        char *word = words[walk.next++];
        if (only_files || word[0] != '-' || !word[1])
            words[ret->file_count++] = word;
        else if (strcmp(word, "--") == 0)
            only_files = true;
        else
            good = word[1] == '-' ? read_long(&walk, word + 2) : read_short(&walk, word + 1);
    }
    return good;
}
