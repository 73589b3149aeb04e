#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command on a long file: one core against two, requests a second, and memory.

Usage: bench_stream.py [--smoke] OFFERPOLICY MAKE_REQUESTS POLICY

Times are by the clock on the wall, as two cores are the point; the best of several runs counts.
"""
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

RUNS = 5


class Run(NamedTuple):
    seconds: float
    cpu: float  # seconds of all cores
    memory: int  # most KiB at a time
    answers: bytes


def cpu_of_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def watch_memory(pid, most):
    """Appends how much memory a process has had at most, as long as it runs.

    (What wait4() tells counts the memory of Python before it became the command, too.)
    """
    while True:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            return
        if "VmHWM:" not in status:
            return
        most.append(int(status.split("VmHWM:")[1].split()[0]))
        time.sleep(0.01)


class Bench:
    def __init__(self, command, make_requests, policy, folder):
        self.command, self.policy = command, policy
        self.make_requests, self.folder = make_requests, Path(folder)

    def make(self, count):
        path = self.folder / f"{count}.ndjson"
        with open(path, "wb") as file:
            subprocess.run([self.make_requests, self.policy, str(count)], stdout=file, check=True)
        return path

    def run(self, path, jobs, keep=False):
        output = self.folder / "answers" if keep else Path(os.devnull)
        arguments = [self.command, "decide", "--jobs", str(jobs), "-p", self.policy, str(path)]
        with open(output, "wb") as file:
            most = [0]
            start, cpu = time.monotonic(), cpu_of_children()
            child = subprocess.Popen(arguments, stdout=file)
            watch = threading.Thread(target=watch_memory, args=(child.pid, most))
            watch.start()
            if child.wait():
                sys.exit(f"{' '.join(arguments)}: exit status {child.returncode}")
            seconds = time.monotonic() - start
            watch.join()
        return Run(seconds, cpu_of_children() - cpu, max(most), output.read_bytes() if keep else b"")

    def compare_answers(self, count):
        """More jobs give the same answers in the same order."""
        path = self.make(count)
        one, two = (self.run(path, jobs, keep=True).answers for jobs in (1, 2))
        if one != two or one.count(b"\n") != count or b'"error"' in one:
            sys.exit("the answers differ, or are not as many as there are requests")

    def measure(self, count):
        """The best runs with one job and with two, by turns."""
        path = self.make(count)
        runs = [[self.run(path, jobs) for jobs in (1, 2)] for _ in range(RUNS)]
        path.unlink()
        return [min(by_jobs) for by_jobs in zip(*runs)]


def tell(name, text, value=None, goal=None):
    met = "" if goal is None else f"   goal >= {goal}  {'met' if value >= goal else 'MISSED'}"
    print(f"{name:<44} {text}{met}", flush=True)


def report_rate(count, jobs, run):
    tell(f"{count:,} requests, --jobs {jobs}",
         f"{count / run.seconds:,.0f} requests/s   {run.cpu / count * 1e6:.2f} us of CPU time each"
         f"   {run.memory / 1024:.1f} MiB at most")


def report_gain(one, two):
    gain = one.seconds / two.seconds
    tell("  two jobs against one", f"ratio {gain:.2f}", gain, 1.7)


def report_growth(few, many):
    """Memory must not depend on the file's length."""
    for jobs, (a, b) in enumerate(zip(few, many), start=1):
        tell(f"memory at 200,000 against 50,000, --jobs {jobs}", f"ratio {b.memory / a.memory:.2f}")


def main(arguments):
    smoke = arguments[:1] == ["--smoke"]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(*arguments[smoke:], folder)
        bench.compare_answers(2000)
        if smoke:
            return
        few, many = bench.measure(50_000), bench.measure(200_000)
        for jobs, run in enumerate(many, start=1):
            report_rate(200_000, jobs, run)
        report_gain(*many)
        report_growth(few, many)


if __name__ == "__main__":
    main(sys.argv[1:])
