/* SPDX-License-Identifier: MIT */
#include "fd_write.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "failure.h"

/* Takes back the SIGPIPE that a write of this thread has caused. */
static void take_signal(const sigset_t *signals)
{
    static const struct timespec at_once = {0};
    while (sigtimedwait(signals, NULL, &at_once) < 0 && errno == EINTR)
        ;
}

/* As write(), but a pipe that nobody reads does not end the program. */
static ssize_t write_quietly(int fd, ofp_text text)
{
    sigset_t signals, before, pending;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    sigpending(&pending);
    const bool was_pending = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    const ssize_t written = write(fd, text.data, text.size);
    const int problem = errno;
    if (written < 0 && problem == EPIPE && !was_pending)
        take_signal(&signals);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = problem;
    return written;
}

ofp_status ofp_fd_write(int fd, ofp_text text, ofp_error **reterr)
{
    while (text.size) {
        const ssize_t written = write_quietly(fd, text);
        const int problem = errno;
        if (written >= 0) {
            text.data += written;
            text.size -= (size_t)written;
        } else if (problem == EAGAIN) {
            /* Somebody made it non-blocking. */
            struct pollfd room = {.fd = fd, .events = POLLOUT};
            poll(&room, 1, -1);
        } else if (problem != EINTR) {
            const char *reason = strerrordesc_np(problem);
            return ofp_fail(reterr, OFP_CODE_EXPORT_UNWRITABLE, "writing the export failed: %s",
                            reason ? reason : "unknown error");
        }
    }
    return ofp_succeed(reterr);
}
