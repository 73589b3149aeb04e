# SPDX-License-Identifier: MIT
"""Threads: one policy for all, one store in turns, and others that run during long work."""

import collections
import sqlite3
import sys
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, tzinfo

from offerpolicy import Misuse, RequestError, Store, StoreBusy
from support import (
    CASES,
    DAY,
    HOUR,
    NOW,
    SANITIZED,
    PolicyCase,
    StoreCase,
    facts,
    read_lines,
    request,
)

THREADS = 8


def at_once(work, count=THREADS):
    """Runs `work(number)` in threads that start at the same moment; gives the results."""
    start = threading.Barrier(count)

    def run(number):
        start.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


class Switching(unittest.TestCase):
    """The interpreter changes threads as often as it can."""

    def setUp(self):
        super().setUp()
        self.addCleanup(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(1e-6)


class OnePolicy(Switching, PolicyCase):
    def test_decisions(self):
        requests = [case["request"] for case in read_lines(CASES / "contract/cases.ndjson")]
        expected = [one.to_json() for one in self.policy.decide_many(requests)]

        def decide(number):
            rounds = 1 if SANITIZED else 5
            for _ in range(rounds):
                given = [one.to_json() for one in self.policy.decide_many(requests)]
                if given != expected:
                    return False
            return True

        self.assertEqual(at_once(decide), [True] * THREADS)

    def test_one_decision(self):
        decision = self.policy.decide(request())
        parts = at_once(lambda _: (decision.verdict, decision.sla, decision.reasons))
        self.assertEqual(len(set(parts)), 1)

    def test_mistakes(self):
        def fail(number):
            found = set()
            for _ in range(200):
                try:
                    self.policy.decide(request(priority=f"p{number}"))
                except RequestError as error:
                    found.add(error.message)
            return found

        for number, found in enumerate(at_once(fail)):
            self.assertEqual(len(found), 1)
            self.assertIn(f'"p{number}"', found.pop())

    def test_values_that_let_others_run(self):
        policy = self.policy

        class Slow(collections.UserDict):
            def items(self):
                time.sleep(0)
                return super().items()

        class Zone(tzinfo):
            def utcoffset(self, moment):
                time.sleep(0)
                return timedelta(0)

        created = NOW.replace(tzinfo=Zone())

        def decide(number):
            for turn in range(100):
                id = f"{number}-{turn}"
                whole = request(id, created_at=created)
                whole["ticket"] = Slow(whole["ticket"])
                if policy.decide(Slow(whole)).ticket != id:
                    return False
            return True

        self.assertEqual(at_once(decide), [True] * THREADS)

    def test_calendars(self):
        calendar = self.policy.calendar("night")  # whose timeline is made at the first question
        due = at_once(lambda _: [calendar.due(NOW, n * HOUR) for n in range(200)])
        self.assertEqual(due.count(due[0]), THREADS)


class OneStore(Switching, StoreCase):
    def test_steps_in_turns(self):
        def work(number):
            for turn in range(5):
                org = f"org-{number}-{turn}"
                id = self.request(org=org).migration.id
                self.approve(id)
                self.store.decide({**request(offering="saas"), **facts(org), "now": NOW + DAY})
                list(self.store.pending_actions(at=NOW + DAY))
                list(self.store.events(org=org))
            return True

        self.assertEqual(at_once(work, 4), [True] * 4)
        self.store.check()
        self.assertEqual(self.store.stats(at=NOW + DAY).live, 20)

    def test_a_store_for_each(self):
        def work(number):
            with Store.open(self.path, self.policy, busy=60) as store:
                for turn in range(5):
                    store.request(
                        org=f"org-{number}-{turn}", from_="self_managed", to="saas",
                        level="premium", target_date=(NOW + 30 * DAY).date(), owner="dana",
                        facts=facts(f"org-{number}-{turn}"), actor="dana", at=NOW,
                    )  # fmt: skip
            return True

        self.assertEqual(at_once(work, 4), [True] * 4)
        self.assertEqual(self.store.stats(at=NOW).migrations, 20)
        self.store.check()

    def test_closing_while_others_work(self):
        def work(number):
            try:
                for _ in range(1000):
                    self.store.stats(at=NOW)
                    if number == 0:
                        self.store.close()
            except Misuse:
                return "closed"
            return "open"

        self.assertEqual(at_once(work), ["closed"] * THREADS)


class LongWork(StoreCase):
    """While C works, other threads of the interpreter run."""

    def test_waiting_for_others(self):
        other = sqlite3.connect(self.path, check_same_thread=False)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        store = self.open(busy=0.5)
        found = []

        def wait():
            try:
                store.ack("v1:x", at=NOW)
            except StoreBusy as error:
                found.append(error.code)

        waiting = threading.Thread(target=wait)
        waiting.start()
        turns = 0
        while waiting.is_alive():
            turns += 1
            time.sleep(0.001)
        other.rollback()
        self.assertEqual(found, ["OFP-406"])
        self.assertGreater(turns, 50)

    def test_somebody_who_lets_go(self):
        other = sqlite3.connect(self.path, check_same_thread=False)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.1, other.rollback).start()
        self.assertEqual(self.request().migration.id, "M-1")


if __name__ == "__main__":
    unittest.main()
