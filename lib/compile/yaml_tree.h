/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A YAML document as a tree of nodes that know their places. The part of YAML that policies use:
 * one document; anchors and aliases; no tags, no merge keys, every key a text of its own.
 */
#ifndef OFP_YAML_TREE_H
#define OFP_YAML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report.h"

/** How deep collections may nest; code that walks a tree by recursion relies on it. */
enum { OFP_YAML_MOST_DEPTH = 64 };

/** How many nodes aliases may stand for, each alias counted with all that is below it. */
enum { OFP_YAML_MOST_ALIASED = 100000 };

typedef enum ofp_yaml_kind {
    OFP_YAML_SCALAR,
    OFP_YAML_LIST,
    OFP_YAML_MAPPING,
} ofp_yaml_kind;

/** A node; several parents share one that an alias names. Its place is where it is written. */
typedef struct ofp_yaml_node ofp_yaml_node;
struct ofp_yaml_node {
    ofp_yaml_kind kind;
    bool plain;            /* a scalar without quotes */
    bool open;             /* its end has not been read; never true in a finished tree */
    uint8_t height;        /* levels of collections, itself included */
    uint32_t line, column; /* from 1; columns count characters */
    uint32_t weight;       /* nodes, itself included, with aliases expanded */
    ofp_text text;         /* of a scalar; terminated */
    const ofp_yaml_node *const *children; /* of a mapping: key, value, key, value … */
    size_t count;                         /* members of a list, pairs of a mapping */
};

/** Key number `i` of a mapping: a scalar, and different from the others. */
static inline const ofp_yaml_node *ofp_yaml_key(const ofp_yaml_node *mapping, size_t i)
{
    return mapping->children[2 * i];
}

/** The value that belongs to ofp_yaml_key(). */
static inline const ofp_yaml_node *ofp_yaml_value(const ofp_yaml_node *mapping, size_t i)
{
    return mapping->children[2 * i + 1];
}

/** Order of places in the file, as qsort() wants it. */
static inline int ofp_yaml_compare_places(const ofp_yaml_node *a, const ofp_yaml_node *b)
{
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

/**
 * Reads a document.
 * @param report its `text` is what is read and must live as long as the report is written to.
 *        Mistakes go in here: a syntax error alone, others with all that follow
 * @param source the file's name, for messages
 * @param arena where the tree lives
 * @return the root; NULL: nothing more can be said about the document than was reported
 */
const ofp_yaml_node *ofp_yaml_read(ofp_report *report, const char *source, ofp_arena *arena);

#endif
