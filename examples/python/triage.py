#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what to change about the tickets of a help desk's export.

Tickets come with the columns id, org, subject, description, priority, created_at and tags
(separated by spaces), contracts with org, name, offering, level, starts and ends. Empty cells are
not known. A ticket that can't be decided is told on standard error and left as it is; the others
go on.
"""

import argparse
import csv
import sys
from datetime import datetime, timezone

from offerpolicy import Policy, RequestError

TICKET = ("id", "subject", "description", "priority", "created_at")
ENTITLEMENT = ("offering", "level", "starts", "ends")


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def given(row, names):
    """The cells that are not empty."""
    return {name: row[name] for name in names if row[name]}


def read_orgs(path):
    """What each org has bought, by its id."""
    orgs = {}
    for row in rows(path):
        facts = orgs.setdefault(row["org"], {"org": {"id": row["org"]}, "entitlements": []})
        facts["org"]["name"] = row["name"] or row["org"]
        facts["entitlements"].append(given(row, ENTITLEMENT))
    return orgs


def read_requests(path, orgs):
    for row in rows(path):
        ticket = {**given(row, TICKET), "tags": row["tags"].split()}
        yield {"ticket": ticket, **orgs.get(row["org"], {})}


def show(decision):
    offering = decision.offering or "nobody knows what"
    print(f"{decision.ticket}: {decision.verdict}, {offering} at level {decision.level}")
    for action in decision.actions:
        what = action.tag or action.text.strip().replace("\n", "\n    ")
        print(f"  {action.do}: {what}")
    reply = decision.sla and decision.sla.target("first_reply")
    if reply and reply.due_at:
        print(f"  answer by {reply.due_at:%Y-%m-%d %H:%M} UTC")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-p", "--policy", help="policy file; without it, the one that is built in")
    parser.add_argument("--at", type=datetime.fromisoformat, default=datetime.now(timezone.utc))
    parser.add_argument("tickets")
    parser.add_argument("contracts")
    options = parser.parse_args()
    policy = Policy.load(options.policy) if options.policy else Policy.default()
    requests = read_requests(options.tickets, read_orgs(options.contracts))
    status = 0
    # The header is line 1.
    answers = policy.decide_many(requests, now=options.at, errors="return")
    for number, answer in enumerate(answers, 2):
        if isinstance(answer, RequestError):
            print(f"{options.tickets}, row {number}: {answer}", file=sys.stderr)
            status = 1
        else:
            show(answer)
    return status


if __name__ == "__main__":
    sys.exit(main())
