/* SPDX-License-Identifier: MIT */
#include "reader_state.h"

#include <stdlib.h>

#include "failure.h"
#include "request_check.h"

ofp_status ofp_reader_new(ofp_reader **ret, ofp_error **reterr)
{
    ofp_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return ofp_fail_no_memory(reterr);
    *ret = reader;
    return ofp_succeed(reterr);
}

ofp_reader *ofp_reader_free(ofp_reader *reader)
{
    if (!reader)
        return NULL;
    ofp_error_free(reader->error);
    free(reader->tags.items);
    free(reader->org_tags.items);
    free(reader->fields.items);
    free(reader->fields.seen);
    free(reader->entitlements.items);
    free(reader->migrations.items);
    free(reader->periods);
    free(reader);
    return NULL;
}

static void begin(ofp_reader *reader, const ofp_policy *policy, const ofp_slot *root)
{
    reader->error = ofp_error_free(reader->error);
    reader->status = OFP_STATUS_OK;
    reader->policy = policy;
    reader->root = reader->slot = root;
    reader->frame = reader->frames;
    *reader->frame = (ofp_frame){0};
}

static void empty_request(ofp_reader *reader)
{
    reader->request = (ofp_request)OFP_REQUEST_INIT;
    reader->tags.count = reader->org_tags.count = reader->fields.count = 0;
    reader->entitlements.count = reader->migrations.count = 0;
}

void ofp_reader_begin_request(ofp_reader *reader, const ofp_policy *policy, int64_t now)
{
    begin(reader, policy, &ofp_request_slot);
    empty_request(reader);
    reader->request.now = now;
}

void ofp_reader_begin_facts(ofp_reader *reader, const ofp_policy *policy)
{
    begin(reader, policy, &ofp_facts_slot);
    empty_request(reader);
}

void ofp_reader_begin_question(ofp_reader *reader, const ofp_policy *policy)
{
    begin(reader, policy, &ofp_question_slot);
    reader->question = (ofp_question){0};
}

/* Ends the document: gives the error away, or finds that everything is there. */
static ofp_status finish(ofp_reader *reader, const ofp_slot *root, ofp_error **reterr)
{
    if (!reader->status && reader->root != root)
        ofp_reader_misuse(reader, "a reader was asked to finish what it has not begun");
    else if (!reader->status && (reader->slot || reader->frame != reader->frames))
        ofp_reader_misuse(reader, "a reader was asked to finish a document that has not ended");
    reader->root = reader->slot = NULL;
    reader->frame = NULL;
    if (!reader->status)
        return ofp_succeed(reterr);
    const ofp_status status = reader->status;
    reader->status = OFP_STATUS_OK;
    if (reterr)
        *reterr = reader->error;
    else
        ofp_error_free(reader->error);
    reader->error = NULL;
    return status;
}

/* Gives the request the lists that were read. */
static ofp_request *complete_request(ofp_reader *reader)
{
    ofp_request *request = &reader->request;
    request->tags = reader->tags.items;
    request->tag_count = reader->tags.count;
    request->fields = reader->fields.items;
    request->field_count = reader->fields.count;
    request->org_tags = reader->org_tags.items;
    request->org_tag_count = reader->org_tags.count;
    request->entitlements = reader->entitlements.items;
    request->entitlement_count = reader->entitlements.count;
    request->migrations = reader->migrations.items;
    request->migration_count = reader->migrations.count;
    request->valid_utf8 = true;
    return request;
}

ofp_status ofp_reader_finish_request(ofp_reader *reader, const ofp_request **ret,
                                     ofp_error **reterr)
{
    ofp_status status = finish(reader, &ofp_request_slot, reterr);
    if (status)
        return status;
    const ofp_request *request = complete_request(reader);
    status = ofp_request_check(reader->policy, request, reterr);
    if (!status)
        *ret = request;
    return status;
}

ofp_status ofp_reader_finish_facts(ofp_reader *reader, const ofp_request **ret, ofp_error **reterr)
{
    ofp_status status = finish(reader, &ofp_facts_slot, reterr);
    if (status)
        return status;
    const ofp_request *request = complete_request(reader);
    status = ofp_request_check_facts(reader->policy, request, reterr);
    if (!status)
        *ret = request;
    return status;
}

ofp_status ofp_reader_finish_question(ofp_reader *reader, const ofp_question **ret,
                                      ofp_error **reterr)
{
    const ofp_status status = finish(reader, &ofp_question_slot, reterr);
    if (!status)
        *ret = &reader->question;
    return status;
}
