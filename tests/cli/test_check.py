# SPDX-License-Identifier: MIT
"""`check`: what it prints, in golden files, and how it ends.

OFP_UPDATE=yes writes the golden files anew: look at the differences before you keep them.
"""

import os
import pathlib
import shutil
import tempfile
import unittest

from support import POLICY, ROOT, environment, run

HERE = pathlib.Path(__file__).parent
EXAMPLES = sorted(map(str, (ROOT / "examples/policies").glob("*.yaml")))


def check(*words, **env):
    """Runs `check` in the folder of this test, so that files have short names."""
    status, out, err = run("check", *words, cwd=HERE, env=environment(**env))
    return status, out.replace(environment()["OFFERPOLICY_ZONEINFO"], "ZONEINFO"), err


class Golden(unittest.TestCase):
    maxDiff = None

    def compare(self, name, text):
        path = HERE / "expected" / name
        if os.environ.get("OFP_UPDATE") == "yes":
            path.write_text(text, encoding="utf-8")
        self.assertEqual(text, path.read_text(encoding="utf-8"))

    def test_errors(self):
        status, out, err = check("policies/mistakes.yaml")
        self.assertEqual((status, err), (1, ""))
        self.compare("mistakes.txt", out)

    def test_narrow_and_in_colour(self):
        status, out, _ = check("--color", "always", "policies/mistakes.yaml", COLUMNS="40")
        self.assertEqual(status, 1)
        self.compare("mistakes-40-colour.txt", out)

    def test_warnings(self):
        status, out, err = check("policies/warnings.yaml")
        self.assertEqual((status, err), (0, ""))
        self.compare("warnings.txt", out)

    def test_warnings_as_errors(self):
        status, out, err = check("--strict", "policies/warnings.yaml")
        self.assertEqual((status, err), (1, ""))
        self.compare("warnings-strict.txt", out)


class Excerpts(unittest.TestCase):
    def excerpts(self, text, columns=80, about=""):
        """The line and the caret line of each diagnostic of a policy that speaks about this."""
        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            lines = check(file.name, COLUMNS=str(columns))[1].splitlines()
        return [
            (lines[i + 1], lines[i + 2])
            for i in range(len(lines) - 2)
            if lines[i].startswith(file.name) and lines[i + 1].startswith(" ") and about in lines[i]
        ]

    def test_never_wider_than_the_terminal(self):
        text = "x" * 300
        for columns in (20, 21, 40, 79, 80, 200):
            for place in range(0, 300, 7):
                policy = f"policy: [{text[:place]}]\n{'y' * place}: {text[place:]}\n"
                found = self.excerpts(policy, columns)
                self.assertTrue(found)
                for line, caret in found:
                    self.assertLessEqual(len(line), columns)
                    self.assertLessEqual(len(caret), columns)
                    self.assertRegex(caret, r"\A {4} *\^\Z")
                    self.assertTrue(line.startswith("    "))

    def test_the_caret_stands_under_the_place(self):
        for before in ("", "a" * 30, "a" * 500, "é" * 30, "é" * 500):
            policy = f'offerings: {{saas: {{title: "{before}", wrong: 1}}}}\n'
            ((line, caret),) = self.excerpts(policy, about='"wrong"')
            self.assertEqual(line[caret.index("^") :][:5], "wrong")

    def test_silly_widths(self):
        wide = check("policies/mistakes.yaml", COLUMNS="80")[1]
        for columns in ("", "0", "-3", "wide", "99999999999999999999"):
            self.assertEqual(check("policies/mistakes.yaml", COLUMNS=columns)[1], wide)
        narrow = check("policies/mistakes.yaml", COLUMNS="1")[1]
        self.assertEqual(narrow, check("policies/mistakes.yaml", COLUMNS="20")[1])


class Endings(unittest.TestCase):
    def test_good_policies(self):
        status, out, err = check(POLICY, *EXAMPLES)
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(out.count(": no mistakes ("), 1 + len(EXAMPLES))
        self.assertIn(
            f"{POLICY}: no mistakes "
            "(northwind-support 2026-11, 3 offerings, 4 levels, 5 SLA rules)\n",
            out,
        )

    def test_standard_input(self):
        with open(POLICY, encoding="utf-8") as file:
            good = file.read()
        status, out, err = run("check", "-", data=good)
        self.assertEqual((status, err), (0, ""))
        self.assertTrue(out.startswith("<stdin>: no mistakes"))
        status, out, _ = run("check", "-", data=good.replace("levels:", "levles:"))
        self.assertEqual(status, 1)
        self.assertRegex(out, r'(?m)^<stdin>:7:1: error: .*"levels"')
        self.assertRegex(out, r"(?m)^<stdin>: \d+ errors?$")
        status, out, _ = run("check", "-", data="")
        self.assertEqual(status, 1)

    def test_several_files(self):
        mistakes, warnings = "policies/mistakes.yaml", "policies/warnings.yaml"
        status, out, _ = check(POLICY, mistakes, warnings)
        self.assertEqual(status, 1)
        summaries = [text for text in out.splitlines() if text.startswith(("policies", POLICY))]
        self.assertEqual(summaries[0][: len(POLICY)], POLICY)
        self.assertIn(f"{mistakes}: 7 errors", summaries)
        self.assertTrue(summaries[-1].startswith(f"{warnings}: 3 warnings ("))

    def test_files_that_can_not_be_read(self):
        status, out, err = check("missing.yaml")
        self.assertEqual((status, out), (2, ""))
        self.assertRegex(err, r"\Aofferpolicy: missing\.yaml: .*No such file or directory\n\Z")
        status, out, err = check("missing.yaml", POLICY)
        self.assertEqual(status, 1)
        self.assertIn("no mistakes", out)
        self.assertIn("missing.yaml", err)
        self.assertEqual(check(".")[0], 2)

    def test_odd_file_name(self):
        with tempfile.TemporaryDirectory() as folder:
            name = f"{folder}/\033[31mred\u0085\n.yaml"
            shutil.copy(HERE / "policies/mistakes.yaml", name)
            out = check(name)[1]
            self.assertNotIn("\033", out)
            self.assertNotIn("\u0085", out)
            self.assertEqual(out.count("?[31mred???.yaml"), 8)


if __name__ == "__main__":
    unittest.main()
