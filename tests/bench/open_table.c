/* SPDX-License-Identifier: MIT */
#include "open_table.h"

#include <stdlib.h>

#include "fixture.h"

/* So many intervals lie within what one search can reach. */
enum { HINT_SHIFT = 17, BATCH = 512 };

static const size_t hint_count = (size_t)(OFP_INSTANT_END >> HINT_SHIFT) + 1;

/* Asks for the next intervals. @return where to go on; OFP_INSTANT_END or later: nowhere */
static int64_t add_batch(open_table *table, const ofp_calendar *calendar, int64_t start)
{
    size_t count;
    ofp_error *error;
    table->periods = realloc(table->periods, (table->count + BATCH + 1) * sizeof(ofp_period));
    ofp_period *added = table->periods + table->count;
    const ofp_status status = ofp_calendar_periods(calendar, start, BATCH, added, &count, &error);
    fixture_require(status, error, "ofp_calendar_periods()");
    table->count += count;
    return count == BATCH ? added[count - 1].to : OFP_INSTANT_END;
}

static void add_hints(open_table *table)
{
    size_t period = 0;
    table->hints = fixture_alloc(hint_count, sizeof *table->hints);
    for (size_t i = 0; i < hint_count; i++) {
        while (period < table->count && table->periods[period].to <= (int64_t)(i << HINT_SHIFT))
            period++;
        table->hints[i] = (uint32_t)period;
    }
}

open_table open_table_make(const ofp_calendar *calendar)
{
    open_table table = {0};
    int64_t start = OFP_INSTANT_MIN;
    while (start < OFP_INSTANT_END)
        start = add_batch(&table, calendar, start);
    while (table.count && table.periods[table.count - 1].from >= OFP_INSTANT_END)
        table.count--;
    table.periods[table.count] = (ofp_period){INT64_MAX / 4, INT64_MAX / 2};
    add_hints(&table);
    return table;
}

void open_table_release(open_table *table)
{
    free(table->periods);
    free(table->hints);
    *table = (open_table){0};
}

int64_t open_table_due(const open_table *table, int64_t start, int64_t seconds)
{
    if (seconds == 0)
        return start;
    const ofp_period *period = table->periods + table->hints[start >> HINT_SHIFT];
    while (period->to <= start)
        period++;
    int64_t from = start > period->from ? start : period->from;
    while (seconds > period->to - from) {
        seconds -= period->to - from;
        from = (++period)->from;
    }
    return from + seconds;
}
