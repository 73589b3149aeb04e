# SPDX-License-Identifier: MIT
"""What the attacks share: the command under limits that it must not need, and small policies."""

import contextlib
import json
import os
import pathlib
import resource
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from support import FULL, PATIENCE, POLICY, ROOT, SANITIZED, line, request, run  # noqa: E402, F401

# Processor time, which a busy machine does not change. What is meant to take for ever takes more.
MOST_SECONDS = PATIENCE
MOST_MEMORY = 1 << 30

SMALL = """policy: p
levels: [free, paid]
unpaid: [free]
priorities: [low]
default_priority: low
offerings: {a: {}, self_managed: {}}
"""
TARGETS = "targets: {first_reply: {kind: sla, calendar: always, within: 1h}}"
SLA = "calendars: {always: {always_open: true}}\nsla:\n"


def limit(kind, value):
    """What a child does to itself before it starts."""
    return lambda: resource.setrlimit(kind, (value, value))


def limit_all():
    """Ends what takes too long or too much."""
    limit(resource.RLIMIT_CPU, MOST_SECONDS)()
    if not SANITIZED:
        limit(resource.RLIMIT_AS, MOST_MEMORY)()


def attack(*words, **options):
    """Runs the command within limits."""
    options.setdefault("preexec_fn", limit_all)
    return run(*words, **options)


class Attack(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        """A path in the folder."""
        return os.path.join(self.folder, name)

    def write(self, name, text):
        """A file in the folder."""
        with open(self.path(name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return self.path(name)

    def check(self, text, status, word=""):
        """Checks a policy: the exit status, and a word of what is said about it."""
        found, out, err = attack("check", self.write("policy.yaml", text))
        self.assertEqual(found, status, out[:500] + err[:500])
        self.assertIn(word, out + err)

    def decide(self, policy, wanted):
        """The decision for one request."""
        path = self.write("policy.yaml", policy)
        status, out, err = attack("decide", "-p", path, data=json.dumps(wanted) + "\n")
        self.assertEqual((status, err), (0, ""), out[:500])
        return json.loads(out)


@contextlib.contextmanager
def inside(folder):
    """Works in a folder for a while."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
