/* SPDX-License-Identifier: MIT */
#include "disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "must.h"

enum { MOST_FILES = 64, SECTOR = 512 };

/* A file that was not deleted. */
static const size_t never = SIZE_MAX;

typedef struct contents {
    char *bytes;
    size_t size, capacity;
} contents;

/* A file from its creation to its deletion; another one may have its name later. */
typedef struct disk_file {
    char *path;
    size_t created, deleted; /* the steps */
    contents synced;         /* what a power cut leaves for certain */
    size_t first_loose;      /* the first step that may be lost */
    bool names_unsynced;     /* does its next sync sync the folder as well? */
} disk_file;

/* A call that was recorded. */
typedef struct disk_step {
    shim_kind kind;
    size_t file;
    char *data;
    size_t size, offset;
    int flags;
} disk_step;

struct disk {
    disk_file files[MOST_FILES];
    size_t file_count;
    disk_step *steps;
    size_t step_count, step_capacity;
    size_t played;
    size_t folder_synced; /* before this step all files have, or have lost, their names */
    bool lies;
};

static void set_size(contents *to, size_t size)
{
    if (size > to->capacity) {
        to->capacity = 2 * size;
        to->bytes = must_have(realloc(to->bytes, to->capacity));
    }
    /* A file that grows is zero there. */
    if (size > to->size)
        memset(to->bytes + to->size, 0, size - to->size);
    to->size = size;
}

static void put(contents *to, size_t offset, const char *data, size_t size)
{
    if (offset + size > to->size)
        set_size(to, offset + size);
    if (size)
        memcpy(to->bytes + offset, data, size);
}

/* --- recording -------------------------------------------------------------------------------- */

/* @return the number of the file that has this name now; file_count: none */
static size_t find_file(const disk *self, const char *path)
{
    size_t i = 0;
    while (i < self->file_count &&
           (self->files[i].deleted != never || strcmp(self->files[i].path, path)))
        i++;
    return i;
}

static size_t add_file(disk *self, const char *path)
{
    must(self->file_count < MOST_FILES, "too many files");
    self->files[self->file_count] = (disk_file){
        .path = must_have(strdup(path)),
        .created = self->step_count,
        .deleted = never,
    };
    return self->file_count++;
}

static bool is_recorded(const shim_call *call)
{
    const bool changes = call->kind == SHIM_OPEN || call->kind == SHIM_WRITE ||
                         call->kind == SHIM_TRUNCATE || call->kind == SHIM_SYNC ||
                         call->kind == SHIM_DELETE;
    return call->path && changes;
}

static void add_step(disk *self, const shim_call *call, size_t file)
{
    if (self->step_count == self->step_capacity) {
        self->step_capacity = 2 * self->step_capacity + 64;
        self->steps = must_have(realloc(self->steps, self->step_capacity * sizeof *self->steps));
    }
    disk_step *step = &self->steps[self->step_count++];
    *step = (disk_step){
        .kind = call->kind,
        .file = file,
        .size = (size_t)call->size,
        .offset = (size_t)call->offset,
        .flags = call->flags,
    };
    if (call->data) {
        step->data = must_have(malloc(step->size));
        memcpy(step->data, call->data, step->size);
    }
}

static int record(void *context, const shim_call *call)
{
    disk *self = context;
    if (!is_recorded(call))
        return SQLITE_OK;
    size_t file = find_file(self, call->path);
    /* The library makes the store's file itself, before SQLite opens it. */
    const int makes = SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB;
    if (file == self->file_count && call->kind == SHIM_OPEN && call->flags & makes)
        file = add_file(self, call->path);
    if (file == self->file_count)
        return SQLITE_OK;
    if (call->kind == SHIM_DELETE)
        self->files[file].deleted = self->step_count;
    add_step(self, call, file);
    return SQLITE_OK;
}

disk *disk_new(void)
{
    return must_have(calloc(1, sizeof(disk)));
}

disk *disk_free(disk *self)
{
    for (size_t i = 0; i < self->file_count; i++) {
        free(self->files[i].path);
        free(self->files[i].synced.bytes);
    }
    for (size_t i = 0; i < self->step_count; i++)
        free(self->steps[i].data);
    free(self->steps);
    free(self);
    return NULL;
}

void disk_record(disk *self)
{
    shim_install(record, self);
}

size_t disk_step_count(const disk *self)
{
    return self->step_count;
}

bool disk_is_sync(const disk *self, size_t step)
{
    return self->steps[step].kind == SHIM_SYNC;
}

void disk_lie(disk *self)
{
    self->lies = true;
}

/* --- playing ---------------------------------------------------------------------------------- */

static void apply(const disk_step *step, contents *to)
{
    if (step->kind == SHIM_WRITE)
        put(to, step->offset, step->data, step->size);
    else if (step->kind == SHIM_TRUNCATE)
        set_size(to, step->size);
}

static void sync_file(disk *self, size_t number)
{
    disk_file *file = &self->files[number];
    for (size_t i = file->first_loose; i < self->played; i++)
        if (self->steps[i].file == number)
            apply(&self->steps[i], &file->synced);
    file->first_loose = self->played;
}

static void play_step(disk *self, const disk_step *step)
{
    const int with_folder = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
    disk_file *file = &self->files[step->file];
    if (step->kind == SHIM_OPEN && step->flags & with_folder)
        file->names_unsynced = true;
    if (step->kind == SHIM_SYNC && !self->lies) {
        sync_file(self, step->file);
        if (file->names_unsynced)
            self->folder_synced = self->played;
        file->names_unsynced = false;
    }
    if (step->kind == SHIM_DELETE && step->flags && !self->lies)
        self->folder_synced = self->played + 1;
}

void disk_play(disk *self, size_t step)
{
    for (; self->played < step; self->played++)
        play_step(self, &self->steps[self->played]);
}

/* --- cutting ---------------------------------------------------------------------------------- */

static bool is_kept(random_source *random, unsigned keep)
{
    return random_below(random, 100) < keep;
}

/* Each sector of a write is kept or lost on its own. */
static void write_torn(const disk_step *step, random_source *random, unsigned keep, contents *to)
{
    for (size_t done = 0, size; done < step->size; done += size) {
        const size_t left = step->size - done;
        size = SECTOR - (step->offset + done) % SECTOR;
        size = size < left ? size : left;
        if (is_kept(random, keep))
            put(to, step->offset + done, step->data + done, size);
    }
}

static void apply_torn(const disk *self, size_t number, random_source *random, unsigned keep,
                       contents *to)
{
    for (size_t i = self->files[number].first_loose; i < self->played; i++) {
        const disk_step *step = &self->steps[i];
        if (step->file != number)
            continue;
        if (step->kind == SHIM_WRITE)
            write_torn(step, random, keep, to);
        else if (is_kept(random, keep))
            apply(step, to);
    }
}

/* A file system keeps the changes of a folder in order. @return the first step that it has lost */
static size_t last_name(const disk *self, random_source *random, unsigned keep)
{
    size_t until = self->folder_synced;
    while (until < self->played && is_kept(random, keep))
        until++;
    return until;
}

static void write_file(const char *folder, const char *path, const contents *what)
{
    char name[512];
    snprintf(name, sizeof name, "%s%s", folder, strrchr(path, '/'));
    FILE *file = must_have(fopen(name, "wb"));
    must(!what->size || fwrite(what->bytes, what->size, 1, file) == 1, "can't write the cut disk");
    must(fclose(file) == 0, "can't write the cut disk");
}

void disk_cut(const disk *self, random_source *random, unsigned keep, const char *folder)
{
    const size_t named_until = last_name(self, random, keep);
    for (size_t i = 0; i < self->file_count; i++) {
        const disk_file *file = &self->files[i];
        if (file->created >= named_until || file->deleted < named_until)
            continue;
        contents torn = {0};
        put(&torn, 0, file->synced.bytes, file->synced.size);
        apply_torn(self, i, random, keep, &torn);
        write_file(folder, file->path, &torn);
        free(torn.bytes);
    }
}
