/* SPDX-License-Identifier: MIT */
#include "random_patterns.h"

#include <stdbool.h>
#include <string.h>

enum { LONGEST_PIECE = 32, DEEPEST = 3 };

/* As texts have them; in patterns their dots stand for any character. */
static const char *const words[] = {
    "self",
    "hosted",
    "saas",
    "ask",
    "kb",
    "k",
    "s",
    "cloud",
    "on-prem",
    "ab",
    "ba",
    "aab",
    "a.b",
    "/etc/shop/",
    "429",
    "disk",
    "desk",
    "\xC3\xA9",
    "\xC3\x9F",
    "\xD0\xB6",
    "gr\303\266\303\237e",
    "~ ~",
    "x",
    " ",
    "-",
    "dedicated instance number one",
};

/* Stand for characters or places. */
static const char *const kinds[] = {
    "\\w", "\\d",   "\\s",  ".",    "\\b",  "\\b",   "\\b",        "\\B",         "^",
    "$",   "[a-k]", "[^s]", "[ -]", "[]a]", "[^]s]", "[\\]k]",     "\\.",         "\\-",
    "\\S", "\\W",   "\\A",  "\\z",  "\\Z",  "\\/",   "\\\xC3\xA9", "[\xC3\xA9s]", "\\t",
};

/* What is seldom written; the library looks into none of it. */
static const char *const rarities[] = {
    "(?i)",     "(?-i)",   "\\x6b",     "\\1",       "(?<=a)",      "(?<!s)",      "\\Qa+\\E",
    "\\p{L}",   "(?#ab)",  "\\R",       "\\X",       "[[:alpha:]]", "[\\Qab]\\E]", "[\\c]ab]",
    "(?>a|ab)", "(?<n>s)", "a{,2}",     "\\cA",      "(?|a|b)",     "(?x) a b ",   "\\K",
    "\\061",    "(?1)",    "(?(1)a|b)", "\\N{U+6b}", "\\o{163}",    "(?s-i:Ab)",   "\\Gs",
};

static const char *const quantifiers[] = {
    "?",   "*",   "+",  "{2}", "{0,1}", "{1,3}",  "{2,}",
    "{0}", "{1}", "??", "*?",  "++",    "{1,2}?", "{2}+",
};

/* Two letters that match ASCII ones. */
static const char *const foreign_letters[] = {"\xC5\xBF", "\xE2\x84\xAA"};

struct writer {
    random_source *source;
    char *text;
    size_t size, capacity;
};

#define PICK(writer, list) ((list)[random_below((writer)->source, sizeof(list) / sizeof *(list))])

/* One time in so many. */
static bool seldom(struct writer *writer, uint32_t times)
{
    return random_below(writer->source, times) == 0;
}

static void put(struct writer *writer, const char *piece)
{
    const size_t size = strlen(piece);
    if (writer->size + size > writer->capacity)
        return;
    memcpy(writer->text + writer->size, piece, size);
    writer->size += size;
}

static void put_alternatives(struct writer *writer, int depth);

static void put_group(struct writer *writer, int depth)
{
    static const char *const openings[] = {"(", "(?:", "(", "(?:", "(?=", "(?!"};
    put(writer, PICK(writer, openings));
    put_alternatives(writer, depth - 1);
    put(writer, ")");
}

static void put_item(struct writer *writer, int depth)
{
    const uint32_t kind = random_below(writer->source, 20);
    if (kind < 10)
        put(writer, PICK(writer, words));
    else if (kind < 16 || depth == 0)
        put(writer, PICK(writer, kinds));
    else
        put_group(writer, depth);
    if (seldom(writer, 40))
        put(writer, PICK(writer, rarities));
    if (seldom(writer, 100))
        put(writer, PICK(writer, foreign_letters));
    if (seldom(writer, 4))
        put(writer, PICK(writer, quantifiers));
}

static void put_alternatives(struct writer *writer, int depth)
{
    do {
        const uint32_t count = random_below(writer->source, 20) ? 1 : 0;
        for (uint32_t i = 0; i < count + random_below(writer->source, 4); i++)
            put_item(writer, depth);
    } while (seldom(writer, 3) && (put(writer, "|"), true));
}

size_t random_pattern(random_source *source, char ret[RANDOM_PATTERN_SIZE])
{
    struct writer writer = {source, ret, 0, RANDOM_PATTERN_SIZE - 1};
    put_alternatives(&writer, DEEPEST);
    ret[writer.size] = '\0';
    return writer.size;
}

static void put_word(struct writer *writer)
{
    char word[LONGEST_PIECE];
    strcpy(word, PICK(writer, words));
    for (char *letter = word; *letter; letter++) {
        if (*letter >= 'a' && *letter <= 'z' && seldom(writer, 4))
            *letter ^= 'a' ^ 'A';
    }
    put(writer, word);
}

size_t random_text(random_source *source, char ret[RANDOM_TEXT_SIZE])
{
    struct writer writer = {source, ret, 0, RANDOM_TEXT_SIZE};
    const bool foreign = seldom(&writer, 4);
    const uint32_t count = random_below(source, seldom(&writer, 3) ? 200 : 12);
    for (uint32_t i = 0; i < count; i++) {
        put_word(&writer);
        if (foreign && seldom(&writer, 5))
            put(&writer, PICK(&writer, foreign_letters));
        if (seldom(&writer, 2))
            put(&writer, seldom(&writer, 20) ? "\n" : " ");
    }
    return writer.size;
}
