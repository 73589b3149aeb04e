#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Mutation testing of lib/decide and lib/calendar: do the tests notice small mistakes?"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from accepted import Accepted, as_paragraph
from mutants import find_mutants
from workshop import Build, Step, Workshop

HERE = Path(__file__).resolve().parent
# By room: tests that ask much of it, beside its own.
OTHERS = {
    "lib/decide": [Step("decide without allocating"), Step("json decisions"), Step("document"), Step("sentence"), Step("explain")],
    "lib/calendar": [Step("json questions"), Step("compile"), Step("sentence")],
}
# Rooms whose tests take so long that it pays to begin with the quickest of their cases.
BY_CASE = {"lib/calendar"}
# With sanitizers these take longer than all others, and run for the file of that name alone.
LONG = {"model", "tzif"}
EVERYWHERE = [
    Step("random against models",
         arguments=["--seed", "1", "--policies", "1", "--questions", "100", "--requests", "200"]),
    Step("faults"),
]
OUTCOMES = ["killed", "endless", "survived", "accepted", "same", "invalid"]


def room_of(file):
    return str(Path(file).parent)


def steps_of(room, build):
    """The tests of a room: its own and those above. With sanitizers its own alone."""
    test = Path(room).name
    own = [Step(test)]
    if room in BY_CASE:
        own = [Step(test, case) for case in cases_of(build.root / "tests" / test)]
    if build.sanitized:
        return own
    return own + [step for step in OTHERS[room] + EVERYWHERE if step.test in build.tests]


def cases_of(folder):
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.c"))]
    return re.findall(r'tcase_create\("([^"]+)"\)', "".join(texts))


class Bench:
    """One build of one room, with its tests, the quickest first."""

    def __init__(self, build, room, place, limit):
        self.room = room
        self.limit = limit  # seconds that a step may take
        self.build = build
        self.steps = steps_of(room, build)
        build.make(self.steps)
        shop = Workshop(build, place, room)
        for step in self.steps:
            outcome, step.seconds = shop.run(step)
            if outcome != "passed":
                sys.exit(f"{build.folder}: {step} fails without a mutant")
        self.steps.sort(key=lambda step: step.seconds)
        print(f"{build.folder.name}, {room}: " +
              ", ".join(f"{step} {step.seconds:.1f} s" for step in self.steps), flush=True)
        self.programs = {name for step in self.steps
                         for name in build.needs_of(step.test, "executable")}


    def steps_for(self, mutant):
        """The case that has the file's name goes first: it is the likeliest to notice."""
        stem = Path(mutant.file).stem
        return [step for step in self.steps if step.case == stem] + [
            step for step in self.steps if step.case != stem and not self.is_left_out(step)]

    def is_left_out(self, step):
        return step.seconds > self.limit or (self.build.sanitized and step.case in LONG)


class Worker:
    """Tries mutants, one after the other, in a folder of its own."""

    def __init__(self, benches, folder):
        place = Path(tempfile.mkdtemp(dir=folder))
        self.benches = [(bench, Workshop(bench.build, place / str(number), bench.room))
                        for number, bench in enumerate(benches)]
        self.originals = {}

    def original(self, number, shop, source, outputs):
        """The objects without a mutant."""
        key = number, source.file
        if key not in self.originals:
            shop.compile(source.file, source.text, outputs)
            self.originals[key] = shop.bytes_of(outputs)
        return self.originals[key]

    def try_one(self, source, mutant):
        """(outcome, by which test)"""
        for number, (bench, shop) in enumerate(self.benches):
            if bench.room != room_of(mutant.file):
                continue
            outputs = bench.build.users_of(mutant.file, frozenset(bench.programs))
            original = self.original(number, shop, source, outputs)
            text = source.replaced(mutant.start, mutant.end, mutant.text)
            if not shop.compile(mutant.file, text, outputs):
                return "invalid", None
            if shop.bytes_of(outputs) == original:
                return "same", None
            for step in bench.steps_for(mutant):
                outcome, _ = shop.run(step)
                if outcome != "passed":
                    by = f"{step}, sanitized" if bench.build.sanitized else str(step)
                    return "killed" if outcome == "failed" else outcome, by
        return "survived", None


worker = None  # of this process


def start_worker(benches, folder):
    global worker  # pylint: disable=global-statement
    worker = Worker(benches, folder)


def try_mutant(source, mutant):
    try:
        return worker.try_one(source, mutant)
    except subprocess.CalledProcessError:
        return "invalid", None  # it does not link


class Results:
    """What came out so far, kept in a file, so that a run can go on where it ended."""

    def __init__(self, path):
        self.path = path
        self.known = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                result = json.loads(line)
                self.known[result["id"]] = result

    def add(self, mutant, outcome, by):
        result = {"id": mutant.id, "outcome": outcome, "by": by, "file": mutant.file,
                  "line": mutant.line, "before": mutant.before, "after": mutant.after}
        self.known[mutant.id] = result
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(result) + "\n")

    def outcome(self, mutant):
        return self.known[mutant.id]["outcome"] if mutant.id in self.known else None


def find_all(build, files):
    """(source, mutant) in an order that has nothing to do with where they stand: so the first
    hundred are as good a sample as any."""
    resources = subprocess.run(["clang", "-print-resource-dir"], stdout=subprocess.PIPE,
                               check=True, encoding="utf-8").stdout.strip()
    found = []
    for file in files:
        arguments = build.include_arguments(file) + ["-resource-dir", resources]
        source, those = find_mutants(build.root, file, arguments)
        found += [(source, mutant) for mutant in those]
    return sorted(found, key=lambda pair: pair[1].id)


def default_files(build):
    return sorted(str(path.relative_to(build.root)) for room in OTHERS
                  for path in (build.root / room).iterdir() if path.suffix in (".c", ".h"))


def is_left(mutant, results, accepted, again):
    """Is it still to be tried? What is accepted is not tried again."""
    outcome = results.outcome(mutant)
    return outcome is None or (again and outcome == "survived" and not accepted.knows(mutant))


def play(options, builds, left, results):
    """Tries the mutants that are left."""
    folder = options.folder / "work"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rooms = sorted({room_of(mutant.file) for _, mutant in left})
    benches = [Bench(build, room, folder / "proof", options.limit)
               for room in rooms for build in builds]
    with ProcessPoolExecutor(options.jobs, initializer=start_worker,
                             initargs=(benches, folder)) as pool:
        futures = {pool.submit(try_mutant, *pair): pair[1] for pair in left}
        try:
            for number, future in enumerate(as_completed(futures), 1):
                mutant = futures[future]
                outcome, by = future.result()
                results.add(mutant, outcome, by)
                print(f"{number}/{len(left)} {mutant.file}:{mutant.line} {outcome}"
                      f"{' by ' + by if by else ''}", flush=True)
        finally:
            pool.shutdown(cancel_futures=True)
    shutil.rmtree(folder)


def report(chosen, results, accepted):
    """Prints the table and what is wrong. @return how many mutants live that should not"""
    table, survivors = {}, []
    for _, mutant in chosen:
        outcome = results.outcome(mutant)
        if outcome == "survived" and accepted.use(mutant):
            outcome = "accepted"
        table.setdefault(mutant.file, Counter())[outcome] += 1
        if outcome == "survived":
            survivors.append(mutant)
    table["in all"] = sum(table.values(), Counter())
    print(f"\n{'':28}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES))
    for file, counts in sorted(table.items(), key=lambda row: (row[0] == "in all", row[0])):
        print(f"{file:28}" + "".join(f"{counts[outcome]:>10}" for outcome in OUTCOMES))
    for mutant in sorted(survivors, key=lambda one: (one.file, one.start, one.after)):
        print(f"\n# line {mutant.line}\n{as_paragraph(mutant)}", end="")
    return len(survivors)


def report_unused(accepted, files):
    unused = accepted.unused(files)
    for file, function, before, after in unused:
        print(f"\nequivalent.txt has what no run needs: {file} {function}\n- {before}\n+ {after}")
    return len(unused)


def parse_options():
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("build", metavar="BUILD", help="a build folder, best a release build")
    parser.add_argument("--sanitized", metavar="BUILD",
                        help="one with ASan and UBSan, for those that survive the first")
    parser.add_argument("--files", nargs="+", metavar="FILE", help="only these, such as "
                        "lib/decide/sla.c")
    parser.add_argument("--sample", type=int, metavar="N", help="N mutants of all those files")
    parser.add_argument("--limit", type=float, metavar="SECONDS", default=3600,
                        help="only tests that take no longer")
    parser.add_argument("--again", action="store_true", help="try those again that survived and are not accepted")
    parser.add_argument("--folder", type=Path, help="for results; BUILD/mutation if not given")
    parser.add_argument("--fresh", action="store_true", help="forget what came out before")
    parser.add_argument("--list", action="store_true", help="only show the mutants")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    return parser.parse_args()


def main():
    options = parse_options()
    builds = [Build(folder) for folder in (options.build, options.sanitized) if folder]
    files = options.files or default_files(builds[0])
    builds[0].make([Step(Path(room).name) for room in OTHERS])  # and generated headers with them
    chosen = find_all(builds[0], files)[:options.sample]
    if options.list:
        print("\n".join(as_paragraph(mutant) for _, mutant in chosen))
        return 0
    options.folder = (options.folder or builds[0].folder / "mutation").resolve()
    options.folder.mkdir(parents=True, exist_ok=True)
    kept = options.folder / "results.ndjson"
    if options.fresh:
        kept.unlink(missing_ok=True)
    results = Results(kept)
    accepted = Accepted(HERE / "equivalent.txt")
    left = [pair for pair in chosen if is_left(pair[1], results, accepted, options.again)]
    left.sort(key=lambda pair: results.outcome(pair[1]) is None)
    if left:
        play(options, builds, left, results)
    wrong = report(chosen, results, accepted)
    if not options.sample:
        wrong += report_unused(accepted, files)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
