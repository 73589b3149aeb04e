# SPDX-License-Identifier: MIT
"""Compares answers one by one, and measures peers by turns."""
import dataclasses
import statistics

ROUNDS, SLICE, WARM_UP = 5, 0.3, 1.5


def answer_of(document):
    """What is compared: of the library's document, the same parts that peers give."""
    if not isinstance(document, dict):
        return document
    if "actions" in document:
        targets = (document["sla"] or {}).get("targets", ())
        actions = [(one["do"], one.get("tag")) for one in document["actions"]]
        seconds = [one["seconds"] for one in targets if one["metric"] == "first_reply"]
        document = {
            "verdict": document["verdict"],
            "level": document["level"],
            "first_reply": seconds[0] // 60 if seconds else None,
            "add": [tag for do, tag in actions if do == "ticket.add_tag"],
            "remove": [tag for do, tag in actions if do == "ticket.remove_tag"],
        }
    # Lua knows no difference between an empty list and an empty object, and no null in a table.
    tags = {key: sorted(document[key] or ()) for key in ("add", "remove")}
    return {"first_reply": None, **document, **tags}


def answers_of(child, mode):
    return [answer_of(one) for one in child.answers(mode)]


def differences(answers, wanted):
    """Numbers of the inputs whose answers differ."""
    return [i for i, (got, right) in enumerate(zip(answers, wanted, strict=True)) if got != right]


@dataclasses.dataclass
class Figure:
    """Of one peer in one mode; times in seconds for one input."""

    least: float
    ratio: float  # to the first peer in the same mode, the median of all rounds
    p50: float = 0.0
    p99: float = 0.0


def count_passes(child, mode):
    """How many passes fill a slice; this also warms up what compiles while it runs."""
    taken = warm = child.round(mode, 1)
    passes = 1
    while warm < WARM_UP:
        taken = child.round(mode, passes)
        warm += taken
    while taken < SLICE:
        passes *= 2
        taken = child.round(mode, passes)
    return passes


def percentile(values, percent):
    return values[min(len(values) - 1, len(values) * percent // 100)] / 1e9


def measure(children, mode, count, with_latency=True):
    """All children that know the mode, by turns. @return figures by key"""
    children = [child for child in children if mode in child.modes]
    passes = {child: count_passes(child, mode) for child in children}
    rounds = [
        {child: child.round(mode, passes[child]) / passes[child] / count for child in children}
        for _ in range(ROUNDS)
    ]
    figures = {}
    for child in children:
        ratio = statistics.median(one[child] / one[children[0]] for one in rounds)
        figure = Figure(min(one[child] for one in rounds), ratio)
        if with_latency:
            latencies = child.latencies(mode)
            figure.p50, figure.p99 = percentile(latencies, 50), percentile(latencies, 99)
        figures[child.peer.key] = figure
    return figures
