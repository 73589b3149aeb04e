# SPDX-License-Identifier: MIT
"""What was decided about a ticket."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn

from . import native
from .values import (
    Action,
    Metric,
    OfferingSource,
    Reason,
    Sla,
    Target,
    TargetKind,
    Verdict,
    _action,
    _reason,
)

if TYPE_CHECKING:
    from .policy import Policy

__all__ = ["Decision"]

# In the order of their numbers in C.
_VERDICTS: tuple[Verdict, ...] = tuple(Verdict)
_METRICS: tuple[Metric, ...] = tuple(Metric)
_TARGET_KINDS: tuple[TargetKind, ...] = tuple(TargetKind)
_SOURCES: tuple[OfferingSource | None, ...] = (None, *OfferingSource)

_verdict = native.decision_verdict
_level = native.decision_level
_actions = native.decision_actions


class Decision:
    """A decision: immutable, with all that it needs. All threads may read it.

    Decisions are made by `Policy.decide()` and `Store.decide()`. Their parts are read when they
    are asked for. Two decisions are equal if they say the same in every part, reasons included.
    """

    __slots__ = ("_native", "_policy", "_parsed", "_reasons", "__weakref__")
    __match_args__ = ("verdict", "offering", "level")

    _parsed: dict[str, Any]
    _reasons: tuple[Reason, ...]

    def __init__(self, native_decision: native.Decision, policy: Policy) -> None:
        self._native = native_decision
        self._policy = policy

    @property
    def verdict(self) -> Verdict:
        """The answer in a word."""
        return _VERDICTS[_verdict(self._native)]

    @property
    def level(self) -> str:
        """The support level."""
        return self._policy._levels[_level(self._native)]

    @property
    def offering(self) -> str | None:
        """The ticket's offering; None if it could not be told."""
        index = native.decision_offering(self._native)
        return None if index < 0 else self._policy.offerings[index]

    @property
    def offering_from(self) -> OfferingSource | None:
        """How the offering was told; None if it could not be."""
        return _SOURCES[native.decision_offering_source(self._native)]

    @property
    def priority(self) -> str:
        """The ticket's priority, after the priority rules."""
        return self._policy.priorities[native.decision_priority(self._native)]

    @property
    def ticket(self) -> str:
        """The ticket's id."""
        return native.decision_ticket(self._native)

    @property
    def org(self) -> str | None:
        """The org's id; None if there is none."""
        return native.decision_org(self._native)

    @property
    def now(self) -> datetime:
        """The instant that was decided for."""
        return native.decision_now(self._native)

    @property
    def created_at(self) -> datetime | None:
        """When the ticket was created, if that is known."""
        return native.decision_created_at(self._native)

    @property
    def valid_until(self) -> datetime | None:
        """The earliest instant at which the answer may change by itself; None: it does not."""
        return native.decision_valid_until(self._native)

    @property
    def policy(self) -> Policy:
        """The policy that decided."""
        return self._policy

    @property
    def tag_actions(self) -> tuple[Action, ...]:
        """The actions that change tags, which come first among `actions`."""
        return tuple(map(self._policy._tag_actions.__getitem__, _actions(self._native)))

    @property
    def actions(self) -> tuple[Action, ...]:
        """What the host shall do, in this order, with the texts of replies and notes."""
        return tuple(map(_action, self._document["actions"]))

    @property
    def sla(self) -> Sla | None:
        """The SLA rule that holds, with its targets; None: there is none."""
        rule = native.decision_sla_rule(self._native)
        if rule < 0:
            return None
        targets = map(self._target, native.decision_targets(self._native))
        return Sla(self._policy._sla_rules[rule], tuple(targets))

    def _target(self, numbers: tuple[int, int, int, int, datetime | None]) -> Target:
        metric, kind, calendar, seconds, due_at = numbers
        return Target(
            _METRICS[metric],
            _TARGET_KINDS[kind],
            self._policy._calendars[calendar],
            timedelta(seconds=seconds),
            due_at,
        )

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, in the order in which the decision was made; also what was passed over."""
        try:
            return self._reasons
        except AttributeError:
            self._reasons = self._make_reasons()
            return self._reasons

    def explain(
        self, *, time_zone: str | None = None, colour: bool = False, verbose: bool = False
    ) -> str:
        """The decision in words, for people: the answer, why, what to do now, and by when.

        Instants are shown in `time_zone`, a name such as "Europe/Amsterdam", or in the policy's
        zone; `colour` is for ANSI terminals; `verbose` tells what was passed over, too.
        """
        zone = None if time_zone is None else self._policy._zone(time_zone)
        options = {"zone": zone, "colour": colour, "verbose": verbose}
        return native.decision_explain(self._native, options)

    def to_json(self) -> str:
        """The decision as one line of JSON, as all languages and the command write it."""
        return native.decision_write_json(self._native)

    def to_dict(self) -> dict[str, Any]:
        """The same as a new dict, with instants as text."""
        parsed: dict[str, Any] = json.loads(self.to_json())
        return parsed

    @property
    def _document(self) -> dict[str, Any]:
        try:
            return self._parsed
        except AttributeError:
            self._parsed = self.to_dict()
            return self._parsed

    def _make_reasons(self) -> tuple[Reason, ...]:
        reasons = []
        index = 0
        for document in self._document["reasons"]:
            # An entry may stand for several that were left out.
            more = document.get("more")
            sentence = None
            if more is None:
                sentence = native.decision_reason_sentence(self._native, index)
            reasons.append(_reason(document, sentence))
            index += more or 1
        return tuple(reasons)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        return self is other or self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __repr__(self) -> str:
        about = f"ticket={self.ticket!r}, verdict={str(self.verdict)!r}"
        return f"<Decision {about}, offering={self.offering!r}, level={self.level!r}>"

    def __copy__(self) -> Decision:
        return self

    def __deepcopy__(self, memo: object) -> Decision:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Decision can't be pickled: pickle its to_dict() or to_json()")
