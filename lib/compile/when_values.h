/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The values that a condition wants an attribute to have, or not to have.
 */
#ifndef OFP_WHEN_VALUES_H
#define OFP_WHEN_VALUES_H

#include "compiler.h"

/**
 * Compiles `premium`, `[premium, ultimate]`, `{not: free}` or `{not: [free]}`.
 * @param attribute whose values they are
 * @param ret its values are sorted, each once
 * @return false: reported
 */
bool ofp_compile_when_values(ofp_compiler *compiler, uint32_t attribute, const ofp_yaml_node *node,
                             ofp_condition *ret);

#endif
