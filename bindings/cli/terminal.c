/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEFAULT_WIDTH = 80, SMALLEST_WIDTH = 20, LARGEST_WIDTH = 1000 };

bool terminal_is_capable(int fd)
{
    const char *kind = getenv("TERM");
    return isatty(fd) && kind && *kind && strcmp(kind, "dumb") != 0;
}

bool terminal_wants_colour(enum colour_choice choice, int fd)
{
    if (choice != COLOUR_AUTO)
        return choice == COLOUR_ALWAYS;
    const char *refused = getenv("NO_COLOR");
    return !(refused && *refused) && terminal_is_capable(fd);
}

size_t terminal_width(int fd)
{
    const char *wanted = getenv("COLUMNS");
    const long columns = wanted ? strtol(wanted, NULL, 10) : 0;
    size_t width = columns > 0 && columns <= LARGEST_WIDTH ? (size_t)columns : 0;
    struct winsize size;
    if (width == 0 && ioctl(fd, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width == 0)
        width = DEFAULT_WIDTH;
    return width < SMALLEST_WIDTH ? SMALLEST_WIDTH : width;
}

size_t terminal_line_limit(int fd)
{
    const char *wanted = getenv("COLUMNS");
    return isatty(fd) || (wanted && *wanted) ? terminal_width(fd) : SIZE_MAX;
}

struct range {
    unsigned first, last;
};

/* Marks that are drawn over the character before them. */
static const struct range combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

/* The East Asian scripts and the emoji. */
static const struct range wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static bool is_among(unsigned character, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    }
    return false;
}

unsigned terminal_character_width(unsigned character)
{
    if (is_among(character, combining, sizeof combining / sizeof *combining))
        return 0;
    return is_among(character, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}
