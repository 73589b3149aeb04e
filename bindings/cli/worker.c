/* SPDX-License-Identifier: MIT */
#include "worker.h"

#include <inttypes.h>
#include <stdio.h>

#include "diagnostics.h"
#include "pretty.h"

ofp_status worker_init(struct worker *worker, const struct task *task, ofp_error **reterr)
{
    *worker = (struct worker){.task = task};
    ofp_status status = ofp_json_new(&worker->json, reterr);
    if (status == OFP_STATUS_OK)
        status = ofp_scratch_new(&worker->scratch, reterr);
    if (status == OFP_STATUS_OK)
        status = ofp_buffer_new(&worker->answer, reterr);
    if (status == OFP_STATUS_OK && task->store)
        status = look_open(&worker->look, task, reterr);
    return status;
}

void worker_release(struct worker *worker)
{
    look_close(&worker->look);
    ofp_json_free(worker->json);
    ofp_scratch_free(worker->scratch);
    ofp_buffer_free(worker->answer);
}

ofp_status worker_decide(struct worker *worker, const struct record *record,
                         const ofp_decision **ret, ofp_error **reterr)
{
    const struct task *task = worker->task;
    const ofp_request *request;
    const ofp_status status =
        ofp_json_read_request(worker->json, task->policy, record->text, task->at, &request, reterr);
    if (status != OFP_STATUS_OK)
        return status;
    if (task->store)
        return look_decide(&worker->look, request, ret, reterr);
    return ofp_decide(task->policy, request, worker->scratch, ret, reterr);
}

void worker_pause(struct worker *worker)
{
    look_end(&worker->look);
}

static void put_document(const struct worker *worker, struct output *output, ofp_text document)
{
    if (worker->task->pretty)
        pretty_put(output, document);
    else
        output_put(output, document);
    output_put(output, ofp_text_of("\n"));
}

/* The error document that can always be written: memory is short, so it names no file. */
static void put_no_memory(const struct worker *worker, struct output *output, uint64_t line)
{
    char document[256];
    snprintf(document, sizeof document,
             "{\"error\":{\"code\":\"%s\",\"message\":\"out of memory\",\"file\":null,"
             "\"line\":%" PRIu64 ",\"pointer\":null}}",
             ofp_code_name(OFP_CODE_NO_MEMORY), line);
    put_document(worker, output, ofp_text_of(document));
}

/* @param error NULL: there was no memory for one */
static void put_bad(struct worker *worker, const struct record *record, const ofp_error *error,
                    struct output *output)
{
    ofp_buffer_clear(worker->answer);
    if (error && ofp_error_write_json(error, record->file, record->line, worker->answer, NULL) ==
                     OFP_STATUS_OK)
        put_document(worker, output, ofp_buffer_text(worker->answer));
    else
        put_no_memory(worker, output, record->line);
}

static void put_good(struct worker *worker, struct output *output)
{
    const ofp_text answer = ofp_buffer_text(worker->answer);
    if (!worker->task->for_people) {
        put_document(worker, output, answer);
        return;
    }
    if (worker->has_answered)
        output_put(output, ofp_text_of("\n"));
    output_put(output, answer);
    worker->has_answered = true;
}

void worker_run(struct worker *worker, const struct record *record, struct output *output)
{
    ofp_error *error = NULL;
    ofp_buffer_clear(worker->answer);
    if (record->text.data && worker->task->answer(worker, record, &error) == OFP_STATUS_OK) {
        put_good(worker, output);
        return;
    }
    worker->bad_count++;
    if (worker->task->for_people) {
        /* In the order of the input also where both streams go to one terminal. */
        output_flush(output);
        diagnostics_tell_bad_record(error, record->file, record->line);
    } else {
        put_bad(worker, record, error, output);
    }
    ofp_error_free(error);
}
