/* SPDX-License-Identifier: MIT */
#include "store_lines.h"

#include <inttypes.h>
#include <string.h>

#include "bench.h"
#include "hasher.h"

enum { DAY = 86400, RECORD_SIZE = 2048, KEY_SIZE = 64 };

/* 2029-01-01T00:00:00Z */
static const int64_t never_due = INT64_C(1861920000);

#define DIGEST "sha256:0f3b5c0a3f1d4f1e9a7b7c3d2e1f00112233445566778899aabbccddeeff0011"
#define REASON "They move to the cloud; the quote is signed, the order follows in January."

/* The audit log so far. */
typedef struct chain {
    FILE *file;
    int64_t seq;
    uint8_t previous[OFP_SHA256_SIZE];
} chain;

/* A migration after one of its events. */
typedef struct moment {
    int64_t number, ends_at;
    bool approved;
} moment;

/* As the view migration_documents writes it. */
static void write_record(const moment *now, char ret[RECORD_SIZE])
{
    const int64_t approved_at = STORE_LINES_START + 3600;
    char decided[64] = "null,\"decided_at\":null";
    if (now->approved)
        snprintf(decided, sizeof decided, "\"boss\",\"decided_at\":%" PRId64, approved_at);
    const int size = snprintf(
        ret, RECORD_SIZE,
        "{\"number\":%" PRId64 ",\"org\":\"org-%" PRId64 "\",\"org_name\":\"Org %" PRId64 " Ltd\","
        "\"source\":\"self_managed\",\"source_level\":\"premium\",\"target\":\"saas\","
        "\"level\":\"premium\",\"target_date\":%" PRId64 ",\"ends_at\":%" PRId64 ","
        "\"forgotten_at\":%" PRId64 ",\"status\":\"%s\",\"revision\":%d,"
        "\"owner\":\"account manager\",\"reason\":\"" REASON "\","
        "\"evidence\":\"https://example.com/quote/%" PRId64 "\",\"requested_by\":\"engineer\","
        "\"requested_at\":%" PRId64 ",\"decided_by\":%s,\"changed_at\":%" PRId64 ","
        "\"closed_by\":null,\"closed_at\":null,\"outcome\":null,\"extensions\":0,"
        "\"policy\":%s,\"policy_revision\":%s,\"policy_digest\":%s,\"settled\":0,"
        "\"due_at\":%" PRId64 "}",
        now->number, now->number, now->number, now->ends_at / DAY - 1, now->ends_at,
        now->ends_at + 180 * DAY, now->approved ? "approved" : "requested", 1 + now->approved,
        now->number, STORE_LINES_START, decided, now->approved ? approved_at : STORE_LINES_START,
        now->approved ? "\"northwind-support\"" : "null", now->approved ? "\"2026-11\"" : "null",
        now->approved ? "\"" DIGEST "\"" : "null", now->ends_at);
    bench_require(size < RECORD_SIZE, "a record is too long");
}

/* An event's columns in the order of the audit table; texts that are not there are NULL. */
typedef struct event {
    int64_t at;
    const char *kind;
    int64_t migration; /* 0: none */
    const char *org, *actor, *role, *reason, *key, *command, *policy, *policy_revision,
        *policy_digest, *record;
} event;

static void hash_event(const chain *log, const event *row, uint8_t ret[OFP_SHA256_SIZE])
{
    char previous[2 * OFP_SHA256_SIZE + 1];
    ofp_hasher hasher;
    ofp_hex(log->previous, OFP_SHA256_SIZE, previous);
    ofp_hasher_start(&hasher);
    ofp_hasher_part(&hasher, ofp_text_of(previous));
    ofp_hasher_number(&hasher, log->seq);
    ofp_hasher_number(&hasher, row->at);
    ofp_hasher_part(&hasher, ofp_text_of(row->kind));
    if (row->migration)
        ofp_hasher_number(&hasher, row->migration);
    else
        ofp_hasher_part(&hasher, ofp_text_of(NULL));
    const char *const texts[] = {
        row->org,           row->actor,   row->role,   row->reason,
        row->key,           row->command, row->policy, row->policy_revision,
        row->policy_digest, NULL,         row->record, NULL};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ofp_hasher_part(&hasher, ofp_text_of(texts[i]));
    ofp_hasher_finish(&hasher, ret);
}

static void put_member(FILE *file, const char *name, const char *text)
{
    if (text)
        fprintf(file, "\"%s\":\"%s\",", name, text);
    else
        fprintf(file, "\"%s\":null,", name);
}

/* The only thing to escape in these records are quotation marks. */
static void put_record(FILE *file, const char *record)
{
    if (!record) {
        fputs("\"record\":null,", file);
        return;
    }
    fputs("\"record\":\"", file);
    for (const char *quote; (quote = strchr(record, '"')); record = quote + 1) {
        fwrite(record, 1, (size_t)(quote - record), file);
        fputs("\\\"", file);
    }
    fprintf(file, "%s\",", record);
}

static void put_event(chain *log, const event *row)
{
    uint8_t hash[OFP_SHA256_SIZE];
    char hex[2 * OFP_SHA256_SIZE + 1];
    log->seq++;
    hash_event(log, row, hash);
    fprintf(log->file, "{\"audit\":{\"seq\":%" PRId64 ",\"at\":%" PRId64 ",\"kind\":\"%s\",",
            log->seq, row->at, row->kind);
    if (row->migration)
        fprintf(log->file, "\"migration\":%" PRId64 ",", row->migration);
    else
        fputs("\"migration\":null,", log->file);
    put_member(log->file, "org", row->org);
    put_member(log->file, "actor", row->actor);
    put_member(log->file, "role", row->role);
    put_member(log->file, "reason", row->reason);
    put_member(log->file, "key", row->key);
    put_member(log->file, "command", row->command);
    put_member(log->file, "policy", row->policy);
    put_member(log->file, "policy_revision", row->policy_revision);
    put_member(log->file, "policy_digest", row->policy_digest);
    fputs("\"previous_date\":null,", log->file);
    put_record(log->file, row->record);
    put_member(log->file, "detail", NULL);
    ofp_hex(log->previous, sizeof log->previous, hex);
    put_member(log->file, "previous", hex);
    ofp_hex(hash, sizeof hash, hex);
    fprintf(log->file, "\"hash\":\"%s\"}}\n", hex);
    memcpy(log->previous, hash, sizeof hash);
}

static void put_step(chain *log, const moment *now)
{
    char record[RECORD_SIZE], org[KEY_SIZE], key[KEY_SIZE], command[2 * OFP_SHA256_SIZE + 1];
    uint8_t hash[OFP_SHA256_SIZE];
    ofp_hasher hasher;
    snprintf(org, sizeof org, "org-%" PRId64, now->number);
    ofp_hasher_start(&hasher);
    ofp_hasher_number(&hasher, log->seq);
    ofp_hasher_finish(&hasher, hash);
    ofp_hex(hash, sizeof hash, command);
    snprintf(key, sizeof key, "v1:%.32s", command);
    write_record(now, record);
    put_event(log, &(event){
                       .at = STORE_LINES_START + (now->approved ? 3600 : 0),
                       .kind = now->approved ? "approve" : "request",
                       .migration = now->number,
                       .org = org,
                       .actor = now->approved ? "boss" : "engineer",
                       .role = now->approved ? "support_manager" : NULL,
                       .reason = now->approved ? NULL : REASON,
                       .key = key,
                       .command = command,
                       .policy = "northwind-support",
                       .policy_revision = "2026-11",
                       .policy_digest = DIGEST,
                       .record = record,
                   });
}

/* Those that become due take turns among the batches. */
static moment make_moment(const store_lines *what, int64_t number, bool approved)
{
    const int64_t all_due = what->batches * what->due;
    const int64_t every = all_due ? what->count / all_due : 0;
    const bool is_due = every && number % every == 0 && number / every <= all_due;
    const int64_t batch = is_due ? number / every % what->batches : 0;
    return (moment){number, is_due ? STORE_LINES_DUE(batch) : never_due, approved};
}

void store_lines_write(const store_lines *what, FILE *file)
{
    chain log = {.file = file};
    char record[RECORD_SIZE];
    fputs("{\"offerpolicy_store\":1}\n", file);
    for (int64_t i = 1; i <= what->count; i++) {
        const moment now = make_moment(what, i, what->approved);
        write_record(&now, record);
        fprintf(file, "{\"migration\":%s}\n", record);
    }
    put_event(&log, &(event){.at = STORE_LINES_START, .kind = "create"});
    for (int64_t i = 1; i <= what->count; i++) {
        const moment requested = make_moment(what, i, false);
        const moment approved = make_moment(what, i, true);
        put_step(&log, &requested);
        if (what->approved)
            put_step(&log, &approved);
    }
    fprintf(file, "{\"records\":%" PRId64 "}\n", what->count + log.seq);
}
