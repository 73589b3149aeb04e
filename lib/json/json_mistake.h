/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Where a text stops being JSON. simdjson is fast because it does not keep track of that; a text
 * that it refuses is read once more, slowly, to tell people what to mend.
 */
#ifndef OFP_JSON_MISTAKE_H
#define OFP_JSON_MISTAKE_H

#include <stdbool.h>

#include <offerpolicy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { OFP_JSON_MESSAGE_SIZE = 160 };

/**
 * Finds the first place that is no JSON and describes it: `line 1, column 8: expected ":" after a
 * key, found "}"`. Columns count characters.
 * @return false if there is none, or if it is nested too deeply to tell
 */
bool ofp_json_find_mistake(ofp_text document, char ret[OFP_JSON_MESSAGE_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
