/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Files of a zone data directory.
 */
#ifndef OFP_ZONE_FILE_H
#define OFP_ZONE_FILE_H

#include <stdbool.h>

#include <offerpolicy/error.h>
#include <offerpolicy/text.h>

#include "buffer.h"

/** More bytes than this no zone file has. */
enum { OFP_ZONE_FILE_LIMIT = 256 * 1024 };

/** Can this be a zone's name? Then it also names no place outside a directory by itself. */
bool ofp_zone_name_is_valid(ofp_text name);

/**
 * Reads a zone's file.
 * @param directory where it must be: symbolic links may not lead out of it
 * @param name a valid name
 * @param bytes the file's bytes are written at its end
 */
ofp_status ofp_zone_file_read(const char *directory, ofp_text name, ofp_buffer *bytes,
                              ofp_error **reterr);

/**
 * Looks for a zone that was probably meant.
 * @param name a valid name, of which there is no file
 * @param ret a name is written into it that differs little; nothing, if there is none
 */
void ofp_zone_file_suggest(const char *directory, ofp_text name, ofp_buffer *ret);

#endif
