# SPDX-License-Identifier: MIT
"""What decisions and calendars are made of: enums and frozen dataclasses.

Levels, priorities, offerings, calendars and tags are the policy's own words, and so plain `str`.
Instants are aware datetimes in UTC.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

__all__ = [
    "Action",
    "ActionKind",
    "Metric",
    "OfferingSource",
    "Period",
    "Reason",
    "Sla",
    "Target",
    "TargetKind",
    "Verdict",
]


class Verdict(enum.StrEnum):
    """The answer in a word."""

    UNKNOWN_ORG = "unknown_org"
    UNSURE = "unsure"
    ENTITLED = "entitled"
    MIGRATION = "migration"
    ON_HOLD = "on_hold"
    UPCOMING = "upcoming"
    MIGRATION_PENDING = "migration_pending"
    MIGRATION_REFUSED = "migration_refused"
    MIGRATION_EXPIRED = "migration_expired"
    MIGRATION_OFFER = "migration_offer"
    LAPSED = "lapsed"
    UNPAID = "unpaid"


class OfferingSource(enum.StrEnum):
    """How a ticket's offering was told."""

    EXPLICIT = "explicit"
    RULE = "rule"
    PATTERNS = "patterns"


class Metric(enum.StrEnum):
    """What a target measures."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    PERIODIC_UPDATE = "periodic_update"
    RESOLUTION = "resolution"


class TargetKind(enum.StrEnum):
    """How binding a target is: promised by contract, or an aim of the team."""

    SLA = "sla"
    SLO = "slo"


class ActionKind(enum.StrEnum):
    """What the host shall do to the ticket."""

    REMOVE_TAG = "ticket.remove_tag"
    ADD_TAG = "ticket.add_tag"
    PUBLIC_REPLY = "ticket.public_reply"
    INTERNAL_NOTE = "ticket.internal_note"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the host shall do: change a tag, or post a text."""

    do: ActionKind
    tag: str | None = None
    text: str | None = None
    key: str | None = None
    """Of a text: the same on every run for the same intention. Skip a key that you have posted."""


@dataclass(frozen=True, slots=True)
class Target:
    """By when something must be done."""

    metric: Metric
    kind: TargetKind
    calendar: str
    """Name of the calendar whose open time counts."""
    budget: timedelta
    """The open time that there is."""
    due_at: datetime | None
    """None: it needs the ticket's history, or is out of reach."""


@dataclass(frozen=True, slots=True)
class Sla:
    """The SLA rule that holds, and its targets."""

    rule: str
    targets: tuple[Target, ...]

    def target(self, metric: str) -> Target | None:
        """The target for a metric, if there is one."""
        return next((one for one in self.targets if one.metric == metric), None)


@dataclass(frozen=True, slots=True, repr=False)
class Reason:
    """One thing that was found on the way to a decision. What does not apply is None."""

    code: str
    """For example "entitlement_ended"; the manual lists them all."""
    sentence: str | None
    """The same in words. None where `more` stands for several."""
    decides: bool = False
    """Is it among those that gave the answer?"""
    rule: int | None = None
    """Index in the policy's list, from 0."""
    entitlement: int | None = None
    """Index in the request's list, from 0."""
    migration: int | None = None
    """Index in the request's list, from 0."""
    id: str | None = None
    line: int | None = None
    offering: str | None = None
    level: str | None = None
    priority: str | None = None
    condition: str | None = None
    field: str | None = None
    score: int | None = None
    next: str | None = None
    next_score: int | None = None
    limit: int | None = None
    date: date | None = None
    at: datetime | None = None
    more: int | None = None
    """How many others with this code were left out."""

    def __repr__(self) -> str:
        values = ((name, getattr(self, name)) for name in self.__match_args__)
        applies = (one for one in values if one[1] is not None and one[1] is not False)
        return f"Reason({', '.join(f'{name}={value!r}' for name, value in applies)})"


@dataclass(frozen=True, slots=True)
class Period:
    """An open interval: from `start` on, up to but not including `end`."""

    start: datetime
    end: datetime | None
    """None: as far as calendars look."""


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _action(document: dict[str, Any]) -> Action:
    return Action(
        ActionKind(document["do"]),
        document.get("tag"),
        document.get("text"),
        document.get("key"),
    )


_REASON_FIELDS = frozenset(one.name for one in fields(Reason))


def _reason(document: dict[str, Any], sentence: str | None) -> Reason:
    facts = {name: value for name, value in document.items() if name in _REASON_FIELDS}
    if "at" in facts:
        facts["at"] = datetime.fromisoformat(facts["at"])
    if "date" in facts:
        facts["date"] = date.fromisoformat(facts["date"])
    return Reason(sentence=sentence, **facts)
