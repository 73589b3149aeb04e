/* SPDX-License-Identifier: MIT */
/**
 * @file
 * SHA-256 over a list of parts, each as a netstring ("4:saas,"), so that no two lists look the
 * same. What is hashed is gathered in larger pieces: most parts are a few bytes.
 */
#ifndef OFP_HASHER_H
#define OFP_HASHER_H

#include <stdint.h>
#include <sys/types.h>

#include <sha256.h>

#include <offerpolicy/text.h>

enum { OFP_SHA256_SIZE = 32 };

typedef struct ofp_hasher {
    SHA2_CTX hash;
    size_t gathered;
    char bytes[256];
} ofp_hasher;

void ofp_hasher_start(ofp_hasher *hasher);

/** Adds bytes as they are. */
void ofp_hasher_bytes(ofp_hasher *hasher, const void *bytes, size_t size);

/** Adds a part; one that is not there (no data) is "-,". */
void ofp_hasher_part(ofp_hasher *hasher, ofp_text part);

/** Adds a number as a part, in decimal. */
void ofp_hasher_number(ofp_hasher *hasher, int64_t number);

void ofp_hasher_finish(ofp_hasher *hasher, uint8_t ret[OFP_SHA256_SIZE]);

/** Bytes in hexadecimal, and a zero. @param ret 2 * size + 1 bytes */
void ofp_hex(const uint8_t *bytes, size_t size, char *ret);

/**
 * Ends with a key, as hosts see it: "v1:" and half of the hash in hexadecimal. 128 bits are more
 * than enough to tell intentions apart.
 * @param ret OFP_KEY_SIZE bytes
 */
void ofp_hasher_finish_key(ofp_hasher *hasher, char *ret);

#endif
