# SPDX-License-Identifier: MIT
"""Stores: the decision log, the audit log, backups, exports."""

import io
import json
import os
import socket
import sqlite3
import subprocess
import unittest

from offerpolicy import (
    FileError,
    Misuse,
    NotAllowed,
    Policy,
    RequestError,
    Store,
    StoreCorrupt,
    StoreReadOnly,
)
from support import COMMAND, CONTRACT, DAY, HOUR, NOW, StoreCase, instant, request


class Log(StoreCase):
    def setUp(self):
        super().setUp()
        self.store = self.open(log=True)
        self.first = self.store.decide(request("1", subject="secret"))
        self.second = self.store.decide({**request("2"), "now": NOW + DAY})

    def test_what_is_kept(self):
        one, two = self.store.log()
        self.assertEqual((one.seq, one.ticket, one.org, one.at), (1, "1", "acme", NOW))
        self.assertEqual(one.policy_digest, self.policy.digest)
        self.assertNotIn("subject", one.request["ticket"])
        self.assertEqual(one.decision["verdict"], "entitled")
        self.assertEqual(two.at, NOW + DAY)
        self.assertNotEqual(one, two)
        self.assertEqual(len({one, two}), 2)

    def test_with_texts(self):
        store = self.open(log=True, log_texts=True)
        store.decide(request("3", subject="secret"))
        (logged,) = store.log(ticket="3")
        self.assertEqual(logged.request["ticket"]["subject"], "secret")

    def test_filters(self):
        def tickets(**filter):
            return [one.ticket for one in self.store.log(**filter)]

        self.assertEqual(tickets(), ["1", "2"])
        self.assertEqual(tickets(ticket="2"), ["2"])
        self.assertEqual(tickets(org="globex"), [])
        self.assertEqual(tickets(since=NOW + HOUR), ["2"])
        self.assertEqual(tickets(until=NOW + HOUR), ["1"])

    def test_not_logged(self):
        with self.open() as store:
            store.decide(request("3"))
        self.assertEqual(len(list(self.store.log())), 2)
        with self.open(mode="read", log=True) as store, self.assertRaises(StoreReadOnly):
            store.decide(request("3"))

    def test_replay_the_same(self):
        for replay in self.store.replay(self.policy):
            self.assertEqual((replay.differences, replay.error), ({}, None))
            self.assertEqual(replay.decision.verdict, "entitled")
        self.assertEqual([one.logged.ticket for one in self.store.replay(self.policy)], ["1", "2"])

    def test_replay_by_another_policy(self):
        text = CONTRACT.read_text().replace("normal: 8h", "normal: 6h")
        replays = list(self.store.replay(Policy.parse(text), ticket="1"))
        self.assertEqual(list(replays[0].differences), ["sla"])
        self.assertNotEqual(replays[0].decision.sla, self.first.sla)
        hash(replays[0])

    def test_replay_of_what_can_not_be_decided(self):
        text = CONTRACT.read_text().replace("self_managed", "on_site")
        for replay in self.store.replay(Policy.parse(text)):
            self.assertIsNone(replay.decision)
            self.assertEqual(replay.error.code, "OFP-308")
        with self.assertRaises(TypeError):
            self.store.replay("policy.yaml")

    def test_pruning(self):
        deed = {"actor": "omar", "at": NOW + DAY, "reason": "kept for a day"}
        self.assertEqual(self.store.prune_log(before=NOW + HOUR, **deed), 1)
        self.assertEqual([one.ticket for one in self.store.log()], ["2"])
        *_, event = self.store.events()
        self.assertEqual((event.kind, event.actor), ("prune_log", "omar"))
        self.assertEqual(event.reason, "kept for a day")
        self.assertTrue(event.detail)


class Audit(StoreCase):
    def test_head_and_verify(self):
        self.request()
        kept = self.store.audit_head()
        self.assertRegex(kept, r"\A[0-9a-f]{64}\Z")
        self.approve()
        self.assertEqual(self.store.audit_verify(), 3)
        self.assertEqual(self.store.audit_verify(expect=kept), 3)
        with self.assertRaises(StoreCorrupt) as caught:
            self.store.audit_verify("0" * 64)
        self.assertEqual(caught.exception.code, "OFP-415")

    def test_a_log_that_was_changed(self):
        self.live()
        self.store.check()
        self.store.close()
        with sqlite3.connect(self.path) as other:
            (trigger,) = other.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='audit' "
                "AND sql LIKE '%UPDATE%'"
            ).fetchone()
            (text,) = other.execute(
                "SELECT sql FROM sqlite_master WHERE name = ?", [trigger]
            ).fetchone()
            other.execute(f"DROP TRIGGER {trigger}")
            other.execute("UPDATE audit SET actor = 'eve' WHERE seq = 2")
            other.execute(text)
        other.close()
        store = self.open()
        with self.assertRaisesRegex(StoreCorrupt, "event 2"):
            store.audit_verify()
        with self.assertRaises(StoreCorrupt) as caught:
            store.check()
        self.assertGreaterEqual(len(caught.exception.diagnostics), 1)


class Copies(StoreCase):
    def test_backup(self):
        self.live()
        target = self.folder / "backup.db"
        self.store.backup(target)
        with Store.open(target, mode="read") as copy:
            copy.check()
            self.assertEqual(copy.audit_head(), self.store.audit_head())
        with self.assertRaises(NotAllowed):
            self.store.backup(str(target))

    def test_export_and_import(self):
        self.live()
        target = self.folder / "export.ndjson"
        self.store.export_to(target)
        lines = target.read_text().splitlines()
        self.assertEqual(json.loads(lines[0]), {"offerpolicy_store": 1})
        self.assertEqual(target.stat().st_mode & 0o777, 0o600)
        with self.assertRaises(FileExistsError):
            self.store.export_to(target)
        for number, source in enumerate((target, str(target), open(target, "rb"), open(target))):
            with Store.open(self.folder / f"{number}.db", mode="create", at=NOW) as store:
                store.import_from(source)
                self.assertEqual(store.audit_head(), self.store.audit_head())
            if hasattr(source, "close"):
                source.close()

    def test_export_to_an_open_file(self):
        with open(self.folder / "a", "w+b") as file:
            file.write(b"before\n")
            self.store.export_to(file)
            file.seek(0)
            self.assertEqual(file.readline(), b"before\n")
            self.assertEqual(file.readline(), b'{"offerpolicy_store":1}\n')

    def test_export_to_a_pipe(self):
        reading, writing = os.pipe()
        with open(reading, "rb") as source, open(writing, "wb") as target:
            self.store.export_to(target)
            target.close()
            self.assertTrue(source.read().startswith(b'{"offerpolicy_store":1}\n'))

    def test_what_is_no_file(self):
        for wrong in (None, 5.5, [], object()):
            with self.subTest(wrong), self.assertRaisesRegex(TypeError, "a path or an open file"):
                self.store.export_to(wrong)
            with self.subTest(wrong), self.assertRaisesRegex(TypeError, "a path or an open file"):
                self.store.import_from(wrong)
        with self.assertRaisesRegex(TypeError, "an open file, not BytesIO"):
            self.store.export_to(io.BytesIO())
        with self.assertRaises(FileNotFoundError):
            self.store.import_from(self.folder / "none")

    def test_export_to_what_has_no_buffer(self):
        reading, writing = socket.socketpair()
        with reading, writing:
            self.store.export_to(writing)
            self.assertTrue(reading.recv(100).startswith(b'{"offerpolicy_store":1}\n'))

    def test_an_export_that_fails_leaves_no_file(self):
        self.store.close()
        with self.assertRaises(Misuse):
            self.store.export_to(self.folder / "export.ndjson")
        self.assertFalse((self.folder / "export.ndjson").exists())

    def test_a_file_that_can_not_be_written(self):
        with open("/dev/full", "wb", buffering=0) as full, self.assertRaises(FileError):
            self.store.export_to(full)
        with open(CONTRACT, "rb") as file, self.assertRaises(FileError):
            self.store.export_to(file)

    def test_imports_that_are_refused(self):
        source = self.folder / "wrong.ndjson"
        source.write_text('{"offerpolicy_store":1}\n{"what":{}}\n')
        with Store.open(self.folder / "new.db", mode="create", at=NOW) as store:
            with self.assertRaises(RequestError) as caught:
                store.import_from(source)
            self.assertEqual((caught.exception.file, caught.exception.line), (str(source), 2))
        self.live()
        self.store.export_to(self.folder / "good.ndjson")
        with self.assertRaises(NotAllowed):
            self.store.import_from(self.folder / "good.ndjson")


@unittest.skipIf(COMMAND is None, "the command is not built")
class Command(StoreCase):
    """The command and the package write the same documents about the same store."""

    def command(self, *words):
        done = subprocess.run(
            [COMMAND, *words, "-s", self.path, "--json"],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            check=True,
            timeout=60,
        )
        return done.stdout.splitlines()

    def test_lists(self):
        self.live(reason="Zürich “8812”\n\ttab \\ back")
        at = ["--at", "2026-11-21T00:00:00Z"]
        later = NOW + 6 * HOUR
        for words, found in (
            (["migration", "list", *at], self.store.migrations(at=later)),
            (["migration", "show", "M-1", *at], [self.store.find("M-1", at=later)]),
            (["actions", *at], self.store.pending_actions(at=later)),
            (["audit", "show"], self.store.events()),
        ):
            with self.subTest(words):
                self.assertEqual([one.to_json() for one in found], self.command(*words))

    def test_the_log(self):
        with self.open(log=True) as store:
            store.decide(request())
            self.assertEqual([one.to_json() for one in store.log()], self.command("log", "show"))

    def test_steps_and_sweeps(self):
        step = ["--actor", "mira", "--role", "support_manager", "--at", "2026-11-20T19:00:00Z"]
        self.request(key="k")
        policy = ["-p", str(CONTRACT)]
        told = self.command("migration", "approve", "M-1", *step, "--key", "a", *policy)
        self.assertEqual(
            json.loads(told[0]), {**self.approve(key="a").to_dict(), "repeated": False}
        )
        copy = self.folder / "copy.db"
        self.store.backup(copy)
        end = instant("2027-01-02T00:00:00Z")
        with Store.open(copy, self.policy) as store:
            swept = [one.to_json() for one in store.expire(at=end)]
        self.assertEqual(swept, self.command("expire", "--at", "2027-01-02T00:00:00Z", *policy))


if __name__ == "__main__":
    unittest.main()
