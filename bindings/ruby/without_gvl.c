/* SPDX-License-Identifier: MIT */
#include "without_gvl.h"

#include <ruby.h>
#include <ruby/thread.h>
#include <stdbool.h>

struct call {
    void *(*function)(void *);
    void *argument;
    bool made;
};

static void *make(void *data)
{
    struct call *call = data;
    call->made = true;
    return call->function(call->argument);
}

void ruby_without_gvl(void *(*function)(void *), void *argument)
{
    struct call call = {function, argument, false};
    for (;;) {
        /* Unlike its sibling this does not raise when the call has been made. */
        rb_thread_call_without_gvl2(make, &call, NULL, NULL);
        if (call.made)
            return;
        rb_thread_check_ints();
    }
}
