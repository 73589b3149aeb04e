#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Does what waits in a store's outbox, in a help desk that is a JSON file.

    deliver.py STORE DESK [AT]

DESK is {"orgs": {ID: {"tags": [...], "notes": "...", "entitlements": [...]}}}, as a help desk and a
sales system know them. AT stands in for the clock, and OFFERPOLICY for the command's place.

A real host calls its help desk where this one changes the file. What it should keep is the order:
look whether the key is known, carry the action out, remember the key, and only then acknowledge.
Whenever this is killed, the next run goes on where it stopped, and nobody hears anything twice.
"""

import datetime
import json
import os
from pathlib import Path
import re
import subprocess
import sys


def offerpolicy(*arguments):
    command = [os.environ.get("OFFERPOLICY", "offerpolicy"), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.returncode)  # it has said why
    return done.stdout


def without_note(notes, migration):
    """Takes out the two lines of the note and what is between them; all else stays."""
    first = rf"^\[migration {migration}\][ \t\r]*\n"
    last = rf"^\[end of migration {migration}\][ \t\r]*(\n|\Z)"
    return re.sub(rf"{first}((?!{first}).*\n)*?{last}", "", notes, flags=re.M)


def with_note(notes, migration, text):
    """Puts a note at the end. Nothing in its text may look like the end of a note."""
    notes = without_note(notes, migration)
    if notes and not notes.endswith("\n"):
        notes += "\n"
    text = re.sub(r"^(\s*)\[(?=(end of )?migration )", r"\1(", text.strip(), flags=re.M)
    return f"{notes}[migration {migration}]\n{text}\n[end of migration {migration}]\n"


def is_entitled(org, wanted, today):
    """Has the org bought this, so that a tag or note must stay?"""
    return any(
        bought["offering"] == wanted["offering"]
        and bought["level"] == wanted["level"]
        and not bought.get("hold")
        and bought.get("starts", today) <= today <= bought.get("ends", today)
        for bought in org["entitlements"]
    )


def carry_out(action, org, today):
    """@return how things are now, for people"""
    if "unless_entitled" in action and is_entitled(org, action["unless_entitled"], today):
        return "left as it is: the org has bought it"
    do = action["do"]
    if do in ("ops.request", "owner.remind"):
        return f"said to {action.get('owner', 'Support Ops')}\n{action['text']}"
    if do == "org.add_tag":
        org["tags"] = sorted({*org["tags"], action["tag"]})
    elif do == "org.remove_tag":
        org["tags"] = sorted({*org["tags"]} - {action["tag"]})
    elif do == "org.add_note":
        org["notes"] = with_note(org["notes"], action["migration"], action["text"])
    elif do == "org.remove_note":
        org["notes"] = without_note(org["notes"], action["migration"])
    else:
        raise ValueError("this help desk can't do that")
    return f"its notes are now\n{org['notes'] or '(empty)'}" if "note" in do else f"its tags are now {org['tags']}"


def deliver(action, desk, today):
    """Carries one action out and remembers it, unless that was done before."""
    if action["key"] in desk["known"]:
        return "was done before"
    if action["org"] not in desk["orgs"]:
        raise ValueError(f"there is no org {action['org']}")
    answer = carry_out(action, desk["orgs"][action["org"]], today)
    desk["known"].append(action["key"])
    return answer


def save(path, desk):
    """Tags, notes and keys change together, or not at all."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(desk, indent=1) + "\n")
    new.replace(path)


def main(store, path, at=None):
    common = ("--store", store, *(("--at", at) if at else ()))
    today = (at or datetime.datetime.now(datetime.timezone.utc).isoformat())[:10]
    path = Path(path)
    desk = {"known": [], **json.loads(path.read_text())}
    # One at a time: if it fails, those behind it must wait, and are not listed then.
    while waiting := offerpolicy("actions", "--json", *common).splitlines():
        action = json.loads(waiting[0])
        try:
            answer = deliver(action, desk, today)
            save(path, desk)
        except (OSError, ValueError) as problem:
            answer = f"failed: {problem}"
            how = ("--retry-after", "10m", "--problem", str(problem))
            offerpolicy("actions", "fail", action["key"], *how, *common)
        else:
            offerpolicy("actions", "ack", action["key"], *common)
        print(f"{action['do']} {action['org']}: {answer.rstrip()}")


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
