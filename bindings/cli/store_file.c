/* SPDX-License-Identifier: MIT */
#include "store_file.h"

#include "help.h"
#include "tell.h"

ofp_store *store_file_open(const struct arguments *arguments, ofp_store_mode mode)
{
    if (!arguments->store) {
        tell("%s needs a store: name its file with --store, or in OFFERPOLICY_STORE of the "
             "environment",
             arguments->command->name);
        help_hint(arguments->command);
        return NULL;
    }
    const ofp_store_options options = {
        .size = sizeof options, .mode = mode, .at = arguments_now(arguments)};
    ofp_store *store = NULL;
    ofp_error *error;
    if (ofp_store_open(arguments->store, &options, &store, &error) != OFP_STATUS_OK)
        tell_failure(error);
    return store;
}
