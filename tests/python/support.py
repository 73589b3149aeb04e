# SPDX-License-Identifier: MIT
"""What the tests of the Python package share: where things are, and facts to start from."""

import json
import os
import pathlib
import tempfile
import unittest
from datetime import date, datetime, timedelta, timezone

from offerpolicy import Policy, Store

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/cases"
CONTRACT = CASES / "contract/policy.yaml"
ZONES = os.environ["OFFERPOLICY_ZONEINFO"]
COMMAND = os.environ.get("OFFERPOLICY")
SANITIZED = os.environ.get("OFP_SANITIZED") == "yes"
FULL = os.environ.get("OFP_TEST_SIZE") == "full"

UTC = timezone.utc
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def instant(text):
    """A datetime from its text."""
    return datetime.fromisoformat(text)


def read_lines(path):
    """The documents of a file, one a line."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def compact(document):
    """A document as the library writes it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def contract_policy():
    """The contract's policy, with the zone data that the answers were made for."""
    return Policy.load(CONTRACT, zone_directory=ZONES)


def ticket(id="4711", **more):
    """A ticket about an offering that it names itself."""
    return {"id": id, "created_at": "2026-11-20T17:42:00Z", "offering": "self_managed", **more}


def facts(org="acme", offering="self_managed", level="premium", **more):
    """What an org has bought."""
    return {
        "org": {"id": org, "name": "Acme Rockets"},
        "entitlements": [{"offering": offering, "level": level, **more}],
    }


def request(id="4711", **more):
    """A whole request; `more` goes into the ticket."""
    return {"now": "2026-11-20T18:00:00Z", "ticket": ticket(id, **more), **facts()}


class PolicyCase(unittest.TestCase):
    """Tests with the contract's policy."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.policy = contract_policy()


class FolderCase(PolicyCase):
    """Tests with a folder of their own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)


class StoreCase(FolderCase):
    """Tests with a store of their own."""

    def setUp(self):
        super().setUp()
        self.path = self.folder / "store.db"
        self.store = self.open(mode="create", at=NOW)

    def open(self, **options):
        """One more connection, which is closed after the test."""
        store = Store.open(self.path, self.policy, **options)
        self.addCleanup(store.close)
        return store

    def request(self, org="acme", at=NOW, **more):
        """Requests a migration."""
        return self.store.request(
            **{
                "org": org,
                "from_": "self_managed",
                "to": "saas",
                "level": "premium",
                "target_date": date(2026, 12, 31),
                "owner": "dana",
                "facts": facts(org),
                "actor": "dana",
                "at": at,
                **more,
            }
        )

    def approve(self, migration="M-1", at=NOW + HOUR, **more):
        """Approves one, as somebody who requested nothing."""
        return self.store.approve(
            migration, **{"actor": "mira", "role": "support_manager", "at": at, **more}
        )

    def live(self, **more):
        """Requests and approves a migration."""
        self.request(**more)
        return self.approve()
