/* SPDX-License-Identifier: MIT */
#include "logged.h"

#include <inttypes.h>
#include <stdio.h>

#include "prose.h"
#include "tell.h"

int logged_walk(ofp_store *store, const struct arguments *arguments, logged_visitor *visit,
                void *context)
{
    ofp_log_filter filter = OFP_LOG_FILTER_INIT;
    filter.ticket = ofp_text_of(arguments->ticket);
    filter.org = ofp_text_of(arguments->org);
    filter.since = arguments->since;
    filter.until = arguments->until;
    int status = EXIT_DONE;
    for (bool more = true; more && status == EXIT_DONE;) {
        ofp_records *records;
        ofp_error *error;
        if (ofp_store_log(store, &filter, &records, &error) != OFP_STATUS_OK)
            return tell_failure(error);
        size_t count;
        const ofp_logged_decision *decisions = ofp_records_decisions(records, &count);
        status = visit(decisions, count, context);
        filter.after = count ? decisions[count - 1].seq : filter.after;
        more = ofp_records_more(records);
        ofp_records_free(records);
    }
    return status;
}

void logged_print_name(const ofp_logged_decision *logged)
{
    printf("Decision %" PRId64 " for ", logged->seq);
    prose_instant(stdout, logged->at);
    fputs(": ticket ", stdout);
    prose_text(stdout, logged->ticket);
    if (logged->org.data) {
        fputs(" of org ", stdout);
        prose_text(stdout, logged->org);
    }
}
