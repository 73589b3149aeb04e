# SPDX-License-Identifier: MIT
"""Business time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, NoReturn

from . import native
from .values import Period

if TYPE_CHECKING:
    from .policy import Policy

__all__ = ["Calendar"]

_due = native.calendar_due
_periods = native.calendar_periods

# How many periods are asked for at a time.
_PAGE = 16

# The first instant that the library does not work with.
_SUPPORTED_END = datetime(2201, 1, 1, tzinfo=timezone.utc)


class Calendar:
    """A calendar of a policy: when is it open, and when has so much open time passed?

    `Policy.calendar()` gives them. Instants are aware datetimes, in whatever zone; results are in
    UTC. Searches look 4,392 days ahead or back; what is not found there is None. A calendar is
    immutable: all threads may ask it at once.
    """

    __slots__ = ("_native", "_policy", "__weakref__")

    def __init__(self, native_calendar: native.Calendar, policy: Policy) -> None:
        self._native = native_calendar
        self._policy = policy

    @property
    def name(self) -> str:
        """Its name in the policy."""
        return native.calendar_name(self._native)

    @property
    def policy(self) -> Policy:
        """The policy that it is a part of."""
        return self._policy

    def due(self, start: datetime, seconds: timedelta | int) -> datetime | None:
        """The earliest instant by which so much open time has passed since `start`.

        A budget that is used up exactly at closing time is due at closing time; with 0 seconds it
        is `start` itself.
        """
        return _due(self._native, start, seconds)

    def due_back(self, start: datetime, seconds: timedelta | int) -> datetime | None:
        """The mirror of `due()`: the latest instant with so much open time up to `start`."""
        return native.calendar_due_back(self._native, start, seconds)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The open time from `start` to `end`; nothing if `end` is not after `start`."""
        return timedelta(seconds=self._native.elapsed(start, end))

    def is_open(self, instant: datetime) -> bool:
        """Is it open at this instant?"""
        return native.calendar_is_open(self._native, instant)

    def next_open(self, start: datetime) -> datetime | None:
        """The first open instant at or after `start`."""
        return native.calendar_next_open(self._native, start)

    def prev_open(self, start: datetime) -> datetime | None:
        """`start` itself if there is open time right before it, else the latest closing."""
        return native.calendar_prev_open(self._native, start)

    def periods(self, start: datetime) -> Iterator[Period]:
        """The open intervals that contain or follow `start`, the first one cut off at `start`.

        They are worked out as you go on, and there is no end to most calendars: stop when you have
        enough, for example with `itertools.islice()`.
        """
        return self._walk(_periods(self._native, start, _PAGE))

    def _walk(self, page: list[tuple[datetime, datetime | None]]) -> Iterator[Period]:
        while page:
            for start, end in page:
                if start >= _SUPPORTED_END:
                    return
                yield Period(start, end)
            if end is None or end >= _SUPPORTED_END:
                return
            page = _periods(self._native, end, _PAGE)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Calendar):
            return NotImplemented
        return self._policy is other._policy and self.name == other.name

    def __hash__(self) -> int:
        return hash((id(self._policy), self.name))

    def __repr__(self) -> str:
        return f"<Calendar {self.name!r} of {self._policy.name!r}>"

    def __copy__(self) -> Calendar:
        return self

    def __deepcopy__(self, memo: object) -> Calendar:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Calendar can't be pickled: load its policy where it is needed")
