/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What all sections of a policy file share while they are compiled: the policy that is filled, the
 * report that mistakes go into, and the names that are declared.
 *
 * Work goes on after a mistake, so that one run reports them all. A function that reads a node
 * returns false (or NULL, or -1) after it has reported what is wrong with it; its caller then says
 * nothing more about it. Running out of memory is noted in the report and found at the end.
 */
#ifndef OFP_COMPILER_H
#define OFP_COMPILER_H

#include <stdbool.h>
#include <stdint.h>

#include "tables.h"
#include "yaml_tree.h"

/** Names that one part of the file declares and others use. */
typedef struct ofp_declared {
    ofp_names *names;
    const char *what; /* "level" */
    bool incomplete;  /* a mistake may have kept names out: unknown ones are not reported */
} ofp_declared;

/** What the warnings need of an SLA rule beside its tables. */
typedef struct ofp_rule_source {
    const ofp_yaml_node *node;                 /* where the rule's id stands */
    const ofp_condition *when;                 /* NULL: it always holds */
    const ofp_yaml_node *const *const *within; /* by target and priority: its duration */
} ofp_rule_source;

/** A time zone that was asked for. */
typedef struct ofp_zone_entry {
    const ofp_zone *zone; /* NULL: it can't be loaded */
    const char *problem;  /* why */
} ofp_zone_entry;

typedef struct ofp_compiler {
    ofp_policy *policy;
    ofp_report *report; /* the policy's, which keeps the warnings */
    const char *source;
    const char *zone_directory; /* NULL: the default one */
    bool jit;                   /* patterns become machine code */
    ofp_arena scratch;          /* for what is no longer needed when the policy is complete */

    ofp_declared levels, priorities, offerings, calendars, fields;
    ofp_declared *values;                    /* by field */
    const ofp_yaml_node *const *level_nodes; /* by level: where it is declared */

    ofp_names zone_names;
    struct {
        ofp_zone_entry *items;
        size_t count, capacity;
    } zones; /* by zone name */

    ofp_rule_source *sla_sources; /* by SLA rule */
} ofp_compiler;

/** Limits that keep the memory of tables in bounds; each is far beyond what people can oversee. */
enum {
    OFP_MOST_LEVELS = 64,
    OFP_MOST_PRIORITIES = 64,
    OFP_MOST_OFFERINGS = 1000,
    OFP_MOST_FIELDS = 1000,
    OFP_MOST_VALUES = 100000,
    OFP_MOST_RULES = 20000,             /* of each list of rules */
    OFP_MOST_PATTERNS = 2000,           /* with OFP_MOST_WEIGHT, so that no sum overflows */
    OFP_MOST_PATTERN_SIZE = 256 * 1024, /* bytes of all patterns */
    OFP_MOST_PATTERN_RANGE = 100000000, /* characters of all ranges in them */
    OFP_MOST_WEIGHT = 1000000,
    OFP_MOST_NAME_SIZE = 255,
    OFP_MOST_MESSAGE_SIZE = 65536,
};

/** Reports a mistake (or a warning) at a node. @param node NULL: at no place in particular */
void ofp_compiler_report(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_code code,
                         const char *format, ...) OFP_PRINTF(4, 5);

/** Are as many mistakes kept as can be? What takes long only to say more is then left out. */
bool ofp_compiler_is_full(const ofp_compiler *compiler);

/** Notes that memory ran out. @return NULL */
void *ofp_compiler_no_memory(ofp_compiler *compiler);

/** Memory that lives as long as the policy; NULL: out of memory (noted). */
void *ofp_compiler_alloc(ofp_compiler *compiler, size_t count, size_t size);

/** Memory that lives until the policy is complete; NULL: out of memory (noted). */
void *ofp_compiler_scratch(ofp_compiler *compiler, size_t count, size_t size);

/** A copy of a text that lives as long as the policy; NULL: out of memory (noted). */
const char *ofp_compiler_copy(ofp_compiler *compiler, ofp_text text);

#endif
