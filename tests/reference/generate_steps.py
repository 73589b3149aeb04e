# SPDX-License-Identifier: MIT
"""Random policies, and random commands to a store that mostly make sense.

`Walk.next` gives one command after the other as `(method, arguments)` of a
store (store_model.py), for an instant of a clock that mostly goes forward. It
looks at the model to know what would make sense. The same seed gives the same
commands.
"""

from calendar_model import DAY, format_day, format_instant
from generate_calendars import random_place
from generate_decisions import FIRST_MOMENT, LAST_MOMENT, maybe

LEVELS = ["free", "trial", "standard", "premium", "ultimate"]
OFFERINGS = ["boxed", "hosted", "dedicated"]
ORGS = ["acme", "globex", "Größe & Söhne", "o'brien\"--"]
PEOPLE = ["eve", "mia", "sam", "zoë"]
ROLES = ["support_engineer", "support_manager", "ops_lead"]
IN_STATE = {
    "open": ["approve"] * 6 + ["refuse", "cancel"],
    "live": ["extend"] * 3 + ["end", "complete"],
}
ANY_STEP = ["approve", "refuse", "extend", "end", "complete", "cancel"]

MESSAGES = {
    "ops_request": "{migration} {org} {org_name} {offering} {level} {current_offering}"
    " {current_level} {target_date} {owner} {reason} {evidence}",
    "org_note": "{org_name}: {offering} ({level}) until {target_date} [{migration}]",
    "reminder": "{owner}: {migration} of {org} to {offering} from {current_offering} ends after"
    " {target_date}; {reason}",
}

TEXTS = {"actor", "role", "reason", "key", "migration", "org", "from", "to", "level", "owner"}

# No argument of a command can have a byte 0.
HOSTILE = [
    "", "x" * 255, "x" * 256, "ä" * 128, "x" * 4097, "a\nb", "a\tb", "\x7f", "\x1b[31m", "\u0085",
    "\u202etxt", "\ufeff", "\udcff", "\udcc3", "--", "-s", "{org}", "'; DROP TABLE audit; --",
    "🙂", "M-1", "M-0", " ", "x\r", "\u2028",
]


# Policies

def random_policies(rng):
    """Three that differ in all that may change, and a moment at which something may go wrong."""
    place, moment = usual_place(rng)
    policies = [random_policy(rng, "first", place)]
    policies.append(random_policy(rng, "second", usual_place(rng)[0]))
    policies.append(narrow(random_policy(rng, "narrow", place)))
    return policies, moment


def usual_place(rng):
    while True:
        place, moment = random_place(rng)
        if FIRST_MOMENT < moment < LAST_MOMENT:
            return place, moment


def random_policy(rng, name, place):
    return {
        "policy": name,
        "time_zone": place,
        "levels": LEVELS,
        "unpaid": ["free", "trial"],
        "priorities": ["normal"],
        "default_priority": "normal",
        "offerings": {offering: random_offering(rng, offering) for offering in OFFERINGS},
        "migration": random_settings(rng),
    } | maybe(rng, 0.7, {"revision": str(rng.randint(1, 99))})


def random_offering(rng, offering):
    """Some tags are shared by offerings, some by levels, and some are missing."""
    tags = {
        level: rng.choice([f"{offering}_{level}"] * 2 + [f"any_{level}", f"{offering}_any"])
        for level in LEVELS[2:] if rng.random() < 0.9
    }
    title = {"title": f"{offering.title()} – {rng.randint(1, 9)}"}
    return title | {"focus_tag": f"focus_{offering}"} | maybe(rng, bool(tags), {"level_tags": tags})


def random_settings(rng):
    return (
        {"messages": MESSAGES, "memory_days": rng.choice([0, 1, 30, 180])}
        | maybe(rng, 0.9, {"approvers": rng.choice([["support_manager"], ROLES[1:]])})
        | maybe(rng, 0.8, {"realise": rng.choice(["org_tag"] * 4 + ["note"])})
        | maybe(rng, 0.4, {"self_approval": rng.random() < 0.7})
        | maybe(rng, 0.8, {"max_days": rng.choice([1, 10, 40, 40, 90])})
        | maybe(rng, 0.7, {"max_extensions": rng.choice([0, 1, 2, 5])})
        | maybe(rng, 0.6, {"max_live": rng.choice([0, 2, 3, 4, 5])})
        | maybe(rng, 0.6, {"max_live_per_org": rng.choice([1, 1, 2])})
        | maybe(rng, 0.6, {"grace_days": rng.choice([0, 1, 7])})
        | maybe(rng, 0.8, {"remind": rng.choice([["14d", "3d"], ["1d"], ["5d", "2d", "1d"]])})
        | maybe(rng, 0.5, {"provisional_level": rng.choice(["current", "trial"])})
    )


def narrow(policy):
    """Without an offering, without a level."""
    offerings = {name: policy["offerings"][name] for name in OFFERINGS[:2]}
    for offering in offerings.values():
        offering.get("level_tags", {"ultimate": None}).pop("ultimate", None)
        if not offering.get("level_tags", True):
            del offering["level_tags"]
    return policy | {"offerings": offerings, "levels": LEVELS[:4]}


class Walk:
    """`model` is the store in memory; `keys` are texts of keys that answers showed."""

    def __init__(self, rng, model, moment):
        self.rng = rng
        self.model = model
        self.now = moment
        self.at = moment
        self.taken = []  # steps, to repeat them
        self.keys = []

    def next(self):
        self.pass_time()
        kinds = {
            self.new_request: 16, self.some_step: 34, self.repeat: 8, self.sweep: 9,
            self.ack: 9, self.fail: 5, self.decide: 8, self.list: 3, self.show: 2,
            self.events: 2, self.stats: 2, self.actions: 2,
        }
        make, = self.rng.choices(list(kinds), kinds.values())
        return make()

    # The clock

    def pass_time(self):
        rng = self.rng
        kind = rng.random()
        if kind < 0.75:
            self.now += rng.choice([0, 0, 1, rng.randint(0, 3600)])
        elif kind < 0.9:
            self.now += rng.randint(0, DAY)
        else:
            near = [i for i in self.instants() if self.now < i < self.now + 30 * DAY]
            self.now = max(self.now, rng.choice(near or [self.now]) + rng.choice([-1, 0, 0, 1]))
        self.at = self.now
        if rng.random() < 0.06:  # another computer's clock
            self.at -= rng.choice([1, 3600, DAY, 10 * DAY])

    def instants(self):
        """At which something happens."""
        ledger = self.model.ledger
        for record in ledger.records:
            yield from (i for i in (record.ends_at, record.due_at, record.forgotten_at) if i)
        for action in ledger.actions:
            yield from (i for i in (action.retry_at, action.not_before) if i)

    def instant(self):
        return format_instant(self.at)

    # Steps

    def step(self, do, **members):
        """With what every step may have, and now and then with a mistake."""
        rng = self.rng
        step = {"do": do, "at": self.instant(), "actor": rng.choice(PEOPLE)} | members
        step |= maybe(rng, 0.85, {"role": rng.choice(ROLES + ROLES[1:2] * 6)})
        step |= maybe(rng, 0.3, {"reason": rng.choice(["", "why not", "a\nb", "{level} 100 %"])})
        keys = [f"key-{len(self.taken)}"] * 5 + ["key-1", *self.keys[-1:]]
        step |= maybe(rng, 0.2, {"key": rng.choice(keys)})
        if rng.random() < 0.06:
            step = self.damaged(step)
        self.taken.append(step)
        return "step", {"step": step}

    def damaged(self, step):
        """One text is another one."""
        names = [name for name in step if name in TEXTS]
        return step | {self.rng.choice(names): self.rng.choice(HOSTILE)}

    def new_request(self):
        rng = self.rng
        org, source = rng.choice(ORGS), rng.choice(OFFERINGS)
        to = rng.choice([o for o in OFFERINGS if o != source] * 12 + [source])
        return self.step(
            "request", **{"from": source}, org=org, to=to, owner=rng.choice(PEOPLE),
            level=rng.choice(LEVELS[2:] * 12 + LEVELS), target_date=self.target_date(),
            facts=self.facts(org, source),
            **maybe(rng, 0.3, {"evidence": rng.choice(["", "https://quotes.example/1?a=b&c"])}),
        )

    def target_date(self):
        rng = self.rng
        most = self.model.rules.migration.get("max_days", 50)
        usual = [0, 1, 2, 7, 14, rng.randint(0, 40)]
        days = rng.choice([min(day, most) for day in usual * 2] + [most, most, most + 1, -1])
        if rng.random() < 0.3:
            return f"+{max(days, 0)}d"
        return format_day(self.model.rules.today(self.at) + days)

    def some_step(self):
        """Mostly of a migration in the right state."""
        rng = self.rng
        records = self.model.ledger.records
        chosen = self.model.ledger.active(self.at) if rng.random() < 0.92 else records[-12:]
        if not chosen:
            return self.new_request()
        record = rng.choice(chosen)
        fitting = IN_STATE.get(record.state(self.at), ANY_STEP)
        do = rng.choice(fitting if rng.random() < 0.92 else ANY_STEP)
        revision = max(1, record.revision - rng.choice([0, 0, 0, 0, 1]))
        members = maybe(rng, 0.2, {"if_revision": revision})
        if do == "extend":
            last = format_day(record.target_day + rng.choice([0, 1, 1, 2, 5, 20]))
            members["target_date"] = rng.choice([last] * 4 + [self.target_date()])
        if do == "complete":
            members["outcome"] = rng.choice(["reached", "not_reached"])
            members |= maybe(rng, 0.6, {"facts": self.facts(record.org, record.source)})
        return self.step(do, migration=record.id, **members)

    def repeat(self):
        """As it was, or with another moment, or not quite the same, or with a known key."""
        rng = self.rng
        if not self.taken:
            return self.new_request()
        step = dict(rng.choice(self.taken[-8:] if rng.random() < 0.7 else self.taken))
        if rng.random() < 0.8:
            step["at"] = self.instant()
        if rng.random() < 0.2 and "migration" in step:
            step["if_revision"] = rng.randint(1, 4)
        if rng.random() < 0.2:
            step["reason"] = "again"
        if rng.random() < 0.2 and self.keys:
            step["key"] = rng.choice(self.keys)
        if "facts" in step:  # the old ones may speak of what the policy no longer knows
            org = step.get("org")
            step["facts"] = self.facts(org if org in ORGS else ORGS[0], rng.choice(OFFERINGS))
        return "step", {"step": step}

    # Facts

    def facts(self, org, source):
        """Mostly what the request needs, sometimes beside facts about others."""
        rng = self.rng
        about = [org] + [rng.choice(ORGS) for _ in range(rng.choice([0, 0, 0, 1, 2]))]
        rng.shuffle(about)
        if rng.random() < 0.06:
            about = ["somebody else"]
        return [self.about(org, source) for org in about]

    def about(self, org, source):
        rng = self.rng
        entitlements = [self.entitlement(rng.choice(OFFERINGS)) for _ in range(rng.randint(0, 2))]
        if rng.random() < 0.85:
            entitlements.append({"offering": source, "level": rng.choice(LEVELS[2:])}
                                | maybe(rng, 0.5, {"ends": self.bound(200)}))
        known = self.model.rules
        entitlements = [e for e in entitlements
                        if e["offering"] in known.offerings and e["level"] in known.levels]
        name = maybe(rng, 0.6, {"name": rng.choice(["Acme Corp", "Größe\nGmbH", "{org}", ""])})
        rng.shuffle(entitlements)
        return {"org": {"id": org} | name, "entitlements": entitlements}

    def entitlement(self, offering):
        """One that runs, has ended, or has not started."""
        rng = self.rng
        first, last = rng.choice([(-20, 30), (-20, 30), (-30, -2), (0, 0), (2, 20)])
        return (
            {"offering": offering, "level": rng.choice(LEVELS)}
            | maybe(rng, 0.6, {"starts": self.bound(first)})
            | maybe(rng, 0.7, {"ends": self.bound(last)})
            | maybe(rng, 0.2, {"hold": True})
        )

    def bound(self, days):
        """A date, or an instant of another day than today."""
        instant = self.now + days * DAY
        if self.rng.random() < 0.6 or days == 0:
            return format_day(self.model.rules.today(instant))
        return format_instant(instant)

    # Everything else

    def sweep(self):
        known = {"facts": [self.about(org, self.rng.choice(OFFERINGS)) for org in ORGS[1:]]}
        return "sweep", {"at": self.instant()} | maybe(self.rng, 0.6, known)

    def some_key(self):
        """Of an action, as the model knows it: mostly one that is to be carried out."""
        pending = self.model.ledger.pending(self.at)
        chosen = pending[:6] if self.rng.random() < 0.85 and pending else self.model.ledger.actions
        return self.rng.choice(chosen).key if chosen and self.rng.random() < 0.97 else "v1:none"

    def ack(self):
        return "ack", {"key": self.some_key(), "at": self.instant()}

    def fail(self):
        rng = self.rng
        wait = rng.choice([0, 1, 60, 3600, 3 * DAY])
        problem = maybe(rng, 0.7, {"problem": rng.choice(["503", "no route\nto host", "ä" * 40])})
        return "fail", {"key": self.some_key(), "at": self.instant(), "retry_after": wait} | problem

    def decide(self):
        rng = self.rng
        known = self.model.rules
        org, source = rng.choice(ORGS), rng.choice(list(known.offerings))
        tags = rng.sample(known.level_tags(), rng.randint(0, min(3, len(known.level_tags()))))
        ticket = {"id": "t", "offering": rng.choice(list(known.offerings)), "tags": tags}
        return "decide", {
            "request": {"now": self.instant(), "ticket": ticket} | self.about(org, source)
        }

    def list(self):
        rng = self.rng
        states = ["open", "live", "refused", "completed", "cancelled", "ended", "missed"]
        day = format_day(self.model.rules.today(self.at) + rng.choice([-3, 0, 1, 9]))
        return "list", (
            {"at": self.instant()}
            | maybe(rng, 0.4, {"org": rng.choice(ORGS)})
            | maybe(rng, 0.6, {"state": rng.choice(states)})
            | maybe(rng, 0.3, {"ends_before": day})
        )

    def show(self):
        number = self.rng.randint(1, 1 + len(self.model.ledger.records))
        return "show", {"migration": f"M-{number}", "at": self.instant()}

    def events(self):
        rng = self.rng
        since = format_instant(self.now - rng.choice([0, DAY, 30 * DAY]))
        return "events", (
            maybe(rng, 0.5, {"org": rng.choice(ORGS)}) | maybe(rng, 0.5, {"since": since})
        )

    def stats(self):
        return "stats", {"at": self.instant()}

    def actions(self):
        return "actions", {"at": self.instant()}
