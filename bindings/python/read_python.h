/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Requests from Python's own values: dicts and other mappings, lists and other sequences, str, int,
 * bool, None; datetimes and dates stand for their texts.
 *
 * A value may run code of the program (a mapping or a tzinfo of its own), which may change what is
 * being read, decide something else meanwhile, or raise. So every text is held until the reading
 * is over, and each reading has a reader of its own.
 *
 * A function that fails without an error has raised an exception.
 */
#ifndef OFP_READ_PYTHON_H
#define OFP_READ_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <offerpolicy/offerpolicy.h>

#include "compound.h"

/**
 * Decides.
 * @param request a whole request, or None
 * @param ticket,org,entitlements,migrations parts of one, or None; without a whole one
 * @param now of the parts; with a whole request the instant if it names none; or None
 * @param ret a copy
 */
ofp_status ofp_policy_decide_from(const ofp_policy *policy, PyObject *request, PyObject *ticket,
                                  PyObject *org, PyObject *entitlements, PyObject *migrations,
                                  PyObject *now, ofp_decision **ret, ofp_error **reterr);

/** Reads a request to be decided on later; else as ofp_policy_decide_from(). */
ofp_status ofp_policy_read_request(const ofp_policy *policy, PyObject *request, PyObject *ticket,
                                   PyObject *org, PyObject *entitlements, PyObject *migrations,
                                   PyObject *now, ofp_reading **ret, ofp_error **reterr);

/** Reads what an org has bought. */
ofp_status ofp_policy_read_facts(const ofp_policy *policy, PyObject *document, ofp_reading **ret,
                                 ofp_error **reterr);

#endif
