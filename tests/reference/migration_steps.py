# SPDX-License-Identifier: MIT
"""What steps and sweeps do to one record: is it allowed, what changes, what follows.

Everything is checked before anything changes.
"""

from copy import copy

from calendar_model import parse_day
from migration_records import Action, Event, Record
from migration_rules import facts_about, require


class Work:
    """What steps and sweeps have in common: one record, one event, its actions."""

    def __init__(self, ledger, at, rules, record):
        self.ledger = ledger
        self.at = at
        self.rules = rules
        self.record = record
        self.event = None

    def happen(self, **event):
        """The record is as it shall be: its event keeps it."""
        self.event = Event(
            seq=len(self.ledger.events) + 2, at=self.at, record=copy(self.record),
            policy=self.rules.named(), **event,
        )
        self.ledger.events.append(self.event)

    def act(self, do, **details):
        record = self.record
        self.ledger.actions.append(Action(
            seq=len(self.ledger.actions) + 1,
            key=("action", self.event.seq, do, details.get("tag")),
            event=self.event.seq, do=do, migration=record.id, org=record.org,
            created_at=self.at, **details,
        ))

    def remove_tag(self, tag, other_side, **condition):
        """Unless the tag still has a reason."""
        if tag is not None and tag != other_side and not self.is_given_by_another(tag):
            self.act("org.remove_tag", tag=tag, **condition)

    def is_given_by_another(self, tag):
        others = [r for r in self.ledger.live(self.at) if r.number != self.record.number]
        return any(
            other.org == self.record.org and tag in self.ledger.added_tags(other)
            for other in others
        )

    def remove_new_tag(self, facts=None):
        """At an end of any kind. Facts are told in the policy's words: they can't speak of what it
        does not know."""
        record = self.record
        if not self.rules.knows(record.to, record.level):
            facts = None
        condition = {"offering": record.to, "level": record.level}
        old_tag = self.rules.tag_of(record.source, record.source_level)
        for tag in self.ledger.added_tags(record):
            if facts and (facts.has(record.to, record.level) or tag in facts.tags()):
                continue
            self.remove_tag(tag, old_tag, unless_entitled=None if facts else condition)


class Step(Work):
    """A method for each kind of step; each gives the event."""

    def __init__(self, ledger, step, at, rules, record):
        super().__init__(ledger, at, rules, record)
        self.step = step
        self.actor = step["actor"]

    def may_in(self, state):
        """What a sweep has settled stays so, even if this step's clock is behind."""
        settled = self.record.due_at is None
        require(self.record.state(self.at) == state and not settled, "OFP-503")

    def is_approver(self):
        return self.step.get("role") in self.rules.approvers

    def must_be_approver(self):
        require(self.is_approver(), "OFP-504")

    def happen(self, **more):
        step = self.step
        super().happen(
            kind=step["do"], actor=self.actor, role=step.get("role"), reason=step.get("reason"),
            key=None, command=None, **more,
        )

    def facts_if_given(self):
        documents = self.step.get("facts")
        facts = facts_about(self.record.org, documents, self.rules, self.at)
        require(facts or documents is None, "OFP-522")
        return facts

    def change(self, **members):
        for name, value in members.items():
            setattr(self.record, name, value)
        self.record.revision += 1
        self.record.changed_at = self.at

    def settle(self, **members):
        self.change(due_at=None, **members)

    def close(self, **members):
        self.settle(closed_by=self.actor, closed_at=self.at, **members)

    # The steps

    def request(self):
        step, rules = self.step, self.rules
        rules.check_names(step)
        day = parse_day(step["target_date"])
        require(rules.today(self.at) <= day, "OFP-513")
        require(day <= rules.today(self.at) + rules.limit("max_days"), "OFP-514")
        facts = facts_about(step["org"], step.get("facts"), rules, self.at)
        require(facts, "OFP-522")
        level = facts.highest_active(step["from"])
        require(level, "OFP-509")
        place = (step["org"], step["to"])
        require(place not in [(r.org, r.to) for r in self.ledger.active(self.at)], "OFP-508")
        self.record = Record(
            number=len(self.ledger.records) + 1, org=step["org"], org_name=facts.org_name,
            source=step["from"], source_level=level, to=step["to"], level=step["level"],
            target_day=day, owner=step["owner"], reason=step.get("reason"),
            evidence=step.get("evidence"), requested_by=self.actor, requested_at=self.at,
            changed_at=self.at,
        )
        self.record.ends_at, self.record.forgotten_at = rules.end_of(day)
        self.record.due_at = rules.due_after(self.record, self.at)
        self.ledger.records.append(self.record)
        self.happen()
        self.act("ops.request", text=rules.text("ops_request", self.record))
        return self.event

    def approve(self):
        record, rules = self.record, self.rules
        self.may_in("open")
        self.must_be_approver()
        allowed = rules.migration.get("self_approval", False)
        require(allowed or self.actor != record.requested_by, "OFP-505")
        rules.check_promise(record)
        ends_at, forgotten_at = rules.end_of(record.target_day)
        require(self.at < ends_at, "OFP-503")
        live = self.ledger.live(self.at)
        require(len(live) < rules.limit("max_live"), "OFP-506")
        of_org = [other for other in live if other.org == record.org]
        require(len(of_org) < rules.limit("max_live_per_org"), "OFP-506")
        self.change(
            status="approved", ends_at=ends_at, forgotten_at=forgotten_at,
            decided_by=self.actor, decided_at=self.at, policy=rules.approved_under(),
        )
        record.due_at = rules.due_after(record, self.at)
        self.happen()
        tag = rules.tag_of(record.to, record.level)
        if rules.uses_tags and tag is not None:
            self.withdraw_removals(tag)
            self.act("org.add_tag", tag=tag)
        self.act("org.add_note", text=rules.text("org_note", record))
        return self.event

    def withdraw_removals(self, tag):
        for action in self.ledger.actions:
            place = (action.do, action.org, action.tag, action.state)
            if place == ("org.remove_tag", self.record.org, tag, "pending"):
                action.state, action.settled_at = "withdrawn", self.at

    def refuse(self):
        self.may_in("open")
        self.must_be_approver()
        self.settle(status="refused", decided_by=self.actor, decided_at=self.at)
        self.happen()
        return self.event

    def cancel(self):
        self.may_in("open")
        require(self.is_approver() or self.actor == self.record.requested_by, "OFP-504")
        self.close(status="cancelled")
        self.happen()
        return self.event

    def extend(self):
        record, rules = self.record, self.rules
        self.may_in("live")
        self.must_be_approver()
        rules.check_promise(record)
        day = parse_day(self.step["target_date"])
        require(rules.today(self.at) <= day, "OFP-513")
        require(day <= rules.today(self.at) + rules.limit("max_days"), "OFP-514")
        require(record.target_day < day, "OFP-515")
        require(record.extensions < rules.limit("max_extensions"), "OFP-507")
        ends_at, forgotten_at = rules.end_of(day)
        previous_day = record.target_day
        self.change(
            target_day=day, extensions=record.extensions + 1,
            ends_at=max(record.ends_at, ends_at),
            forgotten_at=max(record.forgotten_at, forgotten_at),
        )
        record.due_at = rules.due_after(record, self.at)
        self.happen(previous_day=previous_day)
        self.act("org.remove_note")
        self.act("org.add_note", text=rules.text("org_note", record))
        return self.event

    def end(self):
        self.may_in("live")
        self.must_be_approver()
        facts = self.facts_if_given()
        self.close(ends_at=self.at, forgotten_at=self.rules.forgotten_after(self.at))
        self.happen()
        self.act("org.remove_note")
        self.remove_new_tag(facts)
        return self.event

    def complete(self):
        self.may_in("live")
        facts = self.facts_if_given()
        self.close(status="completed", outcome=self.step["outcome"])
        self.happen()
        self.act("org.remove_note")
        self.remove_old_tag(facts)
        return self.event

    def remove_old_tag(self, facts):
        """When its entitlement ends, as far as that is known."""
        record, rules = self.record, self.rules
        left = facts.remaining(record.source) if facts else []
        level = rules.highest([e.level for e in left]) if left else record.source_level
        if not rules.uses_tags:
            return
        condition = {"unless_entitled": {"offering": record.source, "level": level}}
        if facts and not left:
            condition = {}
        elif facts and all(e.ends < float("inf") for e in left):
            condition = {"not_before": max(e.ends for e in left)}
        tag = rules.tag_of(record.source, level)
        new_tag = rules.tag_of(record.to, record.level)
        if not facts or tag not in facts.tags(but=(record.source, level)):
            self.remove_tag(tag, new_tag, **condition)


class Sweep(Work):
    """What a sweep does for one record that is due; nobody's step, so the revision stays."""

    def __init__(self, ledger, at, rules, record, facts):
        super().__init__(ledger, at, rules, record)
        self.facts = facts_about(record.org, facts, rules, at)

    def happen(self, kind):
        key = ("sweep", kind, self.record.id, self.record.revision, self.due_at)
        super().happen(kind=kind, key=key, command=key)

    def run(self):
        self.due_at = self.record.due_at
        if self.record.ends_at <= self.at:
            self.expire()
        else:
            self.remind()
        return self.event

    def expire(self):
        self.record.due_at = None
        self.happen("expire")
        if self.record.status == "approved":
            self.act("org.remove_note")
            self.remove_new_tag(self.facts)

    def remind(self):
        record, rules = self.record, self.rules
        record.due_at = rules.due_after(record, self.at)
        self.happen("remind")
        self.act("owner.remind", owner=record.owner, text=rules.text("reminder", record))
