/* SPDX-License-Identifier: MIT */
#include "zone_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failure.h"

enum { NAME_LIMIT = 255 };

static bool is_component(ofp_text text)
{
    const bool dots = (text.size == 1 || text.size == 2) && memcmp(text.data, "..", text.size) == 0;
    return text.size > 0 && !dots;
}

bool ofp_zone_name_is_valid(ofp_text name)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-./";
    if (name.size > NAME_LIMIT)
        return false;
    const char *const end = name.data + name.size;
    const char *component = name.data;
    for (const char *at = name.data; at < end; at++) {
        /* strchr() would find the zero byte too. */
        if (!*at || !strchr(allowed, *at))
            return false;
        if (*at == '/') {
            if (!is_component((ofp_text){component, (size_t)(at - component)}))
                return false;
            component = at + 1;
        }
    }
    return is_component((ofp_text){component, (size_t)(end - component)});
}

static ofp_status fail_unreadable(ofp_error **reterr, const char *path)
{
    const int reason = errno;
    if (reason == ENOMEM)
        return ofp_fail_no_memory(reterr);
    return ofp_fail(reterr, OFP_CODE_UNREADABLE_FILE, "\"%s\" can't be read: %s",
                    ofp_quote(ofp_text_of(path)).text, strerrordesc_np(reason));
}

static ofp_status fail_unknown(ofp_error **reterr, const char *directory, ofp_text name)
{
    ofp_buffer meant = {0};
    ofp_zone_file_suggest(directory, name, &meant);
    const char *suggestion = ofp_buffer_text(&meant).data;
    const ofp_status status =
        ofp_fail(reterr, OFP_CODE_ZONE_UNKNOWN, "there is no time zone \"%s\" in \"%s\"%s%s%s",
                 ofp_quote(name).text, ofp_quote(ofp_text_of(directory)).text,
                 *suggestion ? "; did you mean \"" : "", suggestion, *suggestion ? "\"?" : "");
    ofp_buffer_release(&meant);
    return status;
}

/* The directory without symbolic links; the caller frees it. */
static ofp_status resolve_directory(const char *directory, char **ret, ofp_error **reterr)
{
    *ret = realpath(directory, NULL);
    if (*ret)
        return ofp_succeed(reterr);
    if (errno == ENOENT || errno == ENOTDIR)
        return ofp_fail(reterr, OFP_CODE_ZONE_UNKNOWN,
                        "there are no zone files in \"%s\": install them (Debian: tzdata)",
                        ofp_quote(ofp_text_of(directory)).text);
    return fail_unreadable(reterr, directory);
}

static bool is_below(const char *path, const char *directory)
{
    const size_t size = strlen(directory);
    const bool is_root = size == 1;
    return strncmp(path, directory, size) == 0 && (is_root || path[size] == '/');
}

/* The file's path without symbolic links; the caller frees it. */
static ofp_status resolve(const char *directory, ofp_text name, char **ret, ofp_error **reterr)
{
    ofp_buffer joined = {0};
    char *root = NULL;
    ofp_status status = resolve_directory(directory, &root, reterr);
    if (status != OFP_STATUS_OK)
        return status;
    ofp_buffer_puts(&joined, root);
    ofp_buffer_puts(&joined, "/");
    ofp_buffer_put_text(&joined, name);
    char *path = joined.failed ? NULL : realpath(ofp_buffer_text(&joined).data, NULL);
    if (joined.failed)
        status = ofp_fail_no_memory(reterr);
    else if (!path)
        status = errno == ENOENT || errno == ENOTDIR ? fail_unknown(reterr, root, name)
                                                     : fail_unreadable(reterr, joined.data);
    else if (!is_below(path, root))
        status = ofp_fail(reterr, OFP_CODE_ZONE_NAME,
                          "time zone \"%s\" leads out of \"%s\" by a symbolic link",
                          ofp_quote(name).text, ofp_quote(ofp_text_of(directory)).text);
    ofp_buffer_release(&joined);
    free(root);
    if (status == OFP_STATUS_OK)
        *ret = path;
    else
        free(path);
    return status;
}

/* At most `size` bytes; what a file that shrinks meanwhile lacks, its reader will notice. */
static ofp_status read_bytes(int file, const char *path, size_t size, ofp_buffer *bytes,
                             ofp_error **reterr)
{
    char *room = ofp_buffer_reserve(bytes, size);
    if (!room)
        return ofp_fail_no_memory(reterr);
    while (size) {
        const ssize_t got = read(file, room, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_unreadable(reterr, path);
        if (got == 0)
            break;
        room += got;
        size -= (size_t)got;
        bytes->size += (size_t)got;
    }
    return ofp_succeed(reterr);
}

static ofp_status read_file(int file, const char *path, ofp_text name, ofp_buffer *bytes,
                            ofp_error **reterr)
{
    struct stat stat;
    if (fstat(file, &stat) < 0)
        return fail_unreadable(reterr, path);
    if (!S_ISREG(stat.st_mode))
        return ofp_fail(reterr, OFP_CODE_ZONE_UNKNOWN, "time zone \"%s\" is %s",
                        ofp_quote(name).text,
                        S_ISDIR(stat.st_mode) ? "a directory: name a file in it" : "no plain file");
    if (stat.st_size > OFP_ZONE_FILE_LIMIT)
        return ofp_fail(reterr, OFP_CODE_ZONE_DAMAGED,
                        "the file of time zone \"%s\" can't be used: it is larger than 256 KiB",
                        ofp_quote(name).text);
    return read_bytes(file, path, (size_t)stat.st_size, bytes, reterr);
}

ofp_status ofp_zone_file_read(const char *directory, ofp_text name, ofp_buffer *bytes,
                              ofp_error **reterr)
{
    char *path = NULL;
    ofp_status status = resolve(directory, name, &path, reterr);
    if (!path)
        return status;
    /* Opening must not wait for the other end of a pipe, nor make a terminal ours. */
    const int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW);
    if (file < 0) {
        status = fail_unreadable(reterr, path);
    } else {
        status = read_file(file, path, name, bytes, reterr);
        close(file);
    }
    free(path);
    return status;
}
