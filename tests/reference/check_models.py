"""Proves the reference models on the shared cases.

Without --zoneinfo the zones are compiled from tests/cases/tzdata.zi, once
with every transition written out (fat) and once with rules (slim).
"""

from argparse import ArgumentParser
import json
from pathlib import Path
import shutil
import subprocess
import sys
from tempfile import TemporaryDirectory

import calendar_model
from decision_model import Model

CASES = Path(__file__).resolve().parent.parent / "cases"


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_policy(path):
    return json.loads(path.read_text(encoding="utf-8"))


def compile_zones(style, directory):
    """Debian keeps zic in /usr/sbin, which is not on every user's path."""
    zic = shutil.which("zic") or "/usr/sbin/zic"
    subprocess.run([zic, "-b", style, "-d", directory, CASES / "tzdata.zi"], check=True)


def check_calendars():
    policy = read_policy(CASES / "calendar/policy.yaml")
    calendars = {
        name: calendar_model.Calendar(definition)
        for name, definition in policy["calendars"].items()
    }
    for question in read_lines(CASES / "calendar/questions.ndjson"):
        answer = calendar_model.answer(calendars[question["calendar"]], question)
        yield question, question["expect"], answer


def check_decisions():
    model = Model(read_policy(CASES / "contract/policy.json"))
    for case in read_lines(CASES / "contract/cases.ndjson"):
        yield case["request"], case["decision"], model.decide(case["request"])


def report(name, results):
    """Prints every disagreement and a count; True if there is none."""
    # As JSON, since for Python 1 and True are equal.
    results = [[json.dumps(part, sort_keys=True) for part in result] for result in results]
    wrong = [result for result in results if result[1] != result[2]]
    for asked, expected, answered in wrong:
        print(f"asked:    {asked}\nexpected: {expected}\nmodel:    {answered}\n")
    print(f"{name}: {len(results)} cases, {len(wrong)} wrong")
    return not wrong


def check(label, directory):
    calendar_model.pin_zones(directory)
    agreed = [
        report(f"calendars, {label} zones", check_calendars()),
        report(f"decisions, {label} zones", check_decisions()),
    ]
    return all(agreed)


def check_compiled(style):
    with TemporaryDirectory() as directory:
        compile_zones(style, directory)
        return check(style, directory)


def main():
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--zoneinfo", metavar="DIR", help="compiled time zones to use")
    directory = parser.parse_args().zoneinfo
    if directory:
        agreed = check("given", directory)
    else:
        agreed = all([check_compiled(style) for style in ("fat", "slim")])
    sys.exit(0 if agreed else 1)


if __name__ == "__main__":
    main()
