/* SPDX-License-Identifier: MIT */
#include "compiler.h"

/* Warnings may not crowd out errors from what a report keeps. */
enum { MOST_WARNINGS = OFP_REPORT_LIMIT / 2 };

void ofp_compiler_report(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_code code,
                         const char *format, ...)
{
    ofp_place place = {.source = compiler->source};
    if (node) {
        place.line = node->line;
        place.column = node->column;
    }
    if (ofp_code_severity(code) == OFP_SEVERITY_WARNING && compiler->report->count >= MOST_WARNINGS)
        return;
    va_list arguments;
    va_start(arguments, format);
    ofp_report_vadd(compiler->report, place, code, format, arguments);
    va_end(arguments);
}

bool ofp_compiler_is_full(const ofp_compiler *compiler)
{
    return compiler->report->count >= OFP_REPORT_LIMIT;
}

void *ofp_compiler_no_memory(ofp_compiler *compiler)
{
    compiler->report->failed = true;
    return NULL;
}

void *ofp_compiler_alloc(ofp_compiler *compiler, size_t count, size_t size)
{
    void *memory = ofp_arena_alloc(&compiler->policy->arena, count, size);
    return memory ? memory : ofp_compiler_no_memory(compiler);
}

void *ofp_compiler_scratch(ofp_compiler *compiler, size_t count, size_t size)
{
    void *memory = ofp_arena_alloc(&compiler->scratch, count, size);
    return memory ? memory : ofp_compiler_no_memory(compiler);
}

const char *ofp_compiler_copy(ofp_compiler *compiler, ofp_text text)
{
    const char *copy = ofp_arena_copy(&compiler->policy->arena, text);
    return copy ? copy : ofp_compiler_no_memory(compiler);
}
