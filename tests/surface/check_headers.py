#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every public header compiles alone, as C11 and as C++17, without a warning.

Usage: check_headers.py CC CXX INCLUDE_DIRECTORIES HEADER...
(INCLUDE_DIRECTORIES joined by colons; CXX may be empty)
"""
import subprocess
import sys

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]


def compiles(compiler, standard, language, includes, header):
    command = [*compiler.split(), f"-std={standard}", *WARNINGS,
               *[f"-I{folder}" for folder in includes], "-x", language, "-"]
    program = f"#include <offerpolicy/{header}>\nint ofp_nothing;\n"
    result = subprocess.run(command, input=program, capture_output=True, text=True)
    if result.returncode:
        print(f"{header} as {standard}:\n{result.stderr}")
    return result.returncode == 0


def main():
    cc, cxx, includes, *headers = sys.argv[1:]
    languages = [(cc, "c11", "c")] + ([(cxx, "c++17", "c++")] if cxx else [])
    results = [compiles(compiler, standard, language, includes.split(":"), header)
               for header in headers for compiler, standard, language in languages]
    print(f"{sum(results)} of {len(results)} compilations without a word")
    return not all(results)


if __name__ == "__main__":
    sys.exit(main())
