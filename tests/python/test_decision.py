# SPDX-License-Identifier: MIT
"""Decisions: their parts, and how they behave as Python values."""

import copy
import dataclasses
import datetime as datetime_module
import json
import pickle
import re
import tempfile
import unittest
from datetime import timedelta

from offerpolicy import (
    Action,
    ActionKind,
    Decision,
    Metric,
    OfferingSource,
    Policy,
    Reason,
    TargetKind,
    Verdict,
    ZoneError,
)
from support import CONTRACT, HOUR, NOW, PolicyCase, contract_policy, facts, instant, request


class Parts(PolicyCase):
    def setUp(self):
        about = request(offering="saas", priority="high", tags=["sm_premium"])
        self.offer = self.policy.decide({**about, **facts(ends="2027-01-14")})

    def test_single_ones(self):
        offer = self.offer
        self.assertIs(offer.verdict, Verdict.MIGRATION_OFFER)
        self.assertEqual(offer.verdict, "migration_offer")
        self.assertEqual((offer.ticket, offer.org), ("4711", "acme"))
        self.assertEqual((offer.offering, offer.level, offer.priority), ("saas", "premium", "high"))
        self.assertIs(offer.offering_from, OfferingSource.EXPLICIT)
        self.assertEqual(offer.now, NOW)
        self.assertEqual(offer.created_at, instant("2026-11-20T17:42:00Z"))
        self.assertEqual(offer.valid_until, instant("2027-01-15T08:00:00Z"))
        self.assertIs(offer.policy, self.policy)

    def test_what_is_not_known(self):
        unsure = self.policy.decide(
            {"now": NOW, "ticket": {"id": "1", "created_at": NOW}, "org": {"id": "acme"}}
        )
        self.assertEqual((unsure.offering, unsure.offering_from), (None, None))
        self.assertIsNone(unsure.valid_until)
        self.assertIsNone(unsure.sla)

    def test_actions(self):
        kinds = [one.do for one in self.offer.actions]
        self.assertEqual(
            kinds, [ActionKind.ADD_TAG, ActionKind.PUBLIC_REPLY, ActionKind.INTERNAL_NOTE]
        )
        tag, reply, note = self.offer.actions
        self.assertEqual(tag, Action(ActionKind.ADD_TAG, "focus_saas"))
        self.assertIn("Northwind Cloud", reply.text)
        self.assertRegex(note.key, r"\Av1:[0-9a-f]{32}\Z")
        self.assertEqual(self.offer.tag_actions, (tag,))

    def test_tags_to_remove(self):
        decision = self.policy.decide(request(tags=["saas_premium", "focus_saas"]))
        changes = [(str(one.do), one.tag) for one in decision.tag_actions]
        self.assertEqual(
            changes,
            [
                ("ticket.remove_tag", "saas_premium"),
                ("ticket.remove_tag", "focus_saas"),
                ("ticket.add_tag", "sm_premium"),
                ("ticket.add_tag", "focus_self_managed"),
            ],
        )

    def test_sla(self):
        sla = self.offer.sla
        self.assertEqual(sla.rule, "priority")
        first, following = sla.targets
        self.assertEqual((first.metric, first.kind), (Metric.FIRST_REPLY, TargetKind.SLA))
        self.assertEqual((first.calendar, first.budget), ("business", 4 * HOUR))
        self.assertEqual(first.due_at, instant("2026-11-20T21:42:00Z"))
        self.assertIs(sla.target("first_reply"), first)
        self.assertIs(sla.target(Metric.NEXT_REPLY), following)
        self.assertIsNone(following.due_at)
        self.assertIsNone(sla.target("resolution"))

    def test_reasons(self):
        reasons = {one.code: one for one in self.offer.reasons}
        self.assertIs(self.offer.reasons, self.offer.reasons)
        held = reasons["entitlement_active"]
        self.assertTrue(held.decides)
        self.assertEqual(held.entitlement, 0)
        self.assertEqual((held.offering, held.level), ("self_managed", "premium"))
        self.assertEqual(held.at, instant("2027-01-15T08:00:00Z"))
        self.assertIn("premium", held.sentence)
        self.assertFalse(reasons["sla_rule_failed"].decides)
        self.assertEqual(reasons["sla_rule_failed"].condition, "level")

    def test_a_reason_shows_what_applies(self):
        reason = Reason("sla_rule_holds", "It holds.", rule=0, at=NOW)
        self.assertEqual(
            repr(reason),
            f"Reason(code='sla_rule_holds', sentence='It holds.', rule=0, at={NOW!r})",
        )
        for one in self.offer.reasons:
            names = {"Reason": Reason, "datetime": datetime_module}
            self.assertEqual(eval(repr(one), names), one)

    def test_reasons_that_are_too_many(self):
        many = {"offering": "self_managed", "level": "premium", "ends": "2025-01-01"}
        yaml = "".join(
            f"  - {{id: never-{n}, when: {{form: billing}}, targets: {{first_reply: "
            f"{{kind: sla, calendar: always, within: {n + 1}h}}}}}}\n"
            for n in range(40)
        )
        text = CONTRACT.read_text().replace("sla:\n", "sla:\n" + yaml, 1)
        decision = Policy.parse(text).decide({**request(), "entitlements": [many]})
        more = [one for one in decision.reasons if one.more]
        self.assertTrue(more)
        for one in decision.reasons:
            self.assertEqual(one.sentence is None, one.more is not None)
        # The sentences behind the gap still belong to their reasons.
        self.assertIsNotNone(decision.reasons[-2].more)
        self.assertEqual(decision.reasons[-1].code, "sla_none")
        self.assertIn("no SLA rule holds", decision.reasons[-1].sentence)

    def test_explain(self):
        text = self.offer.explain()
        self.assertIn("the org does not pay for Northwind Cloud", text)
        self.assertIn("PST", text)
        self.assertIn("CET", self.offer.explain(time_zone="Europe/Amsterdam"))
        self.assertIn("\x1b[", self.offer.explain(colour=True))
        self.assertGreater(len(self.offer.explain(verbose=True)), len(text))
        with self.assertRaises(ZoneError) as caught:
            self.offer.explain(time_zone="Europe/Amsterdm")
        self.assertIsInstance(caught.exception, LookupError)

    def test_zones_come_from_the_policy_s_folder(self):
        with tempfile.TemporaryDirectory() as empty:
            decision = Policy.default(zone_directory=empty).decide(request())
            with self.assertRaisesRegex(ZoneError, re.escape(empty)):
                decision.explain(time_zone="Europe/Amsterdam")

    def test_documents(self):
        document = self.offer.to_dict()
        self.assertEqual(json.loads(self.offer.to_json()), document)
        document["actions"].clear()
        self.assertNotEqual(self.offer.to_dict(), document)
        self.assertEqual(len(self.offer.actions), 3)


class Values(PolicyCase):
    def test_equality_and_hash(self):
        one, same = self.policy.decide(request()), self.policy.decide(request())
        other = self.policy.decide(request("4712"))
        self.assertEqual(one, same)
        self.assertEqual(hash(one), hash(same))
        self.assertNotEqual(one, other)
        self.assertNotEqual(one, one.to_dict())
        self.assertEqual(len({one, same, other}), 2)
        self.assertEqual(one, contract_policy().decide(request()))

    def test_matching(self):
        decision = self.policy.decide(request())
        match decision:
            case Decision(Verdict.ENTITLED, offering, level=level):
                self.assertEqual((offering, level), ("self_managed", "premium"))
            case _:
                self.fail("no match")
        match decision.tag_actions[0]:
            case Action(ActionKind.ADD_TAG, tag=tag):
                self.assertEqual(tag, "sm_premium")
            case _:
                self.fail("no match")

    def test_repr(self):
        self.assertEqual(
            repr(self.policy.decide(request())),
            "<Decision ticket='4711', verdict='entitled', offering='self_managed', "
            "level='premium'>",
        )

    def test_nothing_can_be_changed(self):
        decision = self.policy.decide(request())
        for name in ("verdict", "level", "anything"):
            with self.assertRaises(AttributeError):
                setattr(decision, name, "x")
        for value in (*decision.actions, decision.sla, *decision.sla.targets, *decision.reasons):
            self.assertTrue(dataclasses.is_dataclass(value))
            hash(value)
            with self.assertRaises(dataclasses.FrozenInstanceError):
                setattr(value, dataclasses.fields(value)[0].name, "x")

    def test_copies(self):
        decision = self.policy.decide(request())
        self.assertIs(copy.copy(decision), decision)
        self.assertIs(copy.deepcopy({"kept": decision})["kept"], decision)
        self.assertIs(copy.deepcopy(self.policy), self.policy)
        calendar = self.policy.calendar("business")
        self.assertIs(copy.deepcopy(calendar), calendar)
        for value in (decision, self.policy, calendar):
            with self.assertRaisesRegex(TypeError, "pickled"):
                pickle.dumps(value)
        action = decision.actions[0]
        self.assertEqual(pickle.loads(pickle.dumps(action)), action)
        self.assertEqual(pickle.loads(pickle.dumps(decision.sla)), decision.sla)

    def test_words(self):
        self.assertEqual(f"{Verdict.ENTITLED}", "entitled")
        self.assertEqual(json.dumps({"verdict": Verdict.ENTITLED}), '{"verdict": "entitled"}')
        self.assertEqual(Verdict("on_hold"), Verdict.ON_HOLD)

    def test_budgets(self):
        decision = self.policy.decide(request())
        self.assertIsInstance(decision.sla.targets[0].budget, timedelta)


if __name__ == "__main__":
    unittest.main()
