/* SPDX-License-Identifier: MIT */
#include "zones.h"

#include <stdlib.h>
#include <string.h>

#include "tell.h"

static ofp_zone *load(const struct zones *zones, ofp_text name)
{
    ofp_zone *zone = NULL;
    ofp_error *error;
    if (ofp_zone_load(zones->directory, name, &zone, &error) != OFP_STATUS_OK)
        tell("%s; times are shown in the policy's time zone", ofp_error_message(error));
    ofp_error_free(error);
    return zone;
}

const ofp_zone *zones_find(struct zones *zones, ofp_text name)
{
    for (size_t i = 0; i < ZONES_KEPT; i++) {
        const char *kept = zones->kept[i].name;
        if (kept && strlen(kept) == name.size && memcmp(kept, name.data, name.size) == 0)
            return zones->kept[i].zone;
    }
    const size_t at = zones->next++ % ZONES_KEPT;
    free(zones->kept[at].name);
    ofp_zone_free(zones->kept[at].zone);
    zones->kept[at].zone = load(zones, name);
    /* Without memory for the name it is found by nobody, and loaded anew the next time. */
    zones->kept[at].name = strndup(name.data, name.size);
    return zones->kept[at].zone;
}

void zones_release(struct zones *zones)
{
    for (size_t i = 0; i < ZONES_KEPT; i++) {
        free(zones->kept[i].name);
        ofp_zone_free(zones->kept[i].zone);
    }
}
