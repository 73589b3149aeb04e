# SPDX-License-Identifier: MIT
"""Stores: opening them, steps, lists, actions, and deciding. The scenarios play the rest."""

import collections
import copy
import os
import pickle
import sqlite3
import stat
import time
import unittest
from datetime import date, datetime, timedelta

from offerpolicy import (
    BadStore,
    Conflict,
    Entitlement,
    EventKind,
    FileError,
    HostActionKind,
    HostActionState,
    MigrationState,
    MigrationStatus,
    Misuse,
    NotAllowed,
    NotFound,
    Outcome,
    Policy,
    RequestError,
    Store,
    StoreBusy,
    StoreReadOnly,
    Verdict,
    add_note,
    remove_note,
)
from support import CONTRACT, DAY, HOUR, MINUTE, NOW, StoreCase, facts, instant, request


class Opening(StoreCase):
    def test_paths_of_any_kind(self):
        for path in (self.path, str(self.path), str(self.path).encode()):
            with Store.open(path) as store:
                self.assertEqual(store.stats(at=NOW).events, 1)
                self.assertEqual(store.path, str(self.path))

    def test_a_new_one_is_private(self):
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o600)
        (event,) = self.store.events()
        self.assertEqual((event.kind, event.at), (EventKind.CREATE, NOW))
        self.assertIsNone(event.migration)

    def test_closing(self):
        self.assertFalse(self.store.closed)
        with self.store as store:
            self.assertIs(store, self.store)
        self.assertTrue(self.store.closed)
        self.store.close()
        for use in (
            lambda: self.store.stats(at=NOW),
            lambda: self.request(),
            lambda: self.store.expire(at=NOW),
            lambda: self.store.decide(request()),
            lambda: self.store.events(),
            self.store.__enter__,
        ):
            with self.assertRaisesRegex(Misuse, "the store is closed"):
                use()
        self.assertIn("(closed)", repr(self.store))

    def test_an_iterator_of_a_closed_store(self):
        self.request()
        actions = self.store.pending_actions(at=NOW)
        self.assertEqual(next(actions).do, HostActionKind.ASK_OPS)
        self.store.close()
        with self.assertRaises(Misuse):
            next(actions)

    def test_no_file(self):
        with self.assertRaises(FileError) as caught:
            Store.open(self.folder / "none.db")
        self.assertEqual(caught.exception.code, "OFP-401")

    def test_no_store(self):
        (self.folder / "other.db").write_text("nothing of ours" * 100)
        with self.assertRaises(BadStore):
            Store.open(self.folder / "other.db")

    def test_creating_needs_the_time(self):
        with self.assertRaisesRegex(TypeError, "needs at"):
            Store.open(self.folder / "new.db", mode="create")

    def test_reading_only(self):
        self.request()
        self.store = self.open(mode="read")
        self.assertEqual(len(list(self.store.migrations(at=NOW))), 1)
        with self.assertRaises(StoreReadOnly) as caught:
            self.approve()
        self.assertIsInstance(caught.exception, PermissionError)

    def test_wrong_arguments(self):
        for options, kind in (
            ({"mode": "append"}, ValueError),
            ({"mode": 1}, TypeError),
            ({"busy": "5"}, TypeError),
            ({"busy": -1}, ValueError),
            ({"busy": float("nan")}, ValueError),
            ({"log": 1}, TypeError),
            ({"policy": "policy.yaml"}, TypeError),
            ({"at": "now"}, TypeError),
            ({"at": datetime(2026, 1, 1)}, ValueError),
        ):
            with self.subTest(options), self.assertRaises(kind):
                Store.open(self.path, **options)
        with self.assertRaisesRegex(TypeError, "Store.open"):
            Store()

    def test_busy(self):
        other = sqlite3.connect(self.path)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        for busy in (0, 0.05, timedelta(milliseconds=50)):
            store = self.open(busy=busy)
            began = time.monotonic()
            with self.assertRaises(StoreBusy) as caught:
                store.ack("v1:none", at=NOW)
            self.assertLess(time.monotonic() - began, 2)
            self.assertIsInstance(caught.exception, TimeoutError)
        other.rollback()

    def test_a_store_is_no_value(self):
        for copied in (copy.copy, copy.deepcopy, pickle.dumps):
            with self.assertRaisesRegex(TypeError, "open another one"):
                copied(self.store)

    def test_policies(self):
        with Store.open(self.path) as store:
            self.assertIsNone(store.policy)
            for use in (
                lambda: store.approve("M-1", actor="mira", at=NOW),
                lambda: store.expire(at=NOW),
                lambda: store.decide(request()),
            ):
                with self.assertRaisesRegex(Misuse, "without a policy"):
                    use()
            store.policy = self.policy
            self.assertEqual(store.decide(request()).verdict, Verdict.ENTITLED)
            with self.assertRaises(TypeError):
                store.policy = "policy.yaml"
            self.assertIs(store.policy, self.policy)


class Steps(StoreCase):
    def test_a_request(self):
        result = self.request(reason="order 8812", evidence="https://sales.example/8812")
        migration = result.migration
        self.assertEqual((migration.id, migration.org), ("M-1", "acme"))
        self.assertEqual((migration.org_name, migration.from_level), ("Acme Rockets", "premium"))
        self.assertEqual((migration.from_, migration.to), ("self_managed", "saas"))
        self.assertIs(migration.status, MigrationStatus.REQUESTED)
        self.assertIs(migration.state, MigrationState.OPEN)
        self.assertEqual(migration.target_date, date(2026, 12, 31))
        self.assertEqual(migration.ends_at, instant("2027-01-01T08:00:00Z"))
        self.assertEqual((migration.requested_by, migration.requested_at), ("dana", NOW))
        self.assertEqual((migration.reason, migration.revision), ("order 8812", 1))
        self.assertEqual(migration.evidence, "https://sales.example/8812")
        self.assertEqual(result.event.migration, migration)
        self.assertEqual(result.event.kind, EventKind.REQUEST)
        self.assertFalse(result.repeated)
        (action,) = result.actions
        self.assertIs(action.do, HostActionKind.ASK_OPS)
        self.assertIs(action.state, HostActionState.PENDING)
        self.assertIn("Northwind Cloud", action.text)

    def test_the_whole_life(self):
        self.request()
        approved = self.approve()
        self.assertEqual(approved.migration.state, "live")
        self.assertEqual(approved.migration.policy.name, "northwind-support")
        self.assertEqual(
            [(str(one.do), one.tag) for one in approved.actions],
            [("org.add_tag", "saas_premium"), ("org.add_note", None)],
        )
        manager = {"actor": "mira", "role": "support_manager"}
        extended = self.store.extend(
            approved.migration, target_date=date(2027, 1, 31), at=NOW + DAY, **manager
        )
        self.assertEqual(extended.event.previous_date, date(2026, 12, 31))
        self.assertEqual(extended.migration.extensions, 1)
        done = self.store.complete(
            "M-1", outcome="reached", actor="dana", at=NOW + 2 * DAY, facts=facts(), reason="bought"
        )
        self.assertIs(done.migration.outcome, Outcome.REACHED)
        self.assertEqual(done.migration.closed_by, "dana")

    def test_other_ways_out(self):
        manager = {"actor": "mira", "role": "support_manager", "at": NOW + HOUR}
        self.request()
        self.assertEqual(self.store.refuse("M-1", **manager).migration.state, "refused")
        self.request(at=NOW + 2 * HOUR)
        cancelled = self.store.cancel("M-2", actor="dana", at=NOW + 3 * HOUR)
        self.assertEqual(cancelled.migration.state, "cancelled")
        self.request(org="globex")
        self.approve("M-3")
        ended = self.store.end("M-3", **{**manager, "at": NOW + DAY}, facts=[facts("globex")])
        self.assertEqual(ended.migration.state, "ended")

    def test_refusals(self):
        self.request()
        with self.assertRaises(NotAllowed) as caught:
            self.approve(actor="dana", role="support_engineer")
        self.assertEqual(caught.exception.code, "OFP-504")
        self.assertIsInstance(caught.exception, PermissionError)
        with self.assertRaises(NotFound):
            self.approve("M-9")
        with self.assertRaises(Conflict):
            self.approve(if_revision=7)
        with self.assertRaisesRegex(TypeError, "if_revision must be an int, not bool"):
            self.approve(if_revision=True)
        with self.assertRaises(RequestError) as caught:
            self.request(org="globex", to="sass")
        self.assertEqual(caught.exception.code, "OFP-517")

    def test_repeats(self):
        first = self.request(key="ticket 4711")
        again = self.request(key="ticket 4711", at=NOW + HOUR)
        self.assertTrue(again.repeated)
        self.assertEqual((again.migration, again.event), (first.migration, first.event))
        with self.assertRaises(Conflict) as caught:
            self.request(key="ticket 4711", level="standard")
        self.assertEqual(caught.exception.code, "OFP-511")

    def test_a_record_stands_for_its_id(self):
        migration = self.request().migration
        self.assertEqual(self.approve(migration).migration.id, "M-1")

    def test_facts(self):
        for form in (facts(), [facts()], (facts("globex"), facts()), iter([facts()])):
            result = self.request(facts=form, org="acme", key=str(type(form)))
            self.store.cancel(result.migration, actor="dana", at=NOW)
        for wrong, code in (
            ({}, "OFP-306"),
            ([{"org": None}], "OFP-307"),
            ([5], "OFP-307"),
            ({"org": {"id": "acme"}, "entitlements": [{"offering": "x"}]}, "OFP-308"),
        ):
            with self.subTest(wrong), self.assertRaises(RequestError) as caught:
                self.request(facts=wrong)
            self.assertIn(caught.exception.code, (code, "OFP-319"))
        with self.assertRaises(TypeError):
            self.request(facts=5)

    def test_words(self):
        self.live()
        with self.assertRaisesRegex(ValueError, '"reached", "not_reached"'):
            self.store.complete("M-1", outcome="yes", actor="dana", at=NOW + DAY)

    def test_nothing_is_written_by_a_failure(self):
        before = self.store.audit_head()
        for wrong in ({"target_date": NOW}, {"at": "now"}, {"level": "free"}, {"owner": 5}):
            with self.subTest(wrong), self.assertRaises((TypeError, ValueError)):
                self.request(**wrong)
        self.assertEqual(self.store.audit_head(), before)


class Sweeps(StoreCase):
    def test_ends(self):
        self.live()
        self.request(org="globex")
        self.assertEqual(self.store.expire(at=NOW + DAY), ())
        later = instant("2027-01-02T00:00:00Z")
        found = self.store.expire(at=later)
        self.assertEqual([one.event.migration.state for one in found], ["ended", "missed"])
        self.assertEqual([one.event.kind for one in found], [EventKind.EXPIRE] * 2)
        self.assertEqual(
            [str(one.do) for one in found[0].actions], ["org.remove_note", "org.remove_tag"]
        )
        self.assertEqual(found[0].actions[1].unless_entitled, Entitlement("saas", "premium"))
        self.assertEqual(found[1].actions, ())
        self.assertEqual(self.store.expire(at=later), ())

    def test_with_facts(self):
        self.live()
        found = self.store.expire(at=instant("2027-01-02T00:00:00Z"), facts=[facts()])
        self.assertIsNone(found[0].actions[1].unless_entitled)

    def test_more_than_one_call_sweeps(self):
        for number in range(510):
            self.request(org=f"org-{number}")
        found = self.store.expire(at=instant("2027-01-02T00:00:00Z"))
        self.assertEqual(len({one.event.migration.id for one in found}), 510)


class Lists(StoreCase):
    def test_find(self):
        self.live()
        found = self.store.find("M-1", at=NOW + DAY)
        self.assertEqual(found.migration.state, "live")
        self.assertEqual([one.kind for one in found.events], ["request", "approve"])
        self.assertEqual(len(found.actions), 3)
        self.assertEqual(self.store.find("M-1", at=NOW + 90 * DAY).migration.state, "ended")
        with self.assertRaises(NotFound) as caught:
            self.store.find("M-2", at=NOW)
        self.assertIsInstance(caught.exception, LookupError)

    def test_migrations(self):
        self.live()
        self.request(org="globex")

        def ids(**filter):
            return [one.id for one in self.store.migrations(at=NOW + DAY, **filter)]

        self.assertEqual(ids(), ["M-1", "M-2"])
        self.assertEqual(ids(state="live"), ["M-1"])
        self.assertEqual(ids(state=MigrationState.OPEN), ["M-2"])
        self.assertEqual(ids(org="globex"), ["M-2"])
        self.assertEqual(ids(ends_before=NOW), [])
        with self.assertRaisesRegex(ValueError, "open.*missed"):
            ids(state="any")

    def test_pages(self):
        for number in range(1001):
            self.request(org=f"org-{number}")
        found = self.store.migrations(at=NOW)
        self.assertEqual([one.id for one in found], [f"M-{n}" for n in range(1, 1002)])
        self.assertEqual([one.seq for one in self.store.events()], list(range(1, 1003)))

    def test_events(self):
        self.live()
        self.assertEqual([one.seq for one in self.store.events()], [1, 2, 3])
        self.assertEqual([one.seq for one in self.store.events(migration="M-1")], [2, 3])
        self.assertEqual([one.seq for one in self.store.events(org="globex")], [])
        (approval,) = self.store.events(since=NOW + HOUR)
        self.assertEqual((approval.actor, approval.role), ("mira", "support_manager"))
        self.assertEqual(approval.hash, self.store.audit_head())

    def test_mistakes_are_told_at_once(self):
        with self.assertRaises(TypeError):
            self.store.events(since="yesterday")
        with self.assertRaises(TypeError):
            self.store.migrations(at=None)

    def test_stats(self):
        self.live()
        stats = self.store.stats(at=NOW)
        self.assertEqual((stats.migrations, stats.live, stats.events), (1, 1, 3))
        self.assertEqual(stats.oldest_pending, NOW)
        self.assertEqual(stats.to_dict()["oldest_pending"], "2026-11-20T18:00:00Z")


class Actions(StoreCase):
    def test_the_loop(self):
        self.live()
        done = []
        for action in self.store.pending_actions(at=NOW + DAY):
            done.append(str(action.do))
            self.store.ack(action, at=NOW + DAY)
        self.assertEqual(done, ["ops.request", "org.add_tag", "org.add_note"])
        self.assertEqual(list(self.store.pending_actions(at=NOW + DAY)), [])
        states = {one.state for one in self.store.find("M-1", at=NOW + DAY).actions}
        self.assertEqual(states, {HostActionState.DONE})

    def test_what_follows_a_failed_one_waits_with_it(self):
        self.live()
        self.request(org="globex")
        seen = []
        for action in self.store.pending_actions(at=NOW + DAY):
            seen.append(action.migration)
            if action.do == "ops.request" and action.migration == "M-1":
                self.store.fail(
                    action, at=NOW + DAY, retry_after=10 * MINUTE, problem="503 Unavailable"
                )
            else:
                self.store.ack(action.key, at=NOW + DAY)
        self.assertEqual(seen, ["M-1", "M-2"])
        again = list(self.store.pending_actions(at=NOW + DAY + 10 * MINUTE))
        self.assertEqual([one.migration for one in again], ["M-1"] * 3)
        self.assertEqual((again[0].attempts, again[0].problem), (1, "503 Unavailable"))

    def test_unknown_keys(self):
        for use in (
            lambda: self.store.ack("v1:x", at=NOW),
            lambda: self.store.fail("v1:x", at=NOW, retry_after=0),
        ):
            with self.assertRaises(NotFound) as caught:
                use()
            self.assertEqual(caught.exception.code, "OFP-502")

    def test_notes(self):
        notes = add_note("Call Ann.\n", "M-1", "Acme is moving.")
        self.assertEqual(
            notes, "Call Ann.\n[migration M-1]\nAcme is moving.\n[end of migration M-1]\n"
        )
        self.assertEqual(add_note(notes, "M-1", "x").count("[migration M-1]"), 1)
        self.assertEqual(remove_note(notes, "M-1"), "Call Ann.\n")
        self.assertEqual(remove_note("", "M-1"), "")
        for wrong in ((None, "M-1"), ("", None), (b"", "M-1")):
            with self.assertRaises(TypeError):
                remove_note(*wrong)


class Deciding(StoreCase):
    def test_with_what_was_promised(self):
        about = request(offering="saas")
        self.assertEqual(self.store.decide(about).verdict, "migration_offer")
        self.request()
        self.assertEqual(self.store.decide(about).verdict, "migration_pending")
        self.approve()
        later = {**about, "now": NOW + 2 * HOUR}
        decision = self.store.decide(later)
        self.assertEqual((decision.verdict, decision.level), ("migration", "premium"))
        self.assertIs(decision.policy, self.policy)
        parts = {key: later[key] for key in ("ticket", "org", "entitlements", "now")}
        self.assertEqual(self.store.decide(**parts), decision)
        self.assertEqual(list(self.store.decide_many([later, later])), [decision] * 2)

    def test_migrations_come_from_the_store(self):
        with self.assertRaises(RequestError) as caught:
            self.store.decide(
                {
                    **request(),
                    "migrations": [
                        {
                            "id": "x",
                            "to": "saas",
                            "level": "premium",
                            "target_date": "2026-12-31",
                            "status": "approved",
                        }
                    ],
                }
            )
        self.assertEqual(caught.exception.code, "OFP-524")
        self.assertEqual(caught.exception.pointer, "/migrations")

    def test_a_policy_without_the_promised_level(self):
        self.live()
        self.store.policy = Policy.parse(CONTRACT.read_text().replace("premium", "gold"))
        with self.assertRaises(NotAllowed) as caught:
            self.store.decide({**request(offering="saas"), **facts(level="gold"), "now": NOW + DAY})
        self.assertEqual(caught.exception.code, "OFP-523")

    def test_a_mapping_that_closes_the_store(self):
        store = self.store

        class Closing(collections.UserDict):
            def items(self):
                store.close()
                return super().items()

        with self.assertRaises(Misuse):
            store.decide(Closing(request()))


if __name__ == "__main__":
    unittest.main()
