/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Requests for explanations: written with names, as a document would, and decided by the policy of
 * the contract, or by one for odd cases.
 */
#ifndef OFP_TEST_EXPLAIN_CASES_H
#define OFP_TEST_EXPLAIN_CASES_H

#include <offerpolicy/offerpolicy.h>

enum { CASE_LISTS = 4 };

/** What an org has bought; an `offering` that is NULL ends the list. */
typedef struct case_entitlement {
    const char *offering, *level;
    const char *starts, *ends; /* dates, both inclusive; or NULL */
    bool hold;
} case_entitlement;

/** A migration; an `id` that is NULL ends the list. */
typedef struct case_migration {
    const char *id, *to, *level, *target_date;
    ofp_migration_status status;
} case_migration;

/** A case. What is left out is not given, but for `now` and `created`. */
typedef struct explain_case {
    const char *name;    /* of the file with what must come out */
    const char *now;     /* 2026-11-20T18:00:00Z */
    const char *created; /* as `now` */
    const char *ticket;  /* 4711 */
    const char *subject, *offering, *priority, *form;
    const char *tags[CASE_LISTS];
    bool no_org;
    const char *org_name, *org_tag;
    case_entitlement entitlements[CASE_LISTS];
    case_migration migrations[CASE_LISTS];
    const char *zone; /* to show instants in */
    bool colour, verbose;
    bool odd_policy; /* decided by the policy in the folder of the files */
} explain_case;

/** The cases. */
extern const explain_case explain_cases[];
extern const size_t explain_case_count;

/** A request that is made from a case, with what it points to. */
typedef struct case_request {
    ofp_request request;
    ofp_text tags[CASE_LISTS], org_tag;
    ofp_field_value form;
    ofp_entitlement entitlements[CASE_LISTS];
    ofp_migration migrations[CASE_LISTS];
} case_request;

/** Makes the request of a case. `ret` must stay where it is. */
void case_fill_request(const explain_case *from, const ofp_policy *policy, case_request *ret);

#endif
