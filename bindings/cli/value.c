/* SPDX-License-Identifier: MIT */
#include "value.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <offerpolicy/instant.h>
#include <offerpolicy/records.h>

#include "nearest.h"
#include "tell.h"
#include "terminal.h"

/* The furthest that "+30d" or a waiting time can reach: a hundred years. */
enum { MOST_DAYS = 36525, DAY = 24 * 60 * 60 };

bool value_read_flag(const char *name, const char *value, void *ret)
{
    (void)name, (void)value;
    *(bool *)ret = true;
    return true;
}

bool value_read_text(const char *name, const char *value, void *ret)
{
    (void)name;
    *(const char **)ret = value;
    return true;
}

/* Reads digits up to `end`, a number of at most `most`. @return false: it is no such number */
static bool read_number(const char *text, const char *end, int64_t most, int64_t *ret)
{
    int64_t number = 0;
    if (text == end)
        return false;
    for (; text < end; text++) {
        if (*text < '0' || *text > '9')
            return false;
        number = number * 10 + (*text - '0');
        if (number > most)
            return false;
    }
    *ret = number;
    return true;
}

bool value_read_instant(const char *name, const char *value, void *ret)
{
    if (strcmp(value, "now") == 0) {
        *(int64_t *)ret = time(NULL);
        return true;
    }
    ofp_error *error;
    const bool good = ofp_instant_parse(ofp_text_of(value), ret, &error) == OFP_STATUS_OK;
    if (!good)
        tell("--%s: %s", name, ofp_error_message(error));
    ofp_error_free(error);
    return good;
}

bool value_read_moment(const char *name, const char *value, void *ret)
{
    int32_t date;
    if (ofp_date_parse(ofp_text_of(value), &date, NULL) != OFP_STATUS_OK)
        return value_read_instant(name, value, ret);
    *(int64_t *)ret = (int64_t)date * DAY;
    return true;
}

bool value_read_day(const char *name, const char *value, void *ret)
{
    const size_t size = strlen(value);
    struct day day = {.given = true, .ahead = value[0] == '+' || value[0] == '-'};
    int64_t count;
    bool good;
    if (day.ahead) {
        good =
            value[size - 1] == 'd' && read_number(value + 1, value + size - 1, MOST_DAYS, &count);
        day.count = good ? (int32_t)(value[0] == '-' ? -count : count) : 0;
    } else {
        good = ofp_date_parse(ofp_text_of(value), &day.count, NULL) == OFP_STATUS_OK;
    }
    if (good)
        *(struct day *)ret = day;
    else
        tell("--%s needs a date such as 2027-01-31, or days from now such as +30d, not \"%s\"",
             name, value);
    return good;
}

int32_t value_date(const struct day *day, const ofp_policy *policy, int64_t at)
{
    if (!day->given)
        return OFP_DATE_NONE;
    return day->ahead ? ofp_zone_local(ofp_policy_zone(policy), at).date + day->count : day->count;
}

bool value_read_duration(const char *name, const char *value, void *ret)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 60 * 60}, {'d', DAY}};
    const size_t size = strlen(value);
    for (size_t i = 0; size && i < sizeof units / sizeof *units; i++) {
        const int64_t most = (int64_t)MOST_DAYS * DAY / units[i].seconds;
        int64_t number;
        if (value[size - 1] == units[i].unit &&
            read_number(value, value + size - 1, most, &number)) {
            *(int64_t *)ret = number * units[i].seconds;
            return true;
        }
    }
    tell("--%s needs a time such as 30s, 10m, 2h or 1d, not \"%s\"", name, value);
    return false;
}

bool value_read_revision(const char *name, const char *value, void *ret)
{
    int64_t number;
    if (!read_number(value, value + strlen(value), INT32_MAX, &number) || number == 0) {
        tell("--%s needs a whole number from 1, not \"%s\"", name, value);
        return false;
    }
    *(int64_t *)ret = number;
    return true;
}

bool value_read_jobs(const char *name, const char *value, void *ret)
{
    int64_t number;
    if (!read_number(value, value + strlen(value), MOST_JOBS, &number) || number == 0) {
        tell("--%s needs a whole number from 1 to %d, not \"%s\"", name, MOST_JOBS, value);
        return false;
    }
    *(size_t *)ret = (size_t)number;
    return true;
}

/* The place of a word in a list that ends with NULL. @return -1: it is none, and that was told */
static int find_word(const char *name, const char *value, const char *const *words)
{
    struct nearest nearest = {.word = value};
    char list[256];
    size_t used = 0;
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], value) == 0)
            return i;
        nearest_try(&nearest, words[i]);
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                 i == 0         ? ""
                                 : words[i + 1] ? ", "
                                                : " or ",
                                 words[i]);
    }
    if (nearest.meant)
        tell("--%s needs %s, not \"%s\"; did you mean %s?", name, list, value, nearest.meant);
    else
        tell("--%s needs %s, not \"%s\"", name, list, value);
    return -1;
}

bool value_read_colour(const char *name, const char *value, void *ret)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    const int found = find_word(name, value, words);
    if (found >= 0)
        *(enum colour_choice *)ret = (enum colour_choice)found;
    return found >= 0;
}

bool value_read_state(const char *name, const char *value, void *ret)
{
    enum { STATES = OFP_MIGRATION_IS_MISSED + 1 };
    const char *words[STATES + 1] = {NULL};
    for (int i = 0; i < STATES; i++)
        words[i] = ofp_migration_state_name((ofp_migration_state)i);
    const int found = find_word(name, value, words);
    if (found >= 0)
        *(ofp_migration_state *)ret = (ofp_migration_state)found;
    return found >= 0;
}

bool value_read_outcome(const char *name, const char *value, void *ret)
{
    const char *const words[] = {ofp_outcome_name(OFP_OUTCOME_REACHED),
                                 ofp_outcome_name(OFP_OUTCOME_NOT_REACHED), NULL};
    const int found = find_word(name, value, words);
    if (found >= 0)
        *(ofp_outcome *)ret = (ofp_outcome)(found + OFP_OUTCOME_REACHED);
    return found >= 0;
}
