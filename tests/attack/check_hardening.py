#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Looks into built files for what the compiler and the linker were told to harden.

Usage: check_hardening.py FORTIFIED COMMAND LIBRARY...   (FORTIFIED: yes or no)
"""

import re
import subprocess
import sys


def readelf(path):
    """Headers, segments, dynamic section, symbols and notes of a file, as readelf tells them."""
    words = ["readelf", "--wide", "-h", "-l", "-d", "-s", "-n", path]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def flags(text, segment):
    """The flags of each segment of a kind."""
    return re.findall(rf"(?m)^  {segment} +(?:0x\w+ +){{5}}([RWE ]{{3}})", text)


def flaws(text, fortified, command):
    """What is missing in a file."""
    dynamic = re.findall(r"(?m)^ 0x\w+ \((\w+)\)(.*)$", text)
    tags = {name: value for name, value in dynamic}
    wanted = {
        "its relocations stay writable": flags(text, "GNU_RELRO"),
        "functions are looked up late": "NOW" in tags.get("FLAGS_1", "")
        or "BIND_NOW" in tags.get("FLAGS", ""),
        "its stack may be executed": flags(text, "GNU_STACK") == ["RW "],
        "a segment is writable and executable": not any(
            "W" in each and "E" in each for each in flags(text, "LOAD")
        ),
        "code is relocated": "TEXTREL" not in tags and "TEXTREL" not in tags.get("FLAGS", ""),
        "it has no stack protector": "__stack_chk_fail" in text,
        "it is bound to its address": re.search(r"(?m)^  Type: +DYN ", text),
        "it is no PIE": not command or "PIE" in tags.get("FLAGS_1", ""),
        "functions are not fortified": not fortified or re.search(r" __\w+_chk@", text),
    }
    return [flaw for flaw, there in wanted.items() if not there]


def main(fortified, command, *libraries):
    """Tells all flaws. @return the exit status"""
    found = 0
    for path in (command, *libraries):
        for flaw in flaws(readelf(path), fortified == "yes", path == command):
            print(f"{path}: {flaw}")
            found += 1
    print(f"{1 + len(libraries)} files, {found} flaws")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
