/* SPDX-License-Identifier: MIT */
#include "compound.h"

ofp_status ofp_facts_add_reading(ofp_facts *facts, const ofp_policy *policy,
                                 const ofp_reading *reading, ofp_error **reterr)
{
    return ofp_facts_add(facts, policy, ofp_reading_request(reading), reterr);
}

ofp_status ofp_store_decide(ofp_store *store, const ofp_policy *policy, const ofp_reading *reading,
                            bool log, bool log_texts, ofp_decision **ret, ofp_error **reterr)
{
    const ofp_desk_options options = {.size = sizeof options, .log = log, .log_texts = log_texts};
    const ofp_decision *decision;
    ofp_desk *desk;
    ofp_status status = ofp_desk_new(store, policy, &options, &desk, reterr);
    if (status)
        return status;
    status = ofp_desk_decide(desk, ofp_reading_request(reading), &decision, reterr);
    if (!status)
        status = ofp_decision_copy(decision, ret, reterr);
    ofp_desk_free(desk);
    return status;
}

/* For an index that no record has there is nothing to write. */
static ofp_status write_nothing(ofp_error **reterr)
{
    *reterr = NULL;
    return OFP_STATUS_OK;
}

ofp_status ofp_store_compare(ofp_store *store, const ofp_policy *policy, const ofp_records *records,
                             size_t index, const ofp_decision *decision, ofp_buffer *buffer,
                             ofp_error **reterr)
{
    size_t count;
    const ofp_logged_decision *logged = ofp_records_decisions(records, &count);
    if (index >= count)
        return write_nothing(reterr);
    bool same;
    ofp_desk *desk;
    ofp_status status = ofp_desk_new(store, policy, NULL, &desk, reterr);
    if (status)
        return status;
    status = ofp_desk_compare(desk, &logged[index], decision, buffer, &same, reterr);
    ofp_desk_free(desk);
    return status;
}

/* --- records ---------------------------------------------------------------------------------- */

size_t ofp_records_migration_count(const ofp_records *records)
{
    size_t count;
    ofp_records_migrations(records, &count);
    return count;
}

size_t ofp_records_event_count(const ofp_records *records)
{
    size_t count;
    ofp_records_events(records, &count);
    return count;
}

size_t ofp_records_action_count(const ofp_records *records)
{
    size_t count;
    ofp_records_actions(records, &count);
    return count;
}

size_t ofp_records_decision_count(const ofp_records *records)
{
    size_t count;
    ofp_records_decisions(records, &count);
    return count;
}

ofp_status ofp_records_write_migration(const ofp_records *records, size_t index, int64_t at,
                                       ofp_buffer *buffer, ofp_error **reterr)
{
    size_t count;
    const ofp_migration_record *items = ofp_records_migrations(records, &count);
    return index < count ? ofp_migration_record_write_json(&items[index], at, buffer, reterr)
                         : write_nothing(reterr);
}

ofp_status ofp_records_write_event(const ofp_records *records, size_t index, ofp_buffer *buffer,
                                   ofp_error **reterr)
{
    size_t count;
    const ofp_event *items = ofp_records_events(records, &count);
    return index < count ? ofp_event_write_json(&items[index], buffer, reterr)
                         : write_nothing(reterr);
}

ofp_status ofp_records_write_action(const ofp_records *records, size_t index, ofp_buffer *buffer,
                                    ofp_error **reterr)
{
    size_t count;
    const ofp_host_action *items = ofp_records_actions(records, &count);
    return index < count ? ofp_host_action_write_json(&items[index], buffer, reterr)
                         : write_nothing(reterr);
}

ofp_status ofp_records_write_decision(const ofp_records *records, size_t index, ofp_buffer *buffer,
                                      ofp_error **reterr)
{
    size_t count;
    const ofp_logged_decision *items = ofp_records_decisions(records, &count);
    return index < count ? ofp_logged_decision_write_json(&items[index], buffer, reterr)
                         : write_nothing(reterr);
}
