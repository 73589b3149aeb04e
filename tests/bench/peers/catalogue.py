# SPDX-License-Identifier: MIT
"""The peers: how each is started, what its policy is, and how much of the contract it says."""
import dataclasses
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CONTRACT = "{here}/../../cases/contract/policy.yaml"

# Node 20 may crash while it optimizes calls into WebAssembly.
NODE = ["node", "--no-turbo-inline-js-wasm-calls"]


@dataclasses.dataclass(frozen=True)
class Peer:
    """`command` may name {here}, where this folder or a copy of it is, {build} and {inputs}."""

    key: str
    name: str
    command: tuple[str, ...]
    policy: tuple[str, ...] = ()
    covers: str = ""
    # A file of the policy, what stands in it, and what it is misspelt as.
    misspelt: tuple[str, str, str] | None = None
    inputs: str = "facts.ndjson"
    # What its program is told to load, to see whether that is there.
    needs: tuple[str, ...] = ()

    def start_with(self, build, inputs, here=HERE):
        names = {"build": build / "tests/bench/peers", "inputs": inputs, "here": here}
        return [part.format(**names) for part in self.command]

    def is_there(self, build):
        """Is its program built or installed, and what that needs?"""
        command = self.start_with(build, build)
        if shutil.which(command[0]) is None:
            return False
        return subprocess.run(
            [command[0], *self.needs] if self.needs else ["true"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(build),
            check=False,
        ).returncode == 0


def environment(build):
    """Where peers find their packages, and the zone of those that take it from there."""
    return {
        **os.environ,
        "NODE_PATH": str(build / "peers/node_modules"),
        "PYTHONPATH": str(build / "bindings/python"),
        "TZ": "Europe/Amsterdam",
    }


def of_node(key, name, module, policy, covers, misspelt):
    command = (*NODE, "{here}/common/serve.js", "{here}/" + key, "{inputs}/facts.ndjson")
    return Peer(key, name, command, policy, covers, misspelt, needs=needs_module(module))


def needs_module(module):
    return ("-e", f"require('{module}')")


STANDING = "common/standing.js"
ALL = "all"
WITHOUT_LISTS = "verdict and first reply; the host tells what the org has, the level and the tags"

OURS = Peer(
    "ours",
    "**libofferpolicy**",
    ("{build}/peer_ours", CONTRACT, "{inputs}"),
    ("../../cases/contract/policy.yaml",),
    "all, and due times, reasons, texts, until when it holds; checks requests",
    ("../../cases/contract/policy.yaml", "form: emergency", "fomr: emergency"),
    "requests.ndjson",
)

DECIDE = (
    OURS,
    Peer(
        "python",
        "libofferpolicy in Python",
        (sys.executable, "{here}/ours/decide.py", CONTRACT, "{inputs}"),
        OURS.policy,
        "as above",
        OURS.misspelt,
        "requests.ndjson",
        needs=("-c", "import offerpolicy"),
    ),
    Peer(
        "by_hand",
        "C by hand, simdjson *(limit)*",
        ("{build}/peer_by_hand", "{inputs}"),
        ("by_hand/policy.c",),
        ALL,
        ("by_hand/policy.c", "[0].value == FORM_EMERGENCY", "[0].vlaue == FORM_EMERGENCY"),
    ),
    Peer(
        "luajit",
        "LuaJIT, lua-cjson",
        ("luajit", "{here}/luajit/decide.lua", "{here}/luajit", "{inputs}"),
        ("luajit/policy.lua",),
        ALL,
        ("luajit/policy.lua", 'ticket.form == "emergency"', 'ticket.fomr == "emergency"'),
        needs=("-e", 'require "cjson"'),
    ),
    Peer(
        "clips",
        "CLIPS",
        ("{build}/peer_clips", "{here}/clips/policy.clp", "{inputs}"),
        ("clips/policy.clp",),
        ALL,
        ("clips/policy.clp", "(form emergency)", "(fomr emergency)"),
    ),
    Peer(
        "sqlite",
        "SQLite, one prepared query",
        ("{build}/peer_sqlite", "{here}/sqlite", "{inputs}"),
        ("sqlite/policy.sql", "sqlite/names.sql", "sqlite/tables.sql"),
        ALL,
        ("sqlite/policy.sql", "form = 'emergency'", "fomr = 'emergency'"),
    ),
    of_node(
        "json_logic_engine",
        "json-logic-engine",
        "json-logic-engine",
        ("json_logic_engine/policy.json",),
        "all; the host runs the steps",
        ("json_logic_engine/policy.json", '"form"]}, "emergency"', '"fomr"]}, "emergency"'),
    ),
    of_node(
        "json_rules_engine",
        "json-rules-engine",
        "json-rules-engine",
        ("json_rules_engine/policy.json", STANDING),
        WITHOUT_LISTS,
        ("json_rules_engine/policy.json", '"fact": "form"', '"fact": "fomr"'),
    ),
    of_node(
        "node_rules",
        "node-rules",
        "node-rules",
        ("node_rules/decide.js", STANDING),
        "verdict, level and first reply; the host tells what the org has, and the tags",
        ("node_rules/decide.js", "f.ticket.form ===", "f.ticket.fomr ==="),
    ),
    of_node(
        "zen",
        "GoRules Zen",
        "@gorules/zen-engine",
        ("zen/policy.json",),
        "all but the patterns, which the host matches",
        ("zen/policy.json", 'ticket.form == \\"emergency\\"', 'ticket.fomr == \\"emergency\\"'),
    ),
    of_node(
        "cedar",
        "Cedar",
        "@cedar-policy/cedar-wasm/nodejs",
        ("cedar/policy.cedar", "cedar/policy.cedarschema", STANDING),
        "which verdicts and SLA rules hold; the host does the rest",
        ("cedar/policy.cedar", "context.form ==", "context.fomr =="),
    ),
)

DUE = (
    Peer(
        "ours",
        "**libofferpolicy**",
        ("{build}/peer_ours_due", "{here}/ours/calendars.yaml", "{inputs}"),
    ),
    Peer("minute_stepper", "minute by minute, in C", ("{build}/peer_minute_stepper", "{inputs}")),
    Peer(
        "business_hours",
        "Business::Hours",
        ("perl", "{here}/business_hours/due.pl", "{inputs}"),
        needs=("-MBusiness::Hours", "-e1"),
    ),
    Peer(
        "dayjs_business_time",
        "dayjs-business-time",
        (*NODE, "{here}/common/serve.js", "{here}/dayjs_business_time", "{inputs}"),
        needs=needs_module("dayjs-business-time"),
    ),
    Peer(
        "moment_business_time",
        "moment-business-time",
        (*NODE, "{here}/common/serve.js", "{here}/moment_business_time", "{inputs}"),
        needs=needs_module("moment-business-time"),
    ),
)


def of_text(key, name):
    command = ("{build}/peer_text", key, "{here}/text/patterns.tsv", "{inputs}")
    return Peer(key, name, command)


TEXT = (
    of_text("libofferpolicy", "**libofferpolicy**, deciding"),
    of_text("prepared", "libofferpolicy, deciding, prepared with Vectorscan"),
    of_text("pcre2", "PCRE2 alone, with its JIT *(limit)*"),
    of_text("vectorscan", "Vectorscan alone *(limit)*"),
)
