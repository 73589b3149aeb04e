/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Time zones, read from compiled zone files (TZif, RFC 9636). Programs need this header to show
 * instants in somebody's local time; calendars and policies load the zones they need themselves.
 *
 * A zone is immutable: all threads may use it at once.
 */
#ifndef OFFERPOLICY_ZONE_H
#define OFFERPOLICY_ZONE_H

#include <stdint.h>

#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where zone files are looked for when no directory is given. */
#define OFP_ZONE_DIRECTORY "/usr/share/zoneinfo"

typedef struct ofp_zone ofp_zone;

/** A local time: what a wall clock and a calendar show. */
typedef struct ofp_local_time {
    int32_t date;             /**< days since 1970-01-01 */
    int32_t second;           /**< second of the day, 0 to 86399 */
    int32_t offset;           /**< seconds east of UTC */
    const char *abbreviation; /**< of the zone then, such as "PST"; borrowed from the zone */
} ofp_local_time;

/**
 * Loads a zone. "UTC" needs no file.
 * @param directory where the files are; NULL: OFP_ZONE_DIRECTORY
 * @param name a name such as "Europe/Amsterdam"; one that would lead out of the directory, or to
 *        something that is not a plain file, is refused
 * @param ret the caller frees it
 * @return OFP_STATUS_BAD_ZONE if there is no such zone or its file is damaged; OFP_STATUS_IO if
 *         the file can't be read
 */
OFP_API ofp_status ofp_zone_load(const char *directory, ofp_text name, ofp_zone **ret,
                                 ofp_error **reterr);

/** Frees a zone; takes NULL. @return NULL */
OFP_API ofp_zone *ofp_zone_free(ofp_zone *zone);

/** The name it was loaded by. */
OFP_API const char *ofp_zone_name(const ofp_zone *zone);

/** What clocks in the zone show at an instant. */
OFP_API ofp_local_time ofp_zone_local(const ofp_zone *zone, int64_t instant);

#ifdef __cplusplus
}
#endif

#endif
