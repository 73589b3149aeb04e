# SPDX-License-Identifier: MIT
"""Every allocation fails once: a MemoryError, no crash, no leak, and the next call works.

    test_memory.py LIBRARY

LIBRARY (failing.c) is loaded before the interpreter, whose own allocations go through it, too.
"""

import ctypes
import gc
import itertools
import os
import sys
import traceback
import unittest
from datetime import date

from offerpolicy import Error, Policy, RequestError
from support import CONTRACT, DAY, NOW, PolicyCase, StoreCase, facts, request

FAILING = ctypes.PyDLL(None)


def fail_each(test, work, expected):
    """Lets each allocation of `work` fail once; between them, and after, it works."""
    for number in itertools.count():
        given = None
        FAILING.fail_after(number)
        try:
            given = work()
        except MemoryError:
            pass
        except SystemError as error:
            # Python itself has forgotten to raise: then not where the package calls C.
            if "offerpolicy" in traceback.extract_tb(error.__traceback__)[-1].filename:
                raise
        finally:
            failed = FAILING.fail_stop()
        if given is not None:
            test.assertEqual(given, expected)
        if not failed:
            return number


class Memory(PolicyCase):
    def each(self, work, least=1):
        expected = work()
        self.assertGreaterEqual(fail_each(self, work, expected), least)
        self.assertEqual(work(), expected)

    def test_deciding(self):
        whole = request(offering="saas", tags=["sm_premium", "focus_saas"], created_at=NOW)
        self.each(lambda: self.policy.decide(whole), 3)
        self.each(lambda: self.policy.decide(whole).to_json(), 5)
        parts = {"ticket": whole["ticket"], **facts(starts=date(2026, 1, 1)), "now": NOW}
        self.each(lambda: self.policy.decide(**parts).tag_actions, 5)

    def test_mistakes(self):
        def wrong():
            try:
                self.policy.decide(request(priority="hihg"))
            except RequestError as error:
                return str(error)

        self.each(wrong, 10)

    def test_parts(self):
        decision = self.policy.decide(request())
        for name in ("verdict", "level", "valid_until", "tag_actions", "now"):
            self.each(lambda: getattr(decision, name), 0)
        for make in (decision.explain, decision.to_json):
            self.each(make)

    def test_calendars(self):
        calendar = self.policy.calendar("business")
        self.each(lambda: calendar.due(NOW, DAY))
        self.each(lambda: self.policy.calendar("business").name, 1)
        self.each(lambda: next(calendar.periods(NOW)))
        self.each(lambda: self.policy.migration_end(NOW.date()), 3)

    def test_policies(self):
        text = CONTRACT.read_text()
        expected = Policy.parse(text).digest
        # Each of its thousands of allocations fails in the tests of C.
        for number in (*range(40), *range(40, 4000, 97)):
            FAILING.fail_after(number)
            try:
                self.assertEqual(Policy.parse(text).digest, expected)
            except MemoryError:
                pass
            finally:
                FAILING.fail_stop()


class Stores(StoreCase):
    def test_reading(self):
        self.live()
        for work in (
            lambda: self.store.find("M-1", at=NOW),
            lambda: self.store.stats(at=NOW),
            lambda: self.store.decide(request()),
            lambda: list(self.store.events()),
            self.store.audit_head,
        ):
            expected = work()
            self.tolerant(work, expected)
            self.assertEqual(work(), expected)
        self.store.check()

    def tolerant(self, work, expected):
        """SQLite may work with less memory, or say that it could not."""
        for number in range(0, 400, 7):
            FAILING.fail_after(number)
            try:
                self.assertEqual(work(), expected)
            except (MemoryError, Error):
                pass
            finally:
                FAILING.fail_stop()

    def test_writing(self):
        for number in range(0, 600, 13):
            FAILING.fail_after(number)
            try:
                self.request(org=f"org-{number}")
            except (MemoryError, Error):
                pass
            finally:
                FAILING.fail_stop()
        self.store.check()


if __name__ == "__main__":
    if "LD_PRELOAD" not in os.environ:
        environment = {**os.environ, "LD_PRELOAD": sys.argv[1], "PYTHONMALLOC": "malloc"}
        os.execve(sys.executable, [sys.executable, __file__], environment)
    gc.disable()
    sys.unraisablehook = lambda _: None  # of Python's own destructors
    unittest.main()
