#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What pages of the manual show is what happens.

The `console` blocks of a page are played, in order and in one shell, in an empty folder. Lines that
start with "$ " are commands (they go on after a backslash, or until the end of a here-document),
the others what they print. "…" stands for anything in a line, and alone in a line for any lines. A
`python` block that starts with "# NAME.py" becomes that file.

With --write, pages are changed to say what happens.

Usage: manual.py [--write] PATH PAGE...
(PATH: folders of commands, joined by colons)
"""

import os
from pathlib import Path
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.M | re.S)
HERE_DOCUMENT = re.compile(r"<<'?(\w+)'?")
MARK = "-- played --"


def split_block(block):
    """@return the commands of a block, each with what it shall print"""
    commands, goes_on, end = [], False, None
    for line in block.splitlines(keepends=True):
        if goes_on:
            commands[-1][0] += line
        elif line.startswith("$ "):
            commands.append([line[2:], ""])
        else:
            commands[-1][1] += line
            continue
        if end is None:
            found = HERE_DOCUMENT.search(line)
            end = found and found[1]
        elif line.strip() == end:
            end = None
        goes_on = end is not None or line.endswith("\\\n")
    return commands


def play(commands, folder, path):
    script = "exec 2>&1\n" + "".join(f"{command}echo '{MARK}'\n" for command, _ in commands)
    environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    for name in ("OFFERPOLICY", "OFFERPOLICY_STORE"):
        environment.pop(name, None)
    done = subprocess.run(["bash", "-c", script], cwd=folder, env=environment, text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    return done.stdout.split(f"{MARK}\n")[:-1]


def says_the_same(wanted, got):
    lines = ("(.*\n)*" if line.strip() == "…" else re.escape(line).replace("…", ".*")
             for line in wanted.splitlines(keepends=True))
    return re.fullmatch("".join(lines), got) is not None


def check_page(text, path):
    """@return the page as it should be"""
    blocks = BLOCK.findall(text)
    console = [block for language, block in blocks if language == "console"]
    commands = [command for block in console for command in split_block(block)]
    with tempfile.TemporaryDirectory() as folder:
        for language, block in blocks:
            name = re.match(r"# (\w+\.py)\n", block)
            if language == "python" and name:
                Path(folder, name[1]).write_text(block)
        played = play(commands, folder, path)
    assert len(played) == len(commands), f"{len(played)} of {len(commands)} commands were played"
    answers = iter(played)

    def mend(match):
        if match[1] != "console":
            return match[0]
        mended = ""
        for command, wanted in split_block(match[2]):
            got = next(answers)
            mended += f"$ {command}{wanted if says_the_same(wanted, got) else got}"
        return f"```console\n{mended}```"

    return BLOCK.sub(mend, text)


def main(arguments):
    write = arguments[0] == "--write"
    path, *pages = arguments[write:]
    stale = 0
    for page in map(Path, pages):
        text = page.read_text()
        mended = check_page(text, path)
        if write:
            page.write_text(mended)
        elif mended != text:
            stale += 1
            with tempfile.NamedTemporaryFile("w", suffix=page.name) as new:
                new.write(mended)
                new.flush()
                subprocess.run(["diff", "-u", page, new.name], check=False)
    return stale


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
