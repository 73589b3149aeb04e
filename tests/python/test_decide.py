# SPDX-License-Identifier: MIT
"""Facts as Python has them: what can be read, what is refused and where, and hostile values."""

import collections
import enum
import gc
import json
import types
import unittest
import weakref
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from offerpolicy import Decision, RequestError, Verdict
from support import (
    CASES,
    NOW,
    UTC,
    PolicyCase,
    contract_policy,
    facts,
    read_lines,
    request,
    ticket,
)


class Forms(PolicyCase):
    def decide(self, **parts):
        return self.policy.decide(**{"ticket": ticket(), "now": NOW, **facts(), **parts})

    def test_a_whole_request_or_parts(self):
        whole = self.policy.decide(request())
        self.assertEqual(self.decide(), whole)
        self.assertEqual(whole.verdict, Verdict.ENTITLED)

    def test_a_whole_request_and_parts(self):
        with self.assertRaisesRegex(TypeError, "not both"):
            self.policy.decide(request(), ticket=ticket())

    def test_now_for_a_request_that_names_none(self):
        bare = {key: value for key, value in request().items() if key != "now"}
        for now in (NOW, "2026-11-20T18:00:00Z", "2026-11-20T19:00:00+01:00"):
            self.assertEqual(self.policy.decide(bare, now=now).now, NOW)
        with self.assertRaises(RequestError) as caught:
            self.policy.decide(bare)
        self.assertEqual(caught.exception.code, "OFP-321")

    def test_a_request_that_names_now_counts(self):
        later = NOW + timedelta(days=1)
        self.assertEqual(self.policy.decide(request(), now=later).now, NOW)

    def test_missing_parts_are_none(self):
        decision = self.policy.decide(ticket=ticket(), now=NOW, org=None, migrations=None)
        self.assertEqual((decision.verdict, decision.org), (Verdict.UNKNOWN_ORG, None))

    def test_no_ticket(self):
        with self.assertRaises(RequestError) as caught:
            self.policy.decide(now=NOW)
        self.assertEqual(caught.exception.code, "OFP-306")

    def test_mappings(self):
        plain = ticket(tags=["sm_premium"])
        expected = self.decide(ticket=plain)
        for kind in (
            collections.OrderedDict,
            collections.UserDict,
            types.MappingProxyType,
            lambda items: collections.ChainMap({}, items),
            lambda items: collections.defaultdict(list, items),
        ):
            self.assertEqual(self.decide(ticket=kind(plain)), expected)

    def test_sequences(self):
        expected = self.decide(ticket=ticket(tags=["a", "b"]))
        Pair = collections.namedtuple("Pair", "first second")
        for tags in (("a", "b"), collections.UserList("ab"), collections.deque("ab"), Pair(*"ab")):
            self.assertEqual(self.decide(ticket=ticket(tags=tags)), expected)

    def test_texts(self):
        class Text(str):
            pass

        class Level(enum.StrEnum):
            PREMIUM = "premium"

        bought = [{"offering": Text("self_managed"), Text("level"): Level.PREMIUM}]
        self.assertEqual(self.decide(entitlements=bought), self.decide())
        self.assertEqual(self.decide(ticket=ticket("Zürich ☃ 𝄞")).ticket, "Zürich ☃ 𝄞")
        self.assertEqual(self.decide(ticket=ticket("a\0b")).ticket, "a\0b")

    def test_datetimes(self):
        expected = self.decide()
        for created in (
            datetime(2026, 11, 20, 17, 42, tzinfo=UTC),
            datetime(2026, 11, 20, 17, 42, 0, 999999, tzinfo=UTC),
            datetime(2026, 11, 20, 18, 42, tzinfo=timezone(timedelta(hours=1))),
            datetime(2026, 11, 20, 9, 42, tzinfo=ZoneInfo("America/Los_Angeles")),
        ):
            self.assertEqual(self.decide(ticket=ticket(created_at=created)), expected)

    def test_a_datetime_that_clocks_show_twice(self):
        zone = ZoneInfo("America/Los_Angeles")
        for fold in (0, 1):
            created = datetime(2026, 11, 1, 1, 30, tzinfo=zone, fold=fold)
            decision = self.decide(ticket=ticket(created_at=created))
            self.assertEqual(decision.created_at, created.astimezone(UTC))

    def test_offsets_with_fractions(self):
        zone = timezone(timedelta(hours=1, microseconds=1))
        created = datetime(2026, 11, 20, 18, 42, tzinfo=zone)
        decision = self.decide(ticket=ticket(created_at=created))
        exact = created.astimezone(UTC)
        self.assertEqual(decision.created_at, exact.replace(microsecond=0))

    def test_dates(self):
        with_dates = facts(starts=date(2026, 1, 15), ends=date(2027, 1, 14))
        with_texts = facts(starts="2026-01-15", ends="2027-01-14")
        self.assertEqual(self.decide(**with_dates), self.decide(**with_texts))
        with_instant = facts(ends=datetime(2027, 1, 15, 8, tzinfo=UTC))
        until = self.decide(**with_texts).valid_until
        self.assertEqual(self.decide(**with_instant).valid_until, until)

    def test_nothing_is_changed(self):
        whole = request(tags=["a"])
        before = json.dumps(whole)
        self.policy.decide(whole)
        self.assertEqual(json.dumps(whole), before)


class Refusals(PolicyCase):
    def refuse(self, code, pointer, message, whole):
        with self.assertRaises(RequestError) as caught:
            self.policy.decide(whole)
        error = caught.exception
        self.assertEqual((error.code, error.pointer), (code, pointer), error.message)
        self.assertRegex(error.message, message)
        self.assertIsInstance(error, ValueError)
        return error

    def test_every_wrong_request_of_the_cases(self):
        count = 0
        for case in read_lines(CASES / "requests/wrong.ndjson"):
            if case["code"] in ("OFP-301", "OFP-302", "OFP-303", "OFP-304"):
                continue  # mistakes of JSON texts, which values can't have
            document = json.loads(case["request"])
            if document is None:
                continue  # not given, in Python
            with self.subTest(case["name"]), self.assertRaises(RequestError) as caught:
                self.policy.decide(document)
            self.assertEqual(caught.exception.code, case["code"])
            self.assertEqual(caught.exception.pointer, case["pointer"])
            self.assertEqual(caught.exception.message, case["message"])
            count += 1
        self.assertGreater(count, 100)

    def test_unknown_names_with_the_nearest(self):
        error = self.refuse(
            "OFP-308", "/ticket/priority", 'did you mean "high"', request(priority="hihg")
        )
        self.assertEqual(
            str(error), '/ticket/priority: unknown priority "hihg": did you mean "high"? [OFP-308]'
        )

    def test_naive_datetimes(self):
        self.refuse(
            "OFP-311",
            "/ticket/created_at",
            "naive",
            request(created_at=datetime(2026, 11, 20, 17)),
        )

    def test_tzinfo_without_an_offset(self):
        class Unknown(tzinfo):
            def utcoffset(self, moment):
                return None

        created = datetime(2026, 11, 20, 17, tzinfo=Unknown())
        self.refuse("OFP-311", "/ticket/created_at", "naive", request(created_at=created))

    def test_datetimes_out_of_range(self):
        for year in (1, 1969, 2201, 9999):
            created = datetime(year, 6, 1, tzinfo=UTC)
            self.refuse("OFP-313", "/ticket/created_at", str(year), request(created_at=created))

    def test_a_date_where_an_instant_belongs(self):
        self.refuse(
            "OFP-310", "/ticket/created_at", "2026-11-20", request(created_at=date(2026, 11, 20))
        )

    def test_values_that_no_document_has(self):
        for value, message in (
            (object(), "type object"),
            ({"a"}, "type set"),
            (timedelta(1), "type datetime.timedelta"),
            (1j, "type complex"),
            (b"x", "bytes: decode it"),
            (bytearray(b"x"), "bytearray: decode it"),
            (1.5, "a number that is not whole"),
            (2**70, "too large"),
            (float("nan"), "a number that is not whole"),
        ):
            with self.subTest(message):
                self.refuse("OFP-307", "/ticket/subject", message, request(subject=value))

    def test_a_type_with_a_strange_name(self):
        strange = type("x\n%s\u2028", (), {})()
        self.refuse("OFP-307", "/ticket/subject", r"type x\?\?s\?+ can't", request(subject=strange))

    def test_keys_that_are_no_text(self):
        self.refuse("OFP-305", "/1", 'unknown key "1"', {1: 2})
        self.refuse("OFP-305", "/ticket/b'id'", "known here: id", {"ticket": {b"id": "1"}})

        class Field:
            def __repr__(self):
                return "form"

        whole = request(fields={Field(): 1})
        self.refuse("OFP-307", "/ticket/fields/form", "must be a str, not .*Field", whole)

    def test_surrogates(self):
        self.refuse("OFP-316", "/ticket/subject", "surrogate", request(subject="\ud800"))
        self.refuse("OFP-316", "/ticket/id", "surrogate", {"ticket": {"id": "1", "\udfff": 1}})

    def test_documents_of_a_wrong_type(self):
        for whole in ([], "x", 1, True, 1.5, object(), b"x"):
            with self.subTest(whole), self.assertRaises(RequestError) as caught:
                self.policy.decide(whole)
            self.assertEqual(caught.exception.code, "OFP-307")

    def test_endless_documents(self):
        endless = {}
        endless["ticket"] = endless
        self.refuse("OFP-305", "/ticket/ticket", "unknown key", endless)
        nested = []
        nested.append(nested)
        self.refuse("OFP-307", "/entitlements/0", "expected an object", {"entitlements": nested})


class Hostile(PolicyCase):
    """Values that run code while they are read."""

    def test_a_mapping_that_decides(self):
        policy = self.policy
        inner = []

        class Curious(collections.UserDict):
            def items(self):
                inner.append(policy.decide(request("inner")).to_json())
                return super().items()

        whole = request("outer")
        whole["ticket"] = Curious(whole["ticket"])
        whole["org"] = Curious(whole["org"])
        whole["entitlements"] = [Curious(one) for one in whole["entitlements"]]
        self.assertEqual(policy.decide(whole), policy.decide(request("outer")))
        self.assertEqual(inner, [policy.decide(request("inner")).to_json()] * 3)

    def test_deep_recursion(self):
        policy = self.policy

        class Deep(collections.UserDict):
            def __init__(self, items, left):
                super().__init__(items)
                self.left = left

            def items(self):
                if self.left:
                    policy.decide(Deep(request(str(self.left)), self.left - 1))
                return super().items()

        self.assertEqual(policy.decide(Deep(request("x"), 50)).ticket, "x")

        with self.assertRaises(RecursionError):
            policy.decide(Deep(request("x"), 10**6))

    def test_exceptions_go_through(self):
        class Broken(collections.UserDict):
            def __init__(self, error):
                self.error = error

            def items(self):
                raise self.error

        for error in (ZeroDivisionError("1"), KeyboardInterrupt(), MemoryError(), SystemExit(3)):
            with self.assertRaises(type(error)) as caught:
                self.policy.decide({"ticket": Broken(error)})
            self.assertIs(caught.exception, error)
        self.assertEqual(self.policy.decide(request()).verdict, "entitled")

    def test_items_that_are_no_pairs(self):
        class Odd(collections.UserDict):
            def items(self):
                return self.given

        odd = Odd(id="1")
        for given in ([1], [(1,)], [("a", 1, 2)], ["ab"], [None]):
            odd.given = given
            with self.subTest(given), self.assertRaisesRegex(RequestError, "no pairs"):
                self.policy.decide({"ticket": odd})
        for given in (None, 5):
            odd.given = given
            with self.subTest(given), self.assertRaises(TypeError):
                self.policy.decide({"ticket": odd})

    def test_sequences_that_fail(self):
        class Failing(collections.UserList):
            def __iter__(self):
                yield "a"
                raise ZeroDivisionError

        with self.assertRaises(ZeroDivisionError):
            self.policy.decide(request(tags=Failing()))

    def test_a_tzinfo_that_fails_or_lies(self):
        class Zone(tzinfo):
            def utcoffset(self, moment):
                return self.answer()

        zone = Zone()
        created = datetime(2026, 11, 20, 17, tzinfo=zone)
        zone.answer = lambda: 1 // 0
        with self.assertRaises(ZeroDivisionError):
            self.policy.decide(request(created_at=created))
        for wrong in (5, "x", timedelta(days=2)):
            zone.answer = lambda: wrong
            with self.assertRaises((TypeError, ValueError)):
                self.policy.decide(request(created_at=created))

    def changing(self, change):
        """A datetime that calls `change` when it is read."""

        class Zone(tzinfo):
            def utcoffset(self, moment):
                change()
                return timedelta(0)

        return datetime(2026, 11, 20, 17, 42, tzinfo=Zone())

    def test_a_dict_that_is_emptied(self):
        whole = request("x" * 50, tags=["t" * 50])
        del whole["ticket"]["created_at"]
        whole["ticket"] = {
            "subject": "s" * 200,
            "created_at": self.changing(lambda: whole["ticket"].clear()),
            **whole["ticket"],
        }
        with self.assertRaises(RequestError) as caught:
            self.policy.decide(whole)
        self.assertEqual(caught.exception.code, "OFP-306")

    def test_a_dict_that_grows(self):
        whole = request()

        def grow():
            for number in range(1000):
                whole["ticket"][f"key {number}"] = number

        whole["ticket"]["created_at"] = self.changing(grow)
        with self.assertRaises(RequestError) as caught:
            self.policy.decide(whole)
        self.assertEqual(caught.exception.code, "OFP-305")

    def test_a_key_that_goes_while_it_is_shown(self):
        class Key:
            def __repr__(self):
                fields.clear()
                return "form"

        fields = {Key(): "cloud"}
        with self.assertRaisesRegex(RequestError, "must be a str, not Key"):
            self.policy.decide(request(fields=fields))

    def test_texts_that_are_let_go(self):
        whole = request("".join(["47", "11"]), tags=["".join(["a", str(n)]) for n in range(100)])

        def drop():
            whole["ticket"]["id"] = "another"
            whole["ticket"]["tags"].clear()
            whole["org"].clear()
            whole["entitlements"].clear()
            gc.collect()

        whole["ticket"]["created_at"] = self.changing(drop)
        moved = {key: whole[key] for key in ("now", "org", "entitlements", "ticket")}
        decision = self.policy.decide(moved)
        self.assertEqual(decision.org, "acme")
        self.assertIn(decision.ticket, ("4711", "another"))

    def test_lists_that_change(self):
        bought = [{"offering": "self_managed", "level": "premium"} for _ in range(20)]
        # A collection also frees what the interpreter would keep for its next dict.
        bought[3]["starts"] = self.changing(lambda: (bought.clear(), gc.collect()))
        whole = {**request(), "entitlements": bought}
        self.assertEqual(self.policy.decide(whole).verdict, "entitled")
        bought = [{"offering": "self_managed", "level": "premium"}]
        bought[0]["starts"] = self.changing(lambda: bought.append(bought[0]))
        with self.assertRaises(RequestError) as caught:
            self.policy.decide({**request(), "entitlements": bought})
        self.assertEqual(caught.exception.code, "OFP-317")

    def test_the_policy_goes_while_it_decides(self):
        holder = [contract_policy()]
        whole = request(created_at=self.changing(holder.clear))
        decision = holder[0].decide(whole)
        self.assertEqual(decision.policy.name, "northwind-support")

    def test_nothing_is_kept(self):
        class Tag(str):
            pass

        tag = Tag("a tag")
        kept = weakref.ref(tag)
        whole = request(tags=[tag])
        decision = self.policy.decide(whole)
        with self.assertRaises(RequestError):
            self.policy.decide(request(tags=[tag, 1]))
        del tag, whole
        gc.collect()
        self.assertIsNone(kept())
        self.assertEqual(decision.ticket, "4711")


class Many(PolicyCase):
    def test_lazily_and_in_order(self):
        taken = []

        def requests():
            for number in range(5):
                taken.append(number)
                yield request(str(number))

        decisions = self.policy.decide_many(requests())
        self.assertEqual(taken, [])
        self.assertEqual(next(decisions).ticket, "0")
        self.assertEqual(taken, [0])
        self.assertEqual([one.ticket for one in decisions], ["1", "2", "3", "4"])

    def test_mistakes(self):
        requests = [request("1"), request(""), request("3")]
        decisions = self.policy.decide_many(requests)
        self.assertEqual(next(decisions).ticket, "1")
        with self.assertRaises(RequestError):
            next(decisions)
        found = list(self.policy.decide_many(requests, errors="return"))
        self.assertEqual([type(one) for one in found], [Decision, RequestError, Decision])
        self.assertEqual(found[1].code, "OFP-309")

    def test_now_for_all(self):
        bare = {key: value for key, value in request().items() if key != "now"}
        decisions = self.policy.decide_many([bare] * 2, now=NOW)
        self.assertEqual([one.now for one in decisions], [NOW] * 2)

    def test_so_many_that_the_policy_is_prepared(self):
        texts = ["cloud.northwind.example", "we run northwind-ctl", "nothing that tells"]
        requests = [request(str(number), subject=texts[number % 3]) for number in range(600)]
        for one in requests:
            del one["ticket"]["offering"]
        expected = [self.policy.decide(one).to_json() for one in requests]
        self.assertEqual([one.to_json() for one in self.policy.decide_many(requests)], expected)
        self.policy.prepare()
        self.assertEqual([self.policy.decide(one).to_json() for one in requests], expected)

    def test_wrong_arguments_are_told_at_once(self):
        with self.assertRaises(TypeError):
            self.policy.decide_many(5)
        with self.assertRaisesRegex(ValueError, "errors"):
            self.policy.decide_many([], errors="ignore")


if __name__ == "__main__":
    unittest.main()
