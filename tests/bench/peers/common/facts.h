/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Reads the lines of facts.ndjson (see inputs.py) into requests, with simdjson.
 */
#ifndef OFP_BENCH_FACTS_H
#define OFP_BENCH_FACTS_H

#include <offerpolicy/offerpolicy.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { FACTS_TAGS = 8, FACTS_ORG_TAGS = 2, FACTS_ENTITLEMENTS = 4, FACTS_MIGRATIONS = 3 };

/** A request and the lists that it borrows. */
typedef struct facts {
    ofp_request request;
    ofp_text tags[FACTS_TAGS], org_tags[FACTS_ORG_TAGS];
    ofp_field_value form;
    ofp_entitlement entitlements[FACTS_ENTITLEMENTS];
    ofp_migration migrations[FACTS_MIGRATIONS];
} facts;

/** A parser, for one document at a time. */
typedef struct facts_parser facts_parser;

facts_parser *facts_parser_new(void);

void facts_parser_free(facts_parser *parser);

/**
 * Reads one line; the program ends if it is not what inputs.py writes.
 * @param line is followed by 64 readable bytes
 * @param ret its texts are borrowed from `parser` until its next use
 */
void facts_read(facts_parser *parser, ofp_text line, facts *ret);

/** Reads all lines of a file. @return `*retcount` of them, which live until the program ends */
facts *facts_read_all(const char *path, size_t *retcount);

#ifdef __cplusplus
}
#endif

#endif
