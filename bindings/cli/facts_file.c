/* SPDX-License-Identifier: MIT */
#include "facts_file.h"

#include <string.h>
#include <unistd.h>

#include <offerpolicy/json.h>

#include "diagnostics.h"
#include "framer.h"
#include "tell.h"

/* What it takes to read facts. */
struct reading {
    struct framer framer;
    const ofp_policy *policy;
    ofp_json *json;
    ofp_facts *facts;
};

static bool init(struct reading *reading)
{
    return source_init(&reading->framer.source) &&
           ofp_json_new(&reading->json, NULL) == OFP_STATUS_OK &&
           ofp_facts_new(&reading->facts, NULL) == OFP_STATUS_OK;
}

static void release(struct reading *reading)
{
    source_release(&reading->framer.source);
    ofp_json_free(reading->json);
    ofp_facts_free(reading->facts);
}

static ofp_status add(struct reading *reading, const struct record *record, ofp_error **reterr)
{
    const ofp_request *request;
    const ofp_status status =
        ofp_json_read_facts(reading->json, reading->policy, record->text, &request, reterr);
    if (status != OFP_STATUS_OK)
        return status;
    return ofp_facts_add(reading->facts, reading->policy, request, reterr);
}

/* Nothing is done by facts of which some are wrong. */
static int add_all(struct reading *reading)
{
    struct record record;
    while (framer_next(&reading->framer, true, &record) == FRAMER_RECORD) {
        ofp_error *error;
        const ofp_status status = add(reading, &record, &error);
        if (status != OFP_STATUS_OK)
            diagnostics_tell_bad_record(error, record.file, record.line);
        ofp_error_free(error);
        if (status != OFP_STATUS_OK)
            return status == OFP_STATUS_NO_MEMORY ? EXIT_NOTHING : EXIT_BAD;
    }
    return EXIT_DONE;
}

static int read_file(struct reading *reading, const char *name)
{
    int status = EXIT_NOTHING, reason = framer_open(&reading->framer, name);
    if (reason == 0) {
        if (strcmp(name, "-") == 0 && isatty(STDIN_FILENO))
            tell("reading facts from the terminal, one JSON document a line; Ctrl-D ends them");
        status = add_all(reading);
        reason = reading->framer.source.reason;
        framer_close(&reading->framer);
    }
    if (reason)
        tell("can't read %s: %s", shown_name(name), strerror(reason));
    return reason ? EXIT_NOTHING : status;
}

bool facts_file_is_free(const struct arguments *arguments)
{
    const bool contended = arguments->facts && strcmp(arguments->facts, "-") == 0 &&
                           arguments->policy && strcmp(arguments->policy, "-") == 0;
    if (contended)
        tell("standard input can't be both the policy and the facts: name a file for one of them");
    return !contended;
}

int facts_file_read(const struct arguments *arguments, const ofp_policy *policy, ofp_facts **ret)
{
    *ret = NULL;
    if (!arguments->facts)
        return EXIT_DONE;
    struct reading reading = {.policy = policy};
    int status = EXIT_NOTHING;
    if (init(&reading))
        status = read_file(&reading, arguments->facts);
    else
        tell_failure(NULL);
    if (status == EXIT_DONE) {
        *ret = reading.facts;
        reading.facts = NULL;
    }
    release(&reading);
    return status;
}
