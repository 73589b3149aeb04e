/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The commands: what each is called, does and says about itself. Each stands in the file that
 * runs it; command.c has the list. A name may have two words: "migration" is then a command that
 * only tells about those whose names begin with it, or one that also does something itself.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arguments;

/** The commands as numbers, so that an option can say which of them know it, see FOR(). */
enum command_number {
    COMMAND_DECIDE,
    COMMAND_EXPLAIN,
    COMMAND_CHECK,
    COMMAND_CALENDAR,
    COMMAND_MIGRATION,
    COMMAND_REQUEST,
    COMMAND_APPROVE,
    COMMAND_REFUSE,
    COMMAND_EXTEND,
    COMMAND_END,
    COMMAND_COMPLETE,
    COMMAND_CANCEL,
    COMMAND_SHOW,
    COMMAND_LIST,
    COMMAND_EXPIRE,
    COMMAND_ACTIONS,
    COMMAND_ACK,
    COMMAND_FAIL,
    COMMAND_AUDIT,
    COMMAND_AUDIT_SHOW,
    COMMAND_VERIFY,
    COMMAND_HEAD,
    COMMAND_STORE,
    COMMAND_CREATE,
    COMMAND_BACKUP,
    COMMAND_STORE_CHECK,
    COMMAND_STATS,
    COMMAND_EXPORT,
    COMMAND_IMPORT,
    COMMAND_LOG,
    COMMAND_LOG_SHOW,
    COMMAND_PRUNE,
    COMMAND_REPLAY,
    COMMAND_HELP,
    COMMAND_COUNT,
};

_Static_assert(COMMAND_COUNT <= 64, "a set of commands has 64 bits");

/** The set of this one command, for example FOR(DECIDE). */
#define FOR(NAME) (UINT64_C(1) << COMMAND_##NAME)

/** As many operands as there are. */
#define ANY_NUMBER SIZE_MAX

/** One command. */
struct command {
    const char *name; /* one word or two */
    enum command_number number;
    const char *operands; /* what follows the options, for the usage line; "" if nothing */
    size_t least, most;   /* how many operands it takes */
    const char *needs;    /* what is missing when there are fewer: "the id of …" */
    const char *summary;  /* for the list of commands */
    const char *text;     /* what it does */
    const char *examples; /* one a line, indented */
    /** Does it. @return an exit_status. NULL: one of the commands below it must be named. */
    int (*run)(const struct arguments *arguments);
};

extern const struct command *const commands[];
extern const size_t command_count;

/** Does `option`'s set of commands have this one? */
static inline bool command_is_among(const struct command *command, uint64_t set)
{
    return set >> command->number & 1;
}

/** The word of a name that comes last. */
const char *command_word(const struct command *command);

/** Is it one of those below `above`? With NULL: has its name one word? */
bool command_is_below(const struct command *command, const struct command *above);

/** Has it commands below it? */
bool command_has_below(const struct command *command);

/**
 * The command whose name stands at the start of some words.
 * @param retused how many of the words are its name
 * @return NULL: the first word begins no name
 */
const struct command *command_find(char *const *words, size_t count, size_t *retused);

/** Says that a command must be named. @param above one of those below this; NULL: any */
void command_tell_missing(const struct command *above);

/** Says that there is no such command, and which one may have been meant. @param above as above */
void command_tell_unknown(const struct command *above, const char *word);

extern const struct command decide_command, explain_command, check_command, calendar_command;
extern const struct command migration_command, request_command, approve_command, refuse_command;
extern const struct command extend_command, end_command, complete_command, cancel_command;
extern const struct command show_command, list_command, expire_command;
extern const struct command actions_command, ack_command, fail_command;
extern const struct command audit_command, audit_show_command, verify_command, head_command;
extern const struct command store_command, create_command, backup_command, store_check_command;
extern const struct command stats_command, export_command, import_command;
extern const struct command log_command, log_show_command, prune_command, replay_command;
extern const struct command help_command;

#endif
