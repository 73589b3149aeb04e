# SPDX-License-Identifier: MIT
"""What a store gives back: enums and frozen dataclasses.

Offerings and levels are names, as they were written. Instants are aware datetimes in UTC. What is
missing is None. Each record's `to_dict()` and `to_json()` give the document that all languages and
the command write, in which `from_` is called `from`.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Self

from . import native
from .decision import Decision
from .errors import Error
from .values import _instant

__all__ = [
    "Entitlement",
    "Event",
    "EventKind",
    "Expiry",
    "History",
    "HostAction",
    "HostActionKind",
    "HostActionState",
    "LoggedDecision",
    "Migration",
    "MigrationState",
    "MigrationStatus",
    "Outcome",
    "PolicyStamp",
    "Replay",
    "StepResult",
    "StoreStats",
]


class MigrationStatus(enum.StrEnum):
    """What people last did."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class MigrationState(enum.StrEnum):
    """What a migration is at some instant: its status, and what the clock says about its end."""

    OPEN = "open"
    LIVE = "live"
    REFUSED = "refused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    ENDED = "ended"
    MISSED = "missed"


class Outcome(enum.StrEnum):
    """How a completed migration came out: was the goal reached?"""

    REACHED = "reached"
    NOT_REACHED = "not_reached"


class EventKind(enum.StrEnum):
    """What has happened."""

    REQUEST = "request"
    APPROVE = "approve"
    REFUSE = "refuse"
    EXTEND = "extend"
    END = "end"
    COMPLETE = "complete"
    CANCEL = "cancel"
    EXPIRE = "expire"
    REMIND = "remind"
    CREATE = "create"
    PRUNE_LOG = "prune_log"


class HostActionKind(enum.StrEnum):
    """What the host shall do."""

    ADD_TAG = "org.add_tag"
    REMOVE_TAG = "org.remove_tag"
    ADD_NOTE = "org.add_note"
    REMOVE_NOTE = "org.remove_note"
    ASK_OPS = "ops.request"
    REMIND = "owner.remind"


class HostActionState(enum.StrEnum):
    """Where an action stands."""

    PENDING = "pending"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class _Document:
    """A record that is read from a document, and gives it back."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]]  # the fields' names

    # How members become values, where they are not the same.
    _READERS: ClassVar[dict[str, Callable[[Any], Any]]] = {}
    # Members that are left out of the document where they do not apply.
    _OPTIONAL: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def _read(cls, document: dict[str, Any] | None) -> Any:
        if document is None:
            return None
        values = {}
        for name in cls.__match_args__:
            value = document.get(name.rstrip("_"))
            reader = cls._READERS.get(name)
            values[name] = value if value is None or reader is None else reader(value)
        return cls(**values)

    @classmethod
    def _parse(cls, text: str) -> Self:
        made: Self = cls._read(json.loads(text))
        return made

    def to_dict(self) -> dict[str, Any]:
        """The record's document as a new dict, with instants and dates as text."""
        document = {}
        for name in self.__match_args__:
            value = getattr(self, name)
            if value is not None or name not in self._OPTIONAL:
                document[name.rstrip("_")] = _plain(value)
        return document

    def to_json(self) -> str:
        """The record's document as one line of JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """A value as it stands in a document."""
    if isinstance(value, _Document):
        return value.to_dict()
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple):
        return list(map(_plain, value))
    return value


def _word(kind: type[enum.StrEnum]) -> Callable[[str], str]:
    """Reads words of an enum; one that a newer library has added stays a `str`."""

    def read(word: str) -> str:
        try:
            return kind(word)
        except ValueError:
            return word

    return read


@dataclass(frozen=True, slots=True)
class PolicyStamp(_Document):
    """By which policy something was done."""

    name: str
    revision: str | None
    """Of events: None."""
    digest: str


@dataclass(frozen=True, slots=True)
class Entitlement(_Document):
    """An offering at a level."""

    offering: str
    level: str


@dataclass(frozen=True, slots=True)
class Migration(_Document):
    """A migration, as it was at some instant."""

    _READERS = {
        "target_date": date.fromisoformat,
        "ends_at": _instant,
        "forgotten_at": _instant,
        "status": _word(MigrationStatus),
        "state": _word(MigrationState),
        "requested_at": _instant,
        "decided_at": _instant,
        "changed_at": _instant,
        "closed_at": _instant,
        "outcome": _word(Outcome),
        "policy": PolicyStamp._read,
    }

    id: str
    """ "M-" and a number."""
    org: str
    org_name: str | None
    from_: str
    """The offering it moves from."""
    from_level: str
    to: str
    """The offering it moves to."""
    level: str
    """The level that is promised."""
    target_date: date
    """Its last day."""
    ends_at: datetime
    """The first instant after it."""
    forgotten_at: datetime
    """From when on it counts for nothing."""
    status: MigrationStatus
    state: MigrationState
    """What it is at the instant that was asked for."""
    revision: int
    """1, and one more with each step."""
    owner: str
    reason: str | None
    evidence: str | None
    requested_by: str
    requested_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    changed_at: datetime
    closed_by: str | None
    closed_at: datetime | None
    outcome: Outcome | None
    extensions: int
    """How often it was extended."""
    policy: PolicyStamp | None
    """The policy that it was approved under."""


@dataclass(frozen=True, slots=True)
class Event(_Document):
    """An event of the audit log."""

    _READERS = {
        "at": _instant,
        "kind": _word(EventKind),
        "migration": Migration._read,
        "previous_date": date.fromisoformat,
        "policy": PolicyStamp._read,
    }

    seq: int
    """Its place in the log, from 1."""
    at: datetime
    kind: EventKind
    migration: Migration | None
    """As it was afterwards; None: the event is about the whole store."""
    actor: str | None
    role: str | None
    reason: str | None
    key: str | None
    """The step's idempotency key."""
    previous_date: date | None
    """Of an extension: the target date before."""
    policy: PolicyStamp | None
    detail: str | None
    """Of the whole store: what was done, in words."""
    hash: str

    def to_dict(self) -> dict[str, Any]:
        """The event's document as a new dict, with instants and dates as text."""
        document = _Document.to_dict(self)
        if document["policy"]:
            del document["policy"]["revision"]
        return document


@dataclass(frozen=True, slots=True)
class HostAction(_Document):
    """An action for the host, outside of tickets."""

    _READERS = {
        "do": _word(HostActionKind),
        "unless_entitled": Entitlement._read,
        "not_before": _instant,
        "created_at": _instant,
        "state": _word(HostActionState),
        "retry_at": _instant,
        "settled_at": _instant,
    }
    _OPTIONAL = frozenset({"tag", "text", "owner", "unless_entitled", "not_before"})

    seq: int
    """Its place in the order of actions."""
    key: str
    """The same on every listing: skip one that you have carried out, and acknowledge it."""
    do: HostActionKind
    migration: str
    """Id of the migration that it belongs to."""
    org: str
    """Id of the org that it is about."""
    tag: str | None
    text: str | None
    owner: str | None
    """Whom to remind."""
    unless_entitled: Entitlement | None
    """Do nothing if the org has an active paid entitlement for this at that time."""
    not_before: datetime | None
    created_at: datetime
    """When the step was taken that caused it."""
    state: HostActionState
    attempts: int
    """How often it failed."""
    retry_at: datetime | None
    """After a failure: not before."""
    problem: str | None
    """Why it failed last."""
    settled_at: datetime | None
    """When it was acknowledged or withdrawn."""


@dataclass(frozen=True, slots=True)
class LoggedDecision(_Document):
    """A decision as it was logged."""

    _READERS = {"at": _instant}

    seq: int
    """Its place in the log."""
    at: datetime
    """The instant that was decided for."""
    ticket: str
    org: str | None
    policy_digest: str
    tzdata: str
    request: dict[str, Any] = field(hash=False)
    """With the org's migrations as they were: `Policy.decide()` takes it."""
    decision: dict[str, Any] = field(hash=False)
    """Without the texts of its actions."""


@dataclass(frozen=True, slots=True)
class StepResult(_Document):
    """What a step has done."""

    repeated: bool
    """Was it taken earlier with the same key, so that this is its first answer?"""
    migration: Migration
    """As it was afterwards."""
    event: Event
    actions: tuple[HostAction, ...]
    """What the host shall do."""


@dataclass(frozen=True, slots=True)
class History(_Document):
    """A migration and all that has happened to it, oldest first."""

    migration: Migration
    events: tuple[Event, ...]
    actions: tuple[HostAction, ...]


@dataclass(frozen=True, slots=True)
class Expiry(_Document):
    """What a sweep has found: an end that has passed, or a reminder."""

    event: Event
    actions: tuple[HostAction, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """A logged decision, and what is decided on the same request now."""

    logged: LoggedDecision
    decision: Decision | None
    """None: see `error`."""
    differences: dict[str, Any] = field(hash=False)
    """Member by member what was and what would be; empty: the same."""
    error: Error | None = None
    """Why this policy can't decide on that request."""


@dataclass(frozen=True, slots=True)
class StoreStats(_Document):
    """How much there is in a store."""

    schema: int
    """Version of the file's layout."""
    bytes: int
    """Size of the file."""
    migrations: int
    open: int
    """Requested and not past their end."""
    live: int
    """Approved and not ended."""
    overdue: int
    """Past their end, but not yet seen by a sweep."""
    pending_actions: int
    failed_actions: int
    """Pending ones that failed at least once."""
    oldest_pending: datetime | None
    """When the oldest pending action was made."""
    events: int
    decisions: int
    """In the decision log."""


# --- what C gives, read ---


def _migrations(records: native.Records, at: datetime) -> tuple[Migration, ...]:
    count = native.records_migration_count(records)
    write = native.records_write_migration
    return tuple(Migration._parse(write(records, index, at)) for index in range(count))


def _events(records: native.Records) -> tuple[Event, ...]:
    count = native.records_event_count(records)
    write = native.records_write_event
    return tuple(Event._parse(write(records, index)) for index in range(count))


def _actions(records: native.Records) -> tuple[HostAction, ...]:
    count = native.records_action_count(records)
    write = native.records_write_action
    return tuple(HostAction._parse(write(records, index)) for index in range(count))


def _logged(records: native.Records) -> tuple[LoggedDecision, ...]:
    count = native.records_decision_count(records)
    write = native.records_write_decision
    return tuple(LoggedDecision._parse(write(records, index)) for index in range(count))
