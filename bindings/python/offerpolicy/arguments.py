# SPDX-License-Identifier: MIT
"""Checks of arguments that C does not see as they are."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

Path = str | bytes | os.PathLike[str] | os.PathLike[bytes]
"""What names a file."""


def wrong_type(name: str, wanted: str, value: object) -> TypeError:
    """The exception for an argument of a wrong type."""
    return TypeError(f"{name} must be {wanted}, not {type(value).__name__}")


def text(name: str, value: str) -> str:
    """A text that must be there."""
    if not isinstance(value, str):
        raise wrong_type(name, "a str", value)
    return value


def instant(name: str, value: datetime) -> datetime:
    """An instant that must be there; whether it is aware is for C to see."""
    if not isinstance(value, datetime):
        raise wrong_type(name, "an aware datetime", value)
    return value


def flag(name: str, value: bool) -> bool:
    """True or False, and nothing that is merely like them."""
    if not isinstance(value, bool):
        raise wrong_type(name, "True or False", value)
    return value


def word(name: str, value: str, words: Mapping[str, int]) -> int:
    """The number of a word."""
    number = words.get(text(name, value))
    if number is None:
        known = ", ".join(f'"{one}"' for one in words)
        raise ValueError(f"{name} must be one of {known}, not {value!r}")
    return number


def milliseconds(name: str, value: timedelta | float | None) -> int | None:
    """A duration; not 0, which would mean the default."""
    if value is None:
        return None
    if isinstance(value, timedelta):
        value = value.total_seconds()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise wrong_type(name, "a timedelta or a number of seconds", value)
    if not 0 <= value <= 86400:
        raise ValueError(f"{name} must be from 0 seconds to a day, not {value!r}")
    return max(1, round(value * 1000))


def descriptor(name: str, file: Any) -> int:
    """The descriptor of an open file; one in memory has none."""
    try:
        number = file.fileno()
    except (AttributeError, io.UnsupportedOperation):
        raise wrong_type(name, "a path or an open file", file) from None
    if not isinstance(number, int):
        raise wrong_type(f"{name}.fileno()", "an int", number)
    return number
