# SPDX-License-Identifier: MIT
"""The life of migrations, slow and obvious.

A `Ledger` is a store in memory: lists of records, events and actions, which
are searched from end to end. `take` takes a step, `sweep` sweeps, `pending`
lists what waits for the host. A method either does all that it says or raises
`Refused` and changes nothing. Instants are seconds, and steps are documents in
the form of ../cases/store, but for `at`.

Keys that are not given are tuples of what makes them what they are: whoever
compares them with others' keys compares which are equal.
"""

from dataclasses import dataclass, field

from calendar_model import format_instant
from migration_rules import check_step, require
from migration_steps import Step, Sweep

COMMAND = [
    "do", "migration", "actor", "role", "reason", "org", "from", "to", "level",
    "target_date", "owner", "evidence", "outcome",
]


@dataclass
class Ledger:
    records: list = field(default_factory=list)
    events: list = field(default_factory=list)
    actions: list = field(default_factory=list)

    # Looking things up

    def find(self, name):
        found = [record for record in self.records if record.id == name]
        require(found, "OFP-501")
        return found[0]

    def active(self, at):
        """Open and live ones."""
        return [record for record in self.records if record.state(at) in ("open", "live")]

    def live(self, at):
        return [record for record in self.records if record.state(at) == "live"]

    def listed(self, at, org=None, state=None, ends_before=None):
        return [
            record for record in self.records
            if (org is None or record.org == org)
            and (state is None or record.state(at) == state)
            and (ends_before is None or record.ends_at <= ends_before)  # the start of a day
        ]

    def actions_of(self, event):
        return [action for action in self.actions if action.event == event.seq]

    def added_tags(self, record):
        """None or one: what its approval put on the org, whatever policies say since."""
        return [
            action.tag for action in self.actions
            if action.migration == record.id and action.do == "org.add_tag"
        ]

    # Steps

    def take(self, step, at, rules):
        """Gives the answer's `repeated`, record, event and actions."""
        check_step(step)
        record = None if step["do"] == "request" else self.find(step["migration"])
        key = step.get("key") or self.derived_key(step, record, at)
        first = self.first_with(key)
        if first:
            require(first.command == command_of(step), "OFP-511")
            return True, first.record, first, self.actions_of(first)
        if record:
            self.check_moment(step, record, at)
        event = getattr(Step(self, step, at, rules, record), step["do"])()
        event.key, event.command = key, command_of(step)
        return False, event.record, event, self.actions_of(event)

    def first_with(self, key):
        return next((event for event in self.events if event.key == key), None)

    def derived_key(self, step, record, at):
        """The same for the same step at the same stage of the same migration, or of the same
        org's requests for the same offering."""
        if record:
            stage = step.get("if_revision") or record.revision
            return ("step", step["do"], record.id, stage, command_of(step))
        place = (step["org"], step["to"])
        requested = [r for r in self.records if (r.org, r.to) == place]
        active = [r for r in self.active(at) if (r.org, r.to) == place]
        stage = len(requested) - len(active)
        return ("step", "request", *place, stage, command_of(step))

    def check_moment(self, step, record, at):
        wanted = step.get("if_revision")
        require(wanted in (None, record.revision), "OFP-510")
        require(record.changed_at <= at, "OFP-521")

    # Sweeping

    def sweep(self, at, rules, facts=None):
        """Gives the events, with their actions, in their order."""
        due = [r for r in self.records if r.due_at is not None and r.due_at <= at]
        due.sort(key=lambda record: (record.due_at, record.number))
        events = [Sweep(self, at, rules, record, facts).run() for record in due]
        return [(event, self.actions_of(event)) for event in events]

    # The outbox

    def pending(self, at):
        """What the host shall do now, oldest first."""
        return [
            action for action in self.actions
            if action.state == "pending"
            and (action.not_before is None or action.not_before <= at)
            and not action.waits(at)
            and not self.stands_behind_another(action, at)
        ]

    def stands_behind_another(self, action, at):
        """A migration's actions keep their order."""
        return any(
            other.migration == action.migration and other.seq < action.seq
            and other.state == "pending" and other.waits(at)
            for other in self.actions
        )

    def action(self, key):
        found = [action for action in self.actions if action.key == key]
        require(found, "OFP-502")
        return found[0]

    def ack(self, key, at):
        """Of one that is settled this changes nothing."""
        action = self.action(key)
        if action.state == "pending":
            action.state, action.settled_at = "done", at

    def fail(self, key, at, retry_after, problem=None):
        action = self.action(key)
        require(action.state == "pending", "OFP-525")
        action.attempts += 1
        action.retry_at, action.problem = at + retry_after, problem

    # Counting

    def stats(self, at):
        pending = [action for action in self.actions if action.state == "pending"]
        return {
            "migrations": len(self.records),
            "open": len(self.listed(at, state="open")),
            "live": len(self.live(at)),
            "overdue": sum(r.due_at is not None and r.ends_at <= at for r in self.records),
            "pending_actions": len(pending),
            "failed_actions": sum(action.attempts > 0 for action in pending),
            "oldest_pending": format_instant(pending[0].created_at if pending else None),
            "events": 1 + len(self.events),  # the store's own is the first
        }


def command_of(step):
    """What makes two steps the same."""
    return tuple(step.get(name) for name in COMMAND)
