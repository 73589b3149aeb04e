/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <stdlib.h>
#include <string.h>

#include "standard_output.h"

enum { CAPACITY = 1 << 20 };

bool output_init(struct output *output)
{
    output->data = malloc(CAPACITY);
    return output->data != NULL;
}

void output_release(struct output *output)
{
    free(output->data);
}

void output_write(struct output *output)
{
    standard_output_write(output->data, output->size);
    output->size = 0;
}

void output_flush(struct output *output)
{
    if (output->await_turn)
        output->await_turn(output->context);
    output_write(output);
}

void output_put(struct output *output, ofp_text text)
{
    if (text.size > CAPACITY - output->size)
        output_flush(output);
    /* After the flush it is this output's turn. */
    if (text.size > CAPACITY) {
        standard_output_write(text.data, text.size);
        return;
    }
    memcpy(output->data + output->size, text.data, text.size);
    output->size += text.size;
}
