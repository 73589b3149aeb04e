#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The examples work with the installed library and command.

Installs the build folder into a staging folder, compiles each C example as its first lines say, with
nothing but pkg-config and with warnings as errors, runs it, and compares what it prints with the file
of its name beside this one. What json.c prints must be what the command prints. Then the installed
migration.sh is played.

Usage: installed.py BUILD EXAMPLES LIBDIR BINDIR DATADIR COMPILER...
"""

import os
from pathlib import Path
import shlex
import subprocess
import sys
import tempfile

from migration import play, without_lines

HERE = Path(__file__).parent
WARNINGS = ["-Wall", "-Wextra", "-Werror"]
PACKAGES = {
    "decide": "offerpolicy",
    "calendar": "offerpolicy",
    "migration": "offerpolicy",
    "json": "offerpolicy-json",
}


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode:
        sys.exit(f"{shlex.join(map(str, command))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Stage:
    """An installed copy that nothing but this test can see."""

    def __init__(self, folder, build, directories, compiler):
        self.folder, self.compiler = Path(folder), compiler
        self.libdir, self.bindir, self.datadir = (self.folder / d.lstrip("/") for d in directories)
        run(["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", folder])
        self.environment = {
            **os.environ,
            "PKG_CONFIG_SYSROOT_DIR": str(self.folder),
            "PKG_CONFIG_PATH": str(self.libdir / "pkgconfig"),
            "LD_LIBRARY_PATH": str(self.libdir),
        }

    def run(self, command, **options):
        return run(command, env=self.environment, **options)

    def compile(self, source):
        flags = self.run(["pkg-config", "--cflags", "--libs", PACKAGES[source.stem]])
        program = self.folder / source.stem
        self.run([*self.compiler, *WARNINGS, source, *shlex.split(flags), "-o", program])
        return program


def same(name, got, wanted):
    if without_lines(got) == without_lines(wanted):
        return True
    print(f"{name} prints\n{got}instead of\n{wanted}")
    return False


def check_migration(stage, program):
    """Played twice with one store, it does nothing twice."""
    store = stage.folder / "support.db"
    twice = stage.run([program, store]) + stage.run([program, store])
    return same("migration", twice, (HERE / "migration.txt").read_text())


def main(build, examples, *arguments):
    directories, compiler = arguments[:3], arguments[3:]
    tickets = Path(examples, "requests", "default.ndjson").read_text()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(folder, build, directories, compiler)
        programs = {s.stem: stage.compile(s) for s in Path(examples, "c").glob("*.c")}
        assert programs.keys() == PACKAGES.keys(), "an example without a test"
        results = [
            same(name, stage.run([programs[name]]), (HERE / f"{name}.txt").read_text())
            for name in ("decide", "calendar")
        ]
        results.append(check_migration(stage, programs["migration"]))
        command = stage.run([stage.bindir / "offerpolicy", "decide"], input=tickets)
        results.append(same("json", stage.run([programs["json"]], input=tickets), command))
        mixed = stage.run([programs["json"]], input="{}\n" + tickets)
        mistake, *rest = mixed.splitlines(keepends=True)
        results.append(mistake.startswith('{"error":') and same("json", "".join(rest), command))
        script = stage.datadir / "offerpolicy" / "examples" / "migration.sh"
        results.append(play(script, stage.bindir / "offerpolicy", stage.environment))
    return all(results)


if __name__ == "__main__":
    sys.exit(0 if main(*sys.argv[1:]) else 1)
