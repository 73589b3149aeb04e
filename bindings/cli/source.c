/* SPDX-License-Identifier: MIT */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <offerpolicy/json.h>

#include "standard_output.h"

/* As much is read at a time. */
enum { PIECE = 256 << 10 };

bool source_init(struct source *source)
{
    /* For the longest document; memory is only taken up as far as it is used. */
    *source = (struct source){.fd = -1, .data = malloc(SOURCE_LIMIT + PIECE)};
    return source->data != NULL;
}

void source_release(struct source *source)
{
    free(source->data);
}

int source_open(struct source *source, const char *name)
{
    const int fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    struct stat about;
    source->fd = fd;
    source->regular = fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
    source->ended = false;
    source->reason = 0;
    source->begin = source->end = 0;
    return 0;
}

void source_close(struct source *source)
{
    if (source->fd > STDIN_FILENO)
        close(source->fd);
    source->fd = -1;
}

/* Is there something to read? While it waits, it also notices when nobody reads the output. */
static bool is_ready(const struct source *source, bool wait)
{
    struct pollfd polled[] = {
        {.fd = source->fd, .events = POLLIN},
        {.fd = STDOUT_FILENO},
    };
    while (poll(polled, 2, wait ? -1 : 0) < 0 && errno == EINTR)
        continue;
    if (polled[1].revents)
        standard_output_fail(polled[1].revents & POLLNVAL ? EBADF : EPIPE);
    return polled[0].revents != 0;
}

static void move_to_front(struct source *source)
{
    if (source->begin == 0)
        return;
    memmove(source->data, source->data + source->begin, source->end - source->begin);
    source->end -= source->begin;
    source->begin = 0;
}

enum source_state source_fill(struct source *source, bool wait)
{
    if (source->ended)
        return SOURCE_END;
    move_to_front(source);
    for (;;) {
        if (!source->regular && !is_ready(source, wait)) {
            if (!wait)
                return SOURCE_WAITING;
            continue;
        }
        const ssize_t size = read(source->fd, source->data + source->end, PIECE);
        if (size > 0) {
            source->end += (size_t)size;
            source->read_size += (uint64_t)size;
            return SOURCE_MORE;
        }
        if (size < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        source->ended = true;
        source->reason = size < 0 ? errno : 0;
        return SOURCE_END;
    }
}
