/* SPDX-License-Identifier: MIT */
#include "node_reader.h"

#include "cursor.h"
#include "span.h"
#include "unknown.h"

bool ofp_node_is_null(const ofp_yaml_node *node)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    if (node->kind != OFP_YAML_SCALAR || !node->plain)
        return false;
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) {
        if (ofp_span_equal(node->text, ofp_text_of(nulls[i])))
            return true;
    }
    return false;
}

void ofp_report_type(ofp_compiler *compiler, const ofp_yaml_node *node, const char *expected)
{
    if (node->kind == OFP_YAML_LIST)
        ofp_compiler_report(compiler, node, OFP_CODE_POLICY_WRONG_TYPE, "expected %s, got a list",
                            expected);
    else if (node->kind == OFP_YAML_MAPPING)
        ofp_compiler_report(compiler, node, OFP_CODE_POLICY_WRONG_TYPE,
                            "expected %s, got a mapping", expected);
    else if (ofp_node_is_null(node))
        ofp_compiler_report(compiler, node, OFP_CODE_POLICY_WRONG_TYPE, "expected %s, got nothing",
                            expected);
    else
        ofp_compiler_report(compiler, node, OFP_CODE_POLICY_WRONG_TYPE,
                            "expected %s, got the text \"%s\"", expected,
                            ofp_quote(node->text).text);
}

bool ofp_expect_mapping(ofp_compiler *compiler, const ofp_yaml_node *node)
{
    if (node->kind != OFP_YAML_MAPPING)
        ofp_report_type(compiler, node, "a mapping");
    return node->kind == OFP_YAML_MAPPING;
}

/* Is the number of members one that is taken? If not, reports it. */
static bool check_count(ofp_compiler *compiler, const ofp_yaml_node *node, size_t most,
                        const char *what)
{
    if (node->count > most)
        ofp_compiler_report(compiler, node, OFP_CODE_POLICY_LIMIT,
                            "there are %zu %s here: at most %zu are allowed", node->count, what,
                            most);
    return node->count <= most;
}

bool ofp_expect_list(ofp_compiler *compiler, const ofp_yaml_node *node, size_t most,
                     const char *what)
{
    if (node->kind != OFP_YAML_LIST) {
        ofp_report_type(compiler, node, "a list");
        return false;
    }
    return check_count(compiler, node, most, what);
}

static bool check_not_empty(ofp_compiler *compiler, const ofp_yaml_node *node, const char *what)
{
    if (node->count == 0)
        ofp_compiler_report(compiler, node, OFP_CODE_EMPTY_LIST, "there are no %s here", what);
    return node->count > 0;
}

bool ofp_expect_members(ofp_compiler *compiler, const ofp_yaml_node *node, size_t most,
                        const char *what)
{
    return ofp_expect_list(compiler, node, most, what) && check_not_empty(compiler, node, what);
}

bool ofp_expect_pairs(ofp_compiler *compiler, const ofp_yaml_node *node, size_t most,
                      const char *what)
{
    return ofp_expect_mapping(compiler, node) && check_count(compiler, node, most, what) &&
           check_not_empty(compiler, node, what);
}

/* @return the index of the key that was probably meant; -1: none is near */
static int report_unknown_key(ofp_compiler *compiler, const ofp_yaml_node *key, const ofp_key *keys,
                              size_t count)
{
    ofp_text known[OFP_MOST_KEYS];
    for (size_t i = 0; i < count; i++)
        known[i] = ofp_text_of(keys[i].name);
    return ofp_report_unknown(compiler, key, key->text, OFP_CODE_POLICY_UNKNOWN_KEY, "key", known,
                              count);
}

static size_t find_key(ofp_text text, const ofp_key *keys, size_t count)
{
    size_t i = 0;
    while (i < count && !ofp_span_equal(text, ofp_text_of(keys[i].name)))
        i++;
    return i;
}

bool ofp_read_mapping(ofp_compiler *compiler, const ofp_yaml_node *node, const ofp_key *keys,
                      size_t count, const ofp_yaml_node **retvalues)
{
    for (size_t i = 0; i < count; i++)
        retvalues[i] = NULL;
    if (!ofp_expect_mapping(compiler, node))
        return false;
    unsigned misspelt = 0;
    for (size_t i = 0; i < node->count; i++) {
        const size_t key = find_key(ofp_yaml_key(node, i)->text, keys, count);
        if (key < count) {
            retvalues[key] = ofp_yaml_value(node, i);
            continue;
        }
        const int meant = report_unknown_key(compiler, ofp_yaml_key(node, i), keys, count);
        misspelt |= meant < 0 ? 0 : 1u << meant;
    }
    for (size_t i = 0; i < count; i++) {
        if (keys[i].required && !retvalues[i] && !(misspelt >> i & 1))
            ofp_compiler_report(compiler, node, OFP_CODE_POLICY_MISSING_KEY,
                                "the key \"%s\" is missing here", keys[i].name);
    }
    return true;
}

bool ofp_read_text(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_text *ret)
{
    if (node->kind != OFP_YAML_SCALAR || ofp_node_is_null(node)) {
        ofp_report_type(compiler, node, "a text");
        return false;
    }
    *ret = node->text;
    return true;
}

bool ofp_read_name(ofp_compiler *compiler, const ofp_yaml_node *node, ofp_text *ret)
{
    ofp_text text;
    const char *problem = NULL;
    if (!ofp_read_text(compiler, node, &text))
        return false;
    if (text.size == 0)
        problem = "is empty";
    else if (text.size > OFP_MOST_NAME_SIZE)
        problem = "is longer than 255 bytes";
    else if (ofp_span_has_control(text))
        problem = "has a line end or another control character in it";
    if (problem) {
        ofp_compiler_report(compiler, node, OFP_CODE_INVALID_NAME, "\"%s\" %s",
                            ofp_quote(text).text, problem);
        return false;
    }
    *ret = text;
    return true;
}

/* Does it look like a number, though perhaps not a whole one? */
static bool looks_like_number(const ofp_yaml_node *node)
{
    if (node->kind != OFP_YAML_SCALAR || !node->plain)
        return false;
    ofp_cursor cursor = ofp_cursor_of(node->text);
    if (!ofp_cursor_take(&cursor, '-'))
        ofp_cursor_take(&cursor, '+');
    ofp_cursor_take(&cursor, '.');
    return ofp_cursor_skip_digits(&cursor) > 0;
}

/* A plain decimal number. Leading zeros are refused: to some readers of YAML they mean octal. */
static bool scan_integer(ofp_text text, int64_t *ret)
{
    ofp_cursor cursor = ofp_cursor_of(text);
    const bool negative = ofp_cursor_take(&cursor, '-');
    const bool zero = ofp_cursor_peek(&cursor) == '0';
    int64_t number;
    if (!ofp_cursor_take_number(&cursor, 1, zero ? 1 : 18, &number) || !ofp_cursor_at_end(&cursor))
        return false;
    *ret = negative ? -number : number;
    return true;
}

bool ofp_read_integer(ofp_compiler *compiler, const ofp_yaml_node *node, int32_t least,
                      int32_t most, int32_t *ret)
{
    int64_t number;
    if (!looks_like_number(node)) {
        ofp_report_type(compiler, node, "a whole number");
        return false;
    }
    if (!scan_integer(node->text, &number) || number < least || number > most) {
        ofp_compiler_report(compiler, node, OFP_CODE_INVALID_NUMBER,
                            "%s is no whole number from %d to %d", ofp_quote(node->text).text,
                            (int)least, (int)most);
        return false;
    }
    *ret = (int32_t)number;
    return true;
}

bool ofp_read_boolean(ofp_compiler *compiler, const ofp_yaml_node *node, bool *ret)
{
    const bool plain = node->kind == OFP_YAML_SCALAR && node->plain;
    if (plain && ofp_span_equal(node->text, OFP_LITERAL("true")))
        *ret = true;
    else if (plain && ofp_span_equal(node->text, OFP_LITERAL("false")))
        *ret = false;
    else {
        ofp_report_type(compiler, node, "true or false");
        return false;
    }
    return true;
}
