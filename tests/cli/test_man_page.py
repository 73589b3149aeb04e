# SPDX-License-Identifier: MIT
"""The man page: the tools that read such pages find nothing wrong, and it knows every option."""

import re
import shutil
import subprocess
import unittest

from support import ROOT, command_names, run

PAGE = ROOT / "bindings/cli/offerpolicy.1"


def render(*command):
    """What a tool prints about the page."""
    done = subprocess.run(
        [*command, str(PAGE)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "80", "LC_ALL": "C.UTF-8"},
        timeout=60,
        check=False,
    )
    return done.stdout.decode()


class ManPage(unittest.TestCase):
    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_mandoc(self):
        self.assertEqual(render("mandoc", "-Tlint"), "")

    @unittest.skipUnless(shutil.which("groff"), "groff is not installed")
    def test_groff(self):
        self.assertEqual(render("groff", "-mandoc", "-z", "-ww", "-Tutf8"), "")

    def test_names_every_command_and_option(self):
        page = PAGE.read_text(encoding="utf-8")
        names = command_names()
        names += [below for name in names for below in command_names(name)]
        for command in names:
            out = run("help", *command.split())[1]
            if "COMMAND [OPTION...]\n" not in out:
                self.assertRegex(page, rf"(?m)^\.It Cm {command}$")
            for letter, name in re.findall(r"(?m)^  (?:-(\w), |    )--([a-z-]+)", out):
                entry = rf"{letter} , -{name}" if letter else rf"-{name}"
                self.assertRegex(page, rf"(?m)^\.It Fl {entry}( Ar \w+)?$")


if __name__ == "__main__":
    unittest.main()
