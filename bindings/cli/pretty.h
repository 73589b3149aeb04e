/* SPDX-License-Identifier: MIT */
/**
 * @file
 * JSON over several lines, for people.
 */
#ifndef PRETTY_H
#define PRETTY_H

#include "output.h"

/** Adds a document with its members in lines of their own. @param document valid JSON in one line
 */
void pretty_put(struct output *output, ofp_text document);

#endif
