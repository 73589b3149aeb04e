/* SPDX-License-Identifier: MIT */
#include "literals.h"

#include <stdint.h>
#include <string.h>

#include "pattern_tokens.h"

enum { MOST_CHARACTER_SIZE = 4 };

/* A group whose end was not seen yet. */
struct group {
    bool look; /* takes no characters of the text */
    /* The alternatives that have ended: */
    bool barren; /* there is one without a literal */
    ofp_literals either;
    size_t widest; /* the bytes that the widest can match */
    /* The one that is being read: */
    ofp_literals best;
    ofp_literal run; /* bytes that follow each other */
    size_t run_at;   /* the bytes before it, at most */
    size_t width;
};

struct walk {
    struct group groups[OFP_TOKEN_MOST_GROUPS];
    size_t depth;
    bool lost; /* something was not understood */
};

static size_t add(size_t a, size_t b)
{
    size_t sum;
    return __builtin_add_overflow(a, b, &sum) ? SIZE_MAX : sum;
}

static size_t repeat(size_t width, uint32_t most)
{
    size_t product;
    if (most == OFP_TOKEN_NO_END)
        return width ? SIZE_MAX : 0;
    return __builtin_mul_overflow(width, most, &product) ? SIZE_MAX : product;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static size_t shortest(const ofp_literals *literals)
{
    size_t size = literals->count ? OFP_LITERAL_MOST_SIZE : 0;
    for (size_t i = 0; i < literals->count; i++)
        size = literals->items[i].size < size ? literals->items[i].size : size;
    return size;
}

/* All that must be there can serve; what is longer is found less often. */
static void offer(ofp_literals *best, const ofp_literals *other)
{
    if (shortest(other) > shortest(best))
        *best = *other;
}

static void end_run(struct group *group)
{
    if (group->run.size >= OFP_LITERAL_LEAST_SIZE) {
        const ofp_literals run = {.count = 1, .reach = group->run_at, .items = {group->run}};
        offer(&group->best, &run);
    }
    group->run.size = 0;
}

static void end_alternative(struct group *group)
{
    end_run(group);
    const ofp_literals *best = &group->best;
    ofp_literals *either = &group->either;
    if (best->count == 0 || either->count + best->count > OFP_LITERALS_MOST) {
        group->barren = true;
    } else {
        memcpy(either->items + either->count, best->items, best->count * sizeof *best->items);
        either->count += best->count;
        either->reach = best->reach > either->reach ? best->reach : either->reach;
    }
    group->widest = group->width > group->widest ? group->width : group->widest;
    group->best.count = 0;
    group->width = 0;
}

static void open_group(struct walk *walk, bool look)
{
    if (walk->depth + 1 == OFP_TOKEN_MOST_GROUPS) {
        walk->lost = true;
        return;
    }
    if (!look)
        end_run(&walk->groups[walk->depth]);
    walk->groups[++walk->depth] = (struct group){.look = look};
}

static void close_group(struct walk *walk, const ofp_token *token)
{
    if (walk->depth == 0) {
        walk->lost = true;
        return;
    }
    struct group *inside = &walk->groups[walk->depth--], *group = &walk->groups[walk->depth];
    if (inside->look)
        return;
    end_alternative(inside);
    if (!inside->barren && token->least > 0) {
        inside->either.reach = add(group->width, inside->either.reach);
        offer(&group->best, &inside->either);
    }
    group->width = add(group->width, repeat(inside->widest, token->most));
}

static void add_byte(struct group *group, const ofp_token *token)
{
    const bool printable = token->byte >= ' ' && token->byte <= '~';
    if (printable && token->least > 0 && group->run.size < OFP_LITERAL_MOST_SIZE) {
        if (group->run.size == 0)
            group->run_at = group->width;
        group->run.bytes[group->run.size++] = lower((char)token->byte);
    }
    if (!printable || token->least != 1 || token->most != 1)
        end_run(group);
    group->width = add(group->width, repeat(printable ? 1 : MOST_CHARACTER_SIZE, token->most));
}

static void take_token(struct walk *walk, const ofp_token *token)
{
    struct group *group = &walk->groups[walk->depth];
    switch (token->kind) {
    case OFP_TOKEN_BYTE:
        add_byte(group, token);
        return;
    case OFP_TOKEN_CLASS:
        end_run(group);
        group->width = add(group->width, repeat(MOST_CHARACTER_SIZE, token->most));
        return;
    case OFP_TOKEN_PLACE:
        return;
    case OFP_TOKEN_OPEN:
    case OFP_TOKEN_OPEN_LOOK:
        open_group(walk, token->kind == OFP_TOKEN_OPEN_LOOK);
        return;
    case OFP_TOKEN_CLOSE:
        close_group(walk, token);
        return;
    case OFP_TOKEN_OR:
        end_alternative(group);
        return;
    case OFP_TOKEN_UNKNOWN:
    case OFP_TOKEN_END:
        walk->lost = true;
        return;
    }
}

void ofp_literals_of(ofp_text pattern, ofp_literals *ret)
{
    ofp_cursor cursor = ofp_cursor_of(pattern);
    struct walk walk = {.depth = 0};
    while (!ofp_cursor_at_end(&cursor) && !walk.lost) {
        const ofp_token token = ofp_token_next(&cursor);
        take_token(&walk, &token);
    }
    end_alternative(&walk.groups[0]);
    *ret = walk.groups[0].either;
    if (walk.lost || walk.depth > 0 || walk.groups[0].barren)
        ret->count = 0;
}

static bool has_foreign_letters(ofp_text text)
{
    return memmem(text.data, text.size, OFP_LONG_S, OFP_LONG_S_SIZE) ||
           memmem(text.data, text.size, OFP_KELVIN, OFP_KELVIN_SIZE);
}

static bool stands_at(const ofp_literal *literal, const char *at, const char *end)
{
    if (end - at < literal->size)
        return false;
    for (size_t i = 0; i < literal->size; i++) {
        if (lower(at[i]) != literal->bytes[i])
            return false;
    }
    return true;
}

static bool one_stands_at(const ofp_literals *literals, const char *at, const char *end)
{
    for (size_t i = 0; i < literals->count; i++) {
        if (stands_at(&literals->items[i], at, end))
            return true;
    }
    return false;
}

bool ofp_literals_find(const ofp_literals *literals, ofp_text text, size_t *retstart)
{
    *retstart = 0;
    if (literals->count == 0 || has_foreign_letters(text))
        return true;
    bool first[UINT8_MAX + 1] = {false}; /* by byte: a literal begins with it */
    for (size_t i = 0; i < literals->count; i++)
        first[(unsigned char)literals->items[i].bytes[0]] = true;
    for (size_t at = 0; at < text.size; at++) {
        if (first[(unsigned char)lower(text.data[at])] &&
            one_stands_at(literals, text.data + at, text.data + text.size)) {
            *retstart = at > literals->reach ? at - literals->reach : 0;
            return true;
        }
    }
    return false;
}
