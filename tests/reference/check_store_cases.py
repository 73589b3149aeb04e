# SPDX-License-Identifier: MIT
"""Plays the scenarios of ../cases/store: with the model, or with the `offerpolicy` command."""

from argparse import ArgumentParser
import json
from pathlib import Path
import sys
from tempfile import TemporaryDirectory

import calendar_model
from migration_rules import Refused
from store_command import CommandFailed, CommandStore
from store_model import ModelStore

CASES = Path(__file__).resolve().parent.parent / "cases/store"
STEPS = {"request", "approve", "refuse", "extend", "end", "complete", "cancel"}


def fits(expected, given):
    """Every member that is expected is there; null stands for a missing one as well."""
    if isinstance(expected, dict):
        return isinstance(given, dict) and all(
            fits(value, given.get(name)) for name, value in expected.items()
        )
    if isinstance(expected, list):
        return isinstance(given, list) and len(expected) == len(given) and all(
            map(fits, expected, given)
        )
    return type(expected) is type(given) and expected == given


class Scenario:
    """One file, played on an empty store."""

    def __init__(self, store):
        self.store = store
        self.facts = {}
        self.keys = {}  # of the actions, by their `seq`

    def play(self, line):
        """What is wrong with the answer, or None."""
        if "do" in line:
            return self.ask(line)
        if "policy" in line:
            self.store.use(CASES / "policies" / line["policy"])
        self.facts |= line.get("facts", {})
        return None

    def ask(self, line):
        question = {k: v for k, v in line.items() if k not in ("expect", "error", "says")}
        try:
            answer = self.answer(question)
        except Refused as refusal:
            return self.compare_error(line, refusal.code)
        if "error" in line or not fits(line.get("expect", {}), answer):
            return answer
        return self.compare_keys(answer)

    def answer(self, question):
        do = question["do"]
        if "facts" in question:
            question["facts"] = [self.facts[name] for name in question["facts"]]
        if "action" in question:
            question["key"] = self.keys[question.pop("action")]
        if do in STEPS:
            return self.store.step(question)
        del question["do"]
        if do == "decide":
            about = question.pop("facts")[0] if "facts" in question else {}
            return self.store.decide(about | question)
        return getattr(self.store, do)(**question)

    def compare_error(self, line, code):
        message = getattr(self.store, "message", None)  # the model has none
        told = message is None or all(text in message for text in line.get("says", []))
        return None if code == line.get("error") and told else {"error": code, "message": message}

    def compare_keys(self, answer):
        """An action keeps its key, and no other has it."""
        for action in actions_in(answer):
            known = self.keys.setdefault(action["seq"], action["key"])
            if known != action["key"] or list(self.keys.values()).count(known) > 1:
                return {"another key": action}
        return None


def actions_in(answer):
    """Of a step, of a list, or of all events of a sweep."""
    if "actions" in answer:
        return answer["actions"]
    events = answer.get("events")
    swept = events if isinstance(events, list) else []
    return [action for event in swept for action in event.get("actions", [])]


def play_file(path, store):
    """True if all went as expected."""
    scenario = Scenario(store)
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(map(json.loads, lines), 1):
        try:
            wrong = scenario.play(line)
        except CommandFailed as failure:
            wrong = {"failed": str(failure)}
        if wrong is not None:
            print(f"{path.name}:{number}: {lines[number - 1]}\n  given: {json.dumps(wrong)}")
            return False
    return True


def main():
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--zoneinfo", metavar="DIR", required=True, help="compiled time zones")
    parser.add_argument("--offerpolicy", metavar="PATH", help="the command; else: the model")
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="else: all")
    options = parser.parse_args()
    calendar_model.pin_zones(options.zoneinfo)
    failed = 0
    files = options.files or sorted(CASES.glob("*.ndjson"))
    for path in files:
        with TemporaryDirectory() as folder:
            store = ModelStore()
            if options.offerpolicy:
                store = CommandStore(options.offerpolicy, options.zoneinfo, Path(folder))
            store.create()
            failed += not (play_file(path, store) and store.check())
    print(f"{len(files)} scenarios, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
