/* SPDX-License-Identifier: MIT */
#include "yaml_tree.h"

#include <stdlib.h>

#include "array.h"
#include "names.h"
#include "span.h"
#include "yaml_pairs.h"
#include "yaml_source.h"

typedef struct node_array {
    const ofp_yaml_node **items;
    size_t count, capacity;
} node_array;

/* A collection whose end has not been read. */
typedef struct frame {
    ofp_yaml_node *node;
    size_t first; /* of its children in `waiting` */
} frame;

typedef struct builder {
    ofp_report *report;
    const char *source;
    ofp_arena *arena;
    frame open[OFP_YAML_MOST_DEPTH];
    size_t depth;
    node_array waiting; /* children of the open collections */
    ofp_names anchors;
    node_array anchored; /* by anchor: what it names, the latest */
    size_t aliased;
    const ofp_yaml_node *root;
    bool stopped;
} builder;

static ofp_place place_of(const builder *b, yaml_mark_t mark)
{
    return (ofp_place){
        .source = b->source, .line = (uint32_t)mark.line + 1, .column = (uint32_t)mark.column + 1};
}

static void run_out_of_memory(builder *b)
{
    b->report->failed = true;
    b->stopped = true;
}

/* Stops for good: what follows can't be understood. */
static void stop(builder *b, yaml_mark_t mark, ofp_code code, const char *message)
{
    ofp_report_add(b->report, place_of(b, mark), code, "%s", message);
    b->stopped = true;
}

static void put(builder *b, const ofp_yaml_node *node)
{
    if (b->depth == 0)
        b->root = node;
    else if (OFP_ARRAY_GROW(&b->waiting))
        b->waiting.items[b->waiting.count++] = node;
    else
        run_out_of_memory(b);
}

static void set_anchor(builder *b, const yaml_char_t *anchor, const ofp_yaml_node *node)
{
    const int32_t index = ofp_names_add(&b->anchors, b->arena, ofp_text_of((const char *)anchor));
    if (index < 0 || !OFP_ARRAY_GROW(&b->anchored)) {
        run_out_of_memory(b);
        return;
    }
    if ((size_t)index == b->anchored.count)
        b->anchored.count++;
    b->anchored.items[index] = node;
}

/* Makes a node for an event that starts one. */
static ofp_yaml_node *new_node(builder *b, const yaml_event_t *event, ofp_yaml_kind kind,
                               const yaml_char_t *anchor, const yaml_char_t *tag)
{
    ofp_yaml_node *node = ofp_arena_alloc(b->arena, 1, sizeof *node);
    if (!node) {
        run_out_of_memory(b);
        return NULL;
    }
    const ofp_place place = place_of(b, event->start_mark);
    *node = (ofp_yaml_node){
        .kind = kind, .height = 1, .line = place.line, .column = place.column, .weight = 1};
    if (tag)
        ofp_report_add(b->report, place, OFP_CODE_YAML_FEATURE,
                       "the tag %s is not allowed: policies do without tags",
                       ofp_quote(ofp_text_of((const char *)tag)).text);
    if (anchor)
        set_anchor(b, anchor, node);
    return node;
}

static void read_scalar(builder *b, const yaml_event_t *event)
{
    const ofp_text text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    ofp_yaml_node *node =
        new_node(b, event, OFP_YAML_SCALAR, event->data.scalar.anchor, event->data.scalar.tag);
    const char *copy = ofp_arena_copy(b->arena, text);
    if (!node || !copy) {
        run_out_of_memory(b);
        return;
    }
    node->height = 0;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->text = (ofp_text){copy, text.size};
    put(b, node);
}

static void open_collection(builder *b, const yaml_event_t *event, ofp_yaml_node *node)
{
    if (!node)
        return;
    if (b->depth == OFP_YAML_MOST_DEPTH) {
        stop(b, event->start_mark, OFP_CODE_YAML_LIMIT, "this is nested more than 64 levels deep");
        return;
    }
    node->open = true;
    b->open[b->depth++] = (frame){node, b->waiting.count};
}

static void close_collection(builder *b)
{
    const frame closed = b->open[--b->depth];
    ofp_yaml_node *node = closed.node;
    const ofp_yaml_node **children = b->waiting.items ? b->waiting.items + closed.first : NULL;
    size_t count = children ? b->waiting.count - closed.first : 0;
    if (count && node->kind == OFP_YAML_MAPPING)
        count = 2 * ofp_yaml_tidy_pairs(children, count / 2, b->source, b->report);
    for (size_t i = 0; i < count; i++) {
        node->weight += children[i]->weight;
        if (node->height < children[i]->height + 1)
            node->height = (uint8_t)(children[i]->height + 1);
    }
    node->children = ofp_arena_copy_array(b->arena, children, count, sizeof *children);
    node->count = node->kind == OFP_YAML_MAPPING ? count / 2 : count;
    node->open = false;
    if (!node->children)
        run_out_of_memory(b);
    b->waiting.count = closed.first;
    put(b, node);
}

static void read_alias(builder *b, const yaml_event_t *event)
{
    const ofp_text anchor = ofp_text_of((const char *)event->data.alias.anchor);
    const int32_t index = ofp_names_find(&b->anchors, anchor);
    const bool known = index >= 0 && (size_t)index < b->anchored.count;
    const ofp_yaml_node *node = known ? b->anchored.items[index] : NULL;
    if (!node) {
        ofp_report_add(b->report, place_of(b, event->start_mark), OFP_CODE_YAML_SYNTAX,
                       "the alias *%s has no anchor before it", ofp_quote(anchor).text);
        b->stopped = true;
        return;
    }
    if (node->open) {
        stop(b, event->start_mark, OFP_CODE_YAML_LIMIT,
             "this alias stands inside what it stands for, which would have no end");
        return;
    }
    b->aliased += node->weight;
    if (b->aliased > OFP_YAML_MOST_ALIASED)
        stop(b, event->start_mark, OFP_CODE_YAML_LIMIT,
             "the aliases up to this one stand for more than 100,000 nodes");
    else if (b->depth + node->height > OFP_YAML_MOST_DEPTH)
        stop(b, event->start_mark, OFP_CODE_YAML_LIMIT,
             "what this alias stands for is nested more than 64 levels deep here");
    else
        put(b, node);
}

static void read_event(builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (b->root)
            stop(b, event->start_mark, OFP_CODE_YAML_FEATURE,
                 "a second document starts here: a policy is one document");
        break;
    case YAML_ALIAS_EVENT:
        read_alias(b, event);
        break;
    case YAML_SCALAR_EVENT:
        read_scalar(b, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_collection(b, event,
                        new_node(b, event, OFP_YAML_LIST, event->data.sequence_start.anchor,
                                 event->data.sequence_start.tag));
        break;
    case YAML_MAPPING_START_EVENT:
        open_collection(b, event,
                        new_node(b, event, OFP_YAML_MAPPING, event->data.mapping_start.anchor,
                                 event->data.mapping_start.tag));
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(b);
        break;
    default:
        break;
    }
}

/* After a syntax error nothing that was reported before is certain. */
static void start_report_anew(ofp_report *report)
{
    const ofp_text text = report->text;
    const bool failed = report->failed;
    ofp_report_free(report);
    *report = (ofp_report){.text = text, .failed = failed};
}

/* Passes all events on. @return the document was read to its end */
static bool read_events(builder *b, yaml_parser_t *parser)
{
    bool ended = false;
    while (!b->stopped && !b->report->failed && !ended) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            start_report_anew(b->report);
            ofp_yaml_report_stop(parser, b->source, b->report);
            return false;
        }
        ended = event.type == YAML_STREAM_END_EVENT;
        read_event(b, &event);
        yaml_event_delete(&event);
    }
    return ended && !b->report->failed;
}

const ofp_yaml_node *ofp_yaml_read(ofp_report *report, const char *source, ofp_arena *arena)
{
    if (!ofp_yaml_check_source(report, source))
        return NULL;
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        report->failed = true;
        return NULL;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)report->text.data,
                                 report->text.size);
    builder b = {.report = report, .source = source, .arena = arena};
    const bool complete = read_events(&b, &parser);
    if (complete && !b.root)
        ofp_report_add(report, (ofp_place){.source = source, .line = 1, .column = 1},
                       OFP_CODE_POLICY_WRONG_TYPE, "the policy is empty");
    yaml_parser_delete(&parser);
    ofp_names_free(&b.anchors);
    free(b.anchored.items);
    free(b.waiting.items);
    return complete ? b.root : NULL;
}
