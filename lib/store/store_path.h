/* SPDX-License-Identifier: MIT */
/**
 * @file
 * From a path that a program gives to a file that SQLite may open.
 */
#ifndef OFP_STORE_PATH_H
#define OFP_STORE_PATH_H

#include <offerpolicy/buffer.h>
#include <offerpolicy/store.h>

/**
 * Finds a store's file, or makes an empty one if there is none and `mode` is OFP_STORE_CREATE.
 * @param ret gets its name from the root on
 */
ofp_status ofp_store_find_file(const char *path, ofp_store_mode mode, ofp_buffer *ret,
                               ofp_error **reterr);

#endif
