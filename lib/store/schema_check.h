/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Is a store's layout exactly what this version writes? Nothing of a file may be run before that
 * is known: a foreign trigger or view runs whatever it wants when a table is written or read.
 */
#ifndef OFP_SCHEMA_CHECK_H
#define OFP_SCHEMA_CHECK_H

#include "connection.h"
#include "report.h"

/** Reports each table, index, trigger and view that is missing, changed or too much. */
ofp_status ofp_schema_compare(ofp_store *store, const char *source, ofp_report *report,
                              ofp_error **reterr);

/** Fails with OFP_STATUS_CORRUPT if ofp_schema_compare() has anything to report. */
ofp_status ofp_schema_check(ofp_store *store, ofp_error **reterr);

#endif
