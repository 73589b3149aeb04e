#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The package for Python against what Python itself takes for a part of the work.

Usage: bench_python.py [--smoke] CASES [MAKE_REQUESTS POLICY]

CASES is tests/cases/contract, MAKE_REQUESTS writes larger requests. A line shows the least time of
either side for one operation, and the median of the ratios of 15 rounds.
"""
import json
import pathlib
import statistics
import subprocess
import sys
import time
from datetime import datetime, timezone

from offerpolicy import Policy

ROUNDS = 15
NOW = datetime(2026, 11, 20, 18, tzinfo=timezone.utc)


def time_of(work, turns):
    """Nanoseconds of CPU time."""
    begin = time.process_time_ns()
    for _ in range(turns):
        work()
    return time.process_time_ns() - begin


def compare(name, library, yardstick, count, goal=None):
    """Both by turns; each works on `count` things at a call."""
    turns = max(1, 20_000 // count)
    rounds = [(time_of(library, turns), time_of(yardstick, turns)) for _ in range(ROUNDS)]
    ratio = statistics.median(ours / theirs for ours, theirs in rounds)
    ours, theirs = (min(side) / turns / count for side in zip(*rounds))
    met = "" if goal is None else f"   goal <= {goal}  {'met' if ratio <= goal else 'MISSED'}"
    times = f"yardstick {theirs:10.1f} ns   library {ours:10.1f} ns"
    print(f"{name:<44} {times}   ratio {ratio:6.2f}{met}", flush=True)


def read_cases(folder):
    lines = (folder / "cases.ndjson").read_text(encoding="utf-8").splitlines()
    return [json.dumps(json.loads(line)["request"], ensure_ascii=False) for line in lines]


def make_requests(program, policy):
    done = subprocess.run([program, policy, "200"], stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout.splitlines()


def decide(policy, texts, name, goal):
    """What a host does with a request that it has as a dict: decide, and read what it acts on."""
    requests = [json.loads(text) for text in texts]

    def library():
        for request in requests:
            decision = policy.decide(request)
            decision.verdict
            decision.level
            decision.tag_actions

    def yardstick():
        for text in texts:
            json.loads(text)

    size = sum(map(len, texts)) / len(texts)
    compare(f"decide, {name} ({size:,.0f} bytes of JSON)", library, yardstick, len(texts), goal)


def read_all(policy, texts):
    """All parts of a decision, as far as there is something to read."""
    requests = [json.loads(text) for text in texts]

    def library():
        for request in requests:
            decision = policy.decide(request)
            decision.sla
            decision.actions
            decision.reasons

    def yardstick():
        for request in requests:
            policy.decide(request)

    compare("  and all other parts read, against none", library, yardstick, len(texts))


def due(policy):
    calendar = policy.calendar("business")
    utc = timezone.utc
    compare(
        "calendar.due()",
        lambda: calendar.due(NOW, 28800),
        lambda: datetime(2026, 11, 23, 20, 0, 0, tzinfo=utc),
        1,
        2.0,
    )


def check(policy, texts):
    """Decisions are those of the cases."""
    for text in texts:
        decision = policy.decide(json.loads(text))
        document = decision.to_dict()
        tags = [one["tag"] for one in document["actions"] if "tag" in one]
        if (
            decision.verdict != document["verdict"]
            or decision.level != document["level"]
            or [one.tag for one in decision.tag_actions] != tags
        ):
            sys.exit(f"parts and document differ: {text}")
    if policy.calendar("business").due(NOW, 28800) != datetime(2026, 11, 23, tzinfo=timezone.utc):
        sys.exit("the calendar's answer is wrong")


def main(arguments):
    smoke = arguments[:1] == ["--smoke"]
    folder, *maker = arguments[smoke:]
    folder = pathlib.Path(folder)
    policy = Policy.load(folder / "policy.yaml")
    cases = read_cases(folder)
    large = make_requests(*maker) if maker else []
    check(policy, cases + large)
    if smoke:
        return
    decide(policy, cases, "the contract's cases", 1.0)
    read_all(policy, cases)
    if large:
        decide(policy, large, "larger requests", 1.0)
    due(policy)


if __name__ == "__main__":
    main(sys.argv[1:])
