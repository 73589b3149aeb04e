/* SPDX-License-Identifier: MIT */
#include <offerpolicy/store.h>

#include <inttypes.h>
#include <string.h>

#include "checkup.h"
#include "schema_check.h"
#include "span.h"

typedef ofp_status (*checkup_part)(ofp_checkup *checkup, ofp_error **reterr);

void ofp_checkup_add(ofp_checkup *checkup, ofp_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    ofp_report_vadd(&checkup->report, (ofp_place){.source = checkup->source},
                    checkup->imported ? OFP_CODE_IMPORT_INCONSISTENT : code, format, arguments);
    va_end(arguments);
}

static ofp_status check_schema(ofp_checkup *checkup, ofp_error **reterr)
{
    return ofp_schema_compare(checkup->store, checkup->source, &checkup->report, reterr);
}

static bool is_fine(ofp_text text)
{
    return ofp_span_is_utf8(text) && (!text.size || !memchr(text.data, '\0', text.size));
}

void ofp_checkup_texts(ofp_checkup *checkup, const ofp_query *query, const char *what)
{
    const int count = sqlite3_data_count(query->statement);
    int column = 0;
    while (column < count && is_fine(ofp_query_text(query, column)))
        column++;
    if (column < count)
        ofp_checkup_add(checkup, OFP_CODE_STORE_INCONSISTENT,
                        "%s %" PRId64 " has a text that is not valid UTF-8, or has a zero byte",
                        what, ofp_query_integer(query, 0));
}

ofp_status ofp_checkup_take(ofp_checkup *checkup, ofp_status status, ofp_error *error,
                            ofp_error **reterr)
{
    if (status == OFP_STATUS_CORRUPT) {
        ofp_checkup_add(checkup, ofp_error_first(error)->code, "%s", ofp_error_message(error));
        ofp_error_free(error);
        return ofp_succeed(reterr);
    }
    if (reterr)
        *reterr = error;
    else
        ofp_error_free(error);
    return status;
}

/*
 * What is wrong in the layout or in the file's pages makes it pointless, and with a file that was
 * made wrong on purpose endless, to walk through the records.
 */
static const struct {
    checkup_part run;
    bool needs_sound;    /* nothing may have been found before it */
    bool needs_readable; /* all events have records that can be read */
} parts[] = {
    {check_schema},
    {ofp_checkup_file, .needs_sound = true},
    {ofp_checkup_chain, .needs_sound = true},
    {ofp_checkup_events},
    {ofp_checkup_lives, .needs_readable = true},
    {ofp_checkup_migrations, .needs_readable = true},
    {ofp_checkup_actions},
    {ofp_checkup_decisions},
};

static ofp_status run_parts(ofp_checkup *checkup, ofp_error **reterr)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].needs_sound && checkup->report.error_count)
            break;
        if (parts[i].needs_readable && checkup->unreadable)
            continue;
        ofp_error *error = NULL;
        ofp_status status = parts[i].run(checkup, &error);
        status = ofp_checkup_take(checkup, status, error, reterr);
        if (status)
            return status;
    }
    return ofp_succeed(reterr);
}

ofp_status ofp_checkup_run(ofp_store *store, const char *source, bool imported, ofp_error **reterr)
{
    ofp_checkup checkup = {.store = store, .source = source, .imported = imported};
    ofp_status status = run_parts(&checkup, reterr);
    if (!status && (checkup.report.error_count || checkup.report.failed))
        status = ofp_report_fail(&checkup.report, reterr);
    ofp_report_free(&checkup.report);
    return status;
}

ofp_status ofp_store_check(ofp_store *store, ofp_error **reterr)
{
    ofp_status status = ofp_store_begin_read(store, reterr);
    if (status)
        return status;
    status = ofp_checkup_run(store, sqlite3_db_filename(store->db, "main"), false, reterr);
    return ofp_store_finish(store, status, reterr);
}
