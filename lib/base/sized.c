/* SPDX-License-Identifier: MIT */
#include "sized.h"

#include <string.h>

#include "failure.h"

ofp_status ofp_read_sized(const void *given, void *known, size_t known_size, const char *name,
                          ofp_error **reterr)
{
    size_t size = 0;
    if (given)
        memcpy(&size, given, sizeof size);
    if (size < sizeof size)
        return ofp_fail(reterr, OFP_CODE_MISUSE, "`size` is not set: it must be sizeof(%s)", name);
    memcpy(known, given, size < known_size ? size : known_size);
    return ofp_succeed(reterr);
}
