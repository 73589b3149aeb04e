# SPDX-License-Identifier: MIT
"""Wrong types for every argument: Python's own errors, in Python's words, and never a crash."""

import copy
import inspect
import io
import os
import random
import unittest
from datetime import date, datetime, time, timedelta, tzinfo

import offerpolicy
from offerpolicy import Calendar, Decision, Error, Policy, Store, add_note, native, remove_note
from support import (
    CONTRACT,
    DAY,
    FULL,
    HOUR,
    NOW,
    SANITIZED,
    UTC,
    StoreCase,
    facts,
    request,
    ticket,
)


class Strange:
    """Answers every question with itself."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_, **__):
        return self


class Zone(tzinfo):
    def utcoffset(self, moment):
        raise LookupError("no such zone")


# What may be raised. An OSError is an answer where a path was given.
REFUSALS = (TypeError, ValueError, OverflowError, LookupError, Error, OSError)
WRONG = [
    None,
    True,
    0,
    -1,
    7,
    2**31,
    2**63,
    -(2**63),
    10**40,
    1.5,
    float("nan"),
    float("inf"),
    1j,
    "",
    "x",
    "M-1",
    "a\0b",
    "\ud800",
    "2026-11-20T18:00:00Z",
    "x" * 5000,
    b"",
    b"x",
    bytearray(b"x"),
    memoryview(b"x"),
    (),
    [],
    [None],
    [[]],
    {},
    {"id": None},
    {1: 2},
    set(),
    object(),
    object,
    len,
    Strange(),
    NOW,
    datetime.max.replace(tzinfo=UTC),
    datetime.min.replace(tzinfo=UTC),
    datetime(2026, 1, 1),
    datetime(2026, 1, 1, tzinfo=Zone()),
    date(2026, 1, 1),
    date.max,
    time(12),
    DAY,
    timedelta.max,
    timedelta.min,
    io.StringIO("x"),
    iter([1]),
    Ellipsis,
]
# What must never be seen of C.
INNARDS = ("ofp_", "in method", "argument 1", "Swig", "SWIG", "int64_t", "const char")


class InFolder(StoreCase):
    """In a folder of its own, since some of the wrong values are names of files."""

    def setUp(self):
        super().setUp()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)


class Wrong(InFolder):
    def attempt(self, function, arguments):
        """Calls, and goes through what comes back."""
        try:
            result = function(**arguments)
            if hasattr(result, "__next__"):
                for _ in zip(result, range(20)):
                    pass
        except REFUSALS as error:
            for text in INNARDS:
                self.assertNotIn(text, str(error))

    def try_all(self, function, **right):
        """Replaces each argument by each wrong value."""
        given = inspect.signature(function).parameters
        self.assertLessEqual(right.keys(), given.keys())
        for name in given:
            for value in WRONG + [self.policy, self.store, self.policy.decide(request())]:
                with self.subTest(f"{function.__qualname__}({name}={value!r:.40})"):
                    self.attempt(function, {**right, name: value})

    def test_policies(self):
        text = CONTRACT.read_text()
        self.try_all(Policy.load, path=CONTRACT)
        self.try_all(Policy.check, path=CONTRACT)
        self.try_all(Policy.parse, yaml=text)
        self.try_all(Policy.check_text, yaml=text)
        self.try_all(Policy.default)
        self.try_all(self.policy.calendar, name="business")
        self.try_all(self.policy.date_start, date=date(2026, 1, 1))
        self.try_all(self.policy.migration_end, target_date=date(2026, 1, 1))
        self.try_all(self.policy.decide, ticket=ticket(), now=NOW, **facts())
        self.try_all(self.policy.decide, request=request())
        self.try_all(self.policy.decide_many, requests=[request()])

    def test_dates_of_any_year(self):
        for day in (date.min, date.max, date(1969, 12, 31), date(2201, 1, 1)):
            for ask in (self.policy.date_start, self.policy.migration_end):
                self.attempt(lambda: ask(day), {})

    def test_decisions(self):
        self.try_all(self.policy.decide(request()).explain)
        self.try_all(self.policy.decide(request()).sla.target, metric="first_reply")
        self.try_all(Decision, native_decision=None, policy=self.policy)
        for made in (Decision(None, self.policy), Decision(self.policy._native, self.policy)):
            for name in ("verdict", "level", "actions", "sla", "reasons"):
                self.attempt(lambda: getattr(made, name), {})

    def test_calendars(self):
        calendar = self.policy.calendar("business")
        for ask in (calendar.due, calendar.due_back):
            self.try_all(ask, start=NOW, seconds=HOUR)
        self.try_all(calendar.elapsed, start=NOW, end=NOW + DAY)
        self.try_all(calendar.is_open, instant=NOW)
        for ask in (calendar.next_open, calendar.prev_open, calendar.periods):
            self.try_all(ask, start=NOW)
        self.try_all(Calendar, native_calendar=None, policy=self.policy)

    def test_opening(self):
        self.try_all(Store.open, path=self.path, policy=self.policy)

    def test_steps(self):
        store = self.store
        step = {"actor": "mira", "role": "support_manager", "at": NOW, "reason": "x", "key": "k"}
        change = {"migration": "M-1", "if_revision": 1, **step}
        self.request()
        self.try_all(
            store.request, org="acme", from_="self_managed", to="saas", level="premium",
            target_date=date(2026, 12, 31), owner="dana", facts=facts(), evidence="x", **step,
        )  # fmt: skip
        for name in ("approve", "refuse", "cancel"):
            self.try_all(getattr(store, name), **change)
        self.try_all(store.extend, target_date=date(2027, 1, 31), **change)
        self.try_all(store.end, facts=facts(), **change)
        self.try_all(store.complete, outcome="reached", facts=facts(), **change)
        self.try_all(store.expire, at=NOW, facts=facts())
        store.check()

    def test_lists(self):
        store = self.store
        self.live()
        self.try_all(store.find, migration="M-1", at=NOW)
        self.try_all(store.migrations, at=NOW, org="acme", state="open", ends_before=NOW)
        self.try_all(store.events, org="acme", migration="M-1", since=NOW)
        self.try_all(store.stats, at=NOW)
        self.try_all(store.pending_actions, at=NOW)
        self.try_all(store.ack, action="v1:x", at=NOW)
        self.try_all(store.fail, action="v1:x", at=NOW, retry_after=HOUR, problem="x")
        self.try_all(store.log, ticket="1", org="acme", since=NOW, until=NOW)
        self.try_all(store.replay, policy=self.policy, ticket="1", org="acme", since=NOW)
        self.try_all(store.prune_log, before=NOW, actor="mira", at=NOW, role="x", reason="x")
        self.try_all(store.audit_verify, expect="0" * 64)
        store.check()

    def test_deciding(self):
        self.try_all(self.store.decide, ticket=ticket(), now=NOW, **facts())
        self.try_all(self.store.decide, request=request())
        self.try_all(self.store.decide_many, requests=[request()])

    def test_files(self):
        self.try_all(self.store.backup, path="backup.db")
        self.try_all(self.store.export_to, target="export")
        self.try_all(self.store.import_from, source="export")

    def test_notes(self):
        self.try_all(add_note, notes="", migration="M-1", text="x")
        self.try_all(remove_note, notes="", migration="M-1")

    def test_everything_was_tried(self):
        tried = set()
        for name, test in vars(Wrong).items():
            if name.startswith("test_"):
                tried |= set(test.__code__.co_names)
                tried |= {"approve", "refuse", "cancel"} if name == "test_steps" else set()
        for kind in (Policy, Calendar, Store, Decision):
            for name in dir(kind):
                member = inspect.getattr_static(kind, name)
                if name.startswith("_") or isinstance(member, property):
                    continue
                takes = inspect.signature(getattr(kind, name)).parameters.keys() - {"self"}
                self.assertTrue(name in tried or not takes, f"{kind.__name__}.{name}")


class Documents(StoreCase):
    """Every value in a request replaced by every wrong one, and values at random."""

    def places(self, value, place=()):
        yield place
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, member in items:
            if isinstance(member, (dict, list)):
                yield from self.places(member, (*place, key))
            else:
                yield (*place, key)

    def replaced(self, value, place, other):
        if not place:
            return other
        copy = dict(value) if isinstance(value, dict) else list(value)
        copy[place[0]] = self.replaced(value[place[0]], place[1:], other)
        return copy

    def full_request(self):
        return {
            **request(subject="s", description="d", tags=["a"], fields={"form": "cloud"}),
            "org": {"id": "acme", "name": "A", "tags": ["b"], "notes": "n", "time_zone": "UTC"},
            "entitlements": [
                {
                    "offering": "saas",
                    "level": "premium",
                    "starts": "2026-01-01",
                    "ends": "2027-01-01",
                    "hold": False,
                }
            ],
            "migrations": [
                {
                    "id": "m",
                    "to": "saas",
                    "level": "premium",
                    "target_date": "2026-12-31",
                    "status": "approved",
                }
            ],
        }

    def decide(self, whole):
        try:
            return self.policy.decide(whole)
        except (offerpolicy.RequestError, LookupError) as error:
            for text in INNARDS:
                self.assertNotIn(text, str(error))
        return None

    def test_every_place(self):
        whole = self.full_request()
        self.assertIsNotNone(self.decide(whole))
        for place in self.places(whole):
            if place:
                for value in WRONG:
                    with self.subTest(place=place, value=repr(value)[:40]):
                        self.decide(self.replaced(whole, place, value))

    def test_at_random(self):
        rounds = 20000 if FULL else 2000
        chance = random.Random(20261120)
        keys = ["now", "ticket", "org", "entitlements", "migrations", "id", "tags", "offering"]

        def made(depth):
            if depth == 0 or chance.random() < 0.3:
                return chance.choice(WRONG)
            if chance.random() < 0.6:
                return {chance.choice(keys + [1, None]): made(depth - 1) for _ in range(4)}
            return [made(depth - 1) for _ in range(chance.randrange(4))]

        whole = self.full_request()
        places = list(self.places(whole))
        for _ in range(rounds):
            self.decide(self.replaced(whole, chance.choice(places), made(4)) or {})


class Native(InFolder):
    """The module below is private, but even there nothing crashes."""

    def test_every_function(self):
        values = [None, 0, -1, 2**40, "x", b"x", {}, [], NOW, DAY, True, object()]
        objects = [
            self.policy._native,
            self.policy.calendar("business")._native,
            self.policy.decide(request())._native,
            self.store._native,
            native.facts_new(),
            native.policy_zone(self.policy._native),
        ]
        chance = random.Random(1)
        functions = [
            function
            for name, function in sorted(vars(native).items())
            if inspect.isbuiltin(function) and name not in ("store_export", "store_import")
        ]
        self.assertGreater(len(functions), 100)
        for function in functions:
            for _ in range(30 if SANITIZED else 300):
                arguments = [chance.choice(values + objects) for _ in range(chance.randrange(9))]
                try:
                    function(*arguments)
                except (*REFUSALS, MemoryError):
                    pass

    def test_options_of_unknown_names(self):
        with self.assertRaisesRegex(TypeError, "unknown names"):
            native.store_events(self.store._native, {"sinse": NOW})

    def test_objects_are_made_by_functions_only(self):
        for kind in (native.Policy, native.Decision, native.Calendar, native.Store, native.Reading):
            with self.assertRaises((TypeError, AttributeError)):
                kind()
            with self.assertRaises(TypeError):
                native.policy_name(object.__new__(kind))
        for made in (self.policy._native, self.store._native):
            for copied in (copy.copy, copy.deepcopy):
                try:
                    again = copied(made)
                    native.policy_name(again)
                    native.audit_head(again)
                except TypeError:
                    pass


if __name__ == "__main__":
    unittest.main()
