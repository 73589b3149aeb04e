# SPDX-License-Identifier: MIT
"""Decides support tickets: do we support this, at which level, by when must we answer, and which
tags and notes must change?

    from datetime import datetime, timezone
    from offerpolicy import Policy

    policy = Policy.load("policy.yaml")
    decision = policy.decide(
        ticket={"id": "4711", "subject": "Import into the cloud fails",
                "created_at": datetime.now(timezone.utc)},
        org={"id": "acme"},
        entitlements=[{"offering": "self_managed", "level": "premium"}],
        now=datetime.now(timezone.utc),
    )
    print(decision.verdict, decision.level)
    for action in decision.actions:
        print(action.do, action.tag or action.text)

`Policy` decides, `Calendar` knows business time, `Store` keeps what was promised to whom. What goes
wrong is raised as an `Error`.
"""

from . import native as _native
from .calendar import Calendar
from .decision import Decision
from .errors import (
    BadStore,
    Conflict,
    Diagnostic,
    Error,
    FileError,
    Misuse,
    NotAllowed,
    NotFound,
    PolicyError,
    RequestError,
    Severity,
    StoreBusy,
    StoreCorrupt,
    StoreFull,
    StoreReadOnly,
    ZoneError,
)
from .notes import add_note, remove_note
from .policy import Policy
from .records import (
    Entitlement,
    Event,
    EventKind,
    Expiry,
    History,
    HostAction,
    HostActionKind,
    HostActionState,
    LoggedDecision,
    Migration,
    MigrationState,
    MigrationStatus,
    Outcome,
    PolicyStamp,
    Replay,
    StepResult,
    StoreStats,
)
from .store import Store
from .values import (
    Action,
    ActionKind,
    Metric,
    OfferingSource,
    Period,
    Reason,
    Sla,
    Target,
    TargetKind,
    Verdict,
)

__all__ = [
    "Action",
    "ActionKind",
    "BadStore",
    "Calendar",
    "Conflict",
    "Decision",
    "Diagnostic",
    "Entitlement",
    "Error",
    "Event",
    "EventKind",
    "Expiry",
    "FileError",
    "History",
    "HostAction",
    "HostActionKind",
    "HostActionState",
    "LoggedDecision",
    "Metric",
    "Migration",
    "MigrationState",
    "MigrationStatus",
    "Misuse",
    "NotAllowed",
    "NotFound",
    "OfferingSource",
    "Outcome",
    "Period",
    "Policy",
    "PolicyError",
    "PolicyStamp",
    "Reason",
    "Replay",
    "RequestError",
    "Severity",
    "Sla",
    "StepResult",
    "Store",
    "StoreBusy",
    "StoreCorrupt",
    "StoreFull",
    "StoreReadOnly",
    "StoreStats",
    "Target",
    "TargetKind",
    "Verdict",
    "ZoneError",
    "add_note",
    "remove_note",
]

__version__: str = _native.version()
"""The version of the library that is running."""
