# SPDX-License-Identifier: MIT
"""Runs a test under the address sanitizer, and fails on leaks of ours.

    sanitized.py LIBASAN INTERPRETER TEST...

The interpreter is not sanitized, so the sanitizer is loaded before it. Python and Ruby themselves
leave memory behind at their end; what counts is what was taken by the library or an extension.
"""

import os
import re
import subprocess
import sys
import tempfile

# Frames of the library and of an extension: their functions, and where they come from.
OURS = re.compile(
    r"\b(ofp_\w+|python_\w+|_wrap_\w+)\b|libofferpolicy|_native\.cpython"
    r"|bindings/ruby/|offerpolicy/native\.so"
)

# What Ruby has taken for its own objects, which the sanitizer does not see: the second frame.
RUBYS = re.compile(r"(?m)^ +#1 .*libruby")


def leaks(report):
    """The leaks in a report that have a frame of ours."""
    parts = re.split(r"(?m)^(?=(?:Direct|Indirect) leak of)", report)
    return [part for part in parts[1:] if OURS.search(part) and not RUBYS.search(part)]


def environment(sanitizer, log):
    """What makes an interpreter run with the sanitizer, which writes its reports to files.

    The interpreter's own reads are not watched: so what is freed is overwritten.
    """
    freed = "max_free_fill_size=4096:free_fill_byte=221"
    return {
        **os.environ,
        "LD_PRELOAD": sanitizer,
        "PYTHONMALLOC": "malloc",
        # Ruby has signal stacks of its own.
        "ASAN_OPTIONS": f"log_path={log}:detect_leaks=1:malloc_context_size=12:use_sigaltstack=0:"
        + freed,
        "LSAN_OPTIONS": "exitcode=0",
        "UBSAN_OPTIONS": f"log_path={log}:print_stacktrace=1",
    }


def read_reports(folder):
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
            yield file.read()


def main(sanitizer, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        settings = environment(sanitizer, os.path.join(folder, "report"))
        status = subprocess.run(arguments, env=settings, check=False).returncode
        reports = list(read_reports(folder))
    found = [leak for report in reports for leak in leaks(report)]
    found += [one for one in reports if "ERROR: AddressSanitizer" in one or "runtime error:" in one]
    print("".join(found), end="")
    return status or bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
