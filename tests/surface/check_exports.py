#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The library exports exactly the functions of its public headers, as its written list says.

Usage: check_exports.py LIBRARY SYMBOL_LIST HEADER...
"""
import pathlib
import re
import subprocess
import sys


def exported(library):
    lines = subprocess.run(["nm", "-D", "--defined-only", library], check=True,
                           capture_output=True, text=True).stdout.splitlines()
    names = {line.split()[2].split("@")[0] for line in lines if line.split()[1] != "A"}
    return {name for name in names if not name.startswith("_")}


def listed(path):
    return set(re.findall(r"^\s+([a-z]\w+);$", pathlib.Path(path).read_text(), re.M))


def declared(headers):
    text = "".join(pathlib.Path(header).read_text() for header in headers)
    return set(re.findall(r"^OFP_API[^;(]*?\b(ofp_\w+)\(", text, re.M))


def main():
    library, symbol_list, *headers = sys.argv[1:]
    found = {"the library": exported(library), "the list": listed(symbol_list),
             "the headers": declared(headers)}
    everything = set().union(*found.values())
    mistakes = [f"{name} is missing in {place}" for name in sorted(everything)
                for place, names in found.items() if name not in names]
    print("\n".join(mistakes) or f"{len(everything)} functions, the same in all three places")
    return bool(mistakes)


if __name__ == "__main__":
    sys.exit(main())
