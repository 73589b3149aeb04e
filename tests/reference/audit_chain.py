# SPDX-License-Identifier: MIT
"""Holds an export of a store to what it says about itself, without the library; and spoils it.

The hash of an event is SHA-256 over the hash before it and the other columns of its row, each as a
netstring. `verify` gives what is wrong, in words.
"""

import hashlib
import json

COLUMNS = [
    "seq", "at", "kind", "migration", "org", "actor", "role", "reason", "key", "command", "policy",
    "policy_revision", "policy_digest", "previous_date", "record", "detail",
]
START = "0" * 64


def netstring(value):
    """A part of what is hashed: text, a number, or nothing."""
    if value is None:
        return b"-,"
    data = str(value).encode()
    return b"%d:%s," % (len(data), data)


def hash_of(row):
    parts = [row["previous"]] + [row[column] for column in COLUMNS]
    return hashlib.sha256(b"".join(map(netstring, parts))).hexdigest()


def read_export(text):
    """The rows of an export by their kind. Its last line counts them."""
    first, *records, last = map(json.loads, text.splitlines())
    assert (first, last) == ({"offerpolicy_store": 1}, {"records": len(records)}), (first, last)
    kinds = {"migration": [], "audit": [], "action": [], "decision": []}
    for record in records:
        (kind, row), = record.items()
        kinds[kind].append(row)
    return kinds


def verify(export):
    """Everything that is wrong with the rows of an export."""
    return [*verify_chain(export["audit"]), *verify_records(export), *verify_actions(export)]


def verify_chain(audit):
    previous = START
    for place, row in enumerate(audit, 1):
        if row["seq"] != place:
            yield f"event {row['seq']} stands at place {place}"
        if row["previous"] != previous:
            yield f"event {place} does not follow the one before it"
        if row["hash"] != hash_of(row):
            yield f"event {place} is not what was hashed"
        previous = row["hash"]


def verify_records(export):
    """A migration is what its last event says."""
    last = {}
    for row in export["audit"]:
        if row["migration"] is not None:
            last[row["migration"]] = json.loads(row["record"])
    for record in export["migration"]:
        if last.pop(record["number"], None) != record:
            yield f"migration {record['number']} is not what its last event says"
    for number in last:
        yield f"migration {number} is missing"


def verify_actions(export):
    events = {row["seq"]: row for row in export["audit"]}
    for place, action in enumerate(export["action"], 1):
        event = events.get(action["event"])
        if action["seq"] != place:
            yield f"action {action['seq']} stands at place {place}"
        if not event or event["migration"] != action["migration"]:
            yield f"action {place} belongs to no event of its migration"
        elif event["at"] != action["created_at"] or event["org"] != action["org"]:
            yield f"action {place} is not of its event"


# Spoiling an export, so that an import must refuse it

def spoil(rng, lines, place):
    """Removes, repeats, moves or changes the line of a migration or an event."""
    first, *records, _ = lines
    place -= 1
    line = records[place]
    kind = rng.choice(["remove", "repeat", "swap", "change", "change", "change"])
    if kind == "remove":
        del records[place]
    elif kind == "repeat":
        records.insert(place, line)
    elif kind == "swap" and place:
        records[place - 1 : place + 1] = [line, records[place - 1]]
    else:
        records[place] = change(rng, line)
    return "".join([first, *records, json.dumps({"records": len(records)}) + "\n"])


def change(rng, line):
    """One column has another value."""
    (kind, row), = json.loads(line).items()
    column = rng.choice(list(row))
    value = row[column]
    others = [None, 0, 1, -1, "", "x", "0" * 64, [], {}, True, 2**63]
    if isinstance(value, int):
        others += [value + 1, value - 1, str(value)]
    if isinstance(value, str):
        others += [value + "x", value[:-1], value.upper() + "!"]
    different = [other for other in others if json.dumps(other) != json.dumps(value)]
    return json.dumps({kind: row | {column: rng.choice(different)}}, ensure_ascii=False) + "\n"
