/* SPDX-License-Identifier: MIT */
#include "cursor.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool ofp_cursor_take(ofp_cursor *cursor, char byte)
{
    if (cursor->at == cursor->end || *cursor->at != byte)
        return false;
    cursor->at++;
    return true;
}

bool ofp_cursor_take_word(ofp_cursor *cursor, const char *word)
{
    const char *at = cursor->at;
    for (; *word; word++, at++) {
        if (at == cursor->end || (*at | 0x20) != *word)
            return false;
    }
    cursor->at = at;
    return true;
}

bool ofp_cursor_take_number(ofp_cursor *cursor, int least, int most, int64_t *ret)
{
    const char *at = cursor->at;
    int64_t number = 0;
    int digits = 0;
    for (; at < cursor->end && digits < most && is_digit(*at); at++, digits++)
        number = number * 10 + (*at - '0');
    if (digits < least)
        return false;
    cursor->at = at;
    *ret = number;
    return true;
}

int ofp_cursor_skip_digits(ofp_cursor *cursor)
{
    const char *start = cursor->at;
    while (cursor->at < cursor->end && is_digit(*cursor->at))
        cursor->at++;
    return (int)(cursor->at - start);
}
