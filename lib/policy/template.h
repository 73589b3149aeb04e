/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Message texts with {placeholders}, cut into pieces once.
 */
#ifndef OFP_TEMPLATE_H
#define OFP_TEMPLATE_H

#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/text.h>

#include "arena.h"
#include "buffer.h"

typedef enum ofp_placeholder {
    OFP_PLACEHOLDER_NONE, /* the piece is literal text */
    OFP_PLACEHOLDER_TICKET,
    OFP_PLACEHOLDER_ORG,
    OFP_PLACEHOLDER_ORG_NAME,
    OFP_PLACEHOLDER_OFFERING,
    OFP_PLACEHOLDER_LEVEL,
    OFP_PLACEHOLDER_CURRENT_OFFERING,
    OFP_PLACEHOLDER_CURRENT_LEVEL,
    OFP_PLACEHOLDER_TARGET_DATE,
    OFP_PLACEHOLDER_MIGRATION,
    OFP_PLACEHOLDER_PRIORITY,
    OFP_PLACEHOLDER_OWNER,
    OFP_PLACEHOLDER_REASON,
    OFP_PLACEHOLDER_EVIDENCE,
    OFP_PLACEHOLDER_COUNT,
} ofp_placeholder;

/** The names of the placeholders; the first one is empty. */
extern const ofp_text ofp_placeholder_names[OFP_PLACEHOLDER_COUNT];

typedef struct ofp_piece {
    ofp_placeholder placeholder;
    ofp_text literal;
} ofp_piece;

typedef struct ofp_template {
    const ofp_piece *pieces;
    size_t count;
} ofp_template;

/** What ofp_template_compile() can meet. */
typedef enum ofp_template_result {
    OFP_TEMPLATE_OK,
    OFP_TEMPLATE_UNKNOWN, /* a placeholder that does not exist */
    OFP_TEMPLATE_NO_MEMORY,
} ofp_template_result;

/**
 * Cuts a text into pieces. A placeholder is a brace, small letters and underscores, a brace;
 * other braces are literal.
 * @param arena keeps copies of the literal text
 * @param retunknown on OFP_TEMPLATE_UNKNOWN the first unknown name, a part of `text`
 */
ofp_template_result ofp_template_compile(ofp_text text, ofp_arena *arena, ofp_template *ret,
                                         ofp_text *retunknown);

/**
 * Writes the text with its values.
 * @param values by placeholder, inserted as data: harmless, never looked at for placeholders; one
 *        without data appears as "–"
 */
void ofp_template_render(const ofp_template *message, const ofp_text *values, ofp_buffer *buffer);

#endif
