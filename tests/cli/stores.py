# SPDX-License-Identifier: MIT
"""What the tests of stores share: a store of its own for each test, and steps to fill it with."""

import json
import pathlib
import tempfile
import unittest

from support import POLICY, environment, run

# The instant of the first step.
START = "2026-11-20T18:00:00Z"


def facts(org="acme", level="premium", offering="self_managed", **more):
    """What an org has bought."""
    return {
        "org": {"id": org, "name": "Acme Rockets"},
        "entitlements": [{"offering": offering, "level": level, **more}],
    }


class StoreCase(unittest.TestCase):
    """Tests with a folder of their own and a store in it."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.store = self.folder / "store.db"

    def path(self, name, content):
        """A new file: a text, or a document for each line."""
        if not isinstance(content, str):
            content = "".join(json.dumps(one) + "\n" for one in content)
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return path

    def policy(self, *changes):
        """The contract's policy with some texts changed."""
        with open(POLICY, encoding="utf-8") as file:
            text = file.read()
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        return self.path("policy.yaml", text)

    def command(self, *words, policy=POLICY, env=None, **options):
        """Runs a command on the store; gives its status, output and messages."""
        rules = ["-p", policy] if takes_policy(words) else []
        return run(*words, "-s", self.store, *rules, env=env or environment(), **options)

    def good(self, *words, **options):
        """The output of a command that must work without a word of warning."""
        status, out, err = self.command(*words, **options)
        self.assertEqual((status, err), (0, ""), words)
        return out

    def bad(self, code, *words, status=1, **options):
        """The message of a command that must be refused with this code."""
        found, out, err = self.command(*words, **options)
        self.assertEqual((found, out), (status, ""), (words, err))
        self.assertRegex(err, rf"\Aofferpolicy: .* \[{code}\]\n\Z")
        return err[len("offerpolicy: ") : -len(f" [{code}]\n")]

    def documents(self, *words, **options):
        """The documents that a command prints."""
        return [json.loads(line) for line in self.good(*words, "--json", **options).splitlines()]

    def request_words(self, org="acme", at=START, actor="ben", level="premium", **more):
        """A request's command line; `more` adds options, None takes one out."""
        options = {
            "org": org, "from": "self_managed", "to": "saas", "level": level, "owner": "ada",
            "target-date": "2027-01-31", "actor": actor, "at": at,
            "facts": self.path(f"facts-{org}.json", [facts(org)]),
            **{name.replace("_", "-"): value for name, value in more.items()},
        }
        words = ["migration", "request"]
        for name, value in options.items():
            if value is not None:
                words += [f"--{name}", value]
        return words

    def request(self, *words, policy=POLICY, **options):
        """Requests a migration."""
        return self.good(*self.request_words(**options), *words, policy=policy)

    def step(self, verb, migration="M-1", *words, at="2026-11-21T09:00:00Z", **options):
        """Takes a step as an approver who requested nothing."""
        return self.good(*step_words(verb, migration, *words, at=at), **options)

    def live(self, **options):
        """Requests and approves a migration."""
        self.request(**options)
        return self.step("approve")


def step_words(verb, migration="M-1", *words, at="2026-11-21T09:00:00Z", actor="carla"):
    """A step's command line, as an approver takes it."""
    return [
        "migration", verb, migration, "--actor", actor, "--role", "support_manager",
        "--at", at, *words,
    ]


def takes_policy(words):
    """Does this command have the option --policy?"""
    return words[0] == "expire" or words[0] == "migration" and words[1] != "show"
