/* SPDX-License-Identifier: MIT */
#include "read_python.h"

#include <stdbool.h>

#include "from_python.h"
#include "walk.h"

/* What reading and deciding need; those that are idle wait to be used again. */
struct ofp_reading {
    python_walk walk;
    ofp_scratch *scratch;
    ofp_policy *policy;         /* a reference, while there is a request */
    const ofp_request *request; /* that was read */
    ofp_reading *next;          /* among the idle ones */
};

/* --- a few are kept, guarded by the interpreter's lock -----------------------------------------
 */

enum { IDLE_LIMIT = 8 };

static ofp_reading *idle;
static int idle_count;

static void destroy(ofp_reading *reading)
{
    ofp_reader_free(reading->walk.reader);
    ofp_scratch_free(reading->scratch);
    PyMem_Free(reading->walk.held);
    PyMem_Free(reading);
}

static ofp_status make(ofp_reading **ret, ofp_error **reterr)
{
    ofp_reading *reading = PyMem_Calloc(1, sizeof *reading);
    if (!reading) {
        PyErr_NoMemory();
        return OFP_STATUS_NO_MEMORY;
    }
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

/* Only what was read is let go; may run code of the program. */
static void give_back(ofp_reading *reading)
{
    python_walk_release(&reading->walk);
    if (idle_count == IDLE_LIMIT) {
        destroy(reading);
        return;
    }
    reading->next = idle;
    idle = reading;
    idle_count++;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* The parts of a request. */
struct parts {
    PyObject *request, *ticket, *org, *entitlements, *migrations, *now;
};

static bool walk_parts(python_walk *walk, const struct parts *parts)
{
    const struct {
        const char *key;
        PyObject *value;
    } members[] = {
        {"now", parts->now},
        {"ticket", parts->ticket},
        {"org", parts->org},
        {"entitlements", parts->entitlements},
        {"migrations", parts->migrations},
    };
    if (ofp_reader_begin_object(walk->reader))
        return false;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (members[i].value != Py_None &&
            !python_walk_member(walk, members[i].key, members[i].value))
            return false;
    return !ofp_reader_end_object(walk->reader);
}

static bool has_parts(const struct parts *parts)
{
    return parts->ticket != Py_None || parts->org != Py_None || parts->entitlements != Py_None ||
           parts->migrations != Py_None;
}

/* The instant for a whole request that names none. @return false: an exception or error was made */
static bool default_now(PyObject *now, int64_t *ret, ofp_error **reterr)
{
    ofp_text text;
    *ret = OFP_INSTANT_NONE;
    if (now == Py_None)
        return true;
    if (!PyUnicode_Check(now))
        return python_to_instant(now, "now", ret) == 0;
    return python_to_text(now, "now", &text) == 0 && !ofp_instant_parse(text, ret, reterr);
}

/* Ends the walk: an exception of the program goes first. */
static ofp_status finish(ofp_reading *reading, ofp_error **reterr)
{
    if (PyErr_Occurred())
        return OFP_STATUS_MISUSE;
    return ofp_reader_finish_request(reading->walk.reader, &reading->request, reterr);
}

static ofp_status read_parts(ofp_reading *reading, const ofp_policy *policy,
                             const struct parts *parts, ofp_error **reterr)
{
    ofp_reader_begin_request(reading->walk.reader, policy, OFP_INSTANT_NONE);
    walk_parts(&reading->walk, parts);
    return finish(reading, reterr);
}

static ofp_status read_whole(ofp_reading *reading, const ofp_policy *policy,
                             const struct parts *parts, ofp_error **reterr)
{
    int64_t now;
    if (has_parts(parts)) {
        PyErr_SetString(PyExc_TypeError, "give a whole request or its parts, not both");
        return OFP_STATUS_MISUSE;
    }
    if (!default_now(parts->now, &now, reterr))
        return OFP_STATUS_BAD_REQUEST;
    ofp_reader_begin_request(reading->walk.reader, policy, now);
    python_walk_value(&reading->walk, parts->request);
    return finish(reading, reterr);
}

static ofp_status read_any(ofp_reading *reading, const ofp_policy *policy,
                           const struct parts *parts, ofp_error **reterr)
{
    return parts->request == Py_None ? read_parts(reading, policy, parts, reterr)
                                     : read_whole(reading, policy, parts, reterr);
}

/* --- for the interface ------------------------------------------------------------------------ */

ofp_status ofp_policy_decide_from(const ofp_policy *policy, PyObject *request, PyObject *ticket,
                                  PyObject *org, PyObject *entitlements, PyObject *migrations,
                                  PyObject *now, ofp_decision **ret, ofp_error **reterr)
{
    const struct parts parts = {request, ticket, org, entitlements, migrations, now};
    ofp_reading *reading;
    ofp_status status = take(&reading, reterr);
    if (status)
        return status;
    const ofp_decision *decision;
    status = read_any(reading, policy, &parts, reterr);
    if (!status)
        status = ofp_decide(policy, reading->request, reading->scratch, &decision, reterr);
    if (!status)
        status = ofp_decision_copy(decision, ret, reterr);
    give_back(reading);
    return status;
}

/* Gives away a reading that has a request. It keeps the policy, whose indexes the request uses. */
static ofp_status give_away(ofp_reading *reading, const ofp_policy *policy, ofp_status status,
                            ofp_reading **ret)
{
    if (status) {
        give_back(reading);
        return status;
    }
    reading->policy = ofp_policy_ref(policy);
    *ret = reading;
    return status;
}

ofp_status ofp_policy_read_request(const ofp_policy *policy, PyObject *request, PyObject *ticket,
                                   PyObject *org, PyObject *entitlements, PyObject *migrations,
                                   PyObject *now, ofp_reading **ret, ofp_error **reterr)
{
    const struct parts parts = {request, ticket, org, entitlements, migrations, now};
    ofp_reading *reading;
    const ofp_status status = take(&reading, reterr);
    return status ? status
                  : give_away(reading, policy, read_any(reading, policy, &parts, reterr), ret);
}

static ofp_status read_facts(ofp_reading *reading, const ofp_policy *policy, PyObject *document,
                             ofp_error **reterr)
{
    ofp_reader_begin_facts(reading->walk.reader, policy);
    python_walk_value(&reading->walk, document);
    if (PyErr_Occurred())
        return OFP_STATUS_MISUSE;
    return ofp_reader_finish_facts(reading->walk.reader, &reading->request, reterr);
}

ofp_status ofp_policy_read_facts(const ofp_policy *policy, PyObject *document, ofp_reading **ret,
                                 ofp_error **reterr)
{
    ofp_reading *reading;
    const ofp_status status = take(&reading, reterr);
    return status ? status
                  : give_away(reading, policy, read_facts(reading, policy, document, reterr), ret);
}

const ofp_request *ofp_reading_request(const ofp_reading *reading)
{
    return reading->request;
}

ofp_reading *ofp_reading_free(ofp_reading *reading)
{
    if (!reading)
        return NULL;
    ofp_policy_unref(reading->policy);
    reading->policy = NULL;
    give_back(reading);
    return NULL;
}
