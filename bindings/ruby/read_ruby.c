/* SPDX-License-Identifier: MIT */
#include "read_ruby.h"

#include <stdbool.h>
#include <stdlib.h>

#include "from_ruby.h"
#include "objects.h"
#include "walk.h"

/* What reading and deciding need; those that are idle wait to be used again. */
struct ofp_reading {
    ruby_walk walk;
    ofp_scratch *scratch;
    ofp_policy *policy;         /* a reference, while there is a request */
    const ofp_request *request; /* that was read */
    ofp_reading *next;          /* among the idle ones */
};

/* --- a few are kept, guarded by the interpreter's lock ---------------------------------------- */

enum { IDLE_LIMIT = 8 };

static ofp_reading *idle;
static int idle_count;

static void destroy(ofp_reading *reading)
{
    ofp_reader_free(reading->walk.reader);
    ofp_scratch_free(reading->scratch);
    ruby_texts_free(&reading->walk.texts);
    free(reading);
}

static ofp_status make(ofp_reading **ret, ofp_error **reterr)
{
    ofp_reading *reading = calloc(1, sizeof *reading);
    if (!reading)
        rb_memerror();
    ofp_status status = ofp_reader_new(&reading->walk.reader, reterr);
    if (!status)
        status = ofp_scratch_new(&reading->scratch, reterr);
    if (status)
        destroy(reading);
    else
        *ret = reading;
    return status;
}

static ofp_status take(ofp_reading **ret, ofp_error **reterr)
{
    ofp_reading *reading = idle;
    if (!reading)
        return make(ret, reterr);
    idle = reading->next;
    idle_count--;
    *ret = reading;
    return OFP_STATUS_OK;
}

static void give_back(ofp_reading *reading)
{
    if (idle_count == IDLE_LIMIT) {
        destroy(reading);
        return;
    }
    ruby_texts_clear(&reading->walk.texts);
    reading->next = idle;
    idle = reading;
    idle_count++;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* What is to be read, and whether that has failed outside the reader. */
struct source {
    ofp_reading *reading;
    const ofp_policy *policy;
    VALUE request, ticket, org, entitlements, migrations, now;
    ofp_status status;
    ofp_error **reterr;
};

static bool walk_parts(ruby_walk *walk, const struct source *source)
{
    const struct {
        const char *key;
        VALUE value;
    } members[] = {
        {"now", source->now},
        {"ticket", source->ticket},
        {"org", source->org},
        {"entitlements", source->entitlements},
        {"migrations", source->migrations},
    };
    if (ofp_reader_begin_object(walk->reader))
        return false;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (!NIL_P(members[i].value) && !ruby_walk_member(walk, members[i].key, members[i].value))
            return false;
    return !ofp_reader_end_object(walk->reader);
}

static bool has_parts(const struct source *source)
{
    return !NIL_P(source->ticket) || !NIL_P(source->org) || !NIL_P(source->entitlements) ||
           !NIL_P(source->migrations);
}

/* The instant for a whole request that names none. */
static int64_t default_now(struct source *source)
{
    int64_t now = OFP_INSTANT_NONE;
    ofp_text text;
    if (NIL_P(source->now))
        return now;
    if (!RB_TYPE_P(source->now, T_STRING))
        return ruby_to_instant(source->now, "now");
    VALUE held = ruby_to_text(source->now, "now", &text);
    source->status = ofp_instant_parse(text, &now, source->reterr);
    RB_GC_GUARD(held);
    return now;
}

static void read_whole(struct source *source)
{
    if (has_parts(source))
        rb_raise(rb_eArgError, "give a whole request or its parts, not both");
    const int64_t now = default_now(source);
    if (source->status)
        return;
    ofp_reader_begin_request(source->reading->walk.reader, source->policy, now);
    ruby_walk_value(&source->reading->walk, source->request);
}

/* Under rb_protect(): here anything may be raised. */
static VALUE read_request(VALUE data)
{
    struct source *source = (struct source *)data;
    ofp_reading *reading = source->reading;
    if (!NIL_P(source->request)) {
        read_whole(source);
    } else {
        ofp_reader_begin_request(reading->walk.reader, source->policy, OFP_INSTANT_NONE);
        walk_parts(&reading->walk, source);
    }
    if (!source->status)
        source->status =
            ofp_reader_finish_request(reading->walk.reader, &reading->request, source->reterr);
    return Qnil;
}

/* The same for facts. */
static VALUE read_facts(VALUE data)
{
    struct source *source = (struct source *)data;
    ofp_reading *reading = source->reading;
    ofp_reader_begin_facts(reading->walk.reader, source->policy);
    ruby_walk_value(&reading->walk, source->request);
    source->status =
        ofp_reader_finish_facts(reading->walk.reader, &reading->request, source->reterr);
    return Qnil;
}

/* Lets an exception go on, when nothing is held any more. */
static ofp_status go_on(const struct source *source, int tag)
{
    if (tag)
        rb_jump_tag(tag);
    return source->status;
}

/*
 * Reads with one of the two. From the start the reading belongs to the object that `ret` is a part
 * of: a fiber that is left while it reads never comes back here.
 */
static ofp_status read_with(VALUE (*function)(VALUE), struct source *source, ofp_reading **ret)
{
    int tag;
    const ofp_status status = take(ret, source->reterr);
    if (status)
        return status;
    source->reading = *ret;
    rb_protect(function, (VALUE)source, &tag);
    if (tag || source->status)
        *ret = ofp_reading_free(*ret);
    else /* Its indexes are those of the policy. */
        source->reading->policy = ofp_policy_ref(source->policy);
    return go_on(source, tag);
}

/* Decides on what is read. */
static ofp_status decide_with(struct source *source, ofp_reading **reading, ofp_decision **ret)
{
    int tag;
    const ofp_decision *decision;
    const ofp_status status = take(reading, source->reterr);
    if (status)
        return status;
    source->reading = *reading;
    rb_protect(read_request, (VALUE)source, &tag);
    if (!tag && !source->status)
        source->status = ofp_decide(source->policy, source->reading->request,
                                    source->reading->scratch, &decision, source->reterr);
    if (!tag && !source->status)
        source->status = ofp_decision_copy(decision, ret, source->reterr);
    give_back(*reading);
    *reading = NULL;
    return go_on(source, tag);
}

/* --- for the interface ------------------------------------------------------------------------ */

ofp_status ofp_policy_decide_from(const ofp_policy *policy, VALUE request, VALUE ticket, VALUE org,
                                  VALUE entitlements, VALUE migrations, VALUE now,
                                  ofp_decision **ret, ofp_error **reterr)
{
    struct source source = {
        .policy = policy,
        .request = request,
        .ticket = ticket,
        .org = org,
        .entitlements = entitlements,
        .migrations = migrations,
        .now = now,
        .reterr = reterr,
    };
    VALUE holder = ruby_object_new(0, &ruby_ofp_reading_type);
    const ofp_status status = decide_with(&source, ruby_object_place(holder), ret);
    RB_GC_GUARD(holder);
    return status;
}

ofp_status ofp_policy_read_request(const ofp_policy *policy, VALUE request, VALUE ticket, VALUE org,
                                   VALUE entitlements, VALUE migrations, VALUE now,
                                   ofp_reading **ret, ofp_error **reterr)
{
    struct source source = {
        .policy = policy,
        .request = request,
        .ticket = ticket,
        .org = org,
        .entitlements = entitlements,
        .migrations = migrations,
        .now = now,
        .reterr = reterr,
    };
    return read_with(read_request, &source, ret);
}

ofp_status ofp_policy_read_facts(const ofp_policy *policy, VALUE document, ofp_reading **ret,
                                 ofp_error **reterr)
{
    struct source source = {.policy = policy, .request = document, .reterr = reterr};
    return read_with(read_facts, &source, ret);
}

const ofp_request *ofp_reading_request(const ofp_reading *reading)
{
    return reading->request;
}

/* The collector calls this, and may do so in another Ractor, under another lock: it keeps none. */
ofp_reading *ofp_reading_free(ofp_reading *reading)
{
    if (!reading)
        return NULL;
    ofp_policy_unref(reading->policy);
    destroy(reading);
    return NULL;
}
