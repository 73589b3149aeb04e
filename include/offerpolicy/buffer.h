/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A growing byte buffer that the library writes documents and texts into. Reused from call to
 * call it costs no allocation once it has grown large enough.
 *
 * A buffer belongs to one thread at a time.
 */
#ifndef OFFERPOLICY_BUFFER_H
#define OFFERPOLICY_BUFFER_H

#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ofp_buffer ofp_buffer;

/** Makes an empty buffer, which the caller frees. @param ret set on success */
OFP_API ofp_status ofp_buffer_new(ofp_buffer **ret, ofp_error **reterr);

/** Frees a buffer; takes NULL. @return NULL */
OFP_API ofp_buffer *ofp_buffer_free(ofp_buffer *buffer);

/** Empties a buffer and keeps its memory for the next use. */
OFP_API void ofp_buffer_clear(ofp_buffer *buffer);

/**
 * What the buffer holds.
 * @return borrowed from the buffer until it is written to, cleared or freed; a zero byte that is
 *         not counted follows the text
 */
OFP_API ofp_text ofp_buffer_text(const ofp_buffer *buffer);

#ifdef __cplusplus
}
#endif

#endif
