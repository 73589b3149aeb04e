/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The text of a YAML file before and beside its tree: what it may be made of, and where in it
 * libyaml stopped.
 */
#ifndef OFP_YAML_SOURCE_H
#define OFP_YAML_SOURCE_H

#include <stdbool.h>

#include <yaml.h>

#include "report.h"

/** The longest file that is read: 16 MiB. */
enum { OFP_YAML_FILE_LIMIT = 16 << 20 };

/**
 * Checks what can be told without parsing: size, encoding, line ends. Lines and columns are only
 * the same for people and for libyaml where lines end with LF or CRLF, so others are refused.
 * @param report its `text` is the one to check; a byte order mark is taken off
 * @param source the file's name, for messages
 * @return false: reported
 */
bool ofp_yaml_check_source(ofp_report *report, const char *source);

/** Reports why libyaml stopped. @param parser after a failed call */
void ofp_yaml_report_stop(const yaml_parser_t *parser, const char *source, ofp_report *report);

#endif
