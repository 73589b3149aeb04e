# SPDX-License-Identifier: MIT
"""The commands about the store as a whole: its audit log, backups, checks, exports."""

import json
import os
import sqlite3
import unittest

from stores import START, StoreCase, step_words
from support import environment, run, start


class Audit(StoreCase):
    def test_show(self):
        self.request("--reason", "why")
        self.step("approve")
        self.request(org="globex", at="2026-11-22T00:00:00Z")
        lines = self.good("audit", "show").splitlines()
        self.assertEqual(lines, [
            "SEQ  AT                    WHAT     MIGRATION  ORG                    "
            "WHO                      WHY",
            "1    2026-11-20T18:00:00Z  create                                     "
            "                         made with layout 1",
            "2    2026-11-20T18:00:00Z  request  M-1        Acme Rockets (acme)    "
            "ben                      why",
            "3    2026-11-21T09:00:00Z  approve  M-1        Acme Rockets (acme)    "
            "carla (support_manager)",
            "4    2026-11-22T00:00:00Z  request  M-2        Acme Rockets (globex)  ben",
        ])

    def kinds(self, *words):
        return [event["kind"] for event in self.documents("audit", "show", *words)]

    def test_filters(self):
        self.live()
        self.request(org="globex", at="2026-11-22T00:00:00Z")
        self.assertEqual(self.kinds(), ["create", "request", "approve", "request"])
        self.assertEqual(self.kinds("--org", "acme"), ["request", "approve"])
        self.assertEqual(self.kinds("--migration", "M-2"), ["request"])
        self.assertEqual(self.kinds("--since", "2026-11-21T09:00:00Z"), ["approve", "request"])
        self.assertEqual(self.kinds("--since", "2026-11-22"), ["request"])
        self.assertEqual(self.kinds("--since", "2026-11-23"), [])
        out = self.good("audit", "show", "--org", "nobody")
        self.assertEqual(out, "There is no such event.\n")
        status, _, err = self.command("audit", "show", "--since", "yesterday")
        self.assertEqual(status, 2)
        self.assertIn("--since", err)

    def test_verify(self):
        self.live()
        head = self.good("audit", "head")
        self.assertRegex(head, r"\A[0-9a-f]{64}\n\Z")
        out = self.good("audit", "verify")
        self.assertIn("The audit log is whole: 3 events, each in its place", out)
        self.assertIn("`offerpolicy audit\nhead`", out)
        self.step("end", at="2026-11-22T00:00:00Z")
        out = self.good("audit", "verify", "--expect", head.strip())
        self.assertIn("4 events", out)
        self.assertIn("It contains the hash that was expected.", out)
        self.assertNotEqual(self.good("audit", "head"), head)
        self.bad("OFP-415", "audit", "verify", "--expect", "0" * 64)

    def change(self, *statements):
        """What somebody with a database tool could do."""
        database = sqlite3.connect(self.store)
        triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        triggers = triggers.fetchall()
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)
        for _, sql in triggers:
            database.execute(sql)
        database.commit()
        database.close()

    def test_verify_finds_a_change(self):
        self.live()
        self.change("UPDATE audit SET actor = 'somebody' WHERE seq = 3")
        self.assertIn("3", self.bad("OFP-414", "audit", "verify"))

    def test_check_finds_all(self):
        self.live()
        self.assertEqual(self.good("store", "check"), f"{self.store}: nothing is wrong\n")
        self.change(
            "UPDATE audit SET actor = 'somebody' WHERE seq = 3",
            "UPDATE migrations SET owner = 'nobody'",
        )
        status, out, err = self.command("store", "check")
        self.assertEqual((status, err), (1, ""))
        lines = out.splitlines()
        self.assertGreater(len(lines), 2)
        for line in lines[:-1]:
            self.assertRegex(line, r": error: .* \[OFP-41\d\]\Z")
        self.assertIn("[OFP-414]", out)
        self.assertIn("[OFP-416]", out)
        self.assertEqual(
            lines[-1],
            f"{self.store}: {len(lines) - 1} things are wrong; restore a backup, or compare with "
            "one",
        )


class Stores(StoreCase):
    def test_create(self):
        self.assertEqual(
            self.good("store", "create", "--at", START),
            f"{self.store} is a new store, which only you can read and write.\n",
        )
        (created,) = self.documents("audit", "show")
        self.assertEqual((created["kind"], created["at"]), ("create", START))
        self.assertEqual(self.store.stat().st_mode & 0o777, 0o600)
        self.assertEqual(
            self.good("store", "create"),
            f"{self.store} is a store already: nothing was changed.\n",
        )
        self.assertEqual(self.good("migration", "list"), "There is no such migration.\n")

    def test_that_are_none(self):
        foreign = self.path("notes.txt", "nothing of the kind\n" * 100)
        self.store = foreign
        for words in (["migration", "list"], ["store", "create"], ["expire"]):
            self.bad("OFP-403", *words, status=2)
        self.assertTrue(foreign.read_text().startswith("nothing of the kind"))
        self.store = self.folder / "missing"
        for words in (["migration", "list"], step_words("approve"), ["expire"], ["audit", "head"],
                      ["actions", "ack", "k"], ["store", "check"], ["store", "export"]):
            self.bad("OFP-401", *words, status=2)
        self.assertFalse(self.store.exists())

    def test_backup(self):
        self.live()
        copy = self.folder / "copy.db"
        self.assertEqual(
            self.good("store", "backup", copy),
            f"{self.store} was copied to {copy}. To be sure of the copy, run `offerpolicy store "
            "check` on it.\n",
        )
        self.assertEqual(copy.stat().st_mode & 0o777, 0o600)
        before = self.documents("audit", "show")
        self.bad("OFP-413", "store", "backup", copy)
        self.store = copy
        self.assertEqual(self.documents("audit", "show"), before)
        self.good("store", "check")

    def test_stats(self):
        self.live()
        self.request(org="globex")
        (stats,) = self.documents("store", "stats", "--at", "2026-11-22T00:00:00Z")
        size = stats.pop("bytes")
        self.assertEqual(size % 4096, 0)
        self.assertEqual(stats, {
            "schema": 1, "migrations": 2, "open": 1, "live": 1, "overdue": 0,
            "pending_actions": 4, "failed_actions": 0, "oldest_pending": START, "events": 4,
            "decisions": 0,
        })
        (stats,) = self.documents("store", "stats", "--at", "2027-03-01T00:00:00Z")
        self.assertEqual((stats["open"], stats["live"], stats["overdue"]), (0, 0, 2))
        out = self.good("store", "stats")
        self.assertRegex(out, r"(?m)^migrations +2  of any state$")
        self.assertIn("The oldest pending action is of 2026-11-20 at 18:00 UTC.\n", out)

    def test_stats_of_an_empty_store(self):
        self.good("store", "create")
        (stats,) = self.documents("store", "stats")
        self.assertEqual((stats["migrations"], stats["oldest_pending"]), (0, None))
        self.assertNotIn("oldest", self.good("store", "stats"))


class Exports(StoreCase):
    def setUp(self):
        super().setUp()
        self.live()
        self.events = self.documents("audit", "show")

    def export(self):
        return self.good("store", "export")

    def check_import(self, *words, **options):
        self.store = self.folder / "imported.db"
        out = self.good("store", "import", *words, **options)
        self.assertEqual(out, f"Imported 1 migration and 3 events into {self.store}.\n")
        self.assertEqual(self.documents("audit", "show"), self.events)
        self.good("store", "check")

    def test_lines(self):
        lines = [json.loads(line) for line in self.export().splitlines()]
        self.assertEqual(lines[0], {"offerpolicy_store": 1})
        self.assertEqual(lines[-1], {"records": 7})
        self.assertEqual(
            [next(iter(line)) for line in lines[1:-1]],
            ["migration"] + ["audit"] * 3 + ["action"] * 3,
        )

    def test_through_pipes(self):
        text = self.export()
        self.check_import(data=text)
        self.assertEqual(self.export(), text)

    def test_dash_is_a_pipe(self):
        text = self.good("store", "export", "-")
        self.check_import("-", data=text)

    def test_through_a_file(self):
        path = self.folder / "export.ndjson"
        self.assertEqual(
            self.good("store", "export", path), f"{self.store} was exported to {path}.\n"
        )
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        status, out, err = self.command("store", "export", path)
        self.assertEqual((status, out), (2, ""))
        self.assertIn(f"can't make {path}: File exists", err)
        self.check_import(path)

    def test_into_a_store_that_is_not_empty(self):
        self.bad("OFP-412", "store", "import", data=self.export())

    def test_wrong_ones(self):
        text = self.export()
        lines = text.splitlines(keepends=True)
        self.store = self.folder / "imported.db"
        for data, code in (
            ("", "OFP-417"),
            ("nonsense\n", "OFP-417"),
            ("".join(lines[:3]) + "nonsense\n", "OFP-417"),
            ("".join(lines[:2] + lines[3:]), "OFP-41[78]"),
            ("".join(lines[:-2]), "OFP-417"),
            (text.replace('"carla"', '"clara"'), "OFP-418"),
        ):
            status, out, err = self.command("store", "import", data=data)
            self.assertEqual((status, out), (1, ""), err)
            self.assertRegex(err, rf"\[{code}\]")
        self.assertIn("<stdin>:4: ", self.command("store", "import", data="".join(lines[:3]) + "x\n")[2])
        # Nothing is left of it.
        self.check_import(data=text)

    def test_a_file_that_can_not_be_read(self):
        status, out, err = self.command("store", "import", self.folder / "missing")
        self.assertEqual((status, out), (2, ""))
        self.assertIn("No such file or directory", err)

    def test_nobody_reads(self):
        # More than a pipe holds.
        database = self.folder / "large.ndjson"
        with start("store", "export", "-s", self.store) as process:
            process.stdout.close()
            err = process.stderr.read()
            self.assertEqual((process.wait(), err), (0, b""))
        self.assertFalse(database.exists())

    def test_no_room(self):
        with open("/dev/full", "wb") as full:
            status, _, err = self.command("store", "export", stdout=full)
        self.assertEqual(status, 2)
        self.assertIn("No space left on device", err)
        self.assertEqual(err.count("\n"), 1)


class Permissions(StoreCase):
    @unittest.skipIf(os.geteuid() == 0, "the superuser may write everything")
    def test_a_store_that_can_not_be_written(self):
        self.live()
        self.store.chmod(0o400)
        status, out, err = self.command(*step_words("end"))
        self.assertEqual((status, out), (2, ""))
        self.assertIn("[OFP-4", err)


class CommandLine(unittest.TestCase):
    def usage(self, message, *words):
        status, out, err = run(*words, env=environment(OFFERPOLICY_STORE=""))
        self.assertEqual((status, out), (2, ""), words)
        self.assertEqual(err.splitlines()[0], f"offerpolicy: {message}")

    def test_mistakes(self):
        self.usage("which audit command? show, verify or head", "audit")
        self.usage("which store command? create, backup, check, stats, export or import", "store")
        self.usage('unknown command "backup"; did you mean "store backup"?', "backup")
        self.usage('unknown command "store bakcup"; did you mean "store backup"?', "store",
                   "bakcup", "x")
        self.usage("store backup needs the name of a new file", "store", "backup")
        self.usage('store export takes no "b": its operands are [FILE]', "store", "export", "a",
                   "b")

    def test_help(self):
        for group, names in (
            ("audit", ("show", "verify", "head")),
            ("store", ("create", "backup", "check", "stats", "export", "import")),
        ):
            out = run("help", group)[1]
            for name in names:
                self.assertRegex(out, rf"(?m)^  {name} +\w")
                text = run("help", group, name)[1]
                self.assertTrue(text.startswith(f"Usage: offerpolicy {group} {name} [OPTION...]"))
                for line in text.splitlines():
                    self.assertLessEqual(len(line), 90)


if __name__ == "__main__":
    unittest.main()
