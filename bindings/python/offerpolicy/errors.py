# SPDX-License-Identifier: MIT
"""What the library raises: one class for each thing that a program can do about a failure.

Each class is below `Error` and below a fitting class of Python's own. Running out of memory is
Python's `MemoryError`; an argument of a wrong type is a `TypeError`, a naive datetime a
`ValueError`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = [
    "BadStore",
    "Conflict",
    "Diagnostic",
    "Error",
    "FileError",
    "Misuse",
    "NotAllowed",
    "NotFound",
    "PolicyError",
    "RequestError",
    "Severity",
    "StoreBusy",
    "StoreCorrupt",
    "StoreFull",
    "StoreReadOnly",
    "ZoneError",
]


class Severity(enum.StrEnum):
    """How bad a diagnostic is."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong, and where.

    `str()` of it is a line for people: file, line, column, severity, message and code.
    """

    severity: Severity
    code: str
    """Which mistake, for example "OFP-108"; the manual lists them all."""
    message: str
    file: str | None = None
    line: int | None = None
    """Counted from 1, as `column` is, in characters."""
    column: int | None = None
    pointer: str | None = None
    """JSON pointer into the request."""
    excerpt: str | None = None
    """The line of the file, or a part of it."""
    caret: int | None = None
    """The place in `excerpt`, in characters, from 0."""

    def __str__(self) -> str:
        file = None if self.file is None else _printable(self.file)
        place = (file, self.line, self.column, self.pointer or None)
        known = [str(part) for part in place if part is not None]
        where = ":".join(known) + ": " if known else ""
        return f"{where}{self.severity}: {self.message} [{self.code}]"


class Error(Exception):
    """What the library raises. Shown as text it is all that a log needs."""

    status: str
    """What can be done about it, in a word, for example "bad_request"; the class says the same."""
    code: str
    """What exactly is wrong, for example "OFP-308"; never changes its meaning."""
    message: str
    """What is wrong, in plain words, without the place."""
    diagnostics: tuple[Diagnostic, ...]
    """Everything that is wrong, in the order of the places; at least one."""

    def __init__(self, status: str, first: Diagnostic, diagnostics: Iterable[Diagnostic]) -> None:
        super().__init__(_headline(first))
        self.status = status
        self.code = first.code
        self.message = first.message
        self.diagnostics = tuple(diagnostics)
        self._first = first

    @property
    def file(self) -> str | None:
        """The file that is wrong, as it was named."""
        return self._first.file

    @property
    def line(self) -> int | None:
        """Line in the file, from 1."""
        return self._first.line

    @property
    def column(self) -> int | None:
        """Column in characters, from 1."""
        return self._first.column

    @property
    def pointer(self) -> str | None:
        """JSON pointer to the place in the request that is wrong."""
        return self._first.pointer

    def __str__(self) -> str:
        more = sum(one.severity is Severity.ERROR for one in self.diagnostics) - 1
        return _headline(self._first) + (f" (and {more} more)" if more > 0 else "")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.status, self._first, self.diagnostics)


class PolicyError(Error, ValueError):
    """The policy has mistakes: show all `diagnostics` to who writes it."""


class RequestError(Error, ValueError):
    """A request, question or step is wrong in itself; `pointer` names the place in a request."""


class ZoneError(Error, LookupError):
    """A time zone is unknown, or its file is damaged."""


class FileError(Error, OSError):
    """A file can't be read or written: see the message."""


class StoreBusy(Error, TimeoutError):
    """Somebody else has been writing to the store for too long: try again."""


class StoreFull(Error, OSError):
    """The disk is full: make room and try again."""


class StoreReadOnly(Error, PermissionError):
    """The store can't be written, or was opened for reading only."""


class StoreCorrupt(Error, ValueError):
    """The store is damaged: stop writing, compare with a backup, restore it."""


class BadStore(Error, ValueError):
    """The file is no store, or not one that this version can use."""


class NotFound(Error, LookupError):
    """There is no such migration, action or name."""


class NotAllowed(Error, PermissionError):
    """Policy, state, role or a limit says no: show the message."""


class Conflict(Error, RuntimeError):
    """It was changed meanwhile: look again, then let a person decide anew."""


class Misuse(Error, RuntimeError):
    """The program uses an object in a way that is not allowed: mend the program."""


_CLASSES: dict[str, type[Error]] = {
    "misuse": Misuse,
    "io": FileError,
    "bad_policy": PolicyError,
    "bad_request": RequestError,
    "bad_zone": ZoneError,
    "busy": StoreBusy,
    "full": StoreFull,
    "read_only": StoreReadOnly,
    "corrupt": StoreCorrupt,
    "bad_store": BadStore,
    "not_found": NotFound,
    "not_allowed": NotAllowed,
    "conflict": Conflict,
}

def _printable(name: str) -> str:
    """A file's name, which may have any bytes, as it may stand in a line of a log."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in name)


# As the C code hands it over: severity, code, message, source, line, column, pointer, excerpt,
# caret.
_Native = tuple[int, str, str, str | None, int, int, str | None, str | None, int]


def _headline(first: Diagnostic) -> str:
    return str(first).replace(f"{first.severity}: ", "", 1)


def _diagnostic(native: _Native) -> Diagnostic:
    severity, code, message, file, line, column, pointer, excerpt, caret = native
    return Diagnostic(
        Severity.WARNING if severity else Severity.ERROR,
        code,
        message,
        file,
        line or None,
        column or None,
        pointer,
        excerpt,
        None if excerpt is None else caret,
    )


def _from_native(status: str, first: _Native, diagnostics: list[_Native]) -> Error:
    """The exception for a failure in C."""
    kind = _CLASSES.get(status, Error)
    return kind(status, _diagnostic(first), map(_diagnostic, diagnostics))


def _not_found(what: str, name: str, known: Iterable[str]) -> NotFound:
    """The exception for a name that a policy does not have."""
    names = ", ".join(known) or "none"
    message = f"unknown {what} {name!r}; known here: {names}"
    diagnostic = Diagnostic(Severity.ERROR, "OFP-308", message)
    return NotFound("not_found", diagnostic, (diagnostic,))


def _misuse(message: str) -> Misuse:
    """The exception for an object that is used wrongly."""
    diagnostic = Diagnostic(Severity.ERROR, "OFP-002", message)
    return Misuse("misuse", diagnostic, (diagnostic,))
