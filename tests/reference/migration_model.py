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

from copy import copy
from dataclasses import dataclass, field

from calendar_model import format_day, format_instant, parse_day
from migration_rules import Refused, check_step, facts_about, require

SWEEP_LIMIT = 500

COMMAND = [
    "do", "migration", "actor", "role", "reason", "org", "from", "to", "level",
    "target_date", "owner", "evidence", "outcome",
]


# What is stored

@dataclass
class Record:
    number: int
    org: str
    org_name: str
    source: str
    source_level: str
    to: str
    level: str
    target_day: int
    owner: str
    reason: str
    evidence: str
    requested_by: str
    requested_at: int
    changed_at: int
    ends_at: int = None
    forgotten_at: int = None
    status: str = "requested"
    revision: int = 1
    decided_by: str = None
    decided_at: int = None
    closed_by: str = None
    closed_at: int = None
    outcome: str = None
    extensions: int = 0
    policy: dict = None
    due_at: int = None  # None: settled

    @property
    def id(self):
        return f"M-{self.number}"

    def state(self, at):
        ended = self.ends_at <= at
        if self.status == "requested":
            return "missed" if ended else "open"
        if self.status == "approved":
            return "ended" if ended else "live"
        return self.status

    def document(self, at):
        return {
            "id": self.id,
            "org": self.org,
            "org_name": self.org_name,
            "from": self.source,
            "from_level": self.source_level,
            "to": self.to,
            "level": self.level,
            "target_date": format_day(self.target_day),
            "ends_at": format_instant(self.ends_at),
            "forgotten_at": format_instant(self.forgotten_at),
            "status": self.status,
            "state": self.state(at),
            "revision": self.revision,
            "owner": self.owner,
            "reason": self.reason,
            "evidence": self.evidence,
            "requested_by": self.requested_by,
            "requested_at": format_instant(self.requested_at),
            "decided_by": self.decided_by,
            "decided_at": format_instant(self.decided_at),
            "changed_at": format_instant(self.changed_at),
            "closed_by": self.closed_by,
            "closed_at": format_instant(self.closed_at),
            "outcome": self.outcome,
            "extensions": self.extensions,
            "policy": self.policy,
        }


@dataclass
class Event:
    seq: int
    at: int
    kind: str
    record: Record  # as it was afterwards
    key: object
    command: object
    policy: dict
    actor: str = None
    role: str = None
    reason: str = None
    previous_day: int = None

    def document(self):
        return {
            "seq": self.seq,
            "at": format_instant(self.at),
            "kind": self.kind,
            "migration": self.record.document(self.at),
            "actor": self.actor,
            "role": self.role,
            "reason": self.reason,
            "key": self.key,
            "previous_date": None if self.previous_day is None else format_day(self.previous_day),
            "policy": self.policy,
            "detail": None,
        }


@dataclass
class Action:
    seq: int
    key: tuple
    event: int
    do: str
    migration: str
    org: str
    created_at: int
    tag: str = None
    text: str = None
    owner: str = None
    unless_entitled: dict = None
    not_before: int = None
    state: str = "pending"
    attempts: int = 0
    retry_at: int = None
    problem: str = None
    settled_at: int = None

    def document(self):
        where_they_apply = {
            "tag": self.tag,
            "text": self.text,
            "owner": self.owner,
            "unless_entitled": self.unless_entitled,
            "not_before": format_instant(self.not_before),
        }
        return {
            "seq": self.seq,
            "key": self.key,
            "do": self.do,
            "migration": self.migration,
            "org": self.org,
            **{name: value for name, value in where_they_apply.items() if value is not None},
            "created_at": format_instant(self.created_at),
            "state": self.state,
            "attempts": self.attempts,
            "retry_at": format_instant(self.retry_at),
            "problem": self.problem,
            "settled_at": format_instant(self.settled_at),
        }

    def waits(self, at):
        """After a failure."""
        return self.retry_at is not None and at < self.retry_at


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


class Work:
    """What steps and sweeps have in common: one record, one event, its actions."""

    def __init__(self, ledger, at, rules, record):
        self.ledger = ledger
        self.at = at
        self.rules = rules
        self.record = record
        self.event = None

    def happen(self, **event):
        """The record is as it shall be: its event keeps it."""
        self.event = Event(
            seq=len(self.ledger.events) + 2, at=self.at, record=copy(self.record),
            policy=self.rules.named(), **event,
        )
        self.ledger.events.append(self.event)

    def act(self, do, **details):
        record = self.record
        self.ledger.actions.append(Action(
            seq=len(self.ledger.actions) + 1,
            key=("action", self.event.seq, do, details.get("tag")),
            event=self.event.seq, do=do, migration=record.id, org=record.org,
            created_at=self.at, **details,
        ))

    def remove_tag(self, tag, other_side, **condition):
        """Unless the tag still has a reason."""
        if tag is not None and tag != other_side and not self.is_given_by_another(tag):
            self.act("org.remove_tag", tag=tag, **condition)

    def is_given_by_another(self, tag):
        others = [r for r in self.ledger.live(self.at) if r.number != self.record.number]
        return any(
            other.org == self.record.org and tag in self.ledger.added_tags(other)
            for other in others
        )

    def remove_new_tag(self, facts=None):
        """At an end of any kind. Facts are told in the policy's words: they can't speak of what it
        does not know."""
        record = self.record
        if not self.rules.knows(record.to, record.level):
            facts = None
        if facts and facts.has(record.to, record.level):
            return
        condition = {"offering": record.to, "level": record.level}
        old_tag = self.rules.tag_of(record.source, record.source_level)
        for tag in self.ledger.added_tags(record):
            self.remove_tag(tag, old_tag, unless_entitled=None if facts else condition)


class Step(Work):
    """A method for each kind of step; each gives the event."""

    def __init__(self, ledger, step, at, rules, record):
        super().__init__(ledger, at, rules, record)
        self.step = step
        self.actor = step["actor"]

    def may_in(self, state):
        """What a sweep has settled stays so, even if this step's clock is behind."""
        settled = self.record.due_at is None
        require(self.record.state(self.at) == state and not settled, "OFP-503")

    def is_approver(self):
        return self.step.get("role") in self.rules.approvers

    def must_be_approver(self):
        require(self.is_approver(), "OFP-504")

    def happen(self, **more):
        step = self.step
        super().happen(
            kind=step["do"], actor=self.actor, role=step.get("role"), reason=step.get("reason"),
            key=None, command=None, **more,
        )

    def facts_if_given(self):
        documents = self.step.get("facts")
        facts = facts_about(self.record.org, documents, self.rules, self.at)
        require(facts or documents is None, "OFP-522")
        return facts

    def change(self, **members):
        for name, value in members.items():
            setattr(self.record, name, value)
        self.record.revision += 1
        self.record.changed_at = self.at

    def settle(self, **members):
        self.change(due_at=None, **members)

    def close(self, **members):
        self.settle(closed_by=self.actor, closed_at=self.at, **members)

    # The steps

    def request(self):
        step, rules = self.step, self.rules
        rules.check_names(step)
        day = parse_day(step["target_date"])
        require(rules.today(self.at) <= day, "OFP-513")
        require(day <= rules.today(self.at) + rules.limit("max_days"), "OFP-514")
        facts = facts_about(step["org"], step.get("facts"), rules, self.at)
        require(facts, "OFP-522")
        level = facts.highest_active(step["from"])
        require(level, "OFP-509")
        place = (step["org"], step["to"])
        require(place not in [(r.org, r.to) for r in self.ledger.active(self.at)], "OFP-508")
        self.record = Record(
            number=len(self.ledger.records) + 1, org=step["org"], org_name=facts.org_name,
            source=step["from"], source_level=level, to=step["to"], level=step["level"],
            target_day=day, owner=step["owner"], reason=step.get("reason"),
            evidence=step.get("evidence"), requested_by=self.actor, requested_at=self.at,
            changed_at=self.at,
        )
        self.record.ends_at, self.record.forgotten_at = rules.end_of(day)
        self.record.due_at = rules.due_after(self.record, self.at)
        self.ledger.records.append(self.record)
        self.happen()
        self.act("ops.request", text=rules.text("ops_request", self.record))
        return self.event

    def approve(self):
        record, rules = self.record, self.rules
        self.may_in("open")
        self.must_be_approver()
        allowed = rules.migration.get("self_approval", False)
        require(allowed or self.actor != record.requested_by, "OFP-505")
        rules.check_promise(record)
        ends_at, forgotten_at = rules.end_of(record.target_day)
        require(self.at < ends_at, "OFP-503")
        live = self.ledger.live(self.at)
        require(len(live) < rules.limit("max_live"), "OFP-506")
        of_org = [other for other in live if other.org == record.org]
        require(len(of_org) < rules.limit("max_live_per_org"), "OFP-506")
        self.change(
            status="approved", ends_at=ends_at, forgotten_at=forgotten_at,
            decided_by=self.actor, decided_at=self.at, policy=rules.approved_under(),
        )
        record.due_at = rules.due_after(record, self.at)
        self.happen()
        tag = rules.tag_of(record.to, record.level)
        if rules.uses_tags and tag is not None:
            self.withdraw_removals(tag)
            self.act("org.add_tag", tag=tag)
        self.act("org.add_note", text=rules.text("org_note", record))
        return self.event

    def withdraw_removals(self, tag):
        for action in self.ledger.actions:
            place = (action.do, action.org, action.tag, action.state)
            if place == ("org.remove_tag", self.record.org, tag, "pending"):
                action.state, action.settled_at = "withdrawn", self.at

    def refuse(self):
        self.may_in("open")
        self.must_be_approver()
        self.settle(status="refused", decided_by=self.actor, decided_at=self.at)
        self.happen()
        return self.event

    def cancel(self):
        self.may_in("open")
        require(self.is_approver() or self.actor == self.record.requested_by, "OFP-504")
        self.close(status="cancelled")
        self.happen()
        return self.event

    def extend(self):
        record, rules = self.record, self.rules
        self.may_in("live")
        self.must_be_approver()
        rules.check_promise(record)
        day = parse_day(self.step["target_date"])
        require(rules.today(self.at) <= day, "OFP-513")
        require(day <= rules.today(self.at) + rules.limit("max_days"), "OFP-514")
        require(record.target_day < day, "OFP-515")
        require(record.extensions < rules.limit("max_extensions"), "OFP-507")
        ends_at, forgotten_at = rules.end_of(day)
        previous_day = record.target_day
        self.change(
            target_day=day, extensions=record.extensions + 1,
            ends_at=max(record.ends_at, ends_at),
            forgotten_at=max(record.forgotten_at, forgotten_at),
        )
        record.due_at = rules.due_after(record, self.at)
        self.happen(previous_day=previous_day)
        self.act("org.remove_note")
        self.act("org.add_note", text=rules.text("org_note", record))
        return self.event

    def end(self):
        self.may_in("live")
        self.must_be_approver()
        facts = self.facts_if_given()
        self.close(ends_at=self.at, forgotten_at=self.rules.forgotten_after(self.at))
        self.happen()
        self.act("org.remove_note")
        self.remove_new_tag(facts)
        return self.event

    def complete(self):
        self.may_in("live")
        facts = self.facts_if_given()
        self.close(status="completed", outcome=self.step["outcome"])
        self.happen()
        self.act("org.remove_note")
        self.remove_old_tag(facts)
        return self.event

    def remove_old_tag(self, facts):
        """When its entitlement ends, as far as that is known."""
        record, rules = self.record, self.rules
        left = facts.remaining(record.source) if facts else []
        level = rules.highest([e.level for e in left]) if left else record.source_level
        if not rules.uses_tags:
            return
        condition = {"unless_entitled": {"offering": record.source, "level": level}}
        if facts and not left:
            condition = {}
        elif facts and all(e.ends < float("inf") for e in left):
            condition = {"not_before": max(e.ends for e in left)}
        new_tag = rules.tag_of(record.to, record.level)
        self.remove_tag(rules.tag_of(record.source, level), new_tag, **condition)


class Sweep(Work):
    """What a sweep does for one record that is due; nobody's step, so the revision stays."""

    def __init__(self, ledger, at, rules, record, facts):
        super().__init__(ledger, at, rules, record)
        self.facts = facts_about(record.org, facts, rules, at)

    def happen(self, kind):
        key = ("sweep", kind, self.record.id, self.record.revision, self.due_at)
        super().happen(kind=kind, key=key, command=key)

    def run(self):
        self.due_at = self.record.due_at
        if self.record.ends_at <= self.at:
            self.expire()
        else:
            self.remind()
        return self.event

    def expire(self):
        self.record.due_at = None
        self.happen("expire")
        if self.record.status == "approved":
            self.act("org.remove_note")
            self.remove_new_tag(self.facts)

    def remind(self):
        record, rules = self.record, self.rules
        record.due_at = rules.due_after(record, self.at)
        self.happen("remind")
        self.act("owner.remind", owner=record.owner, text=rules.text("reminder", record))
