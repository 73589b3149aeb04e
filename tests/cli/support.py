# SPDX-License-Identifier: MIT
"""What the tests of the command share: running it, and requests to run it on."""

import json
import os
import pathlib
import re
import subprocess

COMMAND = os.environ["OFFERPOLICY"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
CONTRACT = ROOT / "tests/cases/contract"
POLICY = str(CONTRACT / "policy.yaml")
SANITIZED = os.environ.get("OFP_SANITIZED") == "yes"
FULL = os.environ.get("OFP_TEST_SIZE") == "full"
# A run that takes longer hangs.
PATIENCE = 300 if SANITIZED else 60
LIMIT = 16 << 20


def environment(**more):
    """The environment without what would change the output, and with `more`."""
    kept = dict(os.environ)
    for name in ("NO_COLOR", "COLUMNS", "TERM", "OFFERPOLICY_STORE"):
        kept.pop(name, None)
    kept.update(more)
    return kept


def run(*arguments, data=b"", env=None, **options):
    """Runs the command on `data`; gives its status, output and messages."""
    options.setdefault("stdout", subprocess.PIPE)
    if isinstance(data, str):
        data = data.encode()
    if data is not None:
        options["input"] = data
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        stderr=subprocess.PIPE,
        env=env or environment(),
        timeout=PATIENCE,
        check=False,
        **options,
    )
    return done.returncode, (done.stdout or b"").decode(), done.stderr.decode()


def command_names(above=None):
    """The commands that the help lists: all of one word, or those below one of them."""
    out = run("help", *([above] if above else []))[1]
    names = re.findall(r"(?m)^  (?!offerpolicy)([a-z]+) +\w", out)
    return [f"{above} {name}" if above else name for name in names]


def start(*arguments, env=None, **options):
    """Starts the command with pipes for all that is not given."""
    for stream in ("stdin", "stdout", "stderr"):
        options.setdefault(stream, subprocess.PIPE)
    return subprocess.Popen(
        [COMMAND, *map(str, arguments)], env=env or environment(), **options
    )


def request(ticket, **more):
    """A request that names its offering; `more` goes into the ticket."""
    return {
        "now": "2026-11-20T18:00:00Z",
        "ticket": {
            "id": ticket,
            "created_at": "2026-11-20T18:00:00Z",
            "offering": "self_managed",
            **more,
        },
        "org": {"id": "acme"},
        "entitlements": [{"offering": "self_managed", "level": "premium"}],
    }


def line(ticket, **more):
    """A request as a line."""
    return json.dumps(request(ticket, **more)) + "\n"


def tickets(output):
    """The ticket of each decision, and the code and line of each error, in their order."""
    found = []
    for text in output.splitlines():
        document = json.loads(text)
        error = document.get("error")
        found.append((error["code"], error["line"]) if error else document["ticket"])
    return found
