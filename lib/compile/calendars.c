/* SPDX-License-Identifier: MIT */
#include "calendar_parts.h"
#include "declared.h"
#include "node_reader.h"
#include "sections.h"
#include "zone_table.h"

enum { ALWAYS_OPEN, TIME_ZONE, HOURS, HOLIDAYS, DAYS, BREAKS, CLOSURES, KEY_COUNT };
static const ofp_key keys[] = {
    [ALWAYS_OPEN] = {"always_open", false},
    [TIME_ZONE] = {"time_zone", false},
    [HOURS] = {"hours", false},
    [HOLIDAYS] = {"holidays", false},
    [DAYS] = {"days", false},
    [BREAKS] = {"breaks", false},
    [CLOSURES] = {"closures", false},
};

static void read_always_open(ofp_compiler *compiler, const ofp_yaml_node *const *values,
                             ofp_hours *hours)
{
    if (values[ALWAYS_OPEN])
        ofp_read_boolean(compiler, values[ALWAYS_OPEN], &hours->always_open);
    const ofp_yaml_node *other = values[HOURS] ? values[HOURS] : values[DAYS];
    if (hours->always_open && other)
        ofp_compiler_report(compiler, other, OFP_CODE_INVALID_HOURS,
                            "a calendar that is always open has no hours of its own: give it "
                            "`always_open` or hours");
}

static void read_hours(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_hours *hours)
{
    const ofp_yaml_node *values[KEY_COUNT];
    if (!ofp_read_mapping(compiler, node, keys, KEY_COUNT, values))
        return;
    hours->zone = ofp_compile_zone(compiler, values[TIME_ZONE]);
    read_always_open(compiler, values, hours);
    ofp_compile_week(compiler, values[HOURS], hours->week);
    ofp_compile_days(compiler, values[DAYS], &hours->days, &hours->day_count);
    ofp_compile_breaks(compiler, values[BREAKS], &hours->breaks, &hours->break_count);
    ofp_compile_holidays(compiler, values[HOLIDAYS], &hours->holidays, &hours->holiday_count);
    ofp_compile_closures(compiler, values[CLOSURES], &hours->closures, &hours->closure_count);
}

/* Reports a calendar by which no promise could ever be kept. */
static void check_opens(ofp_compiler *compiler, const ofp_yaml_node *key,
                        const ofp_calendar *calendar)
{
    bool opens;
    ofp_error *error;
    if (ofp_calendar_ever_opens(calendar, &opens, &error) != OFP_STATUS_OK) {
        ofp_error_free(error);
        ofp_compiler_no_memory(compiler);
    } else if (!opens) {
        ofp_compiler_report(compiler, key, OFP_CODE_NEVER_OPEN,
                            "the calendar \"%s\" is never open: give it hours, or `always_open: "
                            "true`",
                            ofp_quote(key->text).text);
    }
}

static void compile_calendar(ofp_compiler *compiler, const ofp_yaml_node *key,
                             const ofp_yaml_node *node)
{
    ofp_policy *policy = compiler->policy;
    const size_t errors = compiler->report->error_count;
    ofp_hours hours = {.name = ofp_compiler_copy(compiler, key->text)};
    read_hours(compiler, node, &hours);
    if (compiler->report->error_count > errors || compiler->report->failed || !hours.zone)
        return;
    ofp_calendar *calendar = ofp_calendar_new(&policy->arena, &hours);
    if (!calendar) {
        ofp_compiler_no_memory(compiler);
        return;
    }
    policy->calendars[policy->calendar_count++] = calendar;
    check_opens(compiler, key, calendar);
}

void ofp_compile_calendars(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    if (!node)
        return;
    if (!ofp_expect_mapping(compiler, node)) {
        compiler->calendars.incomplete = true;
        return;
    }
    ofp_policy *policy = compiler->policy;
    policy->calendars = ofp_compiler_alloc(compiler, node->count, sizeof(ofp_calendar *));
    for (size_t i = 0; policy->calendars && i < node->count; i++) {
        ofp_declare(compiler, &compiler->calendars, ofp_yaml_key(node, i));
        compile_calendar(compiler, ofp_yaml_key(node, i), ofp_yaml_value(node, i));
    }
}
