/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Random requests about the policy of tests/cases/contract, the same in every run.
 */
#ifndef OFP_BENCH_REQUESTS_H
#define OFP_BENCH_REQUESTS_H

#include <offerpolicy/offerpolicy.h>

#include "fixture.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What one request has: lists are of these sizes, but for an org that nobody knows. */
enum {
    REQUEST_TAGS = 5,
    REQUEST_ORG_TAGS = 2,
    REQUEST_ENTITLEMENTS = 3,
    REQUEST_MIGRATIONS = 2,
    REQUEST_TEXT = 16,
};

/** The dates of an entitlement as people write them; OFP_DATE_NONE: unbounded. */
typedef struct entitlement_dates {
    int32_t starts, ends;
} entitlement_dates;

/** A request and all that it borrows. */
typedef struct sample_request {
    ofp_request request;
    ofp_text tags[REQUEST_TAGS], org_tags[REQUEST_ORG_TAGS];
    ofp_field_value form;
    ofp_entitlement entitlements[REQUEST_ENTITLEMENTS];
    entitlement_dates dates[REQUEST_ENTITLEMENTS]; /* what the entitlements' bounds are made of */
    ofp_migration migrations[REQUEST_MIGRATIONS];
    char ticket[REQUEST_TEXT], org[REQUEST_TEXT], migration_ids[REQUEST_MIGRATIONS][REQUEST_TEXT];
} sample_request;

/** How requests tell the ticket's offering. */
typedef enum offering_style {
    OFFERING_MIXED,    /* by name, by the field `form`, or not at all */
    OFFERING_EXPLICIT, /* always by name */
} offering_style;

/**
 * Makes requests without texts. Every verdict that can be had gets about as many of them.
 * @param policy must be the contract's
 * @return `count` of them, which the caller frees
 */
sample_request *requests_make(const ofp_policy *policy, size_t count, offering_style style);

/**
 * Writes a request as one line of JSON without the line end.
 * @param number goes into the ticket's id and chooses the texts
 * @param size the line gets about as many bytes by way of its description
 */
void request_write_json(const ofp_policy *policy, const sample_request *sample, size_t number,
                        size_t size, fixture_text *text);

#ifdef __cplusplus
}
#endif

#endif
