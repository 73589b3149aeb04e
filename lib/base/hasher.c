/* SPDX-License-Identifier: MIT */
#include "hasher.h"

#include <inttypes.h>
#include <stdio.h>

void ofp_hasher_start(ofp_hasher *hasher)
{
    hasher->gathered = 0;
    SHA256Init(&hasher->hash);
}

static void hash_gathered(ofp_hasher *hasher)
{
    SHA256Update(&hasher->hash, (const uint8_t *)hasher->bytes, hasher->gathered);
    hasher->gathered = 0;
}

void ofp_hasher_bytes(ofp_hasher *hasher, const void *bytes, size_t size)
{
    if (size > sizeof hasher->bytes - hasher->gathered)
        hash_gathered(hasher);
    if (size > sizeof hasher->bytes) {
        SHA256Update(&hasher->hash, bytes, size);
        return;
    }
    memcpy(hasher->bytes + hasher->gathered, bytes, size);
    hasher->gathered += size;
}

void ofp_hasher_part(ofp_hasher *hasher, ofp_text part)
{
    char size[24];
    char *digit = size + sizeof size;
    if (!part.data) {
        ofp_hasher_bytes(hasher, "-,", 2);
        return;
    }
    *--digit = ':';
    for (size_t rest = part.size; rest || *digit == ':'; rest /= 10)
        *--digit = (char)('0' + rest % 10);
    ofp_hasher_bytes(hasher, digit, (size_t)(size + sizeof size - digit));
    ofp_hasher_bytes(hasher, part.data, part.size);
    ofp_hasher_bytes(hasher, ",", 1);
}

void ofp_hasher_number(ofp_hasher *hasher, int64_t number)
{
    char digits[24];
    const int size = snprintf(digits, sizeof digits, "%" PRId64, number);
    ofp_hasher_part(hasher, (ofp_text){digits, (size_t)size});
}

void ofp_hasher_finish(ofp_hasher *hasher, uint8_t ret[OFP_SHA256_SIZE])
{
    hash_gathered(hasher);
    SHA256Final(ret, &hasher->hash);
}

void ofp_hex(const uint8_t *bytes, size_t size, char *ret)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        ret[2 * i] = digits[bytes[i] >> 4];
        ret[2 * i + 1] = digits[bytes[i] & 15];
    }
    ret[2 * size] = '\0';
}

void ofp_hasher_finish_key(ofp_hasher *hasher, char *ret)
{
    static const char prefix[] = "v1:";
    uint8_t hashed[OFP_SHA256_SIZE];
    ofp_hasher_finish(hasher, hashed);
    memcpy(ret, prefix, sizeof prefix);
    ofp_hex(hashed, sizeof hashed / 2, ret + sizeof prefix - 1);
}
