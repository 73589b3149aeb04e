/* SPDX-License-Identifier: MIT */
#include "zone_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "arena.h"
#include "array.h"
#include "span.h"

/* The names in a directory. */
typedef struct listing {
    ofp_text *items;
    size_t count, capacity;
    ofp_arena arena;
} listing;

/* A listing that is cut short by want of memory gives a worse suggestion, or none. */
static listing list_directory(const char *path)
{
    listing list = {0};
    DIR *directory = opendir(path);
    if (!directory)
        return list;
    const struct dirent *entry;
    while ((entry = readdir(directory)) && OFP_ARRAY_GROW(&list)) {
        const ofp_text name = ofp_text_of(entry->d_name);
        const char *copy = ofp_arena_copy(&list.arena, name);
        if (copy && ofp_zone_name_is_valid(name))
            list.items[list.count++] = (ofp_text){copy, name.size};
    }
    closedir(directory);
    return list;
}

/* Adds the component that is nearest to this one to the path. @return false: none is near */
static bool add_nearest(ofp_buffer *path, ofp_text component)
{
    listing list = list_directory(ofp_buffer_text(path).data);
    const int nearest = ofp_span_nearest(component, list.items, list.count);
    const bool found = list.items && nearest >= 0;
    if (found) {
        ofp_buffer_puts(path, "/");
        ofp_buffer_put_text(path, list.items[nearest]);
    }
    free(list.items);
    ofp_arena_free(&list.arena);
    return found;
}

static bool is_plain_file(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISREG(found.st_mode);
}

void ofp_zone_file_suggest(const char *directory, ofp_text name, ofp_buffer *ret)
{
    ofp_buffer path = {0};
    bool near = true;
    ofp_buffer_puts(&path, directory);
    while (near && name.size) {
        const char *slash = memchr(name.data, '/', name.size);
        const size_t size = slash ? (size_t)(slash - name.data) : name.size;
        near = add_nearest(&path, (ofp_text){name.data, size});
        const size_t passed = size + (slash != NULL);
        name = (ofp_text){name.data + passed, name.size - passed};
    }
    const char *found = ofp_buffer_text(&path).data;
    if (near && !path.failed && is_plain_file(found))
        ofp_buffer_puts(ret, found + strlen(directory) + 1);
    ofp_buffer_release(&path);
}
