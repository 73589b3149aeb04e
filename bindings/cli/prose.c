/* SPDX-License-Identifier: MIT */
#include "prose.h"

#include <offerpolicy/instant.h>

#include "tell.h"

static bool is_space(char byte)
{
    return byte == '\n' || byte == '\t' || byte == '\r';
}

void prose_text(FILE *to, ofp_text text)
{
    while (text.size) {
        size_t size = control_size(text);
        if (size)
            fputs(is_space(*text.data) ? " " : "?", to);
        else
            fwrite(text.data, size = 1, 1, to);
        text.data += size;
        text.size -= size;
    }
}

void prose_lines(FILE *to, ofp_text text, int indent)
{
    while (text.size) {
        const char *end = memchr(text.data, '\n', text.size);
        const size_t size = end ? (size_t)(end - text.data) : text.size;
        fprintf(to, "%*s", size ? indent : 0, "");
        prose_text(to, (ofp_text){text.data, size});
        putc('\n', to);
        text.data += size + (end != NULL);
        text.size -= size + (end != NULL);
    }
}

void prose_date(FILE *to, int32_t date)
{
    char text[OFP_DATE_SIZE];
    ofp_date_format(date, text);
    fputs(text, to);
}

void prose_instant(FILE *to, int64_t instant)
{
    char text[OFP_INSTANT_SIZE];
    ofp_instant_format(instant, text);
    fputs(text, to);
}

void prose_moment(FILE *to, int64_t instant)
{
    char text[OFP_INSTANT_SIZE];
    ofp_instant_format(instant, text);
    /* The text is "2027-02-01T08:00:00Z". */
    const int time_size = instant % 60 ? 8 : 5;
    fprintf(to, "%.10s at %.*s UTC", text, time_size, text + 11);
}

void prose_org(FILE *to, const ofp_migration_record *migration)
{
    if (migration->org_name.size) {
        prose_text(to, migration->org_name);
        fputs(" (", to);
    }
    prose_text(to, migration->org);
    fputs(migration->org_name.size ? ")" : "", to);
}

void prose_offering(FILE *to, const ofp_policy *policy, ofp_text name)
{
    const int32_t offering = policy ? ofp_policy_find_offering(policy, name) : OFP_NONE;
    const char *title = policy ? ofp_policy_offering_title(policy, offering) : NULL;
    prose_text(to, title ? ofp_text_of(title) : name);
}

void prose_person(FILE *to, ofp_text who, ofp_text role)
{
    prose_text(to, who);
    if (role.data) {
        fputs(" (", to);
        prose_text(to, role);
        putc(')', to);
    }
}

/* Writes two words with a text between them. */
static void put(FILE *to, const char *before, ofp_text text, const char *after)
{
    fputs(before, to);
    prose_text(to, text);
    fputs(after, to);
}

static void put_deed(FILE *to, const ofp_host_action *action)
{
    switch (action->kind) {
    case OFP_HOST_ADD_TAG:
        put(to, "put the tag ", action->tag, " on org ");
        prose_text(to, action->org);
        break;
    case OFP_HOST_REMOVE_TAG:
        put(to, "take the tag ", action->tag, " off org ");
        prose_text(to, action->org);
        break;
    case OFP_HOST_ADD_NOTE:
        put(to, "add a note to org ", action->org, "");
        break;
    case OFP_HOST_REMOVE_NOTE:
        put(to, "remove the note of ", action->migration, " from org ");
        prose_text(to, action->org);
        break;
    case OFP_HOST_ASK_OPS:
        put(to, "hand the request about org ", action->org, " to those who approve");
        break;
    case OFP_HOST_REMIND:
        put(to, "remind the owner, ", action->owner, "");
        break;
    }
}

void prose_action(FILE *to, const ofp_host_action *action)
{
    put_deed(to, action);
    if (action->unless_offering.data) {
        put(to, ", unless it pays for ", action->unless_offering, " at level ");
        prose_text(to, action->unless_level);
    }
    if (action->not_before != OFP_INSTANT_NONE) {
        fputs(", but not before ", to);
        prose_moment(to, action->not_before);
    }
}
