/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include <offerpolicy/store.h>

#include "arguments.h"
#include "json_line.h"
#include "prose.h"
#include "standard_output.h"
#include "store_file.h"
#include "tell.h"

/* Prints the name of a line, behind which its value follows. */
static void begin_line(const char *name)
{
    printf("  %-10s  ", name);
}

/* A text of somebody's own, which may have several lines. */
static void print_text(const char *name, ofp_text text)
{
    if (!text.size)
        return;
    begin_line(name);
    const char *end = memchr(text.data, '\n', text.size);
    const size_t size = end ? (size_t)(end - text.data) : text.size;
    prose_text(stdout, (ofp_text){text.data, size});
    putchar('\n');
    if (end)
        prose_lines(stdout, (ofp_text){end + 1, text.size - size - 1}, 14);
}

/* Who did something, and when. */
static void print_deed(const char *name, int64_t at, ofp_text who)
{
    if (at == OFP_INSTANT_NONE)
        return;
    begin_line(name);
    prose_instant(stdout, at);
    fputs(" by ", stdout);
    prose_text(stdout, who);
    putchar('\n');
}

static void print_title(const ofp_migration_record *migration)
{
    prose_text(stdout, migration->id);
    fputs(": ", stdout);
    prose_org(stdout, migration);
    fputs(" from ", stdout);
    prose_text(stdout, migration->from);
    fputs(" (", stdout);
    prose_text(stdout, migration->from_level);
    fputs(") to ", stdout);
    prose_text(stdout, migration->to);
    fputs(" (", stdout);
    prose_text(stdout, migration->level);
    fputs(")\n", stdout);
}

/* What it is now, and what the clock does to it. */
static void print_state(const ofp_migration_record *migration, int64_t at)
{
    const ofp_migration_state state = ofp_migration_record_state(migration, at);
    const bool running = state == OFP_MIGRATION_IS_OPEN || state == OFP_MIGRATION_IS_LIVE;
    const bool over = state == OFP_MIGRATION_IS_ENDED || state == OFP_MIGRATION_IS_MISSED;
    begin_line("state");
    fputs(ofp_migration_state_name(state), stdout);
    if (running || over) {
        fputs(running ? "; it ends on " : "; it ended on ", stdout);
        prose_moment(stdout, migration->ends_at);
    }
    if (migration->outcome != OFP_OUTCOME_NONE)
        printf("; the goal was %sreached", migration->outcome == OFP_OUTCOME_REACHED ? "" : "not ");
    putchar('\n');
    begin_line("until");
    prose_date(stdout, migration->target_date);
    if (migration->extensions)
        printf(", after %" PRId32 " extension%s", migration->extensions,
               plural((size_t)migration->extensions));
    putchar('\n');
}

static void print_policy(const ofp_migration_record *migration)
{
    if (!migration->policy.data)
        return;
    begin_line("policy");
    prose_text(stdout, migration->policy);
    fputs(migration->policy_revision.data ? " " : "", stdout);
    prose_text(stdout, migration->policy_revision);
    fputs(", ", stdout);
    prose_text(stdout, migration->policy_digest);
    putchar('\n');
}

static const char *closing_word(const ofp_migration_record *migration)
{
    if (migration->status == OFP_MIGRATION_COMPLETED)
        return "completed";
    return migration->status == OFP_MIGRATION_CANCELLED ? "cancelled" : "ended";
}

static void print_migration(const ofp_migration_record *migration, int64_t at)
{
    const bool refused = migration->status == OFP_MIGRATION_REFUSED;
    print_title(migration);
    print_state(migration, at);
    print_text("owner", migration->owner);
    print_deed("requested", migration->requested_at, migration->requested_by);
    print_text("reason", migration->reason);
    print_text("evidence", migration->evidence);
    print_deed(refused ? "refused" : "approved", migration->decided_at, migration->decided_by);
    print_policy(migration);
    print_deed(closing_word(migration), migration->closed_at, migration->closed_by);
    begin_line("revision");
    printf("%" PRId64 "\n", migration->revision);
}

static void print_event(const ofp_event *event)
{
    fputs("  ", stdout);
    prose_instant(stdout, event->at);
    printf("  %s", ofp_event_kind_name(event->kind));
    if (event->previous_date != OFP_DATE_NONE) {
        fputs(" from ", stdout);
        prose_date(stdout, event->previous_date);
        fputs(" to ", stdout);
        prose_date(stdout, event->migration->target_date);
    }
    if (event->actor.data) {
        fputs(" by ", stdout);
        prose_person(stdout, event->actor, event->role);
    }
    if (event->reason.size) {
        fputs(": ", stdout);
        prose_text(stdout, event->reason);
    }
    putchar('\n');
}

/* Where the action stands, what it is, and its text. */
static void print_action(const ofp_host_action *action)
{
    printf("  %-9s  ", ofp_host_action_state_name(action->state));
    prose_action(stdout, action);
    if (action->retry_at != OFP_INSTANT_NONE && action->state == OFP_HOST_PENDING) {
        printf("\n             failed %" PRId32 " time%s, waits until ", action->attempts,
               plural((size_t)action->attempts));
        prose_moment(stdout, action->retry_at);
        fputs(action->problem.size ? ": " : "", stdout);
        prose_text(stdout, action->problem);
    }
    putchar('\n');
    prose_lines(stdout, action->text, 13);
}

static void print(const ofp_records *records, int64_t at)
{
    size_t migration_count, event_count, action_count;
    const ofp_migration_record *migration = ofp_records_migrations(records, &migration_count);
    const ofp_event *events = ofp_records_events(records, &event_count);
    const ofp_host_action *actions = ofp_records_actions(records, &action_count);
    print_migration(migration, at);
    puts("\nHistory");
    for (size_t i = 0; i < event_count; i++)
        print_event(&events[i]);
    puts(action_count ? "\nActions for the host" : "\nNo actions for the host");
    for (size_t i = 0; i < action_count; i++)
        print_action(&actions[i]);
}

static void print_json(const ofp_records *records, int64_t at)
{
    size_t migration_count, event_count, action_count;
    const ofp_migration_record *migration = ofp_records_migrations(records, &migration_count);
    const ofp_event *events = ofp_records_events(records, &event_count);
    const ofp_host_action *actions = ofp_records_actions(records, &action_count);
    fputs("{\"migration\":", stdout);
    json_print_migration(migration, at);
    fputs(",\"events\":", stdout);
    json_print_events(events, event_count);
    fputs(",\"actions\":", stdout);
    json_print_actions(actions, action_count);
    puts("}");
}

static int show(ofp_store *store, const struct arguments *arguments)
{
    const int64_t at = arguments_now(arguments);
    ofp_records *records;
    ofp_error *error;
    if (ofp_store_find(store, ofp_text_of(arguments->operands[0]), &records, &error) !=
        OFP_STATUS_OK)
        return tell_failure(error);
    (arguments->json ? print_json : print)(records, at);
    ofp_records_free(records);
    return standard_output_finish(EXIT_DONE);
}

static int run_command(const struct arguments *arguments)
{
    ofp_store *store = store_file_open(arguments, OFP_STORE_READ);
    const int status = store ? show(store, arguments) : EXIT_NOTHING;
    ofp_store_close(store);
    return status;
}

const struct command show_command = {
    .name = "migration show",
    .number = COMMAND_SHOW,
    .operands = "ID",
    .least = 1,
    .most = 1,
    .needs = "the id of a migration, such as M-17",
    .summary = "show a migration, its history and its actions",
    .text =
        "Shows all there is about a migration: what it is, who did what, when and why, and the\n"
        "actions that came of it. Instants are in UTC.\n",
    .examples = "  offerpolicy migration show M-17\n"
                "  offerpolicy migration show M-17 --json\n",
    .run = run_command,
};
