/* SPDX-License-Identifier: MIT */
#include "effort.h"

#include <stdbool.h>
#include <stdint.h>

#include "pattern_tokens.h"

enum { HOPELESS = 100000 }; /* as many ways, or more, are not worth telling apart */

/* What a part of a pattern costs at one place of the text. */
struct effort {
    uint32_t ways;    /* in how many ways it can match, and how many steps these have in all */
    uint32_t repeats; /* without an end; each may try all that is left of the text */
};

static const struct effort one_way = {1, 0}, hopeless = {HOPELESS, 0};

/* A group whose end was not seen yet. */
struct group {
    struct effort before;   /* all alternatives but the last */
    struct effort sequence; /* the last one */
};

static const struct group new_group = {{0, 0}, {1, 0}};

struct walk {
    struct group groups[OFP_TOKEN_MOST_GROUPS];
    size_t depth;
    bool lost; /* something was not understood */
};

static uint32_t cap(uint64_t ways)
{
    return ways < HOPELESS ? (uint32_t)ways : HOPELESS;
}

static struct effort follow(struct effort first, struct effort second)
{
    return (struct effort){cap((uint64_t)first.ways * second.ways), first.repeats + second.repeats};
}

static struct effort either(struct effort first, struct effort second)
{
    return (struct effort){cap((uint64_t)first.ways + second.ways),
                           first.repeats > second.repeats ? first.repeats : second.repeats};
}

static struct effort whole_group(const struct group *group)
{
    return either(group->before, group->sequence);
}

/* An item with its quantifier. */
static struct effort repeat(struct effort item, const ofp_token *token)
{
    if (token->least == 1 && token->most == 1)
        return item;
    if (token->most == 1)
        return either(item, one_way);
    if (item.ways > 1 || item.repeats > 0)
        return hopeless; /* repeats in repeats */
    if (token->most == OFP_TOKEN_NO_END)
        return (struct effort){1, 1};
    return (struct effort){cap((uint64_t)token->most + 1), 0};
}

static void add_item(struct walk *walk, struct effort item, const ofp_token *token)
{
    struct group *group = &walk->groups[walk->depth];
    group->sequence = follow(group->sequence, repeat(item, token));
}

static void open_group(struct walk *walk)
{
    if (walk->depth + 1 == OFP_TOKEN_MOST_GROUPS)
        walk->lost = true;
    else
        walk->groups[++walk->depth] = new_group;
}

static void close_group(struct walk *walk, const ofp_token *token)
{
    if (walk->depth == 0) {
        walk->lost = true;
        return;
    }
    const struct effort inside = whole_group(&walk->groups[walk->depth--]);
    add_item(walk, inside, token);
}

static void next_alternative(struct walk *walk)
{
    struct group *group = &walk->groups[walk->depth];
    group->before = whole_group(group);
    group->sequence = one_way;
}

static void take_token(struct walk *walk, const ofp_token *token)
{
    switch (token->kind) {
    case OFP_TOKEN_BYTE:
    case OFP_TOKEN_CLASS:
    case OFP_TOKEN_PLACE:
        add_item(walk, one_way, token);
        return;
    case OFP_TOKEN_OPEN:
    case OFP_TOKEN_OPEN_LOOK:
        open_group(walk);
        return;
    case OFP_TOKEN_CLOSE:
        close_group(walk, token);
        return;
    case OFP_TOKEN_OR:
        next_alternative(walk);
        return;
    case OFP_TOKEN_UNKNOWN:
    case OFP_TOKEN_END:
        walk->lost = true;
        return;
    }
}

/* Does it take at most so many steps on a text of `size` bytes? */
static bool suffices(struct effort effort, size_t size, size_t steps)
{
    size_t product = effort.ways;
    for (uint32_t i = 0; i <= effort.repeats; i++) {
        if (product > steps || __builtin_mul_overflow(product, size, &product))
            return false;
    }
    return product <= steps;
}

size_t ofp_effort_longest_text(ofp_text pattern, size_t steps)
{
    ofp_cursor cursor = ofp_cursor_of(pattern);
    struct walk walk = {.groups = {new_group}};
    while (!ofp_cursor_at_end(&cursor) && !walk.lost) {
        const ofp_token token = ofp_token_next(&cursor);
        take_token(&walk, &token);
    }
    const struct effort effort = whole_group(&walk.groups[0]);
    if (walk.lost || walk.depth > 0 || effort.ways >= HOPELESS)
        return 0;
    size_t least = 0, most = steps;
    while (least < most) {
        const size_t middle = most - (most - least) / 2;
        if (suffices(effort, middle, steps))
            least = middle;
        else
            most = middle - 1;
    }
    return least;
}
