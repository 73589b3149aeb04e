#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes C from the SQL of the store.

Usage: generate_statements.py header|source|schema FILE.sql > OUTPUT

In statements.sql a comment line `-- name: …` starts a statement, and `-- part: …` a piece that
statements write as {…}. In schema.sql a statement starts with CREATE and ends at the end of a line.
Other comments between statements are for readers of the SQL.
"""
import pathlib
import re
import sys

NOTICE = "/* SPDX-License-Identifier: MIT */\n/* made from {} by generate_statements.py; do not edit */"
START = re.compile(r"-- (name|part): (\w+)$")
CREATION = re.compile(r"^(CREATE (TABLE|INDEX|TRIGGER|VIEW) (\w+).*?);$(?=\n(?:\n|CREATE|\Z))", re.M | re.S)


def c_string(text):
    lines = text.replace("\\", "\\\\").replace('"', '\\"').split("\n")
    return "\n".join([f'     "{line}\\n"' for line in lines[:-1]] + [f'     "{lines[-1]}"'])


def read_blocks(text):
    """What stands behind each start line, by kind and name."""
    blocks, current = {"name": {}, "part": {}}, []
    for line in text.splitlines():
        start = START.match(line)
        if start:
            kind, name = start.groups()
            if name in blocks[kind]:
                sys.exit(f"{name} stands there twice")
            current = blocks[kind][name] = []
        elif line and not line.startswith("--"):
            current.append(line)
    return blocks


def read_statements(text):
    """The statements, with their parts put in, by their names."""
    blocks = read_blocks(text)
    parts = {name: "\n".join(lines).strip() for name, lines in blocks["part"].items()}
    return {name: re.sub(r"\{(\w+)\}", lambda match: parts[match[1]], "\n".join(lines)).rstrip(";")
            for name, lines in blocks["name"].items()}


def header(statements):
    lines = ["#ifndef OFP_STATEMENTS_H", "#define OFP_STATEMENTS_H", "",
             "typedef enum ofp_statement {"]
    lines += [f"    OFP_STATEMENT_{name.upper()}," for name in statements]
    lines += ["    OFP_STATEMENT_COUNT", "} ofp_statement;", "",
              "/** Each statement's SQL, and its name. */",
              "typedef struct ofp_statement_text {", "    const char *name, *sql;",
              "} ofp_statement_text;",
              "extern const ofp_statement_text ofp_statement_texts[OFP_STATEMENT_COUNT];",
              "", "#endif"]
    return "\n".join(lines)


def source(statements):
    lines = ['#include "statements.h"', "",
             "const ofp_statement_text ofp_statement_texts[OFP_STATEMENT_COUNT] = {"]
    lines += [f'    {{"{name}",\n{c_string(sql)}}},' for name, sql in statements.items()]
    return "\n".join(lines + ["};"])


def schema(text):
    lines = ["#ifndef OFP_SCHEMA_H", "#define OFP_SCHEMA_H", "",
             "/** What is in a store's layout, as SQLite itself keeps it. */",
             "static const struct {", "    const char *type, *name, *sql;", "} ofp_schema[] = {"]
    for sql, kind, name in CREATION.findall(text):
        lines.append(f'    {{"{kind.lower()}", "{name}",\n{c_string(sql)}}},')
    return "\n".join(lines + ["};", "", "#endif"])


def main():
    kind, path = sys.argv[1:]
    text = pathlib.Path(path).read_text()
    print(NOTICE.format(pathlib.Path(path).name))
    if kind == "schema":
        print(schema(text))
    else:
        print({"header": header, "source": source}[kind](read_statements(text)))


if __name__ == "__main__":
    main()
