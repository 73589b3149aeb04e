/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What a store gives back: migrations, events of the audit log, actions for the host, logged
 * decisions. Records are plain structs inside an ofp_records, a copy that lives on its own: it
 * needs no store, and its texts live as long as it does. It is immutable: all threads may read it.
 *
 * Offerings and levels are names, as they were written: the store knows no policy.
 */
#ifndef OFFERPOLICY_RECORDS_H
#define OFFERPOLICY_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/buffer.h>
#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/instant.h>
#include <offerpolicy/request.h>
#include <offerpolicy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Some records. */
typedef struct ofp_records ofp_records;

/** What a migration is at some instant: its status, and what the clock says about its end. */
typedef enum ofp_migration_state {
    OFP_MIGRATION_ANY = -1,         /**< for filters: whatever it is */
    OFP_MIGRATION_IS_OPEN = 0,      /**< requested, and not past its end */
    OFP_MIGRATION_IS_LIVE = 1,      /**< approved, and not ended */
    OFP_MIGRATION_IS_REFUSED = 2,   /**< an approver said no */
    OFP_MIGRATION_IS_COMPLETED = 3, /**< the new offering was bought */
    OFP_MIGRATION_IS_CANCELLED = 4, /**< withdrawn while it was requested */
    OFP_MIGRATION_IS_ENDED = 5,     /**< approved, and past its end */
    OFP_MIGRATION_IS_MISSED = 6,    /**< requested, and past its end: nobody decided in time */
} ofp_migration_state;

/** How a completed migration came out. */
typedef enum ofp_outcome {
    OFP_OUTCOME_NONE = 0,        /**< not completed */
    OFP_OUTCOME_REACHED = 1,     /**< the goal was reached */
    OFP_OUTCOME_NOT_REACHED = 2, /**< it was not */
} ofp_outcome;

/** A migration. Texts that may be missing have no data then, instants are OFP_INSTANT_NONE. */
typedef struct ofp_migration_record {
    ofp_text id;                 /**< "M-" and a number */
    ofp_text org;                /**< the org's id */
    ofp_text org_name;           /**< its name when this was requested; may be missing */
    ofp_text from;               /**< name of the offering it moves from */
    ofp_text from_level;         /**< the level that it had bought of it */
    ofp_text to;                 /**< name of the offering it moves to */
    ofp_text level;              /**< the level that is promised */
    int32_t target_date;         /**< its last day */
    int64_t ends_at;             /**< first instant after it, fixed by the policy of that moment */
    int64_t forgotten_at;        /**< from when on it counts for nothing */
    ofp_migration_status status; /**< what was last done; see also ofp_migration_record_state() */
    int64_t revision;            /**< 1, and one more with each step */
    ofp_text owner;              /**< the accountable person */
    ofp_text reason, evidence;   /**< of the request; may be missing */
    ofp_text requested_by;       /**< who requested it */
    int64_t requested_at;        /**< and when */
    ofp_text decided_by;         /**< who approved or refused it; may be missing */
    int64_t decided_at;          /**< and when */
    int64_t changed_at;          /**< when the last step was taken */
    ofp_text closed_by;          /**< who completed, cancelled or ended it early; may be missing */
    int64_t closed_at;           /**< and when */
    ofp_outcome outcome;         /**< of a completed one */
    int32_t extensions;          /**< how often it was extended */
    ofp_text policy;             /**< name of the policy it was approved under; may be missing */
    ofp_text policy_revision;    /**< its revision; may be missing */
    ofp_text policy_digest;      /**< its digest; may be missing */
    bool settled;                /**< has its end, or its completion, been turned into actions? */
} ofp_migration_record;

/** What has happened. */
typedef enum ofp_event_kind {
    OFP_EVENT_REQUEST = 0,   /**< a migration was requested */
    OFP_EVENT_APPROVE = 1,   /**< approved */
    OFP_EVENT_REFUSE = 2,    /**< refused */
    OFP_EVENT_EXTEND = 3,    /**< given a later target date */
    OFP_EVENT_END = 4,       /**< ended early */
    OFP_EVENT_COMPLETE = 5,  /**< completed */
    OFP_EVENT_CANCEL = 6,    /**< withdrawn */
    OFP_EVENT_EXPIRE = 7,    /**< its end has passed, and a sweep saw it */
    OFP_EVENT_REMIND = 8,    /**< its owner was to be reminded */
    OFP_EVENT_CREATE = 9,    /**< the store was made */
    OFP_EVENT_PRUNE_LOG = 10 /**< logged decisions were forgotten */
} ofp_event_kind;

/** An event of the audit log. What may be missing has no data. */
typedef struct ofp_event {
    int64_t seq;                           /**< its place in the log, from 1 */
    int64_t at;                            /**< when */
    ofp_event_kind kind;                   /**< what */
    ofp_text actor;                        /**< who; missing where no person did it */
    ofp_text role;                         /**< in which role; may be missing */
    ofp_text reason;                       /**< why; may be missing */
    ofp_text key;                          /**< idempotency key of the step; may be missing */
    ofp_text policy, policy_digest;        /**< by which policy; may be missing */
    const ofp_migration_record *migration; /**< as it was afterwards; NULL: of the whole store */
    int32_t previous_date;                 /**< of an extension: the date before; OFP_DATE_NONE */
    ofp_text detail;                       /**< of the whole store: what was done, in words */
    char hash[65];                         /**< SHA-256 over this event and the one before it */
} ofp_event;

/** What the host shall do. */
typedef enum ofp_host_action_kind {
    OFP_HOST_ADD_TAG = 0,     /**< org.add_tag: put a tag on the org */
    OFP_HOST_REMOVE_TAG = 1,  /**< org.remove_tag: take a tag off the org */
    OFP_HOST_ADD_NOTE = 2,    /**< org.add_note: see ofp_notes_add() */
    OFP_HOST_REMOVE_NOTE = 3, /**< org.remove_note: see ofp_notes_remove() */
    OFP_HOST_ASK_OPS = 4,     /**< ops.request: hand the text to those who approve */
    OFP_HOST_REMIND = 5,      /**< owner.remind: send the text to the owner */
} ofp_host_action_kind;

/** Where an action stands. */
typedef enum ofp_host_action_state {
    OFP_HOST_PENDING = 0,   /**< the host has not acknowledged it */
    OFP_HOST_DONE = 1,      /**< it has */
    OFP_HOST_WITHDRAWN = 2, /**< it is no longer wanted: a later step needs the opposite */
} ofp_host_action_state;

/** An action for the host. */
typedef struct ofp_host_action {
    int64_t seq;               /**< its place in the order of actions */
    ofp_text key;              /**< the same on every listing, different for every other action */
    ofp_host_action_kind kind; /**< what to do */
    ofp_text migration;        /**< id of the migration it belongs to */
    ofp_text org;              /**< id of the org it is about */
    ofp_text tag;              /**< the tag to add or remove; no data for other actions */
    ofp_text text;             /**< the text of a note, request or reminder; or no data */
    ofp_text owner;            /**< whom to remind; no data for other actions */
    /**
     * The action must not be carried out if the org has an active paid entitlement for this
     * offering at this level at that time; no data: carry it out whatever the org has.
     */
    ofp_text unless_offering, unless_level;
    int64_t not_before; /**< not before this instant; OFP_INSTANT_NONE: now */
    int64_t created_at; /**< when the step was taken that caused it */
    ofp_host_action_state state;
    int32_t attempts;   /**< how often it failed */
    int64_t retry_at;   /**< after a failure: not before; else OFP_INSTANT_NONE */
    ofp_text problem;   /**< why it failed last; no data: it did not */
    int64_t settled_at; /**< when it was acknowledged or withdrawn; OFP_INSTANT_NONE: it was not */
} ofp_host_action;

/** A decision as it was logged. Documents are JSON. */
typedef struct ofp_logged_decision {
    int64_t seq;                    /**< its place in the log */
    int64_t at;                     /**< the instant that was decided for */
    ofp_text ticket;                /**< the ticket's id */
    ofp_text org;                   /**< the org's id; no data: there was none */
    ofp_text request;               /**< the request document, with the org's migrations */
    ofp_text decision;              /**< the decision document, without the texts of its actions */
    ofp_text policy_digest, tzdata; /**< by which policy and time zone data */
} ofp_logged_decision;

/** The migrations among the records. @param retcount how many there are */
OFP_API const ofp_migration_record *ofp_records_migrations(const ofp_records *records,
                                                           size_t *retcount);
/** The events among the records. @param retcount how many there are */
OFP_API const ofp_event *ofp_records_events(const ofp_records *records, size_t *retcount);
/** The actions among the records. @param retcount how many there are */
OFP_API const ofp_host_action *ofp_records_actions(const ofp_records *records, size_t *retcount);
/** The logged decisions among the records. @param retcount how many there are */
OFP_API const ofp_logged_decision *ofp_records_decisions(const ofp_records *records,
                                                         size_t *retcount);
/** Is there more behind them: another page of a list, or more work for a sweep? */
OFP_API bool ofp_records_more(const ofp_records *records);
/** Of a step: was it taken earlier with the same key, so that this is its first answer? */
OFP_API bool ofp_records_repeated(const ofp_records *records);
/** Frees records; takes NULL. @return NULL */
OFP_API ofp_records *ofp_records_free(ofp_records *records);

/** What a migration is at an instant. */
OFP_API ofp_migration_state ofp_migration_record_state(const ofp_migration_record *record,
                                                       int64_t at);

/** "open", "live", "refused", …; NULL for a number of none. */
OFP_API const char *ofp_migration_state_name(ofp_migration_state state);
/** "reached" or "not_reached"; NULL for OFP_OUTCOME_NONE. */
OFP_API const char *ofp_outcome_name(ofp_outcome outcome);
/** "request", "approve", …; NULL for a number of none. */
OFP_API const char *ofp_event_kind_name(ofp_event_kind kind);
/** "org.add_tag", …; NULL for a number of none. */
OFP_API const char *ofp_host_action_kind_name(ofp_host_action_kind kind);
/** "pending", "done" or "withdrawn"; NULL for a number of none. */
OFP_API const char *ofp_host_action_state_name(ofp_host_action_state state);

/**
 * Writes a migration as one line of JSON (without a line end), as doc/migrations.md describes it.
 * @param at the instant for its `state`
 */
OFP_API ofp_status ofp_migration_record_write_json(const ofp_migration_record *record, int64_t at,
                                                   ofp_buffer *buffer, ofp_error **reterr);
/** Writes an event as one line of JSON (without a line end). */
OFP_API ofp_status ofp_event_write_json(const ofp_event *event, ofp_buffer *buffer,
                                        ofp_error **reterr);
/** Writes an action as one line of JSON (without a line end). */
OFP_API ofp_status ofp_host_action_write_json(const ofp_host_action *action, ofp_buffer *buffer,
                                              ofp_error **reterr);
/** Writes a logged decision as one line of JSON (without a line end). */
OFP_API ofp_status ofp_logged_decision_write_json(const ofp_logged_decision *logged,
                                                  ofp_buffer *buffer, ofp_error **reterr);

/**
 * Puts the text of an org.add_note action at the end of an org's notes, between two marker lines
 * that carry the migration's id. If it is there already, its text is replaced. Lines end as in the
 * notes; a line of the text that looks like a marker is changed, so that it is none.
 * @param notes the org's notes as they are
 * @param migration its id; OFP_STATUS_MISUSE if it can't be one
 * @param buffer gets the notes as they shall be
 */
OFP_API ofp_status ofp_notes_add(ofp_text notes, ofp_text migration, ofp_text text,
                                 ofp_buffer *buffer, ofp_error **reterr);

/**
 * Takes what ofp_notes_add() put in out of an org's notes again: the markers and what is between
 * them, also what was written there by hand. All else stays, byte for byte. Without both markers
 * the notes stay as they are.
 * @param buffer gets the notes as they shall be
 */
OFP_API ofp_status ofp_notes_remove(ofp_text notes, ofp_text migration, ofp_buffer *buffer,
                                    ofp_error **reterr);

#ifdef __cplusplus
}
#endif

#endif
