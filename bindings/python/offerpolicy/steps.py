# SPDX-License-Identifier: MIT
"""The life of migrations: what people do to them, and what the clock does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from . import native
from .arguments import text, word
from .connection import Connection
from .policy import Document, Policy
from .records import Expiry, Migration, StepResult, _actions, _events, _migrations

Facts = Document | Iterable[Document]
"""What an org has bought, or several: the `org` and `entitlements` of a request."""

_OUTCOMES = {"reached": native.OUTCOME_REACHED, "not_reached": native.OUTCOME_NOT_REACHED}


class Steps(Connection):
    """The steps that a `Store` takes."""

    __slots__ = ()

    def request(
        self,
        *,
        org: str,
        from_: str,
        to: str,
        level: str,
        target_date: date,
        owner: str,
        facts: Facts,
        actor: str,
        at: datetime,
        role: str | None = None,
        reason: str | None = None,
        evidence: str | None = None,
        key: str | None = None,
    ) -> StepResult:
        """Asks for a migration of `org` from one offering to another, at `level`.

        `target_date` is its last day, `owner` the accountable person, `evidence` a link to a quote
        or an order. `facts` must show what the org has bought. Each step has an `actor`, who takes
        it in a `role`, a `reason`, and an idempotency `key`: the same step with the same key
        changes nothing and gives its first answer; without one a key is derived.
        """
        return self._step(
            native.STEP_REQUEST, at, actor, role, reason, key, facts,
            org=org, to=to, level=level, target_date=target_date, owner=owner,
            evidence=evidence, **{"from": from_},
        )  # fmt: skip

    def approve(
        self,
        migration: str | Migration,
        *,
        actor: str,
        at: datetime,
        role: str | None = None,
        reason: str | None = None,
        key: str | None = None,
        if_revision: int | None = None,
    ) -> StepResult:
        """Says yes to an open migration: as an approver who has not requested it.

        With `if_revision` the step is refused if the migration is of another revision by now.
        """
        return self._change(
            native.STEP_APPROVE, migration, at, actor, role, reason, key, if_revision
        )

    def refuse(
        self,
        migration: str | Migration,
        *,
        actor: str,
        at: datetime,
        role: str | None = None,
        reason: str | None = None,
        key: str | None = None,
        if_revision: int | None = None,
    ) -> StepResult:
        """Says no to an open migration: as an approver."""
        return self._change(
            native.STEP_REFUSE, migration, at, actor, role, reason, key, if_revision
        )

    def cancel(
        self,
        migration: str | Migration,
        *,
        actor: str,
        at: datetime,
        role: str | None = None,
        reason: str | None = None,
        key: str | None = None,
        if_revision: int | None = None,
    ) -> StepResult:
        """Withdraws an open migration: as an approver, or as who has requested it."""
        return self._change(
            native.STEP_CANCEL, migration, at, actor, role, reason, key, if_revision
        )

    def extend(
        self,
        migration: str | Migration,
        *,
        target_date: date,
        actor: str,
        at: datetime,
        role: str | None = None,
        reason: str | None = None,
        key: str | None = None,
        if_revision: int | None = None,
    ) -> StepResult:
        """Gives a live migration a later target date: as an approver."""
        return self._change(
            native.STEP_EXTEND, migration, at, actor, role, reason, key, if_revision,
            target_date=target_date,
        )  # fmt: skip

    def end(
        self,
        migration: str | Migration,
        *,
        actor: str,
        at: datetime,
        facts: Facts | None = None,
        role: str | None = None,
        reason: str | None = None,
        key: str | None = None,
        if_revision: int | None = None,
    ) -> StepResult:
        """Ends a live migration now: as an approver. With `facts` it is known which tags stay."""
        return self._change(
            native.STEP_END, migration, at, actor, role, reason, key, if_revision, facts
        )

    def complete(
        self,
        migration: str | Migration,
        *,
        outcome: str,
        actor: str,
        at: datetime,
        facts: Facts | None = None,
        role: str | None = None,
        reason: str | None = None,
        key: str | None = None,
        if_revision: int | None = None,
    ) -> StepResult:
        """Says that the new offering was bought; `outcome`: was the goal "reached", or
        "not_reached"? With `facts` it is known which tags stay, and how long.
        """
        return self._change(
            native.STEP_COMPLETE, migration, at, actor, role, reason, key, if_revision, facts,
            outcome=word("outcome", outcome, _OUTCOMES),
        )  # fmt: skip

    def expire(self, *, at: datetime, facts: Facts | None = None) -> tuple[Expiry, ...]:
        """Turns ends that have passed, and reminders that are due, into events and actions.

        May run at any time and by many at once: nothing is done twice. With `facts` (of any orgs)
        removals of tags come without `unless_entitled`.
        """
        policy = self._needed_policy()
        sweep = {"at": at, "facts": _facts(policy, facts)}
        found: list[Expiry] = []
        more = True
        while more:
            with self._lock:
                records = native.sweep_run(sweep, self._opened(), policy._native)
            found += _expiries(records)
            more = native.records_more(records)
        return tuple(found)

    def _change(
        self,
        kind: int,
        migration: str | Migration,
        at: datetime,
        actor: str,
        role: str | None,
        reason: str | None,
        key: str | None,
        if_revision: int | None,
        facts: Facts | None = None,
        **members: Any,
    ) -> StepResult:
        """A step of a migration that is there."""
        id = migration.id if isinstance(migration, Migration) else migration
        return self._step(
            kind, at, actor, role, reason, key, facts,
            migration=text("migration", id), if_revision=if_revision, **members,
        )  # fmt: skip

    def _step(
        self,
        kind: int,
        at: datetime,
        actor: str,
        role: str | None,
        reason: str | None,
        key: str | None,
        facts: Facts | None,
        **members: Any,
    ) -> StepResult:
        policy = self._needed_policy()
        step = {
            "kind": kind, "at": at, "actor": actor, "role": role, "reason": reason, "key": key,
            "facts": _facts(policy, facts), **members,
        }  # fmt: skip
        with self._lock:
            records = native.step_take(step, self._opened(), policy._native)
        (event,) = _events(records)
        (migration,) = _migrations(records, event.at)
        repeated = native.records_repeated(records)
        return StepResult(repeated, migration, event, _actions(records))


def _facts(policy: Policy, documents: Facts | None) -> native.Facts | None:
    if documents is None:
        return None
    if isinstance(documents, Mapping):
        documents = (documents,)
    facts = native.facts_new()
    for document in documents:
        reading = native.policy_read_facts(policy._native, document)
        native.facts_add_reading(facts, policy._native, reading)
    return facts


def _expiries(records: native.Records) -> Iterator[Expiry]:
    """Each migration has one event in a sweep, and its actions follow each other."""
    actions = _actions(records)
    for event in _events(records):
        assert event.migration is not None
        id = event.migration.id
        yield Expiry(event, tuple(action for action in actions if action.migration == id))
