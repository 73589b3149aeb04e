# SPDX-License-Identifier: MIT
"""doc/benchmarks.md: each script rewrites its own section, between two markers."""
import datetime
import pathlib
import platform
import re


def put_section(page, name, text):
    """Replaces the section, or puts it at the page's end; makes the page where there is none."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    old = page.read_text() if page.exists() else "# Benchmarks\n"
    if start not in old:
        old = f"{old.rstrip()}\n\n{start}\n{end}\n"
    before, rest = old.split(start)
    page.write_text(f"{before}{start}\n{text.strip()}\n{rest[rest.index(end):]}")


def describe_run():
    """When and where something was measured."""
    model = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    return (f"{datetime.date.today()}, {model[1] if model else platform.machine()}, "
            f"{platform.system()}")
