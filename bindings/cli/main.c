/* SPDX-License-Identifier: MIT */
/* The command `offerpolicy`: see command.c for what it can do. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <offerpolicy/offerpolicy.h>

#include "arguments.h"
#include "help.h"
#include "standard_output.h"
#include "tell.h"

/* The version of the time zone data shows in any policy that was loaded with it. */
static void print_time_zones(const char *directory)
{
    const ofp_policy_options options = {.size = sizeof options, .zone_directory = directory};
    ofp_policy *policy = NULL;
    ofp_policy_default(&options, &policy, NULL);
    printf("time zones %s, from %s\n", policy ? ofp_policy_tzdata(policy) : "unknown",
           directory ? directory : OFP_ZONE_DIRECTORY);
    ofp_policy_unref(policy);
}

static int print_version(void)
{
    struct arguments defaults;
    arguments_read(&help_command, NULL, 0, &defaults);
    printf("offerpolicy %s\nlibofferpolicy %s\n", OFP_VERSION_STRING, ofp_version());
    print_time_zones(defaults.zoneinfo);
    return standard_output_finish(EXIT_DONE);
}

static int refuse(const struct command *command)
{
    help_hint(command);
    return EXIT_NOTHING;
}

/* What stands where a command should: a word for the whole program, or a mistake. */
static int run_without_command(const char *word)
{
    if (!word) {
        command_tell_missing(NULL);
        return refuse(NULL);
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        help_print();
        return standard_output_finish(EXIT_DONE);
    }
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        return print_version();
    if (word[0] == '-' && word[1])
        tell("the command comes first, then options such as %s", word);
    else
        command_tell_unknown(NULL, word);
    return refuse(NULL);
}

/* What stands behind a command's name that only tells about others. */
static int run_without_subcommand(const struct command *command, const char *word)
{
    if (word && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)) {
        help_print_command(command);
        return standard_output_finish(EXIT_DONE);
    }
    if (!word)
        command_tell_missing(command);
    else if (word[0] == '-')
        tell("the command comes first, then options such as %s", word);
    else
        command_tell_unknown(command, word);
    return refuse(command);
}

int main(int argc, char **argv)
{
    /* A write then fails with EPIPE (see standard_output.c), or with EFBIG beyond `ulimit -f`. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    char **words = argc > 1 ? argv + 1 : argv;
    size_t count = argc > 1 ? (size_t)argc - 1 : 0, used;
    const struct command *command = command_find(words, count, &used);
    if (!command)
        return run_without_command(count ? words[0] : NULL);
    words += used;
    count -= used;
    if (!command->run)
        return run_without_subcommand(command, count ? words[0] : NULL);
    struct arguments arguments;
    if (!arguments_read(command, words, count, &arguments))
        return refuse(command);
    if (arguments.help) {
        help_print_command(command);
        return standard_output_finish(EXIT_DONE);
    }
    return command->run(&arguments);
}
