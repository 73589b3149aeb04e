# SPDX-License-Identifier: MIT
"""What a policy and its facts say to a migration, slow and obvious.

`Rules` is a policy with its digest: days, ends, reminders, names, tags and
texts. `check_step` is what a step must be whatever the policy says.
"""

import hashlib
import json
import re
import unicodedata

from calendar_model import DAY, format_day
from decision_model import Model

PERSON_LIMIT = 255
NAME_LIMIT = 4096
REASON_LIMIT = 64 << 10

# What each kind of step needs, beside `at` and `actor`. A request also needs facts, but only when
# it is taken, not when it is repeated.
REQUIRED = {
    "request": {"org", "from", "to", "level", "target_date", "owner"},
    "approve": {"migration"},
    "refuse": {"migration"},
    "extend": {"migration", "target_date"},
    "end": {"migration"},
    "complete": {"migration", "outcome"},
    "cancel": {"migration"},
}

LIMITS = {
    "org": NAME_LIMIT, "from": NAME_LIMIT, "to": NAME_LIMIT, "level": NAME_LIMIT,
    "actor": PERSON_LIMIT, "role": PERSON_LIMIT, "owner": PERSON_LIMIT, "key": PERSON_LIMIT,
    "reason": REASON_LIMIT, "evidence": REASON_LIMIT,
}
LONG_TEXTS = {"reason", "evidence"}


class Refused(Exception):
    """Nothing is done; `code` says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def require(condition, code):
    if not condition:
        raise Refused(code)


# Steps in themselves

def check_step(step):
    """Texts may come from outside with bytes that are no UTF-8, as surrogates."""
    required = REQUIRED[step["do"]] | {"actor"}
    require(all(step.get(name) not in (None, "") for name in required), "OFP-516")
    for name, limit in LIMITS.items():
        if isinstance(step.get(name), str):
            check_text(step[name], limit, name in LONG_TEXTS)


def check_text(text, limit, long):
    require(long or text != "", "OFP-516")
    require(len(text.encode(errors="surrogateescape")) <= limit, "OFP-519")
    for character in text:
        allowed = long and character in "\n\r\t"
        require(allowed or not is_control(character), "OFP-520")


def is_control(character):
    """Control characters, marks that turn the text round, and what is no UTF-8."""
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in (
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    )


def harmless(text):
    """How a text from outside stands in a message."""
    return "".join(
        " " if c in "\n\r\t" else "\ufffd" if is_control(c) else c for c in text
    )


# Policies

class Rules(Model):
    """A policy as migrations need it. `data` are the bytes of its file, in JSON."""

    def __init__(self, data):
        super().__init__({"migration": {}} | json.loads(data))
        self.migration.setdefault("memory_days", 180)
        self.digest = "sha256:" + hashlib.sha256(data).hexdigest()
        self.approvers = self.migration.get("approvers", [])
        self.remind = [int(text.removesuffix("d")) for text in self.migration.get("remind", [])]
        self.uses_tags = self.migration.get("realise", "org_tag") == "org_tag"

    def named(self):
        """As an event names it."""
        return {"name": self.policy["policy"], "digest": self.digest}

    def approved_under(self):
        """As a record names it."""
        return {
            "name": self.policy["policy"],
            "revision": self.policy.get("revision"),
            "digest": self.digest,
        }

    def limit(self, name):
        return self.migration.get(name, float("inf"))

    # Days, in the policy's zone

    def today(self, at):
        return self.zone.label_at(at) // DAY

    def date_of(self, text, at):
        """`+30d` from today as a date."""
        return format_day(self.today(at) + int(text[1:-1])) if text.startswith("+") else text

    def start_of(self, day):
        return self.zone.midnight(day)

    def end_of(self, day):
        """The first instant after the day and its grace, and when that is forgotten."""
        grace = self.migration.get("grace_days", 0)
        memory = self.migration["memory_days"]
        return self.start_of(day + 1 + grace), self.start_of(day + 1 + grace + memory)

    def forgotten_after(self, at):
        """When an end that is no end of a day is forgotten."""
        return self.start_of(self.today(at) + 1 + self.migration["memory_days"])

    def due_after(self, record, at):
        """The next reminder before the end, else the end."""
        reminders = [self.start_of(record.target_day - days) for days in self.remind]
        return min([i for i in reminders if at < i < record.ends_at], default=record.ends_at)

    # Names

    def check_names(self, step):
        """A request's: known, paid, and from one offering to another."""
        require(step["from"] in self.offerings, "OFP-517")
        require(step["to"] in self.offerings, "OFP-517")
        require(step["level"] in self.levels, "OFP-517")
        require(self.is_paid(step["level"]), "OFP-518")
        require(step["from"] != step["to"], "OFP-512")

    def check_promise(self, record):
        """Can this policy promise what another one may have promised?"""
        known = self.knows(record.to, record.level)
        require(known and self.is_paid(record.level), "OFP-523")

    def knows(self, offering, level):
        return offering in self.offerings and level in self.levels

    def tag_of(self, offering, level):
        return self.tag(offering, level) if offering in self.offerings else None

    def title(self, offering):
        return self.offerings.get(offering, {}).get("title", offering)

    # Texts

    def text(self, message, record):
        values = {
            "org": record.org,
            "org_name": record.org_name,
            "offering": self.title(record.to),
            "level": record.level,
            "current_offering": self.title(record.source),
            "current_level": record.source_level,
            "target_date": format_day(record.target_day),
            "migration": record.id,
            "owner": record.owner,
            "reason": record.reason,
            "evidence": record.evidence,
        }
        return re.sub(
            r"\{([a-z_]+)\}",
            lambda found: "–" if values[found[1]] is None else harmless(values[found[1]]),
            self.migration["messages"][message],
        )


# Facts: what orgs have bought, documents as requests have them

class Facts:
    """About one org at an instant, by some rules."""

    def __init__(self, document, rules, at):
        self.at = at
        self.rules = rules
        self.org_name = document["org"].get("name")
        self.paid = [e for e in rules.entitlements(document) if rules.is_paid(e.level)]

    def remaining(self, offering):
        """Paid ones that have not ended: current or future, on hold or not."""
        return [e for e in self.paid if e.offering == offering and self.at < e.ends]

    def active(self):
        return [e for e in self.paid if e.starts <= self.at < e.ends and not e.hold]

    def highest_active(self, offering):
        levels = [e.level for e in self.active() if e.offering == offering]
        return self.rules.highest(levels) if levels else None

    def has(self, offering, level):
        return any((e.offering, e.level) == (offering, level) for e in self.active())

    def tags(self, but=None):
        """Which tags the active ones give, but those for an offering at a level."""
        given = [(e.offering, e.level) for e in self.active()]
        return {self.rules.tag_of(*place) for place in given if place != but} - {None}


def facts_about(org, documents, rules, at):
    """None if no document is about the org; the last one counts."""
    about = [document for document in documents or [] if document["org"]["id"] == org]
    return Facts(about[-1], rules, at) if about else None
