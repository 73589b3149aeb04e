/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "buffer.h"
#include "cases.h"
#include "expect.h"
#include "yaml_source.h"
#include "yaml_tree.h"

static ofp_report report;
static ofp_arena arena;
static ofp_buffer yaml;

static void start(void)
{
    report = (ofp_report){0};
    arena = (ofp_arena){0};
    yaml = (ofp_buffer){0};
}

static void stop(void)
{
    ofp_report_free(&report);
    ofp_arena_free(&arena);
    ofp_buffer_release(&yaml);
}

static const ofp_yaml_node *read_text(ofp_text text)
{
    ofp_report_free(&report);
    report.text = text;
    return ofp_yaml_read(&report, "p.yaml", &arena);
}

static const ofp_yaml_node *read_yaml(const char *text)
{
    return read_text(ofp_text_of(text));
}

/* What was written into `yaml`. */
static const ofp_yaml_node *read_written(void)
{
    ck_assert(!yaml.failed);
    return read_text(ofp_buffer_text(&yaml));
}

static void expect_code(ofp_code code, uint32_t line, uint32_t column)
{
    ck_assert_uint_eq(report.count, 1);
    ck_assert_msg(report.items[0].code == code, "%s", report.items[0].message);
    ck_assert_uint_eq(report.items[0].line, line);
    ck_assert_uint_eq(report.items[0].column, column);
    ck_assert_str_eq(report.items[0].source, "p.yaml");
}

static void expect_node(const ofp_yaml_node *node, uint32_t line, uint32_t column, const char *text)
{
    ck_assert_int_eq(node->kind, OFP_YAML_SCALAR);
    ck_assert_str_eq(node->text.data, text);
    ck_assert_uint_eq(node->text.size, strlen(text));
    ck_assert_uint_eq(node->line, line);
    ck_assert_uint_eq(node->column, column);
}

static void repeat(const char *text, int count)
{
    while (count--)
        ofp_buffer_puts(&yaml, text);
}

START_TEST(makes_a_tree_with_places)
{
    const ofp_yaml_node *root = read_yaml("a: b\n\xC3\xA9: ['c', {d: ~}]\n\"e\": |\n  f\n  g\n");
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(report.count, 0);
    ck_assert_int_eq(root->kind, OFP_YAML_MAPPING);
    ck_assert_uint_eq(root->count, 3);
    expect_node(ofp_yaml_key(root, 0), 1, 1, "a");
    expect_node(ofp_yaml_value(root, 0), 1, 4, "b");
    ck_assert(ofp_yaml_value(root, 0)->plain);
    const ofp_yaml_node *list = ofp_yaml_value(root, 1);
    ck_assert_int_eq(list->kind, OFP_YAML_LIST);
    ck_assert_uint_eq(list->count, 2);
    expect_node(list->children[0], 2, 5, "c");
    ck_assert(!list->children[0]->plain);
    expect_node(ofp_yaml_key(list->children[1], 0), 2, 11, "d");
    expect_node(ofp_yaml_key(root, 2), 3, 1, "e");
    expect_node(ofp_yaml_value(root, 2), 3, 6, "f\ng\n");
    ck_assert_uint_eq(root->weight, 11);
    ck_assert_uint_eq(root->height, 3);
}
END_TEST

START_TEST(aliases_share_nodes)
{
    const ofp_yaml_node *root = read_yaml("[&a [x, y], *a, &a z, *a]");
    ck_assert_ptr_nonnull(root);
    ck_assert_ptr_eq(root->children[0], root->children[1]);
    ck_assert_ptr_eq(root->children[2], root->children[3]);
    ck_assert_uint_eq(root->weight, 1 + 3 + 3 + 1 + 1);
}
END_TEST

/* A list of `count` texts, and as many lists of aliases to it as stand for `aliased` nodes. */
static void write_aliases(int count, int uses)
{
    ofp_buffer_clear(&yaml);
    ofp_buffer_puts(&yaml, "- &a [");
    repeat("x,", count - 1);
    ofp_buffer_puts(&yaml, "]\n");
    repeat("- *a\n", uses);
}

START_TEST(aliases_stand_for_so_many_nodes_at_most)
{
    write_aliases(1000, OFP_YAML_MOST_ALIASED / 1000);
    const ofp_yaml_node *root = read_written();
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(root->weight, 1 + 1000 + OFP_YAML_MOST_ALIASED);
    write_aliases(1000, OFP_YAML_MOST_ALIASED / 1000 + 1);
    ck_assert_ptr_null(read_written());
    expect_code(OFP_CODE_YAML_LIMIT, OFP_YAML_MOST_ALIASED / 1000 + 2, 3);
}
END_TEST

/* What is written out is limited by the file's size alone. */
START_TEST(nodes_that_are_written_out_are_not_counted)
{
    ofp_buffer_puts(&yaml, "- &a x\n- *a\n");
    repeat("- [x, y]\n", OFP_YAML_MOST_ALIASED);
    const ofp_yaml_node *root = read_written();
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(root->count, 2 + OFP_YAML_MOST_ALIASED);
}
END_TEST

START_TEST(alias_bomb_ends_soon)
{
    ofp_buffer_puts(&yaml, "- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 60; i++) {
        ofp_buffer_printf(&yaml, "- &a%d [", i);
        for (int j = 0; j < 10; j++)
            ofp_buffer_printf(&yaml, "*a%d, ", i - 1);
        ofp_buffer_puts(&yaml, "]\n");
    }
    ck_assert_ptr_null(read_written());
    ck_assert_uint_eq(report.items[0].code, OFP_CODE_YAML_LIMIT);
    ck_assert_uint_eq(report.items[0].line, 5);
}
END_TEST

static void write_nested(int depth)
{
    ofp_buffer_clear(&yaml);
    repeat("[", depth);
    repeat("]", depth);
}

START_TEST(nesting_is_limited)
{
    write_nested(OFP_YAML_MOST_DEPTH);
    const ofp_yaml_node *root = read_written();
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(root->height, OFP_YAML_MOST_DEPTH);
    write_nested(OFP_YAML_MOST_DEPTH + 1);
    ck_assert_ptr_null(read_written());
    expect_code(OFP_CODE_YAML_LIMIT, 1, OFP_YAML_MOST_DEPTH + 1);
    write_nested(1000000);
    ck_assert_ptr_null(read_written());
    ofp_buffer_clear(&yaml);
    repeat("- ", 100000);
    ck_assert_ptr_null(read_written());
    ofp_buffer_clear(&yaml);
    repeat("? ", 100000);
    ck_assert_ptr_null(read_written());
}
END_TEST

static void write_nested_alias(int inner, int outer)
{
    ofp_buffer_clear(&yaml);
    ofp_buffer_puts(&yaml, "- &a ");
    repeat("[", inner);
    repeat("]", inner);
    ofp_buffer_puts(&yaml, "\n- ");
    repeat("[", outer);
    ofp_buffer_puts(&yaml, "*a ");
    repeat("]", outer);
}

START_TEST(aliases_count_for_nesting)
{
    write_nested_alias(30, OFP_YAML_MOST_DEPTH - 31);
    const ofp_yaml_node *root = read_written();
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(root->height, OFP_YAML_MOST_DEPTH);
    write_nested_alias(30, OFP_YAML_MOST_DEPTH - 30);
    ck_assert_ptr_null(read_written());
    expect_code(OFP_CODE_YAML_LIMIT, 2, 3 + OFP_YAML_MOST_DEPTH - 30);
}
END_TEST

START_TEST(files_are_limited)
{
    ofp_buffer_puts(&yaml, "a: b # ");
    while (yaml.size < OFP_YAML_FILE_LIMIT)
        repeat("#", 1);
    ck_assert_ptr_nonnull(read_written());
    repeat("#", 1);
    ck_assert_ptr_null(read_written());
    expect_code(OFP_CODE_FILE_TOO_LARGE, 0, 0);
}
END_TEST

START_TEST(repeated_keys_are_dropped)
{
    const ofp_yaml_node *root = read_yaml("a: 1\nb: 2\na: 3\nc: 4\n'b': 5\n");
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(report.count, 2);
    ck_assert_uint_eq(report.items[0].line, 3);
    ck_assert_uint_eq(report.items[1].line, 5);
    ck_assert_uint_eq(root->count, 3);
    expect_node(ofp_yaml_value(root, 0), 1, 4, "1");
    expect_node(ofp_yaml_value(root, 1), 2, 4, "2");
    expect_node(ofp_yaml_value(root, 2), 4, 4, "4");
}
END_TEST

START_TEST(repeated_keys_of_large_mappings_are_found_fast)
{
    enum { COUNT = 100000 };
    for (int i = 0; i < COUNT; i++)
        ofp_buffer_printf(&yaml, "k%d: v\n", i * 7919 % COUNT);
    ofp_buffer_puts(&yaml, "k5: again\n");
    const ofp_yaml_node *root = read_written();
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(root->count, COUNT);
    expect_code(OFP_CODE_POLICY_DUPLICATE_KEY, COUNT + 1, 1);
}
END_TEST

/* libyaml would compare each with all others. */
START_TEST(many_tag_directives_end_soon)
{
    for (int i = 0; i < 300000; i++)
        ofp_buffer_printf(&yaml, "%%TAG !%d! x\n", i);
    ofp_buffer_puts(&yaml, "---\na: b\n");
    ck_assert_ptr_null(read_written());
    expect_code(OFP_CODE_YAML_FEATURE, 1, 1);
}
END_TEST

START_TEST(nothing_is_read_after_a_syntax_error)
{
    ck_assert_ptr_null(read_yaml("a: 1\na: 2\nb: !x 3\nc: ]\n"));
    expect_code(OFP_CODE_YAML_SYNTAX, 4, 4);
}
END_TEST

START_TEST(zero_bytes_are_refused_or_kept)
{
    ck_assert_ptr_null(read_text(OFP_LITERAL("a: b\0c\n")));
    expect_code(OFP_CODE_YAML_SYNTAX, 1, 5);
    const ofp_yaml_node *root = read_yaml("a: \"b\\0c\"\n");
    ck_assert_ptr_nonnull(root);
    expect_text(ofp_yaml_value(root, 0)->text, "b\0c");
}
END_TEST

START_TEST(empty_documents_have_no_tree)
{
    static const char *const empty[] = {"", "\n\n", "# comment", "\xEF\xBB\xBF", "%YAML 1.1\n---"};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_ptr_null(read_yaml(empty[i]));
        expect_code(OFP_CODE_POLICY_WRONG_TYPE, 1, 1);
    }
    const ofp_yaml_node *root = read_yaml(empty[4]);
    ck_assert_ptr_nonnull(root);
    ck_assert_int_eq(root->kind, OFP_YAML_SCALAR);
}
END_TEST

TCase *yaml_tree_case(void)
{
    TCase *tests = tcase_create("yaml_tree");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, makes_a_tree_with_places);
    tcase_add_test(tests, aliases_share_nodes);
    tcase_add_test(tests, aliases_stand_for_so_many_nodes_at_most);
    tcase_add_test(tests, nodes_that_are_written_out_are_not_counted);
    tcase_add_test(tests, alias_bomb_ends_soon);
    tcase_add_test(tests, nesting_is_limited);
    tcase_add_test(tests, aliases_count_for_nesting);
    tcase_add_test(tests, files_are_limited);
    tcase_add_test(tests, repeated_keys_are_dropped);
    tcase_add_test(tests, repeated_keys_of_large_mappings_are_found_fast);
    tcase_add_test(tests, many_tag_directives_end_soon);
    tcase_add_test(tests, nothing_is_read_after_a_syntax_error);
    tcase_add_test(tests, zero_bytes_are_refused_or_kept);
    tcase_add_test(tests, empty_documents_have_no_tree);
    return tests;
}
