# SPDX-License-Identifier: MIT
"""Walks at random through a store: the `offerpolicy` command against the model.

After every command the answers are compared, and after most all records and
all pending actions. Policies change on the way, and now and then the walk goes
on in a copy that was exported and imported. A walk stops at the first
difference, and its folder is kept.
"""

from argparse import ArgumentParser
from copy import deepcopy
import os
from pathlib import Path
from random import Random
import secrets
import shutil
import sys
import tempfile

import audit_chain
import calendar_model
from generate_calendars import write_policy
from generate_steps import Walk, random_policies
from migration_rules import Refused
from store_command import CommandFailed, CommandStore
from store_model import ModelStore


class Difference(Exception):
    """What the model says, and what the command says."""


class Keys:
    """Which of the model's keys is which text. What was given as text is itself."""

    def __init__(self):
        self.texts = {}
        self.keys = {}

    def same(self, key, text):
        if key == text:
            return True
        known = self.texts.setdefault(key, text), self.keys.setdefault(text, key)
        return not isinstance(key, str) and known == (text, key)

    def text_of(self, key):
        return self.texts.get(key, key)

    def key_of(self, text):
        return self.keys.get(text, text)


def unlike(model, given, keys, path=""):
    """Where two answers differ; events have a hash that the model does not know."""
    if isinstance(model, dict) and isinstance(given, dict):
        for name in sorted(model.keys() | given.keys() - {"hash"}):
            here = f"{path}/{name}"
            if name == "key" and name in model and name in given:
                if not keys.same(model[name], given[name]):
                    yield here, model[name], given[name]
            else:
                yield from unlike(model.get(name, "–"), given.get(name, "–"), keys, here)
    elif isinstance(model, list) and isinstance(given, list) and len(model) == len(given):
        for place, pair in enumerate(zip(model, given)):
            yield from unlike(*pair, keys, f"{path}/{place}")
    elif type(model) is not type(given) or model != given:
        yield path, model, given


class Comparison:
    """One walk."""

    def __init__(self, options, seed, folder):
        self.rng = Random(seed)
        self.folder = folder
        self.command = CommandStore(options.offerpolicy, options.zoneinfo, folder)
        self.model = ModelStore()
        self.keys = Keys()
        self.codes = {}  # how often
        self.heads = []  # of the audit log, once
        policies, moment = random_policies(self.rng)
        self.policies = [folder / f"{policy['policy']}.json" for policy in policies]
        for file, policy in zip(self.policies, policies):
            write_policy(file, policy)
        self.use(self.policies[0])
        self.walk = Walk(self.rng, self.model, moment)
        self.command.create()

    def use(self, policy):
        self.model.use(policy)
        self.command.use(policy)

    # Asking both

    def answer(self, store, method, arguments):
        try:
            return getattr(store, method)(**arguments)
        except Refused as refusal:
            return {"refused": refusal.code}

    def compare(self, method, arguments):
        """The model is asked first, with keys as it knows them."""
        model = self.answer(self.model, method, self.with_keys(arguments, self.keys.key_of))
        given = self.answer(self.command, method, self.with_keys(arguments, self.keys.text_of))
        found = list(unlike(model, self.without_sizes(given), self.keys))
        if found:
            raise Difference(found)
        self.count(method, arguments, model)
        return given

    def with_keys(self, arguments, change):
        """Of an action, or of a step."""
        arguments = deepcopy(arguments)
        for place in (arguments, arguments.get("step", {})):
            if "key" in place:
                place["key"] = change(place["key"])
        return arguments

    def without_sizes(self, given):
        """What only the file knows."""
        return {k: v for k, v in given.items() if k not in ("schema", "bytes", "decisions")}

    def count(self, method, arguments, model):
        name = arguments.get("step", {}).get("do", method)
        result = "repeated" if model.get("repeated") else model.get("refused", "done")
        self.codes[name, result] = self.codes.get((name, result), 0) + 1

    # Walking

    def go(self, steps):
        for _ in range(steps):
            kind = self.rng.random()
            if kind < 0.04:
                self.use(self.rng.choice(self.policies[:2] * 3 + self.policies))
            elif kind < 0.05:
                self.go_on_in_copy()
            method, arguments = self.walk.next()
            given = self.compare(method, arguments)
            if "event" in given:
                self.walk.keys.append(given["event"]["key"])
            changed = method in ("step", "sweep", "ack", "fail") and "refused" not in given
            if changed or self.rng.random() < 0.2:
                self.compare_all()
        self.check_all()

    def compare_all(self):
        at = self.walk.instant()
        self.compare("list", {"at": at})
        self.compare("actions", {"at": at})

    # Copies

    def go_on_in_copy(self):
        """What comes out goes in again without loss, and a backup is the same store."""
        exported = self.check_export()
        self.heads.append(self.command.head())
        self.import_spoilt(exported)
        if self.rng.random() < 0.5:
            self.command.restore(self.new_file(), exported)
        else:
            self.command.back_up(self.new_file())
        if exported != self.command.export():
            raise Difference("another export of the copy")
        for head in self.heads:
            self.command.verify(head)

    def new_file(self):
        return Path(tempfile.mktemp(dir=self.folder, prefix="store-"))

    def import_spoilt(self, exported):
        """An export in which something was changed, removed or moved is refused, if it matters."""
        lines = exported.splitlines(keepends=True)
        told = [n for n, line in enumerate(lines) if line.startswith(('{"migration"', '{"audit"'))]
        spoilt = audit_chain.spoil(self.rng, lines, self.rng.choice(told))
        kept = self.command.file
        answer = self.answer(self.command, "restore", {"file": self.new_file(), "text": spoilt})
        code = answer.get("refused", "")
        refused = code.startswith("OFP-3") or code in ("OFP-417", "OFP-418")
        if not refused and self.command.export() != exported:
            raise Difference("import of a spoilt export", answer, spoilt)
        self.command.file = kept

    def check_export(self):
        """It holds together, and is due when the model is."""
        exported = self.command.export()
        rows = audit_chain.read_export(exported)
        wrong = list(audit_chain.verify(rows))
        if wrong:
            raise Difference(wrong)
        given = [(r["number"], r["due_at"], bool(r["settled"])) for r in rows["migration"]]
        model = [(r.number, r.due_at, r.due_at is None) for r in self.model.ledger.records]
        if given != model:
            raise Difference([pair for pair in zip(model, given) if pair[0] != pair[1]])
        return exported

    def check_all(self):
        self.compare("stats", {"at": self.walk.instant()})
        for record in self.model.ledger.records[-20:]:
            self.compare("show", {"migration": record.id, "at": self.walk.instant()})
        self.compare("events", {})
        self.go_on_in_copy()
        self.command.check()


def play(options, seed):
    """True if the walk came to its end."""
    folder = Path(tempfile.mkdtemp(prefix="offerpolicy-walk-"))
    comparison = None
    try:
        comparison = Comparison(options, seed, folder)
        comparison.go(options.steps)
    except (Difference, CommandFailed) as failure:
        print(f"--seed {seed} --walks 1 --steps {options.steps}, in {folder}")
        if comparison:
            print(f"  command: {comparison.command.last}\n  message: {comparison.command.message}")
        print(f"  {type(failure).__name__}: {failure}")
        return None
    shutil.rmtree(folder)
    return comparison.codes


def parse_options():
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--offerpolicy", metavar="PATH", required=True, help="the command to test")
    parser.add_argument("--zoneinfo", metavar="DIR", required=True, help="compiled time zones")
    given = os.environ.get("OFP_TEST_SEED") or secrets.randbelow(10**9)
    parser.add_argument("--seed", type=int, default=int(given))
    parser.add_argument("--walks", type=int, default=1, help="each with a seed of its own")
    parser.add_argument("--steps", type=int, default=500, help="of each walk")
    parser.add_argument("--counts", action="store_true", help="print how often what came out")
    return parser.parse_args()


def main():
    options = parse_options()
    calendar_model.pin_zones(options.zoneinfo)
    print(f"OFP_TEST_SEED={options.seed}", flush=True)
    counts = {}
    failed = 0
    for seed in range(options.seed, options.seed + options.walks):
        codes = play(options, seed)
        failed += codes is None
        for name, count in (codes or {}).items():
            counts[name] = counts.get(name, 0) + count
    if options.counts:
        for (name, result), count in sorted(counts.items()):
            print(f"{name:<10}{result:<10}{count:>7}")
    print(f"{options.walks} walks of {options.steps} steps, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
