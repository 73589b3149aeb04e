/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A reader in the middle of a document, and how its parts report mistakes.
 */
#ifndef OFP_READER_STATE_H
#define OFP_READER_STATE_H

#include "names.h"
#include "question.h"
#include "reader_schema.h"

/** An object or list that has begun and not ended. */
typedef struct ofp_frame {
    const ofp_object *object; /* NULL: a list, or the document itself */
    const ofp_slot *item;     /* of a list: what its members are */
    void *target;             /* what it is read into */
    ofp_text key;             /* of an object: the last key; borrowed */
    size_t index;             /* of a list: of its next member; of an object: the slot that is
                                 probably named next */
    uint32_t seen;            /* of an object: which of its slots have been named, a bit each */
} ofp_frame;

/** The document itself, and as many levels as the schemas have: list, object, list. */
enum { OFP_READER_DEPTH = 4 };

typedef struct ofp_text_list {
    ofp_text *items;
    size_t count, capacity;
} ofp_text_list;

typedef struct ofp_entitlement_list {
    ofp_entitlement *items;
    size_t count, capacity;
} ofp_entitlement_list;

typedef struct ofp_migration_list {
    ofp_migration *items;
    size_t count, capacity;
} ofp_migration_list;

typedef struct ofp_field_list {
    ofp_field_value *items;
    size_t count, capacity;
    uint64_t *seen; /* which fields have been named, a bit each */
    size_t seen_capacity;
} ofp_field_list;

struct ofp_reader {
    const ofp_policy *policy;
    const ofp_slot *root; /* what the document is; NULL: none has begun */
    const ofp_slot *slot; /* what the next value is; NULL: none belongs here */
    ofp_frame frames[OFP_READER_DEPTH];
    ofp_frame *frame;  /* the innermost one */
    ofp_status status; /* of the first failure, which everything after it repeats */
    ofp_error *error;

    ofp_request request;
    ofp_text_list tags, org_tags;
    ofp_field_list fields;
    int32_t field; /* whose value comes next */
    ofp_entitlement_list entitlements;
    ofp_text starts, ends; /* of the entitlement that is being read, as they were written */
    ofp_migration_list migrations;

    ofp_question question;
    ofp_period *periods; /* room for the answer */
    size_t period_capacity;
};

/** Reports a mistake in the value that is due, or in the last key. @return its status */
ofp_status ofp_reader_mistake(ofp_reader *reader, ofp_code code, const char *format, ...)
    OFP_PRINTF(3, 4);

/** Reports a mistake of the innermost object or list as a whole. @return its status */
ofp_status ofp_reader_mistake_around(ofp_reader *reader, ofp_code code, const char *format, ...)
    OFP_PRINTF(3, 4);

/** Reports that the program calls events in an order that no document has. @return the status */
ofp_status ofp_reader_misuse(ofp_reader *reader, const char *what);

/** Reports that the memory is out. @return OFP_STATUS_NO_MEMORY */
ofp_status ofp_reader_no_memory(ofp_reader *reader);

/** Reports a name that nobody knows, with the one that was probably meant or with all of them. */
ofp_status ofp_reader_unknown(ofp_reader *reader, ofp_code code, const char *noun, ofp_text name,
                              ofp_words known);

/** Reports a key that stands twice in its object. */
ofp_status ofp_reader_duplicate(ofp_reader *reader, ofp_text key);

/** Reports which keys must be in the innermost object and are not. */
ofp_status ofp_reader_missing_keys(ofp_reader *reader);

/** Reports a value of the wrong type. */
ofp_status ofp_reader_wrong_type(ofp_reader *reader, ofp_type type);

#endif
