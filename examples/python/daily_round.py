#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Support Ops' round: ends what is over, and does what waits in the store's outbox.

The help desk is a JSON file, {"orgs": {ID: {"tags": [], "notes": "", "entitlements": []}}}; a real
one is asked by its API where `Desk` changes the file. What should stay is the order: look whether
the key is known, carry the action out, remember the key, and only then acknowledge. Whenever this
is killed, the next round goes on where it stopped.
"""

import argparse
import json
import os
import sys
from datetime import datetime, timedelta, timezone

from offerpolicy import HostActionKind, Policy, Store, add_note, remove_note

RETRY = timedelta(minutes=10)


class Desk:
    """A help desk: orgs with tags and notes."""

    def __init__(self, path, today):
        self.path = path
        self.today = today
        with open(path, encoding="utf-8") as file:
            self.data = {"known": [], **json.load(file)}

    def save(self):
        """Tags, notes and keys change together, or not at all."""
        with open(self.path + ".new", "w", encoding="utf-8") as file:
            json.dump(self.data, file, indent=1)
        os.replace(self.path + ".new", self.path)

    def facts(self):
        """What the orgs have bought, as far as the help desk knows."""
        return [
            {"org": {"id": id}, "entitlements": org["entitlements"]}
            for id, org in self.data["orgs"].items()
        ]

    def is_entitled(self, org, wanted):
        """Has the org bought this, so that a tag must stay?"""
        return any(
            (one["offering"], one["level"]) == (wanted.offering, wanted.level)
            and not one.get("hold")
            and one.get("starts", self.today) <= self.today <= one.get("ends", self.today)
            for one in org["entitlements"]
        )

    def carry_out(self, action):
        """Does it, unless it was done before; tells what was done."""
        if action.key in self.data["known"]:
            return "was done before"
        if action.org not in self.data["orgs"]:
            raise LookupError(f"the help desk has no org {action.org}")
        told = self.change(self.data["orgs"][action.org], action)
        self.data["known"].append(action.key)
        self.save()
        return told

    def change(self, org, action):
        if action.unless_entitled and self.is_entitled(org, action.unless_entitled):
            return "left as it is: the org has bought it"
        match action.do:
            case HostActionKind.ADD_TAG:
                org["tags"] = sorted({*org["tags"], action.tag})
            case HostActionKind.REMOVE_TAG:
                org["tags"] = sorted({*org["tags"]} - {action.tag})
            case HostActionKind.ADD_NOTE:
                org["notes"] = add_note(org["notes"], action.migration, action.text)
            case HostActionKind.REMOVE_NOTE:
                org["notes"] = remove_note(org["notes"], action.migration)
            case HostActionKind.ASK_OPS | HostActionKind.REMIND:
                return f"said to {action.owner or 'Support Ops'}: {action.text.strip()}"
            case _:
                raise NotImplementedError(f"this help desk can't do {action.do}")
        return f"done: {action.tag or action.migration}"


def deliver(store, desk, at):
    """Does what waits. If an action fails, those of its migration that come after it wait, too."""
    failed = 0
    for action in store.pending_actions(at=at):
        try:
            told = desk.carry_out(action)
        except (LookupError, NotImplementedError, OSError) as problem:
            store.fail(action, at=at, retry_after=RETRY, problem=str(problem))
            told = f"failed: {problem}"
            failed += 1
        else:
            store.ack(action, at=at)
        print(f"{action.do} {action.org}: {told}")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-p", "--policy", help="policy file; without it, the one that is built in")
    parser.add_argument("--at", type=datetime.fromisoformat, default=datetime.now(timezone.utc))
    parser.add_argument("store")
    parser.add_argument("desk")
    options = parser.parse_args()
    policy = Policy.load(options.policy) if options.policy else Policy.default()
    desk = Desk(options.desk, options.at.date().isoformat())
    with Store.open(options.store, policy) as store:
        for expiry in store.expire(at=options.at, facts=desk.facts()):
            migration = expiry.event.migration
            print(f"{expiry.event.kind} {migration.id} of {migration.org}: {migration.state}")
        failed = deliver(store, desk, options.at)
        waiting = store.stats(at=options.at).pending_actions
    if waiting:
        print(f"{waiting} actions wait", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
