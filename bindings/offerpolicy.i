/* SPDX-License-Identifier: MIT */
/*
 * One interface for Python and Ruby. It wraps the public headers as they are: a C function
 * ofp_<type>_<verb> becomes `<type>_<verb>` of the module `native`, which only the hand-written
 * layers use. What arguments and results look like is said by typemaps:
 *
 *   typemaps.i of the language   single values: texts, instants, dates, numbers, documents
 *   here                         what follows from them: objects, statuses, structs of options
 *
 * A new function of the headers is wrapped without a word here. One that the languages do not need
 * is ignored below, and tests of both languages want a reason for it.
 */
%module native

%{
#include <offerpolicy/offerpolicy.h>

#include "members.h"
%}

%include <stdint.i>

/* --- names ------------------------------------------------------------------------------------ */

%rename("%(regex:/^(?:ofp|OFP)_(.*)/\\1/)s") "";

/* --- what the languages do without ------------------------------------------------------------ */

/* Only macros for C compilers. */
%ignore OFP_PRINTF;
%ignore OFP_REQUEST_INIT;
%ignore OFP_STEP_INIT;
%ignore OFP_SWEEP_INIT;
%ignore OFP_MIGRATION_FILTER_INIT;
%ignore OFP_EVENT_FILTER_INIT;
%ignore OFP_LOG_FILTER_INIT;

/* Errors are raised, with all that these tell. */
%ignore ofp_error_status;
%ignore ofp_error_first;
%ignore ofp_error_count;
%ignore ofp_error_diagnostic;
%ignore ofp_error_message;
%ignore ofp_error_free;
%ignore ofp_error_write_json;

/* Buffers become texts. */
%ignore ofp_buffer_new;
%ignore ofp_buffer_free;
%ignore ofp_buffer_clear;
%ignore ofp_buffer_text;

/* Requests are read from the language's own values, see ofp_policy_read_request(). */
%ignore ofp_reader_new;
%ignore ofp_reader_free;
%ignore ofp_reader_begin_request;
%ignore ofp_reader_begin_facts;
%ignore ofp_reader_begin_question;
%ignore ofp_reader_begin_object;
%ignore ofp_reader_key;
%ignore ofp_reader_end_object;
%ignore ofp_reader_begin_list;
%ignore ofp_reader_end_list;
%ignore ofp_reader_string;
%ignore ofp_reader_integer;
%ignore ofp_reader_other_number;
%ignore ofp_reader_boolean;
%ignore ofp_reader_null;
%ignore ofp_reader_fail;
%ignore ofp_reader_finish_request;
%ignore ofp_reader_finish_facts;
%ignore ofp_reader_finish_question;
%ignore ofp_question_answer;
%ignore ofp_request_write_json;
%ignore ofp_facts_add;

/* Deciding goes through ofp_policy_decide_from() and ofp_store_decide(), which hold the scratch. */
%ignore ofp_scratch_new;
%ignore ofp_scratch_free;
%ignore ofp_decide;
%ignore ofp_decision_copy;
%ignore ofp_desk_new;
%ignore ofp_desk_free;
%ignore ofp_desk_decide;
%ignore ofp_desk_begin;
%ignore ofp_desk_end;
%ignore ofp_desk_flush;
%ignore ofp_desk_compare;

/* The decision's document has these; Python reads the targets themselves, for speed. */
#ifndef SWIGPYTHON
%ignore ofp_decision_targets;
#endif
%ignore ofp_decision_action_text;
%ignore ofp_decision_action_key;
%ignore ofp_decision_reason;
%ignore ofp_decision_policy;
%ignore ofp_reason_name;

/* Records are read as documents, see ofp_records_write(). */
%ignore ofp_records_migrations;
%ignore ofp_records_events;
%ignore ofp_records_actions;
%ignore ofp_records_decisions;
%ignore ofp_migration_record_state;
%ignore ofp_migration_record_write_json;
%ignore ofp_event_write_json;
%ignore ofp_host_action_write_json;
%ignore ofp_logged_decision_write_json;

/* The memory of a policy is the languages' to manage. */
%ignore ofp_policy_ref;

/* The languages have types of their own for local times and for instants and dates as text. */
%ignore ofp_zone_local;
%ignore ofp_instant_parse;
%ignore ofp_instant_format;
%ignore ofp_date_parse;
%ignore ofp_date_format;

/* Plain structs: typemaps turn those that come and go into the language's own values. */
%ignore ofp_text;
%ignore ofp_text_of;
%ignore ofp_diagnostic;
%ignore ofp_error;
%ignore ofp_buffer;
%ignore ofp_reader;
%ignore ofp_question;
%ignore ofp_scratch;
%ignore ofp_desk;
%ignore ofp_desk_options;
%ignore ofp_policy_options;
%ignore ofp_explain_options;
%ignore ofp_store_options;
%ignore ofp_store_stats;
%ignore ofp_migration_filter;
%ignore ofp_event_filter;
%ignore ofp_log_filter;
%ignore ofp_deed;
%ignore ofp_step;
%ignore ofp_sweep;
%ignore ofp_target;
%ignore ofp_action;
%ignore ofp_reason;
%ignore ofp_period;
%ignore ofp_local_time;
%ignore ofp_request;
%ignore ofp_entitlement;
%ignore ofp_migration;
%ignore ofp_field_value;
%ignore ofp_migration_record;
%ignore ofp_event;
%ignore ofp_host_action;
%ignore ofp_logged_decision;

/* Asked by names of their own below, since what comes back is not what the header's names say. */
%ignore ofp_calendar_elapsed;

/* --- values, by the language ------------------------------------------------------------------ */

#if defined(SWIGPYTHON)
%include "python/typemaps.i"
#elif defined(SWIGRUBY)
%include "ruby/typemaps.i"
#endif

/* Which of the headers' parameters are what. */
%apply int64_t INSTANT {
    int64_t start, int64_t end, int64_t instant, int64_t at, int64_t before
};
%apply int64_t SECONDS { int64_t seconds, int64_t retry_after };
%apply int64_t *RETINSTANT { int64_t *ret, int64_t *retend, int64_t *retforgotten };
%apply int64_t *RETINTEGER { int64_t *retseconds, int64_t *retcount };
%apply int32_t DATE { int32_t date, int32_t target_date };
%apply const char *PATH { const char *path };
%typemap(out) int64_t ofp_decision_now = int64_t INSTANT;
%typemap(out) int64_t ofp_decision_created_at = int64_t INSTANT;
%typemap(out) int64_t ofp_decision_valid_until = int64_t INSTANT;
%typemap(out) int64_t ofp_policy_date_start = int64_t INSTANT;

/* --- objects ---------------------------------------------------------------------------------- */

%nodefaultctor;
%nodefaultdtor;

/* A type whose objects the language owns. */
%define %owned(NAME, CLASS, FREE)
%rename(CLASS) ofp_ ## NAME;
struct ofp_ ## NAME {};
%extend ofp_ ## NAME {
    ~ofp_ ## NAME() { FREE($self); }
}
%ignore FREE;
%returns_owned(ofp_ ## NAME)
%never_null(ofp_ ## NAME)
%enddef

/* A type whose objects are parts of another one's: the layers keep that alive. */
%define %borrowed(NAME, CLASS)
%rename(CLASS) ofp_ ## NAME;
%never_null(ofp_ ## NAME)
struct ofp_ ## NAME {};
%enddef

%owned(policy, Policy, ofp_policy_unref)
%owned(decision, Decision, ofp_decision_free)
%owned(zone, Zone, ofp_zone_free)
%owned(facts, Facts, ofp_facts_free)
%owned(records, Records, ofp_records_free)
%owned(store, Store, ofp_store_close)
%owned(reading, Reading, ofp_reading_free)
%borrowed(calendar, Calendar)
#if defined(SWIGPYTHON)
/* SWIG's built-in types free their objects only if there is a destructor, which is not called. */
%extend ofp_calendar {
    ~ofp_calendar() { (void)$self; }
}
#endif

/* --- structs of options, from a dict or hash, and back ---------------------------------------- */

%struct_in(ofp_policy_options, options, ofp_policy_options_members)
%struct_in(ofp_explain_options, options, ofp_explain_options_members)
%struct_in(ofp_store_options, options, ofp_store_options_members)
%struct_in(ofp_migration_filter, filter, ofp_migration_filter_members)
%struct_in(ofp_event_filter, filter, ofp_event_filter_members)
%struct_in(ofp_log_filter, filter, ofp_log_filter_members)
%struct_in(ofp_deed, deed, ofp_deed_members)
%struct_in(ofp_step, step, ofp_step_members)
%struct_in(ofp_sweep, sweep, ofp_sweep_members)
%struct_out(ofp_store_stats, ofp_store_stats_members)

/* --- long work, during which the interpreter's other threads run ------------------------------- */

%long_work(ofp_policy_load)
%long_work(ofp_policy_parse)
%long_work(ofp_policy_prepare)
%long_work(ofp_step_take)
%long_work(ofp_sweep_run)
%long_work(ofp_audit_head)
%long_work(ofp_audit_verify)
%long_work(ofp_store_open)
%long_work(ofp_store_find)
%long_work(ofp_store_list)
%long_work(ofp_store_actions)
%long_work(ofp_store_ack)
%long_work(ofp_store_fail)
%long_work(ofp_store_events)
%long_work(ofp_store_log)
%long_work(ofp_store_prune_log)
%long_work(ofp_store_backup)
%long_work(ofp_store_check)
%long_work(ofp_store_get_stats)
%long_work(ofp_store_export)
%long_work(ofp_store_import)
%long_work(ofp_store_decide)
%long_work(ofp_store_compare)

/* --- functions that only the bindings have ---------------------------------------------------- */

%extend ofp_calendar {
    ofp_status elapsed(int64_t start, int64_t end, int64_t *retseconds, ofp_error **reterr);
}

/*
 * HOST is any value of the language. These walk it, and may call back into the interpreter; a
 * request comes whole, or in parts.
 */
ofp_status ofp_policy_decide_from(const ofp_policy *policy, HOST request, HOST ticket, HOST org,
                                  HOST entitlements, HOST migrations, HOST now,
                                  ofp_decision **ret, ofp_error **reterr);
ofp_status ofp_policy_read_request(const ofp_policy *policy, HOST request, HOST ticket, HOST org,
                                   HOST entitlements, HOST migrations, HOST now,
                                   ofp_reading **ret, ofp_error **reterr);
ofp_status ofp_policy_read_facts(const ofp_policy *policy, HOST document, ofp_reading **ret,
                                 ofp_error **reterr);

%include "compound.h"

/* --- the headers ------------------------------------------------------------------------------ */

%include <offerpolicy/export.h>
%include <offerpolicy/text.h>
%include <offerpolicy/codes.h>
%include <offerpolicy/error.h>
%include <offerpolicy/buffer.h>
%include <offerpolicy/instant.h>
%include <offerpolicy/zone.h>
%include <offerpolicy/calendar.h>
%include <offerpolicy/policy.h>
%include <offerpolicy/request.h>
%include <offerpolicy/reasons.h>
%include <offerpolicy/decision.h>
%include <offerpolicy/reader.h>
%include <offerpolicy/document.h>
%include <offerpolicy/records.h>
%include <offerpolicy/store.h>
%include <offerpolicy/migration.h>
%include <offerpolicy/desk.h>
