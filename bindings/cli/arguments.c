/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <offerpolicy/instant.h>

#include "nearest.h"
#include "tell.h"

/* A walk over the words of the command line. */
struct walk {
    char **words;
    size_t count, next; /* `next`: the first word that was not looked at */
    struct arguments *ret;
    bool given[OPTIONS_LIMIT]; /* by the place in the table */
};

static size_t count_processors(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;
}

static bool set_value(struct walk *walk, const struct option *option, const char *value)
{
    walk->given[option - option_table] = true;
    return option->read(option->name, value, (char *)walk->ret + option->place);
}

/* The option with this name or, without a name, this letter: the command's own if it has it. */
static const struct option *find_option(const struct command *command, const char *name,
                                        char letter)
{
    const struct option *found = NULL;
    for (size_t i = 0; i < option_count; i++) {
        const struct option *option = &option_table[i];
        if (name ? strcmp(option->name, name) != 0 : option->letter != letter)
            continue;
        if (command_is_among(command, option->commands))
            return option;
        found = found ? found : option;
    }
    return found;
}

static void tell_elsewhere(const struct command *command, const struct option *option)
{
    for (size_t i = 0; i < command_count; i++) {
        const struct option *other = find_option(commands[i], option->name, '\0');
        if (command_is_among(commands[i], other->commands)) {
            tell("%s has no option --%s (%s has it)", command->name, option->name,
                 commands[i]->name);
            return;
        }
    }
}

/* Is it an option of this command? If not, says so. */
static bool is_known(const struct command *command, const struct option *option)
{
    if (command_is_among(command, option->commands))
        return true;
    tell_elsewhere(command, option);
    return false;
}

static void tell_unknown(const struct command *command, const char *name)
{
    struct nearest nearest = {.word = name};
    for (size_t i = 0; i < option_count; i++) {
        if (command_is_among(command, option_table[i].commands))
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
        return set_value(walk, option, value);
    tell("--%s needs a value", option->name);
    return false;
}

/* An option in its long form: "name" or "name=value". */
static bool read_long(struct walk *walk, char *name)
{
    char *value = strchr(name, '=');
    if (value)
        *value++ = '\0';
    const struct option *option = find_option(walk->ret->command, name, '\0');
    if (!option) {
        tell_unknown(walk->ret->command, name);
        return false;
    }
    if (!is_known(walk->ret->command, option))
        return false;
    if (option->value)
        return take_value(walk, option, value);
    if (value) {
        tell("--%s takes no value", name);
        return false;
    }
    return set_value(walk, option, NULL);
}

/* Options in their short form: letters, the last of which may have a value behind it. */
static bool read_short(struct walk *walk, const char *letters)
{
    for (; *letters; letters++) {
        const struct option *option = find_option(walk->ret->command, NULL, *letters);
        if (!option) {
            tell("unknown option -%s", letters);
            return false;
        }
        if (!is_known(walk->ret->command, option))
            return false;
        if (option->value)
            return take_value(walk, option, letters[1] ? letters + 1 : NULL);
        set_value(walk, option, NULL);
    }
    return true;
}

static bool read_words(struct walk *walk)
{
    bool good = true, only_operands = false;
    while (good && walk->next < walk->count) {
        char *word = walk->words[walk->next++];
        if (only_operands || word[0] != '-' || !word[1])
            walk->words[walk->ret->operand_count++] = word;
        else if (strcmp(word, "--") == 0)
            only_operands = true;
        else
            good = word[1] == '-' ? read_long(walk, word + 2) : read_short(walk, word + 1);
    }
    return good;
}

/* Are all options there that the command can't do without? */
static bool has_required(const struct walk *walk)
{
    const struct command *command = walk->ret->command;
    char list[256] = "";
    size_t used = 0;
    for (size_t i = 0; i < option_count && used < sizeof list; i++) {
        if (command_is_among(command, option_table[i].required) && !walk->given[i])
            used += (size_t)snprintf(list + used, sizeof list - used, "%s--%s", used ? ", " : "",
                                     option_table[i].name);
    }
    if (used)
        tell("%s needs %s", command->name, list);
    return !used;
}

static bool has_good_operands(const struct arguments *arguments)
{
    const struct command *command = arguments->command;
    if (arguments->operand_count < command->least)
        tell("%s needs %s", command->name, command->needs);
    else if (arguments->operand_count <= command->most)
        return true;
    else if (command_has_below(command))
        command_tell_unknown(command, arguments->operands[0]);
    else
        tell("%s takes no \"%s\": its operands are %s", command->name,
             arguments->operands[command->most], command->most ? command->operands : "none");
    return false;
}

/* A variable of the environment; an empty one is as good as none. */
static const char *read_environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

bool arguments_read(const struct command *command, char **words, size_t count,
                    struct arguments *ret)
{
    *ret = (struct arguments){
        .command = command,
        .operands = words,
        .zoneinfo = read_environment("OFFERPOLICY_ZONEINFO"),
        .store = read_environment("OFFERPOLICY_STORE"),
        .at = OFP_INSTANT_NONE,
        .since = OFP_INSTANT_NONE,
        .until = OFP_INSTANT_NONE,
        .state = OFP_MIGRATION_ANY,
        .jobs = count_processors(),
    };
    if (ret->jobs > MOST_JOBS)
        ret->jobs = MOST_JOBS;
    struct walk walk = {.words = words, .count = count, .ret = ret};
    if (!read_words(&walk))
        return false;
    return ret->help || (has_good_operands(ret) && has_required(&walk));
}

int64_t arguments_now(const struct arguments *arguments)
{
    return arguments->at == OFP_INSTANT_NONE ? time(NULL) : arguments->at;
}
