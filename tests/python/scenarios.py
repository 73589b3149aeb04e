# SPDX-License-Identifier: MIT
"""Plays a scenario of ../cases/store as its README says."""

import pathlib
import tempfile
from datetime import date, datetime, timedelta, timezone

from offerpolicy import Error, Policy, Store
from support import CASES, ZONES, instant, read_lines

STEPS = {"approve", "refuse", "extend", "end", "complete", "cancel"}
MOMENTS = {"at": instant, "since": instant, "now": instant, "target_date": date.fromisoformat}


def fits(expected, given):
    """Every member that is expected is there; null stands for a missing one as well."""
    if isinstance(expected, dict):
        return isinstance(given, dict) and all(
            fits(value, given.get(name)) for name, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(given, list)
            and len(expected) == len(given)
            and all(map(fits, expected, given))
        )
    return type(expected) is type(given) and expected == given


def plain(records):
    """Records as documents."""
    return [record.to_dict() for record in records]


def shorten(action):
    """An action of a decision as scenarios write it."""
    return [action["do"], action["tag"]] if "tag" in action else [action["do"]]


class Player:
    """A new store in a folder of its own, and what the scenario has told so far."""

    def __init__(self, test):
        self.test = test
        self.facts = {}
        self.keys = {}  # of the actions, by their `seq`

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(
            pathlib.Path(self.folder.name) / "store.db",
            mode="create",
            at=datetime(2026, 1, 1, tzinfo=timezone.utc),
        )
        return self

    def __exit__(self, *_):
        self.store.close()
        self.folder.cleanup()

    def play(self, path):
        """Plays a file."""
        for number, line in enumerate(read_lines(path), 1):
            with self.test.subTest(line=number):
                self.play_line(line)
        self.store.check()

    def play_line(self, line):
        if "policy" in line:
            path = CASES / "store/policies" / line["policy"]
            self.store.policy = Policy.load(path, zone_directory=ZONES)
        self.facts |= line.get("facts", {}) if "do" not in line else {}
        if "do" in line:
            self.ask(line)

    def ask(self, line):
        question = {k: v for k, v in line.items() if k not in ("expect", "error", "says")}
        if "error" in line:
            with self.test.assertRaises(Error) as caught:
                self.answer(question)
            self.test.assertEqual(caught.exception.code, line["error"])
            for text in line.get("says", []):
                self.test.assertIn(text, caught.exception.message)
        else:
            answer = self.answer(question)
            self.test.assertTrue(fits(line.get("expect", {}), answer), answer)

    def answer(self, question):
        do = question.pop("do")
        if "facts" in question:
            question["facts"] = [self.facts[name] for name in question["facts"]]
        if "action" in question:
            question["action"] = self.keys[question["action"]]
        elif do in ("ack", "fail"):
            question["action"] = question.pop("key")
        if do == "decide":
            return self.decide(question)
        for name in MOMENTS.keys() & question.keys():
            question[name] = MOMENTS[name](question[name])
        if do in STEPS:
            return self.step(getattr(self.store, do)(question.pop("migration"), **question))
        return getattr(self, do)(**question) or {}

    def remember(self, actions):
        """An action keeps its key, and no other has it."""
        for action in actions:
            self.test.assertEqual(self.keys.setdefault(action.seq, action.key), action.key)
        self.test.assertEqual(len(set(self.keys.values())), len(self.keys))
        return plain(actions)

    def step(self, result):
        self.remember(result.actions)
        return result.to_dict()

    def request(self, **question):
        question["from_"] = question.pop("from")
        return self.step(self.store.request(**question))

    def sweep(self, **question):
        found = self.store.expire(**question)
        for one in found:
            self.remember(one.actions)
        return {"events": plain(found)}

    def actions(self, at):
        return {"actions": self.remember(list(self.store.pending_actions(at=at)))}

    def ack(self, action, at):
        self.store.ack(action, at=at)

    def fail(self, action, at, retry_after, problem=None):
        self.store.fail(action, at=at, retry_after=timedelta(seconds=retry_after), problem=problem)

    def show(self, migration, at):
        found = self.store.find(migration, at=at)
        self.remember(found.actions)
        return found.to_dict()

    def list(self, at, org=None, state=None, ends_before=None):
        if ends_before is not None:
            # What ends when this day begins ends before it.
            start = self.store.policy.date_start(date.fromisoformat(ends_before))
            ends_before = start + timedelta(seconds=1)
        found = self.store.migrations(at=at, org=org, state=state, ends_before=ends_before)
        return {"migrations": plain(found)}

    def events(self, **question):
        found = self.store.events(**question)
        return {"events": plain(one for one in found if one.migration)}

    def stats(self, at):
        return self.store.stats(at=at).to_dict()

    def decide(self, question):
        about = question.pop("facts")[0] if "facts" in question else {}
        decision = self.store.decide({**about, **question}).to_dict()
        decision["actions"] = list(map(shorten, decision["actions"]))
        return {"decision": decision}
