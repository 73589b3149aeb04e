#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Feeds JSON documents to the library and compares what comes out.

Usage: check_documents.py KIND ANSWER_DOCUMENTS POLICY ZONES FILE
KIND wrong       FILE has requests that are wrong, with the code, pointer and message of each
     decisions   FILE has requests with the decisions that they must get
     questions   FILE has calendar questions with their answers
     syntax      FILE has requests; broken at random they are JSON exactly if Python thinks so
"""
import json
import os
import random
import re
import subprocess
import sys
import time

SYNTAX_ROUNDS = int(os.environ.get("OFP_TEST_ROUNDS", "20000"))
# Not JSON; not UTF-8; nested too deeply.
SYNTAX_CODES = {"OFP-301", "OFP-316", "OFP-303"}


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def ask(program, kind, documents):
    """One answer for each document (bytes)."""
    framed = b"".join(b"%d\n%b" % (len(document), document) for document in documents)
    done = subprocess.run([*program, kind], input=framed, capture_output=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answers) != len(documents):
        sys.exit(f"{len(documents)} documents, {len(answers)} answers, exit status "
                 f"{done.returncode}\n{done.stderr.decode()}")
    return answers


def as_document(value):
    return json.dumps(value).encode()


def check_wrong(program, path):
    cases = read_lines(path)
    answers = ask(program, "requests", [case["request"].encode() for case in cases])
    for case, answer in zip(cases, answers):
        wanted = {"code": case["code"], "message": case["message"], "file": None, "line": None,
                  "pointer": case["pointer"]}
        yield case["name"], answer, {"error": wanted}


def projected(decision, members):
    """What the cases hold of a decision: no texts, no reasons."""
    actions = [[action["do"]] + ([action["tag"]] if "tag" in action else [])
               for action in decision.get("actions", [])]
    return {member: decision.get(member) for member in members} | {"actions": actions}


def check_decisions(program, path):
    cases = read_lines(path)
    answers = ask(program, "requests", [as_document(case["request"]) for case in cases])
    for case, answer in zip(cases, answers):
        yield case["request"]["ticket"]["id"], projected(answer, case["decision"]), case["decision"]


def check_questions(program, path):
    cases = read_lines(path)
    questions = [{key: value for key, value in case.items() if key not in ("expect", "source")}
                 for case in cases]
    answers = ask(program, "questions", [as_document(question) for question in questions])
    for case, answer in zip(cases, answers):
        yield case["id"], answer, {"id": case["id"], "result": case["expect"]}


PIECES = [b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b" ", b"\n", b"\t", b"\0", b"\xff",
          b"\xc3\xa4", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"0", b"1", b"-", b".",
          b"e5", b"01", b"true", b"null", b"nul", b"NaN", b"\\u0041", b"\\ud83d", b"\\ude00",
          b"\\n", b"\\x", b"'", b"//", b"\x1f", b"\x7f", b"9" * 25, b"[" * 20]


def broken(document, source):
    """A document with a few pieces taken out, put in, doubled or cut off."""
    for _ in range(source.randint(1, 3)):
        at = source.randrange(len(document) + 1)
        end = min(len(document), at + source.randint(0, 4))
        kind = source.randrange(4)
        if kind == 0:
            document = document[:at] + document[end:]
        elif kind == 1:
            document = document[:at] + source.choice(PIECES) + document[at:]
        elif kind == 2:
            document = document[:end] + document[at:]
        elif source.randrange(4) == 0:
            document = document[:at]
    return document


def is_json(document):
    """Is it JSON? Python alone takes NaN and lone surrogates. None: nobody needs to agree."""
    def refuse(word):
        raise ValueError(word)

    try:
        value = json.loads(document.decode("utf-8"), parse_constant=refuse)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except ValueError:
        return False
    # Numbers beyond 64 bits are JSON, but simdjson refuses some of them.
    return None if re.search(rb"\d{18}|\d[eE]", document) else True


def check_syntax(program, path):
    seed = int(os.environ.get("OFP_TEST_SEED", str(time.time_ns() % 10**9)))
    print(f"OFP_TEST_SEED={seed} OFP_TEST_ROUNDS={SYNTAX_ROUNDS}")
    source = random.Random(seed)
    whole = [as_document(case["request"]) for case in read_lines(path)]
    documents = [broken(source.choice(whole), source) for _ in range(SYNTAX_ROUNDS)]
    for document, answer in zip(documents, ask(program, "requests", documents)):
        error = answer.get("error")
        refused = bool(error) and error["code"] in SYNTAX_CODES
        wanted = is_json(document)
        if wanted is not None:
            yield document, not refused, wanted
        if refused:
            yield document, error["pointer"], None


def main():
    kind, *program, path = sys.argv[1:]
    checks = {"wrong": check_wrong, "decisions": check_decisions, "questions": check_questions,
              "syntax": check_syntax}
    count = mistakes = 0
    for name, got, wanted in checks[kind](program, path):
        count += 1
        if got != wanted:
            mistakes += 1
            print(f"{name}\n  got    {got}\n  wanted {wanted}")
    print(f"{count} checks, {mistakes} failed")
    return bool(mistakes or not count)


if __name__ == "__main__":
    sys.exit(main())
