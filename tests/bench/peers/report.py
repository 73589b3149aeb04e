# SPDX-License-Identifier: MIT
"""The tables of doc/benchmarks.md."""
import collections
import datetime
import json
import os
import pathlib
import re
import time

from catalogue import DECIDE, DUE, HERE, ROOT
from measure import differences

PAGE = ROOT / "doc/benchmarks.md"
BEGIN, END = "<!-- peers -->", "<!-- /peers -->"
COMMENT = re.compile(r"\s*(//|--|;|#|/?\*)")


class Decisions:
    """Of deciding: what was answered, and the figures by mode and peer."""

    def __init__(self, children, wanted):
        self.wanted = wanted
        self.versions = {child.peer.key: child.about["version"] for child in children}
        self.native, self.json, self.memory = {}, {}, {}


class Due:
    """Of the questions of so many hours."""

    def __init__(self, path, children, answers):
        self.questions = [json.loads(line) for line in path.read_text().splitlines()]
        self.versions = {child.peer.key: child.about["version"] for child in children}
        self.answers, self.figures = answers, {}

    def differing(self, key):
        return differences(self.answers[key], self.answers["ours"]) if key in self.answers else []

    def summary(self):
        parts = [f"{key} {len(self.differing(key))}" for key in self.answers if key != "ours"]
        return f"of {len(self.questions)} answers differ: " + ", ".join(parts)


class Texts:
    """Of patterns on texts."""

    def __init__(self, children, found, figures):
        self.peers = [child.peer for child in children]
        self.versions = {child.peer.key: child.about["version"] for child in children}
        self.found, self.figures = found, figures


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def words(head, rows):
    return table(head, rows).replace("--:", "---")


def seconds(value):
    for unit, factor in (("ns", 1e9), ("µs", 1e6), ("ms", 1e3)):
        if value * factor < 1000:
            return f"{value * factor:.3g} {unit}"
    return f"{value:.3g} s"


def rate(figure):
    return f"{float(f'{1 / figure.least:.3g}'):,.0f}"


def ratio(value):
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def spread(figure):
    return ratio(figure.ratio), seconds(figure.p50), seconds(figure.p99)


def size_of(peer):
    """Lines of the policy that are neither empty nor a comment, and how long they are."""
    texts = [(HERE / name).read_text(encoding="utf-8") for name in peer.policy]
    lines = [line for text in texts for line in text.splitlines()]
    said = [line.strip() for line in lines if line.strip() and not COMMENT.match(line)]
    return f"{len(said)} ({sum(map(len, said)) / 1000:.1f} KB)"


def speed_table(decisions, mode):
    figures = getattr(decisions, mode)
    rows = []
    for peer in DECIDE:
        if peer.key in figures:
            rows.append((peer.name, rate(figures[peer.key]), *spread(figures[peer.key])))
    return table(("", "decisions/s", "time, ours = 1", "p50", "p99"), rows)


def size_table(decisions):
    head = ("", "version", "lines of policy", "peak memory", "says of the contract's decision")
    return words(
        head,
        [
            (
                peer.name,
                decisions.versions[peer.key].replace("LuaJIT ", "") or "–",
                size_of(peer),
                f"{decisions.memory[peer.key] / 1e6:.0f} MB",
                peer.covers,
            )
            for peer in DECIDE
        ],
    )


def misspelt_table(said):
    rows = [(peer.name, *(text.replace("|", "\\|") for text in said[peer.key])) for peer in DECIDE]
    return words(("", "`form` misspelt in the policy", "`hold` misspelt in the requests"), rows)


def shares(decisions):
    counts = collections.Counter(one["verdict"] for one in decisions.wanted).most_common()
    percent = 100 / len(decisions.wanted)
    return ", ".join(f"`{verdict}` {count * percent:.1f} %" for verdict, count in counts)


def due_table(calendars):
    rows = []
    for peer in DUE:
        cells = []
        for one in calendars.values():
            figure, ours = one.figures[peer.key], one.figures["ours"]
            times = "" if figure is ours else f" ({ratio(figure.ratio)} ×)"
            cells.append(seconds(figure.least) + times)
        wrong = sum(len(one.differing(peer.key)) for one in calendars.values())
        version = next(iter(calendars.values())).versions[peer.key]
        rows.append((f"{peer.name} {version}".strip(), *cells, str(wrong)))
    return table(("", *(f"{hours} h" for hours in calendars), "other answers"), rows)


def moment(instant):
    """In the zone of the calendars."""
    if instant is None:
        return "nothing"
    return time.strftime("%a %Y-%m-%d %H:%M:%S", time.localtime(instant))


def due_examples(calendars):
    """One of each kind: no answer, and another answer."""
    lines, total = [], sum(len(one.questions) for one in calendars.values())
    os.environ["TZ"] = "Europe/Amsterdam"
    time.tzset()
    for peer in DUE:
        kinds = collections.defaultdict(list)
        for hours, one in calendars.items():
            for i in one.differing(peer.key):
                kinds[one.answers[peer.key][i] is None].append((hours, one, i))
        for missing, cases in kinds.items():
            hours, one, i = cases[0]
            question, ours = one.questions[i], one.answers["ours"][i]
            lines.append(
                f"- {peer.name}, {len(cases)} of {total:,}: "
                f"{hours} h of `{question['calendar']}` from {moment(question['start'])} "
                f"are due {moment(ours)}; it says {moment(one.answers[peer.key][i])}."
            )
    return "\n".join(lines)


def text_table(texts):
    rows = []
    for peer in texts.peers:
        one = texts.figures[peer.key]
        name = f"{peer.name} {texts.versions[peer.key]}".strip()
        rows.append((name, seconds(one.least), *spread(one)))
    return table(("", "for a text", "ours = 1", "p50", "p99"), rows)


def machine():
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    system = re.search(r'PRETTY_NAME="(.*)"', pathlib.Path("/etc/os-release").read_text())
    return f"{cpu[1] if cpu else 'unknown CPU'}, {os.cpu_count()} cores, {system[1]}"


def fill(template, **parts):
    for name, text in parts.items():
        template = template.replace("{" + name + "}", text)
    return template


def write(decisions, said, calendars, texts):
    """Replaces what stands between the markers."""
    made = fill(
        (HERE / "tables.md").read_text(encoding="utf-8"),
        date=datetime.date.today().isoformat(),
        machine=machine(),
        shares=shares(decisions),
        native=speed_table(decisions, "native"),
        json=speed_table(decisions, "json"),
        size=size_table(decisions),
        misspelt=misspelt_table(said),
        due=due_table(calendars),
        examples=due_examples(calendars),
        text=text_table(texts),
    )
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{made.strip()}\n{END}{after}", encoding="utf-8")
    print(made)
