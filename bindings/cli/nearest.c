/* SPDX-License-Identifier: MIT */
#include "nearest.h"

#include <stddef.h>
#include <string.h>

enum { LONGEST_WORD = 32, MOST_MISTAKES = 2 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters wrong, missing, superfluous or swapped with the next one (optimal string alignment). */
static size_t count_mistakes(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t rows[3][LONGEST_WORD + 1];
    for (size_t j = 0; j <= b_size; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], above2[j - 2] + 1);
        }
    }
    return rows[a_size % 3][b_size];
}

void nearest_try(struct nearest *nearest, const char *candidate)
{
    const size_t size = strlen(nearest->word), candidate_size = strlen(candidate);
    if (size == 0 || size > LONGEST_WORD || candidate_size > LONGEST_WORD)
        return;
    size_t mistakes = count_mistakes(nearest->word, size, candidate, candidate_size);
    if (size >= 2 && strncmp(nearest->word, candidate, size) == 0)
        mistakes = 0;
    /* Of a short word most letters must be right. */
    if (mistakes > MOST_MISTAKES || mistakes * 2 >= candidate_size)
        return;
    if (!nearest->meant || mistakes < nearest->mistakes) {
        nearest->meant = candidate;
        nearest->mistakes = mistakes;
    }
}
