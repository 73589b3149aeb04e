/* SPDX-License-Identifier: MIT */
#include "store_path.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "buffer.h"
#include "failure.h"

static ofp_status fail_file(const char *path, ofp_code code, int problem, ofp_error **reterr)
{
    if (problem == ENOMEM)
        return ofp_fail_no_memory(reterr);
    /* Not strerror(), whose words depend on the locale. */
    const char *reason = strerrordesc_np(problem);
    return ofp_fail(reterr, code, "the store \"%s\" can't be opened: %s",
                    ofp_quote(ofp_text_of(path)).text, reason ? reason : "unknown error");
}

static ofp_status fail_missing(const char *path, ofp_error **reterr)
{
    return ofp_fail(reterr, OFP_CODE_STORE_MISSING, "there is no store \"%s\"",
                    ofp_quote(ofp_text_of(path)).text);
}

static ofp_code making_code(int problem)
{
    switch (problem) {
    case ENOSPC:
    case EDQUOT:
        return OFP_CODE_STORE_FULL;
    case EROFS:
        return OFP_CODE_STORE_READ_ONLY;
    default:
        return OFP_CODE_STORE_UNOPENED;
    }
}

/*
 * Makes an empty file for the owner's eyes only, before SQLite opens it. Not with open(): closing
 * a file lets go of all locks that the process holds on it, and another thread may have found and
 * opened it by then.
 */
static ofp_status make_file(const char *path, const char *file, ofp_error **reterr)
{
    if (mknod(file, S_IFREG | S_IRUSR | S_IWUSR, 0) == 0 || errno == EEXIST)
        return ofp_succeed(reterr);
    const int problem = errno;
    return fail_file(path, making_code(problem), problem, reterr);
}

/* Only a file that is really there under this name is opened, and nothing that could hang. */
static ofp_status check_file(const char *path, const char *file, ofp_store_mode mode,
                             ofp_error **reterr)
{
    struct stat about;
    if (lstat(file, &about) == 0) {
        const char *what = S_ISREG(about.st_mode)   ? NULL
                           : S_ISLNK(about.st_mode) ? "a symbolic link"
                           : S_ISDIR(about.st_mode) ? "a folder"
                                                    : "no regular file";
        return what ? ofp_fail(reterr, OFP_CODE_STORE_UNOPENED,
                               "the store \"%s\" can't be opened: it is %s",
                               ofp_quote(ofp_text_of(path)).text, what)
                    : ofp_succeed(reterr);
    }
    const int problem = errno;
    if (problem != ENOENT)
        return fail_file(path, OFP_CODE_STORE_UNOPENED, problem, reterr);
    return mode == OFP_STORE_CREATE ? make_file(path, file, reterr) : fail_missing(path, reterr);
}

/* The folder of a path, from the root on; the caller frees it. @return NULL, and errno */
static char *find_folder(const char *path, size_t size, ofp_buffer *buffer)
{
    ofp_buffer_put(buffer, path, size);
    ofp_buffer_puts(buffer, ".");
    if (ofp_buffer_check(buffer, 0, NULL)) {
        errno = ENOMEM;
        return NULL;
    }
    return realpath(ofp_buffer_text(buffer).data, NULL);
}

/*
 * Named from the root on SQLite takes the file for nothing else ("file:…", ":memory:"), and only
 * the file itself may be no symbolic link.
 */
static ofp_status name_file(const char *path, ofp_store_mode mode, ofp_buffer *ret,
                            ofp_error **reterr)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    char *folder = find_folder(path, (size_t)(name - path), ret);
    const int problem = errno;
    if (!folder)
        return (problem == ENOENT || problem == ENOTDIR) && mode != OFP_STORE_CREATE
                   ? fail_missing(path, reterr)
                   : fail_file(path, OFP_CODE_STORE_UNOPENED, problem, reterr);
    ofp_buffer_clear(ret);
    ofp_buffer_printf(ret, "%s/%s", folder, name);
    free(folder);
    return ofp_buffer_check(ret, 0, reterr);
}

ofp_status ofp_store_find_file(const char *path, ofp_store_mode mode, ofp_buffer *ret,
                               ofp_error **reterr)
{
    const ofp_status status = name_file(path, mode, ret, reterr);
    return status ? status : check_file(path, ofp_buffer_text(ret).data, mode, reterr);
}
