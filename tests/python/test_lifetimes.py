# SPDX-License-Identifier: MIT
"""Objects in every order of dropping, and memory that comes back."""

import gc
import itertools
import sys
import unittest
import unittest.mock
import warnings
import weakref
from datetime import datetime, timedelta, tzinfo

from offerpolicy import Policy, PolicyError, RequestError, Store, errors
from support import (
    CONTRACT,
    NOW,
    SANITIZED,
    UTC,
    FolderCase,
    PolicyCase,
    StoreCase,
    contract_policy,
    facts,
    request,
)


class Orders(StoreCase):
    def setUp(self):
        super().setUp()
        self.enterContext(warnings.catch_warnings(action="ignore", category=ResourceWarning))

    def make(self):
        """One of everything that hangs together."""
        policy = contract_policy()
        calendar = policy.calendar("business")
        store = Store.open(self.path, policy)
        actions = store.pending_actions(at=NOW)
        return {
            "policy": policy,
            "decision": policy.decide(request()),
            "calendar": calendar,
            "periods": calendar.periods(NOW),
            "store": store,
            "stored": store.decide(request()),
            "actions": actions,
        }

    uses = {
        "policy": lambda one: one.decide(request()),
        "decision": lambda one: (one.to_json(), one.level, one.reasons, one.policy.name),
        "calendar": lambda one: (one.due(NOW, 60), one.name),
        "periods": next,
        "store": lambda one: one.stats(at=NOW),
        "stored": lambda one: one.explain(),
        "actions": lambda one: next(one, None),
    }

    def test_every_order(self):
        self.live()
        names = list(self.uses)
        orders = itertools.permutations(names)
        for order in itertools.islice(orders, 0, None, 40 if SANITIZED else 5):
            objects = self.make()
            for name in order:
                del objects[name]
                for left, one in objects.items():
                    self.uses[left](one)
        gc.collect()

    def test_policies_go_with_their_last_user(self):
        class Mine(Policy):
            __slots__ = ("mark", "__dict__")

        policy = Mine.load(CONTRACT)
        gone = weakref.ref(policy)
        decision = policy.decide(request())
        calendar = policy.calendar("business")
        del policy
        self.assertIsNotNone(gone())
        del decision
        self.assertIsNotNone(gone())
        periods = calendar.periods(NOW)
        del calendar
        next(periods)
        self.assertIsNotNone(gone())
        del periods
        gc.collect()
        self.assertIsNone(gone())

    def test_cycles(self):
        class Mine(Policy):
            __slots__ = ("__dict__",)

        policy = Mine.load(CONTRACT)
        policy.last = policy.decide(request())
        gone = weakref.ref(policy)
        del policy
        gc.collect()
        self.assertIsNone(gone())

    def test_iterators_that_are_left(self):
        self.live()
        for make in (
            lambda: self.store.events(),
            lambda: self.store.pending_actions(at=NOW),
            lambda: self.store.migrations(at=NOW),
            lambda: self.policy.decide_many([request()] * 3),
        ):
            iterator = make()
            next(iterator)
            del iterator
        self.store.check()


class Warnings(StoreCase):
    def test_a_store_that_was_not_closed(self):
        store = self.open()
        with self.assertWarnsRegex(ResourceWarning, "unclosed <Store '.*store.db'>"):
            store.__del__()
        store.close()
        with warnings.catch_warnings(action="error"):
            store.__del__()

    def test_a_store_that_was_not_opened(self):
        found = []
        with unittest.mock.patch("sys.unraisablehook", found.append):
            for path in (self.folder / "none", 5):
                with self.assertRaises((OSError, TypeError)):
                    Store.open(path)
            gc.collect()
        self.assertEqual(found, [])


def used_memory():
    """Bytes that the process has in memory."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


class Zone(tzinfo):
    def utcoffset(self, moment):
        raise LookupError("no such zone")


class Elsewhere(tzinfo):
    """Makes a new offset whenever it is asked."""

    def utcoffset(self, moment):
        return timedelta(hours=1, microseconds=moment.year)


class References(PolicyCase):
    """What is shared by everybody has as many references afterwards."""

    def test_shared_objects(self):
        created = NOW.replace(tzinfo=Elsewhere())
        right, wrong = request(created_at=created), request(priority="hihg")
        calendar = self.policy.calendar("business")
        shared = [None, True, False, UTC, errors, timedelta, self.policy._native, *right.values()]

        def work():
            decision = self.policy.decide(right)
            decision.tag_actions, decision.reasons, decision.explain()
            decision.now, decision.valid_until, decision.org
            calendar.due(NOW, 60), calendar.is_open(NOW), next(calendar.periods(NOW))
            with self.assertRaises(RequestError):
                self.policy.decide(wrong)
            with self.assertRaises(TypeError):
                calendar.due(5, 60)

        work()
        gc.collect()
        before = [sys.getrefcount(one) for one in shared]
        for _ in range(1000):
            work()
        gc.collect()
        for one, count in zip(shared, before):
            self.assertLess(abs(sys.getrefcount(one) - count), 500, repr(one))


@unittest.skipIf(SANITIZED, "a sanitizer keeps what was freed")
class Growth(FolderCase):
    """Cycles of raising and catching, and of making and dropping."""

    def steady(self, work, count, allowed=1 << 20):
        for _ in range(count // 10):
            work()
        gc.collect()
        before = used_memory()
        for _ in range(count):
            work()
        gc.collect()
        self.assertLess(used_memory() - before, allowed)

    def raising(self, kind, work):
        def caught():
            try:
                work()
            except kind:
                return
            raise AssertionError("nothing was raised")

        return caught

    def test_requests(self):
        wrong = request(priority="hihg", tags=["a", "b"])
        self.steady(self.raising(RequestError, lambda: self.policy.decide(wrong)), 100_000)

    def test_exceptions_of_the_program(self):
        wrong = request(created_at=datetime(2026, 1, 1, tzinfo=Zone()))
        self.steady(self.raising(LookupError, lambda: self.policy.decide(wrong)), 100_000)

    def test_arguments(self):
        calendar = self.policy.calendar("business")
        naive = datetime(2026, 1, 1)
        self.steady(self.raising(TypeError, lambda: calendar.due("now", 1)), 100_000)
        self.steady(self.raising(ValueError, lambda: calendar.due(naive, 1)), 100_000)
        self.steady(self.raising(RequestError, lambda: calendar.due(NOW, -1)), 100_000)

    def test_calendars(self):
        def use():
            calendar = self.policy.calendar("business")
            return calendar.due(NOW, 60), next(calendar.periods(NOW)), self.policy.time_zone

        self.steady(use, 100_000)

    def test_policies(self):
        wrong = CONTRACT.read_text().replace("premium", "premum", 1)
        self.steady(self.raising(PolicyError, lambda: Policy.parse(wrong)), 1_000)
        right = CONTRACT.read_text()
        self.steady(lambda: Policy.parse(right), 1_000)

    def test_decisions(self):
        right = request(tags=["saas_premium"], created_at=NOW.replace(tzinfo=Elsewhere()))
        self.steady(lambda: self.policy.decide(right).tag_actions, 100_000)

        def use():
            decision = self.policy.decide(right)
            return decision.actions, decision.reasons, decision.sla, decision.explain()

        self.steady(use, 5_000)

    def test_stores(self):
        path = self.folder / "store.db"
        with Store.open(path, self.policy, mode="create", at=NOW) as store:
            self.steady(self.raising(LookupError, lambda: store.find("M-1", at=NOW)), 20_000)
            wrong = {"actor": 5, "at": NOW}
            self.steady(self.raising(TypeError, lambda: store.approve("M-1", **wrong)), 100_000)
            self.steady(lambda: store.decide(request()), 5_000)
            self.steady(lambda: list(store.events()), 5_000)
        self.steady(lambda: Store.open(path, self.policy).close(), 500)
        self.steady(self.raising(OSError, lambda: Store.open(self.folder / "none")), 20_000)

    def test_facts(self):
        path = self.folder / "facts.db"
        with Store.open(path, self.policy, mode="create", at=NOW) as store:
            some = [facts(f"org-{n}") for n in range(20)]
            self.steady(lambda: store.expire(at=NOW, facts=some), 500)


if __name__ == "__main__":
    unittest.main()
