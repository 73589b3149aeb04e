/* SPDX-License-Identifier: MIT */
#include "standard_output.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "progress.h"
#include "tell.h"

void standard_output_fail(int reason)
{
    if (reason == EPIPE)
        progress_clear();
    else
        tell("can't write to standard output: %s", strerror(reason));
    /* Not exit(): other threads may be at work, and nothing may be taken from under them. */
    _exit(reason == EPIPE ? EXIT_DONE : EXIT_NOTHING);
}

void standard_output_write(const char *data, size_t size)
{
    while (size) {
        const ssize_t written = write(STDOUT_FILENO, data, size);
        if (written >= 0) {
            data += written;
            size -= (size_t)written;
        } else if (errno == EAGAIN) {
            /* Somebody else made the pipe non-blocking. */
            struct pollfd room = {.fd = STDOUT_FILENO, .events = POLLOUT};
            poll(&room, 1, -1);
        } else if (errno != EINTR) {
            standard_output_fail(errno);
        }
    }
}

int standard_output_finish(int status)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        standard_output_fail(errno);
    return status;
}
