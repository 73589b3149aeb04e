/* SPDX-License-Identifier: MIT */
/* Prints requests of 1.5 KB about the policy of tests/cases/contract, one a line. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "fixture.h"
#include "requests.h"

enum { DISTINCT = 600, LINE_SIZE = 1536 };

int main(int argc, char **argv)
{
    const bench_options bench = bench_start(argc, argv, 2, "POLICY COUNT");
    const size_t count = strtoull(bench.arguments[1], NULL, 10);
    ofp_policy *policy = fixture_load(bench.arguments[0]);
    sample_request *samples = requests_make(policy, DISTINCT, OFFERING_EXPLICIT);
    fixture_text line = {0};
    for (size_t i = 0; i < count; i++) {
        line.size = 0;
        request_write_json(policy, &samples[i % DISTINCT], i, LINE_SIZE, &line);
        fixture_write(&line, "\n");
        fwrite(line.data, 1, line.size, stdout);
    }
    free(line.data);
    free(samples);
    ofp_policy_unref(policy);
    return fflush(stdout) ? 1 : 0;
}
