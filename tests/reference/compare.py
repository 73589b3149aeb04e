"""Compares the `offerpolicy` command with the reference models.

Every round makes one policy from a seed of its own, counted on from --seed,
and asks all questions, or all requests, at once. Differences are printed with
what is needed to look at them; their files are kept.
"""

from argparse import ArgumentParser
from collections import namedtuple
import json
from pathlib import Path
import secrets
import shutil
import subprocess
import sys
import tempfile

import calendar_model
from decision_model import Model
import generate_calendars
import generate_decisions
from generate_calendars import write_lines, write_policy

SHOWN = 5  # differences; the others are only counted

# What went wrong, and the few facts that show it.
Difference = namedtuple("Difference", "title facts")


class Command:
    """The command under test, run on files of one folder."""

    def __init__(self, offerpolicy, zones, folder):
        self.offerpolicy = offerpolicy
        self.zones = zones
        self.folder = folder

    def run(self, subcommand, policy, documents, name):
        """One answer for each document."""
        if not documents:
            return []
        policy_file = self.folder / "policy.json"
        file = self.folder / f"{name}.ndjson"
        write_policy(policy_file, policy)
        write_lines(file, documents)
        finished = subprocess.run(
            [self.offerpolicy, subcommand, "-p", policy_file, "--zoneinfo", self.zones, file],
            capture_output=True, encoding="utf-8",
        )
        lines = finished.stdout.splitlines()
        if len(lines) != len(documents):
            raise CommandFailed(finished.returncode, len(lines), len(documents), finished.stderr)
        return [json.loads(line) for line in lines]


class CommandFailed(Exception):
    """The command did not answer line by line."""

    def __init__(self, status, lines, asked, stderr):
        super().__init__(f"exit status {status}, {lines} lines for {asked}: {stderr[:2000]}")


# Comparing

def same(one, other):
    """As JSON, since for Python 1 and True are equal."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def compare_questions(command, seed, count):
    policy, questions = generate_calendars.generate(seed, count)
    calendars = policy["calendars"]
    models = {name: calendar_model.Calendar(definition) for name, definition in calendars.items()}
    answers = command.run("calendar", policy, questions, "questions")
    for question, given in zip(questions, answers):
        name = question["calendar"]
        answer = {"id": question["id"], "result": calendar_model.answer(models[name], question)}
        if not same(answer, given):
            facts = {"calendar": calendars[name], "question": question}
            yield Difference("another answer", facts | {"model": answer, "command": given})


def compare_requests(command, seed, count):
    policy, requests = generate_decisions.generate(seed, count)
    model = Model(policy)
    decisions = command.run("decide", policy, requests, "requests")
    for request, given in zip(requests, decisions):
        decision = model.decide(request)
        if not same(decision, projection(given)):
            yield Difference("another decision", {"request": request} | unlike(decision, given))
    yield from compare_second_runs(command, policy, requests, decisions)


def projection(decision):
    """A decision in the form of the shared cases; an error stays as it is."""
    if "error" in decision:
        return decision
    left_out = ("reasons", "policy")
    kept = {key: value for key, value in decision.items() if key not in left_out}
    return kept | {"actions": [short(action) for action in decision["actions"]]}


def short(action):
    return [action[key] for key in ("do", "tag") if key in action]


def unlike(decision, given):
    """The members that differ, on both sides."""
    given = projection(given)
    keys = [
        key for key in list(dict.fromkeys([*decision, *given]))
        if key not in decision or key not in given or not same(decision[key], given[key])
    ]
    return {
        "model": {key: decision[key] for key in keys if key in decision},
        "command": {key: given[key] for key in keys if key in given},
    }


# Carrying out a decision's tag actions and deciding again gives no tag action.

def compare_second_runs(command, policy, requests, decisions):
    changed = [
        with_tags(request, tag_actions(decision))
        for request, decision in zip(requests, decisions)
        if tag_actions(decision)
    ]
    for request, decision in zip(changed, command.run("decide", policy, changed, "again")):
        if "error" in decision or tag_actions(decision):
            facts = {"request": request, "command": projection(decision)}
            yield Difference("tag actions left on the second run", facts)


def tag_actions(decision):
    return [action for action in decision.get("actions", []) if "tag" in action]


def with_tags(request, actions):
    """The request after a host has carried out the actions."""
    tags = request["ticket"].get("tags", [])
    for action in actions:
        tags = [tag for tag in tags if tag != action["tag"]]
        if action["do"] == "ticket.add_tag":
            tags = tags + [action["tag"]]
    return request | {"ticket": request["ticket"] | {"tags": tags}}


# Rounds

def play(options, folder):
    """Every difference, each round in a folder of its own."""
    for round_seed in range(options.seed, options.seed + options.policies):
        yield from play_round(options, folder, "questions", compare_questions, round_seed)
        yield from play_round(options, folder, "requests", compare_requests, round_seed)
        # Zones remember every date that was looked up: many rounds would fill the memory.
        calendar_model.zone.cache_clear()


def play_round(options, folder, kind, compare, seed):
    count = getattr(options, kind)
    if count == 0:
        return
    round_folder = folder / f"{kind}-{seed}"
    round_folder.mkdir()
    command = Command(options.offerpolicy, options.zoneinfo, round_folder)
    place = f"{round_folder}, --seed {seed} --policies 1"
    try:
        for title, facts in compare(command, seed, count):
            yield Difference(f"{title}: {place}", facts)
    except CommandFailed as failure:
        yield Difference(f"no answers: {place}", {"command": str(failure)})


def show(difference):
    print(difference.title)
    for name, fact in difference.facts.items():
        print(f"  {name + ':':<10}{json.dumps(fact, ensure_ascii=False)}")


def parse_options():
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--offerpolicy", metavar="PATH", required=True, help="the command to test")
    parser.add_argument("--zoneinfo", metavar="DIR", required=True, help="compiled time zones")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    parser.add_argument("--policies", type=int, default=20, help="how many of each kind")
    parser.add_argument("--questions", type=int, default=200, help="for each policy with calendars")
    parser.add_argument("--requests", type=int, default=200, help="for each policy with offerings")
    return parser.parse_args()


def main():
    options = parse_options()
    calendar_model.pin_zones(options.zoneinfo)
    folder = Path(tempfile.mkdtemp(prefix="offerpolicy-compare-"))
    print(f"seed {options.seed}", flush=True)
    differences = 0
    for difference in play(options, folder):
        differences += 1
        if differences <= SHOWN:
            show(difference)
    if not differences:
        shutil.rmtree(folder)
    print(
        f"seed {options.seed}: {options.policies} policies with {options.questions} questions"
        f" and {options.requests} requests each, {differences} differences"
    )
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
