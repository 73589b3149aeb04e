#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The header's version is that of the build.

Usage: check_version.py VERSION HEADER
"""
import pathlib
import re
import sys


def main():
    version, header = sys.argv[1], pathlib.Path(sys.argv[2]).read_text()
    numbers = re.findall(r"#define OFP_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", header)
    text = re.search(r'#define OFP_VERSION_STRING "(.*)"', header)[1]
    print(f"{version} is built, the header says {'.'.join(numbers)} and {text}")
    return not version == text == ".".join(numbers)


if __name__ == "__main__":
    sys.exit(main())
