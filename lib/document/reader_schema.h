/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What documents look like, as tables: one for each object, one line ("slot") for each place where
 * a value belongs. The reader walks them and knows nothing else about requests or questions.
 */
#ifndef OFP_READER_SCHEMA_H
#define OFP_READER_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/reader.h>

/** What a value is. */
typedef enum ofp_type {
    OFP_TYPE_OBJECT,
    OFP_TYPE_LIST,
    OFP_TYPE_TEXT,
    OFP_TYPE_INTEGER,
    OFP_TYPE_BOOLEAN,
    OFP_TYPE_NULL,         /* these two are never what is expected */
    OFP_TYPE_OTHER_NUMBER, /* not whole, or too large */
} ofp_type;

typedef struct ofp_slot ofp_slot;
typedef struct ofp_object ofp_object;

/**
 * What becomes of a text.
 * @param target what the slot's object is read into
 * @return what ofp_reader_mistake() returns, if the text is not right
 */
typedef ofp_status ofp_take(ofp_reader *reader, const ofp_slot *slot, void *target, ofp_text text);

/** Names that documents may use and that no policy declares. */
typedef struct ofp_words {
    const ofp_text *items;
    size_t count;
} ofp_words;

/** A place where a value belongs. */
struct ofp_slot {
    ofp_text name; /* the key; empty for members of lists and for whole documents */
    ofp_type type;
    bool nullable;            /* null may stand here and means that nothing does */
    size_t offset;            /* of the value in its object's target; of a list in the reader */
    uint64_t limit;           /* the most bytes of a text, or the largest number; 0 is the least */
    ofp_take *take;           /* of a text */
    const char *noun;         /* of a name: what it names, such as "level" */
    size_t names;             /* of a policy's name: where the policy has them (ofp_names) */
    const ofp_words *words;   /* of another name: all that there are */
    const ofp_object *object; /* of an object */
    const ofp_slot *item;     /* of a list: what its members are */
};

/** An object. */
struct ofp_object {
    const ofp_slot *slots;
    size_t slot_count;     /* at most 32 */
    size_t required_count; /* so many of the first slots must be filled */
    /** Tells what the object is read into. @return NULL: out of memory */
    void *(*begin)(ofp_reader *reader);
    /** Checks what only the whole object tells. May be NULL */
    ofp_status (*end)(ofp_reader *reader, void *target);
    /**
     * Finds the slot of a key that only the policy knows. May be NULL
     * @return NULL: a mistake was reported
     */
    const ofp_slot *(*find)(ofp_reader *reader, ofp_text key);
};

/* Pieces of a line in a table of slots. */
#define OFP_SLOT_KEY(string) .name = {string, sizeof(string) - 1}
#define OFP_SLOT_TEXT(function, most) .type = OFP_TYPE_TEXT, .take = (function), .limit = (most)
#define OFP_SLOT_NAME(what, table) \
    OFP_SLOT_TEXT(ofp_take_name, OFP_NAME_LIMIT), .noun = (what), \
                                                  .names = offsetof(struct ofp_policy, table)
#define OFP_SLOT_WORD(what, list) \
    OFP_SLOT_TEXT(ofp_take_word, OFP_NAME_LIMIT), .noun = (what), .words = (list)
#define OFP_SLOT_OBJECT(schema) .type = OFP_TYPE_OBJECT, .object = (schema)
#define OFP_SLOT_LIST(member) .type = OFP_TYPE_LIST, .item = (member)
#define OFP_SLOT_INTO(target, member) .offset = offsetof(target, member)

/** How many lines a table has. */
#define OFP_SLOT_COUNT(slots) (sizeof(slots) / sizeof *(slots))

/** A request document. */
extern const ofp_slot ofp_request_slot;

/** A document that is read for what its org has: of a request, only the org is required. */
extern const ofp_slot ofp_facts_slot;

/** An entitlement in it. */
extern const ofp_slot ofp_entitlement_slot;

/** A calendar question. */
extern const ofp_slot ofp_question_slot;

/* What can be done with a text. */
ofp_take ofp_take_text;    /* keep it (ofp_text) */
ofp_take ofp_take_member;  /* append it to the target, an ofp_text_list */
ofp_take ofp_take_name;    /* find it in the policy (int32_t) */
ofp_take ofp_take_word;    /* find it among the slot's words (int) */
ofp_take ofp_take_instant; /* read it as an instant (int64_t) */
ofp_take ofp_take_date;    /* read it as a date (int32_t) */

#endif
