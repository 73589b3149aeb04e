# SPDX-License-Identifier: MIT
"""A store that is asked through the `offerpolicy` command, one process a question.

It answers as `store_model.py` does.
"""

import json
import re
import subprocess

from migration_rules import Refused

OPTIONS = {
    "actor": "--actor", "role": "--role", "reason": "--reason", "key": "--key",
    "if_revision": "--if-revision", "org": "--org", "from": "--from", "to": "--to",
    "level": "--level", "target_date": "--target-date", "owner": "--owner",
    "evidence": "--evidence", "outcome": "--outcome",
}

PATIENCE = 120  # seconds


class CommandFailed(Exception):
    """The command did something that no command should do."""


class CommandStore:
    def __init__(self, offerpolicy, zoneinfo, folder):
        self.offerpolicy = offerpolicy
        self.zoneinfo = zoneinfo
        self.folder = folder
        self.file = folder / "store"
        self.policy = None
        self.last = None  # words of the last command, for whoever looks at a difference
        self.message = None  # of the last error

    def use(self, policy):
        self.policy = policy

    # Running

    def start(self, words):
        return subprocess.run(
            [self.offerpolicy, *(word.encode(errors="surrogateescape") for word in words)],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE,
        )

    def run(self, *words):
        """The command's output; its error, if it refuses."""
        self.last = [str(word) for word in words]
        finished = self.start(self.last)
        if finished.returncode == 0 and not finished.stderr:
            return finished.stdout.decode()
        self.message = finished.stderr.decode(errors="replace")
        code = re.search(r"\[(OFP-\d{3})\]", self.message)
        if finished.returncode != 1 or not code or finished.stdout:
            raise CommandFailed(
                f"status {finished.returncode}, {finished.stdout[:200]!r}, {self.message[:2000]}"
            )
        raise Refused(code[1])

    def ask(self, *words, operands=()):
        """The documents that a command prints. Operands may look like options."""
        lines = self.run(*words, "--json", "--", *operands).splitlines()
        return [json.loads(line) for line in lines]

    def store(self):
        return "-s", self.file

    def rules(self):
        return *self.store(), "-p", self.policy, "--zoneinfo", self.zoneinfo

    def given(self, name, documents):
        """Facts as an option that names a file with them."""
        if documents is None:
            return ()
        file = self.folder / name
        file.write_text("".join(json.dumps(document) + "\n" for document in documents))
        return "--facts", file

    # Asking

    def create(self):
        self.run("store", "create", *self.store())

    def check(self):
        self.verify()
        self.run("store", "check", *self.store())
        return True

    def head(self):
        return self.run("audit", "head", *self.store()).strip()

    def verify(self, head=None):
        self.run("audit", "verify", *self.store(), *(("--expect", head) if head else ()))

    def export(self):
        return self.run("store", "export", *self.store())

    def restore(self, file, text):
        """Goes on with a new store that has what an export says."""
        exported = self.folder / "export.ndjson"
        exported.write_text(text)
        self.file = file
        self.run("store", "import", *self.store(), exported)
        return {}

    def back_up(self, file):
        """Goes on with a backup."""
        self.run("store", "backup", *self.store(), file)
        self.file = file

    def step(self, step):
        words = ["migration", step["do"]]
        named = [step["migration"]] if step["do"] != "request" else []
        for name, option in OPTIONS.items():
            if step.get(name) is not None:
                words += [option, step[name]]
        facts = self.given("facts.ndjson", step.get("facts"))
        at = ("--at", step["at"])
        return self.ask(*words, *at, *facts, *self.rules(), operands=named)[0]

    def sweep(self, at, facts=None):
        return {"events": self.ask(
            "expire", "--at", at, *self.given("known.ndjson", facts), *self.rules()
        )}

    def ack(self, key, at):
        self.run("actions", "ack", key, "--at", at, *self.store())
        return {}

    def fail(self, key, at, retry_after, problem=None):
        told = ("--problem", problem) if problem is not None else ()
        self.run(
            "actions", "fail", key, "--at", at, "--retry-after", f"{retry_after}s", *told,
            *self.store(),
        )
        return {}

    def show(self, migration, at):
        return self.ask("migration", "show", migration, "--at", at, *self.store())[0]

    def list(self, at, org=None, state=None, ends_before=None):
        words = ["migration", "list", "--at", at]
        words += ["--org", org] if org is not None else []
        words += ["--state", state] if state else []
        words += ["--ends-before", ends_before] if ends_before else []
        return {"migrations": self.ask(*words, *self.rules())}

    def actions(self, at):
        return {"actions": self.ask("actions", "--at", at, *self.store())}

    def events(self, org=None, migration=None, since=None):
        words = ["audit", "show"]
        words += ["--org", org] if org is not None else []
        words += ["--migration", migration] if migration else []
        words += ["--since", since] if since else []
        found = self.ask(*words, *self.store())
        return {"events": [event for event in found if event["kind"] != "create"]}

    def decide(self, request):
        file = self.folder / "request.json"
        file.write_text(json.dumps(request))
        # An error takes the place of a decision, and its status is 1 as well.
        self.last = ["decide", *map(str, self.rules()), str(file)]
        decision = json.loads(self.start(self.last).stdout)
        if "error" in decision:
            self.message = decision["error"]["message"]
            raise Refused(decision["error"]["code"])
        return {"decision": projection(decision)}

    def stats(self, at):
        return self.ask("store", "stats", "--at", at, *self.store())[0]


def projection(decision):
    kept = {name: value for name, value in decision.items() if name not in ("reasons", "policy")}
    kept["actions"] = [
        [action[name] for name in ("do", "tag") if name in action] for action in kept["actions"]
    ]
    return kept
