/* SPDX-License-Identifier: MIT */
#include "children.h"

#include <fcntl.h>
#include <unistd.h>

#include "must.h"
#include "rig.h"

void children_start(children *self)
{
    must(pipe2(self->pipe, O_CLOEXEC) == 0, "no pipe");
}

/* A receipt counts from the moment it is in the pipe, which takes it as a whole. */
static void send_receipt(void *context, const receipt *given)
{
    const children *self = context;
    must(write(self->pipe[1], given, sizeof *given) == sizeof *given, "the pipe is broken");
}

pid_t children_add(children *self, const char *path, const load *like, child_work *work,
                   void *context)
{
    fflush(NULL);
    const pid_t child = fork();
    must(child >= 0, "no process");
    if (child)
        return child;
    load own = *like;
    close(self->pipe[0]);
    own.sink = send_receipt;
    own.context = self;
    own.store = rig_open(path, OFP_STORE_CREATE);
    work(&own, context);
    load_end(&own);
    ofp_store_close(own.store);
    _exit(0);
}

void children_collect(children *self, receipts *ret)
{
    receipt given;
    ssize_t size;
    close(self->pipe[1]);
    while ((size = read(self->pipe[0], &given, sizeof given)) > 0) {
        must(size == sizeof given, "half a receipt");
        receipts_add(ret, &given);
    }
    close(self->pipe[0]);
}
