/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What decide, explain and calendar have in common: a stream of documents in, answers out.
 */
#ifndef STREAM_H
#define STREAM_H

#include "arguments.h"
#include "worker.h"

/** Lets a task decide with the store that the arguments name, if any, and log as they say. */
void stream_take_store(const struct arguments *arguments, struct task *task);

/**
 * Answers all documents of all files.
 * @param task its policy is loaded here, as the arguments say
 * @param noun what the documents are: "requests" or "questions"
 * @return an exit_status
 */
int stream_run(const struct arguments *arguments, struct task *task, const char *noun);

#endif
