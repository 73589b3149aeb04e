/* SPDX-License-Identifier: MIT */
#include <offerpolicy/export.h>

const char *ofp_version(void)
{
    return OFP_VERSION_STRING;
}
