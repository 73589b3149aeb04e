/* SPDX-License-Identifier: MIT */
#include <offerpolicy/policy.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"
#include "failure.h"
#include "policy_compile.h"
#include "sized.h"
#include "yaml_source.h"

static const unsigned char default_policy[] = {
#include "default_policy.h"
};

/* The caller's options, and defaults for all that they leave out or do not know of. */
static ofp_status read_options(const ofp_policy_options *options, ofp_policy_options *ret,
                               ofp_error **reterr)
{
    *ret = (ofp_policy_options){.size = sizeof *ret};
    return options ? ofp_read_sized(options, ret, sizeof *ret, "ofp_policy_options", reterr)
                   : ofp_succeed(reterr);
}

static ofp_status compile(ofp_text yaml, const char *source, const ofp_policy_options *options,
                          ofp_policy **ret, ofp_error **reterr)
{
    ofp_policy_options known;
    const ofp_status status = read_options(options, &known, reterr);
    if (status)
        return status;
    if (!known.source)
        known.source = source;
    return ofp_policy_compile(yaml, &known, ret, reterr);
}

ofp_status ofp_policy_parse(ofp_text yaml, const ofp_policy_options *options, ofp_policy **ret,
                            ofp_error **reterr)
{
    return compile(yaml, "policy", options, ret, reterr);
}

ofp_status ofp_policy_default(const ofp_policy_options *options, ofp_policy **ret,
                              ofp_error **reterr)
{
    const ofp_text yaml = {(const char *)default_policy, sizeof default_policy};
    return compile(yaml, "default policy", options, ret, reterr);
}

/* Reads up to the limit and a little more, so that what is too long can be told. @return errno */
static int read_all(int file, ofp_buffer *buffer)
{
    enum { PIECE = 65536 };
    for (;;) {
        char *room = ofp_buffer_reserve(buffer, PIECE);
        if (!room)
            return ENOMEM;
        const ssize_t size = read(file, room, PIECE);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return errno;
        buffer->size += (size_t)size;
        if (size == 0 || buffer->size > OFP_YAML_FILE_LIMIT)
            return 0;
    }
}

static int read_file(const char *path, ofp_buffer *buffer)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno;
    const int problem = read_all(file, buffer);
    close(file);
    return problem;
}

ofp_status ofp_policy_load(const char *path, const ofp_policy_options *options, ofp_policy **ret,
                           ofp_error **reterr)
{
    if (!path)
        return ofp_fail(reterr, OFP_CODE_MISUSE, "path is NULL");
    ofp_buffer buffer = {0};
    const int problem = read_file(path, &buffer);
    ofp_status status;
    if (problem == ENOMEM) {
        status = ofp_fail_no_memory(reterr);
    } else if (problem) {
        /* Not strerror(), whose words depend on the locale. */
        const char *reason = strerrordesc_np(problem);
        status = ofp_fail_at(reterr, (ofp_place){.source = path}, OFP_CODE_UNREADABLE_FILE,
                             "the policy can't be read: %s", reason ? reason : "unknown error");
    } else {
        status = compile(ofp_buffer_text(&buffer), path, options, ret, reterr);
    }
    ofp_buffer_release(&buffer);
    return status;
}
