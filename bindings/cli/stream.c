/* SPDX-License-Identifier: MIT */
#include "stream.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "help.h"
#include "policy_file.h"
#include "pool.h"
#include "progress.h"
#include "tell.h"

struct stream {
    const char *noun;
    struct framer framer;
    struct pool pool;
    uint64_t record_count;
    size_t unreadable; /* files that could not be read to their end */
};

/* Reads what is open to its end. */
static void read_records(struct stream *stream)
{
    struct source *source = &stream->framer.source;
    struct record record;
    for (;;) {
        switch (framer_next(&stream->framer, !pool_has_records(&stream->pool), &record)) {
        case FRAMER_RECORD:
            pool_add(&stream->pool, &record);
            stream->record_count++;
            progress_update(source->read_size - (source->end - source->begin),
                            stream->record_count);
            break;
        case FRAMER_WAITING:
            pool_flush(&stream->pool);
            break;
        case FRAMER_END:
            return;
        }
    }
}

static void read_file(struct stream *stream, const char *name)
{
    int reason = framer_open(&stream->framer, name);
    if (reason == 0) {
        if (strcmp(name, "-") == 0 && isatty(STDIN_FILENO))
            tell("reading %s from the terminal, one JSON document a line; Ctrl-D ends them",
                 stream->noun);
        read_records(stream);
        reason = stream->framer.source.reason;
        framer_close(&stream->framer);
    }
    if (reason) {
        tell("can't read %s: %s", shown_name(name), strerror(reason));
        stream->unreadable++;
    }
}

/* The bytes that are left to be read of a file on disk; 0 for anything else. */
static uint64_t file_size(const char *name)
{
    struct stat about;
    const bool piped = strcmp(name, "-") == 0;
    if ((piped ? fstat(STDIN_FILENO, &about) : stat(name, &about)) != 0 || !S_ISREG(about.st_mode))
        return 0;
    const off_t past = piped ? lseek(STDIN_FILENO, 0, SEEK_CUR) : 0;
    return past < about.st_size ? (uint64_t)(about.st_size - past) : 0;
}

/* Shows progress if there is a terminal for it, nothing else goes there, and the end is known. */
static void show_progress(char *const *files, size_t count)
{
    uint64_t total = 0;
    for (size_t i = 0; i < count; i++) {
        const uint64_t size = file_size(files[i]);
        if (size == 0)
            return;
        total += size;
    }
    if (terminal_is_capable(STDERR_FILENO) && !isatty(STDOUT_FILENO))
        progress_start(total);
}

static int finish(struct stream *stream, size_t file_count)
{
    const struct pool_result result = pool_finish(&stream->pool);
    progress_clear();
    if (result.bad && !stream->pool.task->for_people)
        tell("bad %s: %" PRIu64 " of %" PRIu64 "; each was answered with an error document",
             stream->noun, result.bad, stream->record_count);
    if (result.unlogged)
        tell("%" PRIu64 " of the decisions that were given are not in the decision log",
             result.unlogged);
    if (stream->unreadable == file_count && stream->record_count == 0)
        return EXIT_NOTHING;
    return result.bad || result.unlogged || stream->unreadable ? EXIT_BAD : EXIT_DONE;
}

static int run(struct stream *stream, const struct arguments *arguments, const struct task *task)
{
    static char *standard_input[] = {"-"};
    const bool named = arguments->operand_count > 0;
    char *const *files = named ? arguments->operands : standard_input;
    const size_t count = named ? arguments->operand_count : 1;
    ofp_error *error = NULL;
    if (!source_init(&stream->framer.source) ||
        pool_init(&stream->pool, task, task->for_people ? 1 : arguments->jobs, &error) !=
            OFP_STATUS_OK) {
        tell_failure(error);
        return EXIT_NOTHING;
    }
    show_progress(files, count);
    for (size_t i = 0; i < count; i++)
        read_file(stream, files[i]);
    return finish(stream, count);
}

/* Standard input can't be the policy and the documents. */
static bool is_contended(const struct arguments *arguments)
{
    bool wanted = arguments->operand_count == 0;
    for (size_t i = 0; i < arguments->operand_count; i++)
        wanted = wanted || strcmp(arguments->operands[i], "-") == 0;
    return wanted && arguments->policy && strcmp(arguments->policy, "-") == 0;
}

void stream_take_store(const struct arguments *arguments, struct task *task)
{
    task->store = arguments->store;
    task->log = arguments->log || arguments->log_texts;
    task->log_texts = arguments->log_texts;
}

int stream_run(const struct arguments *arguments, struct task *task, const char *noun)
{
    if (task->log && !task->store) {
        tell("--log needs a store: name its file with --store, or in OFFERPOLICY_STORE of the "
             "environment");
        help_hint(arguments->command);
        return EXIT_NOTHING;
    }
    if (is_contended(arguments)) {
        tell("standard input can't be both the policy and the %s: name a file for one of them",
             noun);
        return EXIT_NOTHING;
    }
    ofp_policy *policy = policy_file_open(arguments);
    if (!policy)
        return EXIT_NOTHING;
    task->policy = policy;
    struct stream stream = {.noun = noun};
    const int status = run(&stream, arguments, task);
    pool_release(&stream.pool);
    source_release(&stream.framer.source);
    ofp_policy_unref(policy);
    return status;
}
