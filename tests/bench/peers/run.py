#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The library side by side with what users would take instead; README.md says what each peer is.

Usage: run.py [--smoke] BUILD_FOLDER

Compares all answers first, then measures, and writes the tables into doc/benchmarks.md. With
--smoke it compares a few answers of those peers that are there, and neither measures nor writes.
"""
import pathlib
import sys
import tempfile

import inputs as making
import report
from catalogue import DECIDE, DUE, TEXT
from child import Child, Failed
from measure import answers_of, differences, measure
from misspelt import misspell_policy, misspell_requests

COUNT, SMOKE_COUNT, MISSPELT_COUNT = 10_000, 300, 1_000


def start(peers, build, inputs, smoke):
    """Those that are there; without --smoke all must be."""
    there = [peer for peer in peers if not smoke or peer.is_there(build)]
    left_out = [peer.name for peer in peers if peer not in there]
    if left_out:
        print("not there:", ", ".join(left_out))
    return [Child(peer, build, inputs) for peer in there]


def compare_decisions(children):
    """Every mode of every peer against the library's first. @return the right answers"""
    wanted = answers_of(children[0], "json")
    for child in children:
        for mode in child.modes:
            wrong = differences(answers_of(child, mode), wanted)
            if wrong:
                name = f"{child.peer.name}, {mode}"
                sys.exit(f"{name}: {len(wrong)} answers differ, the first is number {wrong[0]}")
        print(f"{child.peer.name}: {len(wanted):,} answers are the same", flush=True)
    return wanted


def decide(build, inputs, smoke):
    children = start(DECIDE, build, inputs, smoke)
    wanted = compare_decisions(children)
    made = report.Decisions(children, wanted)
    if not smoke:
        made.native = measure(children, "native", len(wanted))
        made.json = measure(children, "json", len(wanted))
        made.memory = {child.peer.key: child.peak_memory() for child in children}
    for child in children:
        child.close()
    return made


def misspell(build, inputs):
    """What each peer says, by its key: to the policy, to the requests."""
    said = {}
    wanted = answers_of(Child(DECIDE[0], build, inputs), "json")
    for peer in DECIDE:
        policy = misspell_policy(peer, build, inputs, wanted)
        said[peer.key] = policy, misspell_requests(peer, build, inputs, wanted)
        print(f"{peer.name}: {said[peer.key]}", flush=True)
    return said


def due(build, inputs, smoke):
    """By hours: figures and what differs."""
    made = {}
    for hours in making.HOURS[: 2 if smoke else None]:
        path = inputs / f"due-{hours}.ndjson"
        children = start(DUE, build, path, smoke)
        answers = {child.peer.key: child.answers("native") for child in children}
        made[hours] = report.Due(path, children, answers)
        print(f"due of {hours} h:", made[hours].summary(), flush=True)
        if not smoke:
            made[hours].figures = measure(children, "native", making.QUESTIONS, with_latency=False)
        if made[hours].differing("minute_stepper"):
            sys.exit("the minute stepper differs")
        for child in children:
            child.close()
    return made


def text(build, inputs, smoke):
    path = inputs / "texts.txt"
    children = []
    for peer in TEXT:
        try:
            children.append(Child(peer, build, path))
        except Failed as failed:
            if not smoke:
                raise
            print(f"not there: {peer.name}: {failed}")
    wanted = children[0].answers("native")
    for child in children:
        wrong = differences(child.answers("native"), wanted)
        if wrong:
            sys.exit(f"{child.peer.name}: text {wrong[0]} matches other patterns")
    print(f"texts: {len(wanted)} answers are the same in {len(children)} ways", flush=True)
    figures = {} if smoke else measure(children, "native", len(wanted))
    made = report.Texts(children, wanted, figures)
    for child in children:
        child.close()
    return made


def main(arguments):
    smoke = arguments[:1] == ["--smoke"]
    (folder,) = arguments[smoke:] or ("build-peers",)
    build = pathlib.Path(folder).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        all_inputs, few = pathlib.Path(temporary) / "all", pathlib.Path(temporary) / "few"
        making.main(SMOKE_COUNT if smoke else COUNT, all_inputs)
        decisions = decide(build, all_inputs, smoke)
        calendars = due(build, all_inputs, smoke)
        texts = text(build, all_inputs, smoke)
        if smoke:
            return
        making.main(MISSPELT_COUNT, few)
        report.write(decisions, misspell(build, few), calendars, texts)


if __name__ == "__main__":
    main(sys.argv[1:])
