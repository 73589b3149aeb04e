#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A program that was linked with the last stated ABI of a library still runs with this build.

Functions and constants may be added; nothing that programs use may change its size, place, type or
value.

Usage: check_abi.py LIBRARY DUMP INCLUDE_FOLDER...
       check_abi.py --renew LIBRARY DUMP INCLUDE_FOLDER...   states the ABI anew
"""
import pathlib
import subprocess
import sys
import tempfile

# Public are the types of the installed headers, and what the version script exports.
SMALL = ["--exported-interfaces-only", "--drop-private-types", "--no-show-locs",
         "--no-corpus-path", "--no-comp-dir-path", "--no-elf-needed", "--no-architecture",
         "--no-write-default-sizes", "--no-parameter-names", "--type-id-style", "hash"]
PRIVATE = pathlib.Path(__file__).with_name("abi_private.ini")


def state(library, dump, folders):
    """Writes what a library's ABI is. (Only dumps that were made alike can be compared.)"""
    headers = [word for folder in folders for word in ("--headers-dir", folder)]
    subprocess.run(["abidw", *SMALL, *headers, "--suppressions", PRIVATE, "--out-file", dump,
                    library], check=True)


def check(library, stated, folders):
    with tempfile.NamedTemporaryFile(suffix=".abi") as now:
        state(library, now.name, folders)
        result = subprocess.run(["abidiff", "--no-added-syms", stated, now.name], text=True,
                                stdout=subprocess.PIPE)
    if result.returncode:
        print(f"{library} differs from {stated}:\n{result.stdout}\n"
              "doc/stability.md says what may change, and how to state the ABI anew")
    else:
        print("programs that use the stated ABI find all that they need")
    return result.returncode != 0


def main(arguments):
    renew = arguments[:1] == ["--renew"]
    library, dump, *folders = arguments[renew:]
    if not renew:
        return check(library, dump, folders)
    state(library, dump, folders)
    print(f"{dump} is the ABI of {library} now")
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
