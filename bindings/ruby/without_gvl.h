/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Long work, during which the interpreter's other threads run: it does not hold their lock (GVL).
 */
#ifndef OFP_RUBY_WITHOUT_GVL_H
#define OFP_RUBY_WITHOUT_GVL_H

/**
 * Calls a function without the lock, once. A thread that is to be interrupted is so before or
 * after, when nothing of C would be lost; so this may raise, but not after the call.
 */
void ruby_without_gvl(void *(*function)(void *), void *argument);

#endif
