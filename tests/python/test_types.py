# SPDX-License-Identifier: MIT
"""The annotations: the package is what they say, and programs that use it are checked by them."""

import importlib.util
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest


# Found, and not imported: it may need a sanitizer that is loaded before.
PACKAGE = pathlib.Path(importlib.util.find_spec("offerpolicy").origin).parent
MYPY = shutil.which("mypy")

# What a program may do, and what it is told about.
RIGHT = """
from datetime import datetime, timedelta, timezone
from offerpolicy import Action, Decision, Policy, RequestError, Store, Verdict

now = datetime.now(timezone.utc)
policy = Policy.load("policy.yaml")
decision: Decision = policy.decide(ticket={"id": "1"}, now=now)
verdict: Verdict = decision.verdict
tags: list[str] = [one.tag for one in decision.tag_actions if one.tag is not None]
due: datetime | None = policy.calendar("business").due(now, timedelta(hours=4))
with Store.open("support.db", policy, mode="create", at=now) as store:
    number: int = store.approve("M-1", actor="mira", at=now).migration.revision
    for action in store.pending_actions(at=now):
        store.ack(action, at=now)
for made in policy.decide_many([{}]):
    print(made.level.upper())
for either in policy.decide_many([{}], errors="return"):
    print(either.pointer if isinstance(either, RequestError) else either.level)
"""
WRONG = {
    'policy.decide(ticket=5)': "arg-type",
    'policy.decide({}, at=now)': "call-arg",
    'policy.decide({}).levl': "attr-defined",
    'policy.calendar("x").due("now", 1)': "arg-type",
    'policy.calendar("x").due(now, 1).year': "union-attr",
    'store.approve("M-1", actor="mira")': "call-arg",
    'Store.open("x", mode="append")': "arg-type",
    'next(policy.decide_many([{}], errors="return")).level': "union-attr",
}
START = """
from datetime import datetime, timezone
from offerpolicy import Policy, Store
now = datetime.now(timezone.utc)
policy = Policy.default()
store = Store.open("x")
"""


@unittest.skipIf(MYPY is None, "mypy is not installed")
class Annotations(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def check(self, *arguments):
        done = subprocess.run(
            [MYPY, "--strict", "--python-version", "3.11", "--cache-dir", self.folder / "cache"]
            + list(arguments),
            env={**os.environ, "MYPYPATH": str(PACKAGE.parent), "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.stdout

    def program(self, text):
        path = self.folder / "program.py"
        path.write_text(text)
        return path

    def test_the_package(self):
        self.assertTrue((PACKAGE / "py.typed").exists())
        self.assertIn("Success", self.check("-p", "offerpolicy"))

    def test_a_program(self):
        self.assertIn("Success", self.check(self.program(RIGHT)))

    def test_programs_with_mistakes(self):
        text = START + "\n".join(WRONG) + "\n"
        found = self.check(self.program(text))
        first = START.count("\n") + 1
        for number, (line, code) in enumerate(WRONG.items(), first):
            self.assertRegex(found, rf"program.py:{number}: error: .*\[{code}\]", line)
        self.assertEqual(found.count(": error: "), len(WRONG), found)


if __name__ == "__main__":
    unittest.main()
