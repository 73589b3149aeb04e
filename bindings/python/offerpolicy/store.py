# SPDX-License-Identifier: MIT
"""The store: migrations, their history, and what the host has to do for them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import IO, Any

from . import native
from .arguments import Path, descriptor, instant, text, word, wrong_type
from .decision import Decision
from .errors import RequestError
from .policy import DecideMany, Document, Policy
from .records import (
    Event,
    History,
    HostAction,
    LoggedDecision,
    Migration,
    Replay,
    StoreStats,
    _actions,
    _events,
    _logged,
    _migrations,
)
from .steps import Steps

__all__ = ["Store"]

_STATES = {
    "open": native.MIGRATION_IS_OPEN,
    "live": native.MIGRATION_IS_LIVE,
    "refused": native.MIGRATION_IS_REFUSED,
    "completed": native.MIGRATION_IS_COMPLETED,
    "cancelled": native.MIGRATION_IS_CANCELLED,
    "ended": native.MIGRATION_IS_ENDED,
    "missed": native.MIGRATION_IS_MISSED,
}


class Store(Steps, DecideMany):
    """A connection to a store, for one process; its threads take turns.

    `Store.open()` makes one. It is a context manager that closes it. Instants are the program's:
    the library asks no clock, so `at` is always given. After `fork()` a child opens its own; with
    its parent's everything but closing raises `Misuse`.
    """

    __slots__ = ()

    # --- looking things up ---

    def find(self, migration: str, *, at: datetime) -> History:
        """A migration with all its events and actions; without one raises `NotFound`.

        Its `state` is that of the instant `at`.
        """
        records = self._call(native.store_find, text("migration", migration))
        (found,) = _migrations(records, at)
        return History(found, _events(records), _actions(records))

    def migrations(
        self,
        *,
        at: datetime,
        org: str | None = None,
        state: str | None = None,
        ends_before: datetime | None = None,
    ) -> Iterator[Migration]:
        """The migrations that are in `state` at the instant `at`, in the order of their ids."""
        filter = {
            "at": instant("at", at),
            "org": org,
            "state": None if state is None else word("state", state, _STATES),
            "ends_before": ends_before,
        }
        return self._pages(
            native.store_list, filter, lambda records: _migrations(records, at), _id
        )

    def events(
        self,
        *,
        org: str | None = None,
        migration: str | None = None,
        since: datetime | None = None,
    ) -> Iterator[Event]:
        """The events of the audit log, oldest first."""
        filter = {"org": org, "migration": migration, "since": since}
        return self._pages(native.store_events, filter, _events, _seq)

    def stats(self, *, at: datetime) -> StoreStats:
        """How much there is."""
        return StoreStats(**self._call(native.store_get_stats, at))

    # --- actions for the host ---

    def pending_actions(self, *, at: datetime) -> Iterator[HostAction]:
        """The actions that the host shall carry out now, oldest first.

        Each is looked up when its turn comes, so that those behind one that has failed wait with
        it. Carry it out, remember its key, and acknowledge it.
        """
        records = self._call(native.store_actions, at, 0, 1)
        return self._each_action(at, records)

    def ack(self, action: str | HostAction, *, at: datetime) -> None:
        """Says that an action (or the one with this key) was carried out."""
        self._call(native.store_ack, text("action", _key(action)), at)

    def fail(
        self,
        action: str | HostAction,
        *,
        at: datetime,
        retry_after: timedelta | int,
        problem: str | None = None,
    ) -> None:
        """Says that an action could not be carried out, and when it is to be tried again."""
        self._call(native.store_fail, text("action", _key(action)), at, retry_after, problem)

    # --- deciding ---

    def decide(
        self,
        request: Document | None = None,
        *,
        ticket: Document | None = None,
        org: Document | None = None,
        entitlements: Sequence[Document] | None = None,
        now: datetime | str | None = None,
    ) -> Decision:
        """Decides with the org's migrations as the store has them; else as `Policy.decide()`."""
        policy = self._needed_policy()
        reading = native.policy_read_request(
            policy._native, request, ticket, org, entitlements, None, now
        )
        made = self._call(
            native.store_decide, policy._native, reading, self._log, self._log_texts
        )
        return Decision(made, policy)

    # --- the decision log ---

    def log(
        self,
        *,
        ticket: str | None = None,
        org: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[LoggedDecision]:
        """The logged decisions for instants from `since` up to, not including, `until`."""
        filter = {"ticket": ticket, "org": org, "since": since, "until": until}
        return self._pages(native.store_log, filter, _logged, _seq)

    def replay(
        self,
        policy: Policy,
        *,
        ticket: str | None = None,
        org: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[Replay]:
        """Decides logged requests again, by `policy`, and tells what differs."""
        if not isinstance(policy, Policy):
            raise wrong_type("policy", "a Policy", policy)
        filter = {"ticket": ticket, "org": org, "since": since, "until": until}
        return self._pages(
            native.store_log,
            filter,
            lambda records: self._replay_page(policy, records),
            lambda replay: replay.logged.seq,
        )

    def prune_log(
        self,
        *,
        before: datetime,
        actor: str,
        at: datetime,
        role: str | None = None,
        reason: str | None = None,
    ) -> int:
        """Forgets decisions for instants before this one; the audit log keeps how many, and why."""
        deed = {"at": at, "actor": actor, "role": role, "reason": reason}
        return self._call(native.store_prune_log, before, deed)

    # --- the audit log and care ---

    def audit_head(self) -> str:
        """The hash of the newest event. Keep it elsewhere, for `audit_verify()`."""
        return self._call(native.audit_head)

    def audit_verify(self, expect: str | None = None) -> int:
        """Verifies the audit log, and that it contains the event with the hash `expect`.

        Returns how many events there are. Raises `StoreCorrupt`, which names the first that is
        wrong.
        """
        return self._call(native.audit_verify, expect)

    def check(self) -> None:
        """Checks everything. Raises `StoreCorrupt` with a diagnostic for each thing wrong."""
        self._call(native.store_check)

    def backup(self, path: Path) -> None:
        """Copies the store into a new file while others go on using it."""
        self._call(native.store_backup, os.fsencode(path))

    def export_to(self, target: Path | IO[Any]) -> None:
        """Writes everything as NDJSON to a new file, or to an open one that has a `fileno()`.

        Only its owner can read the new file. After a failure there is none.
        """
        if isinstance(target, (str, bytes, os.PathLike)):
            self._export_to_new(target)
            return
        number = descriptor("target", target)
        if hasattr(target, "flush"):
            target.flush()
        self._call(native.store_export, number)

    def import_from(self, source: Path | IO[Any]) -> None:
        """Reads what `export_to()` wrote into a store in which nothing has happened yet."""
        if isinstance(source, (str, bytes, os.PathLike)):
            with open(source, "rb") as file:
                self._call(native.store_import, file.fileno(), os.fsencode(source))
        else:
            self._call(native.store_import, descriptor("source", source), None)

    # --- within ---

    def _export_to_new(self, path: Path) -> None:
        with open(path, "xb", opener=_open_private) as file:
            try:
                self._call(native.store_export, file.fileno())
                os.fsync(file.fileno())
            except BaseException:
                os.unlink(path)
                raise

    def _each_action(self, at: datetime, records: native.Records) -> Iterator[HostAction]:
        while actions := _actions(records):
            yield actions[0]
            records = self._call(native.store_actions, at, actions[0].seq, 1)

    def _replay_page(self, policy: Policy, records: native.Records) -> Iterator[Replay]:
        for index, logged in enumerate(_logged(records)):
            try:
                decision = policy.decide(logged.request)
            except RequestError as error:
                yield Replay(logged, None, {}, error)
                continue
            text = self._call(
                native.store_compare, policy._native, records, index, decision._native
            )
            yield Replay(logged, decision, json.loads(text))


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _key(action: str | HostAction) -> str:
    return action.key if isinstance(action, HostAction) else action


def _id(migration: Migration) -> str:
    return migration.id


def _seq(record: Event | LoggedDecision) -> int:
    return record.seq
