# SPDX-License-Identifier: MIT
"""Requests and steps with texts that want to do something: to terminals, to lines, to templates."""

import itertools
import json
import subprocess
import unittest

from attacks import FULL, POLICY, SANITIZED, SMALL, Attack, attack, limit_all, line, request, run
from support import COMMAND, environment

# To a terminal: colours, a title, clearing it, an 8-bit control; to a reader: another line, another
# direction; to C: the end.
ESCAPES = "\x1b[31m\x1b]0;title\x07\x1b[2J\u009b2J\x7f"
LINES = "one\ntwo\rthree\u0085four\u2028five"
DIRECTION = "\u202eabc\u2066"
EVIL = ESCAPES + LINES + DIRECTION
HARMLESS = set("\n")


def controls(text):
    """The characters of an output for people that do something."""
    return {
        character for character in text
        if character not in HARMLESS and (not character.isprintable() or character in EVIL)
        and not character.isalnum() and character not in " [];0-~"
    }


def evil_request(**more):
    """A request that is evil wherever it may be."""
    wanted = request(EVIL, subject=EVIL, description=EVIL, tags=[EVIL, "x"], **more)
    wanted["org"] = {"id": EVIL, "name": EVIL + "{offering}", "tags": [EVIL], "notes": EVIL}
    return wanted


class Escapes(Attack):
    def test_explain(self):
        for wanted in (evil_request(), evil_request(offering="saas")):
            status, out, err = attack(
                "explain", "--verbose", "-p", POLICY, data=json.dumps(wanted) + "\n"
            )
            self.assertEqual((status, controls(out), err), (0, set(), ""))

    def test_mistakes(self):
        good = request("t")
        for path in (("ticket", "priority"), ("ticket", "offering"), ("ticket", "created_at"),
                     ("ticket", EVIL), (EVIL,), ("org", "time_zone"), ("org", EVIL)):
            wanted = json.loads(json.dumps(good))
            place = wanted
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = EVIL
            for words in (["explain"], ["decide"]):
                _, out, err = attack(*words, "-p", POLICY, data=json.dumps(wanted) + "\n")
                shown = err if words == ["explain"] or "error" not in out else (
                    json.loads(out)["error"]["message"] + json.loads(out)["error"]["pointer"])
                self.assertEqual(controls(shown), set(), path)

    def test_policies_and_names(self):
        bad = json.dumps(EVIL)
        for text in (f"{bad}: 1\n", f"default_priority: {bad}\n", f"time_zone: {bad}\n",
                     f"calendars: {{{bad}: 1}}\n", f"sla: [{{id: {bad}}}]\n"):
            path = self.write("policy.yaml", SMALL + text)
            status, out, err = attack("check", path)
            self.assertEqual((status, controls(out + err)), (1, set()), text)
        # The policy's own bytes, where its line is shown.
        path = self.write("policy.yaml", SMALL.replace("policy: p", "policy: 'p" + ESCAPES))
        self.assertEqual(controls("".join(attack("check", path)[1:])), set())
        for words in ([EVIL], ["decide", EVIL], ["decide", "--at", EVIL], ["decide", "-p", EVIL],
                      ["decide", "--" + EVIL], ["store", "stats", "-s", EVIL],
                      ["explain", "--zone", EVIL], ["migration", EVIL]):
            self.assertEqual(controls("".join(attack(*words)[1:])), set(), words)

    def test_values_are_inserted_once(self):
        policy = SMALL + ("migration: {messages: {ask_customer: '{org_name} {{org}} {ticket}',"
                          " internal_note: {migration_offer: '{org_name}'}}}\n")
        wanted = request("{org_name}", offering="a")
        wanted["org"] = {"id": "o", "name": "{ticket}{org_name}{owner}{{"}
        wanted["entitlements"][0]["level"] = "paid"
        texts = [each["text"] for each in self.decide(policy, wanted)["actions"] if "text" in each]
        name = wanted["org"]["name"]
        self.assertEqual(texts, [f"{name} {{o}} {{org_name}}", name])


class Documents(Attack):
    def test_that_are_refused(self):
        head = '{"now": "2026-11-20T18:00:00Z", "ticket": {"id": "t", "created_at": '
        for text in (
            "1e999", "-1e999", "9" * 400, '"\\ud800"', '"\\udc00\\ud800"', "NaN", "nul", '"a',
            "[" * 100000, '{"a":' * 100000, '"' + "\\" * 100001 + '"', "1", "null",
            '"9999-12-31T23:59:59Z"', '"0000-01-01T00:00:00Z"', '"2026-01-01T00:00:00"',
            '"1969-12-31T23:59:59Z"', '"2201-01-01T00:00:00Z"', '"2026-02-30T00:00:00Z"',
            '"2026-12-31T23:59:60Z"', '"2026-01-01T00:00:00+99:99"',
        ):
            for document in (f"{head}{text}}}}}", text):
                status, out, _ = attack("decide", "-p", POLICY, data=document + "\n" + line("next"))
                answers = [json.loads(each) for each in out.splitlines()]
                self.assertEqual(status, 1, text[:40])
                self.assertIn("error", answers[0])
                self.assertEqual(answers[-1]["ticket"], "next")

    def test_zero_bytes_and_what_is_no_utf8(self):
        good = line("a").encode()
        for bad in (b"\0", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"):
            for at in range(0, len(good) - 1, 1 if FULL else 17):
                status, out, _ = attack(
                    "decide", "-p", POLICY, data=good[:at] + bad + good[at:] + good
                )
                self.assertEqual(status, 1, (bad, at))
                self.assertIn("error", json.loads(out.splitlines()[0]))
                self.assertEqual(json.loads(out.splitlines()[-1])["ticket"], "a")
            path = self.write("policy.yaml", SMALL.encode() + b"revision: 'x" + bad + b"'\n")
            self.assertEqual(attack("check", path)[0], 1)
        # As an escape it is a character like others, and ends nothing.
        status, out, _ = attack("decide", "-p", POLICY, data=line("a\0b"))
        self.assertIn(status, (0, 1))
        self.assertTrue(status or json.loads(out)["ticket"] == "a\0b")

    def test_order_of_repeated_keys_decides_nothing(self):
        text = line("a")
        for key in ('"org": {"id": "x"}, ', '"now": "2026-11-20T18:00:00Z", '):
            out = attack("decide", "-p", POLICY, data="{" + key + text[1:])[1]
            self.assertEqual(json.loads(out)["error"]["code"], "OFP-304")

    def test_locale_and_environment(self):
        outs = set()
        for more in ({"LC_ALL": "C"}, {"LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "de_DE.UTF-8"},
                     {"TZ": "Asia/Tokyo"}, {"TZ": ":/etc/passwd"}, {"POSIXLY_CORRECT": "1"}):
            outs.add(run("decide", "-p", POLICY, data=line("a"), env=environment(**more)))
        self.assertEqual(len(outs), 1)

    @unittest.skipIf(SANITIZED, "sanitizers need memory of their own")
    def test_a_line_without_end(self):
        # A GiB in full tests; memory is bounded by the limits that all attacks have.
        pieces = 1024 if FULL else 128
        for byte in (b"\0", b" ", b"[", b'"'):
            process = subprocess.Popen(
                [COMMAND, "decide", "-p", POLICY], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, env=environment(), preexec_fn=limit_all,
            )
            piece = byte * (1 << 20)
            for _ in itertools.repeat(None, pieces):
                process.stdin.write(piece)
            out, _ = process.communicate(("\n" + line("next")).encode())
            first, *_, last = out.decode().splitlines()
            self.assertEqual(json.loads(first)["error"]["code"], "OFP-302")
            self.assertEqual(json.loads(last)["ticket"], "next")


if __name__ == "__main__":
    unittest.main()
