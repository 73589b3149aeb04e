# SPDX-License-Identifier: MIT
"""The model as a store that is asked by documents, in the form of ../cases/store.

`store_command.py` asks the `offerpolicy` command in the same way. Both raise
`Refused` with the code of the error.
"""

from calendar_model import parse_day, parse_instant
from decision_model import Migration, Model
from migration_model import Ledger
from migration_rules import Rules, require


class ModelStore:
    """The migrations of one store, and the policy by which they are looked at."""

    def __init__(self):
        self.ledger = Ledger()
        self.rules = None

    def create(self):
        """Makes the store."""

    def check(self):
        """Does it hold together?"""
        return True

    def use(self, policy):
        """From now on, a policy: the path of its file, in JSON."""
        self.rules = Rules(policy.read_bytes())

    def step(self, step):
        at = parse_instant(step["at"])
        if "target_date" in step:
            step = step | {"target_date": self.rules.date_of(step["target_date"], at)}
        repeated, record, event, actions = self.ledger.take(step, at, self.rules)
        return {
            "repeated": repeated,
            "migration": record.document(event.at),
            "event": event.document(),
            "actions": documents(actions),
        }

    def sweep(self, at, facts=None):
        swept = self.ledger.sweep(parse_instant(at), self.rules, facts)
        return {
            "events": [
                {"event": event.document(), "actions": documents(actions)}
                for event, actions in swept
            ]
        }

    def ack(self, key, at):
        self.ledger.ack(key, parse_instant(at))
        return {}

    def fail(self, key, at, retry_after, problem=None):
        self.ledger.fail(key, parse_instant(at), retry_after, problem)
        return {}

    def show(self, migration, at):
        record = self.ledger.find(migration)
        return {
            "migration": record.document(parse_instant(at)),
            "events": [e.document() for e in self.ledger.events if e.record.id == migration],
            "actions": documents(a for a in self.ledger.actions if a.migration == migration),
        }

    def list(self, at, org=None, state=None, ends_before=None):
        before = self.rules.start_of(parse_day(ends_before)) if ends_before else None
        found = self.ledger.listed(parse_instant(at), org, state, before)
        return {"migrations": [record.document(parse_instant(at)) for record in found]}

    def actions(self, at):
        return {"actions": documents(self.ledger.pending(parse_instant(at)))}

    def events(self, org=None, migration=None, since=None):
        """Without the first one, which is the store's own."""
        since = parse_instant(since) if since else 0
        return {
            "events": [
                event.document() for event in self.ledger.events
                if org in (None, event.record.org)
                and migration in (None, event.record.id)
                and since <= event.at
            ]
        }

    def decide(self, request):
        """In the form of ../cases/contract: without reasons, policy and texts."""
        require(not request.get("migrations"), "OFP-524")
        org = request.get("org")
        mine = [r for r in self.ledger.records if org and r.org == org["id"]]
        return {"decision": StoredModel(self.rules, mine).decide(request)}

    def stats(self, at):
        return self.ledger.stats(parse_instant(at))


def documents(actions):
    return [action.document() for action in actions]


class StoredModel(Model):
    """Decides with an org's migrations as they were promised, whatever the policy says now. No
    ticket can be about an offering that it does not know."""

    def __init__(self, rules, records):
        super().__init__(rules.policy)
        self.rules = rules
        self.records = records

    def migrations(self, request):
        now = parse_instant(request["now"])
        promised = [r for r in self.records if r.status not in ("completed", "cancelled")]
        remembered = [r for r in promised if now < r.forgotten_at and r.to in self.offerings]
        for record in remembered:
            self.rules.check_promise(record)
        return [
            Migration(r.to, r.level, r.status, r.ends_at, r.forgotten_at) for r in remembered
        ]
