# SPDX-License-Identifier: MIT
"""Notes with markers, in what a help desk keeps about an org."""

from __future__ import annotations

from . import native
from .arguments import text as _text

__all__ = ["add_note", "remove_note"]


def add_note(notes: str, migration: str, text: str) -> str:
    """An org's notes with the text of an `org.add_note` action, between two marker lines.

    If the migration's note is there already, its text is replaced.
    """
    return native.notes_add(
        _text("notes", notes), _text("migration", migration), _text("text", text)
    )


def remove_note(notes: str, migration: str) -> str:
    """An org's notes without what `add_note()` put in; what people wrote around it stays."""
    return native.notes_remove(_text("notes", notes), _text("migration", migration))
