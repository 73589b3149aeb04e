/* SPDX-License-Identifier: MIT */
/*
 * Asks a policy's calendar about business time, for a ticket that comes in on a Friday afternoon.
 *
 *     cc calendar.c $(pkg-config --cflags --libs offerpolicy) -o calendar
 *     ./calendar                  by the default policy, which is built into the library
 *     ./calendar my-policy.yaml   by another one, if it has a calendar named "business"
 */
#include <stdio.h>
#include <stdlib.h>

#include <offerpolicy/offerpolicy.h>

enum { HOUR = 3600, PERIODS = 3 };

/* Nothing within the years that a search looks ahead is OFP_INSTANT_NONE, and no failure. */
static void print_instant(const char *what, int64_t instant)
{
    char text[OFP_INSTANT_SIZE];
    if (instant != OFP_INSTANT_NONE)
        ofp_instant_format(instant, text);
    printf("%-22s %s\n", what, instant == OFP_INSTANT_NONE ? "never" : text);
}

static ofp_status print_due(const ofp_calendar *calendar, int64_t created, ofp_error **reterr)
{
    int64_t due;
    const ofp_status status = ofp_calendar_due(calendar, created, 8 * HOUR, &due, reterr);
    if (!status)
        print_instant("due after 8 open hours", due);
    return status;
}

static ofp_status print_next_open(const ofp_calendar *calendar, int64_t start, ofp_error **reterr)
{
    bool open;
    int64_t next;
    ofp_status status = ofp_calendar_is_open(calendar, start, &open, reterr);
    if (!status)
        printf("%-22s %s\n", "open a day later", open ? "yes" : "no");
    if (!status)
        status = ofp_calendar_next_open(calendar, start, &next, reterr);
    if (!status)
        print_instant("next open", next);
    return status;
}

static ofp_status print_periods(const ofp_calendar *calendar, int64_t start, ofp_error **reterr)
{
    ofp_period periods[PERIODS];
    size_t count;
    const ofp_status status =
        ofp_calendar_periods(calendar, start, PERIODS, periods, &count, reterr);
    for (size_t i = 0; !status && i < count; i++) {
        print_instant("open from", periods[i].from);
        print_instant("     until", periods[i].to);
    }
    return status;
}

static ofp_status ask(const ofp_calendar *calendar, ofp_error **reterr)
{
    int64_t created;
    ofp_status status = ofp_instant_parse(ofp_text_of("2026-11-20T22:00:00Z"), &created, reterr);
    if (!status)
        print_instant("ticket created", created);
    if (!status)
        status = print_due(calendar, created, reterr);
    if (!status)
        status = print_next_open(calendar, created + 24 * HOUR, reterr);
    if (!status)
        status = print_periods(calendar, created, reterr);
    return status;
}

int main(int argc, char **argv)
{
    ofp_error *error = NULL;
    ofp_policy *policy = NULL;
    ofp_status status = argc > 1 ? ofp_policy_load(argv[1], NULL, &policy, &error)
                                 : ofp_policy_default(NULL, &policy, &error);
    if (!status) {
        const int32_t index = ofp_policy_find_calendar(policy, ofp_text_of("business"));
        const ofp_calendar *calendar = ofp_policy_calendar(policy, index);
        if (calendar)
            status = ask(calendar, &error);
        else
            printf("%s has no calendar named business\n", ofp_policy_name(policy));
    }
    if (status)
        fprintf(stderr, "%s: %s\n", ofp_status_name(status), ofp_error_message(error));
    ofp_error_free(error);
    ofp_policy_unref(policy); /* and with it the calendar */
    return status ? EXIT_FAILURE : EXIT_SUCCESS;
}
