# SPDX-License-Identifier: MIT
"""Deciding with a store: migrations from there, the decision log, replay."""

import json
import os
import select
import sqlite3
import time
import unittest

from stores import START, StoreCase
from support import PATIENCE, POLICY, environment, run, start

NOW = "2026-11-22T09:00:00Z"
SECRETS = ["secretsubject", "secretdescription", "secretname", "secretnotes"]


def ticket(name="T-1", org="acme", now=NOW, **more):
    """A request about an offering that its org does not pay for."""
    return {
        "now": now,
        "ticket": {"id": name, "created_at": START, "offering": "saas", **more},
        "org": {"id": org},
        "entitlements": [{"offering": "self_managed", "level": "premium"}],
    }


def secret(name="T-1", **more):
    """One whose texts must not leak. Its offering is told by patterns."""
    request = ticket(name, subject="secretsubject saas", description="secretdescription", **more)
    del request["ticket"]["offering"]
    request["org"].update(name="secretname", notes="secretnotes")
    return request


def lines(requests):
    return "".join(json.dumps(request) + "\n" for request in requests)


class DeskCase(StoreCase):
    def decide(self, requests, *words, policy=POLICY, status=0):
        """The answers to some requests."""
        done = self.command("decide", "-p", policy, *words, data=lines(requests))
        self.assertEqual(done[0], status, done[2])
        return [json.loads(text) for text in done[1].split("\n")[:-1]]

    def verdicts(self, *requests, **options):
        return [answer["verdict"] for answer in self.decide(requests, **options)]

    def logged(self, *words):
        return self.documents("log", "show", *words)


class Deciding(DeskCase):
    def test_an_approval_counts(self):
        self.request()
        self.assertEqual(self.verdicts(ticket()), ["migration_pending"])
        self.step("approve")
        answer, = self.decide([ticket()])
        self.assertEqual((answer["verdict"], answer["level"]), ("migration", "premium"))
        self.assertEqual(answer["valid_until"], "2027-02-01T08:00:00Z")
        reason, = [one for one in answer["reasons"] if one["code"] == "migration_live"]
        self.assertEqual((reason["id"], reason["date"]), ("M-1", "2027-01-31"))
        self.assertEqual(self.verdicts(ticket(org="globex")), ["migration_offer"])

    def test_refused_cancelled_completed(self):
        for verb, words, verdict in (
            ("refuse", (), "migration_refused"),
            ("cancel", (), "migration_offer"),
            ("complete", ("--outcome", "reached"), "migration_offer"),
        ):
            org = f"org-{verb}"
            self.request(org=org)
            migration = f"M-{len(self.documents('migration', 'list'))}"
            if verb == "complete":
                self.step("approve", migration)
            self.good("migration", verb, migration, "--actor", "carla", "--role",
                      "support_manager", "--at", "2026-11-21T10:00:00Z", *words)
            self.assertEqual(self.verdicts(ticket(org=org)), [verdict])

    def test_an_end_needs_no_sweep_and_stays_where_it_was_promised(self):
        self.live()
        before, after = "2027-02-01T07:59:59Z", "2027-02-01T08:00:00Z"
        graceful = self.policy(("grace_days: 0", "grace_days: 30"))
        for policy in (POLICY, graceful):
            self.assertEqual(
                self.verdicts(ticket(now=before), ticket(now=after), policy=policy),
                ["migration", "migration_expired"],
            )
        # Without the store, the same migration by the new policy would still be live.
        request = ticket(now=after)
        request["migrations"] = [{"id": "M-1", "to": "saas", "level": "premium",
                                  "target_date": "2027-01-31", "status": "approved"}]
        out = run("decide", "-p", graceful, data=json.dumps(request))[1]
        self.assertEqual(json.loads(out)["verdict"], "migration")

    def test_an_early_end_counts_at_once(self):
        self.live()
        self.step("end", at="2026-11-22T08:00:00Z")
        self.assertEqual(self.verdicts(ticket()), ["migration_expired"])

    def test_migrations_in_a_request_are_refused(self):
        self.live()
        request = ticket()
        request["migrations"] = [{"id": "m", "to": "saas", "level": "ultimate",
                                  "target_date": "2027-01-31", "status": "approved"}]
        answers = self.decide([request, ticket()], status=1)
        error = answers[0]["error"]
        self.assertEqual((error["code"], error["pointer"]), ("OFP-524", "/migrations"))
        self.assertEqual(answers[1]["verdict"], "migration")
        # An empty list names none.
        request["migrations"] = []
        self.assertEqual(self.verdicts(request), ["migration"])

    def test_a_level_that_the_policy_lacks_is_no_answer(self):
        self.live()
        other = self.policy(("unpaid: [free]", "unpaid: [free, standard, premium]"),
                            ("standard: sm_standard, premium: sm_premium, ", ""),
                            ("standard: saas_standard, premium: saas_premium, ", ""))
        answers = self.decide([ticket(), ticket("T-2", org="globex")], policy=other, status=1)
        self.assertEqual(answers[0]["error"]["code"], "OFP-523")
        self.assertIn("M-1", answers[0]["error"]["message"])
        self.assertEqual(answers[1]["ticket"], "T-2")

    def test_explain(self):
        self.live()
        out = self.good("explain", "-p", POLICY, data=lines([ticket()]))
        self.assertIn("Migration \"M-1\" to Northwind Cloud at level premium is approved", out)

    def test_the_store_of_the_environment(self):
        self.live()
        env = environment(OFFERPOLICY_STORE=str(self.store))
        out = run("decide", "-p", POLICY, data=lines([ticket()]), env=env)[1]
        self.assertEqual(json.loads(out)["verdict"], "migration")
        self.assertEqual(run("replay", env=env)[:2], (0, "No such decision was logged.\n"))

    def test_no_store(self):
        for words in (("decide",), ("explain",), ("decide", "-j4"), ("decide", "--log")):
            status, out, err = self.command(*words, "-p", POLICY, data=lines([ticket()]))
            self.assertEqual((status, out), (2, ""))
            self.assertRegex(err, r"no store .*\[OFP-401\]")
        self.store.write_text("this is no store")
        status, out, err = self.command("decide", "-p", POLICY, data=lines([ticket()]))
        self.assertEqual((status, out), (2, ""))
        self.assertIn("[OFP-403]", err)

    def test_a_damaged_store_gives_no_answer(self):
        for i in range(40):
            self.request(org=f"org{i}")
        self.good("store", "stats")
        with open(self.store, "r+b") as file:
            size = file.seek(0, 2)
            for page in range(2, size // 4096):
                file.seek(page * 4096)
                file.write(b"\xff" * 4096)
        status, out, _ = self.command("decide", "-p", POLICY, data=lines([ticket(org="org1")]))
        answer = json.loads(out) if out else {"error": {}}
        self.assertIn("error", answer)
        self.assertIn(status, (1, 2))

    def test_many_jobs(self):
        orgs = [f"org{i}" for i in range(5)]
        for i, org in enumerate(orgs):
            self.live_one(org, f"M-{i + 1}", approve=i % 2 == 0)
        requests = [ticket(f"T-{i}", org=orgs[i % 5]) for i in range(5000)]
        expected = ["migration" if i % 5 % 2 == 0 else "migration_pending" for i in range(5000)]
        outputs = set()
        for jobs in ("-j1", "-j4"):
            done = self.command("decide", "-p", POLICY, jobs, data=lines(requests))
            self.assertEqual((done[0], done[2]), (0, ""))
            outputs.add(done[1])
        self.assertEqual(len(outputs), 1)
        answers = [json.loads(text) for text in outputs.pop().splitlines()]
        self.assertEqual([answer["verdict"] for answer in answers], expected)

    def live_one(self, org, migration, approve):
        self.request(org=org)
        if approve:
            self.step("approve", migration)


class Streams(DeskCase):
    def read_line(self, process):
        text = b""
        while not text.endswith(b"\n"):
            ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
            self.assertTrue(ready, "no answer")
            text += os.read(process.stdout.fileno(), 1 << 20)
        return json.loads(text)

    def ask(self, process, request):
        process.stdin.write(lines([request]).encode())
        process.stdin.flush()
        return self.read_line(process)["verdict"]

    def test_a_waiting_stream_sees_an_approval_at_once(self):
        self.request()
        for words in (("-j1",), ("-j3",), ("-j3", "--log")):
            words = ("decide", "-s", self.store, "-p", POLICY, *words)
            with start(*words) as process:
                first = self.ask(process, ticket())
                if first == "migration_pending":
                    self.step("approve")
                self.assertEqual(self.ask(process, ticket()), "migration")
                process.stdin.close()
                self.assertEqual(process.wait(PATIENCE), 0)

    def test_a_busy_stream_sees_an_approval_within_a_second(self):
        self.request()
        with start("decide", "-s", self.store, "-p", POLICY, "-j2") as process:
            os.set_blocking(process.stdin.fileno(), False)
            data, sent, out = lines([ticket()] * 2000).encode(), 0, b""
            approved = seen = None
            began = time.monotonic()
            while not seen and time.monotonic() - began < PATIENCE:
                readable, writable, _ = select.select([process.stdout], [process.stdin], [], 1)
                if writable:
                    sent += os.write(process.stdin.fileno(), data[sent:sent + 65536])
                    sent %= len(data)
                if readable:
                    out = os.read(process.stdout.fileno(), 1 << 20)
                if not approved and time.monotonic() - began > 0.3:
                    self.step("approve")
                    approved = time.monotonic()
                if approved and b'"verdict":"migration",' in out:
                    seen = time.monotonic()
            self.assertTrue(seen, "the approval was never seen")
            # What was decided before it may still wait in pipes and buffers.
            self.assertLess(seen - approved, 5)
            process.kill()


    def test_a_long_batch_sees_an_approval_within_a_second(self):
        # Tickets whose texts take long to classify: one batch of them takes three seconds.
        slow = self.policy((r"'\b(saas|northwind cloud)\b'", "'(x+x+)+[yz]'"))
        request = ticket(description="x" * 300)
        del request["ticket"]["offering"]
        self.request()
        began = time.monotonic()
        self.decide([request] * 5, "-j1", policy=slow)
        each = (time.monotonic() - began) / 5
        requests = lines([request] * min(512, int(3 / each) + 2))
        with start("decide", "-s", self.store, "-p", slow, "-j1") as process:
            process.stdin.write(requests.encode())
            process.stdin.close()
            time.sleep(0.5)
            self.step("approve")
            answers = process.stdout.read().decode().splitlines()
            self.assertEqual(process.wait(PATIENCE), 0)
        seen = ['"code":"migration_live"' in answer for answer in answers]
        self.assertEqual((seen[0], seen[-1]), (False, True))


class Log(DeskCase):
    def test_needs_a_store(self):
        for word in ("--log", "--log-texts"):
            status, out, err = run("decide", "-p", POLICY, word, data=lines([ticket()]))
            self.assertEqual((status, out), (2, ""))
            self.assertIn("--log needs a store", err)

    def test_keeps_what_was_decided(self):
        self.live()
        answers = self.decide([ticket("T-1"), ticket("T-2", org="globex")], "--log")
        logged = self.logged()
        self.assertEqual([one["ticket"] for one in logged], ["T-1", "T-2"])
        self.assertEqual([one["org"] for one in logged], ["acme", "globex"])
        for answer, one in zip(answers, logged):
            self.assertEqual(one["at"], NOW)
            self.assertEqual(one["policy_digest"], answer["policy"]["digest"])
            self.assertEqual(one["tzdata"], answer["policy"]["tzdata"])
            for action in answer["actions"]:
                action.pop("text", None)
            self.assertEqual(one["decision"], answer)
        migration, = logged[0]["request"]["migrations"]
        self.assertEqual(migration, {
            "id": "M-1", "to": "saas", "level": "premium", "target_date": "2027-01-31",
            "status": "approved", "ends_at": "2027-02-01T08:00:00Z",
            "forgotten_at": "2027-07-31T07:00:00Z",
        })
        self.assertNotIn("migrations", logged[1]["request"])

    def test_without_being_asked_nothing_is_kept(self):
        self.live()
        self.decide([ticket()])
        self.assertEqual(self.logged(), [])

    def stored_bytes(self):
        """All that is in the store's files."""
        return b"".join(path.read_bytes() for path in self.folder.glob("store.db*"))

    def test_texts_are_left_out(self):
        self.good("store", "create")
        requests = [secret("T-1"), secret("T-2", org="globex")]
        requests[1]["ticket"]["subject"] = "secretsubject"
        for command in ("decide", "explain"):
            # Another connection keeps the -wal file from being tidied away.
            keeper = sqlite3.connect(self.store)
            keeper.execute("SELECT count(*) FROM decisions").fetchone()
            self.good(command, "-p", POLICY, "--log", data=lines(requests))
            stored = self.stored_bytes()
            keeper.close()
            self.assertIn(b'"id":"T-1"', stored)
            for word in SECRETS:
                self.assertNotIn(word.encode(), stored)
        logged = self.logged()
        self.assertEqual([one["request"]["ticket"]["classified"] for one in logged],
                         ["saas", None] * 2)
        # Asked for, they are there.
        self.decide(requests, "--log-texts")
        stored = self.stored_bytes()
        for word in SECRETS:
            self.assertIn(word.encode(), stored)
        self.assertEqual(self.logged()[-2]["request"], requests[0])

    def test_filters(self):
        self.good("store", "create")
        for i, org in enumerate(("acme", "globex", "acme")):
            self.decide([ticket(f"T-{i}", org=org, now=f"2026-11-2{i + 1}T09:00:00Z")], "--log")
        tickets = lambda *words: [one["ticket"] for one in self.logged(*words)]
        self.assertEqual(tickets(), ["T-0", "T-1", "T-2"])
        self.assertEqual(tickets("--ticket", "T-1"), ["T-1"])
        self.assertEqual(tickets("--org", "acme"), ["T-0", "T-2"])
        self.assertEqual(tickets("--since", "2026-11-22"), ["T-1", "T-2"])
        self.assertEqual(tickets("--until", "2026-11-22T09:00:00Z"), ["T-0"])
        self.assertEqual(tickets("--since", "2026-11-22T09:00:00Z", "--until", "2026-11-23"),
                         ["T-1"])
        self.assertEqual(tickets("--org", "acme", "--ticket", "T-1"), [])
        self.assertEqual(self.good("log", "show", "--org", "x"), "No such decision was logged.\n")

    def test_for_people(self):
        self.live()
        self.decide([ticket("T\x1b[1m\u0085x"), ticket("T-2", org="globex")], "--log")
        out = self.good("log", "show").splitlines()
        self.assertEqual(len(out), 3)
        self.assertRegex(out[0], r"SEQ +DECIDED FOR +TICKET +ORG +VERDICT +LEVEL +SLA RULE")
        self.assertRegex(out[1], r"1 +2026-11-22T09:00:00Z +T\?\[1m\?x +acme +migration +premium "
                                 r"+priority")
        self.assertRegex(out[2], r"2 .* globex +migration_offer +premium +priority")
        out = self.good("log", "show", "-v", "--ticket", "T-2")
        self.assertIn("Decision 2 for 2026-11-22T09:00:00Z: ticket T-2 of org globex\n", out)
        self.assertIn("\n  verdict: migration_offer\n", out)
        self.assertIn('\n  reasons:\n    {"code":"priority_default",', out)
        self.assertIn('\n  request: {"now":"2026-11-22T09:00:00Z","ticket":{"id":"T-2",', out)

    def test_what_can_not_be_logged(self):
        self.good("store", "create")
        answers = self.decide([ticket("T\0"), ticket("T-2")], "--log", status=1)
        self.assertEqual(answers[0]["error"]["pointer"], "/ticket/id")
        self.assertEqual(answers[1]["ticket"], "T-2")
        self.assertEqual([one["ticket"] for one in self.logged()], ["T-2"])

    @unittest.skipIf(os.geteuid() == 0, "root may write everything")
    def test_a_store_that_can_not_be_written(self):
        self.good("store", "create")
        self.store.chmod(0o400)
        self.folder.chmod(0o500)
        self.addCleanup(self.folder.chmod, 0o700)
        status, out, err = self.command("decide", "-p", POLICY, "--log", data=lines([ticket()]))
        self.assertEqual((status, out), (2, ""))
        self.assertIn("[OFP-408]", err)

    def test_a_log_that_is_busy(self):
        self.good("store", "create")
        writer = sqlite3.connect(self.store, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        requests = [ticket(f"T-{i}") for i in range(3)]
        status, out, err = self.command("decide", "-p", POLICY, "--log", "-j1",
                                        data=lines(requests))
        self.assertEqual(status, 1)
        self.assertEqual(len(out.splitlines()), 3)
        self.assertIn("[OFP-406]", err)
        self.assertIn("3 of the decisions that were given are not in the decision log", err)
        writer.execute("ROLLBACK")
        writer.close()
        self.assertEqual(self.logged(), [])

    def test_many_threads_log(self):
        self.good("store", "create")
        self.decide([ticket(f"T-{i}") for i in range(3000)], "--log", "-j4")
        logged = self.logged()
        self.assertEqual(sorted(one["ticket"] for one in logged),
                         sorted(f"T-{i}" for i in range(3000)))
        self.assertEqual([one["seq"] for one in logged], list(range(1, 3001)))
        self.good("store", "check")

    def test_prune(self):
        self.good("store", "create")
        for day in (20, 21, 22):
            self.decide([ticket(f"T-{day}", now=f"2026-11-{day}T00:00:00Z")], "--log")
        out = self.good("log", "prune", "--before", "2026-11-21", "--actor", "ada", "--role",
                        "ops", "--reason", "old", "--at", NOW)
        self.assertEqual(out, "1 logged decision from before 2026-11-21 at 00:00 UTC is "
                              "forgotten. The audit log says so.\n")
        self.assertEqual([one["ticket"] for one in self.logged()], ["T-21", "T-22"])
        out = self.good("log", "prune", "--before", "-0d", "--actor", "ada", "--at", NOW)
        self.assertIn("1 logged decision from before 2026-11-22 ", out)
        out = self.good("log", "prune", "--before", "-180d", "--actor", "ada", "--at", NOW)
        self.assertEqual(out, "No logged decision is from before 2026-05-26 at 00:00 UTC: nothing "
                              "was forgotten.\n")
        events = self.documents("audit", "show")
        self.assertEqual([event["kind"] for event in events[1:]], ["prune_log"] * 2)
        self.assertEqual((events[1]["actor"], events[1]["role"], events[1]["reason"]),
                         ("ada", "ops", "old"))
        self.good("audit", "verify")
        for words in (("--actor", "ada"), ("--before", "2026-01-01")):
            self.assertEqual(self.command("log", "prune", *words)[0], 2)


class Replay(DeskCase):
    def replay(self, *words, policy=POLICY, status=0):
        done = self.command("replay", "-p", policy, *words)
        self.assertEqual((done[0], done[2]), (status, ""))
        return done[1]

    def fill(self, *words):
        """Logs all kinds of decisions, some of them told by patterns."""
        self.live()
        self.request(org="globex", at="2026-11-22T00:00:00Z")
        requests = [ticket(), ticket("T-2", org="globex"), secret("T-3"), ticket("T-4", org="x"),
                    {"now": NOW, "ticket": {"id": "T-5", "created_at": START}}]
        requests[3]["ticket"].update(priority="urgent", tags=["sm_premium"],
                                     fields={"form": "emergency"})
        self.decide(requests, "--log", *words)

    def test_the_same_policy_gives_the_same(self):
        self.fill()
        # What happens to a migration later does not change what was decided.
        self.step("end", at="2026-11-23T00:00:00Z")
        self.assertEqual(self.replay(), "Decided anew: 5. All are the same.\n")
        self.assertEqual(self.replay("--json"), "")

    def test_another_policy(self):
        self.fill()
        other = self.policy(("normal: 8h, low: 24h", "normal: 7h, low: 24h"),
                            ("provisional_level: current", "provisional_level: standard"))
        out = self.replay("--json", policy=other)
        found = {one["logged"]["ticket"]: one["differences"]
                 for one in map(json.loads, out.splitlines())}
        self.assertEqual(sorted(found), ["T-1", "T-2", "T-3", "T-4"])
        self.assertEqual(list(found["T-1"]), ["sla"])
        self.assertEqual([sla["targets"][0]["seconds"] for sla in found["T-1"]["sla"]],
                         [28800, 25200])
        self.assertEqual(found["T-4"]["level"], ["premium", "standard"])
        out = self.replay("--ticket", "T-4", policy=other)
        self.assertIn("Decision 4 for 2026-11-22T09:00:00Z: ticket T-4 of org x\n", out)
        self.assertIn("\n  level: was premium\n       now standard\n", out)
        self.assertIn("Decided anew: 1; other than they were: 1; can't be decided: 0.\n", out)

    def test_patterns_without_and_with_texts(self):
        deaf = (r"(saas|northwind cloud)", "(never)")
        for words, expected in (((), []), (("--log-texts",), ["T-3"])):
            self.setUp()
            self.fill(*words)
            out = self.replay("--json", policy=self.policy(deaf))
            found = [json.loads(line)["logged"]["ticket"] for line in out.splitlines()]
            self.assertEqual(found, expected)

    def test_a_policy_that_lacks_a_name(self):
        self.fill()
        out = self.replay("--json", status=1, policy=self.lacking())
        errors = [json.loads(line) for line in out.splitlines()]
        self.assertEqual([one["logged"]["ticket"] for one in errors if "error" in one], ["T-4"])
        self.assertEqual([one["error"]["pointer"] for one in errors if "error" in one],
                         ["/ticket/fields/form"])
        out = self.replay("--ticket", "T-4", status=1, policy=self.lacking())
        self.assertIn("can't be decided anew: /ticket/fields/form: unknown value \"emergency\"", out)
        self.assertIn("can't be decided: 1.", out)

    def lacking(self):
        return self.policy(("cloud, self_managed, emergency, billing", "cloud, self_managed, billing"),
                           ("when: {level: [premium, ultimate], form: emergency}",
                            "when: {level: [premium, ultimate], form: billing}"))

    def test_filters_and_nothing(self):
        self.fill()
        self.assertIn("anew: 1.", self.replay("--ticket", "T-2"))
        self.assertIn("anew: 2.", self.replay("--org", "acme"))
        self.assertIn("No such decision", self.replay("--until", "2026-01-01"))
        self.assertEqual(self.command("replay", "-p", "/no/policy")[0], 2)
        self.store = self.folder / "other"
        self.assertEqual(self.command("replay", "-p", POLICY)[0], 2)


if __name__ == "__main__":
    unittest.main()
