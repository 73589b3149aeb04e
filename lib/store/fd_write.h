/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Writing to a file, pipe or socket of the caller.
 */
#ifndef OFP_FD_WRITE_H
#define OFP_FD_WRITE_H

#include <offerpolicy/error.h>
#include <offerpolicy/text.h>

/**
 * Writes all of a text, however many calls that takes. If nobody reads the pipe any more that is
 * a failure and no SIGPIPE.
 * @return OFP_STATUS_IO
 */
ofp_status ofp_fd_write(int fd, ofp_text text, ofp_error **reterr);

#endif
