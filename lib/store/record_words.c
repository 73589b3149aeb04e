/* SPDX-License-Identifier: MIT */
#include "record_words.h"

#include <inttypes.h>
#include <stdio.h>

#include "record_table.h"
#include "span.h"

const char *const ofp_status_words[] = {"requested", "approved",  "refused",
                                        "completed", "cancelled", NULL};
const char *const ofp_outcome_words[] = {"", "reached", "not_reached", NULL};
const char *const ofp_event_kind_words[] = {"request", "approve",  "refuse",    "extend",
                                            "end",     "complete", "cancel",    "expire",
                                            "remind",  "create",   "prune_log", NULL};
const char *const ofp_host_action_kind_words[] = {"org.add_tag",
                                                  "org.remove_tag",
                                                  "org.add_note",
                                                  "org.remove_note",
                                                  "ops.request",
                                                  "owner.remind",
                                                  NULL};
const char *const ofp_host_action_state_words[] = {"pending", "done", "withdrawn", NULL};
static const char *const migration_state_words[] = {"open",      "live",  "refused", "completed",
                                                    "cancelled", "ended", "missed",  NULL};

int ofp_words_find(ofp_words words, ofp_text word)
{
    for (int i = 0; words[i]; i++) {
        if (ofp_span_equal(ofp_text_of(words[i]), word))
            return i;
    }
    return -1;
}

static const char *name_of(ofp_words words, int number)
{
    for (int i = 0; words[i]; i++) {
        if (i == number)
            return words[i];
    }
    return NULL;
}

const char *ofp_migration_state_name(ofp_migration_state state)
{
    return name_of(migration_state_words, state);
}

const char *ofp_outcome_name(ofp_outcome outcome)
{
    return outcome == OFP_OUTCOME_NONE ? NULL : name_of(ofp_outcome_words, (int)outcome);
}

const char *ofp_event_kind_name(ofp_event_kind kind)
{
    return name_of(ofp_event_kind_words, (int)kind);
}

const char *ofp_host_action_kind_name(ofp_host_action_kind kind)
{
    return name_of(ofp_host_action_kind_words, (int)kind);
}

const char *ofp_host_action_state_name(ofp_host_action_state state)
{
    return name_of(ofp_host_action_state_words, (int)state);
}

ofp_migration_state ofp_migration_record_state(const ofp_migration_record *record, int64_t at)
{
    switch (record->status) {
    case OFP_MIGRATION_REQUESTED:
        return at < record->ends_at ? OFP_MIGRATION_IS_OPEN : OFP_MIGRATION_IS_MISSED;
    case OFP_MIGRATION_APPROVED:
        return at < record->ends_at ? OFP_MIGRATION_IS_LIVE : OFP_MIGRATION_IS_ENDED;
    case OFP_MIGRATION_REFUSED:
        return OFP_MIGRATION_IS_REFUSED;
    case OFP_MIGRATION_COMPLETED:
        return OFP_MIGRATION_IS_COMPLETED;
    default:
        return OFP_MIGRATION_IS_CANCELLED;
    }
}

void ofp_migration_id_format(int64_t number, char *ret)
{
    snprintf(ret, OFP_ID_SIZE, "M-%" PRId64, number);
}

int64_t ofp_migration_id_parse(ofp_text id)
{
    enum { MOST_DIGITS = 18 };
    int64_t number = 0;
    if (id.size < 3 || id.size > 2 + MOST_DIGITS || memcmp(id.data, "M-", 2) != 0 ||
        id.data[2] == '0')
        return 0;
    for (size_t i = 2; i < id.size; i++) {
        if (id.data[i] < '0' || id.data[i] > '9')
            return 0;
        number = number * 10 + (id.data[i] - '0');
    }
    return number;
}
