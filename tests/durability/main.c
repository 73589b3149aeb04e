/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "cases.h"
#include "run.h"

/* The name of one case is the only argument, so that the build runs them side by side. */
int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        test_case_maker make;
    } cases[] = {
        {"io", io_case},     {"power", power_case},
        {"kill", kill_case}, {"processes", processes_case},
        {"disk", disk_case},
    };
    for (size_t i = 0; argc == 2 && i < sizeof cases / sizeof *cases; i++) {
        if (strcmp(cases[i].name, argv[1]) == 0)
            return run_test_cases(argv[1], (test_case_maker[]){cases[i].make, NULL});
    }
    fprintf(stderr, "usage: %s io|power|kill|processes|disk\n", argv[0]);
    return 2;
}
