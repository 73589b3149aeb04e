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
    {"SEQ", true}, {"AT", true}, {"WHAT", true}, {"MIGRATION", true},
    {"ORG"},       {"WHO"},      {"WHY"},        {NULL},
};

static void add_row(struct table *table, const ofp_event *event)
{
    fprintf(table->cells, "%" PRId64, event->seq);
    table_end_cell(table);
    prose_instant(table->cells, event->at);
    table_end_cell(table);
    fputs(ofp_event_kind_name(event->kind), table->cells);
    table_end_cell(table);
    if (event->migration)
        prose_text(table->cells, event->migration->id);
    table_end_cell(table);
    if (event->migration)
        prose_org(table->cells, event->migration);
    table_end_cell(table);
    prose_person(table->cells, event->actor, event->role);
    table_end_cell(table);
    prose_text(table->cells, event->detail);
    fputs(event->detail.size && event->reason.size ? ": " : "", table->cells);
    prose_text(table->cells, event->reason);
    table_end_cell(table);
}

static void print_page(struct table *table, const ofp_event *events, size_t count, bool json)
{
    if (!json)
        table_begin(table);
    for (size_t i = 0; i < count; i++) {
        if (!json) {
            add_row(table, &events[i]);
        } else {
            json_print_event(&events[i]);
            putchar('\n');
        }
    }
    if (!json)
        table_print(table);
}

static int print_all(ofp_store *store, ofp_event_filter *filter, bool json)
{
    struct table table = {.columns = columns};
    for (bool more = true; more;) {
        ofp_records *records;
        ofp_error *error;
        if (ofp_store_events(store, filter, &records, &error) != OFP_STATUS_OK)
            return standard_output_finish(tell_failure(error));
        size_t count;
        const ofp_event *events = ofp_records_events(records, &count);
        print_page(&table, events, count, json);
        filter->after = count ? events[count - 1].seq : filter->after;
        more = ofp_records_more(records);
        ofp_records_free(records);
        standard_output_finish(EXIT_DONE);
    }
    if (!table.titled && !json)
        puts("There is no such event.");
    return standard_output_finish(EXIT_DONE);
}

static int run_show(const struct arguments *arguments)
{
    ofp_event_filter filter = OFP_EVENT_FILTER_INIT;
    filter.org = ofp_text_of(arguments->org);
    filter.migration = ofp_text_of(arguments->migration);
    filter.since = arguments->since;
    ofp_store *store = store_file_open(arguments, OFP_STORE_READ);
    const int status = store ? print_all(store, &filter, arguments->json) : EXIT_NOTHING;
    ofp_store_close(store);
    return status;
}

static int verify(ofp_store *store, const char *expect)
{
    int64_t count;
    ofp_error *error;
    if (ofp_audit_verify(store, ofp_text_of(expect), &count, &error) != OFP_STATUS_OK)
        return tell_finding(error);
    printf("The audit log is whole: %" PRId64 " event%s, each in its place and as it was "
           "written.\n",
           count, plural((size_t)count));
    puts(expect ? "It contains the hash that was expected."
                : "To find out later whether its end was cut off, keep the hash that `offerpolicy "
                  "audit\nhead` gives somewhere else, and verify with --expect.");
    return standard_output_finish(EXIT_DONE);
}

static int run_verify(const struct arguments *arguments)
{
    ofp_store *store = store_file_open(arguments, OFP_STORE_READ);
    const int status = store ? verify(store, arguments->expect) : EXIT_NOTHING;
    ofp_store_close(store);
    return status;
}

static int print_head(ofp_store *store)
{
    char hash[OFP_HASH_SIZE];
    ofp_error *error;
    if (ofp_audit_head(store, hash, &error) != OFP_STATUS_OK)
        return tell_failure(error);
    puts(hash);
    return standard_output_finish(EXIT_DONE);
}

static int run_head(const struct arguments *arguments)
{
    ofp_store *store = store_file_open(arguments, OFP_STORE_READ);
    const int status = store ? print_head(store) : EXIT_NOTHING;
    ofp_store_close(store);
    return status;
}

const struct command audit_command = {
    .name = "audit",
    .number = COMMAND_AUDIT,
    .summary = "show and verify what was done, when, by whom and why",
    .text =
        "Every step is an event of the store's audit log. Events are only ever added, and each\n"
        "has a hash over itself and the one before.\n",
    .examples = "  offerpolicy audit show --org acme\n"
                "  offerpolicy audit verify\n",
};

const struct command audit_show_command = {
    .name = "audit show",
    .number = COMMAND_AUDIT_SHOW,
    .operands = "",
    .summary = "list events",
    .text =
        "Lists events, oldest first, in a table or, with --json, as JSON, one a line. Instants\n"
        "are in UTC.\n",
    .examples = "  offerpolicy audit show --migration M-17\n"
                "  offerpolicy audit show --org acme --since 2026-11-01 --json\n",
    .run = run_show,
};

const struct command verify_command = {
    .name = "audit verify",
    .number = COMMAND_VERIFY,
    .operands = "",
    .summary = "find events that were changed, removed or moved",
    .text = "Works out all hashes anew, and names the first event that is not what was written,\n"
            "was added, or is missing. That the end was cut off, or that all was made anew, shows\n"
            "only with --expect and a hash that was kept somewhere else. The exit status is 1 if\n"
            "something is wrong.\n",
    .examples = "  offerpolicy audit verify\n"
                "  offerpolicy audit verify --expect \"$(cat hash-of-last-week)\"\n",
    .run = run_verify,
};

const struct command head_command = {
    .name = "audit head",
    .number = COMMAND_HEAD,
    .operands = "",
    .summary = "print the newest hash, to keep somewhere else",
    .text = "Prints the hash of the newest event. Kept somewhere else, it proves later that no\n"
            "event up to this one was taken away.\n",
    .examples = "  offerpolicy audit head > hash-of-this-week\n",
    .run = run_head,
};
