# SPDX-License-Identifier: MIT
"""Calendars: business time in Python's own values."""

import itertools
import unittest
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from offerpolicy import Period, RequestError
from support import DAY, HOUR, MINUTE, NOW, UTC, PolicyCase, contract_policy, instant


class Questions(PolicyCase):
    def setUp(self):
        self.business = self.policy.calendar("business")
        self.always = self.policy.calendar("always")

    def test_due(self):
        expected = instant("2026-11-23T00:00:00Z")
        for budget in (8 * HOUR, 8 * 3600, 8 * HOUR + timedelta(microseconds=999999)):
            self.assertEqual(self.business.due(NOW, budget), expected)
        self.assertIs(self.business.due(NOW, 1).tzinfo, UTC)
        self.assertEqual(self.business.due(NOW, 0), NOW)

    def test_due_from_another_zone(self):
        for zone in (ZoneInfo("Asia/Kathmandu"), timezone(-7 * HOUR)):
            start = NOW.astimezone(zone)
            self.assertEqual(self.business.due(start, HOUR), NOW + HOUR)

    def test_due_out_of_reach(self):
        self.assertIsNone(self.business.due(NOW, 5000 * DAY))
        self.assertIsNone(self.business.due_back(NOW, 5000 * DAY))

    def test_before_1970(self):
        due = self.business.due_back(instant("1970-02-01T00:00:00Z"), 100 * DAY)
        self.assertEqual(due, instant("1969-09-16T14:00:00Z"))

    def test_due_back(self):
        due = self.business.due(NOW, 30 * HOUR)
        self.assertEqual(self.business.due_back(due, 30 * HOUR), NOW)

    def test_elapsed(self):
        self.assertEqual(self.business.elapsed(NOW, NOW + 3 * DAY), 26 * HOUR)
        self.assertEqual(self.business.elapsed(NOW, NOW - DAY), timedelta(0))

    def test_open(self):
        closing = instant("2026-11-21T01:00:00Z")
        opening = instant("2026-11-22T23:00:00Z")
        self.assertIs(self.business.is_open(closing - MINUTE), True)
        self.assertIs(self.business.is_open(closing), False)
        self.assertEqual(self.business.next_open(closing), opening)
        self.assertEqual(self.business.prev_open(opening), closing)
        self.assertEqual(self.business.prev_open(NOW), NOW)

    def test_periods(self):
        periods = self.business.periods(NOW)
        self.assertEqual(next(periods), Period(NOW, instant("2026-11-21T01:00:00Z")))
        self.assertEqual(next(periods).start, instant("2026-11-22T23:00:00Z"))
        self.assertEqual(list(self.always.periods(NOW)), [Period(NOW, None)])

    def test_periods_go_on(self):
        periods = list(itertools.islice(self.business.periods(NOW), 1000))
        self.assertEqual(len(periods), 1000)
        for one, following in itertools.pairwise(periods):
            self.assertLess(one.end, following.start)
        self.assertEqual(self.business.elapsed(NOW, periods[-1].end), sum(
            (one.end - one.start for one in periods), timedelta(0)
        ))

    def test_periods_end_where_the_calendar_does(self):
        start = instant("2200-12-20T00:00:00Z")
        periods = list(self.business.periods(start))
        self.assertTrue(0 < len(periods) < 5)
        self.assertLessEqual(periods[-1].start, instant("2200-12-31T23:59:59Z"))

    def test_matching(self):
        match next(self.business.periods(NOW)):
            case Period(start, end):
                self.assertEqual((start, end - start), (NOW, 7 * HOUR))


class Refusals(PolicyCase):
    def setUp(self):
        self.business = self.policy.calendar("business")

    def test_naive_datetimes(self):
        naive = datetime(2026, 11, 20, 18)
        for ask in (
            lambda: self.business.due(naive, 1),
            lambda: self.business.due_back(naive, 1),
            lambda: self.business.elapsed(naive, NOW),
            lambda: self.business.is_open(naive),
            lambda: self.business.next_open(naive),
            lambda: self.business.prev_open(naive),
            lambda: self.business.periods(naive),
        ):
            with self.assertRaisesRegex(ValueError, r"\A(start|instant) is naive.*timezone.utc"):
                ask()
        with self.assertRaisesRegex(ValueError, r"\Aend is naive"):
            self.business.elapsed(NOW, naive)

    def test_instants_out_of_range(self):
        for year in (1, 1969, 2201, 9999):
            with self.assertRaises(RequestError) as caught:
                self.business.due(datetime(year, 1, 1, tzinfo=UTC), 1)
            self.assertEqual(caught.exception.code, "OFP-313")

    def test_negative_budgets(self):
        for budget in (-1, timedelta(microseconds=-1)):
            with self.assertRaises(RequestError):
                self.business.due(NOW, budget)

    def test_wrong_types(self):
        for start in (None, "2026-11-20T18:00:00Z", 0, NOW.date()):
            with self.assertRaisesRegex(TypeError, "start must be an aware datetime"):
                self.business.due(start, 1)
        for budget in (None, "1h", 1.0, True, NOW):
            with self.assertRaisesRegex(TypeError, "seconds must be a timedelta or an int"):
                self.business.due(NOW, budget)
        with self.assertRaises(OverflowError):
            self.business.due(NOW, 2**63)


class Values(PolicyCase):
    def test_calendars(self):
        one, same = self.policy.calendar("emea"), self.policy.calendar("emea")
        self.assertEqual(one, same)
        self.assertEqual(hash(one), hash(same))
        self.assertNotEqual(one, self.policy.calendar("night"))
        self.assertNotEqual(one, contract_policy().calendar("emea"))
        self.assertNotEqual(one, "emea")
        self.assertEqual(repr(one), "<Calendar 'emea' of 'northwind-support'>")
        self.assertIs(one.policy, self.policy)

    def test_a_calendar_keeps_its_policy(self):
        calendar = contract_policy().calendar("business")
        self.assertEqual(calendar.due(NOW, HOUR), NOW + HOUR)


if __name__ == "__main__":
    unittest.main()
