/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Names that the file declares in one place and uses in others. A name that may only be missing
 * because its declaration has a mistake is not reported where it is used.
 */
#ifndef OFP_DECLARED_H
#define OFP_DECLARED_H

#include "compiler.h"

/**
 * Declares the name that a scalar (or a key) holds; reports one that can't be a name or that is
 * declared already.
 * @return its index; -1: none that is new
 */
int32_t ofp_declare(ofp_compiler *compiler, ofp_declared *declared, const ofp_yaml_node *node);

/** The index of the name that a scalar (or a key) holds; -1: unknown, and reported. */
int32_t ofp_find_declared(ofp_compiler *compiler, const ofp_declared *declared,
                          const ofp_yaml_node *node);

#endif
