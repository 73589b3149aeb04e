/* SPDX-License-Identifier: MIT */
/* The decision log: showing it, and forgetting what is old. */
#include <inttypes.h>
#include <stdio.h>

#include <offerpolicy/store.h>

#include "arguments.h"
#include "json_line.h"
#include "logged.h"
#include "members.h"
#include "prose.h"
#include "standard_output.h"
#include "store_file.h"
#include "table.h"
#include "tell.h"

static const struct column columns[] = {
    {"SEQ", true}, {"DECIDED FOR", true}, {"TICKET"}, {"ORG"}, {"VERDICT", true},
    {"LEVEL"},     {"SLA RULE"},          {NULL},
};

/* --- a table, or all there is ------------------------------------------------------------------
 */

static void add_row(struct table *table, const ofp_logged_decision *logged)
{
    const ofp_text rule = member_value(member_value(logged->decision, "sla"), "rule");
    const ofp_text cells[] = {
        logged->ticket,
        logged->org,
        member_plain(member_value(logged->decision, "verdict")),
        member_plain(member_value(logged->decision, "level")),
        member_plain(rule),
    };
    fprintf(table->cells, "%" PRId64, logged->seq);
    table_end_cell(table);
    prose_instant(table->cells, logged->at);
    table_end_cell(table);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        prose_text(table->cells, cells[i]);
        table_end_cell(table);
    }
}

/* A member in a line, and the items of a list in lines of their own. */
static void print_member(const struct member *member)
{
    struct members items = members_of(member->value);
    struct member item;
    const bool listed = member->value.size && member->value.data[0] == '[';
    fputs("  ", stdout);
    prose_text(stdout, member->key);
    fputs(listed ? ":" : ": ", stdout);
    if (!listed)
        prose_text(stdout, member_plain(member->value));
    putchar('\n');
    while (listed && members_next(&items, &item)) {
        fputs("    ", stdout);
        prose_text(stdout, item.value);
        putchar('\n');
    }
}

static void print_whole(const ofp_logged_decision *logged)
{
    struct members members = members_of(logged->decision);
    struct member member;
    logged_print_name(logged);
    puts("");
    while (members_next(&members, &member))
        print_member(&member);
    fputs("  request: ", stdout);
    prose_text(stdout, logged->request);
    puts("\n");
}

static void print_line(const ofp_logged_decision *logged)
{
    json_print_logged(logged);
    putchar('\n');
}

struct shower {
    struct table table;
    bool json, whole;
    bool any;
};

static int show_page(const ofp_logged_decision *decisions, size_t count, void *context)
{
    struct shower *shower = context;
    const bool tabular = !shower->json && !shower->whole;
    shower->any |= count > 0;
    if (tabular)
        table_begin(&shower->table);
    for (size_t i = 0; i < count; i++) {
        if (shower->json)
            print_line(&decisions[i]);
        else if (shower->whole)
            print_whole(&decisions[i]);
        else
            add_row(&shower->table, &decisions[i]);
    }
    if (tabular)
        table_print(&shower->table);
    return EXIT_DONE;
}

static int run_show(const struct arguments *arguments)
{
    struct shower shower = {
        .table = {.columns = columns}, .json = arguments->json, .whole = arguments->verbose};
    ofp_store *store = store_file_open(arguments, OFP_STORE_READ);
    if (!store)
        return EXIT_NOTHING;
    const int status = logged_walk(store, arguments, show_page, &shower);
    if (status == EXIT_DONE && !shower.any && !shower.json)
        puts("No such decision was logged.");
    ofp_store_close(store);
    return standard_output_finish(status);
}

/* --- forgetting --------------------------------------------------------------------------------
 */

/* The start of a day in UTC. */
static int64_t start_of(const struct day *day, int64_t now)
{
    enum { DAY = 24 * 60 * 60 };
    return (day->ahead ? now / DAY + day->count : day->count) * DAY;
}

static int prune(ofp_store *store, const struct arguments *arguments)
{
    const int64_t before = start_of(&arguments->before, arguments_now(arguments));
    const ofp_deed deed = {
        .at = arguments_now(arguments),
        .actor = ofp_text_of(arguments->actor),
        .role = ofp_text_of(arguments->role),
        .reason = ofp_text_of(arguments->reason),
    };
    int64_t count;
    ofp_error *error;
    if (ofp_store_prune_log(store, before, &deed, &count, &error) != OFP_STATUS_OK)
        return tell_failure(error);
    if (count)
        printf("%" PRId64 " logged decision%s from before ", count, plural((size_t)count));
    else
        fputs("No logged decision is from before ", stdout);
    prose_moment(stdout, before);
    printf("%s\n", count == 0   ? ": nothing was forgotten."
                   : count == 1 ? " is forgotten. The audit log says so."
                                : " are forgotten. The audit log says so.");
    return standard_output_finish(EXIT_DONE);
}

static int run_prune(const struct arguments *arguments)
{
    ofp_store *store = store_file_open(arguments, OFP_STORE_WRITE);
    const int status = store ? prune(store, arguments) : EXIT_NOTHING;
    ofp_store_close(store);
    return status;
}

/* -----------------------------------------------------------------------------------------------
 */

const struct command log_command = {
    .name = "log",
    .number = COMMAND_LOG,
    .summary = "show the decisions that were logged, or forget old ones",
    .text =
        "The decision log has what `decide` and `explain` decided with --log: the request\n"
        "(without its texts, unless --log-texts was given) and the decision with its reasons.\n",
    .examples = "  offerpolicy log show --ticket 4711 --verbose\n"
                "  offerpolicy log prune --before 2026-01-01 --actor ada\n",
};

const struct command log_show_command = {
    .name = "log show",
    .number = COMMAND_LOG_SHOW,
    .operands = "",
    .summary = "list logged decisions",
    .text =
        "Lists decisions, oldest first, in a table; with --verbose, all that was logged of each;\n"
        "with --json, as JSON, one a line. Instants are in UTC.\n",
    .examples = "  offerpolicy log show --org acme --since 2026-11-01\n"
                "  offerpolicy log show --ticket 4711 --verbose\n",
    .run = run_show,
};

const struct command prune_command = {
    .name = "log prune",
    .number = COMMAND_PRUNE,
    .operands = "",
    .summary = "forget logged decisions",
    .text =
        "Forgets the decisions that were made for an instant before a day. The audit log keeps\n"
        "how many they were, by whom and why they were forgotten.\n",
    .examples =
        "  offerpolicy log prune --before -180d --actor ada --reason \"kept for half a year\"\n",
    .run = run_prune,
};
