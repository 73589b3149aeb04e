# SPDX-License-Identifier: MIT
"""The command line: options, help, and what is said about mistakes in it."""

import tempfile
import unittest

from support import CONTRACT, POLICY, command_names, environment, line, run, tickets


class Help(unittest.TestCase):
    def test_all_ways_to_ask_for_it(self):
        for words in (["help"], ["--help"], ["-h"]):
            status, out, err = run(*words)
            self.assertEqual((status, err), (0, ""))
            for command in ("decide", "explain", "check", "calendar", "migration", "expire",
                            "actions", "audit", "store", "help"):
                self.assertRegex(out, rf"(?m)^  {command} +\w")

    def test_of_each_command(self):
        names = command_names()
        names += [below for name in names for below in command_names(name)]
        self.assertGreaterEqual(len(names), 30)
        for name in names:
            words = name.split()
            status, out, err = run("help", *words)
            self.assertEqual((status, err), (0, ""))
            self.assertTrue(out.startswith(f"Usage: offerpolicy {name} "))
            self.assertIn("For example:\n  ", out)
            self.assertEqual(run(*words, "--help"), (0, out, ""))
            self.assertEqual(run(*words, "-h"), (0, out, ""))
            for text in out.splitlines():
                self.assertLessEqual(len(text), 90)

    def test_shows_only_the_options_of_the_command(self):
        self.assertIn("--jobs", run("help", "decide")[1])
        self.assertNotIn("--jobs", run("help", "explain")[1])
        self.assertNotIn("--policy", run("help", "check")[1])

    def test_examples_in_the_help_work(self):
        out = run("help", "calendar")[1]
        example = out[out.index("echo '") + 6 : out.index("' |")]
        self.assertIn("offerpolicy calendar\n", out)
        answer = '{"id":"q1","result":"2026-11-23T02:00:00Z"}\n'
        self.assertEqual(run("calendar", data=example), (0, answer, ""))

    def test_version(self):
        for word in ("--version", "-V"):
            status, out, err = run(word)
            self.assertEqual((status, err), (0, ""))
            self.assertRegex(
                out,
                r"\Aofferpolicy \d+\.\d+\.\d+\nlibofferpolicy \d+\.\d+\.\d+\n"
                r"time zones 2\d{3}\w+, from /",
            )

    def test_mistakes_in_asking(self):
        status, out, err = run("help", "decied")
        self.assertEqual((status, out), (2, ""))
        self.assertIn('unknown command "decied"; did you mean "decide"?', err)
        self.assertEqual(run("help", "decide", "check")[0], 2)


class Mistakes(unittest.TestCase):
    def check(self, words, message, hint):
        status, out, err = run(*words)
        self.assertEqual((status, out), (2, ""))
        self.assertEqual(err, f"offerpolicy: {message}\nTry 'offerpolicy {hint}'.\n")

    def test_commands(self):
        names = command_names()
        listed = f"{', '.join(names[:-1])} or {names[-1]}"
        self.check([], f"which command? {listed}", "help")
        self.check(["decied"], 'unknown command "decied"; did you mean "decide"?', "help")
        self.check(["exp"], 'unknown command "exp"; did you mean "explain"?', "help")
        self.check(["frobnicate"], 'unknown command "frobnicate"', "help")
        self.check([""], 'unknown command ""', "help")
        self.check(["-p", "x"], "the command comes first, then options such as -p", "help")
        self.check(
            [POLICY],
            f'"{POLICY}" is a file: name a command before it, such as decide or check',
            "help",
        )

    def test_unknown_options(self):
        for words, message in (
            (["decide", "--polcy", "x"], "unknown option --polcy; did you mean --policy?"),
            (["decide", "--verbos"], "unknown option --verbos"),
            (["explain", "--verbos"], "unknown option --verbos; did you mean --verbose?"),
            (["decide", "--frobnicate=3"], "unknown option --frobnicate"),
            (["decide", "-x"], "unknown option -x"),
            (["check", "--jobs", "4"], "check has no option --jobs (decide has it)"),
            (["decide", "-v"], "decide has no option --verbose (explain has it)"),
        ):
            self.check(words, message, f"help {words[0]}")

    def test_values(self):
        for words, message in (
            (["decide", "-p"], "--policy needs a value"),
            (["decide", "--policy"], "--policy needs a value"),
            (["check", "--strict=yes"], "--strict takes no value"),
            (["decide", "-j", "0"], '--jobs needs a whole number from 1 to 256, not "0"'),
            (["decide", "-j257"], '--jobs needs a whole number from 1 to 256, not "257"'),
            (["decide", "--jobs=-1"], '--jobs needs a whole number from 1 to 256, not "-1"'),
            (["decide", "--jobs=2x"], '--jobs needs a whole number from 1 to 256, not "2x"'),
            (["decide", "--jobs="], '--jobs needs a whole number from 1 to 256, not ""'),
            (["decide", "--color", "red"], '--color needs auto, always or never, not "red"'),
        ):
            self.check(words, message, f"help {words[0]}")

    def test_instants(self):
        for value in ("yesterday", "2026-11-20", "2026-11-20T18:00:00", "1969-12-31T00:00:00Z"):
            status, out, err = run("decide", "--at", value)
            self.assertEqual((status, out), (2, ""))
            self.assertTrue(err.startswith("offerpolicy: --at: "), err)

    def test_zone(self):
        status, out, err = run("explain", "--zone", "Mars/Base", data=line("a"))
        self.assertEqual((status, out), (2, ""))
        self.assertIn('"Mars/Base"', err)

    def test_control_characters_in_words(self):
        err = run("decide\033[31m")[2]
        self.assertNotIn("\033", err)
        self.assertIn('"decide?[31m"', err)

    def test_no_policy_to_check(self):
        self.check(
            ["check"], "check needs the name of a policy file, or - for standard input", "help check"
        )


class Options(unittest.TestCase):
    def test_forms(self):
        for words in (
            ["-p", POLICY],
            [f"-p{POLICY}"],
            ["--policy", POLICY],
            [f"--policy={POLICY}"],
            ["-p", "missing.yaml", "-p", POLICY],
            ["-j2", "-p", POLICY, "-"],
            ["-", "-p", POLICY],
            ["-p", POLICY, "--", "-"],
        ):
            status, out, err = run("decide", *words, data=line("a"))
            self.assertEqual((status, err), (0, ""), words)
            self.assertIn('"name":"northwind-support"', out)

    def test_files_that_look_like_options(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(f"{folder}/-p", "w", encoding="utf-8") as file:
                file.write(line("dash"))
            status, out, err = run("decide", "-p", POLICY, "--", "-p", cwd=folder)
            self.assertEqual((status, tickets(out), err), (0, ["dash"], ""))

    def test_default_policy(self):
        status, out, err = run("decide", "--at", "now", data='{"ticket": {"id": "a"}}')
        self.assertIn(status, (0, 1))
        self.assertNotIn("--at", err)

    def test_at_counts_only_where_the_request_names_no_instant(self):
        with_now = line("a")
        without = with_now.replace('"now": "2026-11-20T18:00:00Z", ', "")
        after = "2027-03-01T00:00:00Z"
        ends = '"level": "premium", "ends": "2027-01-01"'
        verdicts = []
        for text in (with_now, without):
            text = text.replace('"level": "premium"', ends)
            status, out, err = run("decide", "-p", POLICY, "--at", after, data=text)
            self.assertEqual((status, err), (0, ""))
            verdicts.append(out[out.index("verdict") :].split('"')[2])
        self.assertEqual(verdicts, ["entitled", "lapsed"])
        self.assertEqual(tickets(run("decide", "-p", POLICY, data=without)[1]), [("OFP-321", 1)])

    def test_now_as_a_word(self):
        without = line("a").replace('"now": "2026-11-20T18:00:00Z", ', "")
        self.assertEqual(run("decide", "-p", POLICY, "--at", "now", data=without)[0], 0)

    def test_zone_files(self):
        with tempfile.TemporaryDirectory() as empty:
            zoneless = environment(OFFERPOLICY_ZONEINFO=empty)
            status, out, err = run("decide", "-p", POLICY, data=line("a"), env=zoneless)
            self.assertEqual((status, out), (2, ""))
            self.assertIn("[OFP-109]", err)
            self.assertEqual(
                run("decide", "-p", POLICY, "--zoneinfo", empty, data=line("a"))[0], 2
            )
            pinned = environment()["OFFERPOLICY_ZONEINFO"]
            words = ("decide", "-p", POLICY, "--zoneinfo", pinned)
            self.assertEqual(run(*words, data=line("a"), env=zoneless)[0], 0)
        # An empty variable is as good as none.
        self.assertIn("/usr/share/zoneinfo", run("--version", env=environment(
            OFFERPOLICY_ZONEINFO=""))[1])


class Policies(unittest.TestCase):
    def test_that_can_not_be_read(self):
        status, out, err = run("decide", "-p", "missing.yaml", data=line("a"))
        self.assertEqual((status, out), (2, ""))
        self.assertIn("missing.yaml: error: ", err)
        self.assertIn("No such file or directory [OFP-003]", err)

    def test_with_mistakes(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write("policy: p\nlevels: [a\n")
            file.flush()
            status, out, err = run("decide", "-p", file.name, data=line("a"))
            self.assertEqual((status, out), (2, ""))
            self.assertTrue(err.startswith(f"{file.name}:"), err)
            self.assertIn("[OFP-101]", err)

    def test_from_standard_input(self):
        with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
            file.write(line("a"))
            file.flush()
            with open(POLICY, "rb") as policy:
                text = policy.read()
            status, out, err = run("decide", "-p", "-", file.name, data=text)
            self.assertEqual((status, tickets(out), err), (0, ["a"], ""))
            for words in (["-"], [file.name, "-"], []):
                status, out, err = run("decide", "-p", "-", *words, data=text)
                self.assertEqual((status, out), (2, ""))
                self.assertIn("can't be both the policy and the requests", err)

    def test_too_long_on_standard_input(self):
        status, out, err = run("check", "-", data=b"# " + b"x" * (16 << 20))
        self.assertEqual((status, out), (2, ""))
        self.assertIn("16 MiB", err)


if __name__ == "__main__":
    unittest.main()
