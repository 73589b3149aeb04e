/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include <offerpolicy/policy.h>
#include <offerpolicy/store.h>

#include "arguments.h"
#include "json_line.h"
#include "policy_file.h"
#include "prose.h"
#include "standard_output.h"
#include "store_file.h"
#include "table.h"
#include "tell.h"

static const struct column columns[] = {
    {"ID", true}, {"STATE", true}, {"ORG"},   {"FROM"}, {"TO"},
    {"LEVEL"},    {"UNTIL", true}, {"OWNER"}, {NULL},
};

static void add_cell(struct table *table, ofp_text text)
{
    prose_text(table->cells, text);
    table_end_cell(table);
}

static void add_row(struct table *table, const ofp_migration_record *migration, int64_t at)
{
    add_cell(table, migration->id);
    add_cell(table,
             ofp_text_of(ofp_migration_state_name(ofp_migration_record_state(migration, at))));
    prose_org(table->cells, migration);
    table_end_cell(table);
    add_cell(table, migration->from);
    add_cell(table, migration->to);
    add_cell(table, migration->level);
    prose_date(table->cells, migration->target_date);
    table_end_cell(table);
    add_cell(table, migration->owner);
}

static void print_page(struct table *table, const ofp_records *records, int64_t at, bool json)
{
    size_t count;
    const ofp_migration_record *migrations = ofp_records_migrations(records, &count);
    if (!json)
        table_begin(table);
    for (size_t i = 0; i < count; i++) {
        if (!json) {
            add_row(table, &migrations[i], at);
        } else {
            json_print_migration(&migrations[i], at);
            putchar('\n');
        }
    }
    if (!json)
        table_print(table);
}

static ofp_text last_id(const ofp_records *records)
{
    size_t count;
    const ofp_migration_record *migrations = ofp_records_migrations(records, &count);
    return migrations[count - 1].id;
}

static int print_all(ofp_store *store, ofp_migration_filter *filter, bool json)
{
    struct table table = {.columns = columns};
    ofp_records *page = NULL, *before = NULL;
    ofp_error *error;
    do {
        /* The id to go on after is one of the page before. */
        ofp_records_free(before);
        before = page;
        if (ofp_store_list(store, filter, &page, &error) != OFP_STATUS_OK) {
            ofp_records_free(before);
            return tell_failure(error);
        }
        print_page(&table, page, filter->at, json);
        standard_output_finish(EXIT_DONE);
        if (ofp_records_more(page))
            filter->after = last_id(page);
    } while (ofp_records_more(page));
    if (!table.titled && !json)
        puts("There is no such migration.");
    ofp_records_free(before);
    ofp_records_free(page);
    return standard_output_finish(EXIT_DONE);
}

/* The instant by which those that are wanted have ended: a day's end is the next one's start. */
static bool find_end(const struct arguments *arguments, int64_t at, int64_t *ret)
{
    ofp_policy *policy = arguments->ends_before.given ? policy_file_open(arguments) : NULL;
    if (policy)
        *ret = ofp_policy_date_start(policy, value_date(&arguments->ends_before, policy, at)) + 1;
    ofp_policy_unref(policy);
    return policy || !arguments->ends_before.given;
}

static int run_command(const struct arguments *arguments)
{
    ofp_migration_filter filter = OFP_MIGRATION_FILTER_INIT;
    filter.org = ofp_text_of(arguments->org);
    filter.state = arguments->state;
    filter.at = arguments_now(arguments);
    if (!find_end(arguments, filter.at, &filter.ends_before))
        return EXIT_NOTHING;
    ofp_store *store = store_file_open(arguments, OFP_STORE_READ);
    const int status = store ? print_all(store, &filter, arguments->json) : EXIT_NOTHING;
    ofp_store_close(store);
    return status;
}

const struct command list_command = {
    .name = "migration list",
    .number = COMMAND_LIST,
    .operands = "",
    .summary = "list migrations",
    .text = "Lists migrations in the order of their ids, in a table or, with --json, as JSON, one\n"
            "a line. STATE is open (requested), live (approved), refused, completed, cancelled,\n"
            "ended (approved, but past its end) or missed (nobody decided before its end).\n",
    .examples = "  offerpolicy migration list --state open\n"
                "  offerpolicy migration list --state live --ends-before +14d\n"
                "  offerpolicy migration list --org acme --json\n",
    .run = run_command,
};
