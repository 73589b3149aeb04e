/* SPDX-License-Identifier: MIT */
/* Stands for the prefilter where the library is built without Vectorscan. */
#include "prefilter.h"

#include "failure.h"

ofp_status ofp_prefilter_new(const ofp_pattern *const *patterns, size_t count, ofp_prefilter **ret,
                             ofp_error **reterr)
{
    (void)patterns;
    (void)count;
    *ret = NULL;
    return ofp_succeed(reterr);
}

ofp_prefilter *ofp_prefilter_unref(ofp_prefilter *prefilter)
{
    (void)prefilter;
    return NULL;
}

ofp_scanner *ofp_scanner_new(void)
{
    return NULL;
}

ofp_scanner *ofp_scanner_free(ofp_scanner *scanner)
{
    (void)scanner;
    return NULL;
}

bool ofp_prefilter_scan(ofp_prefilter *prefilter, ofp_scanner *scanner, ofp_text text,
                        ofp_candidates *ret)
{
    (void)prefilter;
    (void)scanner;
    (void)text;
    (void)ret;
    return false;
}
