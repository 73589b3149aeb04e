# SPDX-License-Identifier: MIT
"""Policies: what is sold, how fast it is answered, and the decisions that follow."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, NoReturn, Protocol, Self, TypeAlias, overload

from . import native
from .arguments import Path, text
from .calendar import Calendar
from .decision import Decision
from .errors import Diagnostic, PolicyError, RequestError, _diagnostic, _not_found
from .values import Action, ActionKind

__all__ = ["Document", "Policy"]

Document: TypeAlias = Mapping[str, Any]
"""A request or a part of one, as the manual describes it: mappings with `str` keys, sequences,
`str`, `int`, `bool`. Instants are text or aware datetimes, dates text or dates."""

_decide = native.policy_decide_from

_MANY = 256  # so many decisions are worth Policy.prepare()


def _options(zone_directory: Path | None, source: str | None, jit: bool) -> dict[str, Any]:
    return {
        "zone_directory": None if zone_directory is None else os.fsencode(zone_directory),
        "source": None if source is None else os.fsencode(text("source", source)),
        "no_jit": not jit,
    }


def _names(
    count: Callable[[native.Policy], int],
    name: Callable[[native.Policy, int], str],
    policy: native.Policy,
) -> tuple[str, ...]:
    return tuple(name(policy, index) for index in range(count(policy)))


class _Decides(Protocol):
    """What `DecideMany` is mixed into."""

    def decide(
        self, request: Document | None = None, *, now: datetime | str | None = None
    ) -> Decision:
        ...

    def _needed_policy(self) -> Policy:
        ...


class DecideMany:
    """What decides on many requests, one after another."""

    __slots__ = ()

    @overload
    def decide_many(
        self: _Decides,
        requests: Iterable[Document],
        *,
        now: datetime | str | None = None,
        errors: Literal["raise"] = "raise",
    ) -> Iterator[Decision]:
        ...

    @overload
    def decide_many(
        self: _Decides,
        requests: Iterable[Document],
        *,
        now: datetime | str | None = None,
        errors: Literal["return"],
    ) -> Iterator[Decision | RequestError]:
        ...

    def decide_many(
        self: _Decides,
        requests: Iterable[Document],
        *,
        now: datetime | str | None = None,
        errors: Literal["raise", "return"] = "raise",
    ) -> Iterator[Decision | RequestError]:
        """Decides on whole requests, each when its turn comes, in their order.

        With `errors="return"` a `RequestError` comes in the place of a decision, and the others go
        on.
        """
        if errors not in ("raise", "return"):
            raise ValueError(f'errors must be "raise" or "return", not {errors!r}')
        return _decide_each(self, iter(requests), now, errors == "return")


def _decide_each(
    decider: _Decides,
    requests: Iterator[Document],
    now: datetime | str | None,
    return_errors: bool,
) -> Iterator[Decision | RequestError]:
    for number, request in enumerate(requests):
        if number == _MANY:
            with contextlib.suppress(MemoryError):
                decider._needed_policy().prepare()
        try:
            answer: Decision | RequestError = decider.decide(request, now=now)
        except RequestError as error:
            if not return_errors:
                raise
            answer = error
        yield answer


class _TagActions(dict[tuple[int, int], Action]):
    """The tag actions of a policy by the numbers in C, each made when it is first needed."""

    __slots__ = ("_policy",)

    def __init__(self, policy: native.Policy) -> None:
        super().__init__()
        self._policy = policy

    def __missing__(self, pair: tuple[int, int]) -> Action:
        kind, tag = pair
        name = native.action_kind_name(kind)
        self[pair] = Action(ActionKind(name), native.policy_tag_name(self._policy, tag))
        return self[pair]


class Policy(DecideMany):
    """A compiled policy. It is immutable: all threads may use it at once.

    `Policy.load()`, `Policy.parse()` and `Policy.default()` make one.
    """

    __slots__ = (
        "_native",
        "_zone_directory",
        "_levels",
        "_priorities",
        "_offerings",
        "_calendars",
        "_sla_rules",
        "_tag_actions",
        "__weakref__",
    )

    _native: native.Policy
    _zone_directory: Path | None
    _levels: tuple[str, ...]
    _priorities: tuple[str, ...]
    _offerings: tuple[str, ...]
    _calendars: tuple[str, ...]
    _sla_rules: tuple[str, ...]
    _tag_actions: _TagActions

    def __init__(self) -> None:
        raise TypeError("use Policy.load(), Policy.parse() or Policy.default()")

    @classmethod
    def load(
        cls,
        path: Path,
        *,
        zone_directory: Path | None = None,
        source: str | None = None,
        jit: bool = True,
    ) -> Self:
        """Reads and compiles a policy file.

        `zone_directory` is where the zone files are, if not in /usr/share/zoneinfo; `source` is
        what messages call the file, if not by its path. Without `jit` patterns are interpreted:
        slower, but no memory becomes executable. A policy with mistakes raises `PolicyError`, which
        has them all; `warnings` of the policy has what is merely doubtful.
        """
        options = _options(zone_directory, source, jit)
        return cls._of(native.policy_load(os.fsencode(path), options), zone_directory)

    @classmethod
    def parse(
        cls,
        yaml: str,
        *,
        zone_directory: Path | None = None,
        source: str | None = None,
        jit: bool = True,
    ) -> Self:
        """Compiles a policy from its text (YAML); else as `load()`."""
        options = _options(zone_directory, source, jit)
        return cls._of(native.policy_parse(text("yaml", yaml), options), zone_directory)

    @classmethod
    def default(cls, *, zone_directory: Path | None = None, jit: bool = True) -> Self:
        """The small policy that is built into the library."""
        options = _options(zone_directory, None, jit)
        return cls._of(native.policy_default(options), zone_directory)

    @classmethod
    def check(cls, path: Path, *, zone_directory: Path | None = None) -> tuple[Diagnostic, ...]:
        """Everything that is wrong with a policy file, or doubtful, in the order of the places."""
        try:
            return cls.load(path, zone_directory=zone_directory).warnings
        except PolicyError as error:
            return error.diagnostics

    @classmethod
    def check_text(
        cls, yaml: str, *, zone_directory: Path | None = None, source: str | None = None
    ) -> tuple[Diagnostic, ...]:
        """The same for a policy's text."""
        try:
            return cls.parse(yaml, zone_directory=zone_directory, source=source).warnings
        except PolicyError as error:
            return error.diagnostics

    @classmethod
    def _of(cls, made: native.Policy, zone_directory: Path | None) -> Self:
        self = object.__new__(cls)
        self._native = made
        self._zone_directory = zone_directory
        self._levels = _names(native.policy_level_count, native.policy_level_name, made)
        self._priorities = _names(native.policy_priority_count, native.policy_priority_name, made)
        self._offerings = _names(native.policy_offering_count, native.policy_offering_name, made)
        self._sla_rules = _names(native.policy_sla_rule_count, native.policy_sla_rule_id, made)
        self._tag_actions = _TagActions(made)
        self._calendars = tuple(
            native.calendar_name(native.policy_calendar(made, index))
            for index in range(native.policy_calendar_count(made))
        )
        return self

    # --- what it says about itself ---

    @property
    def name(self) -> str:
        """Its name (`policy:`)."""
        return native.policy_name(self._native)

    @property
    def revision(self) -> str | None:
        """Its revision, if it names one."""
        return native.policy_revision(self._native)

    @property
    def digest(self) -> str:
        """ "sha256:" and the SHA-256 of the file's bytes in hexadecimal."""
        return native.policy_digest(self._native)

    @property
    def tzdata(self) -> str:
        """The version of the time zone data that it was loaded with, or "unknown"."""
        return native.policy_tzdata(self._native)

    @property
    def time_zone(self) -> str:
        """Name of the zone whose local dates are meant by dates without a time."""
        return native.zone_name(native.policy_zone(self._native))

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What the file says that is allowed, but probably not meant."""
        found = []
        for index in range(native.policy_warning_count(self._native)):
            found.append(_diagnostic(native.policy_warning(self._native, index)))
        return tuple(found)

    @property
    def levels(self) -> tuple[str, ...]:
        """The support levels, lowest first."""
        return self._levels

    @property
    def paid_levels(self) -> tuple[str, ...]:
        """The levels that somebody pays for, lowest first."""
        paid = native.policy_level_is_paid
        return tuple(
            name for index, name in enumerate(self._levels) if paid(self._native, index)
        )

    @property
    def priorities(self) -> tuple[str, ...]:
        """The priorities, lowest first."""
        return self._priorities

    @property
    def offerings(self) -> tuple[str, ...]:
        """The offerings, in the order of the file."""
        return self._offerings

    @property
    def titles(self) -> Mapping[str, str]:
        """The title of each offering, for people."""
        title = native.policy_offering_title
        return MappingProxyType(
            {name: title(self._native, index) for index, name in enumerate(self._offerings)}
        )

    @property
    def fields(self) -> Mapping[str, tuple[str, ...]]:
        """The values of each field that tickets may have."""
        fields = {}
        for field in range(native.policy_field_count(self._native)):
            count = native.policy_value_count(self._native, field)
            fields[native.policy_field_name(self._native, field)] = tuple(
                native.policy_value_name(self._native, field, value) for value in range(count)
            )
        return MappingProxyType(fields)

    @property
    def calendars(self) -> tuple[str, ...]:
        """The names of the calendars."""
        return self._calendars

    @property
    def sla_rules(self) -> tuple[str, ...]:
        """The ids of the SLA rules, in the order in which they are tried.

        With any of them, tickets need their `created_at`.
        """
        return self._sla_rules

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that the policy knows: level and focus tags, and those of conditions."""
        return _names(native.policy_tag_count, native.policy_tag_name, self._native)

    # --- calendars and dates ---

    def calendar(self, name: str) -> Calendar:
        """The calendar with this name; without one raises `NotFound`."""
        index = native.policy_find_calendar(self._native, text("name", name))
        if index < 0:
            raise _not_found("calendar", name, self._calendars)
        return Calendar(native.policy_calendar(self._native, index), self)

    def date_start(self, date: date) -> datetime:
        """The first instant of a local date in the policy's zone."""
        return native.policy_date_start(self._native, date)

    def migration_end(self, target_date: date) -> tuple[datetime, datetime]:
        """When a migration with this last day ends, and when it is forgotten."""
        return native.policy_migration_end(self._native, target_date)

    # --- deciding ---

    def decide(
        self,
        request: Document | None = None,
        *,
        ticket: Document | None = None,
        org: Document | None = None,
        entitlements: Sequence[Document] | None = None,
        migrations: Sequence[Document] | None = None,
        now: datetime | str | None = None,
    ) -> Decision:
        """Decides on a ticket: a whole request, or its parts.

        `now` is the instant to decide for. A whole request may name it itself, and then that
        counts. Facts that are wrong raise `RequestError`, whose `pointer` names the place. Nothing
        but policy and facts has a say: no clock, environment, locale, file or network.
        """
        return Decision(
            _decide(self._native, request, ticket, org, entitlements, migrations, now), self
        )

    def prepare(self) -> None:
        """Prepares for many decisions: patterns are then told apart sooner, with the same answers.

        It takes some milliseconds, and once is enough. `decide_many()` does it by itself after some
        hundred requests.
        """
        native.policy_prepare(self._native)

    def _needed_policy(self) -> Policy:
        return self

    def _zone(self, name: str) -> native.Zone:
        directory = self._zone_directory
        return native.zone_load(
            None if directory is None else os.fsencode(directory), text("time_zone", name)
        )

    def __repr__(self) -> str:
        revision = f" revision {self.revision!r}" if self.revision else ""
        return f"<Policy {self.name!r}{revision}>"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Policy can't be pickled: load it where it is needed")
