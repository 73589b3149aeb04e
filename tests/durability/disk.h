/* SPDX-License-Identifier: MIT */
/**
 * @file
 * A disk that loses its power. All that SQLite does to the files is recorded (shim.h); afterwards
 * the recording is played, and after any step the power can be cut: of what was not synced each
 * sector and each change of a length is then on the disk or not, as chance will have it, and of
 * the names that were made or deleted only the first ones are.
 */
#ifndef OFP_TEST_DISK_H
#define OFP_TEST_DISK_H

#include <stdbool.h>
#include <stddef.h>

#include "random.h"
#include "shim.h"

/** A recording, and how far it was played. */
typedef struct disk disk;

disk *disk_new(void);
disk *disk_free(disk *self);

/** Starts recording, until shim_remove(). The files must not be there yet. */
void disk_record(disk *self);

/** How many steps were recorded so far. A step is a call that changes a file, or a sync. */
size_t disk_step_count(const disk *self);

/** Is a step a sync? */
bool disk_is_sync(const disk *self, size_t step);

/** Plays all steps before `step`, if they were not played yet. */
void disk_play(disk *self, size_t step);

/**
 * Makes the files as they may be if the power is cut now.
 * @param keep percent of what was not synced that is on the disk nevertheless
 * @param folder gets the files; it must be empty
 */
void disk_cut(const disk *self, random_source *random, unsigned keep, const char *folder);

/** From now on syncing does nothing, as with hardware that lies. */
void disk_lie(disk *self);

#endif
