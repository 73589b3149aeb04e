/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Feeds the files of a corpus to a fuzz target once each, so that every find stays mended in every
 * build, with any compiler.
 *
 * Usage: TARGET FOLDER...
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int feed(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return 1;
    fseek(file, 0, SEEK_END);
    const size_t size = (size_t)ftell(file);
    rewind(file);
    /* Exactly as large as the input, so that a sanitizer sees every byte read too far. */
    uint8_t *data = malloc(size + !size);
    const int failed = !data || fread(data, 1, size, file) != size;
    fclose(file);
    if (!failed)
        LLVMFuzzerTestOneInput(data, size);
    free(data);
    return failed;
}

/* @return how many files there were; -1: some could not be read */
static int feed_folder(const char *name)
{
    int count = 0;
    DIR *folder = opendir(name);
    if (!folder)
        return -1;
    for (struct dirent *entry; count >= 0 && (entry = readdir(folder));) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", name, entry->d_name);
        count = feed(path) ? -1 : count + 1;
    }
    closedir(folder);
    return count;
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        const int more = feed_folder(argv[i]);
        if (more < 0) {
            fprintf(stderr, "%s can't be read\n", argv[i]);
            return 2;
        }
        count += more;
    }
    printf("%d inputs\n", count);
    return count == 0;
}
