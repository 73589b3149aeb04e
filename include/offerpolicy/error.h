/* SPDX-License-Identifier: MIT */
/**
 * @file
 * How a call says that it failed. Every function that can fail returns an ofp_status and, if its
 * last argument `reterr` is not NULL, sets `*reterr`: to NULL on success, else to an error that
 * the caller frees with ofp_error_free(). That holds out of memory too (the error is then a
 * static one, and freeing it does nothing).
 *
 * A status says what a program can do about a failure; a code (OFP-nnn, see codes.h and
 * doc/errors.md) says what exactly is wrong and never changes its meaning.
 *
 * An error is immutable: any thread may read it.
 */
#ifndef OFFERPOLICY_ERROR_H
#define OFFERPOLICY_ERROR_H

#include <stddef.h>
#include <stdint.h>

#include <offerpolicy/codes.h>
#include <offerpolicy/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a caller can do about a failure. New ones may be added: treat an unknown one as a failure.
 */
typedef enum ofp_status {
    OFP_STATUS_OK = 0,           /**< it worked */
    OFP_STATUS_NO_MEMORY = 1,    /**< out of memory: try again later; nothing was changed */
    OFP_STATUS_MISUSE = 2,       /**< the program called the library wrongly: mend the program */
    OFP_STATUS_IO = 3,           /**< a file could not be read: see the message */
    OFP_STATUS_BAD_POLICY = 4,   /**< the policy has mistakes: see the error's diagnostics */
    OFP_STATUS_BAD_REQUEST = 5,  /**< the request or question is wrong: see the pointer */
    OFP_STATUS_BAD_ZONE = 6,     /**< a time zone is unknown or its file is damaged */
    OFP_STATUS_BUSY = 7,         /**< another connection writes to the store: try again */
    OFP_STATUS_FULL = 8,         /**< the disk is full: make room and try again */
    OFP_STATUS_READ_ONLY = 9,    /**< the store can't be written: see the message */
    OFP_STATUS_CORRUPT = 10,     /**< the store is damaged: restore a backup */
    OFP_STATUS_BAD_STORE = 11,   /**< it is no store, or not one that this version can use */
    OFP_STATUS_NOT_FOUND = 12,   /**< there is no such migration or action */
    OFP_STATUS_NOT_ALLOWED = 13, /**< policy, state, role or a limit says no: see the message */
    OFP_STATUS_CONFLICT = 14,    /**< it was changed meanwhile: look again, then decide anew */
} ofp_status;

/** How bad a diagnostic is. */
typedef enum ofp_severity {
    OFP_SEVERITY_ERROR = 0,   /**< the thing can't be used */
    OFP_SEVERITY_WARNING = 1, /**< it can be used, but probably does not say what was meant */
} ofp_severity;

/** One thing that is wrong, and where. Texts are borrowed from the error or policy it came from. */
typedef struct ofp_diagnostic {
    ofp_severity severity; /**< error or warning */
    ofp_code code;         /**< which mistake, see codes.h */
    const char *message;   /**< what is wrong and what would be right; one line, UTF-8 */
    const char *source;    /**< the file's name as it was given, or NULL */
    uint32_t line;         /**< line in the source, from 1; 0: not known */
    uint32_t column;       /**< column in characters, from 1; 0: not known */
    const char *pointer;   /**< JSON pointer (RFC 6901) into the document, or NULL */
    const char *excerpt;   /**< the source line (a part of it if it is very long), or NULL */
    uint32_t caret;        /**< the place in `excerpt`, in characters, from 0 */
} ofp_diagnostic;

/** Why a call failed: one diagnostic or more, at least one of them an error. */
typedef struct ofp_error ofp_error;

/** The status that the failing call returned. */
OFP_API ofp_status ofp_error_status(const ofp_error *error);

/** The first error among the diagnostics: what to show where there is room for one. Never NULL. */
OFP_API const ofp_diagnostic *ofp_error_first(const ofp_error *error);

/** How many diagnostics the error has (1 or more); ofp_error_diagnostic() gives each. */
OFP_API size_t ofp_error_count(const ofp_error *error);

/**
 * Diagnostic number `index`, in the order of their places in the source.
 * @return borrowed from `error`; NULL if `index` is not below ofp_error_count()
 */
OFP_API const ofp_diagnostic *ofp_error_diagnostic(const ofp_error *error, size_t index);

/** The first error's message; never NULL, borrowed. */
OFP_API const char *ofp_error_message(const ofp_error *error);

/** Frees an error; takes NULL. @return NULL, so that `e = ofp_error_free(e)` leaves nothing behind
 */
OFP_API ofp_error *ofp_error_free(ofp_error *error);

/** A status as a word, for example "bad_policy"; static. */
OFP_API const char *ofp_status_name(ofp_status status);

/** A code as people write it, for example "OFP-104"; static. "OFP-000" for a number of no code. */
OFP_API const char *ofp_code_name(ofp_code code);

#ifdef __cplusplus
}
#endif

#endif
