# SPDX-License-Identifier: MIT
"""Preforking servers: a child may use everything that its parent had, but its stores."""

import gc
import os
import sqlite3
import threading
import time
import traceback
import unittest
import warnings

from offerpolicy import Misuse, Store, StoreBusy
from support import HOUR, NOW, StoreCase, request


class Fork(StoreCase):
    def in_child(self, work):
        """Runs in a child, which must not hang; gives what it has printed if it failed."""
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of forking with threads
            child = os.fork()
        if child == 0:
            status = 1
            try:
                work()
                status = 0
            except BaseException:
                os.write(writing, traceback.format_exc().encode())
            finally:
                os._exit(status)
        os.close(writing)
        with open(reading, "rb") as messages:
            told = messages.read().decode()
        self.assertEqual(os.waitpid(child, 0)[1], 0, told)

    def test_policies_and_decisions(self):
        decision = self.policy.decide(request())
        calendar = self.policy.calendar("business")

        def work():
            assert decision.verdict == "entitled"
            assert self.policy.decide(request()) == decision
            assert calendar.due(NOW, HOUR) == NOW + HOUR

        self.in_child(work)

    def refused(self, use):
        try:
            use()
        except Misuse as error:
            assert error.code == "OFP-411", error
        else:
            raise AssertionError("nothing was raised")

    def test_stores_are_refused(self):
        self.live()

        def work():
            self.refused(lambda: self.store.stats(at=NOW))
            self.refused(lambda: self.store.decide(request()))
            self.refused(lambda: self.request())
            self.refused(lambda: self.store.events())
            self.refused(lambda: self.store.expire(at=NOW))
            self.refused(lambda: self.store.check())
            self.store.close()
            with Store.open(self.path, self.policy) as store:
                assert store.decide(request()).verdict == "entitled"
                store.expire(at=NOW + HOUR)

        self.in_child(work)
        self.store.check()
        self.assertEqual(self.store.stats(at=NOW).live, 1)

    def test_a_child_that_drops_the_store(self):
        stores = [Store.open(self.path, self.policy)]
        self.enterContext(warnings.catch_warnings(action="ignore", category=ResourceWarning))

        def work():
            stores.clear()
            gc.collect()

        self.in_child(work)
        stores[0].stats(at=NOW)

    def test_a_thread_was_using_the_store(self):
        other = sqlite3.connect(self.path)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        store = self.open(busy=1)

        def wait():
            try:
                store.ack("v1:x", at=NOW)
            except StoreBusy:
                pass

        waiting = threading.Thread(target=wait)
        waiting.start()
        time.sleep(0.2)  # by now it holds the lock and waits in C
        began = time.monotonic()

        def work():
            self.refused(lambda: store.stats(at=NOW))
            store.close()

        self.in_child(work)
        self.assertLess(time.monotonic() - began, 0.7)
        waiting.join()
        other.rollback()


if __name__ == "__main__":
    unittest.main()
