/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Records in memory: how an ofp_records is filled.
 */
#ifndef OFP_RECORD_TABLE_H
#define OFP_RECORD_TABLE_H

#include <offerpolicy/records.h>

#include "arena.h"

struct ofp_records {
    ofp_arena arena; /* all texts */
    struct {
        ofp_migration_record *items;
        size_t count, capacity;
    } migrations;
    struct {
        ofp_event *items;
        size_t count, capacity;
    } events;
    struct {
        ofp_host_action *items;
        size_t count, capacity;
    } actions;
    struct {
        ofp_logged_decision *items;
        size_t count, capacity;
    } decisions;
    bool more, repeated;
};

/** Makes empty records. @return NULL: out of memory */
ofp_records *ofp_records_new(void);

/** Empties records and keeps their memory for the next use. */
void ofp_records_reset(ofp_records *records);

/* These four copy a record with all its texts. @return false: out of memory */
bool ofp_records_add_migration(ofp_records *records, const ofp_migration_record *record);
bool ofp_records_add_event(ofp_records *records, const ofp_event *event);
bool ofp_records_add_action(ofp_records *records, const ofp_host_action *action);
bool ofp_records_add_decision(ofp_records *records, const ofp_logged_decision *decision);

/** A migration's id as people write it. @param ret at least OFP_ID_SIZE bytes */
void ofp_migration_id_format(int64_t number, char *ret);
enum { OFP_ID_SIZE = 24 };

/** Reads an id: "M-", digits without a leading zero. @return 0: it is none */
int64_t ofp_migration_id_parse(ofp_text id);

#endif
