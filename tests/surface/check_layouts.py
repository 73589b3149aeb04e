#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The layout of a store changes only together with its number.

Usage: check_layouts.py SOURCE_ROOT
"""
import hashlib
import pathlib
import re
import sys


def digest(sql):
    """Of the statements alone: neither comments nor white space make another layout."""
    words = re.sub(r"--[^\n]*", "", sql).split()
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def main():
    root = pathlib.Path(sys.argv[1])
    sql = (root / "lib/store/schema.sql").read_text()
    header = (root / "lib/store/connection.h").read_text()
    number = int(re.search(r"OFP_STORE_SCHEMA = (\d+)", header)[1])
    listed = (root / "tests/surface/store_layouts.txt").read_text().splitlines()
    if number == len(listed) and listed[-1] == f"{number} {digest(sql)}":
        print(f"layout {number} is as it was stated")
        return False
    print(f"lib/store/schema.sql is another layout than the one that was stated: see "
          f"doc/stability.md, then list it in tests/surface/store_layouts.txt as\n"
          f"{number} {digest(sql)}")
    return True


if __name__ == "__main__":
    sys.exit(main())
