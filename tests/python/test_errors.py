# SPDX-License-Identifier: MIT
"""Errors: their classes, what they tell, and how they behave as Python values."""

import copy
import pickle
import traceback
import unittest

import offerpolicy
from offerpolicy import (
    Diagnostic,
    Error,
    Policy,
    PolicyError,
    RequestError,
    Severity,
    errors,
    native,
)
from support import CONTRACT, PolicyCase, request

# What each status is raised as, and Python's own class that it stands for.
CLASSES = {
    "misuse": (offerpolicy.Misuse, RuntimeError),
    "io": (offerpolicy.FileError, OSError),
    "bad_policy": (offerpolicy.PolicyError, ValueError),
    "bad_request": (offerpolicy.RequestError, ValueError),
    "bad_zone": (offerpolicy.ZoneError, LookupError),
    "busy": (offerpolicy.StoreBusy, TimeoutError),
    "full": (offerpolicy.StoreFull, OSError),
    "read_only": (offerpolicy.StoreReadOnly, PermissionError),
    "corrupt": (offerpolicy.StoreCorrupt, ValueError),
    "bad_store": (offerpolicy.BadStore, ValueError),
    "not_found": (offerpolicy.NotFound, LookupError),
    "not_allowed": (offerpolicy.NotAllowed, PermissionError),
    "conflict": (offerpolicy.Conflict, RuntimeError),
}


def diagnostic(code="OFP-104", severity=0, line=3, message="wrong", pointer=None):
    """One as C hands it over."""
    return (severity, code, message, "p.yaml", line, 7, pointer, "a: b", 2)


class Classes(unittest.TestCase):
    def test_a_class_for_each_status(self):
        names = {name: number for name, number in vars(native).items() if name[:7] == "STATUS_"}
        found = {native.status_name(number) for number in names.values()}
        self.assertEqual(found - {"ok", "no_memory"}, set(CLASSES))
        for status, (kind, builtin) in CLASSES.items():
            error = errors._from_native(status, diagnostic(), [diagnostic()])
            self.assertIs(type(error), kind)
            self.assertIsInstance(error, Error)
            self.assertIsInstance(error, builtin)
            self.assertEqual(error.status, status)
            self.assertTrue(kind.__doc__)

    def test_a_status_of_a_newer_library(self):
        self.assertIs(type(errors._from_native("tired", diagnostic(), [diagnostic()])), Error)

    def test_what_is_told(self):
        first, warning = diagnostic(line=3), diagnostic("OFP-151", severity=1, line=1)
        error = errors._from_native("bad_policy", first, [warning, first, diagnostic(line=9)])
        self.assertEqual((error.code, error.message), ("OFP-104", "wrong"))
        self.assertEqual((error.file, error.line, error.column), ("p.yaml", 3, 7))
        self.assertIsNone(error.pointer)
        self.assertEqual([one.line for one in error.diagnostics], [1, 3, 9])
        self.assertEqual(error.diagnostics[0].severity, Severity.WARNING)
        self.assertEqual(str(error), "p.yaml:3:7: wrong [OFP-104] (and 1 more)")
        self.assertEqual(str(error.diagnostics[0]), "p.yaml:1:7: warning: wrong [OFP-151]")

    def test_what_is_not_known_is_none(self):
        native_form = (0, "OFP-002", "wrong", None, 0, 0, None, None, 0)
        error = errors._from_native("misuse", native_form, [native_form])
        self.assertEqual(error.diagnostics, (Diagnostic(Severity.ERROR, "OFP-002", "wrong"),))
        self.assertEqual(str(error), "wrong [OFP-002]")

    def test_a_message_with_the_word_error(self):
        error = errors._from_native("io", diagnostic(message="error: x"), [diagnostic()])
        self.assertEqual(str(error), "p.yaml:3:7: error: x [OFP-104]")


class Values(PolicyCase):
    def error(self):
        try:
            self.policy.decide(request(priority="hih"))
        except RequestError as error:
            return error
        self.fail("nothing was raised")

    def test_an_error_outlives_everything(self):
        def wrong():
            try:
                Policy.parse(CONTRACT.read_text().replace("levels:", "lefels:"))
            except PolicyError as error:
                return error

        error = wrong()
        self.assertIn("lefels", "".join(traceback.format_exception(error)))
        self.assertIn("lefels", error.diagnostics[0].message)

    def test_copies_and_pickles(self):
        error = self.error()
        for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
            self.assertIs(type(again), RequestError)
            self.assertEqual(str(again), str(error))
            self.assertEqual(again.pointer, "/ticket/priority")
            self.assertEqual(again.diagnostics, error.diagnostics)
        for status, (kind, _) in CLASSES.items():
            made = errors._from_native(status, diagnostic(), [diagnostic()])
            again = pickle.loads(pickle.dumps(made))
            self.assertEqual((type(again), str(again)), (kind, str(made)))

    def test_notes_and_causes(self):
        error = self.error()
        error.add_note("ticket 4711")
        try:
            raise KeyError("x") from error
        except KeyError as other:
            self.assertIs(other.__cause__, error)
        self.assertEqual(error.__notes__, ["ticket 4711"])

    def test_groups(self):
        group = ExceptionGroup("all", [self.error(), self.error()])
        self.assertEqual(len(group.split(RequestError)[0].exceptions), 2)


if __name__ == "__main__":
    unittest.main()
