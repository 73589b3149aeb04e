/* SPDX-License-Identifier: MIT */
#include "json_line.h"

#include <stdio.h>
#include <stdlib.h>

#include <offerpolicy/buffer.h>

#include "tell.h"

/* Past what stdio holds: a document that is cut off must not look like a whole line. */
static _Noreturn void give_up(ofp_error *error)
{
    tell_failure(error);
    _Exit(EXIT_NOTHING);
}

static ofp_buffer *begin(void)
{
    ofp_buffer *buffer;
    ofp_error *error;
    if (ofp_buffer_new(&buffer, &error) != OFP_STATUS_OK)
        give_up(error);
    return buffer;
}

/* @param error of the writing, NULL if it worked */
static void end(ofp_buffer *buffer, ofp_error *error)
{
    if (error)
        give_up(error);
    const ofp_text text = ofp_buffer_text(buffer);
    fwrite(text.data, text.size, 1, stdout);
    ofp_buffer_free(buffer);
}

void json_print_migration(const ofp_migration_record *migration, int64_t at)
{
    ofp_buffer *buffer = begin();
    ofp_error *error;
    ofp_migration_record_write_json(migration, at, buffer, &error);
    end(buffer, error);
}

void json_print_event(const ofp_event *event)
{
    ofp_buffer *buffer = begin();
    ofp_error *error;
    ofp_event_write_json(event, buffer, &error);
    end(buffer, error);
}

void json_print_action(const ofp_host_action *action)
{
    ofp_buffer *buffer = begin();
    ofp_error *error;
    ofp_host_action_write_json(action, buffer, &error);
    end(buffer, error);
}

void json_print_logged(const ofp_logged_decision *logged)
{
    ofp_buffer *buffer = begin();
    ofp_error *error;
    ofp_logged_decision_write_json(logged, buffer, &error);
    end(buffer, error);
}

void json_print_events(const ofp_event *events, size_t count)
{
    putchar('[');
    for (size_t i = 0; i < count; i++) {
        fputs(i ? "," : "", stdout);
        json_print_event(&events[i]);
    }
    putchar(']');
}

void json_print_actions(const ofp_host_action *actions, size_t count)
{
    putchar('[');
    for (size_t i = 0; i < count; i++) {
        fputs(i ? "," : "", stdout);
        json_print_action(&actions[i]);
    }
    putchar(']');
}
