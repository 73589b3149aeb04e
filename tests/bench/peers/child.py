# SPDX-License-Identifier: MIT
"""A peer that runs, and the commands of common/peer.h."""
import json
import pathlib
import re
import subprocess
import tempfile

from catalogue import ROOT, environment


class Failed(Exception):
    """The peer ended; its message is the first line that it wrote to its standard error."""


OUR_PATHS = re.compile(rf"({tempfile.gettempdir()}|{ROOT})/[\w./-]*/")
TELLING = re.compile(r"(error|unknown|undefined|no such|\[[A-Z]+-?\d+\]).*[^:]$", re.I)


def first_line(text):
    """What it says, without the lines around it that show code, and without our own paths."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if TELLING.search(line)]
    said = (telling or lines or ["it ends without a word"])[0]
    return OUR_PATHS.sub("", said).replace("`", "'")


class Child:
    """Answers of `mode`s "native" and "json"."""

    def __init__(self, peer, build, inputs, **more):
        self.peer = peer
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            peer.start_with(build, inputs, **more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            env=environment(build),
        )
        self.about = json.loads(self._read())
        self.modes = self.about["modes"]

    def _read(self):
        line = self.process.stdout.readline()
        if line.startswith(("{", "d")) or re.match(r"[-\d. ]+$", line):
            return line
        rest = self.process.stdout.read()
        self.process.wait()
        self.errors.seek(0)
        raise Failed(first_line(line + rest + self.errors.read()))

    def _ask(self, *command):
        try:
            self.process.stdin.write(" ".join(map(str, command)) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        return self._read()

    def answers(self, mode):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "answers"
            self._ask("answers", mode, path)
            return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def round(self, mode, passes):
        """CPU seconds of so many passes."""
        return float(self._ask("round", mode, passes))

    def latencies(self, mode):
        """Nanoseconds for each input, sorted."""
        return sorted(map(int, map(float, self._ask("latency", mode).split())))

    def peak_memory(self):
        """Bytes, so far."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()
