# SPDX-License-Identifier: MIT
"""The package against the C library and its own promises: nothing is left out unseen."""

import ast
import dataclasses
import enum
import fnmatch
import inspect
import json
import pathlib
import re
import unittest

import offerpolicy
from offerpolicy import native
from support import CASES, ROOT

PACKAGE = pathlib.Path(offerpolicy.__file__).parent
# Python reads these, for speed; other languages take them from the decision's document.
READ_HERE = ("ofp_decision_sla_rule", "ofp_decision_targets")
LEFT_OUT = [
    name
    for name in json.loads((CASES / "bindings/left_out.json").read_text())
    if name not in READ_HERE
]
# How the numbers of C begin, and how their names are asked for.
ENUMS = {
    offerpolicy.Verdict: ("VERDICT_", native.verdict_name),
    offerpolicy.OfferingSource: ("SOURCE_", native.offering_source_name),
    offerpolicy.Metric: ("METRIC_", native.metric_name),
    offerpolicy.TargetKind: ("TARGET_", native.target_kind_name),
    offerpolicy.ActionKind: ("ACTION_", native.action_kind_name),
    offerpolicy.MigrationStatus: ("MIGRATION_", native.migration_status_name),
    offerpolicy.MigrationState: ("MIGRATION_IS_", native.migration_state_name),
    offerpolicy.Outcome: ("OUTCOME_", native.outcome_name),
    offerpolicy.EventKind: ("EVENT_", native.event_kind_name),
    offerpolicy.HostActionKind: ("HOST_", native.host_action_kind_name),
    offerpolicy.HostActionState: ("HOST_", native.host_action_state_name),
}


def exported():
    """The functions that the library exports."""
    return re.findall(r"(?m)^ +(ofp_\w+);", (ROOT / "lib/offerpolicy.map").read_text())


def package_text():
    """The layer that is written by hand."""
    return "".join(path.read_text() for path in PACKAGE.glob("*.py") if path.name != "native.py")


def used():
    """What the layer uses of the module below it."""
    return set(re.findall(r"(?<![.\w])_?native\.(\w+)", package_text())) | {"calendar_elapsed"}


class Coverage(unittest.TestCase):
    def test_every_function_is_used_or_left_out_for_a_reason(self):
        functions = exported()
        self.assertGreater(len(functions), 150)
        layer = used()
        for name in functions:
            reasons = [one for one in LEFT_OUT if fnmatch.fnmatchcase(name, one)]
            with self.subTest(name):
                self.assertTrue(name[4:] in layer or reasons, "neither used nor left out")

    def test_every_reason_is_for_something(self):
        functions = [name for name in exported() if name[4:] not in used()]
        for pattern in LEFT_OUT:
            self.assertTrue(fnmatch.filter(functions, pattern), pattern)

    def test_what_the_layer_uses_is_there_and_typed(self):
        stub = (PACKAGE / "native.pyi").read_text()
        typed = set(re.findall(r"(?m)^(?:def|class) (\w+)|^(\w+): int", stub))
        typed = {name for pair in typed for name in pair if name}
        for name in used() - {"calendar_elapsed"}:
            self.assertTrue(hasattr(native, name), name)
            self.assertIn(name, typed)
        for name in typed - {"native"}:
            self.assertTrue(hasattr(native, name), name)
            self.assertTrue(name in used() or inspect.isclass(getattr(native, name)), name)

    def test_functions_take_what_the_stub_says(self):
        stub = ast.parse((PACKAGE / "native.pyi").read_text())
        functions = [one for one in stub.body if isinstance(one, ast.FunctionDef)]
        self.assertGreater(len(functions), 50)
        for function in functions:
            count = len(function.args.args)
            for given in {count + 1, max(0, count - 1)} - {count}:
                with self.subTest(function.name, given=given):
                    with self.assertRaisesRegex(TypeError, r"argument") as caught:
                        getattr(native, function.name)(*[None] * given)
                    wanted = {0: "no arguments", 1: "(exactly one|expected 1) "}
                    wanted = wanted.get(count, f"expected (at most |at least )?{count} ")
                    self.assertRegex(str(caught.exception), wanted)


class Words(unittest.TestCase):
    def test_enums_are_those_of_c(self):
        for kind, (prefix, name_of) in ENUMS.items():
            with self.subTest(kind.__name__):
                words = [word for number in range(64) if (word := name_of(number)) is not None]
                self.assertEqual([str(one) for one in kind], words)
                # Of the host's actions, C names two enums alike.
                for one in kind if prefix != "HOST_" else ():
                    self.assertTrue(hasattr(native, prefix + one.name), one)

    def test_verdicts_have_the_numbers_of_c(self):
        for number, verdict in enumerate(offerpolicy.Verdict):
            self.assertEqual(native.verdict_name(number), verdict)
            self.assertEqual(getattr(native, f"VERDICT_{verdict.name}"), number)
        for number, source in enumerate(offerpolicy.OfferingSource, 1):
            self.assertEqual(native.offering_source_name(number), source)

    def test_every_fact_of_a_reason_has_a_field(self):
        fields = {one.name for one in dataclasses.fields(offerpolicy.Reason)}
        text = (ROOT / "lib/decide/reasons.toml").read_text()
        facts = set(re.findall(r'"(\w+)"', "".join(re.findall(r"(?m)^facts = (.*)$", text))))
        self.assertGreater(len(facts), 5)
        self.assertLessEqual(facts, fields)


class Documentation(unittest.TestCase):
    def test_everything_public_has_a_docstring(self):
        for name in offerpolicy.__all__:
            thing = getattr(offerpolicy, name)
            self.assertTrue(thing.__doc__, name)
            if inspect.isclass(thing) and not issubclass(thing, (enum.Enum, Exception)):
                for member, value in vars(thing).items():
                    told = callable(value) or isinstance(value, property)
                    if told and not member.startswith("_"):
                        self.assertTrue(value.__doc__, f"{name}.{member}")

    def test_everything_public_is_in_the_manual(self):
        manual = (ROOT / "doc/python.md").read_text()
        for name in offerpolicy.__all__:
            self.assertRegex(manual, rf"\b{name}\b")
            thing = getattr(offerpolicy, name)
            if inspect.isclass(thing) and thing.__module__ in (
                "offerpolicy.policy",
                "offerpolicy.calendar",
                "offerpolicy.decision",
                "offerpolicy.store",
            ):
                for member in dir(thing):
                    if not member.startswith("_"):
                        self.assertRegex(manual, rf"\b{member}\b", f"{name}.{member}")

    def test_what_is_exported(self):
        names = [name for name in vars(offerpolicy) if not name.startswith("_")]
        modules = {name for name in names if inspect.ismodule(getattr(offerpolicy, name))}
        self.assertEqual(sorted(set(names) - modules), sorted(offerpolicy.__all__))
        self.assertEqual(sorted(offerpolicy.__all__), list(offerpolicy.__all__))

    def test_the_version(self):
        self.assertEqual(offerpolicy.__version__, native.VERSION_STRING)


if __name__ == "__main__":
    unittest.main()
