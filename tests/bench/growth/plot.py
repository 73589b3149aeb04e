#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws how costs grow, and writes the section "Growth" of doc/benchmarks.md.

Usage: plot.py SOURCE_ROOT [GROWTH_PROGRAM]

Measures first if the program is named (some minutes, and 2 GB in the working directory for stores);
the figures are kept in doc/benchmarks/growth.tsv, and without the program drawn from there.
"""
import collections
import pathlib
import subprocess
import sys
from typing import NamedTuple

import matplotlib
matplotlib.use("Agg")
from matplotlib import pyplot, ticker  # noqa: E402

import page  # noqa: E402

class Curve(NamedTuple):
    name: str
    title: str
    size: str  # what the horizontal axis counts
    text: str


CURVES = [
    Curve("rules", "SLA rules", "rules in the policy", """\
Each rule is about another customer; the ticket's customer is the last one's. A decision asks bit
sets, one bit a rule, 64 rules at a time: up to a thousand rules that is lost in all else, then it
shows, at 0.03 ns a rule. Loading is linear. A policy has at most 20,000 rules."""),
    Curve("patterns", "Patterns", "patterns in the policy", """\
None of them matches 2 KB of text, so that each has to be looked for in all of it: linear, 0.1 µs a
pattern that begins with most letters, but 1.4 with K and 2.5 with S. In Unicode these have a third
form (the Kelvin sign, the long s), so that PCRE2 can't leap to the next of them; the patterns that
begin with them come between the 10th and the 20th and make that step. A prepared policy
(`ofp_policy_prepare()`) looks for the words of all patterns at once, with Vectorscan. Loading compiles
each pattern, with JIT, in 14 µs."""),
    Curve("calendars", "Calendars", "calendars in the policy", """\
A decision uses only those that its rule names: constant. Loading is linear, about 5 µs a calendar;
timelines come at first use."""),
    Curve("duration", "Duration", "open hours asked for", """\
By which time so much open time has passed, and how much passes in so many hours: both are two
searches in the sorted timeline, whatever the duration. Constant."""),
    Curve("lists", "Entitlements and migrations", "members of the request's list", """\
All of them count for the verdict and give a reason each: linear, 10 ns an entitlement and 20 ns a
migration whose end has to be worked out from its date, beside 0.13 µs for everything else."""),
    Curve("store", "Stored migrations", "migrations in the store", """\
Each step goes down an index by one org, or by what is due: it grows like the height of a tree, and
by what no longer fits into a connection's page cache. A request also writes, hashes and syncs; its
time is the processor's alone, waiting for the disk is left out."""),
]


def read_lines(lines):
    """Seconds by curve, series and size."""
    found = collections.defaultdict(lambda: collections.defaultdict(dict))
    for line in lines:
        if not line.startswith("#"):
            curve, series, size, seconds = line.split("\t")
            found[curve][series][int(size)] = float(seconds)
    return found


def measure(program, path):
    result = subprocess.run([program, "all"], check=True, stdout=subprocess.PIPE, text=True)
    path.write_text(f"# {page.describe_run()}\n{result.stdout}")


def show_time(seconds, _position=None):
    for unit, scale in (("s", 1), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)):
        if seconds >= scale or unit == "ns":
            return f"{seconds / scale:.3g} {unit}"


def draw(curve, series, path):
    figure, axes = pyplot.subplots(figsize=(5, 2.8))
    for marker, (name, points) in zip("os^D", series.items()):
        axes.plot(list(points), list(points.values()), marker=marker, markersize=4, label=name)
    axes.set(xscale="log", yscale="log", xlabel=curve.size, title=curve.title)
    low, high = axes.get_ylim()
    axes.set_ylim(low / 2, high * 2)
    if high < 100 * low:
        axes.yaxis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter(ticker.FuncFormatter(show_time))
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda size, _: f"{size:,.0f}"))
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    axes.legend(fontsize="small")
    figure.tight_layout()
    figure.savefig(path, dpi=90, metadata={"Software": None})
    pyplot.close(figure)


def write_table(figures):
    rows = ["| what grows | from, to | what is done | cost | at the largest size |",
            "|---|---|---|---:|---:|"]
    for curve in CURVES:
        for name, points in figures[curve.name].items():
            least, most = min(points), max(points)
            rows.append(f"| {curve.title} | {least:,} to {most:,} | {name} | "
                        f"{show_time(points[least])} | {show_time(points[most])} |")
    return "\n".join(rows)


def write_section(figures, origin):
    parts = ["## Growth", f"""\
The same work on inputs of several sizes, by turns in one process; the least processor time of nine
rounds counts. Both axes are logarithmic: what is linear rises by one decade in one decade.
Measured {origin}, by `tests/bench/growth/plot.py . build/tests/bench/growth`.""",
             write_table(figures)]
    for curve in CURVES:
        parts += [f"### {curve.title}", f"![{curve.title}](benchmarks/growth-{curve.name}.png)",
                  curve.text]
    return "\n\n".join(parts)


def main(root, program=None):
    doc = pathlib.Path(root) / "doc"
    kept = doc / "benchmarks/growth.tsv"
    kept.parent.mkdir(exist_ok=True)
    if program:
        measure(program, kept)
    lines = kept.read_text().splitlines()
    figures = read_lines(lines)
    for curve in CURVES:
        draw(curve, figures[curve.name], kept.with_name(f"growth-{curve.name}.png"))
    page.put_section(doc / "benchmarks.md", "growth", write_section(figures, lines[0].lstrip("# ")))


if __name__ == "__main__":
    main(*sys.argv[1:])
