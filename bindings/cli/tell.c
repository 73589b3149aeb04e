/* SPDX-License-Identifier: MIT */
#include "tell.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "progress.h"

/* Longer messages are cut off. */
enum { MESSAGE_SIZE = 4096 };

void make_harmless(char *text)
{
    for (unsigned char *at = (unsigned char *)text; *at; at++) {
        const bool c1 = at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0;
        if (*at < 0x20 || *at == 0x7F || c1)
            *at = '?';
        if (c1)
            *++at = '?';
    }
}

void tell(const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    make_harmless(message);
    progress_clear();
    fprintf(stderr, "offerpolicy: %s\n", message);
}

const char *shown_name(const char *name)
{
    return strcmp(name, "-") == 0 ? "<stdin>" : name;
}

const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}
