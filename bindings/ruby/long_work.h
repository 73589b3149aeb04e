/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The library's functions that may take long, without the interpreter's lock: `long_<function>`
 * does what `<function>` does. This is for the wrapper alone. Which functions these are is said by
 * %long_work in offerpolicy.i; one that is missing here won't compile.
 */
#ifndef OFP_RUBY_LONG_WORK_H
#define OFP_RUBY_LONG_WORK_H

#include "compound.h"
#include "without_gvl.h"

/* Arguments have the names a7 to a1: as members of a struct, as parameters, as values. */
#define MEMBERS_1(TYPE) TYPE a1;
#define MEMBERS_2(TYPE, ...) \
    TYPE a2; \
    MEMBERS_1(__VA_ARGS__)
#define MEMBERS_3(TYPE, ...) \
    TYPE a3; \
    MEMBERS_2(__VA_ARGS__)
#define MEMBERS_4(TYPE, ...) \
    TYPE a4; \
    MEMBERS_3(__VA_ARGS__)
#define MEMBERS_5(TYPE, ...) \
    TYPE a5; \
    MEMBERS_4(__VA_ARGS__)
#define MEMBERS_6(TYPE, ...) \
    TYPE a6; \
    MEMBERS_5(__VA_ARGS__)
#define MEMBERS_7(TYPE, ...) \
    TYPE a7; \
    MEMBERS_6(__VA_ARGS__)

#define PARAMETERS_1(TYPE) TYPE a1
#define PARAMETERS_2(TYPE, ...) TYPE a2, PARAMETERS_1(__VA_ARGS__)
#define PARAMETERS_3(TYPE, ...) TYPE a3, PARAMETERS_2(__VA_ARGS__)
#define PARAMETERS_4(TYPE, ...) TYPE a4, PARAMETERS_3(__VA_ARGS__)
#define PARAMETERS_5(TYPE, ...) TYPE a5, PARAMETERS_4(__VA_ARGS__)
#define PARAMETERS_6(TYPE, ...) TYPE a6, PARAMETERS_5(__VA_ARGS__)
#define PARAMETERS_7(TYPE, ...) TYPE a7, PARAMETERS_6(__VA_ARGS__)

#define VALUES_1(FROM) FROM a1
#define VALUES_2(FROM) FROM a2, VALUES_1(FROM)
#define VALUES_3(FROM) FROM a3, VALUES_2(FROM)
#define VALUES_4(FROM) FROM a4, VALUES_3(FROM)
#define VALUES_5(FROM) FROM a5, VALUES_4(FROM)
#define VALUES_6(FROM) FROM a6, VALUES_5(FROM)
#define VALUES_7(FROM) FROM a7, VALUES_6(FROM)

/* A function by how many arguments it has, its name, and their types. */
#define LONG_WORK(COUNT, FUNCTION, ...) \
    struct call_##FUNCTION { \
        MEMBERS_##COUNT(__VA_ARGS__) ofp_status status; \
    }; \
    static void *run_##FUNCTION(void *data) \
    { \
        struct call_##FUNCTION *call = data; \
        call->status = FUNCTION(VALUES_##COUNT(call->)); \
        return NULL; \
    } \
    static ofp_status long_##FUNCTION(PARAMETERS_##COUNT(__VA_ARGS__)) \
    { \
        struct call_##FUNCTION call = {VALUES_##COUNT(), OFP_STATUS_OK}; \
        ruby_without_gvl(run_##FUNCTION, &call); \
        return call.status; \
    }

LONG_WORK(4, ofp_policy_load, const char *, const ofp_policy_options *, ofp_policy **, ofp_error **)
LONG_WORK(4, ofp_policy_parse, ofp_text, const ofp_policy_options *, ofp_policy **, ofp_error **)
LONG_WORK(2, ofp_policy_prepare, const ofp_policy *, ofp_error **)
LONG_WORK(5, ofp_step_take, const ofp_step *, ofp_store *, const ofp_policy *, ofp_records **,
          ofp_error **)
LONG_WORK(5, ofp_sweep_run, const ofp_sweep *, ofp_store *, const ofp_policy *, ofp_records **,
          ofp_error **)
LONG_WORK(3, ofp_audit_head, ofp_store *, char *, ofp_error **)
LONG_WORK(4, ofp_audit_verify, ofp_store *, ofp_text, int64_t *, ofp_error **)
LONG_WORK(4, ofp_store_open, const char *, const ofp_store_options *, ofp_store **, ofp_error **)
LONG_WORK(4, ofp_store_find, ofp_store *, ofp_text, ofp_records **, ofp_error **)
LONG_WORK(4, ofp_store_list, ofp_store *, const ofp_migration_filter *, ofp_records **,
          ofp_error **)
LONG_WORK(6, ofp_store_actions, ofp_store *, int64_t, int64_t, size_t, ofp_records **, ofp_error **)
LONG_WORK(4, ofp_store_ack, ofp_store *, ofp_text, int64_t, ofp_error **)
LONG_WORK(6, ofp_store_fail, ofp_store *, ofp_text, int64_t, int64_t, ofp_text, ofp_error **)
LONG_WORK(4, ofp_store_events, ofp_store *, const ofp_event_filter *, ofp_records **, ofp_error **)
LONG_WORK(4, ofp_store_log, ofp_store *, const ofp_log_filter *, ofp_records **, ofp_error **)
LONG_WORK(5, ofp_store_prune_log, ofp_store *, int64_t, const ofp_deed *, int64_t *, ofp_error **)
LONG_WORK(3, ofp_store_backup, ofp_store *, const char *, ofp_error **)
LONG_WORK(2, ofp_store_check, ofp_store *, ofp_error **)
LONG_WORK(4, ofp_store_get_stats, ofp_store *, int64_t, ofp_store_stats *, ofp_error **)
LONG_WORK(3, ofp_store_export, ofp_store *, int, ofp_error **)
LONG_WORK(4, ofp_store_import, ofp_store *, int, const char *, ofp_error **)
LONG_WORK(7, ofp_store_decide, ofp_store *, const ofp_policy *, const ofp_reading *, bool, bool,
          ofp_decision **, ofp_error **)
LONG_WORK(7, ofp_store_compare, ofp_store *, const ofp_policy *, const ofp_records *, size_t,
          const ofp_decision *, ofp_buffer *, ofp_error **)

#endif
