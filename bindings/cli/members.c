/* SPDX-License-Identifier: MIT */
#include "members.h"

#include <string.h>

struct members members_of(ofp_text document)
{
    const bool has_members = document.size && strchr("{[", document.data[0]);
    const char *end = document.data + document.size;
    return (struct members){has_members ? document.data + 1 : end, end};
}

/* Past a text, whose opening quote is at `at`. */
static const char *skip_text(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++)
        at += *at == '\\';
    return at < end ? at + 1 : end;
}

/* Past a value: up to the comma or bracket behind it. */
static const char *skip_value(const char *at, const char *end)
{
    int depth = 0;
    while (at < end && (depth || !strchr(",]}", *at))) {
        if (*at == '"') {
            at = skip_text(at, end);
            continue;
        }
        depth += *at == '{' || *at == '[';
        depth -= *at == '}' || *at == ']';
        at++;
    }
    return at;
}

bool members_next(struct members *members, struct member *ret)
{
    const char *at = members->at;
    if (at >= members->end || strchr("]}", *at))
        return false;
    const char *behind = skip_value(at, members->end);
    const char *colon = *at == '"' ? skip_text(at, behind) : at;
    *ret = (struct member){{"", 0}, {at, (size_t)(behind - at)}};
    if (colon < behind && *colon == ':') {
        ret->key = (ofp_text){at + 1, (size_t)(colon - at) - 2};
        ret->value = (ofp_text){colon + 1, (size_t)(behind - colon) - 1};
    }
    members->at = behind + (behind < members->end && *behind == ',');
    return true;
}

ofp_text member_value(ofp_text document, const char *key)
{
    struct members members = members_of(document);
    struct member member;
    while (members_next(&members, &member)) {
        if (member.key.size == strlen(key) && memcmp(member.key.data, key, member.key.size) == 0)
            return member.value;
    }
    return (ofp_text){0};
}

ofp_text member_plain(ofp_text value)
{
    const bool quoted = value.size >= 2 && value.data[0] == '"';
    return quoted ? (ofp_text){value.data + 1, value.size - 2} : value;
}
