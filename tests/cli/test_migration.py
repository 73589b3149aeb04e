# SPDX-License-Identifier: MIT
"""The commands of a migration's life: steps, lists, sweeps, and the actions for the host."""

import json
import re
import unittest

from stores import START, StoreCase, facts, step_words
from support import FULL, POLICY, environment, run, start
from test_terminal import output_on_terminal

KEY = r"v1:[0-9a-f]{32}"
REMIND = ("  grace_days: 0  ", "  remind: [14d, 3d]\n  grace_days: 0  ")


class Words(StoreCase):
    """What is said after a step."""

    def test_request(self):
        self.assertEqual(
            self.request(),
            "Requested M-1: Acme Rockets (acme) moves from Self-managed to Northwind Cloud, "
            "level premium, until 2027-01-31.\n"
            "It needs an approval (`offerpolicy migration approve M-1`); without one it is missed "
            "on 2027-02-01 at 08:00 UTC. To do for the host (1 action, see "
            "`offerpolicy actions`):\n"
            "  hand the request about org acme to those who approve\n",
        )
        self.assertEqual(self.store.stat().st_mode & 0o777, 0o600)

    def test_approve(self):
        self.assertEqual(
            self.live(),
            "Approved M-1: Acme Rockets (acme) moves from Self-managed to Northwind Cloud, "
            "level premium, until 2027-01-31.\n"
            "It ends by itself on 2027-02-01 at 08:00 UTC. To do for the host (2 actions, see "
            "`offerpolicy actions`):\n"
            "  put the tag saas_premium on org acme\n"
            "  add a note to org acme\n",
        )

    def test_refuse(self):
        self.request()
        self.assertEqual(
            self.step("refuse", "M-1", "--reason", "no quote"),
            "Refused M-1: Acme Rockets (acme) does not move from Self-managed to Northwind "
            "Cloud.\nDecisions remember it until 2027-07-31 at 07:00 UTC. Nothing is left to do "
            "for the host.\n",
        )

    def test_extend(self):
        self.live()
        self.assertEqual(
            self.step("extend", "M-1", "--target-date", "2027-02-14"),
            "Extended M-1: Acme Rockets (acme) moves from Self-managed to Northwind Cloud, level "
            "premium, until 2027-02-14 instead of 2027-01-31.\n"
            "This was extension 1. It ends by itself on 2027-02-15 at 08:00 UTC. To do for the "
            "host (2 actions, see `offerpolicy actions`):\n"
            "  remove the note of M-1 from org acme\n"
            "  add a note to org acme\n",
        )

    def test_end(self):
        self.live()
        self.assertEqual(
            self.step("end"),
            "Ended M-1: Acme Rockets (acme) no longer moves from Self-managed to Northwind "
            "Cloud.\nDecisions remember it until 2027-05-21 at 07:00 UTC. To do for the host (2 "
            "actions, see `offerpolicy actions`):\n"
            "  remove the note of M-1 from org acme\n"
            "  take the tag saas_premium off org acme, unless it pays for saas at level "
            "premium\n",
        )

    def test_complete(self):
        for outcome, told in (("reached", "reached"), ("not_reached", "not reached")):
            with self.subTest(outcome):
                self.store = self.folder / outcome
                self.live()
                self.assertEqual(
                    self.step("complete", "M-1", "--outcome", outcome),
                    "Completed M-1: Acme Rockets (acme) has moved from Self-managed to "
                    f"Northwind Cloud; the goal was {told}. To do for the host (2 actions, see "
                    "`offerpolicy actions`):\n"
                    "  remove the note of M-1 from org acme\n"
                    "  take the tag sm_premium off org acme, unless it pays for self_managed at "
                    "level premium\n",
                )

    def test_complete_with_facts(self):
        self.live()
        paid = self.path("paid.json", [facts(ends="2027-03-01")])
        self.assertIn(
            "  take the tag sm_premium off org acme, but not before 2027-03-02 at 08:00 UTC\n",
            self.step("complete", "M-1", "--outcome", "reached", "--facts", paid),
        )

    def test_cancel(self):
        self.request()
        self.assertEqual(
            self.good("migration", "cancel", "M-1", "--actor", "ben", "--at", START),
            "Cancelled M-1: Acme Rockets (acme) no longer asks to move from Self-managed to "
            "Northwind Cloud. Nothing is left to do for the host.\n",
        )

    def test_org_without_a_name(self):
        nameless = self.path("nameless.json", [{**facts(), "org": {"id": "acme"}}])
        self.assertIn("Requested M-1: acme moves from", self.request(facts=nameless))

    def test_seconds_are_told_where_there_are_any(self):
        self.live()
        self.assertIn("was done already, on 2026-11-20 at 18:00 UTC", self.request())
        self.step("end", at="2026-11-21T09:00:01Z")
        shown = self.good("migration", "show", "M-1")
        self.assertIn("it ended on 2026-11-21 at 09:00:01 UTC", shown)

    def test_texts_are_made_harmless(self):
        reason = "red\n\033[31m\u009b31m alarm\a"
        self.request("--reason", "plain\n\ttext")
        self.store = self.folder / "other.db"
        self.bad("OFP-520", *self.request_words(), "--reason", reason)
        odd = self.path("odd.json", [{**facts(), "org": {"id": "acme", "name": "A\033[31m\nB"}}])
        status, out, err = self.command(*self.request_words(facts=odd))
        self.assertNotIn("\033", out + err)
        self.assertIn(status, (0, 1))


class Repeats(StoreCase):
    def test_same_request_again(self):
        first = self.request()
        again = self.request(at="2026-11-20T18:05:00Z")
        title, rest = again.split("\n", 1)
        self.assertEqual(
            title,
            "This was done already, on 2026-11-20 at 18:00 UTC: nothing has changed. "
            "The answer was:",
        )
        self.assertEqual(rest, first)

    def test_same_step_with_a_key(self):
        self.request()
        words = step_words("approve", "M-1", "--key", "click-1")
        (first,) = self.documents(*words)
        (again,) = self.documents(*words)
        self.assertEqual((first.pop("repeated"), again.pop("repeated")), (False, True))
        self.assertEqual(first, again)
        self.bad("OFP-511", *step_words("end", "M-1", "--key", "click-1"))

    def test_same_step_without_a_key_is_refused_by_state(self):
        self.live()
        message = self.bad("OFP-503", *step_words("approve"))
        self.assertIn("M-1", message)

    def test_same_step_with_the_revision_that_was_seen(self):
        self.request()
        words = step_words("approve", "M-1", "--if-revision", "1")
        (first,) = self.documents(*words)
        (again,) = self.documents(*words)
        self.assertTrue(again["repeated"])
        self.assertEqual(first["migration"], again["migration"])
        self.bad("OFP-510", *step_words("end", "M-1", "--if-revision", "1"))


class Documents(StoreCase):
    MIGRATION = {
        "id", "org", "org_name", "from", "from_level", "to", "level", "target_date", "ends_at",
        "forgotten_at", "status", "state", "revision", "owner", "reason", "evidence",
        "requested_by", "requested_at", "decided_by", "decided_at", "changed_at", "closed_by",
        "closed_at", "outcome", "extensions", "policy",
    }
    EVENT = {
        "seq", "at", "kind", "migration", "actor", "role", "reason", "key", "previous_date",
        "policy", "detail", "hash",
    }
    ACTION = {
        "seq", "key", "do", "migration", "org", "created_at", "state", "attempts", "retry_at",
        "problem", "settled_at",
    }

    def test_steps(self):
        words = self.request_words(reason="why", evidence="https://quotes.example/7")
        (document,) = self.documents(*words)
        self.assertEqual(set(document), {"repeated", "migration", "event", "actions"})
        self.assertIs(document["repeated"], False)
        migration = document["migration"]
        self.assertEqual(set(migration), self.MIGRATION)
        self.assertEqual(set(document["event"]), self.EVENT)
        self.assertEqual(document["event"]["migration"], migration)
        (action,) = document["actions"]
        self.assertEqual(set(action), self.ACTION | {"text"})
        self.assertEqual(action["do"], "ops.request")
        self.assertRegex(action["key"], rf"\A{KEY}\Z")
        for name, value in {
            "id": "M-1", "org": "acme", "org_name": "Acme Rockets", "from": "self_managed",
            "from_level": "premium", "to": "saas", "level": "premium", "owner": "ada",
            "target_date": "2027-01-31", "ends_at": "2027-02-01T08:00:00Z", "state": "open",
            "status": "requested", "revision": 1, "reason": "why", "requested_by": "ben",
            "evidence": "https://quotes.example/7", "requested_at": START, "policy": None,
            "outcome": None, "extensions": 0,
        }.items():
            self.assertEqual(migration[name], value, name)
        (approval,) = self.documents(*step_words("approve"))
        self.assertEqual(approval["migration"]["state"], "live")
        self.assertEqual(approval["migration"]["policy"]["name"], "northwind-support")
        tag, note = approval["actions"]
        self.assertEqual(set(tag), self.ACTION | {"tag"})
        self.assertEqual(set(note), self.ACTION | {"text"})

    def test_show_and_audit(self):
        self.live()
        (shown,) = self.documents("migration", "show", "M-1", "--at", "2026-12-01T00:00:00Z")
        self.assertEqual(set(shown), {"migration", "events", "actions"})
        self.assertEqual([event["kind"] for event in shown["events"]], ["request", "approve"])
        self.assertEqual(len(shown["actions"]), 3)
        self.assertEqual(self.documents("audit", "show", "--migration", "M-1"), shown["events"])
        self.assertEqual(shown["migration"]["state"], "live")
        (later,) = self.documents("migration", "show", "M-1", "--at", "2027-02-01T08:00:00Z")
        self.assertEqual(later["migration"]["state"], "ended")

    def test_sweep(self):
        self.live()
        (done,) = self.documents("expire", "--at", "2027-02-01T08:00:00Z")
        self.assertEqual(set(done), {"event", "actions"})
        self.assertEqual(done["event"]["kind"], "expire")
        self.assertEqual(
            [action["do"] for action in done["actions"]], ["org.remove_note", "org.remove_tag"]
        )
        self.assertEqual(
            done["actions"][1]["unless_entitled"], {"offering": "saas", "level": "premium"}
        )
        self.assertEqual(self.documents("expire", "--at", "2027-02-01T08:00:00Z"), [])


class Dates(StoreCase):
    def date(self, *words):
        return json.loads(self.request(*words, "--json"))["migration"]["target_date"]

    def test_ahead(self):
        self.assertEqual(self.date("--target-date", "+30d"), "2026-12-20")

    def test_ahead_counts_from_the_local_date_of_the_policy(self):
        # It is still November 20 in Los Angeles.
        words = ("--at", "2026-11-21T07:59:59Z", "--target-date", "+0d")
        self.assertEqual(self.date(*words), "2026-11-20")
        self.store = self.folder / "other.db"
        words = ("--at", "2026-11-21T08:00:00Z", "--target-date", "+0d")
        self.assertEqual(self.date(*words), "2026-11-21")

    def test_wrong_ones(self):
        for value in ("tomorrow", "+30", "30d", "+d", "+-1d", "+36526d", "2027-02-30", "", "+",
                      "2027-1-31", "+1.5d", "+99999999999999999999d"):
            status, out, err = self.command(*self.request_words(target_date=value))
            self.assertEqual((status, out), (2, ""), value)
            self.assertIn(
                "--target-date needs a date such as 2027-01-31, or days from now such as +30d, "
                f'not "{value}"\n', err,
            )
        self.assertFalse(self.store.exists())

    def test_that_the_policy_does_not_allow(self):
        self.bad("OFP-513", *self.request_words(target_date="2026-11-19"))
        self.assertIn("2027-02-18", self.bad("OFP-514", *self.request_words(target_date="+91d")))


class Refusals(StoreCase):
    def test_names_are_suggested(self):
        message = self.bad("OFP-517", *self.request_words(to="sass"))
        self.assertIn('did you mean "saas"', message)
        self.assertEqual(self.documents("migration", "list"), [])

    def test_unknown_migration(self):
        self.request()
        for words in (
            step_words("approve", "M-2"),
            step_words("approve", "17"),
            ["migration", "show", "M-2"],
            ["migration", "show", ""],
        ):
            self.bad("OFP-501", *words)

    def test_role(self):
        self.request()
        words = ["migration", "approve", "M-1", "--actor", "carla", "--at", START]
        self.assertIn("support_manager", self.bad("OFP-504", *words))
        self.assertIn("support_manager", self.bad("OFP-504", *words, "--role", "engineer"))

    def test_own_request(self):
        self.request(actor="carla")
        self.bad("OFP-505", *step_words("approve"))
        allowed = self.policy(("  grace_days: 0  ", "  self_approval: true\n  grace_days: 0  "))
        self.good(*step_words("approve"), policy=allowed)

    def test_limits(self):
        self.live()
        self.request(org="globex")
        few = self.policy(("max_live: 30", "max_live: 1"))
        self.assertIn("1", self.bad("OFP-506", *step_words("approve", "M-2"), policy=few))

    def test_texts(self):
        self.bad("OFP-519", *self.request_words(owner="a" * 256))
        self.bad("OFP-520", *self.request_words(owner="a\nb"))
        self.bad("OFP-520", *self.request_words(actor="\udcff"))
        self.bad("OFP-516", *self.request_words(actor=""))


class Facts(StoreCase):
    def request_with(self, content, **options):
        return self.command(
            *self.request_words(facts=self.path("given.json", content)), **options
        )

    def test_whole_requests_are_good_too(self):
        document = {"now": START, "ticket": {"id": "1", "created_at": START}, **facts()}
        self.assertEqual(self.request_with([document])[0], 0)

    def test_several_orgs(self):
        self.assertEqual(self.request_with([facts("globex"), facts("acme")])[0], 0)

    def test_over_several_lines(self):
        self.assertEqual(self.request_with(json.dumps(facts(), indent=2))[0], 0)

    def test_from_standard_input(self):
        out = self.good(*self.request_words(facts="-"), data=json.dumps(facts()))
        self.assertIn("Requested M-1", out)
        status, out, err = self.command(*self.request_words(facts="-"), policy="-")
        self.assertEqual((status, out), (2, ""))
        self.assertIn("can't be both the policy and the facts", err)

    def test_wrong_ones(self):
        for content, place, code in (
            ("nonsense\n", ":1", "OFP-301"),
            ([facts("globex"), {**facts(), "org": None}], ":2", "OFP-3"),
            ([{"entitlements": []}], ":1", "OFP-3"),
            ([facts(level="gold")], ":1: error: /entitlements/0/level", "OFP-3"),
        ):
            status, out, err = self.request_with(content)
            self.assertEqual((status, out), (1, ""), content)
            self.assertTrue(err.startswith(f"{self.folder}/given.json{place}"), err)
            self.assertIn(f"[{code}", err)
        self.assertFalse(self.store.exists())

    def test_about_nobody(self):
        for content in ("", [facts("globex")]):
            words = self.request_words(facts=self.path("given.json", content))
            self.assertIn("acme", self.bad("OFP-522", *words))

    def test_without_a_purchase(self):
        for content in ([facts(level="free")], [facts(hold=True)], [facts(offering="saas")]):
            words = self.request_words(facts=self.path("given.json", content))
            self.bad("OFP-509", *words)

    def test_that_can_not_be_read(self):
        status, out, err = self.command(*self.request_words(facts=self.folder / "missing"))
        self.assertEqual((status, out), (2, ""))
        self.assertIn("No such file or directory", err)


class Lists(StoreCase):
    def setUp(self):
        super().setUp()
        self.live()
        self.request(org="globex", level="ultimate", target_date="2026-12-01")
        self.request(org="initech", owner="grace hopper of the long names")
        self.step("refuse", "M-3")

    def ids(self, *words, at="2026-11-22T00:00:00Z"):
        documents = self.documents("migration", "list", "--at", at, *words)
        return [document["id"] for document in documents]

    def test_filters(self):
        self.assertEqual(self.ids(), ["M-1", "M-2", "M-3"])
        self.assertEqual(self.ids("--org", "globex"), ["M-2"])
        for state, expected in (
            ("live", ["M-1"]), ("open", ["M-2"]), ("refused", ["M-3"]), ("completed", []),
            ("cancelled", []), ("ended", []), ("missed", []),
        ):
            self.assertEqual(self.ids("--state", state), expected, state)
        late = "2027-03-01T00:00:00Z"
        self.assertEqual(self.ids("--state", "ended", at=late), ["M-1"])
        self.assertEqual(self.ids("--state", "missed", at=late), ["M-2"])
        self.assertEqual(self.ids("--state", "open", "--org", "acme"), [])

    def test_ends_before_a_day(self):
        self.assertEqual(self.ids("--ends-before", "2026-12-01"), [])
        self.assertEqual(self.ids("--ends-before", "2026-12-02"), ["M-2"])
        self.assertEqual(self.ids("--ends-before", "2027-02-01"), ["M-1", "M-2", "M-3"])
        self.assertEqual(self.ids("--ends-before", "+10d"), [])
        # At that instant it is November 21 in Los Angeles.
        self.assertEqual(self.ids("--ends-before", "+11d"), ["M-2"])

    def table(self, *words, columns=None):
        env = environment(**({"COLUMNS": str(columns)} if columns else {}))
        words = ("migration", "list", "--at", "2026-11-22T00:00:00Z", *words)
        return self.good(*words, env=env).splitlines()

    def test_table(self):
        self.assertEqual(self.table(), [
            "ID   STATE    ORG                     FROM          TO    LEVEL     UNTIL       OWNER",
            "M-1  live     Acme Rockets (acme)     self_managed  saas  premium   2027-01-31  ada",
            "M-2  open     Acme Rockets (globex)   self_managed  saas  ultimate  2026-12-01  ada",
            "M-3  refused  Acme Rockets (initech)  self_managed  saas  premium   2027-01-31  "
            "grace hopper of the long names",
        ])

    def test_table_fits_the_terminal(self):
        natural = max(map(len, self.table()))
        for columns in range(70, 130):
            lines = self.table(columns=columns)
            self.assertLessEqual(max(map(len, lines)), columns)
            for line, name in zip(lines, ("ID ", "M-1", "M-2", "M-3")):
                self.assertTrue(line.startswith(name))
            starts = {line.index("20") for line in lines[1:]}
            self.assertEqual(starts, {lines[0].index("UNTIL")})
            self.assertEqual("…" in "".join(lines), columns < natural, columns)

    def test_nothing(self):
        self.assertEqual(self.table("--org", "nobody"), ["There is no such migration."])
        self.assertEqual(self.documents("migration", "list", "--org", "nobody"), [])

    def test_wide_characters(self):
        wide = self.path("wide.json", [{**facts("umi"), "org": {"id": "umi", "name": "海の会社"}}])
        self.request(org="umi", facts=wide)
        lines = self.table("--org", "umi")
        self.assertEqual(lines[1].index("self_managed"), lines[0].index("FROM") - 4)


@unittest.skipUnless(FULL, "takes a thousand requests")
class Pages(StoreCase):
    def test_lists_longer_than_a_page(self):
        for i in range(1, 1003):
            self.request(org=f"org-{i}")
        ids = [f"M-{i}" for i in range(1, 1003)]
        found = self.documents("migration", "list")
        self.assertEqual([one["id"] for one in found], ids)
        rows = self.good("migration", "list").splitlines()
        self.assertEqual([row.split()[0] for row in rows], ["ID", *ids])
        self.assertEqual(len({row.index("self_managed") for row in rows[1:]}), 1)
        self.assertEqual(len(self.documents("actions")), 1002)
        self.assertEqual(len(self.good("actions").splitlines()), 1003)
        self.assertEqual(len(self.documents("audit", "show")), 1003)
        done = self.documents("expire", "--at", "2027-03-01T00:00:00Z")
        self.assertEqual([one["event"]["migration"]["id"] for one in done], ids)


class Shows(StoreCase):
    def test_all_there_is(self):
        self.request("--reason", "first line\nsecond line", "--evidence", "https://quotes/7",
                     "--role", "engineer")
        self.step("approve", "M-1", "--reason", "fine")
        self.step("extend", "M-1", "--target-date", "2027-02-14", at="2026-11-25T00:00:00Z")
        out = self.good("migration", "show", "M-1", "--at", "2026-12-01T00:00:00Z")
        digest = re.search("sha256:[0-9a-f]{64}", out)[0]
        head, actions = out.split("\nActions for the host\n")
        self.assertEqual(head, f"""\
M-1: Acme Rockets (acme) from self_managed (premium) to saas (premium)
  state       live; it ends on 2027-02-15 at 08:00 UTC
  until       2027-02-14, after 1 extension
  owner       ada
  requested   2026-11-20T18:00:00Z by ben
  reason      first line
              second line
  evidence    https://quotes/7
  approved    2026-11-21T09:00:00Z by carla
  policy      northwind-support 2026-11, {digest}
  revision    3

History
  2026-11-20T18:00:00Z  request by ben (engineer): first line second line
  2026-11-21T09:00:00Z  approve by carla (support_manager): fine
  2026-11-25T00:00:00Z  extend from 2027-01-31 to 2027-02-14 by carla (support_manager)
""")
        self.assertEqual(actions, """\
  pending    hand the request about org acme to those who approve
             Offering migration for acme: Self-managed to Northwind Cloud, level premium, until \
2027-01-31.
  pending    put the tag saas_premium on org acme
  pending    add a note to org acme
             Migrating from Self-managed to Northwind Cloud. Support for Northwind Cloud at level \
premium is approved until 2027-01-31.
  pending    remove the note of M-1 from org acme
  pending    add a note to org acme
             Migrating from Self-managed to Northwind Cloud. Support for Northwind Cloud at level \
premium is approved until 2027-02-14.
""".replace("\\\n", ""))

    def test_endings(self):
        self.live()
        self.step("complete", "M-1", "--outcome", "not_reached")
        out = self.good("migration", "show", "M-1")
        self.assertIn("  state       completed; the goal was not reached\n", out)
        self.assertIn("  completed   2026-11-21T09:00:00Z by carla\n", out)
        self.request(org="globex")
        self.step("cancel", "M-2")
        self.assertIn("  cancelled   2026-11-21T", self.good("migration", "show", "M-2"))
        self.request(org="initech")
        self.step("refuse", "M-3")
        self.assertIn("  refused     2026-11-21T", self.good("migration", "show", "M-3"))

    def test_failed_actions(self):
        self.request()
        (action,) = self.documents("actions", "--at", START)
        self.good("actions", "fail", action["key"], "--retry-after", "10m", "--problem",
                  "desk is down", "--at", START)
        self.assertIn(
            "  pending    hand the request about org acme to those who approve\n"
            "             failed 1 time, waits until 2026-11-20 at 18:10 UTC: desk is down\n",
            self.good("migration", "show", "M-1", "--at", START),
        )


class Sweeps(StoreCase):
    def test_nothing_is_due(self):
        self.live()
        self.assertEqual(
            self.good("expire", "--at", "2027-02-01T07:59:59Z"), "Nothing was due.\n"
        )
        self.assertEqual(self.documents("expire", "--at", "2027-02-01T07:59:59Z"), [])

    def test_ends_and_missed_requests(self):
        self.live()
        self.request(org="globex")
        words = ("expire", "--at", "2027-02-01T08:00:00Z")
        self.assertEqual(
            self.good(*words),
            "Ended M-1: Acme Rockets (acme) was to move from Self-managed to Northwind Cloud, "
            "level premium, until 2027-01-31; it ended on 2027-02-01 at 08:00 UTC. To do for "
            "the host (2 actions, see `offerpolicy actions`):\n"
            "  remove the note of M-1 from org acme\n"
            "  take the tag saas_premium off org acme, unless it pays for saas at level "
            "premium\n"
            "Missed M-2: Acme Rockets (globex) asked to move from Self-managed to Northwind "
            "Cloud, level premium, until 2027-01-31; nobody decided before its end on "
            "2027-02-01 at 08:00 UTC. Nothing is left to do for the host.\n"
            "1 ended, 1 missed, 0 reminders; 2 actions for the host.\n",
        )
        self.assertEqual(self.good(*words), "Nothing was due.\n")

    def test_with_facts(self):
        self.live()
        bought = self.path("bought.json", [facts(offering="saas")])
        out = self.good("expire", "--at", "2027-02-01T08:00:00Z", "--facts", bought)
        self.assertIn("To do for the host (1 action,", out)
        self.assertNotIn("take the tag", out)

    def test_reminders(self):
        policy = self.policy(REMIND)
        self.request(policy=policy)
        self.step("approve", policy=policy)
        words = ("expire", "--at", "2027-01-17T08:00:00Z")
        self.assertEqual(
            self.good(*words, policy=policy),
            "Reminder of M-1: Acme Rockets (acme) moves from Self-managed to Northwind Cloud, "
            "level premium, until 2027-01-31; it ends on 2027-02-01 at 08:00 UTC. To do for the "
            "host (1 action, see `offerpolicy actions`):\n"
            "  remind the owner, ada\n"
            "0 ended, 0 missed, 1 reminder; 1 action for the host.\n",
        )
        self.assertEqual(self.good(*words, policy=policy), "Nothing was due.\n")

    def test_many(self):
        for i in range(12):
            self.request(org=f"org-{i}")
        done = self.documents("expire", "--at", "2027-03-01T00:00:00Z")
        self.assertEqual(
            [one["event"]["migration"]["id"] for one in done], [f"M-{i + 1}" for i in range(12)]
        )

    def test_wrong_facts(self):
        self.live()
        wrong = self.path("wrong.json", [facts("globex"), {"org": {"id": 7}}])
        words = ("expire", "--at", "2027-02-01T08:00:00Z", "--facts", wrong)
        status, out, err = self.command(*words)
        self.assertEqual((status, out), (1, ""))
        self.assertIn("wrong.json:2: error: /org/id", err)
        # Nothing was swept.
        self.assertIn("1 ended", self.good("expire", "--at", "2027-02-01T08:00:00Z"))


class Outbox(StoreCase):
    def keys(self, at="2026-11-22T00:00:00Z"):
        return [action["key"] for action in self.documents("actions", "--at", at)]

    def test_table(self):
        self.live()
        lines = self.good("actions", env=environment(COLUMNS="90")).splitlines()
        self.assertRegex(lines[0], r"\AKEY {34}MIGRATION  TO DO\Z")
        self.assertRegex(lines[1], rf"\A{KEY}  M-1        hand the request about org .*…\Z")
        self.assertRegex(
            lines[2], rf"\A{KEY}  M-1        put the tag saas_premium on org acme\Z"
        )
        self.assertRegex(lines[3], rf"\A{KEY}  M-1        add a note to org acme: Migrat.*…\Z")
        self.assertEqual([len(lines[1]), len(lines[3])], [90, 90])
        # For programs nothing is cut off.
        self.assertIn("is approved until 2027-01-31.", self.good("actions"))

    def test_table_on_a_terminal(self):
        self.live()
        lines = output_on_terminal("actions", "-s", self.store).splitlines()
        self.assertEqual(len(lines), 4)
        self.assertEqual(max(map(len, lines)), 80)
        self.assertTrue(lines[1].endswith("…"))

    def test_acknowledge(self):
        self.live()
        first, second, third = self.keys()
        self.assertEqual(
            self.good("actions", "ack", first, second),
            "Acknowledged 2 actions. 1 is pending.\n",
        )
        self.assertEqual(self.keys(), [third])
        self.assertEqual(
            self.good("actions", "ack", second, third),
            "Acknowledged 2 actions. 0 are pending.\n",
        )
        self.assertEqual(self.good("actions"), "There is nothing to do now.\n")
        self.assertEqual(self.documents("actions"), [])

    def test_fail(self):
        self.live()
        first, second, third = self.keys()
        at = "2026-11-22T00:00:00Z"
        self.assertEqual(
            self.good("actions", "fail", first, "--retry-after", "10m", "--problem", "down",
                      "--at", at),
            "Noted that 1 action failed; try again on 2026-11-22 at 00:10 UTC. "
            "3 are pending.\n",
        )
        # Those behind it of the same migration wait with it.
        self.assertEqual(self.keys(at), [])
        self.assertEqual(
            self.good("actions", "--at", at),
            "There is nothing to do now.\n3 more wait, for a time or for one before.\n",
        )
        self.assertEqual(self.keys("2026-11-22T00:10:00Z"), [first, second, third])
        failed = self.documents("actions", "--at", "2026-11-22T00:10:00Z")[0]
        self.assertEqual((failed["attempts"], failed["problem"]), (1, "down"))

    def test_times(self):
        self.request()
        (key,) = self.keys()
        for value, expected in (
            ("0s", "2026-11-22 at 00:00 UTC"), ("90s", "2026-11-22 at 00:01:30 UTC"),
            ("2h", "2026-11-22 at 02:00 UTC"), ("1d", "2026-11-23 at 00:00 UTC"),
        ):
            out = self.good("actions", "fail", key, "--retry-after", value, "--at",
                            "2026-11-22T00:00:00Z")
            self.assertIn(f"try again on {expected}.", out)
        for value in ("10", "m", "", "-1s", "1w", "1.5h", "99999999999999999999s", "36526d"):
            status, out, err = self.command("actions", "fail", key, f"--retry-after={value}")
            self.assertEqual((status, out), (2, ""))
            self.assertIn(f'--retry-after needs a time such as 30s, 10m, 2h or 1d, not "{value}"',
                          err)

    def test_unknown_keys_do_not_keep_the_others(self):
        self.live()
        first, second, _ = self.keys()
        status, out, err = self.command("actions", "ack", "v1:none", first, "\033", second)
        self.assertEqual((status, out), (1, "Acknowledged 2 actions. 1 is pending.\n"))
        self.assertEqual(err.count("[OFP-502]"), 2)
        self.assertNotIn("\033", err)
        status, out, err = self.command("actions", "fail", first, "--retry-after", "1m")
        self.assertEqual((status, out), (1, ""))
        self.assertIn("[OFP-525]", err)


class CommandLine(StoreCase):
    def usage(self, message, *words):
        status, out, err = run(*words, env=environment(OFFERPOLICY_STORE=""))
        self.assertEqual((status, out), (2, ""), words)
        self.assertEqual(err.splitlines()[0], f"offerpolicy: {message}")
        self.assertIn("Try 'offerpolicy help", err)

    def test_subcommands(self):
        self.usage(
            "which migration command? request, approve, refuse, extend, end, complete, cancel, "
            "show or list", "migration",
        )
        self.usage('unknown command "migration aprove"; did you mean "migration approve"?',
                   "migration", "aprove", "M-1")
        self.usage('unknown command "migration frobnicate"', "migration", "frobnicate")
        self.usage('unknown command "approve"; did you mean "migration approve"?', "approve")
        self.usage('unknown command "actions akc"; did you mean "actions ack"?', "actions", "akc")
        self.usage("the command comes first, then options such as --json", "migration", "--json")

    def test_operands(self):
        self.usage("migration approve needs the id of a migration, such as M-17", "migration",
                   "approve", "--actor", "ada")
        self.usage('migration show takes no "M-2": its operands are ID', "migration", "show",
                   "M-1", "M-2")
        self.usage('migration list takes no "M-2": its operands are none', "migration", "list",
                   "M-2")
        self.usage("actions ack needs the key of an action, see `offerpolicy actions`",
                   "actions", "ack")

    def test_required_options(self):
        self.usage(
            "migration request needs --org, --from, --to, --level, --target-date, --owner, "
            "--actor, --facts", "migration", "request",
        )
        self.usage("migration approve needs --actor", "migration", "approve", "M-1")
        self.usage("migration complete needs --outcome", "migration", "complete", "M-1",
                   "--actor", "a")
        self.usage("migration extend needs --target-date", "migration", "extend", "M-1",
                   "--actor", "a")
        self.usage("actions fail needs --retry-after", "actions", "fail", "k")

    def test_values(self):
        self.usage(
            "--state needs open, live, refused, completed, cancelled, ended or missed, not "
            '"lvie"; did you mean live?', "migration", "list", "--state", "lvie",
        )
        self.usage('--outcome needs reached or not_reached, not "perhaps"', "migration",
                   "complete", "M-1", "--actor", "a", "--outcome", "perhaps")
        for value in ("0", "-1", "x", "", "9999999999"):
            self.usage(f'--if-revision needs a whole number from 1, not "{value}"', "migration",
                       "end", "M-1", "--actor", "a", f"--if-revision={value}")

    def test_options_of_others(self):
        self.usage("migration show has no option --state (migration list has it)", "migration",
                   "show", "M-1", "--state", "open")
        self.usage("migration approve has no option --evidence (migration request has it)",
                   "migration", "approve", "M-1", "--evidence", "x")
        self.usage("unknown option --ownr; did you mean --owner?", "migration", "request",
                   "--ownr", "x")

    def test_no_store(self):
        for words in (["migration", "list"], ["expire"], ["actions"], ["audit", "head"]):
            self.usage(f"{' '.join(words)} needs a store: name its file with --store, or in "
                       "OFFERPOLICY_STORE of the environment", *words)

    def test_store_of_the_environment(self):
        self.request()
        env = environment(OFFERPOLICY_STORE=str(self.store))
        status, out, err = run("migration", "list", "--json", env=env)
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(json.loads(out)["id"], "M-1")
        status, _, err = run("migration", "list", "-s", self.folder / "other", env=env)
        self.assertEqual(status, 2)
        self.assertIn("[OFP-401]", err)

    def test_help(self):
        status, out, err = run("help", "migration")
        self.assertEqual((status, err), (0, ""))
        self.assertTrue(out.startswith("Usage: offerpolicy migration COMMAND [OPTION...]\n"))
        for verb in ("request", "approve", "refuse", "extend", "end", "complete", "cancel",
                     "show", "list"):
            self.assertRegex(out, rf"(?m)^  {verb} +\w")
            text = run("help", "migration", verb)[1]
            self.assertTrue(text.startswith(f"Usage: offerpolicy migration {verb} [OPTION...]"))
            self.assertEqual(run("migration", verb, "--help"), (0, text, ""))
        self.assertEqual(run("migration", "--help"), (0, out, ""))
        out = run("help", "actions")[1]
        self.assertTrue(out.startswith("Usage: offerpolicy actions [OPTION...]\n"
                                       "       offerpolicy actions COMMAND [OPTION...]\n"))
        self.assertRegex(out, r"(?m)^  ack +\w")
        self.assertIn("--json", out)


class SystemClock(StoreCase):
    def test_steps_and_lists_without_at(self):
        self.request(at=None, target_date="+10d")
        status, out, _ = self.command(
            "migration", "approve", "M-1", "--actor", "carla", "--role", "support_manager"
        )
        self.assertEqual(status, 0)
        self.assertIn("Approved M-1", out)
        (document,) = self.documents("migration", "list", "--state", "live")
        self.assertEqual(document["id"], "M-1")


class Processes(StoreCase):
    def test_two_approve_at_once(self):
        few = self.policy(("max_live: 30", "max_live: 1"))
        for round_number in range(10):
            self.store = self.folder / f"store-{round_number}.db"
            self.request(org="acme")
            self.request(org="globex")
            running = [
                start(*step_words("approve", migration), "-s", self.store, "-p", few)
                for migration in ("M-1", "M-2")
            ]
            ended = [(one.communicate(), one.returncode) for one in running]
            self.assertEqual(sorted(status for _, status in ended), [0, 1], ended)
            for (_, err), status in ended:
                self.assertEqual(b"[OFP-506]" in err, status == 1)
            self.assertEqual(len(self.documents(
                "migration", "list", "--state", "live", "--at", "2026-11-22T00:00:00Z")), 1)

    def test_two_take_the_same_step_at_once(self):
        self.request()
        running = [
            start(*step_words("approve", "M-1", "--key", "once", "--json"), "-s", self.store,
                  "-p", POLICY)
            for _ in range(4)
        ]
        answers = [json.loads(one.communicate()[0]) for one in running]
        self.assertEqual([one.returncode for one in running], [0] * 4)
        self.assertEqual(sorted(one.pop("repeated") for one in answers), [False] + [True] * 3)
        for one in answers:
            self.assertEqual(one, answers[0])

    def test_two_sweep_at_once(self):
        for i in range(20):
            self.request(org=f"org-{i}")
        words = ("expire", "--json", "--at", "2027-03-01T00:00:00Z", "-s", self.store, "-p", POLICY)
        running = [start(*words) for _ in range(3)]
        lines = [one.communicate()[0].splitlines() for one in running]
        self.assertEqual([one.returncode for one in running], [0] * 3)
        self.assertEqual(sum(map(len, lines)), 20)


class Output(StoreCase):
    def test_nobody_reads(self):
        self.live()
        for words in (("migration", "list"), ("audit", "show", "--json"), ("actions",)):
            with start(*words, "-s", self.store) as process:
                process.stdout.close()
                err = process.stderr.read()
                self.assertEqual((process.wait(), err), (0, b""), words)

    def test_no_room(self):
        self.live()
        with open("/dev/full", "wb") as full:
            for words in (["migration", "list"], ["actions", "--json"], step_words("end")):
                status, _, err = self.command(*words, stdout=full)
                self.assertEqual(status, 2)
                self.assertIn("can't write to standard output: No space left on device", err)


if __name__ == "__main__":
    unittest.main()
