/* SPDX-License-Identifier: MIT */
#include "questions.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "peer.h"

question *questions_read(const char *path, size_t *retcount)
{
    lines read = lines_read(path);
    question *questions = fixture_alloc(read.count, sizeof *questions);
    for (size_t i = 0; i < read.count; i++) {
        char calendar[16];
        const int found =
            sscanf(read.lines[i].data,
                   "{\"calendar\": \"%15[a-z]\", \"start\": %" SCNd64 ", \"seconds\": %" SCNd64 "}",
                   calendar, &questions[i].start, &questions[i].seconds);
        bench_require(found == 3, "%s: line %zu is no question", path, i + 1);
        questions[i].calendar = strcmp(calendar, "watch") == 0;
    }
    *retcount = read.count;
    lines_free(&read);
    return questions;
}
