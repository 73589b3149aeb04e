/* SPDX-License-Identifier: MIT */
#include "help.h"

#include <stdio.h>

#include "arguments.h"
#include "standard_output.h"
#include "tell.h"

/* Where the explanation of an option starts. */
enum { OPTION_COLUMN = 22 };

void help_hint(const struct command *command)
{
    fprintf(stderr, "Try 'offerpolicy help%s%s'.\n", command ? " " : "",
            command ? command->name : "");
}

void help_print(void)
{
    fputs("offerpolicy decides support tickets: do we support this one, at which level, by when "
          "must\n"
          "we answer, and which tags and notes must change?\n"
          "\n"
          "Usage: offerpolicy COMMAND [OPTION...] [FILE...]\n"
          "\n",
          stdout);
    for (size_t i = 0; i < command_count; i++)
        printf("  %-10s %s\n", commands[i].name, commands[i].summary);
    fputs(
        "\n"
        "  offerpolicy explain ticket.json             one ticket, in words\n"
        "  offerpolicy decide -p policy.yaml tickets   many tickets, as JSON\n"
        "  offerpolicy check policy.yaml               is this policy right?\n"
        "\n"
        "The exit status is 0 if all went well, 1 if some input was bad, 2 if nothing could be\n"
        "done. `offerpolicy --version` tells the versions, `offerpolicy help COMMAND` the options\n"
        "of a command, and `man offerpolicy` all the rest.\n",
        stdout);
}

/* Prints an option; its explanation may have several lines, which are put under each other. */
static void print_option(const struct option *option)
{
    char letter[] = {'-', option->letter, ',', ' ', '\0'};
    const int used = printf("  %s--%s%s%s", option->letter ? letter : "    ", option->name,
                            option->value ? " " : "", option->value ? option->value : "");
    printf("%*s", used < OPTION_COLUMN ? OPTION_COLUMN - used : 1, "");
    for (const char *at = option->help; *at; at++) {
        putchar(*at);
        if (*at == '\n')
            printf("%*s", OPTION_COLUMN, "");
    }
    putchar('\n');
}

void help_print_command(const struct command *command)
{
    printf("Usage: offerpolicy %s [OPTION...] %s\n\n%s\n", command->name, command->operands,
           command->text);
    for (size_t i = 0; i < option_count; i++) {
        if (option_table[i].commands & command->bit)
            print_option(&option_table[i]);
    }
    printf("\nFor example:\n%s", command->examples);
}

int help_run(const struct arguments *arguments)
{
    if (arguments->file_count > 1) {
        tell("help takes one command, not %zu", arguments->file_count);
        return EXIT_NOTHING;
    }
    if (arguments->file_count == 0) {
        help_print();
        return standard_output_finish(EXIT_DONE);
    }
    const struct command *command = command_find(arguments->files[0]);
    if (!command) {
        command_tell_unknown(arguments->files[0]);
        help_hint(NULL);
        return EXIT_NOTHING;
    }
    help_print_command(command);
    return standard_output_finish(EXIT_DONE);
}
