#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the members of a C array from the bytes of a file.

Usage: generate_default_policy.py FILE > OUTPUT
"""
import sys

PER_LINE = 16


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    print("/* made from the default policy by lib/compile/generate_default_policy.py; do not edit */")
    for at in range(0, len(data), PER_LINE):
        print(" ".join(f"{byte}," for byte in data[at:at + PER_LINE]))


if __name__ == "__main__":
    main()
