# SPDX-License-Identifier: MIT
"""Builds mutants and runs tests on them, without touching the build folder.

A mutated file is compiled as Meson compiles the original, in a folder of its own in which the
other files of its room are links. The tests' programs are then linked as Meson links them, with
the mutated object before the archives: a linker takes nothing from an archive that it already has.
"""
import json
import os
import shlex
import signal
import subprocess
import time
from functools import lru_cache
from pathlib import Path

ADDRESS_LIMIT = 4 << 30
WAITING_LIMIT = 180  # for tests that wait for something that never comes


class Build:
    """A build folder that Meson has configured."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        self.root = Path(self.read("meson-info/meson-info.json")["directories"]["source"])
        self.tests = {test["name"]: test for test in self.read("meson-info/intro-tests.json")}
        self.targets = {target["id"]: target
                        for target in self.read("meson-info/intro-targets.json")}
        self.commands = self.read("compile_commands.json")
        options = {option["name"]: option["value"]
                   for option in self.read("meson-info/intro-buildoptions.json")}
        self.sanitized = options["b_sanitize"] != "none"

    def read(self, path):
        return json.loads((self.folder / path).read_text(encoding="utf-8"))

    def ninja(self, *arguments):
        done = subprocess.run(["ninja", "-C", self.folder, "--quiet", *arguments],
                              stdout=subprocess.PIPE, encoding="utf-8", check=True)
        return done.stdout

    def needs_of(self, test, kind=None):
        """What must be built for a test, as ninja knows it."""
        targets = [self.targets[one] for one in self.tests[test]["depends"]]
        return [os.path.relpath(name, self.folder) for target in targets
                if kind in (None, target["type"]) for name in target["filename"]]

    def make(self, steps):
        """Builds what the tests need, and the library."""
        needed = {name for step in steps for name in self.needs_of(step.test)}
        self.ninja(*sorted(needed))

    @lru_cache(maxsize=None)
    def link_command(self, target):
        return shlex.split(self.ninja("-t", "commands", target).splitlines()[-1])

    def libraries_of(self, target):
        """The shared libraries of lib/ that it is linked with."""
        return [word for word in self.link_command(target)
                if word.startswith("lib/libofferpolicy.so")]

    @lru_cache(maxsize=None)
    def compile_command(self, output):
        """(source, command), without what notes dependencies and debugs."""
        entry, = [one for one in self.commands if one["output"] == output]
        words, command = iter(shlex.split(entry["command"])), []
        for word in words:
            if word in ("-MQ", "-MF", "-o"):
                next(words)
            elif word not in ("-MD", "ccache") and not word.startswith("-g"):
                command.append(word)
        return entry["file"], command + ["-w"]

    def users_of(self, file, programs):
        """The objects that must be compiled again when a file of lib/ changes: those of lib/ and
        of these programs."""
        wanted = os.path.relpath(self.root / file, self.folder)
        if not file.endswith(".h"):
            return [one["output"] for one in self.commands if one["file"] == wanted]
        folders = ("lib/", *(program + ".p/" for program in programs))
        users, user = [], None
        for line in self.ninja("-t", "deps").splitlines():
            if not line.startswith(" "):
                user = line.partition(":")[0]
            elif line.strip() == wanted and user.endswith(".c.o") and user.startswith(folders):
                users.append(user)
        return users

    def include_arguments(self, file):
        """For reading a file: of a header, with what its room may include."""
        room = str(Path(file).parent)
        output = next(one["output"] for one in self.commands
                      if os.path.normpath(self.folder / one["file"]).startswith(
                          str(self.root / room) + "/"))
        words = self.compile_command(output)[1]
        return [f"-I{self.folder / word[2:]}" if word.startswith("-I") else word
                for word in words if word.startswith(("-I", "-D", "-std="))]


def archive_of(name):
    """lib/base/libbase.a of lib/base/libbase.a.p/text.c.o"""
    return os.path.dirname(name).removesuffix(".p")


class Step:
    """A test of the build folder, or a part of one."""

    def __init__(self, test, case=None, arguments=()):
        self.test = test
        self.case = case
        self.arguments = list(arguments)
        self.seconds = None  # of CPU; what it takes without a mutant

    def __str__(self):
        return self.test + (f" ({self.case})" if self.case else "")


class Workshop:
    """Where one mutant at a time is made and tried."""

    def __init__(self, build, folder, room):
        self.build = build
        self.folder = folder
        self.room = room
        self.shadow = folder / Path(room).name
        self.shadow.mkdir(parents=True, exist_ok=True)
        self.objects = {}
        self.programs = {}
        self.link_all()

    def link_all(self):
        for path in (self.build.root / self.room).iterdir():
            self.link(path)

    def link(self, path):
        link = self.shadow / path.name
        link.unlink(missing_ok=True)
        link.symlink_to(path)

    def object_path(self, output):
        return self.folder / "objects" / output.replace("/", "_")

    def compile(self, file, text, outputs):
        """@return False: it does not compile"""
        self.objects, self.programs = {}, {}
        original = self.build.root / file
        mutated = self.shadow / original.name
        mutated.unlink()
        mutated.write_text(text, encoding="latin-1")
        try:
            return all(self.compile_one(output) for output in outputs)
        finally:
            self.link(original)

    def compile_one(self, output):
        source, command = self.build.compile_command(output)
        room = os.path.relpath(self.build.root / self.room, self.build.folder)
        if os.path.dirname(source) == room:
            source_here = str(self.shadow / os.path.basename(source))
        else:
            source_here = source
        words = [source_here if word == source else
                 f"-I{self.shadow}" if word == f"-I{room}" else word for word in command]
        made = self.object_path(output)
        made.parent.mkdir(exist_ok=True)
        done = subprocess.run(words + ["-o", made], cwd=self.build.folder, check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.objects[output] = str(made)
        return done.returncode == 0

    def bytes_of(self, outputs):
        return [self.object_path(output).read_bytes() for output in outputs]

    # Linking and running

    def link_words(self, target, made):
        """The words of the command that links a target, with the mutated objects."""
        words = iter(self.build.link_command(target))
        left = dict(self.objects)
        result, whole = [], False
        for word in words:
            if word == "-o":
                next(words)
                result += ["-o", str(made)]
                continue
            if word == "-Wl,--whole-archive":
                whole = True
            elif word == "-Wl,--no-whole-archive":
                whole = False
            if word.endswith(".a") and whole:
                result += [left.pop(one, one) for one in self.members(word)]
            else:
                result.append(left.pop(word, word))
        at = result.index(str(made)) + 1
        result[at:at] = [path for name, path in left.items() if archive_of(name) in result]
        return result

    @lru_cache(maxsize=None)
    def members(self, archive):
        return subprocess.run(["ar", "t", archive], cwd=self.build.folder, check=True,
                              stdout=subprocess.PIPE, encoding="utf-8").stdout.split()

    def program(self, target):
        """The path of a program or library with the mutant in it."""
        if target not in self.programs:
            made = self.folder / "programs" / os.path.basename(target)
            made.parent.mkdir(exist_ok=True)
            subprocess.run(self.link_words(target, made), cwd=self.build.folder, check=True,
                           capture_output=True)
            self.programs[target] = str(made)
        return self.programs[target]

    def command(self, step):
        """(words, environment) of a step on the mutant."""
        test = self.build.tests[step.test]
        environment = os.environ | test["env"] | {"MALLOC_PERTURB_": "165", "OFP_TEST_SEED": "1",
                                           "UBSAN_OPTIONS": "halt_on_error=1"}
        if step.case:
            environment["CK_RUN_CASE"] = step.case
        replaced = {}
        for target in self.build.needs_of(step.test, "executable"):
            made = self.program(target)
            replaced |= {target: made, str(self.build.folder / target): made}
            for library in self.build.libraries_of(target):
                folder = os.path.dirname(self.program(library))
                environment["LD_LIBRARY_PATH"] = f"{folder}:{environment['LD_LIBRARY_PATH']}"
        return [replaced.get(word, word) for word in test["cmd"]] + step.arguments, environment

    def run(self, step):
        """How a step ends: passed, failed or endless, and its seconds of CPU."""
        words, environment = self.command(step)
        limit = 3600 if step.seconds is None else 2 + int(3 * step.seconds)
        limits = ["prlimit", f"--cpu={limit}", "--core=0"]
        if not self.build.sanitized:
            limits.append(f"--as={ADDRESS_LIMIT}")
        process = subprocess.Popen(limits + words, env=environment, cwd=self.build.folder,
                                   start_new_session=True, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        return self.wait(process, limit)

    @staticmethod
    def wait(process, limit):
        end = time.monotonic() + max(WAITING_LIMIT, 20 * limit)
        while time.monotonic() < end:
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                process.returncode = os.waitstatus_to_exitcode(status)
                endless = process.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
                outcome = ("passed" if process.returncode == 0 else
                           "endless" if endless else "failed")
                return outcome, usage.ru_utime + usage.ru_stime
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return "endless", limit
