/* SPDX-License-Identifier: MIT */
#include "pattern_tokens.h"

#include <string.h>

static bool take(ofp_cursor *cursor, const char *bytes)
{
    const size_t size = strlen(bytes);
    if ((size_t)(cursor->end - cursor->at) < size || memcmp(cursor->at, bytes, size) != 0)
        return false;
    cursor->at += size;
    return true;
}

static ofp_token_kind open_group(ofp_cursor *cursor)
{
    if (take(cursor, "?=") || take(cursor, "?!"))
        return OFP_TOKEN_OPEN_LOOK;
    if (take(cursor, "?:"))
        return OFP_TOKEN_OPEN;
    return ofp_cursor_peek(cursor) == '?' ? OFP_TOKEN_UNKNOWN : OFP_TOKEN_OPEN;
}

/* What stands behind a backslash: a kind of character, a place, or a character itself. */
static ofp_token_kind take_escape(ofp_cursor *cursor, unsigned char *retbyte)
{
    const char letter = ofp_cursor_peek(cursor);
    if (letter == '\0')
        return OFP_TOKEN_UNKNOWN;
    cursor->at++;
    *retbyte = (unsigned char)letter;
    if (strchr("dDwWsShHvVnrtfea", letter))
        return OFP_TOKEN_CLASS;
    if (strchr("bBAzZ", letter))
        return OFP_TOKEN_PLACE;
    const bool alphanumeric = (letter >= '0' && letter <= '9') ||
                              (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    return alphanumeric ? OFP_TOKEN_UNKNOWN : OFP_TOKEN_BYTE;
}

/* A class in brackets, whatever is in it. */
static ofp_token_kind take_class(ofp_cursor *cursor)
{
    take(cursor, "^");
    bool first = true; /* a bracket in the first place ends nothing */
    for (; cursor->at < cursor->end && (first || *cursor->at != ']'); first = false) {
        /* Names such as [:alpha:] and quotations have brackets of their own; "\c" takes any byte.
         */
        if (take(cursor, "[") || take(cursor, "\\Q") || take(cursor, "\\c"))
            return OFP_TOKEN_UNKNOWN;
        cursor->at += *cursor->at == '\\' && cursor->end - cursor->at > 1 ? 2 : 1;
    }
    return take(cursor, "]") ? OFP_TOKEN_CLASS : OFP_TOKEN_UNKNOWN;
}

/* "3}", "3,}" or "3,5}". @return false: it is none of them */
static bool take_counts(ofp_cursor *cursor, ofp_token *token)
{
    int64_t least, most;
    if (!ofp_cursor_take_number(cursor, 1, 5, &least))
        return false;
    if (!ofp_cursor_take(cursor, ','))
        most = least;
    else if (!ofp_cursor_take_number(cursor, 1, 5, &most))
        most = OFP_TOKEN_NO_END;
    token->least = (uint32_t)least;
    token->most = (uint32_t)most;
    return ofp_cursor_take(cursor, '}');
}

/* A quantifier, if there is one. @return false: it is not understood */
static bool take_quantifier(ofp_cursor *cursor, ofp_token *token)
{
    if (take(cursor, "?")) {
        token->least = 0;
    } else if (take(cursor, "*")) {
        token->least = 0;
        token->most = OFP_TOKEN_NO_END;
    } else if (take(cursor, "+")) {
        token->most = OFP_TOKEN_NO_END;
    } else if (take(cursor, "{")) {
        if (!take_counts(cursor, token))
            return false;
    } else {
        return true;
    }
    if (!take(cursor, "?"))
        take(cursor, "+");
    return true;
}

static ofp_token_kind take_first(ofp_cursor *cursor, unsigned char *retbyte)
{
    *retbyte = (unsigned char)*cursor->at++;
    switch (*retbyte) {
    case '\\':
        return take_escape(cursor, retbyte);
    case '[':
        return take_class(cursor);
    case '(':
        return open_group(cursor);
    case ')':
        return OFP_TOKEN_CLOSE;
    case '|':
        return OFP_TOKEN_OR;
    case '.':
        return OFP_TOKEN_CLASS;
    case '^':
    case '$':
        return OFP_TOKEN_PLACE;
    case '?':
    case '*':
    case '+':
    case '{':
        return OFP_TOKEN_UNKNOWN; /* a quantifier without an item, or of a quantifier */
    default:
        return OFP_TOKEN_BYTE;
    }
}

static bool may_repeat(ofp_token_kind kind)
{
    return kind == OFP_TOKEN_BYTE || kind == OFP_TOKEN_CLASS || kind == OFP_TOKEN_PLACE ||
           kind == OFP_TOKEN_CLOSE;
}

ofp_token ofp_token_next(ofp_cursor *cursor)
{
    ofp_token token = {.kind = OFP_TOKEN_END, .least = 1, .most = 1};
    if (ofp_cursor_at_end(cursor))
        return token;
    token.kind = take_first(cursor, &token.byte);
    if (may_repeat(token.kind) && !take_quantifier(cursor, &token))
        token.kind = OFP_TOKEN_UNKNOWN;
    return token;
}
