/* SPDX-License-Identifier: MIT */
#include "standard_output.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "progress.h"
#include "tell.h"

/* `_exit`, because other threads may be at work: nothing may be taken from under them. */
void standard_output_closed(void)
{
    progress_clear();
    _exit(EXIT_DONE);
}

static _Noreturn void give_up(int reason)
{
    if (reason == EPIPE)
        standard_output_closed();
    tell("can't write to standard output: %s", strerror(reason));
    _exit(EXIT_NOTHING);
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
            give_up(errno);
        }
    }
}

int standard_output_finish(int status)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        give_up(errno);
    return status;
}
