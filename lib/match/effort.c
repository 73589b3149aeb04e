/* SPDX-License-Identifier: MIT */
#include "effort.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum {
    MOST_GROUPS = 32,  /* inside each other */
    HOPELESS = 100000, /* as many ways, or more, are not worth telling apart */
};

/* What a part of a pattern costs at one place of the text. */
struct effort {
    uint32_t ways;    /* in how many ways it can match, and how many steps these have in all */
    uint32_t repeats; /* without an end; each may try all that is left of the text */
};

static const struct effort one_way = {1, 0}, hopeless = {HOPELESS, 0};

/* A group whose end was not seen yet. */
struct group {
    struct effort before;   /* all alternatives but the last */
    struct effort sequence; /* the last one, without its last item */
    struct effort item;     /* which a quantifier may follow */
};

struct walk {
    const char *at, *end;
    struct group groups[MOST_GROUPS];
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

static void add_item(struct walk *walk, struct effort item)
{
    struct group *group = &walk->groups[walk->depth];
    group->sequence = follow(group->sequence, group->item);
    group->item = item;
}

static struct effort whole_group(const struct group *group)
{
    return either(group->before, follow(group->sequence, group->item));
}

static void next_alternative(struct walk *walk)
{
    struct group *group = &walk->groups[walk->depth];
    group->before = whole_group(group);
    group->sequence = group->item = one_way;
}

static bool take(struct walk *walk, const char *word)
{
    const size_t size = strlen(word);
    if ((size_t)(walk->end - walk->at) < size || memcmp(walk->at, word, size) != 0)
        return false;
    walk->at += size;
    return true;
}

static void open_group(struct walk *walk)
{
    const bool plain = take(walk, "?:") || take(walk, "?=") || take(walk, "?!") ||
                       walk->at == walk->end || *walk->at != '?';
    if (!plain || walk->depth + 1 == MOST_GROUPS) {
        walk->lost = true;
        return;
    }
    walk->groups[++walk->depth] = (struct group){{0, 0}, one_way, one_way};
}

static void close_group(struct walk *walk)
{
    if (walk->depth == 0) {
        walk->lost = true;
        return;
    }
    const struct effort inside = whole_group(&walk->groups[walk->depth--]);
    add_item(walk, inside);
}

/* What stands behind a backslash: a kind of character, a place, or a character itself. */
static void take_escape(struct walk *walk)
{
    const char letter = walk->at < walk->end ? *walk->at++ : '\0';
    const bool alphanumeric = (letter >= '0' && letter <= '9') ||
                              (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    walk->lost |= !letter || (alphanumeric && !strchr("dDwWsSbBhHvVnrtfeaAzZ", letter));
    add_item(walk, one_way);
}

/* A class in brackets, whatever is in it. */
static void take_class(struct walk *walk)
{
    take(walk, "^");
    bool first = true; /* a bracket in the first place ends nothing */
    while (walk->at < walk->end && (first || *walk->at != ']')) {
        first = false;
        /* Names such as [:alpha:] and quotations have brackets of their own. */
        walk->lost |= *walk->at == '[' || take(walk, "\\Q");
        walk->at += *walk->at == '\\' ? 2 : 1;
    }
    if (walk->at >= walk->end)
        walk->lost = true;
    else
        walk->at++;
    add_item(walk, one_way);
}

/* "{3}", "{3,}" or "{3,5}", without the first brace. @param retmost 0: there is no end */
static bool take_counts(struct walk *walk, uint32_t *retmost)
{
    uint32_t number = 0;
    bool digits = false, comma = false;
    for (; walk->at < walk->end && *walk->at != '}'; walk->at++) {
        if (*walk->at == ',' && digits && !comma) {
            comma = true;
            number = 0;
            digits = false;
        } else if (*walk->at >= '0' && *walk->at <= '9' && number < HOPELESS) {
            number = number * 10 + (uint32_t)(*walk->at - '0');
            digits = true;
        } else {
            return false;
        }
    }
    *retmost = digits ? number : 0;
    return take(walk, "}") && (digits || comma);
}

/* Repeats the last item up to `most` times; 0: without an end. */
static void repeat(struct walk *walk, uint32_t most)
{
    struct effort *item = &walk->groups[walk->depth].item;
    if (item->ways > 1 || item->repeats > 0)
        *item = hopeless; /* repeats in repeats */
    else if (most)
        item->ways = cap((uint64_t)most + 1);
    else
        item->repeats = 1;
}

static void take_quantifier(struct walk *walk, char first)
{
    uint32_t most = 0;
    if (first == '?')
        walk->groups[walk->depth].item.ways++;
    else if (first != '{')
        repeat(walk, 0);
    else if (take_counts(walk, &most))
        repeat(walk, most);
    else
        walk->lost = true;
    if (!take(walk, "?"))
        take(walk, "+");
}

static void take_next(struct walk *walk)
{
    const char first = *walk->at++;
    switch (first) {
    case '\\':
        take_escape(walk);
        return;
    case '[':
        take_class(walk);
        return;
    case '(':
        open_group(walk);
        return;
    case ')':
        close_group(walk);
        return;
    case '|':
        next_alternative(walk);
        return;
    case '?':
    case '*':
    case '+':
    case '{':
        take_quantifier(walk, first);
        return;
    default:
        add_item(walk, one_way);
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
    struct walk walk = {.at = pattern.data, .end = pattern.data + pattern.size};
    walk.groups[0] = (struct group){{0, 0}, one_way, one_way};
    while (walk.at < walk.end && !walk.lost)
        take_next(&walk);
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
