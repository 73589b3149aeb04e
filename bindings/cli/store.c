/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <offerpolicy/store.h>

#include "arguments.h"
#include "diagnostics.h"
#include "prose.h"
#include "standard_output.h"
#include "store_file.h"
#include "tell.h"

/* The store's name as it may go to a terminal. */
static void print_name(const struct arguments *arguments)
{
    prose_text(stdout, ofp_text_of(arguments->store));
}

static int run_create(const struct arguments *arguments)
{
    const bool there = arguments->store && access(arguments->store, F_OK) == 0;
    ofp_store *store = store_file_open(arguments, OFP_STORE_CREATE);
    if (!store)
        return EXIT_NOTHING;
    print_name(arguments);
    puts(there ? " is a store already: nothing was changed."
               : " is a new store, which only you can read and write.");
    ofp_store_close(store);
    return standard_output_finish(EXIT_DONE);
}

static int run_backup(const struct arguments *arguments)
{
    const char *path = arguments->operands[0];
    ofp_store *store = store_file_open(arguments, OFP_STORE_READ);
    if (!store)
        return EXIT_NOTHING;
    ofp_error *error;
    const ofp_status status = ofp_store_backup(store, path, &error);
    ofp_store_close(store);
    if (status != OFP_STATUS_OK)
        return tell_failure(error);
    print_name(arguments);
    fputs(" was copied to ", stdout);
    prose_text(stdout, ofp_text_of(path));
    puts(". To be sure of the copy, run `offerpolicy store check` on it.");
    return standard_output_finish(EXIT_DONE);
}

/* Prints what is wrong. */
static int print_findings(const struct arguments *arguments, ofp_error *error)
{
    const struct style style =
        diagnostics_style(terminal_wants_colour(arguments->colour, STDOUT_FILENO));
    const size_t count = ofp_error_count(error);
    for (size_t i = 0; i < count; i++)
        diagnostics_print(stdout, ofp_error_diagnostic(error, i), &style,
                          terminal_width(STDOUT_FILENO));
    ofp_error_free(error);
    print_name(arguments);
    printf(": %zu thing%s wrong; restore a backup, or compare with one\n", count,
           count == 1 ? " is" : "s are");
    return standard_output_finish(EXIT_BAD);
}

static int run_check(const struct arguments *arguments)
{
    ofp_store *store = store_file_open(arguments, OFP_STORE_READ);
    if (!store)
        return EXIT_NOTHING;
    ofp_error *error;
    const ofp_status status = ofp_store_check(store, &error);
    ofp_store_close(store);
    if (status == OFP_STATUS_CORRUPT)
        return print_findings(arguments, error);
    if (status != OFP_STATUS_OK)
        return tell_failure(error);
    print_name(arguments);
    puts(": nothing is wrong");
    return standard_output_finish(EXIT_DONE);
}

/* A number of a store, and what it counts. */
struct figure {
    const char *name, *meaning;
    int64_t value;
};

enum { FIGURES = 10 };

static void list_figures(const ofp_store_stats *stats, struct figure ret[FIGURES])
{
    const struct figure figures[FIGURES] = {
        {"schema", "version of the file's layout", stats->schema},
        {"bytes", "size of the file", stats->bytes},
        {"migrations", "of any state", stats->migrations},
        {"open", "requested, and not past their end", stats->open},
        {"live", "approved, and not past their end", stats->live},
        {"overdue", "past their end, and waiting for `offerpolicy expire`", stats->overdue},
        {"pending_actions", "that the host has not acknowledged", stats->pending_actions},
        {"failed_actions", "of these, have failed at least once", stats->failed_actions},
        {"events", "in the audit log", stats->events},
        {"decisions", "in the decision log", stats->decisions},
    };
    memcpy(ret, figures, sizeof figures);
}

static void print_stats(const ofp_store_stats *stats)
{
    struct figure figures[FIGURES];
    list_figures(stats, figures);
    for (size_t i = 0; i < FIGURES; i++)
        printf("%-15s %10" PRId64 "  %s\n", figures[i].name, figures[i].value, figures[i].meaning);
    if (stats->oldest_pending != OFP_INSTANT_NONE) {
        fputs("The oldest pending action is of ", stdout);
        prose_moment(stdout, stats->oldest_pending);
        puts(".");
    }
}

static void print_stats_json(const ofp_store_stats *stats)
{
    struct figure figures[FIGURES];
    list_figures(stats, figures);
    putchar('{');
    for (size_t i = 0; i < FIGURES; i++)
        printf("\"%s\":%" PRId64 ",", figures[i].name, figures[i].value);
    fputs("\"oldest_pending\":", stdout);
    if (stats->oldest_pending == OFP_INSTANT_NONE) {
        fputs("null", stdout);
    } else {
        putchar('"');
        prose_instant(stdout, stats->oldest_pending);
        putchar('"');
    }
    puts("}");
}

static int run_stats(const struct arguments *arguments)
{
    ofp_store *store = store_file_open(arguments, OFP_STORE_READ);
    if (!store)
        return EXIT_NOTHING;
    ofp_store_stats stats = {.size = sizeof stats};
    ofp_error *error;
    const ofp_status status = ofp_store_get_stats(store, arguments_now(arguments), &stats, &error);
    ofp_store_close(store);
    if (status != OFP_STATUS_OK)
        return tell_failure(error);
    (arguments->json ? print_stats_json : print_stats)(&stats);
    return standard_output_finish(EXIT_DONE);
}

const struct command store_command = {
    .name = "store",
    .number = COMMAND_STORE,
    .summary = "back up, check, count, export and import a store",
    .text = "The store is the file in which migrations live, with their audit log and the actions\n"
            "for the host.\n",
    .examples = "  offerpolicy store backup migrations-of-today.db\n"
                "  offerpolicy store check\n",
};

const struct command create_command = {
    .name = "store create",
    .number = COMMAND_CREATE,
    .operands = "",
    .summary = "make an empty store",
    .text = "Makes a store in which nothing has happened, in a file that only its owner can read\n"
            "and write. A store that is there already stays as it is. The first `migration\n"
            "request` makes one, too.\n",
    .examples = "  offerpolicy store create -s migrations.db\n",
    .run = run_create,
};

const struct command backup_command = {
    .name = "store backup",
    .number = COMMAND_BACKUP,
    .operands = "FILE",
    .least = 1,
    .most = 1,
    .needs = "the name of a new file",
    .summary = "copy it into a new file, while others use it",
    .text = "Copies the store, as it is at one moment, into a new file that only its owner can\n"
            "read and write. Others may go on using it. FILE must not exist.\n",
    .examples = "  offerpolicy store backup \"backup-$(date +%F).db\"\n",
    .run = run_backup,
};

const struct command store_check_command = {
    .name = "store check",
    .number = COMMAND_STORE_CHECK,
    .operands = "",
    .summary = "tell what is wrong with it",
    .text = "Checks everything: the file, the audit log, and that migrations and actions are what\n"
            "the audit log says. Prints each thing that is wrong; the exit status is then 1.\n",
    .examples = "  offerpolicy store check -s backup.db\n",
    .run = run_check,
};

const struct command stats_command = {
    .name = "store stats",
    .number = COMMAND_STATS,
    .operands = "",
    .summary = "count what is in it",
    .text = "Counts migrations, actions, events and logged decisions.\n",
    .examples = "  offerpolicy store stats\n"
                "  offerpolicy store stats --json\n",
    .run = run_stats,
};
