/* SPDX-License-Identifier: MIT */
#include "command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "nearest.h"
#include "tell.h"

/* In the order in which the help lists them. */
const struct command *const commands[] = {
    &decide_command,      &explain_command, &check_command,  &calendar_command, &migration_command,
    &request_command,     &approve_command, &refuse_command, &extend_command,   &end_command,
    &complete_command,    &cancel_command,  &show_command,   &list_command,     &expire_command,
    &actions_command,     &ack_command,     &fail_command,   &audit_command,    &audit_show_command,
    &verify_command,      &head_command,    &store_command,  &create_command,   &backup_command,
    &store_check_command, &stats_command,   &export_command, &import_command,   &log_command,
    &log_show_command,    &prune_command,   &replay_command, &help_command,
};

const size_t command_count = sizeof commands / sizeof *commands;

const char *command_word(const struct command *command)
{
    const char *space = strchr(command->name, ' ');
    return space ? space + 1 : command->name;
}

bool command_is_below(const struct command *command, const struct command *above)
{
    const char *space = strchr(command->name, ' ');
    if (!above || !space)
        return !above && !space;
    const size_t size = (size_t)(space - command->name);
    return strlen(above->name) == size && strncmp(command->name, above->name, size) == 0;
}

bool command_has_below(const struct command *command)
{
    for (size_t i = 0; i < command_count; i++) {
        if (command_is_below(commands[i], command))
            return true;
    }
    return false;
}

static const struct command *find_below(const struct command *above, const char *word)
{
    for (size_t i = 0; i < command_count; i++) {
        if (command_is_below(commands[i], above) && strcmp(command_word(commands[i]), word) == 0)
            return commands[i];
    }
    return NULL;
}

const struct command *command_find(char *const *words, size_t count, size_t *retused)
{
    const struct command *found = NULL, *next = NULL;
    *retused = 0;
    while (*retused < count && (next = find_below(found, words[*retused]))) {
        found = next;
        ++*retused;
    }
    return found;
}

void command_tell_missing(const struct command *above)
{
    char list[512];
    size_t used = 0, left = 0;
    for (size_t i = 0; i < command_count; i++)
        left += command_is_below(commands[i], above);
    for (size_t i = 0; i < command_count && used < sizeof list; i++) {
        if (!command_is_below(commands[i], above))
            continue;
        left--;
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", command_word(commands[i]),
                                 left > 1 ? ", "
                                 : left   ? " or "
                                          : "");
    }
    tell("which %s%scommand? %s", above ? above->name : "", above ? " " : "", list);
}

/* Somebody may know the second word of a name alone. */
static const struct command *find_anywhere(const char *word)
{
    for (size_t i = 0; i < command_count; i++) {
        if (strcmp(command_word(commands[i]), word) == 0)
            return commands[i];
    }
    return NULL;
}

void command_tell_unknown(const struct command *above, const char *word)
{
    const char *before = above ? above->name : "", *space = above ? " " : "";
    struct nearest nearest = {.word = word};
    for (size_t i = 0; i < command_count; i++) {
        if (command_is_below(commands[i], above))
            nearest_try(&nearest, command_word(commands[i]));
    }
    const struct command *elsewhere = find_anywhere(word);
    if (nearest.meant)
        tell("unknown command \"%s%s%s\"; did you mean \"%s%s%s\"?", before, space, word, before,
             space, nearest.meant);
    else if (elsewhere)
        tell("unknown command \"%s%s%s\"; did you mean \"%s\"?", before, space, word,
             elsewhere->name);
    else if (!above && access(word, F_OK) == 0)
        tell("\"%s\" is a file: name a command before it, such as decide or check", word);
    else
        tell("unknown command \"%s%s%s\"", before, space, word);
}
