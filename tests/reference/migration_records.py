# SPDX-License-Identifier: MIT
"""What a store keeps: records of migrations, events, actions for the host.

A `document` is what the command prints.
"""

from dataclasses import dataclass

from calendar_model import format_day, format_instant


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
