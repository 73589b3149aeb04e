/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include <offerpolicy/store.h>

#include "arguments.h"
#include "json_line.h"
#include "prose.h"
#include "standard_output.h"
#include "store_file.h"
#include "table.h"
#include "tell.h"

static const struct column columns[] = {
    {"KEY", true},
    {"MIGRATION", true},
    {"TO DO"},
    {NULL},
};

static void add_row(struct table *table, const ofp_host_action *action)
{
    prose_text(table->cells, action->key);
    table_end_cell(table);
    prose_text(table->cells, action->migration);
    table_end_cell(table);
    prose_action(table->cells, action);
    fputs(action->text.size ? ": " : "", table->cells);
    prose_text(table->cells, action->text);
    table_end_cell(table);
}

static void print_page(struct table *table, const ofp_host_action *actions, size_t count, bool json)
{
    if (!json)
        table_begin(table);
    for (size_t i = 0; i < count; i++) {
        if (!json) {
            add_row(table, &actions[i]);
        } else {
            json_print_action(&actions[i]);
            putchar('\n');
        }
    }
    if (!json)
        table_print(table);
}

/* The actions that the host has not acknowledged. @return an exit_status */
static int count_pending(ofp_store *store, int64_t at, int64_t *ret)
{
    ofp_store_stats stats = {.size = sizeof stats};
    ofp_error *error;
    if (ofp_store_get_stats(store, at, &stats, &error) != OFP_STATUS_OK)
        return tell_failure(error);
    *ret = stats.pending_actions;
    return EXIT_DONE;
}

/* Says how many actions are not in the list because they wait. */
static int tell_waiting(ofp_store *store, int64_t at, int64_t listed)
{
    int64_t pending = 0;
    const int status = count_pending(store, at, &pending);
    if (status != EXIT_DONE)
        return status;
    if (listed == 0)
        puts("There is nothing to do now.");
    if (pending > listed)
        printf("%" PRId64 " more wait%s, for a time or for one before.\n", pending - listed,
               pending - listed == 1 ? "s" : "");
    return EXIT_DONE;
}

static int print_all(ofp_store *store, int64_t at, bool json)
{
    struct table table = {.columns = columns};
    int64_t after = 0, listed = 0;
    for (bool more = true; more;) {
        ofp_records *records;
        ofp_error *error;
        if (ofp_store_actions(store, at, after, 0, &records, &error) != OFP_STATUS_OK)
            return standard_output_finish(tell_failure(error));
        size_t count;
        const ofp_host_action *actions = ofp_records_actions(records, &count);
        print_page(&table, actions, count, json);
        listed += (int64_t)count;
        after = count ? actions[count - 1].seq : after;
        more = ofp_records_more(records);
        ofp_records_free(records);
        standard_output_finish(EXIT_DONE);
    }
    return standard_output_finish(json ? EXIT_DONE : tell_waiting(store, at, listed));
}

static int run_list(const struct arguments *arguments)
{
    ofp_store *store = store_file_open(arguments, OFP_STORE_READ);
    const int status =
        store ? print_all(store, arguments_now(arguments), arguments->json) : EXIT_NOTHING;
    ofp_store_close(store);
    return status;
}

/* Settles one action. */
static ofp_status settle(ofp_store *store, const struct arguments *arguments, const char *key,
                         int64_t at, ofp_error **reterr)
{
    const ofp_text text = ofp_text_of(key);
    if (arguments->command->number == COMMAND_ACK)
        return ofp_store_ack(store, text, at, reterr);
    return ofp_store_fail(store, text, at, arguments->retry_after, ofp_text_of(arguments->problem),
                          reterr);
}

static int tell_settled(ofp_store *store, const struct arguments *arguments, size_t count,
                        int64_t at)
{
    int64_t pending = 0;
    const int status = count_pending(store, at, &pending);
    if (status != EXIT_DONE)
        return status;
    if (arguments->command->number == COMMAND_ACK) {
        printf("Acknowledged %zu action%s.", count, plural(count));
    } else {
        printf("Noted that %zu action%s failed; try again on ", count, plural(count));
        prose_moment(stdout, at + arguments->retry_after);
        putchar('.');
    }
    printf(" %" PRId64 " %s pending.\n", pending, pending == 1 ? "is" : "are");
    return EXIT_DONE;
}

/* Each action for itself: one that is not known does not keep the others. */
static int settle_all(ofp_store *store, const struct arguments *arguments)
{
    const int64_t at = arguments_now(arguments);
    size_t count = 0;
    int status = EXIT_DONE;
    for (size_t i = 0; i < arguments->operand_count; i++) {
        ofp_error *error;
        if (settle(store, arguments, arguments->operands[i], at, &error) == OFP_STATUS_OK) {
            count++;
            continue;
        }
        status = tell_failure(error);
        if (status == EXIT_NOTHING)
            break;
    }
    const int told = count ? tell_settled(store, arguments, count, at) : EXIT_DONE;
    if (status == EXIT_NOTHING && count)
        status = EXIT_BAD;
    return standard_output_finish(status != EXIT_DONE ? status : told);
}

static int run_settling(const struct arguments *arguments)
{
    ofp_store *store = store_file_open(arguments, OFP_STORE_WRITE);
    const int status = store ? settle_all(store, arguments) : EXIT_NOTHING;
    ofp_store_close(store);
    return status;
}

const struct command actions_command = {
    .name = "actions",
    .number = COMMAND_ACTIONS,
    .operands = "",
    .summary = "list what the host shall do, and settle it",
    .text = "Lists the actions that the host shall carry out now, oldest first, in a table or,\n"
            "with --json, as JSON, one a line. They stay until they are acknowledged. Left out\n"
            "are those that must wait, and those behind one of the same migration that failed.\n",
    .examples = "  offerpolicy actions\n"
                "  offerpolicy actions --json | deliver-to-the-help-desk\n",
    .run = run_list,
};

const struct command ack_command = {
    .name = "actions ack",
    .number = COMMAND_ACK,
    .operands = "KEY...",
    .least = 1,
    .most = ANY_NUMBER,
    .needs = "the key of an action, see `offerpolicy actions`",
    .summary = "acknowledge that actions were carried out",
    .text = "Acknowledges actions: the host has carried them out, or has found that their\n"
            "`unless_entitled` says not to. A repeat changes nothing.\n",
    .examples = "  offerpolicy actions ack v1:3f6c9a58d0b1e2774c1de0a9b86f5d31\n",
    .run = run_settling,
};

const struct command fail_command = {
    .name = "actions fail",
    .number = COMMAND_FAIL,
    .operands = "KEY...",
    .least = 1,
    .most = ANY_NUMBER,
    .needs = "the key of an action, see `offerpolicy actions`",
    .summary = "note that actions could not be carried out",
    .text = "Notes that the host could not carry out actions. They, and those behind them of the\n"
            "same migration, wait and are then listed again.\n",
    .examples = "  offerpolicy actions fail v1:3f6c9a58d0b1e2774c1de0a9b86f5d31 \\\n"
                "    --retry-after 10m --problem 'the help desk does not answer'\n",
    .run = run_settling,
};
