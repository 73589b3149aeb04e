/* SPDX-License-Identifier: MIT */
#include "policy_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diagnostics.h"
#include "tell.h"

/* A byte more than the library takes: enough for it to say so. */
#define POLICY_ROOM (((size_t)16 << 20) + 1)

/* Reads standard input to its end, or as much of it as there is room for. @return 0 or an errno */
static int read_standard_input(char *room, size_t *retsize)
{
    *retsize = 0;
    while (*retsize < POLICY_ROOM) {
        const ssize_t size = read(STDIN_FILENO, room + *retsize, POLICY_ROOM - *retsize);
        if (size == 0)
            break;
        if (size > 0)
            *retsize += (size_t)size;
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

static ofp_status load_standard_input(const ofp_policy_options *options, ofp_policy **ret,
                                      ofp_error **reterr)
{
    char *room = malloc(POLICY_ROOM);
    size_t size = 0;
    const int reason = room ? read_standard_input(room, &size) : ENOMEM;
    ofp_status status = OFP_STATUS_IO;
    *reterr = NULL;
    if (reason)
        tell("can't read <stdin>: %s", strerror(reason));
    else
        status = ofp_policy_parse((ofp_text){room, size}, options, ret, reterr);
    free(room);
    return status;
}

ofp_status policy_file_load(const char *name, const char *zoneinfo, ofp_policy **ret,
                            ofp_error **reterr)
{
    ofp_policy_options options = {
        .size = sizeof options, .zone_directory = zoneinfo, .source = shown_name(name)};
    if (strcmp(name, "-") == 0)
        return load_standard_input(&options, ret, reterr);
    return ofp_policy_load(name, &options, ret, reterr);
}

static void tell_mistakes(const struct arguments *arguments, const ofp_error *error)
{
    const struct style style =
        diagnostics_style(terminal_wants_colour(arguments->colour, STDERR_FILENO));
    const size_t width = terminal_width(STDERR_FILENO);
    for (size_t i = 0; i < ofp_error_count(error); i++)
        diagnostics_print(stderr, ofp_error_diagnostic(error, i), &style, width);
}

ofp_policy *policy_file_open(const struct arguments *arguments)
{
    ofp_policy_options options = {.size = sizeof options, .zone_directory = arguments->zoneinfo};
    ofp_policy *policy = NULL;
    ofp_error *error;
    if (arguments->policy)
        policy_file_load(arguments->policy, arguments->zoneinfo, &policy, &error);
    else
        ofp_policy_default(&options, &policy, &error);
    if (error)
        tell_mistakes(arguments, error);
    ofp_error_free(error);
    return policy;
}
