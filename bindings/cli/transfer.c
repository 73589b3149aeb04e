/* SPDX-License-Identifier: MIT */
/* Exporting a store, and importing it elsewhere. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <offerpolicy/store.h>

#include "arguments.h"
#include "prose.h"
#include "standard_output.h"
#include "store_file.h"
#include "tell.h"

static int export_to_standard_output(ofp_store *store)
{
    ofp_error *error;
    if (ofp_store_export(store, STDOUT_FILENO, &error) == OFP_STATUS_OK)
        return EXIT_DONE;
    struct pollfd reader = {.fd = STDOUT_FILENO};
    if (poll(&reader, 1, 0) > 0 && reader.revents & POLLERR)
        standard_output_fail(EPIPE);
    return tell_failure(error);
}

/* Writes into a file; what is left there after a failure is no export. */
static int export_to_file(ofp_store *store, const char *path)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) {
        tell("can't make %s: %s", path, strerror(errno));
        return EXIT_NOTHING;
    }
    ofp_error *error;
    int status = EXIT_DONE;
    if (ofp_store_export(store, fd, &error) != OFP_STATUS_OK)
        status = tell_failure(error);
    const bool kept = fsync(fd) == 0;
    const int reason = errno;
    if (close(fd) != 0 || !kept) {
        tell("can't write %s: %s", path, strerror(kept ? errno : reason));
        status = EXIT_NOTHING;
    }
    if (status != EXIT_DONE)
        unlink(path);
    return status;
}

static bool is_standard(const char *path)
{
    return !path || strcmp(path, "-") == 0;
}

static int run_export(const struct arguments *arguments)
{
    const char *path = arguments->operand_count ? arguments->operands[0] : NULL;
    ofp_store *store = store_file_open(arguments, OFP_STORE_READ);
    if (!store)
        return EXIT_NOTHING;
    const int status =
        is_standard(path) ? export_to_standard_output(store) : export_to_file(store, path);
    ofp_store_close(store);
    if (status != EXIT_DONE || is_standard(path))
        return status;
    prose_text(stdout, ofp_text_of(arguments->store));
    fputs(" was exported to ", stdout);
    prose_text(stdout, ofp_text_of(path));
    puts(".");
    return standard_output_finish(EXIT_DONE);
}

static int tell_imported(ofp_store *store, const struct arguments *arguments)
{
    ofp_store_stats stats = {.size = sizeof stats};
    ofp_error *error;
    if (ofp_store_get_stats(store, arguments_now(arguments), &stats, &error) != OFP_STATUS_OK)
        return tell_failure(error);
    printf("Imported %" PRId64 " migration%s and %" PRId64 " event%s into ", stats.migrations,
           plural((size_t)stats.migrations), stats.events, plural((size_t)stats.events));
    prose_text(stdout, ofp_text_of(arguments->store));
    puts(".");
    return standard_output_finish(EXIT_DONE);
}

static int import_from(int fd, const char *name, const struct arguments *arguments)
{
    ofp_store *store = store_file_open(arguments, OFP_STORE_CREATE);
    if (!store)
        return EXIT_NOTHING;
    ofp_error *error;
    const ofp_status status = ofp_store_import(store, fd, name, &error);
    const int told =
        status == OFP_STATUS_OK ? tell_imported(store, arguments) : tell_finding(error);
    ofp_store_close(store);
    return told;
}

static int run_import(const struct arguments *arguments)
{
    const char *path = arguments->operand_count ? arguments->operands[0] : "-";
    const int fd = is_standard(path) ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        tell("can't read %s: %s", path, strerror(errno));
        return EXIT_NOTHING;
    }
    if (fd == STDIN_FILENO && isatty(fd))
        tell("reading an export from the terminal; Ctrl-D ends it");
    const int status = import_from(fd, shown_name(path), arguments);
    if (fd != STDIN_FILENO)
        close(fd);
    return status;
}

const struct command export_command = {
    .name = "store export",
    .number = COMMAND_EXPORT,
    .operands = "[FILE]",
    .most = 1,
    .summary = "write all of it as JSON, one record a line",
    .text =
        "Writes everything as JSON, one record a line, into a new file that only its owner can\n"
        "read and write, or to standard output without FILE, or when FILE is -.\n",
    .examples = "  offerpolicy store export | gzip > migrations.ndjson.gz\n",
    .run = run_export,
};

const struct command import_command = {
    .name = "store import",
    .number = COMMAND_IMPORT,
    .operands = "[FILE]",
    .most = 1,
    .summary = "read what `export` wrote into an empty store",
    .text = "Reads an export into a new store, or one in which nothing has happened yet. Either\n"
            "all of it is read and holds together, or nothing is. Without FILE, or when FILE\n"
            "is -, reads standard input.\n",
    .examples = "  zcat migrations.ndjson.gz | offerpolicy store import -s copy.db\n",
    .run = run_import,
};
