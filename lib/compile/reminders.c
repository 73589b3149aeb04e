/* SPDX-License-Identifier: MIT */
#include "duration_text.h"
#include "node_reader.h"
#include "sections.h"
#include "span.h"

enum { MOST_REMINDERS = 100 };

/* Reads one member; reports what is no number of days, or what stands there twice. */
static bool read_days(ofp_compiler *compiler, const ofp_yaml_node *node, const int32_t *days,
                      size_t count, int32_t *ret)
{
    ofp_text text;
    if (!ofp_read_text(compiler, node, &text))
        return false;
    const char *problem = ofp_days_scan(text, ret);
    if (problem) {
        ofp_compiler_report(compiler, node, OFP_CODE_INVALID_DURATION, "\"%s\" %s",
                            ofp_quote(text).text, problem);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (days[i] == *ret) {
            ofp_compiler_report(compiler, node, OFP_CODE_DUPLICATE_NAME,
                                "the reminder \"%s\" stands here twice", ofp_quote(text).text);
            return false;
        }
    }
    return true;
}

/* Puts a number where it belongs: the most days come first. */
static void insert(int32_t *days, size_t count, int32_t number)
{
    for (; count > 0 && days[count - 1] < number; count--)
        days[count] = days[count - 1];
    days[count] = number;
}

/* A target date is at most `max_days` ahead, so a reminder as early as that is always over. */
static void warn_if_never(ofp_compiler *compiler, const ofp_yaml_node *node, int32_t days)
{
    const int32_t most = compiler->policy->migration.max_days;
    if (most != OFP_NONE && days >= most)
        ofp_compiler_report(compiler, node, OFP_CODE_USELESS_REMINDER,
                            "this reminder can never come: a target date is at most %d days "
                            "ahead (max_days)",
                            (int)most);
}

void ofp_compile_reminders(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    if (!ofp_expect_list(compiler, node, MOST_REMINDERS, "reminders"))
        return;
    int32_t *days = ofp_compiler_alloc(compiler, node->count, sizeof *days);
    size_t count = 0;
    for (size_t i = 0; days && i < node->count; i++) {
        int32_t number;
        if (!read_days(compiler, node->children[i], days, count, &number))
            continue;
        warn_if_never(compiler, node->children[i], number);
        insert(days, count++, number);
    }
    compiler->policy->migration.remind = days;
    compiler->policy->migration.remind_count = count;
}
