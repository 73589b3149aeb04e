#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""examples/migration.sh tells the story that is written down in migration_story.txt beside this file.

And the program in doc/store.md, which needs no libofferpolicy, finds the audit log that it leaves
whole, but not one that somebody has changed.

Usage: migration.py SCRIPT OFFERPOLICY MANUAL_PAGE
"""

import difflib
import os
from pathlib import Path
import re
import sqlite3
import subprocess
import sys
import tempfile

STORY = Path(__file__).with_name("migration_story.txt")
FORGERY = """
    DROP TRIGGER audit_is_never_changed;
    UPDATE audit SET actor = 'somebody else' WHERE seq = 3;
"""


def without_lines(text):
    """Lines of the default policy move whenever somebody edits it."""
    return re.sub(r"policy line \d+", "policy line N", text)


def play(script, offerpolicy, environment, *folder):
    """@return does the script print what it should?"""
    environment = {**environment, "OFFERPOLICY": str(offerpolicy)}
    done = subprocess.run([script, *folder], capture_output=True, text=True, env=environment)
    if done.returncode or done.stderr:
        print(f"{script}: exit {done.returncode}\n{done.stderr}")
    lines = [without_lines(text).splitlines() for text in (STORY.read_text(), done.stdout)]
    print(*difflib.unified_diff(*lines, STORY.name, "what it prints", lineterm=""), sep="\n")
    return not done.returncode and not done.stderr and lines[0] == lines[1]


def verify(page, store):
    """What the program in the manual says about a store."""
    program = re.search(r"^```python\n(.*?)^```$", Path(page).read_text(), re.M | re.S)[1]
    done = subprocess.run([sys.executable, "-c", program, store], capture_output=True, text=True)
    return done.stdout + done.stderr


def check_audit_log(page, store):
    whole = verify(page, store)
    with sqlite3.connect(store) as database:
        database.executescript(FORGERY)
    forged = verify(page, store)
    print(f"{page} says {whole}and of a forged log {forged}")
    return whole.startswith("6 events") and forged == "event 3 is not what was written\n"


def main(script, offerpolicy, page):
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent, "story")
        results = [play(script, offerpolicy, os.environ, folder)]
        results.append(check_audit_log(page, folder / "support.db"))
    return all(results)


if __name__ == "__main__":
    sys.exit(0 if main(*sys.argv[1:]) else 1)
