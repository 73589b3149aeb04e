# SPDX-License-Identifier: MIT
"""All cases of tests/cases through the command: the contract's requests and calendar questions."""

import json
import unittest

from support import CONTRACT, POLICY, ROOT, run

CALENDAR = ROOT / "tests/cases/calendar"


def read(path):
    """The documents of a file, one a line."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(text) for text in file]


def lines(documents):
    """Documents as a stream."""
    return "".join(json.dumps(document) + "\n" for document in documents)


def name(case):
    """What a case is called, by its own name or its ticket's."""
    return case.get("case", case["request"]["ticket"]["id"])


def project(decision):
    """A decision as the cases write it: no reasons, no policy, no texts, actions shortened."""
    kept = {key: value for key, value in decision.items() if key not in ("reasons", "policy")}
    if "actions" in kept:
        kept["actions"] = [
            [action["do"], action["tag"]] if "tag" in action else [action["do"]]
            for action in kept["actions"]
        ]
    return kept


class Contract(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.cases = read(CONTRACT / "cases.ndjson")
        data = lines(case["request"] for case in cls.cases)
        cls.status, out, cls.err = run("decide", "-p", POLICY, data=data)
        cls.decisions = [json.loads(text) for text in out.splitlines()]

    def test_all_cases(self):
        self.assertEqual((self.status, self.err), (0, ""))
        self.assertGreaterEqual(len(self.cases), 150)
        self.assertEqual(len(self.decisions), len(self.cases))
        for case, decision in zip(self.cases, self.decisions):
            with self.subTest(name(case)):
                self.assertEqual(project(decision), case["decision"])

    def test_every_decision_says_why_and_by_which_policy(self):
        for decision in self.decisions:
            self.assertTrue(any(reason.get("decides") for reason in decision["reasons"]))
            self.assertEqual(decision["policy"]["name"], "northwind-support")
            self.assertRegex(decision["policy"]["digest"], r"\Asha256:[0-9a-f]{64}\Z")
            self.assertEqual(decision["policy"]["tzdata"], "2026f")
            for action in decision["actions"]:
                spoken = action["do"] in ("ticket.public_reply", "ticket.internal_note")
                self.assertEqual(spoken, action.get("key", "").startswith("v1:"))
                self.assertEqual(spoken, bool(action.get("text")))

    def test_tags_converge(self):
        again = []
        for case, decision in zip(self.cases, self.decisions):
            tags = case["request"]["ticket"].get("tags", [])
            for action in decision["actions"]:
                if action["do"] == "ticket.remove_tag":
                    tags = [tag for tag in tags if tag != action["tag"]]
                elif action["do"] == "ticket.add_tag":
                    tags = tags + [action["tag"]]
            ticket = {**case["request"]["ticket"], "tags": tags}
            again.append({**case["request"], "ticket": ticket})
        status, out, _ = run("decide", "-p", POLICY, data=lines(again))
        self.assertEqual(status, 0)
        for case, text in zip(self.cases, out.splitlines()):
            with self.subTest(name(case)):
                kinds = [action["do"] for action in json.loads(text)["actions"]]
                self.assertFalse([kind for kind in kinds if kind.endswith("_tag")])

    def test_every_case_can_be_explained(self):
        data = lines(case["request"] for case in self.cases)
        status, out, err = run("explain", "-p", POLICY, "--verbose", data=data)
        self.assertEqual((status, err), (0, ""))
        for case in self.cases:
            self.assertIn(case["request"]["ticket"]["id"].split()[0], out)


class Calendars(unittest.TestCase):
    def test_all_questions(self):
        cases = read(CALENDAR / "questions.ndjson")
        self.assertGreater(len(cases), 500)
        questions = [
            {key: value for key, value in case.items() if key not in ("expect", "source")}
            for case in cases
        ]
        policy = CALENDAR / "policy.yaml"
        status, out, err = run("calendar", "-p", policy, data=lines(questions))
        self.assertEqual((status, err), (0, ""))
        answers = [json.loads(text) for text in out.splitlines()]
        self.assertEqual(len(answers), len(cases))
        for case, answer in zip(cases, answers):
            with self.subTest(case["id"]):
                self.assertEqual(answer, {"id": case["id"], "result": case["expect"]})

    def test_keys_of_the_cases_are_no_keys_of_questions(self):
        question = read(CALENDAR / "questions.ndjson")[0]
        status, out, _ = run("calendar", "-p", CALENDAR / "policy.yaml", data=lines([question]))
        self.assertEqual(status, 1)
        self.assertEqual(json.loads(out)["error"]["pointer"], "/expect")


if __name__ == "__main__":
    unittest.main()
