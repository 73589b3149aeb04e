/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reading nodes as what a policy expects in their place: a mapping with known keys, a list, a
 * text, a number. What is something else is reported, with what belongs there.
 */
#ifndef OFP_NODE_READER_H
#define OFP_NODE_READER_H

#include "compiler.h"

/** A key that a mapping may have. */
typedef struct ofp_key {
    const char *name;
    bool required;
} ofp_key;

/** The most keys that ofp_read_mapping() takes. */
enum { OFP_MOST_KEYS = 16 };

/**
 * Reads a mapping with known keys; reports unknown and missing ones (but not one as missing that
 * is probably there, misspelt).
 * @param keys what is known here
 * @param count how many, at most OFP_MOST_KEYS
 * @param retvalues by key: its value, or NULL where it does not stand
 * @return false: the node is no mapping at all, `retvalues` are all NULL. After other mistakes
 *         the values that are there can be read
 */
bool ofp_read_mapping(ofp_compiler *compiler, const ofp_yaml_node *node, const ofp_key *keys,
                      size_t count, const ofp_yaml_node **retvalues);

/** Is it a mapping? If not, reports it. */
bool ofp_expect_mapping(ofp_compiler *compiler, const ofp_yaml_node *node);

/**
 * Is it a list of at most so many members? If not, reports it.
 * @param what the members are, in the plural
 */
bool ofp_expect_list(ofp_compiler *compiler, const ofp_yaml_node *node, size_t most,
                     const char *what);

/** As ofp_expect_list(), but an empty list is a mistake, too. */
bool ofp_expect_members(ofp_compiler *compiler, const ofp_yaml_node *node, size_t most,
                        const char *what);

/** Has the mapping at least one and at most so many pairs? If not, reports it. */
bool ofp_expect_pairs(ofp_compiler *compiler, const ofp_yaml_node *node, size_t most,
                      const char *what);

/** Reads a text: any scalar but a plain null. */
bool ofp_read_text(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_text *ret);

/** Reads a text that can stand for something: not empty, not too long, without control characters.
 */
bool ofp_read_name(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_text *ret);

/** Reads a whole number from `least` to `most`. */
bool ofp_read_integer(ofp_compiler *compiler, const ofp_yaml_node *node, int32_t least,
                      int32_t most, int32_t *ret);

/** Reads true or false. */
bool ofp_read_boolean(ofp_compiler *compiler, const ofp_yaml_node *node, bool *ret);

/** Is it a scalar that stands for nothing: null, ~, or no character at all? */
bool ofp_node_is_null(const ofp_yaml_node *node);

/** Reports a node of the wrong type. @param expected "a list" */
void ofp_report_type(ofp_compiler *compiler, const ofp_yaml_node *node, const char *expected);

#endif
