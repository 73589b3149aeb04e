/* SPDX-License-Identifier: MIT */
#include "pretty.h"

#include <stdbool.h>

enum { INDENT = 2 };

static bool opens(char byte)
{
    return byte == '{' || byte == '[';
}

static bool closes(char byte)
{
    return byte == '}' || byte == ']';
}

static void begin_line(struct output *output, size_t depth)
{
    output_put(output, ofp_text_of("\n"));
    for (size_t i = 0; i < depth * INDENT; i++)
        output_put(output, ofp_text_of(" "));
}

/* The size of the string at the text's start, or 1: other characters are looked at one by one. */
static size_t token_size(ofp_text text)
{
    size_t size = 1;
    if (*text.data == '"') {
        while (size < text.size && text.data[size] != '"')
            size += text.data[size] == '\\' ? 2 : 1;
        size++;
    }
    return size < text.size ? size : text.size;
}

void pretty_put(struct output *output, ofp_text document)
{
    size_t depth = 0;
    char before = '\0';
    while (document.size) {
        const char byte = *document.data;
        const size_t size = token_size(document);
        depth -= closes(byte);
        /* What is empty stays in one line. */
        if (closes(byte) ? !opens(before) : opens(before) || before == ',')
            begin_line(output, depth);
        output_put(output, (ofp_text){document.data, size});
        if (byte == ':')
            output_put(output, ofp_text_of(" "));
        depth += opens(byte);
        before = byte;
        document.data += size;
        document.size -= size;
    }
}
