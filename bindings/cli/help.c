/* SPDX-License-Identifier: MIT */
#include "help.h"

#include <stdio.h>

#include "arguments.h"
#include "standard_output.h"
#include "tell.h"

/* Where the explanation of an option starts. */
enum { OPTION_COLUMN = 24 };

void help_hint(const struct command *command)
{
    fprintf(stderr, "Try 'offerpolicy help%s%s'.\n", command ? " " : "",
            command ? command->name : "");
}

static void begin_help_line(void)
{
    printf("\n%*s", OPTION_COLUMN, "");
}

/* Prints an option; its explanation may have several lines, which are put under each other. */
static void print_option(const struct option *option)
{
    char letter[] = {'-', option->letter, ',', ' ', '\0'};
    const int used = printf("  %s--%s%s%s", option->letter ? letter : "    ", option->name,
                            option->value ? " " : "", option->value ? option->value : "");
    if (used + 2 <= OPTION_COLUMN)
        printf("%*s", OPTION_COLUMN - used, "");
    else
        begin_help_line();
    for (const char *at = option->help; *at; at++) {
        if (*at == '\n')
            begin_help_line();
        else
            putchar(*at);
    }
    putchar('\n');
}

/* Prints the commands below one, or all whose names have one word. */
static void print_below(const struct command *above)
{
    for (size_t i = 0; i < command_count; i++) {
        if (command_is_below(commands[i], above))
            printf("  %-10s %s\n", command_word(commands[i]), commands[i]->summary);
    }
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
    print_below(NULL);
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

static void print_options(const struct command *command)
{
    for (size_t i = 0; i < option_count; i++) {
        if (command_is_among(command, option_table[i].commands))
            print_option(&option_table[i]);
    }
}

void help_print_command(const struct command *command)
{
    const bool above = command_has_below(command);
    if (command->run)
        printf("Usage: offerpolicy %s [OPTION...]%s%s\n", command->name,
               *command->operands ? " " : "", command->operands);
    if (above)
        printf("%s offerpolicy %s COMMAND [OPTION...]\n",
               command->run ? "      " : "Usage:", command->name);
    printf("\n%s\n", command->text);
    if (above)
        print_below(command);
    if (command->run) {
        fputs(above ? "\n" : "", stdout);
        print_options(command);
    }
    printf("\nFor example:\n%s", command->examples);
    if (above)
        printf("\n`offerpolicy help %s COMMAND` tells about each of them.\n", command->name);
}

static int run_command(const struct arguments *arguments)
{
    size_t used;
    const struct command *command =
        command_find(arguments->operands, arguments->operand_count, &used);
    if (used < arguments->operand_count) {
        command_tell_unknown(command, arguments->operands[used]);
        help_hint(command);
        return EXIT_NOTHING;
    }
    if (command)
        help_print_command(command);
    else
        help_print();
    return standard_output_finish(EXIT_DONE);
}

const struct command help_command = {
    .name = "help",
    .number = COMMAND_HELP,
    .operands = "[COMMAND]",
    .most = 2,
    .summary = "tell about the commands, or about one of them",
    .text = "Tells which commands there are; with COMMAND, what that one does.\n",
    .examples = "  offerpolicy help decide\n",
    .run = run_command,
};
