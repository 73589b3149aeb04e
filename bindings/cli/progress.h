/* SPDX-License-Identifier: MIT */
/**
 * @file
 * One line on the terminal that says how far a long run is. There is one for the program, as there
 * is one terminal. Only the main thread draws it.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdint.h>

/** From now on shows the progress. @param total the bytes that there are to be read, over 0 */
void progress_start(uint64_t total);

/** Draws the line anew if the last time is a while ago. @param bytes @param records done so far */
void progress_update(uint64_t bytes, uint64_t records);

/** Takes the line away, so that something else can be written; the next update draws it again. */
void progress_clear(void);

#endif
