"""The contract's calendars, slow and obvious.

Everything here follows the written contract and nothing else: a calendar's
open time is computed day by day, as intervals of seconds since the epoch, and
every question is answered from the plain list of them.

Words: an *instant* is seconds since 1970-01-01T00:00:00Z; a *label* is what a
wall clock shows, as seconds since it showed 1970-01-01 00:00; a *day* is a
local date, counted from 1970-01-01; a *span* is a pair of labels within a day.
"""

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
import zoneinfo

DAY = 86400
SEARCH_DAYS = 4392
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_EPOCH = datetime(1970, 1, 1)
_SECOND = timedelta(seconds=1)


# Instants, days and labels as text

def parse_instant(text):
    """RFC 3339 with an offset; fractions of a second are cut off."""
    moment = datetime.fromisoformat(text).replace(microsecond=0)
    return (moment.astimezone(timezone.utc).replace(tzinfo=None) - _EPOCH) // _SECOND


def format_instant(instant):
    """UTC with a `Z`; what was not found stays None."""
    if instant is None:
        return None
    return (_EPOCH + instant * _SECOND).isoformat() + "Z"


def parse_day(text):
    return date.fromisoformat(text).toordinal() - _EPOCH.toordinal()


def format_day(day):
    return date.fromordinal(_EPOCH.toordinal() + day).isoformat()


def weekday(day):
    """0 is Monday; 1970-01-01 was a Thursday."""
    return (day + 3) % 7


def parse_time(text):
    """`HH:MM` or `HH:MM:SS`, up to 24:00, in seconds since midnight."""
    hours, minutes, seconds = (text + ":00").split(":")[:3]
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def parse_span(text):
    """`FROM-TO`; an end before its start is on the next local date."""
    start, end = map(parse_time, text.split("-"))
    return (start, end + DAY) if end < start else (start, end)


def parse_weekdays(text):
    """`mon`, `mon-thu`, and round the week: `fri-mon`."""
    name, _, last_name = text.partition("-")
    first, last = WEEKDAYS.index(name), WEEKDAYS.index(last_name or name)
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


# Time zones

def pin_zones(directory):
    """Read zones from this directory only, whatever the system has."""
    zoneinfo.reset_tzpath(to=[directory])
    zoneinfo.ZoneInfo.clear_cache()
    zone.cache_clear()


@lru_cache(maxsize=None)
def zone(name):
    return Zone(name)


class Zone:
    """Both ways between instants and labels.

    Only the way from an instant to its label is asked of zoneinfo; the way
    back searches for the instants that show a label, so that nothing depends
    on `fold`.
    """

    # No zone is further from UTC, and none has kept an offset for as little
    # as a day: looking every six hours sees every offset.
    WIDEST_OFFSET = 26 * 3600
    STEP = 6 * 3600

    def __init__(self, name):
        self._zone = zoneinfo.ZoneInfo(name)
        self._offsets = {}

    def label_at(self, instant):
        local = datetime.fromtimestamp(instant, self._zone)
        return (local.replace(tzinfo=None) - _EPOCH) // _SECOND

    def offset_at(self, instant):
        return self.label_at(instant) - instant

    def instant_of(self, label):
        """An ambiguous label is its first occurrence; a label inside a gap
        moves forward by the gap's length."""
        instants = [label - offset for offset in self._offsets_near(label // DAY)]
        occurrences = [i for i in instants if self.label_at(i) == label]
        if occurrences:
            return min(occurrences)
        return self.instant_of(label + self._gap_at(label))

    def midnight(self, day):
        """The first instant of a local date."""
        return self.instant_of(day * DAY)

    def _offsets_near(self, day):
        """Every offset in force at any instant that may show this date."""
        if day not in self._offsets:
            first = day * DAY - self.WIDEST_OFFSET
            last = (day + 1) * DAY + self.WIDEST_OFFSET
            self._offsets[day] = {self.offset_at(i) for i in range(first, last, self.STEP)}
        return self._offsets[day]

    def _gap_at(self, label):
        """How far the clock jumped when it left this label out."""
        before, after = label - self.WIDEST_OFFSET, label + self.WIDEST_OFFSET
        while after - before > 1:
            middle = (before + after) // 2
            if self.label_at(middle) < label:
                before = middle
            else:
                after = middle
        return self.offset_at(after) - self.offset_at(before)


# Intervals: half-open pairs of instants

def merge(intervals):
    """Overlapping and touching intervals are one."""
    merged = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def without(intervals, hole):
    """What is left of the intervals outside the hole."""
    pieces = []
    for start, end in intervals:
        pieces += [(start, min(end, hole[0])), (max(start, hole[1]), end)]
    return [(start, end) for start, end in pieces if start < end]


def clip(intervals, start, end):
    clipped = [(max(a, start), min(b, end)) for a, b in intervals]
    return [(a, b) for a, b in clipped if a < b]


class Calendar:
    """One calendar of a policy."""

    def __init__(self, definition):
        self._zone = zone(definition.get("time_zone", "UTC"))
        self._always_open = definition.get("always_open", False)
        self._hours = {
            number: [parse_span(text) for text in spans]
            for days, spans in definition.get("hours", {}).items()
            for number in parse_weekdays(days)
        }
        self._days = _spans_by_day(definition.get("days", {}))
        self._breaks = _spans_by_day(definition.get("breaks", {}))
        self._holidays = {_holiday_date(holiday) for holiday in definition.get("holidays", [])}
        self._closures = [
            (parse_instant(closure["from"]), parse_instant(closure["to"]))
            for closure in definition.get("closures", [])
        ]
        self._shifts = {}

    def open_time(self, start, end):
        """Hours, less breaks, less holidays, less closures: the open
        intervals between two instants, in order."""
        # Overnight shifts and skipped dates reach into neighbouring days.
        days = range(start // DAY - 4, end // DAY + 5)
        remaining = [(start, end)] if self._always_open else self._scheduled(days)
        for hole in self._closed(days):
            remaining = without(remaining, hole)
        return clip(remaining, start, end)

    def _scheduled(self, days):
        return merge(shift for day in days for shift in self._shifts_of(day))

    def _shifts_of(self, day):
        """`days` replaces the hours of shifts that start on that date."""
        if day not in self._shifts:
            spans = self._days.get(day, self._hours.get(weekday(day), []))
            self._shifts[day] = self._intervals(day, spans)
        return self._shifts[day]

    def _closed(self, days):
        breaks = [
            interval
            for day, spans in self._breaks.items() if day in days
            for interval in self._intervals(day, spans)
        ]
        holidays = [
            interval
            for day in self._holidays if day in days
            for interval in self._intervals(day, [(0, DAY)])
        ]
        return merge(breaks + holidays + self._closures)

    def _intervals(self, day, spans):
        """Spans of a local date as instants; empty after conversion: dropped."""
        intervals = [
            tuple(self._zone.instant_of(day * DAY + label) for label in span)
            for span in spans
        ]
        return [(start, end) for start, end in intervals if start < end]

    # The questions

    def is_open(self, start):
        return self.open_time(start, start + 1) != []

    def elapsed(self, start, end):
        """0 if end <= start; the only question without a search limit."""
        return sum(b - a for a, b in self.open_time(start, end)) if start < end else 0

    def due(self, start, seconds):
        """The earliest instant by which so much open time has passed."""
        if seconds == 0:
            return start
        for window in _windows():
            left = seconds
            for a, b in self.open_time(start, start + window):
                if left <= b - a:
                    return a + left
                left -= b - a
        return None

    def due_back(self, start, seconds):
        """The latest instant since which so much open time has passed."""
        if seconds == 0:
            return start
        for window in _windows():
            left = seconds
            for a, b in reversed(self.open_time(start - window, start)):
                if left <= b - a:
                    return b - left
                left -= b - a
        return None

    def next_open(self, start):
        """The first open instant at or after."""
        for window in _windows():
            intervals = self.open_time(start, start + window)
            if intervals:
                return intervals[0][0]
        return None

    def prev_open(self, start):
        """The instant itself if there is open time right before it, else the
        latest closing before it."""
        for window in _windows():
            intervals = self.open_time(start - window, start)
            if intervals:
                return intervals[-1][1]
        return None

    def periods(self, start, count):
        """The first intervals that contain or follow an instant, the first
        cut off at it; an end beyond the search limit is None."""
        for window in _windows():
            limit = start + window
            # One second more shows whether an interval goes on beyond.
            found = [i for i in self.open_time(start, limit + 1) if i[0] < limit][:count]
            if len(found) == count and found[-1][1] <= limit:
                break
        return [(a, b if b <= limit else None) for a, b in found]


def _windows():
    """How far to look, in seconds: most answers are near, and the last window
    is the contract's limit."""
    return [days * DAY for days in (8, 64, 512, SEARCH_DAYS)]


def _spans_by_day(table):
    return {parse_day(day): [parse_span(text) for text in spans] for day, spans in table.items()}


def _holiday_date(holiday):
    return parse_day(holiday["date"] if isinstance(holiday, dict) else holiday)


def answer(calendar, question):
    """The `result` for one question of `offerpolicy calendar`."""
    start = parse_instant(question["start"])
    op = question["op"]
    if op == "is_open":
        return calendar.is_open(start)
    if op == "elapsed":
        return calendar.elapsed(start, parse_instant(question["end"]))
    if op == "periods":
        return [
            [format_instant(a), format_instant(b)]
            for a, b in calendar.periods(start, question["count"])
        ]
    if op in ("due", "due_back"):
        return format_instant(getattr(calendar, op)(start, question["seconds"]))
    if op in ("next_open", "prev_open"):
        return format_instant(getattr(calendar, op)(start))
    raise ValueError(f"unknown op {op!r}")
