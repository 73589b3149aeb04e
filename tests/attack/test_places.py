# SPDX-License-Identifier: MIT
"""Hostile places: no plain files, little of everything, clocks that jump, stores of others."""

import contextlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import unittest

from attacks import FULL, POLICY, SANITIZED, SMALL, Attack, attack, inside, limit, line, request
from support import COMMAND, environment

NOON = "2026-11-20T12:00:00Z"


class Files(Attack):
    def test_no_plain_files(self):
        os.mkfifo(self.path("fifo"))
        os.symlink("/dev/zero", self.path("link"))
        for name in ("/dev/zero", self.folder, "/proc/self/mem"):
            self.assertEqual(attack("check", name)[0], 2, name)
        for name in ("/dev/zero", "/dev/null", self.path("fifo"), self.path("link"), self.folder):
            for words in (["store", "stats"], ["store", "create"], ["migration", "list"]):
                status, out, err = attack(*words, "-s", name)
                self.assertEqual((status, out), (2, ""))
                self.assertIn("OFP-402", err)
        store = self.path("store.db")
        self.assertEqual(attack("store", "create", "-s", store)[0], 0)
        status, _, err = attack("expire", "--at", NOON, "-s", store, "--facts", "/dev/zero")
        self.assertEqual((status, "16 MiB" in err), (1, True))
        status, _, err = attack("store", "import", "-s", store, "/dev/zero")
        self.assertIn("16 MiB", err)

    def test_zone_files(self):
        zones = self.path("zones")
        os.mkdir(zones)
        os.mkfifo(os.path.join(zones, "Fifo"))
        os.mkfifo(os.path.join(zones, "tzdata.zi"))
        os.symlink("/dev/zero", os.path.join(zones, "Zero"))
        os.symlink("/etc/passwd", os.path.join(zones, "Out"))
        os.symlink("Loop", os.path.join(zones, "Loop"))
        os.symlink(zones, os.path.join(zones, "Same"))
        self.write("zones/Huge", b"TZif2" + bytes(1 << 20))
        self.write("zones/Empty", b"")
        self.write("zones/Text", b"Europe/Amsterdam\n")
        # Counts that wrap in 32 bits, and a block that is longer than the file.
        for number, count in enumerate((0xFFFFFFFF, 0x80000000, 0x10000)):
            header = b"TZif2" + bytes(15) + count.to_bytes(4, "big") * 6
            self.write(f"zones/Count{number}", header * 2 + b"\n<A>0\n")
        names = [*os.listdir(zones), "Same/Fifo", "Same/Same/Out", "Fifo/x", "Text/x"]
        for name in names:
            path = self.write("policy.yaml", f"{SMALL}time_zone: {name}\n")
            status, out, err = attack("check", "--zoneinfo", zones, path)
            self.assertEqual((status, err), (1, ""), (name, out))
            self.assertIn("6:", out.replace("7:", "6:"))

    def test_bad_zone_of_an_org(self):
        for zone in ("../../dev/zero", "/dev/zero", "Same\0", "\u001b[31m"):
            wanted = request("t")
            wanted["org"]["time_zone"] = zone
            status, _, err = attack("explain", "-p", POLICY, data=json.dumps(wanted) + "\n")
            self.assertIn(status, (0, 1))
            self.assertNotIn("\x1b", err)

    def test_names_that_sqlite_would_take_for_more(self):
        with inside(self.folder):
            for name in ("file:a.db?mode=memory", ":memory:", "%41.db", "b?nolock=1"):
                self.assertEqual(attack("store", "create", "-s", name)[0], 0)
                self.assertIn(name, os.listdir("."))
                self.assertEqual(os.stat(name).st_mode & 0o777, 0o600)


class Little(Attack):
    """Little of what a process needs."""

    def setUp(self):
        super().setUp()
        self.store = self.path("store.db")
        self.assertEqual(attack("store", "create", "-s", self.store)[0], 0)
        with open(self.store, "rb") as file:
            self.before = file.read()

    def test_rights_of_a_store(self):
        for mask in (0o000, 0o022, 0o077):
            path = self.path(f"{mask}.db")
            status, _, _ = attack("store", "create", "-s", path, preexec_fn=lambda: os.umask(mask))
            self.assertEqual(status, 0)
            self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)

    def test_size_of_files(self):
        small = limit(resource.RLIMIT_FSIZE, 4096)
        status, _, err = attack("store", "create", "-s", self.path("new.db"), preexec_fn=small)
        self.assertEqual((status, "OFP-4" in err), (2, True), err)
        words = ["log", "prune", "--before", "2026-01-01", "--actor", "a", "--reason", "r"]
        status, _, err = attack(*words, "-s", self.store, preexec_fn=small)
        self.assertEqual((status, "OFP-4" in err), (2, True), err)
        self.assertEqual(attack("store", "check", "-s", self.store)[0], 0)
        with open(self.path("out"), "wb") as out:
            status, _, err = attack("decide", data=line("a") * 100, stdout=out, preexec_fn=small)
        self.assertEqual((status, "File too large" in err), (2, True), err)

    @unittest.skipIf(SANITIZED, "sanitizers need files and memory of their own")
    def test_files_stack_and_memory(self):
        commands = (["decide", "-j1"], ["decide", "-j3"], ["explain"],
                    ["store", "check", "-s", self.store])
        for kind, values in (
            (resource.RLIMIT_NOFILE, range(3, 12)),
            (resource.RLIMIT_STACK, (64 << 10, 128 << 10, 512 << 10)),
            (resource.RLIMIT_AS, range(8 << 20, 160 << 20, (4 if FULL else 24) << 20)),
        ):
            for value in values:
                for words in commands:
                    status, _, err = attack(*words, data=line("a"), preexec_fn=limit(kind, value))
                    # 127: not even the libraries could be loaded.
                    self.assertIn(status, (0, 1, 2, 127), (words, value, err))
                    self.assertTrue(status == 0 or err, (words, value))
        self.assertEqual(attack("store", "check", "-s", self.store)[0], 0)

    @unittest.skipIf(os.getuid() == 0, "root may write everywhere")
    def test_folder_that_can_not_be_written(self):
        os.chmod(self.folder, 0o500)
        self.addCleanup(os.chmod, self.folder, 0o700)
        for words in (["create"], ["stats"], ["check"]):
            name = self.path("new.db") if words == ["create"] else self.store
            status, _, err = attack("store", *words, "-s", name)
            self.assertEqual((status, "OFP-402" in err), (2, True), err)

    def test_streams_that_are_closed(self):
        # The store's file then has the number of a stream, and must not be written to as one.
        closed = [lambda: os.closerange(0, 3), lambda: os.close(2), lambda: os.closerange(1, 3)]
        approve = ["migration", "approve", "M-9", "--actor", "a"]
        for close in closed:
            for words in (["store", "stats"], ["store", "check"], approve):
                attack(*words, "-s", self.store, stdout=subprocess.DEVNULL, preexec_fn=close)
        self.assertEqual(attack("store", "check", "-s", self.store)[0], 0)
        with open(self.store, "rb") as file:
            self.assertEqual(file.read()[:16], b"SQLite format 3\0")

    def test_signals(self):
        for number in (2, 15, 1):
            process = subprocess.Popen(
                [COMMAND, "decide", "-j2"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment(),
            )
            process.stdin.write(line("a").encode())
            process.stdin.flush()
            self.assertEqual(json.loads(process.stdout.readline())["ticket"], "a")
            process.send_signal(number)
            self.assertEqual(process.wait(60), -number)
            process.stdin.close()
            process.stdout.close()


class Stores(Attack):
    def setUp(self):
        super().setUp()
        self.store = self.path("store.db")
        wanted = request("t")
        facts = {name: wanted[name] for name in ("org", "entitlements")}
        self.facts = self.write("facts.json", json.dumps(facts))
        self.assertEqual(attack("store", "create", "-s", self.store)[0], 0)
        status, _, err = self.request(NOON)
        self.assertEqual((status, err), (0, ""))

    def request(self, at, *more, policy=POLICY):
        """Requests a migration."""
        words = "--org acme --from self_managed --to saas --level premium --owner dana --actor dana"
        return attack(
            *["migration", "request", *words.split(), "--target-date", "2026-12-31"],
            *["--reason", "{owner} moves", "--facts", self.facts, "--at", at],
            *["-s", self.store, "-p", policy, *more],
        )

    def approve(self, at, policy=POLICY):
        """Approves it."""
        words = ["--actor", "mira", "--role", "support_manager", "--at", at]
        return attack("migration", "approve", "M-1", *words, "-s", self.store, "-p", policy)

    def test_clocks_that_jump(self):
        status, _, err = self.approve("2026-11-20T11:59:59Z")
        self.assertEqual((status, "OFP-521" in err), (1, True), err)
        status, _, err = self.approve("2199-01-01T00:00:00Z")
        self.assertEqual((status, "OFP-5" in err), (1, True), err)
        for at in ("2200-12-31T23:59:60Z", "9999-12-31T23:59:59Z", "1969-12-31T23:59:59Z"):
            self.assertEqual(self.approve(at)[0], 2)
        self.assertEqual(self.approve(NOON)[0], 0)
        place = ["-s", self.store, "-p", POLICY]
        self.assertEqual(attack("expire", "--at", "2200-12-31T23:59:59Z", *place)[0], 0)
        status, _, err = attack(
            *["migration", "extend", "M-1", "--target-date", "2027-01-31", "--at", NOON],
            *["--actor", "mira", "--role", "support_manager", *place],
        )
        self.assertEqual(status, 1, err)
        self.assertEqual(attack("store", "check", "-s", self.store)[0], 0)

    def test_other_policies(self):
        # One that does not know the offering, of which no ticket can be then; and one in which
        # nobody pays for the level.
        with open(POLICY, encoding="utf-8") as file:
            text = file.read()
        wanted = request("t")
        for number, other in enumerate((
            text.replace("saas", "cloudy"),
            text.replace("unpaid: [free]", "unpaid: [free, standard, premium]"),
        )):
            path = self.write(f"{number}.yaml", other)
            self.assertEqual(self.approve(NOON, path)[0], 1)
            self.assertEqual(attack("check", path)[0], 0)
        self.assertEqual(self.approve(NOON)[0], 0)
        answers = []
        for number in range(2):
            words = ["decide", "-p", self.path(f"{number}.yaml"), "-s", self.store]
            answers.append(json.loads(attack(*words, data=json.dumps(wanted) + "\n")[1]))
        self.assertEqual(answers[0]["verdict"], "entitled")
        self.assertEqual(answers[1]["error"]["code"], "OFP-523")

    def test_texts_of_steps(self):
        for place, text in (("--actor", "a\nb"), ("--owner", "\x1b[31m"), ("--reason", "x" * 70000),
                            ("--actor", "a\u202eb"), ("--key", "k" * 300), ("--actor", "")):
            status, _, err = self.request(NOON, place, text)
            self.assertIn(status, (1, 2), (place, err))
            self.assertNotIn("\x1b", err)
        self.assertIn("{owner} moves", attack("audit", "show", "-s", self.store)[1])

    def test_bytes_that_are_changed(self):
        # Wherever a byte of a store is another: an answer or an error, and no end by a signal.
        with open(self.store, "rb") as file:
            sound = file.read()
        copy = self.path("copy.db")
        for at in range(0, len(sound), 97 if FULL else len(sound) // 40):
            for rest in ("-wal", "-shm"):
                if os.path.exists(copy + rest):
                    os.remove(copy + rest)
            with open(copy, "wb") as file:
                file.write(sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1:])
            for words in (["store", "check"], ["migration", "list", "--at", NOON]):
                self.assertIn(attack(*words, "-s", copy)[0], (0, 1, 2), at)

    def test_stores_with_more_in_them(self):
        # What others have put into the file is refused, and never run.
        for statement in (
            "CREATE TRIGGER t AFTER INSERT ON audit BEGIN SELECT 1; END",
            "CREATE VIEW v AS SELECT 1",
            "CREATE TABLE other (x)",
            "CREATE INDEX i ON migrations (org)",
        ):
            copy = self.path("copy.db")
            shutil.copy(self.store, copy)
            with contextlib.closing(sqlite3.connect(copy)) as file:
                file.execute(statement)
                file.commit()
            status, out, err = attack("store", "stats", "-s", copy)
            self.assertEqual((status, out), (2, ""), statement)
            self.assertIn("OFP-4", err)
            for rest in ("", "-wal", "-shm"):
                if os.path.exists(copy + rest):
                    os.remove(copy + rest)


if __name__ == "__main__":
    unittest.main()
