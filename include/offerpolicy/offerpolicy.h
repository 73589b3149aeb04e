/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The whole library but JSON input (json.h), which lives in a library of its own.
 */
#ifndef OFFERPOLICY_OFFERPOLICY_H
#define OFFERPOLICY_OFFERPOLICY_H

#include <offerpolicy/buffer.h>
#include <offerpolicy/calendar.h>
#include <offerpolicy/codes.h>
#include <offerpolicy/decision.h>
#include <offerpolicy/desk.h>
#include <offerpolicy/document.h>
#include <offerpolicy/error.h>
#include <offerpolicy/export.h>
#include <offerpolicy/instant.h>
#include <offerpolicy/migration.h>
#include <offerpolicy/policy.h>
#include <offerpolicy/reader.h>
#include <offerpolicy/reasons.h>
#include <offerpolicy/records.h>
#include <offerpolicy/request.h>
#include <offerpolicy/store.h>
#include <offerpolicy/text.h>
#include <offerpolicy/zone.h>

#endif
