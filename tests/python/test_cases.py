# SPDX-License-Identifier: MIT
"""The cases that all languages share: decisions, calendar questions, scenarios of the store."""

import json
import subprocess
import unittest

from offerpolicy import Policy, records
from scenarios import Player
from support import CASES, COMMAND, CONTRACT, ZONES, compact, contract_policy, instant, read_lines


def run(*arguments, data):
    """The output of the command, line by line."""
    if COMMAND is None:
        raise unittest.SkipTest("the command is not built")
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        input="".join(json.dumps(document) + "\n" for document in data),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    return done.stdout.splitlines()


def project(decision):
    """A decision as the cases write it: no reasons, no policy, no texts, actions shortened."""
    kept = {key: value for key, value in decision.items() if key not in ("reasons", "policy")}
    kept["actions"] = [
        [action["do"], action["tag"]] if "tag" in action else [action["do"]]
        for action in kept["actions"]
    ]
    return kept


class Decisions(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.policy = contract_policy()
        cls.cases = read_lines(CASES / "contract/cases.ndjson")
        cls.decisions = list(cls.policy.decide_many(case["request"] for case in cls.cases))

    def test_all_cases(self):
        self.assertGreaterEqual(len(self.cases), 150)
        for case, decision in zip(self.cases, self.decisions, strict=True):
            with self.subTest(case["request"]["ticket"]["id"]):
                self.assertEqual(project(decision.to_dict()), case["decision"])

    def test_parts_give_what_the_whole_gives(self):
        for case, decision in zip(self.cases, self.decisions, strict=True):
            self.assertEqual(self.policy.decide(**case["request"]), decision)

    def test_documents_are_those_of_the_command(self):
        lines = run("decide", "-p", CONTRACT, data=[case["request"] for case in self.cases])
        self.assertEqual([decision.to_json() for decision in self.decisions], lines)

    def test_words_are_those_of_the_command(self):
        for case, decision in zip(self.cases, self.decisions, strict=True):
            zone = (case["request"].get("org") or {}).get("time_zone")
            lines = run("explain", "-p", CONTRACT, "--verbose", data=[case["request"]])
            self.assertEqual(decision.explain(time_zone=zone, verbose=True).splitlines(), lines)

    def test_parts_are_those_of_the_document(self):
        for case, decision in zip(self.cases, self.decisions, strict=True):
            with self.subTest(case["request"]["ticket"]["id"]):
                self.compare_parts(decision, decision.to_dict())

    def compare_parts(self, decision, document):
        for name in ("ticket", "org", "verdict", "offering", "offering_from", "priority", "level"):
            self.assertEqual(getattr(decision, name), document[name])
        until = document["valid_until"]
        self.assertEqual(decision.valid_until, until and instant(until))
        tags = [(one["do"], one["tag"]) for one in document["actions"] if "tag" in one]
        self.assertEqual([(one.do, one.tag) for one in decision.tag_actions], tags)
        self.assertEqual(decision.tag_actions, decision.actions[: len(tags)])
        self.assertEqual(
            [(one.do, one.tag, one.text, one.key) for one in decision.actions],
            [
                (one["do"], one.get("tag"), one.get("text"), one.get("key"))
                for one in document["actions"]
            ],
        )
        self.compare_sla(decision.sla, document["sla"])
        self.compare_reasons(decision.reasons, document["reasons"])

    def compare_sla(self, sla, document):
        if document is None:
            self.assertIsNone(sla)
            return
        self.assertEqual(sla.rule, document["rule"])
        for target, expected in zip(sla.targets, document["targets"], strict=True):
            due = expected["due_at"]
            self.assertEqual(
                (target.metric, target.kind, target.calendar, target.budget.total_seconds()),
                tuple(expected[key] for key in ("metric", "kind", "calendar", "seconds")),
            )
            self.assertEqual(target.due_at, due and instant(due))

    def compare_reasons(self, reasons, documents):
        for reason, document in zip(reasons, documents, strict=True):
            for key, value in document.items():
                given = getattr(reason, key)
                if key in ("at", "date"):
                    given = given.isoformat().replace("+00:00", "Z")
                self.assertEqual(given, value)
            self.assertTrue(reason.sentence or reason.more)


class Calendars(unittest.TestCase):
    maxDiff = None

    def test_all_questions(self):
        folder = CASES / "calendar"
        policy = Policy.load(folder / "policy.yaml", zone_directory=ZONES)
        cases = read_lines(folder / "questions.ndjson")
        self.assertGreaterEqual(len(cases), 932)
        answers = []
        for case in cases:
            with self.subTest(case["id"]):
                answers.append({"id": case["id"], "result": answer(policy, case)})
                self.assertEqual(answers[-1]["result"], case["expect"])
        questions = [
            {key: value for key, value in case.items() if key not in ("expect", "source")}
            for case in cases
        ]
        lines = run("calendar", "-p", folder / "policy.yaml", data=questions)
        self.assertEqual(list(map(compact, answers)), lines)


def text_of(moment):
    """An instant as documents write it."""
    return moment and moment.isoformat().replace("+00:00", "Z")


def answer(policy, case):
    """What a calendar says, as documents write it."""
    calendar, start = policy.calendar(case["calendar"]), instant(case["start"])
    match case["op"]:
        case "due" | "due_back" as op:
            return text_of(getattr(calendar, op)(start, case["seconds"]))
        case "elapsed":
            return int(calendar.elapsed(start, instant(case["end"])).total_seconds())
        case "is_open":
            return calendar.is_open(start)
        case "next_open" | "prev_open" as op:
            return text_of(getattr(calendar, op)(start))
        case "periods":
            return first_periods(calendar, start, case["count"])


def first_periods(calendar, start, count):
    """The first periods. The iterator goes on for ever, a question looks as far as searches do."""
    found = []
    for period in calendar.periods(start):
        if len(found) == count or (period.start - start).days >= 4392:
            break
        found.append([text_of(period.start), text_of(period.end)])
    return found


class Scenarios(unittest.TestCase):
    """Each file is a test of its own, see below."""


def scenario(path):
    """The test that plays a file; every record that is read must write the same document again."""

    def play(self):
        def parse(cls, text):
            made = original(cls, text)
            self.assertEqual(made.to_json(), text)
            self.assertEqual(made, original(cls, text))
            self.assertEqual(hash(made), hash(original(cls, text)))
            return made

        original = records._Document._parse.__func__
        records._Document._parse = classmethod(parse)
        try:
            with Player(self) as player:
                player.play(path)
        finally:
            records._Document._parse = classmethod(original)

    return play


for path in sorted((CASES / "store").glob("*.ndjson")):
    setattr(Scenarios, "test_" + path.stem.replace("-", "_"), scenario(path))


if __name__ == "__main__":
    unittest.main()
