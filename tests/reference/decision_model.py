"""The contract's decisions, slow and obvious.

`decide(policy, request)` gives the projection of a decision that the shared
cases use: no reasons, no policy, no texts, and an action is shortened to
`[do, tag]` or `[do]`. Policy and request are the parsed documents; both are
taken to be valid.
"""

from collections import namedtuple
from math import inf
import re

from calendar_model import Calendar, format_instant, parse_day, parse_instant, zone

# `ends`, `end` and `forgotten` are the first instants that no longer count.
Entitlement = namedtuple("Entitlement", "offering level starts ends hold")
Migration = namedtuple("Migration", "to level status end forgotten")


def decide(policy, request):
    return Model(policy).decide(request)


class Model:
    """A policy, with its calendars made once."""

    def __init__(self, policy):
        self.policy = policy
        self.zone = zone(policy.get("time_zone", "UTC"))
        self.levels = policy["levels"]
        self.offerings = policy["offerings"]
        self.migration = policy.get("migration", {})
        self.calendars = {
            name: Calendar(definition) for name, definition in policy.get("calendars", {}).items()
        }

    def decide(self, request):
        return Case(self, request).decision()

    # Levels

    def is_paid(self, level):
        return level not in self.policy["unpaid"]

    def lowest_unpaid(self):
        return next(level for level in self.levels if not self.is_paid(level))

    def highest(self, levels):
        return max(levels, key=self.levels.index)

    # Tags, in the policy's order; a shared tag at its first place

    def tag(self, offering, level):
        return self.offerings[offering].get("level_tags", {}).get(level)

    def focus_tag(self, offering):
        return self.offerings[offering].get("focus_tag")

    def level_tags(self):
        tags = [tag for o in self.offerings.values() for tag in o.get("level_tags", {}).values()]
        return list(dict.fromkeys(tags))

    def focus_tags(self):
        tags = [self.focus_tag(offering) for offering in self.offerings]
        return [tag for tag in dict.fromkeys(tags) if tag is not None]

    # Dates and instants of requests

    def first_instant(self, text):
        return self.zone.midnight(parse_day(text)) if is_date(text) else parse_instant(text)

    def end_instant(self, text):
        """A date counts through its last instant; an instant is exclusive."""
        return self.end_of_day(text, 0) if is_date(text) else parse_instant(text)

    def end_of_day(self, text, days_later):
        return self.zone.midnight(parse_day(text) + 1 + days_later)

    def entitlements(self, request):
        return [
            Entitlement(
                document["offering"],
                document["level"],
                self.first_instant(document["starts"]) if "starts" in document else -inf,
                self.end_instant(document["ends"]) if "ends" in document else inf,
                document.get("hold", False),
            )
            for document in request.get("entitlements", [])
        ]

    def migrations(self, request):
        """The end is that of the target date plus `grace_days` local days; a
        migration is forgotten `memory_days` local days after that."""
        grace = self.migration.get("grace_days", 0)
        return [
            Migration(
                document["to"],
                document["level"],
                document["status"],
                self.end_of_day(document["target_date"], grace),
                self.end_of_day(document["target_date"], grace + self.migration["memory_days"]),
            )
            for document in request.get("migrations", [])
        ]

    def bounds(self, request):
        """The instants at which an entitlement starts or ends, or a migration
        that is neither completed nor cancelled ends or is forgotten."""
        bounds = [bound for e in self.entitlements(request) for bound in (e.starts, e.ends)]
        for migration in self.migrations(request):
            if migration.status not in ("completed", "cancelled"):
                bounds += [migration.end, migration.forgotten]
        return [bound for bound in bounds if -inf < bound < inf]


def is_date(text):
    return len(text) == len("2026-11-20")


# Conditions

def holds(condition, facts):
    """Every key must hold. `facts` gives the set of a key's values: one, many
    for tags, none for what is missing, so that `not` holds there."""
    return all(_key_holds(key, wanted, facts) for key, wanted in condition.items())


def _key_holds(key, wanted, facts):
    if key == "any":
        return any(holds(condition, facts) for condition in wanted)
    if key == "all":
        return all(holds(condition, facts) for condition in wanted)
    if key == "not":
        return not holds(wanted, facts)
    if isinstance(wanted, dict):
        return not _key_holds(key, wanted["not"], facts)
    values = {wanted} if isinstance(wanted, str) else set(wanted)
    return not values.isdisjoint(facts[key])


# Durations

def seconds_of(duration):
    """`90s`, `30m`, `4h`, `1h30m`."""
    units = {"h": 3600, "m": 60, "s": 1}
    return sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+)([hms])", duration))


class Case:
    """One request under one policy; a method for each sentence."""

    def __init__(self, model, request):
        self.model = model
        self.policy = model.policy
        self.request = request
        self.now = parse_instant(request["now"])
        self.ticket = request["ticket"]
        self.org = request.get("org")
        self.entitlements = model.entitlements(request)
        self.migrations = model.migrations(request)
        self.priority = self.decided_priority()
        self.offering, self.offering_from = self.classify()
        self.verdict, self.level = self.judge()

    def decision(self):
        return {
            "ticket": self.ticket["id"],
            "org": self.org["id"] if self.org else None,
            "verdict": self.verdict,
            "offering": self.offering,
            "offering_from": self.offering_from,
            "priority": self.priority,
            "level": self.level,
            "sla": self.sla(),
            "actions": self.tag_actions() + self.other_actions(),
            "valid_until": self.valid_until(),
        }

    # Facts for conditions

    def ticket_facts(self):
        """What is known before the priority and the offering are."""
        facts = {
            "tag": set(self.ticket.get("tags", [])),
            "org_tag": set(self.org.get("tags", [])) if self.org else set(),
        }
        given = self.ticket.get("fields", {})
        for name in self.policy.get("fields", {}):
            facts[name] = {given[name]} if name in given else set()
        return facts

    def all_facts(self):
        return self.ticket_facts() | {
            "level": {self.level},
            "offering": {self.offering} if self.offering else set(),
            "priority": {self.priority},
            "verdict": {self.verdict},
        }

    # Priority

    def decided_priority(self):
        """The first of `priority_rules` that holds replaces the ticket's."""
        priority = self.ticket.get("priority", self.policy["default_priority"])
        facts = self.ticket_facts() | {"priority": {priority}}
        for rule in self.policy.get("priority_rules", []):
            if holds(rule["when"], facts):
                return rule["priority"]
        return priority

    # Classification

    def classify(self):
        if "offering" in self.ticket:
            return self.ticket["offering"], "explicit"
        by_rule = self.offering_by_rule()
        if by_rule:
            return by_rule, "rule"
        by_patterns = self.offering_by_patterns()
        return by_patterns, "patterns" if by_patterns else None

    def classify_rules(self, kind):
        rules = self.policy.get("classify", {}).get("rules", [])
        return [rule for rule in rules if kind in rule]

    def offering_by_rule(self):
        """The first `when` rule that holds decides."""
        facts = self.ticket_facts()
        for rule in self.classify_rules("when"):
            if holds(rule["when"], facts):
                return rule["offering"]
        return None

    def offering_by_patterns(self):
        """The highest sum wins if it reaches the threshold and leads the next
        one by at least the margin; a tie is always unsure."""
        scores = self.scores()
        best, score = max(scores.items(), key=lambda item: item[1])
        others = [other for offering, other in scores.items() if offering != best]
        limits = self.policy.get("classify", {})
        if score < limits.get("threshold", 1):
            return None
        if others and score - max(others) < limits.get("margin", 1):
            return None
        return best

    def scores(self):
        """Each pattern that matches adds its weight once; an offering without
        a match scores 0."""
        scores = dict.fromkeys(self.model.offerings, 0)
        for rule in self.classify_rules("match"):
            if self.matches(rule["match"]):
                scores[rule["offering"]] += rule.get("weight", 1)
        return scores

    def matches(self, pattern):
        """Subject and description separately, without regard to case."""
        texts = [self.ticket.get("subject", ""), self.ticket.get("description", "")]
        return any(re.search(pattern, text, re.IGNORECASE | re.UNICODE) for text in texts)

    # Entitlements

    def is_paid(self, entitlement):
        return self.model.is_paid(entitlement.level)

    def is_current(self, entitlement):
        return entitlement.starts <= self.now < entitlement.ends

    def is_upcoming(self, entitlement):
        return self.is_paid(entitlement) and not entitlement.hold and self.now < entitlement.starts

    def paid_and_ended(self):
        return [e for e in self.entitlements if self.is_paid(e) and e.ends <= self.now]

    def paid_and_current(self):
        return [e for e in self.entitlements if self.is_paid(e) and self.is_current(e)]

    def active(self):
        return [e for e in self.paid_and_current() if not e.hold]

    def for_ticket(self, entitlements):
        return [e for e in entitlements if e.offering == self.offering]

    # Migrations

    def live(self):
        """Approved, not past the end, and the org has an active entitlement."""
        return [
            m for m in self.migrations
            if m.status == "approved" and self.now < m.end and self.active()
        ]

    def remembered(self):
        """Not forgotten, and refused, or approved or requested and past the end."""
        return [m for m in self.migrations if self.now < m.forgotten and self.is_used_up(m)]

    def is_used_up(self, migration):
        if migration.status in ("approved", "requested"):
            return migration.end <= self.now
        return migration.status == "refused"

    def to_ticket(self, migrations):
        return [m for m in migrations if m.to == self.offering]

    def open_to_ticket(self):
        requested = [m for m in self.migrations if m.status == "requested"]
        return [m for m in self.to_ticket(requested) if self.now < m.end]

    def remembered_to_ticket(self, status):
        return [m for m in self.to_ticket(self.remembered()) if m.status == status]

    # The verdict table: when each line holds

    def org_is_unknown(self):
        return self.org is None

    def offering_is_unknown(self):
        return self.offering is None

    def is_entitled(self):
        return self.for_ticket(self.active())

    def has_live_migration(self):
        return self.to_ticket(self.live())

    def is_on_hold_for_ticket(self):
        return self.for_ticket(self.paid_and_current())

    def is_upcoming_for_ticket(self):
        return any(map(self.is_upcoming, self.for_ticket(self.entitlements)))

    def is_upcoming_beside_active(self):
        return self.is_upcoming_for_ticket() and self.active()

    def has_open_migration(self):
        return self.open_to_ticket() and self.active()

    def has_refused_migration(self):
        """A remembered refusal whose end is not before that of any remembered
        approval."""
        refusals = [m.end for m in self.remembered_to_ticket("refused")]
        approvals = [m.end for m in self.remembered_to_ticket("approved")]
        return refusals and max(refusals) >= max(approvals, default=-inf) and self.active()

    def has_expired_migration(self):
        return self.remembered_to_ticket("approved") and self.active()

    def has_lapsed(self):
        return self.paid_and_ended()

    def otherwise(self):
        return True

    # The verdict table: the level of each line

    def lowest_unpaid(self):
        return self.model.lowest_unpaid()

    def highest_active(self):
        levels = [e.level for e in self.active()]
        return self.model.highest(levels) if levels else self.lowest_unpaid()

    def highest_for_ticket(self):
        """Of the active entitlements for the ticket's offering and the live
        migrations to it."""
        supported = self.for_ticket(self.active()) + self.to_ticket(self.live())
        return self.model.highest([s.level for s in supported])

    def provisional(self):
        """Goodwill is for those who have not used it up."""
        if self.to_ticket(self.remembered()) or self.for_ticket(self.paid_and_ended()):
            return self.lowest_unpaid()
        level = self.model.migration.get("provisional_level", self.lowest_unpaid())
        return self.highest_active() if level == "current" else level

    VERDICTS = [
        ("unknown_org", org_is_unknown, lowest_unpaid),
        ("unsure", offering_is_unknown, highest_active),
        ("entitled", is_entitled, highest_for_ticket),
        ("migration", has_live_migration, highest_for_ticket),
        ("on_hold", is_on_hold_for_ticket, lowest_unpaid),
        ("upcoming", is_upcoming_beside_active, provisional),
        ("migration_pending", has_open_migration, provisional),
        ("migration_refused", has_refused_migration, lowest_unpaid),
        ("migration_expired", has_expired_migration, lowest_unpaid),
        ("migration_offer", active, provisional),
        ("on_hold", paid_and_current, lowest_unpaid),
        ("upcoming", is_upcoming_for_ticket, lowest_unpaid),
        ("lapsed", has_lapsed, lowest_unpaid),
        ("unpaid", otherwise, lowest_unpaid),
    ]

    def judge(self):
        """The first line that holds gives verdict and level."""
        for verdict, line_holds, level in self.VERDICTS:
            if line_holds(self):
                return verdict, level(self)

    # SLA

    def sla(self):
        """The first rule whose `when` holds, even if no target is left."""
        facts = self.all_facts()
        for rule in self.policy.get("sla", []):
            if holds(rule["when"], facts):
                return {"rule": rule["id"], "targets": self.targets(rule["targets"])}
        return None

    def targets(self, targets):
        """A target without an entry for the priority is left out."""
        return [
            self.target(metric, target, seconds_of(within))
            for metric, target in targets.items()
            for within in self.within(target)
        ]

    def within(self, target):
        """None or one: the duration for the ticket's priority."""
        within = target["within"]
        if isinstance(within, str):
            return [within]
        return [within[self.priority]] if self.priority in within else []

    def target(self, metric, target, seconds):
        return {
            "metric": metric,
            "kind": target["kind"],
            "calendar": target["calendar"],
            "seconds": seconds,
            "due_at": self.due_at(metric, target["calendar"], seconds),
        }

    def due_at(self, metric, calendar, seconds):
        """Other metrics need the ticket's history."""
        if metric not in ("first_reply", "resolution"):
            return None
        created_at = parse_instant(self.ticket["created_at"])
        return format_instant(self.model.calendars[calendar].due(created_at, seconds))

    # Actions

    def tag_actions(self):
        """Only for tags that the ticket carries or lacks: removals, then
        additions, each first for level tags, then for focus tags."""
        if self.verdict in ("unsure", "unknown_org"):
            return []
        carried = self.ticket.get("tags", [])
        unwanted = self.unwanted_level_tags() + self.unwanted_focus_tags()
        wanted = self.wanted_level_tags() + self.wanted_focus_tags()
        removals = [["ticket.remove_tag", tag] for tag in unwanted if tag in carried]
        additions = [["ticket.add_tag", tag] for tag in wanted if tag not in carried]
        return removals + additions

    def is_supported(self):
        return self.verdict in ("entitled", "migration")

    def wanted_level_tags(self):
        """None or one: a supported ticket's tag at the decided level."""
        tag = self.model.tag(self.offering, self.level) if self.is_supported() else None
        return [tag] if tag else []

    def unwanted_level_tags(self):
        """A supported ticket keeps the wanted tag alone; another one keeps
        what an active entitlement or a live migration gives."""
        kept = self.wanted_level_tags() if self.is_supported() else self.given_level_tags()
        return [tag for tag in self.model.level_tags() if tag not in kept]

    def given_level_tags(self):
        """By any offering's active entitlements and live migrations."""
        entitled = [self.model.tag(e.offering, e.level) for e in self.active()]
        migrating = [self.model.tag(m.to, m.level) for m in self.live()]
        return entitled + migrating

    def wanted_focus_tags(self):
        """None or one: the focus tag of the ticket's offering."""
        tag = self.model.focus_tag(self.offering)
        return [tag] if tag else []

    def unwanted_focus_tags(self):
        return [tag for tag in self.model.focus_tags() if tag not in self.wanted_focus_tags()]

    def other_actions(self):
        if self.verdict in ("entitled", "unpaid"):
            return []
        reply = [["ticket.public_reply"]] if self.verdict == "migration_offer" else []
        return reply + [["ticket.internal_note"]]

    # How long the decision holds

    def valid_until(self):
        """The earliest bound after now."""
        later = [bound for bound in self.model.bounds(self.request) if self.now < bound]
        return format_instant(min(later, default=None))
