# SPDX-License-Identifier: MIT
"""Policies: loading them, their mistakes, and what they say about themselves."""

import os
import pathlib
import unittest
from datetime import date

import offerpolicy
from offerpolicy import FileError, NotFound, Policy, PolicyError, Severity
from support import CASES, CONTRACT, ROOT, UTC, ZONES, FolderCase, instant

WARNED = ROOT / "tests/cli/policies/warnings.yaml"
BROKEN = ROOT / "tests/cli/policies/mistakes.yaml"


class Loading(FolderCase):
    def test_a_path_of_any_kind(self):
        for path in (CONTRACT, str(CONTRACT), str(CONTRACT).encode()):
            self.assertEqual(Policy.load(path).digest, self.policy.digest)

    def test_a_path_that_is_not_utf8(self):
        path = str(self.folder).encode() + b"/\xff.yaml"
        pathlib.Path(path.decode("utf-8", "surrogateescape")).write_bytes(CONTRACT.read_bytes())
        self.assertEqual(Policy.load(path).name, "northwind-support")

    def test_mistakes_of_a_file_whose_name_is_not_utf8(self):
        path = os.fsencode(self.folder) + b"/\xff\n.yaml"
        with self.assertRaises(FileError):
            Policy.load(path)
        pathlib.Path(os.fsdecode(path)).write_text("policy: x\n")
        with self.assertRaises(PolicyError) as caught:
            Policy.load(path)
        self.assertEqual(os.fsencode(caught.exception.file), path)
        self.assertIn(r"/\udcff\n.yaml:1:1: ", str(caught.exception))
        (found, *_) = Policy.check_text("policy: x\n", source=os.fsdecode(path))
        self.assertEqual(found.file, caught.exception.file)

    def test_text(self):
        policy = Policy.parse(CONTRACT.read_text())
        self.assertEqual(policy.digest, self.policy.digest)

    def test_the_default(self):
        policy = Policy.default()
        self.assertEqual((policy.name, policy.warnings), ("default", ()))
        self.assertIn("cloud", policy.offerings)

    def test_zones_from_a_folder(self):
        self.assertEqual(self.policy.tzdata, "2026f")
        with self.assertRaises(PolicyError) as caught:
            Policy.load(CONTRACT, zone_directory=self.folder)
        self.assertEqual(caught.exception.code, "OFP-109")

    def test_without_machine_code(self):
        now = instant("2026-11-20T18:00:00Z")
        ticket = {"id": "1", "created_at": now, "subject": "cloud.northwind.example"}
        options = {"zone_directory": ZONES}
        text = CONTRACT.read_text()
        expected = self.policy.decide(ticket=ticket, now=now).to_json()
        for slow in Policy.load(CONTRACT, jit=False, **options), Policy.parse(text, jit=False, **options):
            self.assertEqual(slow.decide(ticket=ticket, now=now).to_json(), expected)
        self.assertEqual(Policy.default(jit=False).digest, Policy.default().digest)

    def test_no_constructor(self):
        with self.assertRaisesRegex(TypeError, "Policy.load"):
            Policy()

    def test_a_subclass(self):
        class Mine(Policy):
            pass

        self.assertIsInstance(Mine.default(), Mine)


class Mistakes(FolderCase):
    def test_no_file(self):
        with self.assertRaises(FileError) as caught:
            Policy.load(self.folder / "none.yaml")
        self.assertEqual(caught.exception.file, str(self.folder / "none.yaml"))
        self.assertIsInstance(caught.exception, OSError)

    def test_all_mistakes_with_their_places(self):
        with self.assertRaises(PolicyError) as caught:
            Policy.load(BROKEN, source="mine.yaml")
        error = caught.exception
        self.assertGreater(len(error.diagnostics), 1)
        self.assertEqual(error.file, "mine.yaml")
        self.assertTrue(error.line and error.column)
        self.assertRegex(str(error), r"\Amine.yaml:\d+:\d+: .* \[OFP-1\d\d\] \(and \d+ more\)\Z")
        places = [(one.line, one.column) for one in error.diagnostics]
        self.assertEqual(places, sorted(places))
        lines = BROKEN.read_text(encoding="utf-8").splitlines()
        for one in error.diagnostics:
            self.assertEqual(one.file, "mine.yaml")
            if one.excerpt is not None:
                self.assertIn(one.excerpt, lines[one.line - 1])
                self.assertLessEqual(one.caret, len(one.excerpt))

    def test_one_mistake_in_a_text(self):
        yaml = CONTRACT.read_text().replace("[premium, ultimate], form", "[premum, ultimate], form")
        with self.assertRaises(PolicyError) as caught:
            Policy.parse(yaml)
        error = caught.exception
        self.assertEqual((error.code, len(error.diagnostics)), ("OFP-108", 1))
        self.assertEqual(error.message, 'unknown level "premum": did you mean "premium"?')
        self.assertEqual(error.diagnostics[0].excerpt[error.diagnostics[0].caret :][:6], "premum")

    def test_check_tells_and_does_not_raise(self):
        self.assertEqual(Policy.check(CONTRACT), ())
        self.assertEqual(Policy.check_text(CONTRACT.read_text()), ())
        found = Policy.check(BROKEN)
        self.assertIn(Severity.ERROR, [one.severity for one in found])
        self.assertEqual(len(Policy.check_text(BROKEN.read_text())), len(found))

    def test_warnings(self):
        policy = Policy.load(WARNED)
        self.assertTrue(policy.warnings)
        self.assertEqual(Policy.check(WARNED), policy.warnings)
        for one in policy.warnings:
            self.assertEqual(one.severity, Severity.WARNING)
            self.assertRegex(str(one), r":\d+:\d+: warning: .* \[OFP-15\d\]\Z")

    def test_every_wrong_policy_of_the_cases(self):
        count = 0
        for path in sorted((CASES / "policies/wrong").glob("*.yaml")):
            with self.subTest(path.name):
                found = Policy.check(path, zone_directory=ZONES)
                self.assertTrue(found)
                warned = all(one.severity is Severity.WARNING for one in found)
                self.assertEqual(warned, path.name.startswith("warn"))
            count += 1
        self.assertGreater(count, 10)

    def test_every_right_policy_of_the_cases(self):
        for path in sorted((CASES / "policies/right").glob("*.yaml")):
            with self.subTest(path.name):
                self.assertTrue(Policy.load(path, zone_directory=ZONES).name)


class About(FolderCase):
    def test_names(self):
        policy = self.policy
        self.assertEqual((policy.name, policy.revision), ("northwind-support", "2026-11"))
        self.assertRegex(policy.digest, r"\Asha256:[0-9a-f]{64}\Z")
        self.assertEqual(policy.time_zone, "America/Los_Angeles")
        self.assertEqual(policy.levels, ("free", "standard", "premium", "ultimate"))
        self.assertEqual(policy.paid_levels, ("standard", "premium", "ultimate"))
        self.assertEqual(policy.priorities, ("low", "normal", "high", "urgent"))
        self.assertEqual(policy.offerings, ("self_managed", "saas", "dedicated"))
        self.assertEqual(policy.titles["saas"], "Northwind Cloud")
        self.assertEqual(policy.calendars, ("always", "business", "emea", "night"))
        self.assertEqual(policy.sla_rules[0], "emergency")
        self.assertIn("sm_premium", policy.tags)
        self.assertEqual(
            dict(policy.fields),
            {"form": ("cloud", "self_managed", "emergency", "billing", "general")},
        )
        self.assertEqual(repr(policy), "<Policy 'northwind-support' revision '2026-11'>")

    def test_a_policy_without_revision(self):
        lines = CONTRACT.read_text().splitlines(keepends=True)
        policy = Policy.parse("".join(one for one in lines if not one.startswith("revision")))
        self.assertIsNone(policy.revision)
        self.assertEqual(repr(policy), "<Policy 'northwind-support'>")

    def test_mappings_can_not_be_changed(self):
        with self.assertRaises(TypeError):
            self.policy.titles["saas"] = "Cloud"

    def test_calendars_by_name(self):
        self.assertEqual(self.policy.calendar("emea").name, "emea")
        with self.assertRaisesRegex(NotFound, "'busines'.*always, business, emea, night") as caught:
            self.policy.calendar("busines")
        self.assertIsInstance(caught.exception, LookupError)

    def test_dates(self):
        self.assertEqual(
            self.policy.date_start(date(2026, 11, 20)), instant("2026-11-20T08:00:00Z")
        )
        end, forgotten = self.policy.migration_end(date(2026, 12, 31))
        self.assertEqual(end, instant("2027-01-01T08:00:00Z"))
        self.assertEqual(forgotten, instant("2027-06-30T07:00:00Z"))
        self.assertIs(end.tzinfo, UTC)

    def test_version(self):
        self.assertRegex(offerpolicy.__version__, r"\A\d+\.\d+\.\d+\Z")


if __name__ == "__main__":
    unittest.main()
