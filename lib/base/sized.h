/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Structs of programs that begin with their size, and may be those of an older or newer header.
 */
#ifndef OFP_SIZED_H
#define OFP_SIZED_H

#include <offerpolicy/error.h>

/**
 * Reads a struct of the program into ours, which holds the defaults.
 * @param given starts with its size; what it does not have keeps its default, and what only a
 *        newer header has is not looked at. NULL: as if its size were not set
 * @param known ours, of `known_size` bytes
 * @param name of its type, for the message
 * @return OFP_STATUS_MISUSE if its size is not set
 */
ofp_status ofp_read_sized(const void *given, void *known, size_t known_size, const char *name,
                          ofp_error **reterr);

#endif
