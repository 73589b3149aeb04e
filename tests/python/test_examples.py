# SPDX-License-Identifier: MIT
"""The programs of examples/python, and what the manual shows."""

import contextlib
import doctest
import io
import json
import re
import subprocess
import sys
import unittest
from datetime import date

from offerpolicy import Policy, Store
from support import DAY, HOUR, NOW, ROOT, FolderCase, facts, instant

EXAMPLES = ROOT / "examples/python"


def run(*arguments):
    """Status, output and messages of a program."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


class Triage(FolderCase):
    def test_what_is_printed(self):
        files = [EXAMPLES / "tickets.csv", EXAMPLES / "contracts.csv"]
        status, out, err = run(EXAMPLES / "triage.py", "--at", "2026-11-20T18:00:00Z", *files)
        self.assertEqual(status, 1)
        self.assertRegex(
            err, r'\A\S+tickets.csv, row 6: /ticket/priority: unknown priority "hihg".*\n\Z'
        )
        self.assertIn("4711: migration_offer, cloud at level premium\n", out)
        self.assertIn("  ticket.add_tag: focus_cloud\n  ticket.public_reply: Thank you", out)
        self.assertIn("4712: entitled, self_managed at level standard\n", out)
        self.assertIn("  ticket.remove_tag: focus_cloud\n", out)
        self.assertIn("4713: lapsed, cloud at level free\n", out)
        self.assertIn("4714: unknown_org, ", out)
        self.assertIn("  answer by 2026-11-20 21:42 UTC\n", out)

    def test_a_policy_that_is_wrong(self):
        broken = self.folder / "policy.yaml"
        broken.write_text("policy: x\n")
        status, out, err = run(EXAMPLES / "triage.py", "-p", broken, "none.csv", "none.csv")
        self.assertEqual((status, out), (1, ""))
        self.assertIn("PolicyError", err)


class Round(FolderCase):
    def setUp(self):
        super().setUp()
        self.store = self.folder / "support.db"
        self.desk = self.folder / "desk.json"
        acme = {"tags": ["self_managed_premium"], "notes": "Call Ann.\n", "entitlements": []}
        self.write({"acme": acme})
        policy = Policy.default()
        with Store.open(self.store, policy, mode="create", at=NOW) as store:
            store.request(
                org="acme", from_="self_managed", to="cloud", level="premium", owner="dana",
                target_date=date(2026, 12, 31), facts=facts(), actor="dana", at=NOW,
            )  # fmt: skip
            store.approve("M-1", actor="mira", role="support_manager", at=NOW + HOUR)

    def write(self, orgs):
        self.desk.write_text(json.dumps({"orgs": orgs}))

    def orgs(self):
        return json.loads(self.desk.read_text())["orgs"]

    def round(self, at, status=0):
        program = EXAMPLES / "daily_round.py"
        found, out, err = run(program, "--at", at.isoformat(), self.store, self.desk)
        self.assertEqual(found, status, err)
        return out, err

    def test_a_promise_and_its_end(self):
        out, _ = self.round(NOW + DAY)
        self.assertIn("ops.request acme: said to Support Ops", out)
        acme = self.orgs()["acme"]
        self.assertEqual(acme["tags"], ["cloud_premium", "self_managed_premium"])
        self.assertIn("Call Ann.\n[migration M-1]\n", acme["notes"])
        self.assertEqual(self.round(NOW + DAY), ("", ""))
        out, _ = self.round(instant("2026-12-29T00:05:00Z"))
        self.assertIn("remind M-1 of acme: live\n", out)
        self.assertIn("owner.remind acme: said to dana: ", out)
        out, _ = self.round(instant("2027-01-01T00:05:00Z"))
        self.assertIn("expire M-1 of acme: ended\n", out)
        acme = self.orgs()["acme"]
        self.assertEqual((acme["tags"], acme["notes"]), (["self_managed_premium"], "Call Ann.\n"))

    def test_what_was_bought_stays(self):
        self.round(NOW + DAY)
        orgs = self.orgs()
        orgs["acme"]["entitlements"] = [{"offering": "cloud", "level": "premium"}]
        self.write(orgs)
        self.round(instant("2027-01-01T00:05:00Z"))
        self.assertIn("cloud_premium", self.orgs()["acme"]["tags"])

    def test_a_help_desk_that_fails(self):
        orgs = self.orgs()
        self.write({})
        out, err = self.round(NOW + DAY, status=1)
        self.assertEqual(out, "ops.request acme: failed: the help desk has no org acme\n")
        self.assertIn("3 actions wait", err)
        self.write(orgs)
        self.assertEqual(self.round(NOW + DAY), ("", "3 actions wait\n"))
        out, _ = self.round(NOW + DAY + HOUR)
        self.assertEqual(len(re.findall(r"(?m)^(?:ops|org)\.\w+ acme: ", out)), 3)


class Manual(FolderCase):
    """Each block of doc/python.md that starts with `>>>` runs, and prints what stands there."""

    def test_sessions(self):
        text = (ROOT / "doc/python.md").read_text(encoding="utf-8")
        blocks = re.findall(r"(?s)```pycon\n(.*?)```", text)
        self.assertGreater(len(blocks), 5)
        test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "doc/python.md", None, 0)
        told = io.StringIO()
        with contextlib.chdir(self.folder):
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
            found = runner.run(test, out=told.write)
        self.assertEqual(found.failed, 0, told.getvalue())
        self.assertGreater(found.attempted, 20)


if __name__ == "__main__":
    unittest.main()
