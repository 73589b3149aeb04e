/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "label.h"

/* Where releases of the zone data write their version, and what stands before it there. */
static const struct {
    const char *file;
    const char *before;
} places[] = {
    {"tzdata.zi", "# version "},
    {"+VERSION", ""},
    {"version", ""},
};

/* The first bytes of a plain file; none, if there are none to be had. */
static void read_start(int directory, const char *name, char *ret, size_t size)
{
    struct stat found;
    const int file = openat(directory, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return;
    if (fstat(file, &found) == 0 && S_ISREG(found.st_mode)) {
        while (read(file, ret, size) < 0 && errno == EINTR)
            ;
    }
    close(file);
}

/* The version at the start of the text: a word that has a line of its own. */
static bool find_version(const char *text, const char *before, char ret[OFP_TZDATA_SIZE])
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789.+~_-";
    if (strncmp(text, before, strlen(before)) != 0)
        return false;
    text += strlen(before);
    const size_t size = strspn(text, allowed);
    if (size == 0 || size >= OFP_TZDATA_SIZE || !strchr("\r\n", text[size]))
        return false;
    memcpy(ret, text, size);
    ret[size] = '\0';
    return true;
}

void ofp_zone_data_version(const char *directory, char ret[OFP_TZDATA_SIZE])
{
    const char *path = directory ? directory : OFP_ZONE_DIRECTORY;
    const int opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool found = false;
    for (size_t i = 0; i < sizeof places / sizeof *places && !found; i++) {
        char text[64] = "";
        read_start(opened, places[i].file, text, sizeof text - 1);
        found = find_version(text, places[i].before, ret);
    }
    if (!found)
        memcpy(ret, "unknown", sizeof "unknown");
    if (opened >= 0)
        close(opened);
}
