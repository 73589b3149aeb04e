#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""examples/migration.sh tells the story that is written down in migration_story.txt beside this file.

Usage: migration.py SCRIPT OFFERPOLICY
"""

import difflib
import os
from pathlib import Path
import re
import subprocess
import sys

STORY = Path(__file__).with_name("migration_story.txt")


def without_lines(text):
    """Lines of the default policy move whenever somebody edits it."""
    return re.sub(r"policy line \d+", "policy line N", text)


def play(script, offerpolicy, environment):
    """@return does the script print what it should?"""
    environment = {**environment, "OFFERPOLICY": str(offerpolicy)}
    done = subprocess.run([script], capture_output=True, text=True, env=environment)
    if done.returncode or done.stderr:
        print(f"{script}: exit {done.returncode}\n{done.stderr}")
    lines = [without_lines(text).splitlines() for text in (STORY.read_text(), done.stdout)]
    print(*difflib.unified_diff(*lines, STORY.name, "what it prints", lineterm=""), sep="\n")
    return not done.returncode and not done.stderr and lines[0] == lines[1]


if __name__ == "__main__":
    sys.exit(0 if play(*sys.argv[1:], os.environ) else 1)
