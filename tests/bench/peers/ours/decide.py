#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The library's package for Python as a peer.

Usage: decide.py POLICY FOLDER, where inputs.py wrote its files; see common/peer.h for the commands.
"""
import json
import pathlib
import sys
import time

from offerpolicy import Policy

LATENCY_PASSES = 3


def read_all(decision):
    """What a host acts on."""
    sla = decision.sla
    first = sla.target("first_reply") if sla else None
    return decision.verdict, decision.level, first and first.budget, decision.tag_actions


def answer_of(decision):
    verdict, level, budget, actions = read_all(decision)
    return {
        "verdict": verdict,
        "level": level,
        "first_reply": budget and int(budget.total_seconds()) // 60,
        "add": [action.tag for action in actions if action.do == "ticket.add_tag"],
        "remove": [action.tag for action in actions if action.do == "ticket.remove_tag"],
    }


def run_round(answer, inputs, passes):
    start = time.process_time_ns()
    for _ in range(int(passes)):
        for one in inputs:
            answer(one)
    return f"{(time.process_time_ns() - start) / 1e9:.9f}"


def latency(answer, inputs):
    least = [10**12] * len(inputs)
    for _ in range(LATENCY_PASSES):
        for i, one in enumerate(inputs):
            start = time.perf_counter_ns()
            answer(one)
            least[i] = min(least[i], time.perf_counter_ns() - start)
    return " ".join(map(str, least))


def main(path, folder):
    policy = Policy.load(pathlib.Path(path))
    lines = (pathlib.Path(folder) / "requests.ndjson").read_text(encoding="utf-8").splitlines()
    requests = [json.loads(line) for line in lines]
    modes = {
        "native": (lambda request: read_all(policy.decide(request)), requests),
        "json": (lambda line: policy.decide(json.loads(line)).to_json(), lines),
    }
    about = {"name": "libofferpolicy in Python", "version": "", "modes": list(modes)}
    print(json.dumps(about), flush=True)
    for command in sys.stdin:
        verb, mode, *rest = command.split()
        answer, inputs = modes[mode]
        if verb == "round":
            print(run_round(answer, inputs, *rest), flush=True)
        elif verb == "latency":
            print(latency(answer, inputs), flush=True)
        else:
            shown = (json.dumps(answer_of(policy.decide(one))) for one in requests)
            shown = shown if mode == "native" else map(answer, lines)
            pathlib.Path(*rest).write_text("".join(one + "\n" for one in shown), encoding="utf-8")
            print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
