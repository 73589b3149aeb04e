#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every shipped policy is without a warning, and decides its example tickets as written down here.

The expectations (*.ndjson beside this file) were thought out from the policies by hand: one line a
ticket, a tag with + is put on it, one with - is taken off.

Usage: decisions.py OFFERPOLICY EXAMPLES
"""

import json
from pathlib import Path
import subprocess
import sys

HERE = Path(__file__).parent
SIGNS = {"ticket.remove_tag": "-", "ticket.add_tag": "+"}


def run(*command):
    """What a command prints; it must succeed without a word of complaint."""
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode or done.stderr:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def read_lines(text):
    return [json.loads(line) for line in text.splitlines()]


def first_reply(decision):
    targets = decision["sla"]["targets"] if decision["sla"] else []
    return next((t["due_at"] for t in targets if t["metric"] == "first_reply"), None)


def project(decision):
    """The parts of a decision that the expectations speak of."""
    actions = decision["actions"]
    return {
        **{key: decision[key] for key in ("ticket", "verdict", "offering", "priority", "level")},
        "sla": decision["sla"] and decision["sla"]["rule"],
        "first_reply": first_reply(decision),
        "tags": [SIGNS[a["do"]] + a["tag"] for a in actions if a["do"] in SIGNS],
        "says": [a["do"] for a in actions if a["do"] not in SIGNS],
    }


def compare(output, expectation):
    """@return how many tickets differ, each of which is printed"""
    wanted = read_lines((HERE / expectation).read_text())
    got = [d if "error" in d else project(d) for d in read_lines(output)]
    different = [pair for pair in zip(wanted, got) if pair[0] != pair[1]]
    for pair in different:
        print(f"{expectation}:\n  wanted {pair[0]}\n  got    {pair[1]}")
    if len(got) != len(wanted):
        print(f"{expectation}: {len(got)} decisions, not {len(wanted)}")
    return len(different) + (len(got) != len(wanted))


def main(offerpolicy, examples):
    policies, requests = Path(examples, "policies"), Path(examples, "requests")
    run(offerpolicy, "check", "--strict", *sorted(policies.glob("*.yaml")))

    failures = compare(run(offerpolicy, "decide", requests / "ticket.json"), "ticket.ndjson")
    for policy in sorted(policies.glob("*.yaml")):
        tickets = requests / f"{policy.stem}.ndjson"
        decisions = run(offerpolicy, "decide", "-p", policy, tickets)
        failures += compare(decisions, f"{policy.stem}.ndjson")
        words = run(offerpolicy, "explain", "-p", policy, tickets)
        for decision in read_lines(decisions):
            if decision["ticket"] not in words:
                print(f"{tickets}: no explanation of {decision['ticket']}")
                failures += 1
        if policy.stem == "default" and run(offerpolicy, "decide", tickets) != decisions:
            print(f"{policy} is not the policy that is built in")
            failures += 1
    return failures


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:]) else 0)
