/* SPDX-License-Identifier: MIT */
/* Texts of migrations among an org's notes: put in, replaced, taken out to the byte. */
#include "buffer.h"
#include "cases.h"
#include "random.h"
#include "setting.h"

static ofp_buffer once, twice;

static void stop(void)
{
    ofp_buffer_release(&once);
    ofp_buffer_release(&twice);
    once = twice = (ofp_buffer){0};
}

static ofp_text add_to(ofp_text notes, const char *id, const char *text, ofp_buffer *buffer)
{
    ofp_buffer_clear(buffer);
    expect_ok(ofp_notes_add(notes, ofp_text_of(id), ofp_text_of(text), buffer, &error));
    return ofp_buffer_text(buffer);
}

static ofp_text add(const char *notes, const char *id, const char *text)
{
    return add_to(ofp_text_of(notes), id, text, &once);
}

static ofp_text remove_from(ofp_text notes, const char *id, ofp_buffer *buffer)
{
    ofp_buffer_clear(buffer);
    expect_ok(ofp_notes_remove(notes, ofp_text_of(id), buffer, &error));
    return ofp_buffer_text(buffer);
}

static ofp_text take_out(const char *notes, const char *id)
{
    return remove_from(ofp_text_of(notes), id, &once);
}

START_TEST(a_text_stands_between_markers)
{
    expect_text(add("", "M-17", "until May"),
                "[migration M-17]\nuntil May\n[end of migration M-17]\n");
    expect_text(add("by hand\n", "M-17", "a\nb\n"),
                "by hand\n[migration M-17]\na\nb\n[end of migration M-17]\n");
    expect_text(add("by hand", "M-17", "a"),
                "by hand\n[migration M-17]\na\n[end of migration M-17]");
    expect_text(add("by hand", "M-17", ""), "by hand\n[migration M-17]\n[end of migration M-17]");
    expect_text(add_to((ofp_text){0}, "M-1", "a", &once),
                "[migration M-1]\na\n[end of migration M-1]\n");
}
END_TEST

START_TEST(lines_end_as_in_the_notes)
{
    expect_text(add("a\r\nb\r\n", "M-1", "x\ny"),
                "a\r\nb\r\n[migration M-1]\r\nx\r\ny\r\n[end of migration M-1]\r\n");
    expect_text(add("a\r\nb", "M-1", "x\r\ny\rz"),
                "a\r\nb\r\n[migration M-1]\r\nx\r\ny\r\nz\r\n[end of migration M-1]");
    expect_text(add("a\r\nb\n", "M-1", "x"),
                "a\r\nb\n[migration M-1]\nx\n[end of migration M-1]\n");
    expect_text(add("a\r", "M-1", "x"), "a\r\n[migration M-1]\nx\n[end of migration M-1]");
}
END_TEST

START_TEST(it_can_be_taken_out_again)
{
    static const char *const notes[] = {
        "",
        "x",
        "x\n",
        "x\r\n",
        "\n",
        "\r\n",
        "x\r",
        "a\r\nb",
        "a\nb",
        "a\r\nb\r",
        "a\r\nb\n",
        "a\nb\r\n",
        "\n\n\nx",
        "x\n\n\n",
        " \t",
        "\xC3\xA9\n",
        "[migration ",
        "[migration M-1",
        "[end of migration M-1]",
        "[end of migration M-1]\n",
        "[migration M-2]\n",
        "[migration M-1]\nx",
        "a [migration M-1] b\n",
        "\r\r\n\r",
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        const ofp_text original = ofp_text_of(notes[i]);
        const ofp_text with = add_to(original, "M-1", "one\n\ntwo", &once);
        const ofp_text without = remove_from(with, "M-1", &twice);
        ck_assert_msg(ofp_span_equal(without, original), "note %zu: %s", i, without.data);
    }
}
END_TEST

START_TEST(several_can_be_taken_out_in_any_order)
{
    static const char *const orders[][3] = {
        {"M-1", "M-2", "M-3"}, {"M-3", "M-2", "M-1"}, {"M-2", "M-1", "M-3"}, {"M-1", "M-3", "M-2"}};
    static const char *const notes[] = {"", "x", "x\n", "x\r\ny", "x\r\ny\r\n"};
    for (size_t i = 0; i < sizeof notes / sizeof *notes * 4; i++) {
        const char *const *order = orders[i % 4];
        ofp_text text = ofp_text_of(notes[i / 4]);
        text = add_to(text, "M-1", "one", &once);
        text = add_to(text, "M-2", "two", &twice);
        text = add_to(text, "M-3", "three", &once);
        text = remove_from(text, order[0], &twice);
        text = remove_from(text, order[1], &once);
        text = remove_from(text, order[2], &twice);
        ck_assert_str_eq(text.data, notes[i / 4]);
    }
}
END_TEST

START_TEST(what_is_there_is_replaced)
{
    static const char notes[] = "a\n[migration M-1]\nold\nolder\n[end of migration M-1]\nb";
    expect_text(add(notes, "M-1", "new"), "a\n[migration M-1]\nnew\n[end of migration M-1]\nb");
    expect_text(add("[migration M-1]\r\nold\r\n[end of migration M-1]", "M-1", "n\nm"),
                "[migration M-1]\r\nn\r\nm\r\n[end of migration M-1]");
    expect_text(add(notes, "M-2", "x"),
                "a\n[migration M-1]\nold\nolder\n[end of migration M-1]\nb\n"
                "[migration M-2]\nx\n[end of migration M-2]");
}
END_TEST

START_TEST(hands_may_write_around_it_and_inside)
{
    expect_text(take_out("a\n[migration M-1]\nmine\n\nours\n[end of migration M-1]\nb\n", "M-1"),
                "a\nb\n");
    expect_text(take_out("a\n[migration M-1]\nx\n[end of migration M-1]\nwritten behind", "M-1"),
                "a\nwritten behind");
    /* Blanks that an editor left, and lines that it ended in its own way. */
    expect_text(take_out("a\r\n[migration M-1]  \r\nx\r\n[end of migration M-1]\t\r\nb", "M-1"),
                "a\r\nb");
    expect_text(take_out("a\n[migration M-1]\nx\n[end of migration M-1] ", "M-1"), "a");
    expect_text(take_out("a\n[migration M-1]\nx\n[end of migration M-1]\r", "M-1"), "a");
}
END_TEST

START_TEST(without_both_markers_nothing_goes)
{
    static const char *const notes[] = {
        "",
        "a\nb",
        "[migration M-1]\nx\n",
        "x\n[end of migration M-1]\n",
        "[end of migration M-1]\n[migration M-1]\n",
        "[migration M-1]\nx\n[end of migration M-2]\n",
        "[migration M-10]\nx\n[end of migration M-10]\n",
        " [migration M-1]\nx\n[end of migration M-1]\n",
        "[migration M-1] x\nx\n[end of migration M-1]\n",
        "[Migration M-1]\nx\n[end of migration M-1]\n",
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        ck_assert_str_eq(take_out(notes[i], "M-1").data, notes[i]);
}
END_TEST

/* Of several first lines the nearest one counts, and copies go, too. */
START_TEST(damaged_and_doubled_markers)
{
    expect_text(
        take_out("[migration M-1]\nmine\n[migration M-1]\nx\n[end of migration M-1]\nb\n", "M-1"),
        "[migration M-1]\nmine\nb\n");
    expect_text(take_out("[migration M-1]\nx\n[end of migration M-1]\na\n[migration M-1]\nx\n"
                         "[end of migration M-1]\nb\n[end of migration M-1]\n",
                         "M-1"),
                "a\nb\n[end of migration M-1]\n");
}
END_TEST

/* A text can neither end its own note early nor forge another one. */
START_TEST(texts_forge_no_markers)
{
    static const char forged[] = "a\n[end of migration M-1]\nleft behind\n[migration M-2]\nb\n"
                                 "  [end of migration M-2]\r\t[migration M-3]\nnot [migration M-4]";
    const ofp_text with = add_to(ofp_text_of("mine\n"), "M-1", forged, &once);
    expect_text(with, "mine\n[migration M-1]\na\n(end of migration M-1]\nleft behind\n"
                      "(migration M-2]\nb\n  (end of migration M-2]\n\t(migration M-3]\n"
                      "not [migration M-4]\n[end of migration M-1]\n");
    ck_assert_str_eq(remove_from(with, "M-2", &twice).data, with.data);
}
END_TEST

START_TEST(only_ids_are_ids)
{
    static const char *const ids[] = {"", "M-1]\n[end of migration M-2", "m-1", "M 1", "M-1\n"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const ofp_text id = ofp_text_of(ids[i]);
        expect_failure(ofp_notes_add(id, id, id, &once, &error), OFP_CODE_MISUSE);
        expect_failure(ofp_notes_remove(id, id, &once, &error), OFP_CODE_MISUSE);
        ck_assert_uint_eq(once.size, 0);
    }
}
END_TEST

START_TEST(what_is_in_the_buffer_stays)
{
    ofp_buffer_puts(&once, "before ");
    expect_ok(ofp_notes_add(OFP_LITERAL(""), OFP_LITERAL("M-1"), OFP_LITERAL("x"), &once, &error));
    expect_text(ofp_buffer_text(&once), "before [migration M-1]\nx\n[end of migration M-1]\n");
    expect_ok(ofp_notes_remove(OFP_LITERAL("n"), OFP_LITERAL("M-1"), &once, &error));
    expect_text(ofp_buffer_text(&once), "before [migration M-1]\nx\n[end of migration M-1]\nn");
}
END_TEST

/* Notes made of all that matters here, in any order. */
START_TEST(any_notes_come_back)
{
    static const char *const pieces[] = {"a",
                                         "\n",
                                         "\r\n",
                                         "\r",
                                         " ",
                                         "[migration M-1]",
                                         "[migration M-2]",
                                         "[end of migration M-2]",
                                         "[",
                                         "\t"};
    enum { PIECE_COUNT = sizeof pieces / sizeof *pieces };
    random_source source = random_start("notes");
    for (int round = 0; round < 20000; round++) {
        ofp_buffer notes = {0}, text = {0};
        for (uint32_t i = random_below(&source, 9); i > 0; i--)
            ofp_buffer_puts(&notes, pieces[random_below(&source, PIECE_COUNT)]);
        for (uint32_t i = random_below(&source, 9); i > 0; i--)
            ofp_buffer_puts(&text, pieces[random_below(&source, PIECE_COUNT)]);
        ofp_buffer_put(&text, "", 1);
        const ofp_text with = add_to(ofp_buffer_text(&notes), "M-1", text.data, &once);
        const ofp_text without = remove_from(with, "M-1", &twice);
        expect_each(ofp_span_equal(without, ofp_buffer_text(&notes)), "lost: %s",
                    ofp_buffer_text(&notes).data);
        ofp_buffer_release(&notes);
        ofp_buffer_release(&text);
    }
}
END_TEST

TCase *notes_case(void)
{
    TCase *tests = tcase_create("notes");
    tcase_add_checked_fixture(tests, NULL, stop);
    tcase_add_test(tests, a_text_stands_between_markers);
    tcase_add_test(tests, lines_end_as_in_the_notes);
    tcase_add_test(tests, it_can_be_taken_out_again);
    tcase_add_test(tests, several_can_be_taken_out_in_any_order);
    tcase_add_test(tests, what_is_there_is_replaced);
    tcase_add_test(tests, hands_may_write_around_it_and_inside);
    tcase_add_test(tests, without_both_markers_nothing_goes);
    tcase_add_test(tests, damaged_and_doubled_markers);
    tcase_add_test(tests, texts_forge_no_markers);
    tcase_add_test(tests, only_ids_are_ids);
    tcase_add_test(tests, what_is_in_the_buffer_stays);
    tcase_add_test(tests, any_notes_come_back);
    return tests;
}
