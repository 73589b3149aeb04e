/* SPDX-License-Identifier: MIT */
#include "explain_page.h"

void ofp_page_end_line(ofp_page *page)
{
    ofp_buffer_puts(page->out, "\n");
    page->column = 0;
}

static void pad_to(ofp_page *page, size_t column)
{
    for (; page->column < column; page->column++)
        ofp_buffer_puts(page->out, " ");
}

void ofp_page_begin(ofp_page *page, size_t column)
{
    pad_to(page, column);
    page->indent = column;
}

/* Every byte of UTF-8 but the continuing ones starts a character. */
static size_t count_characters(ofp_text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

static size_t count_spaces(ofp_text text)
{
    size_t count = 0;
    while (count < text.size && text.data[count] == ' ')
        count++;
    return count;
}

static size_t word_size(ofp_text text)
{
    const char *space = memchr(text.data, ' ', text.size);
    return space ? (size_t)(space - text.data) : text.size;
}

static ofp_text rest_of(ofp_text text, size_t from)
{
    return (ofp_text){text.data + from, text.size - from};
}

static void put_word(ofp_page *page, size_t gap, ofp_text word)
{
    const size_t width = count_characters(word);
    size_t start = page->column ? page->column + gap : page->indent;
    if (start + width > OFP_PAGE_WIDTH) {
        if (page->column > page->indent)
            ofp_page_end_line(page);
        start = page->indent;
    }
    pad_to(page, start);
    for (size_t i = 0; i < word.size; i++)
        ofp_buffer_put(page->out, word.data[i] == OFP_PAGE_GLUE[0] ? " " : word.data + i, 1);
    page->column += width;
}

static void put_words(ofp_page *page, ofp_text text)
{
    while (true) {
        const size_t gap = count_spaces(text);
        text = rest_of(text, gap);
        if (text.size == 0)
            return;
        const size_t size = word_size(text);
        put_word(page, gap, (ofp_text){text.data, size});
        text = rest_of(text, size);
    }
}

static void put_styled(ofp_page *page, ofp_style style, ofp_text words)
{
    static const char *const escapes[] = {
        [OFP_STYLE_BOLD] = "\x1B[1m",
        [OFP_STYLE_GOOD] = "\x1B[1;32m",
        [OFP_STYLE_CARE] = "\x1B[1;33m",
        [OFP_STYLE_BAD] = "\x1B[1;31m",
    };
    const bool shows = page->colour && style != OFP_STYLE_PLAIN;
    if (shows)
        ofp_buffer_puts(page->out, escapes[style]);
    put_words(page, words);
    if (shows)
        ofp_buffer_puts(page->out, "\x1B[0m");
}

void ofp_page_flush(ofp_page *page, ofp_style style)
{
    put_styled(page, style, ofp_buffer_text(&page->words));
    page->out->failed |= page->words.failed;
    ofp_buffer_clear(&page->words);
}

void ofp_page_puts(ofp_page *page, ofp_style style, const char *words)
{
    put_styled(page, style, ofp_text_of(words));
}

/* One line of a text; what follows its indentation keeps to it when wrapped. */
static void put_line(ofp_page *page, size_t column, ofp_text line)
{
    enum { DEEPEST = 20 };
    const size_t spaces = count_spaces(line);
    ofp_buffer_put_harmless(&page->words, rest_of(line, spaces));
    page->indent = column + (spaces < DEEPEST ? spaces : DEEPEST);
    ofp_page_flush(page, OFP_STYLE_PLAIN);
    ofp_page_end_line(page);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

void ofp_page_put_lines(ofp_page *page, size_t column, ofp_text text)
{
    while (text.size && is_blank(text.data[text.size - 1]))
        text.size--;
    while (text.size) {
        const char *end = memchr(text.data, '\n', text.size);
        const size_t size = end ? (size_t)(end - text.data) : text.size;
        put_line(page, column, (ofp_text){text.data, size});
        text = rest_of(text, end ? size + 1 : size);
    }
}
