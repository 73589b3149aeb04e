# SPDX-License-Identifier: MIT
"""Streams of documents: framing, order, slow and closed pipes, bad lines, limits, memory."""

import json
import os
import re
import resource
import select
import subprocess
import tempfile
import threading
import time
import unittest

from support import (
    FULL,
    LIMIT,
    PATIENCE,
    POLICY,
    SANITIZED,
    line,
    request,
    run,
    start,
    tickets,
)


def decide(data, *words, **options):
    return run("decide", "-p", POLICY, *words, data=data, **options)


def pretty(ticket, indent=2):
    return json.dumps(request(ticket), indent=indent)


class Framing(unittest.TestCase):
    def check(self, data, expected, bad=False):
        for jobs in ("-j1", "-j3"):
            status, out, err = decide(data, jobs)
            self.assertEqual(tickets(out), expected)
            self.assertEqual(status, 1 if bad else 0)
            self.assertEqual(err != "", bad)

    def test_nothing(self):
        for data in (b"", b"\n", b"\n \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"):
            self.check(data, [])

    def test_line_ends(self):
        a, b = line("a"), line("b")
        self.check(a + b, ["a", "b"])
        self.check(a + b.rstrip("\n"), ["a", "b"])
        self.check((a + b).replace("\n", "\r\n"), ["a", "b"])
        self.check("\n\n" + a + "  \n" + b + "\n\n", ["a", "b"])
        self.check("  " + a + "\t" + b, ["a", "b"])

    def test_byte_order_mark(self):
        self.check("\ufeff" + line("a") + line("b"), ["a", "b"])
        self.check("\ufeff" + pretty("a"), ["a"])
        # Only at the start: elsewhere it is no JSON.
        self.check(line("a") + "\ufeff" + line("b"), ["a", ("OFP-301", 2)], bad=True)

    def test_line_numbers(self):
        data = "\n" + line("a") + "nonsense\n\n\r\n" + pretty("b") + "\nnonsense"
        lines = data.count("\n") + 1
        self.check(data, ["a", ("OFP-301", 3), "b", ("OFP-301", lines)], bad=True)

    def test_documents_over_several_lines(self):
        for indent in (2, 0, "\t"):
            a, b = pretty("a", indent), pretty("b", indent)
            self.check(a, ["a"])
            self.check(a + "\n", ["a"])
            self.check(a.replace("\n", "\r\n"), ["a"])
            self.check(a + "\n" + b + "\n" + line("c") + a, ["a", "b", "c", "a"])
        self.check("  " + pretty("a").replace("\n", "\n\n  "), ["a"])
        self.check(pretty("a").replace(",\n", "\n,"), ["a"])

    def test_brackets_in_texts_do_not_count(self):
        odd = '"\\"}]{[\\\\'
        text = json.dumps(request("a", subject=odd, description="}" * 9), indent=1)
        self.check(text + "\n" + line("b"), ["a", "b"])

    def test_a_list_is_no_request(self):
        self.check("[" + line("a").strip() + "]\n" + line("b"), [("OFP-307", 1), "b"], bad=True)

    def test_broken_lines_leave_the_others_alone(self):
        for broken in ('{"a', '{"a"', '{"a": [', '{"a": 1,', "{", "}", "]", "x", '{"a": }', "{}}"):
            for before, after in (("", ""), ("", line("c")), (line("c"), line("d"))):
                found = tickets(decide(before + broken + "\n" + line("a") + after)[1])
                place = 2 if before else 1
                self.assertIn(("OFP-301", place), found, broken)
                self.assertEqual(found.count("a"), 1, broken)
                self.assertEqual(len(found), 2 + bool(before) + bool(after), broken)

    def test_a_broken_document_leaves_the_next_alone(self):
        # Its end is missing: each of its lines is a bad record, the next document is whole.
        lines = pretty("a").split("\n")[:-2]
        data = "\n".join(lines) + "\n" + pretty("b") + "\n" + line("c")
        found = tickets(decide(data)[1])
        self.assertEqual(found[-2:], ["b", "c"])
        self.assertEqual([place for _, place in found[:-2]], list(range(1, len(lines) + 1)))

    def test_an_open_bracket_does_not_cost_the_square(self):
        # Each of these lines could be the start of a document that never ends.
        began = time.monotonic()
        for start_of_document in (" {\n", " [\n", "{,\n"):
            status, out, _ = decide(start_of_document * 200000)
            self.assertEqual(status, 1)
            self.assertEqual(out.count("\n"), 200000)
        self.assertLess(time.monotonic() - began, PATIENCE)

    def test_bytes_that_are_no_text(self):
        data = line("a").encode() + b'{"\xff": 1}\n\x00\n' + line("b").encode()
        found = tickets(decide(data)[1])
        self.assertEqual([found[0], found[-1]], ["a", "b"])
        self.assertEqual([place for _, place in found[1:-1]], [2, 3])


class Pretty(unittest.TestCase):
    def test_same_documents_over_several_lines(self):
        odd = line('q"}]{[,:\\', subject="a").replace("}\n", ', "migrations": []}\n')
        data = line("a") + "x\n" + odd
        plain = decide(data)[1].splitlines()
        status, out, _ = decide(data, "--pretty")
        self.assertEqual(status, 1)
        expected = "".join(
            json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n" for text in plain
        )
        self.assertEqual(out, expected)

    def test_of_answers_about_calendars(self):
        question = {
            "id": "q", "calendar": "emea", "op": "periods", "start": "2026-11-20T18:00:00Z",
            "count": 0,
        }
        for count in (0, 2):
            data = json.dumps({**question, "count": count})
            plain = run("calendar", "-p", POLICY, data=data)[1]
            out = run("calendar", "-p", POLICY, "--pretty", data=data)[1]
            self.assertEqual(out, json.dumps(json.loads(plain), indent=2) + "\n")


class Order(unittest.TestCase):
    def test_many_lines(self):
        lines, expected = [], []
        for i in range(20000):
            if i % 97 == 5:
                lines.append("{broken\n")
                expected.append(("OFP-301", i + 1))
            elif i % 89 == 7:
                # Much slower than the others: its offering must be found in a long text.
                text = "cloud saas northwind " * 400
                lines.append(line(f"t{i}", offering=None, subject=text).replace(
                    '"offering": null, ', ""))
                expected.append(f"t{i}")
            else:
                lines.append(line(f"t{i}"))
                expected.append(f"t{i}")
        data = "".join(lines)
        bad = sum(isinstance(one, tuple) for one in expected)
        outputs = set()
        for jobs in (1, 2, 4, 16):
            status, out, err = decide(data, "--jobs", jobs)
            self.assertEqual(status, 1)
            self.assertEqual(
                err,
                f"offerpolicy: bad requests: {bad} of 20000; "
                "each was answered with an error document\n",
            )
            outputs.add(out)
        self.assertEqual(len(outputs), 1)
        self.assertEqual(tickets(outputs.pop()), expected)

    def test_answers_larger_than_a_batch_holds(self):
        # Short questions, long answers: the output of one batch does not fit into its buffer.
        question = {
            "calendar": "emea", "op": "periods", "start": "2026-11-20T18:00:00Z", "count": 1000,
        }
        lines = [json.dumps({"id": f"q{i}", **question}) for i in range(200)]
        # Padded, so that there are several batches and one has to wait for another.
        data = "".join(text + " " * 8000 + "}\n" for text in (one[:-1] for one in lines))
        outputs = []
        for jobs in (1, 4):
            status, out, err = run("calendar", "-p", POLICY, "-j", jobs, data=data)
            self.assertEqual((status, err), (0, ""))
            outputs.append(out)
        self.assertEqual(outputs[0], outputs[1])
        self.assertGreater(len(outputs[0]), 5 << 20)
        ids = [json.loads(text)["id"] for text in outputs[0].splitlines()]
        self.assertEqual(ids, [f"q{i}" for i in range(200)])


class Pipes(unittest.TestCase):
    def read_line(self, process):
        """One line of output, or a failure if it takes too long."""
        text = b""
        while not text.endswith(b"\n"):
            ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
            self.assertTrue(ready, "no answer")
            piece = os.read(process.stdout.fileno(), 1 << 20)
            self.assertTrue(piece, "the output ended")
            text += piece
        return text.decode()

    def test_slow_input_is_answered_line_by_line(self):
        for command in (["decide", "-j1"], ["decide", "-j3"], ["explain"]):
            with start(*command, "-p", POLICY) as process:
                for ticket in ("first", "second", "third"):
                    text = line(ticket).encode()
                    process.stdin.write(text[:40])
                    process.stdin.flush()
                    self.assertFalse(select.select([process.stdout], [], [], 0.05)[0])
                    process.stdin.write(text[40:])
                    process.stdin.flush()
                    self.assertIn(ticket, self.read_line(process))
                process.stdin.close()
                self.assertEqual(process.wait(PATIENCE), 0)

    def test_slow_document_over_several_lines(self):
        with start("decide", "-p", POLICY) as process:
            for text in pretty("a").split("\n"):
                process.stdin.write(text.encode() + b"\n")
                process.stdin.flush()
                time.sleep(0.005)
            # Answered as soon as its last bracket closes, not only at the end of the input.
            self.assertEqual(tickets(self.read_line(process)), ["a"])
            process.stdin.close()
            self.assertEqual(process.wait(PATIENCE), 0)

    def test_output_nobody_reads(self):
        for jobs in ("-j1", "-j4"):
            with start("decide", "-p", POLICY, jobs) as process:
                feeder = threading.Thread(target=self.feed, args=(process.stdin,))
                feeder.start()
                self.read_line(process)
                process.stdout.close()
                self.assertEqual(process.wait(PATIENCE), 0)
                self.assertEqual(process.stderr.read(), b"")
                feeder.join()

    @staticmethod
    def feed(pipe):
        """Writes lines until nobody reads them."""
        text = line("a").encode() * 100
        try:
            while True:
                os.write(pipe.fileno(), text)
        except BrokenPipeError:
            pass

    @staticmethod
    def feed_once(pipe, names):
        """Writes a request for each ticket."""
        pipe.write("".join(map(line, names)).encode())
        pipe.close()

    def test_output_nobody_reads_while_the_input_waits(self):
        with start("decide", "-p", POLICY) as process:
            process.stdin.write(line("a").encode())
            process.stdin.flush()
            self.read_line(process)
            process.stdout.close()
            # No more input comes, and it ends all the same.
            self.assertEqual(process.wait(PATIENCE), 0)
            self.assertEqual(process.stderr.read(), b"")

    def test_help_that_nobody_reads(self):
        reader, writer = os.pipe()
        os.close(reader)
        self.assertEqual(run("help", stdout=writer)[::2], (0, ""))
        os.close(writer)

    def test_output_that_does_not_wait(self):
        # Somebody who shares the pipe has made it non-blocking, and it is full for a while.
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        expected = [f"t{i}" for i in range(2000)]
        with start("decide", "-p", POLICY, stdout=writer) as process:
            os.close(writer)
            feeder = threading.Thread(target=self.feed_once, args=(process.stdin, expected))
            feeder.start()
            time.sleep(0.2)
            with open(reader, encoding="utf-8") as output:
                self.assertEqual(tickets(output.read()), expected)
            feeder.join()
            self.assertEqual(process.wait(PATIENCE), 0)

    def test_input_that_does_not_wait(self):
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        with start("decide", "-p", POLICY, stdin=reader) as process:
            os.close(reader)
            for ticket in ("a", "b"):
                time.sleep(0.05)
                os.write(writer, line(ticket).encode())
                self.assertEqual(tickets(self.read_line(process)), [ticket])
            os.close(writer)
            self.assertEqual(process.wait(PATIENCE), 0)


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def test_several(self):
        a = self.write("a", line("a1") + "x\n" + line("a2").rstrip("\n"))
        b = self.write("b", "\n" + line("b1") + "y")
        empty = self.write("empty", "")
        status, out, _ = decide(line("s1") + "z", a, "-", empty, b)
        self.assertEqual(status, 1)
        expected = ["a1", ("OFP-301", 2), "a2", "s1", ("OFP-301", 2), "b1", ("OFP-301", 3)]
        self.assertEqual(tickets(out), expected)
        errors = [json.loads(text)["error"] for text in out.splitlines() if "error" in text]
        self.assertEqual([error["file"] for error in errors], [a, "-", b])

    def test_a_document_does_not_go_on_in_the_next_file(self):
        a = self.write("a", '{"ticket":\n')
        b = self.write("b", '{"id": "x"}}\n')
        self.assertEqual(tickets(decide("", a, b)[1]), [("OFP-301", 1), ("OFP-301", 1)])

    def test_that_can_not_be_read(self):
        missing = os.path.join(self.folder, "missing")
        status, out, err = decide("", missing)
        self.assertEqual((status, out), (2, ""))
        self.assertEqual(err, f"offerpolicy: can't read {missing}: No such file or directory\n")
        good = self.write("good", line("a"))
        status, out, err = decide("", missing, good, self.folder)
        self.assertEqual((status, tickets(out)), (1, ["a"]))
        self.assertEqual(
            err,
            f"offerpolicy: can't read {missing}: No such file or directory\n"
            f"offerpolicy: can't read {self.folder}: Is a directory\n",
        )
        self.assertEqual(decide("", self.folder)[0], 2)

    def test_standard_input_that_can_not_be_read(self):
        for words in (["decide"], ["decide", "-p", "-", "x"], ["check", "-"]):
            folder = os.open(self.folder, os.O_RDONLY)
            status, out, err = run(*words, data=None, stdin=folder)
            os.close(folder)
            self.assertEqual((status, out), (2, ""))
            self.assertEqual(err, "offerpolicy: can't read <stdin>: Is a directory\n")

    def test_a_file_name_with_control_characters(self):
        path = self.write("odd\n\033[31mname", "x\n")
        status, out, _ = decide("", path)
        self.assertEqual(json.loads(out)["error"]["file"], path)
        self.assertNotIn("\033", out)
        status, _, err = run("explain", "-p", POLICY, path)
        self.assertEqual(status, 1)
        self.assertNotIn("\033", err)
        self.assertEqual(err.count("\n"), 1)

    def test_full_disk(self):
        for words in (["decide", "-j1"], ["decide", "-j4"], ["explain"]):
            with open("/dev/full", "wb") as full:
                status, _, err = run(*words, "-p", POLICY, data=line("a"), stdout=full)
            self.assertEqual(status, 2)
            self.assertEqual(
                err, "offerpolicy: can't write to standard output: No space left on device\n"
            )
        for words in (["help"], ["help", "decide"], ["--version"], ["check", POLICY]):
            with open("/dev/full", "wb") as full:
                self.assertEqual(run(*words, stdout=full)[0], 2)

    def test_closed_output(self):
        for data in (line("a"), ""):
            status, _, err = decide(data, stdout=None, preexec_fn=lambda: os.close(1))
            self.assertEqual(status, 2)
            self.assertIn("can't write to standard output: Bad file descriptor", err)

    def test_closed_input(self):
        status, out, err = decide(None, stdin=None, preexec_fn=lambda: os.close(0))
        self.assertEqual((status, out), (2, ""))
        self.assertEqual(err, "offerpolicy: can't read <stdin>: Bad file descriptor\n")


class Limits(unittest.TestCase):
    def test_long_lines(self):
        whole = line("a").rstrip("\n")
        longest = whole[:-1] + " " * (LIMIT - len(whole)) + "}"
        self.assertEqual(len(longest), LIMIT)
        for end in ("\n", "\r\n"):
            data = line("b") + longest + end + line("c")
            self.assertEqual(tickets(decide(data)[1]), ["b", "a", "c"])
        for more in (1, 2, 3, 4096, 300000, LIMIT, 3 * LIMIT):
            data = line("b") + longest[:-1] + " " * more + "}\n" + line("c")
            for words in (["-j1"], ["-j2"]):
                status, out, _ = decide(data, *words)
                self.assertEqual(status, 1)
                self.assertEqual(tickets(out), ["b", ("OFP-302", 2), "c"], more)

    def test_long_line_without_an_end(self):
        for more in (0, 1, 4097, 5 * LIMIT):
            data = line("b") + "{" + "x" * LIMIT + "x" * more
            self.assertEqual(tickets(decide(data)[1]), ["b", ("OFP-302", 2)])

    def test_long_line_within_a_document(self):
        data = '{"ticket":\n' + "x" * (LIMIT + 9) + "\n" + line("b")
        self.assertEqual(tickets(decide(data)[1]), [("OFP-301", 1), ("OFP-302", 2), "b"])

    def test_long_documents(self):
        text = json.dumps(request("a"), indent=1)
        longest = text[:-1] + "\n" * (LIMIT - len(text)) + "}"
        data = longest + "\n" + line("c")
        self.assertEqual(tickets(decide(data)[1]), ["a", "c"])
        data = longest[:-1] + "\n}\n" + line("c")
        self.assertEqual(tickets(decide(data)[1]), [("OFP-302", 1), "c"])
        # No end in sight: its first line is a bad record, and so are the others.
        data = longest[:-1] + "\n" * 9 + "}\n" + line("c")
        found = tickets(decide(data)[1])
        self.assertEqual(found[0], ("OFP-301", 1))
        self.assertEqual(found[-1], "c")
        self.assertNotIn("a", found)

    @unittest.skipIf(SANITIZED, "sanitizers need memory of their own")
    def test_too_little_memory(self):
        # A document that needs much memory, between two that need little.
        data = line("a") + line("b").replace("}\n", " " * (12 << 20) + "}\n") + line("c")
        seen = set()
        for words in (["decide", "-j1"], ["decide", "-j2"], ["explain"]):
            for limit in range(24, 400, 8):
                status, out, err = run(
                    *words, "-p", POLICY, data=data,
                    preexec_fn=lambda: resource.setrlimit(
                        resource.RLIMIT_AS, (limit << 20, limit << 20)
                    ),
                )
                seen.add((words[0], self.ending(words, status, out, err)))
                if status == 0:
                    break
            self.assertEqual(status, 0)
        for command in ("decide", "explain"):
            self.assertIn((command, "nothing"), seen)
            self.assertIn((command, "one refused"), seen)
            self.assertIn((command, "all"), seen)

    def ending(self, words, status, out, err):
        """Which of the endings that little memory may have this one is."""
        if status == 127:
            return "not started"
        if status == 2:
            self.assertIn("out of memory", err)
            self.assertEqual(out, "")
            return "nothing"
        if words[0] == "explain":
            refused = "<stdin>:2: error: out of memory [OFP-001]\n"
            self.assertIn((status, err), ((0, ""), (1, refused)))
        else:
            # The stack of a thread may take what even a small document needs.
            if status and tickets(out) == [("OFP-001", number) for number in (1, 2, 3)]:
                return "all refused"
            self.assertEqual(
                tickets(out), ["a", "b" if status == 0 else ("OFP-001", 2), "c"], err
            )
        return "one refused" if status else "all"

    @unittest.skipIf(SANITIZED, "sanitizers need memory of their own")
    def test_memory_does_not_grow(self):
        size = (200 if FULL else 40) << 20
        for jobs in (1, 4):
            peak = self.peak_memory(size, jobs)
            self.assertLess(peak, 40 << 20, f"--jobs {jobs}")

    def peak_memory(self, size, jobs):
        """Bytes that the command needs for so many bytes of input."""
        text = line("a", description="lorem ipsum " * 100).encode() * 50
        with open(os.devnull, "wb") as nowhere:
            process = start("decide", "-p", POLICY, "-j", jobs, stdout=nowhere)
            for _ in range(size // len(text)):
                process.stdin.write(text)
            with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                peak = int(re.search(r"VmHWM:\s+(\d+) kB", status.read())[1]) << 10
            process.stdin.close()
            process.stderr.close()
            self.assertEqual(process.wait(PATIENCE), 0)
        return peak


class Explanations(unittest.TestCase):
    def test_paragraphs(self):
        status, out, err = run("explain", "-p", POLICY, data=line("one") + line("two"))
        self.assertEqual((status, err), (0, ""))
        alone = [run("explain", "-p", POLICY, data=line(name))[1] for name in ("one", "two")]
        self.assertEqual(out, "\n".join(alone))
        self.assertNotIn("\033", out)
        self.assertIn("\033[", run("explain", "-p", POLICY, "--color=always", data=line("a"))[1])

    def test_bad_requests_are_told_in_words(self):
        bad = line("x").replace("premium", "premum")
        status, out, err = run("explain", "-p", POLICY, data=line("a") + bad + "{\n" + line("b"))
        self.assertEqual(status, 1)
        self.assertRegex(
            err,
            r'\A<stdin>:2: error: /entitlements/0/level: [^\n]*"premium"\? \[OFP-308\]\n'
            r"<stdin>:3: error: [^\n]* \[OFP-301\]\n\Z",
        )
        good = run("explain", "-p", POLICY, data=line("a") + line("b"))[1]
        self.assertEqual(out, good)

    def test_order_of_both_streams_on_one_terminal(self):
        data = line("ticket-a") + "x\n" + line("ticket-b")
        with start("explain", "-p", POLICY, stderr=subprocess.STDOUT) as process:
            both = process.communicate(data.encode(), timeout=PATIENCE)[0].decode()
        self.assertLess(both.index("ticket-a"), both.index("<stdin>:2: error"))
        self.assertLess(both.index("<stdin>:2: error"), both.index("ticket-b"))

    def test_zones(self):
        def zoned(ticket, zone):
            wanted = request(ticket, priority="high")
            wanted["org"]["time_zone"] = zone
            return json.dumps(wanted) + "\n"

        amsterdam = zoned("a", "Europe/Amsterdam")
        status, out, err = run("explain", "-p", POLICY, data=amsterdam)
        self.assertEqual((status, err), (0, ""))
        self.assertIn("CET", out)
        out = run("explain", "-p", POLICY, "--zone", "Asia/Kathmandu", data=amsterdam)[1]
        self.assertNotIn("CET", out)
        self.assertIn("UTC+5:45", out)
        out = run("explain", "-p", POLICY, data=line("a", priority="high"))[1]
        self.assertIn("PST", out)

        # An unknown one is told once, and the policy's is used.
        data = zoned("a", "Mars/Base") + amsterdam + zoned("b", "Mars/Base")
        status, out, err = run("explain", "-p", POLICY, data=data)
        self.assertEqual(status, 0)
        self.assertEqual(err.count("\n"), 1)
        self.assertIn('"Mars/Base"', err)
        self.assertIn("times are shown in the policy's time zone", err)
        self.assertIn("PST", out)
        self.assertIn("CET", out)

    def test_verbose(self):
        short = run("explain", "-p", POLICY, data=line("a"))[1]
        for word in ("-v", "--verbose"):
            long = run("explain", "-p", POLICY, word, data=line("a"))[1]
            self.assertGreater(len(long), len(short))


if __name__ == "__main__":
    unittest.main()
