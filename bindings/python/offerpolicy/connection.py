# SPDX-License-Identifier: MIT
"""Connections to stores: opening, closing, and one thread at a time."""

from __future__ import annotations

import os
import threading
import warnings
import weakref
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Concatenate, Literal, NoReturn, ParamSpec, Self, TypeVar

from . import native
from .arguments import Path, flag, milliseconds, word, wrong_type
from .errors import _misuse
from .policy import Policy

_T = TypeVar("_T")
_P = ParamSpec("_P")

_MODES = {"read": native.STORE_READ, "write": native.STORE_WRITE, "create": native.STORE_CREATE}

# All connections of this process: a child after fork() must not wait for locks that threads of its
# parent held.
_connections: weakref.WeakSet[Connection] = weakref.WeakSet()


def _renew_locks() -> None:
    for connection in _connections:
        connection._lock = threading.RLock()


os.register_at_fork(after_in_child=_renew_locks)


class Connection:
    """What a `Store` is made on."""

    __slots__ = ("_native", "_lock", "_path", "_policy", "_log", "_log_texts", "__weakref__")

    _native: native.Store | None
    _lock: threading._RLock
    _path: str
    _policy: Policy | None
    _log: bool
    _log_texts: bool

    def __init__(self) -> None:
        raise TypeError("use Store.open()")

    @classmethod
    def open(
        cls,
        path: Path,
        policy: Policy | None = None,
        *,
        mode: Literal["read", "write", "create"] = "write",
        at: datetime | None = None,
        busy: timedelta | float | None = None,
        log: bool = False,
        log_texts: bool = False,
    ) -> Self:
        """Opens a store.

        `policy` is what steps, sweeps and decisions go by. `mode` "create" makes the file if there
        is none, and then needs `at`, the time now; "read" never writes. `busy` is how long to wait
        while others write, 5 seconds unless told. `log` keeps all decisions in the decision log,
        `log_texts` also with the texts of tickets and orgs.
        """
        if mode == "create" and at is None:
            raise TypeError('mode "create" needs at, the time now')
        self = object.__new__(cls)
        self._lock = threading.RLock()
        self._path = os.fsdecode(path)
        self.policy = policy
        self._log = flag("log", log)
        self._log_texts = flag("log_texts", log_texts)
        options = {
            "mode": word("mode", mode, _MODES),
            "at": at,
            "busy_ms": milliseconds("busy", busy),
        }
        self._native = native.store_open(os.fsencode(path), options)
        _connections.add(self)
        return self

    def close(self) -> None:
        """Closes the connection. What was read from it lives on. Closing again does nothing."""
        with self._lock:
            self._native = None

    @property
    def closed(self) -> bool:
        """Has it been closed?"""
        return self._native is None

    @property
    def path(self) -> str:
        """The file, as it was named."""
        return self._path

    @property
    def policy(self) -> Policy | None:
        """What steps, sweeps and decisions go by; may be set."""
        return self._policy

    @policy.setter
    def policy(self, policy: Policy | None) -> None:
        if policy is not None and not isinstance(policy, Policy):
            raise wrong_type("policy", "a Policy", policy)
        self._policy = policy

    def __enter__(self) -> Self:
        self._opened()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_native", None) is not None:
            warnings.warn(f"unclosed {self!r}", ResourceWarning, stacklevel=2, source=self)

    def __repr__(self) -> str:
        return f"<Store {self._path!r}{' (closed)' if self.closed else ''}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Store can't be copied or pickled: open another one")

    # --- within ---

    def _opened(self) -> native.Store:
        if self._native is None:
            raise _misuse("the store is closed")
        return self._native

    def _needed_policy(self) -> Policy:
        if self._policy is None:
            raise _misuse("the store was opened without a policy: set its `policy`")
        return self._policy

    def _call(
        self,
        function: Callable[Concatenate[native.Store, _P], _T],
        *arguments: _P.args,
        **options: _P.kwargs,
    ) -> _T:
        """Calls a function of C when it is this thread's turn."""
        with self._lock:
            return function(self._opened(), *arguments, **options)

    def _pages(
        self,
        look: Callable[..., native.Records],
        filter: dict[str, Any],
        read: Callable[[native.Records], Iterable[_T]],
        place: Callable[[_T], str | int],
    ) -> Iterator[_T]:
        """All pages of a list. The first is read at once, so that mistakes are told here."""
        return self._walk_pages(self._call(look, filter), look, filter, read, place)

    def _walk_pages(
        self,
        records: native.Records,
        look: Callable[..., native.Records],
        filter: dict[str, Any],
        read: Callable[[native.Records], Iterable[_T]],
        place: Callable[[_T], str | int],
    ) -> Iterator[_T]:
        while True:
            last = None
            for last in read(records):
                yield last
            if last is None or not native.records_more(records):
                return
            records = self._call(look, {**filter, "after": place(last)})
