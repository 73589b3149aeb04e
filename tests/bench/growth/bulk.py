#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A million requests through `offerpolicy decide`; writes the section "Bulk" of doc/benchmarks.md.

Usage: bulk.py SOURCE_ROOT BUILD_FOLDER [COUNT]

Needs 1.5 KB for each request in the working directory, and valgrind for the profile.
"""
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

import page

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from bench_stream import Bench  # noqa: E402

RUNS, PROFILED = 5, 1200

# Where the time goes: a line's share is what its functions take with all that they call, less what
# the functions of the line after it do; both as callgrind names them.
SHARES = [
    ("reading: simdjson parses", ["::parse(unsigned char const*"], []),
    ("reading: the request from simdjson's tree, names to indexes, dates to instants",
     ["ofp_json_read_request"], ["::parse(unsigned char const*"]),
    ("deciding", ["ofp_decide"], []),
    ("writing: keys of actions (SHA-256)", ["ofp_decision_action_key"], []),
    ("writing: reasons", ["ofp_put_reasons"], []),
    ("writing: all else", ["ofp_decision_write_json"],
     ["ofp_decision_action_key", "ofp_put_reasons"]),
]
WHOLE = "stream_run"


def profile(command, policy, requests, folder):
    """Instructions by function, with all that it calls."""
    out = folder / "callgrind.out"
    subprocess.run(["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={out}", command,
                    "decide", "--jobs", "1", "-p", policy, requests], check=True,
                   stdout=subprocess.DEVNULL)
    listing = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100",
                              "--auto=no", out], check=True, stdout=subprocess.PIPE, text=True)
    found = {}
    for count, name in re.findall(r"^ *([\d,]+) \([^)]*\)\s+\S*?:(\S.*?)(?: \[.*)?$",
                                  listing.stdout, re.M):
        found[name] = max(found.get(name, 0), int(count.replace(",", "")))
    return found


def instructions(few, many, names):
    """Of one request: what more requests take more, so that loading the policy does not count."""
    total = 0
    for wanted in names:
        for name in many:
            if name == wanted or wanted.startswith("::") and wanted in name:
                total += many[name] - few.get(name, 0)
    return total / PROFILED


def write_profile(few, many):
    whole = instructions(few, many, [WHOLE])
    rows, left = [], whole
    for title, names, without in SHARES:
        share = instructions(few, many, names) - instructions(few, many, without)
        rows.append(f"| {title} | {share:,.0f} | {100 * share / whole:.0f} % |")
        left -= share
    rows.append(f"| lines, blocks of work, output | {left:,.0f} | {100 * left / whole:.0f} % |")
    return "\n".join(["| what | instructions a request | share |", "|---|---:|---:|", *rows,
                      f"| together | {whole:,.0f} | |"])


def measure(bench, count):
    """Runs with one job and with two, by turns."""
    path = bench.make(count)
    runs = [[bench.run(path, jobs) for jobs in (1, 2)] for _ in range(RUNS)]
    path.unlink()
    return list(zip(*runs))


def write_rates(few, many, count):
    rows = ["| jobs | requests/s | processor time of a request | most memory | the same for a tenth "
            "of them |", "|---|---:|---:|---:|---:|"]
    for jobs, (a, b) in enumerate(zip(few, many), start=1):
        rate = count / statistics.median(run.seconds for run in b)
        cpu = statistics.median(run.cpu for run in b) / count * 1e6
        memory, before = (max(run.memory for run in runs) / 1024 for runs in (b, a))
        rows.append(f"| {jobs} | {rate:,.0f} | {cpu:.2f} µs | {memory:.1f} MiB | {before:.1f} MiB |")
    return "\n".join(rows)


def write_section(bench, count):
    few, many = (measure(bench, size) for size in (count // 10, count))
    profiles = [profile(bench.command, bench.policy, bench.make(size), bench.folder)
                for size in (PROFILED, 2 * PROFILED)]
    load = os.getloadavg()[2]
    busy = ": the processor time of a request tells more than the rate" if load > 1.5 else ""
    ratio = statistics.median(one.seconds / two.seconds for one, two in zip(*many))
    return f"""## Bulk

{count:,} requests of 1.5 KB from a file through `offerpolicy decide`, answers of 1.9 KB thrown away:
policy of `tests/cases/contract`, 3 entitlements, 2 migrations, 11 reasons in the middle. Medians of
{RUNS} runs, with one job and with two by turns.
Measured {page.describe_run()}, by `tests/bench/growth/bulk.py . build`.
{os.cpu_count()} cores had {load:.0f} programs to run on average{busy}.

{write_rates(few, many, count)}

Two jobs were {ratio:.2f} times as fast as one. Memory does not depend on the number of requests: lines are
read, decided and written in blocks.

Where it goes, counted by callgrind in instructions of one job, loading the policy left out:

{write_profile(*profiles)}

No function of the library's own takes more than 7 %. The large pieces that are left are not its own:
simdjson's tree, which could be read on demand instead, and SHA-256, for which processors have
instructions that libmd does not use.
"""


def main(root, build, count=1_000_000):
    root, build = pathlib.Path(root), pathlib.Path(build)
    with tempfile.TemporaryDirectory(dir=".", prefix="bench-bulk-") as folder:
        bench = Bench(build / "bindings/cli/offerpolicy", build / "tests/bench/make_requests",
                      root / "tests/cases/contract/policy.yaml", folder)
        text = write_section(bench, int(count))
    page.put_section(root / "doc/benchmarks.md", "bulk", text)


if __name__ == "__main__":
    main(*sys.argv[1:])
