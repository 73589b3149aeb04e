# SPDX-License-Identifier: MIT
"""What is different on a terminal: colours, progress, and the note that it is read from."""

import os
import pty
import re
import select
import tempfile
import threading
import time
import unittest

from support import PATIENCE, POLICY, environment, line, run, start

ESCAPE = "\033"


class Terminal:
    """A pseudo-terminal: what programs write to `end` is read here."""

    def __init__(self):
        try:
            self.own, self.end = pty.openpty()
        except OSError as reason:
            # A chroot, say, in which nobody has mounted /dev/pts.
            raise unittest.SkipTest(f"no pseudo-terminals here: {reason}") from reason

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.own)

    def hand_over(self):
        """Closes the programs' end, which they have by now."""
        os.close(self.end)

    def read(self, until=None):
        """All that is written until the last program closes it, or a text comes."""
        text = ""
        while until is None or until not in text:
            if not select.select([self.own], [], [], PATIENCE)[0]:
                raise TimeoutError(text)
            try:
                piece = os.read(self.own, 1 << 16)
            except OSError:
                break
            if not piece:
                break
            text += piece.decode()
        return text


def output_on_terminal(*words, data=b"", env=None):
    """What a command writes to a terminal on standard output."""
    with Terminal() as terminal:
        with start(*words, stdout=terminal.end, env=env) as process:
            terminal.hand_over()
            process.stdin.write(data)
            process.stdin.close()
            text = terminal.read()
            process.wait(PATIENCE)
    return text


class Colours(unittest.TestCase):
    def check(self, coloured, *options, **env):
        words = ("explain", "-p", POLICY, *options)
        text = output_on_terminal(*words, data=line("a").encode(), env=environment(**env))
        self.assertEqual(ESCAPE in text, coloured, (options, env))
        text = output_on_terminal("check", *options, "/dev/null", env=environment(**env))
        self.assertEqual(ESCAPE in text, coloured, (options, env))

    def test_on_a_terminal(self):
        self.check(True, TERM="xterm")
        self.check(True, TERM="xterm", NO_COLOR="")
        self.check(False, TERM="xterm", NO_COLOR="1")
        self.check(False, TERM="dumb")
        self.check(False)
        self.check(False, "--color=never", TERM="xterm")
        self.check(True, "--color=always", NO_COLOR="1", TERM="dumb")

    def test_elsewhere(self):
        for env in (environment(TERM="xterm"), environment(TERM="xterm", NO_COLOR="1")):
            self.assertNotIn(ESCAPE, run("check", "/dev/null", env=env)[1])
            self.assertIn(ESCAPE, run("check", "--color=always", "/dev/null", env=env)[1])

    def test_of_messages_go_by_the_terminal_they_go_to(self):
        with Terminal() as terminal:
            words = ("decide", "-p", "/dev/null")
            with start(*words, stderr=terminal.end, env=environment(TERM="xterm")) as process:
                terminal.hand_over()
                text = terminal.read()
                process.communicate()
        self.assertIn(f"{ESCAPE}[1;31merror:", text)
        self.assertNotIn(ESCAPE, run("decide", "-p", "/dev/null", env=environment(TERM="xterm"))[2])


class Progress(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = tempfile.NamedTemporaryFile("w", suffix=".ndjson")
        cls.addClassCleanup(cls.file.close)
        cls.count = 10000
        for _ in range(cls.count):
            cls.file.write(line("a"))
        cls.file.flush()

    def run_on_terminal(self, *words, env=None, **options):
        """What a run over the file writes to a terminal on standard error. The decisions are taken
        out of their pipe slowly, however fast they come, so that there is progress to show."""
        with Terminal() as terminal, open(os.devnull, "rb") as nothing:
            options.setdefault("stdin", nothing)
            env = env or environment(TERM="xterm", COLUMNS="79")
            words = ("decide", "-j1", "-p", POLICY, *words)
            with start(*words, stderr=terminal.end, env=env, **options) as process:
                terminal.hand_over()
                drain = threading.Thread(target=self.drain, args=(process.stdout,))
                drain.start()
                text = terminal.read()
                drain.join(PATIENCE)
                process.wait(PATIENCE)
        return text

    @staticmethod
    def drain(pipe):
        """Reads what comes, slowly for two seconds."""
        end = time.monotonic() + 2
        while pipe.read1(1 << 16):
            if time.monotonic() < end:
                time.sleep(0.02)

    def test_line(self):
        text = self.run_on_terminal(self.file.name)
        draws = text.split("\r")[1:]
        self.assertGreater(len(draws), 2)
        shown = []
        for draw in draws[:-1]:
            found = re.fullmatch(
                r" *(\d+) %  ([\d,]+) documents, ([\d,]+) a second, \d+:\d\d left\033\[K", draw
            )
            self.assertTrue(found, draw)
            self.assertLess(len(draw) - len("\033[K"), 79)
            self.assertGreater(int(found[3].replace(",", "")), 0)
            shown.append((int(found[1]), int(found[2].replace(",", ""))))
        self.assertEqual(shown, sorted(shown))
        self.assertLessEqual(shown[-1][0], 100)
        self.assertLessEqual(shown[-1][1], self.count)
        # The rate of reading and of counting agree.
        self.assertAlmostEqual(shown[-1][0], shown[-1][1] * 100 / self.count, delta=20)
        # At the end it is gone.
        self.assertEqual(draws[-1], "\033[K")

    def test_from_standard_input(self):
        with open(self.file.name, "rb") as file:
            self.assertIn(" % ", self.run_on_terminal(stdin=file))

    def test_a_message_takes_the_place_of_the_line(self):
        text = self.run_on_terminal(self.file.name, "/", self.file.name)
        # A folder has no size to read: there is no progress then.
        self.assertNotIn(" % ", text)
        with tempfile.NamedTemporaryFile("w") as bad:
            bad.write("x\n")
            bad.flush()
            text = self.run_on_terminal(self.file.name, bad.name)
        self.assertIn("left\033[K\r\033[Kofferpolicy: bad requests: 1 of", text)

    def test_narrow_terminal(self):
        env = environment(TERM="xterm", COLUMNS="20")
        for draw in self.run_on_terminal(self.file.name, env=env).split("\r")[1:]:
            self.assertLess(len(draw.replace("\033[K", "")), 20)

    def test_none_where_it_would_be_in_the_way(self):
        plain = environment(TERM="dumb")
        self.assertEqual(self.run_on_terminal(self.file.name, env=plain), "")
        # Standard output is the terminal, too.
        text = output_on_terminal("help", env=environment(TERM="xterm"))
        self.assertNotIn(ESCAPE, text)
        # Standard error is none.
        env = environment(TERM="xterm")
        status, _, err = run("decide", "-j1", "-p", POLICY, self.file.name, env=env)
        self.assertEqual((status, err), (0, ""))

    def test_none_for_what_is_done_at_once(self):
        with tempfile.NamedTemporaryFile("w") as short:
            short.write(line("a"))
            short.flush()
            self.assertEqual(self.run_on_terminal(short.name), "")

    def test_none_for_pipes(self):
        reader, writer = os.pipe()
        os.write(writer, line("a").encode())
        os.close(writer)
        self.assertEqual(self.run_on_terminal(stdin=reader), "")
        os.close(reader)


class Reading(unittest.TestCase):
    def test_from_a_terminal_is_told(self):
        for command, noun in (("decide", "requests"), ("calendar", "questions")):
            with Terminal() as terminal:
                with start(command, "-p", POLICY, stdin=terminal.end) as process:
                    os.write(terminal.own, b"x\n\x04")
                    terminal.hand_over()
                    out, err = process.communicate(timeout=PATIENCE)
            self.assertEqual(process.returncode, 1)
            self.assertIn(b"OFP-301", out)
            self.assertTrue(
                err.decode().startswith(
                    f"offerpolicy: reading {noun} from the terminal, one JSON document a line; "
                    "Ctrl-D ends them\n"
                )
            )


if __name__ == "__main__":
    unittest.main()
