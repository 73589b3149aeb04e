#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the corpus of the fuzz targets "store" and "import": a small store and its export, and what
somebody may have made of them. They are made anew in every build, for the layout of that day.

Usage: make_store_corpus.py SCHEMA.sql FOLDER
The files go into the folders "store" and "import" in FOLDER.
"""
import hashlib
import json
import pathlib
import re
import shutil
import sqlite3
import struct
import sys

DAY, START, PAGE = 86400, 1767225600, 512
TABLES = {"migration": "migrations", "audit": "audit", "action": "actions", "decision": "decisions"}


# --- records --------------------------------------------------------------------------------------

def netstring(value):
    data = None if value is None else str(value).encode()
    return b"-," if data is None else b"%d:%s," % (len(data), data)


class Records:
    """The rows of a store, by their kind."""

    def __init__(self, columns):
        self.columns, self.head = columns, bytes(32).hex()
        self.rows = {kind: [] for kind in TABLES}
        self.append("create", START, detail="made with layout 1")

    def row(self, which, /, **values):
        return dict.fromkeys(self.columns[TABLES[which]]) | values

    def append(self, kind, at, record=None, **values):
        seq = len(self.rows["audit"]) + 1
        if record:
            values |= {"migration": record["number"], "org": record["org"],
                       "record": json.dumps(record, ensure_ascii=False, separators=(",", ":"))}
        row = self.row("audit", seq=seq, at=at, kind=kind, previous=self.head, **values)
        parts = [self.head, *list(row.values())[:-2]]
        self.head = row["hash"] = hashlib.sha256(b"".join(map(netstring, parts))).hexdigest()
        self.rows["audit"].append(row)
        return seq

    def act(self, event, record, kind, at, **values):
        seq = len(self.rows["action"]) + 1
        self.rows["action"].append(self.row(
            "action", seq=seq, key="v1:" + chr(96 + seq), event=event, migration=record["number"],
            org=record["org"], kind=kind, created_at=at, state="pending", attempts=0, **values))

    def request(self, number, org):
        record = self.row(
            "migration", number=number, org=org, source="cloud", source_level="premium",
            target="dedicated", level="premium", target_date=START // DAY + 30,
            ends_at=START + 31 * DAY, forgotten_at=START + 211 * DAY, status="requested", revision=1,
            owner="olga", requested_by="anna", requested_at=START, changed_at=START, extensions=0,
            settled=0, due_at=START + 17 * DAY)
        event = self.append("request", START, record, actor="anna", key=f"k{number}",
                            command="ab" * 32)
        self.act(event, record, "ops.request", START, text="Please look.\n")
        return record

    def approve(self, record):
        at = START + 60
        record |= {"status": "approved", "revision": 2, "decided_by": "bob", "decided_at": at,
                   "changed_at": at, "policy": "main", "policy_digest": "sha256:00"}
        event = self.append("approve", at, record, actor="bob", role="manager")
        self.act(event, record, "org.add_tag", at, tag="dedicated_premium")
        self.act(event, record, "org.add_note", at, text="Migrating \N{TURTLE}")

    def complete(self, record):
        at = START + 120
        record |= {"status": "completed", "revision": 3, "closed_by": "anna", "closed_at": at,
                   "changed_at": at, "outcome": "reached", "settled": 1, "due_at": None}
        event = self.append("complete", at, record, actor="anna")
        self.act(event, record, "org.remove_tag", at, tag="cloud_premium", unless_offering="cloud",
                 unless_level="premium")

    def log(self):
        self.rows["decision"].append(self.row(
            "decision", seq=1, at=START, ticket="T-1", policy_digest="sha256:00", tzdata="2026a",
            request='{"ticket":{"id":"T-1"}}', decision='{"verdict":"entitled"}'))

    def lines(self):
        yield '{"offerpolicy_store":1}'
        for kind, rows in self.rows.items():
            for row in rows:
                yield json.dumps({kind: row}, ensure_ascii=False, separators=(",", ":"))
        yield json.dumps({"records": sum(map(len, self.rows.values()))}, separators=(",", ":"))


def fill(records):
    for number, org in (1, "acme"), (2, "zażółć"):
        record = records.request(number, org)
        if number == 2:
            records.approve(record)
            records.complete(record)
        records.rows["migration"].append(record)
    records.log()
    return records


# --- stores ---------------------------------------------------------------------------------------

def create(path, schema, pragmas=""):
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript(f"PRAGMA page_size = {PAGE}; {pragmas}; {schema}"
                           "PRAGMA application_id = 0x4f465053; PRAGMA user_version = 1;")
    return database


def insert(database, records):
    for kind, table in TABLES.items():
        for row in records.rows[kind]:
            values = [bytes.fromhex(value) if value and name in ("command", "previous", "hash")
                      else value for name, value in row.items()]
            database.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(values))})", values)


def finish(database, sql=""):
    database.executescript(sql + "; PRAGMA journal_mode = WAL;")
    database.close()


def rename_schema(database, schema):
    """Gives tables that were made otherwise the texts that they should have."""
    database.execute("PRAGMA writable_schema = ON")
    for sql, kind, name in re.findall(r"^(CREATE (TABLE|INDEX|TRIGGER) (\w+).*?);$"
                                      r"(?=\n(?:\n|CREATE|\Z))", schema, re.M | re.S):
        database.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, name))


# What others may have done to a store, in SQL.
TAMPERED = {
    "extra-trigger": "CREATE TRIGGER evil AFTER UPDATE ON actions BEGIN DELETE FROM decisions; END",
    "endless-view": "CREATE VIEW v AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i FROM n) "
                    "SELECT * FROM n",
    "no-triggers": "DROP TRIGGER audit_is_never_changed",
    "version-2": "PRAGMA user_version = 2",
    "version-minus": "PRAGMA user_version = -1",
    "foreign": "PRAGMA application_id = 7",
    "statistics": "ANALYZE; INSERT INTO sqlite_stat1 VALUES ('audit', 'audit_by_org', '1 -5 sz=0'), "
                  "('actions', NULL, 'x'), ('nothing', 'nothing', '9999999999999')",
    "unlinked": "PRAGMA foreign_keys = OFF; DELETE FROM migrations",
    "far-numbers": "UPDATE migrations SET (target_date, ends_at, forgotten_at, extensions) = "
                   "(4611686018427387904, 9223372036854775807, 9223372036854775807, 1 << 40); "
                   "UPDATE actions SET (attempts, retry_at, created_at) = (1 << 40, 1 << 62, -5)",
    "bad-text": "UPDATE actions SET text = CAST(x'ff00fe' AS TEXT), problem = CAST(x'00' AS TEXT); "
                "UPDATE decisions SET ticket = CAST(x'c3' AS TEXT)",
    "bad-json": "UPDATE decisions SET request = '{', decision = '[[[[[1e999'",
    "deep-json": "UPDATE decisions SET request = replace(hex(zeroblob(700)), '0', '[')",
}
# The same to the audit log, whose triggers do not run.
REWRITTEN = {
    "record-array": "record = '[1,2,3]'",
    "record-empty": "record = '{}'",
    "record-broken": "record = '{'",
    "record-types": "record = json_set(record, '$.number', 'x', '$.status', 7, '$.org', json('[]'))",
    "kind-unknown": "kind = 'bless'",
    "kind-create": "kind = 'create'",
    "at-far": "at = 9223372036854775807",
}


def make_stores(folder, schema, columns):
    def store(name, pragmas=""):
        database = create(folder / name, schema, pragmas)
        insert(database, fill(Records(columns)))
        return database

    empty = create(folder / "empty", schema)
    insert(empty, Records(columns))
    finish(empty)
    finish(store("full"))
    finish(store("utf-16", "PRAGMA encoding = 'UTF-16le'"))
    finish(store("vacuuming", "PRAGMA auto_vacuum = FULL"))
    store("no-wal").close()
    for name, sql in TAMPERED.items():
        finish(store(name), sql)
    for name, change in REWRITTEN.items():
        database = store(name)
        triggers = database.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for trigger, _ in triggers:
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute(f"UPDATE audit SET {change} WHERE seq = 4")
        for _, sql in triggers:
            database.execute(sql)
        finish(database)
    make_wrong_types(folder / "wrong-types", schema, columns)


def make_wrong_types(path, schema, columns):
    """Values of other types in all columns, in a layout that says that there can be none."""
    loose = ""
    for table, names in columns.items():
        first, *others = names
        others = [name + " UNIQUE" * (name == "key") for name in others]
        loose += f"CREATE TABLE {table} ({first} INTEGER PRIMARY KEY, {', '.join(others)});\n"
    rest = re.sub(r"^CREATE TABLE .*?^\) STRICT;$", "", schema, flags=re.M | re.S)
    triggers = re.findall(r"^(CREATE TRIGGER .*?^END;)$", rest, re.M | re.S)
    for trigger in triggers:
        rest = rest.replace(trigger, "")
    database = create(path, loose + rest)
    insert(database, fill(Records(columns)))
    for table, (_, *names) in columns.items():
        for place, name in enumerate(names):
            value = ("x'00ff'", "NULL", "1.5", "'text'", "-1")[place % 5]
            database.execute(f"UPDATE {table} SET {name} = {value} WHERE rowid = {1 + place % 3}")
    database.executescript("\n".join(triggers))
    rename_schema(database, schema)
    finish(database)


# --- pages ----------------------------------------------------------------------------------------

def damage_pages(folder):
    """Copies of the full store with pages that are none, or not where they should be."""
    full = (folder / "full").read_bytes()
    count = len(full) // PAGE

    def page(number):
        return full[(number - 1) * PAGE:number * PAGE]

    def put(name, number, bytes_, at=0):
        start = (number - 1) * PAGE + at
        (folder / name).write_bytes(full[:start] + bytes_ + full[start + len(bytes_):])

    inner = [number for number in range(2, count + 1) if page(number)[0] in (2, 5)]
    leaves = [number for number in range(2, count + 1) if page(number)[0] in (10, 13)]
    (folder / "half").write_bytes(full[:count // 2 * PAGE])
    (folder / "header").write_bytes(full[:100])
    (folder / "nothing").write_bytes(b"")
    (folder / "text").write_bytes(b"hello, world\n" * 100)
    for number in inner[:4]:
        put(f"circle-{number}", number, struct.pack(">I", number), at=8)
        put(f"crossed-{number}", number, struct.pack(">I", inner[-1]), at=8)
    for number in leaves[:: max(1, len(leaves) // 6)]:
        put(f"zeroes-{number}", number, bytes(PAGE))
        put(f"cells-{number}", number, b"\xff\xff", at=3)
        put(f"free-block-{number}", number, b"\x00\x04", at=1)
        put(f"swapped-{number}", number, page(leaves[0]))
    put("reserved", 1, b"\x40", at=20)
    put("page-count", 1, b"\xff\xff\xff\xff", at=28)
    put("free-list", 1, struct.pack(">II", 3, 9), at=32)
    put("format-9", 1, b"\x09", at=44 + 3)


def inner_page(kind, child, key):
    """A page of a tree all of whose children are the same."""
    cell = struct.pack(">I", child) + key
    count = (PAGE - 12) // (len(cell) + 2)
    start = PAGE - count * len(cell)
    page = struct.pack(">BHHHBI", kind, 0, count, start, 0, child)
    page += b"".join(struct.pack(">H", start + place * len(cell)) for place in range(count))
    return page.ljust(start, b"\0") + count * cell


def make_endless(folder, name):
    """A table or index that is deep: each page names the next one again and again."""
    full = (folder / "full").read_bytes()
    database = sqlite3.connect(f"file:{folder / 'full'}?immutable=1", uri=True)
    root, = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    database.close()
    leaf = full[(root - 1) * PAGE:root * PAGE]
    first, = struct.unpack(">H", leaf[8:10])
    kind, key = (5, b"\1") if leaf[0] == 13 else (2, leaf[first:first + 1 + leaf[first]])
    count, depth = len(full) // PAGE, 7
    full = full[:28] + struct.pack(">I", count + depth) + full[32:]
    full = full[:(root - 1) * PAGE] + inner_page(kind, count + 1, key) + full[root * PAGE:]
    for number in range(count + 1, count + depth):
        full += inner_page(kind, number + 1, key)
    (folder / f"endless-{name}").write_bytes(full + leaf)


# --- exports --------------------------------------------------------------------------------------

def make_exports(folder, columns):
    lines = list(fill(Records(columns)).lines())
    text = "\n".join(lines) + "\n"

    def put(name, changed):
        (folder / name).write_bytes(changed if isinstance(changed, bytes) else changed.encode())

    put("full", text)
    put("empty", "\n".join(Records(columns).lines()) + "\n")
    put("spaced", "\n".join(json.dumps(json.loads(line), indent=None, separators=(" , ", " : "))
                            for line in lines) + "\n")
    put("cut-off", text[:len(text) // 2])
    put("no-end", "\n".join(lines[:-1]) + "\n")
    put("moved", "\n".join([lines[0], *reversed(lines[1:-1]), lines[-1]]) + "\n")
    put("twice", "\n".join([*lines[:3], *lines[2:]]) + "\n")
    put("zero", text.replace("acme", "ac\\u0000me", 1))
    put("surrogate", text.replace("acme", "ac\\ud800me", 1))
    put("not-utf-8", text.encode().replace(b"acme", b"ac\xffme", 1))
    put("far-number", text.replace('"number":1', '"number":9223372036854775808', 1))
    put("fraction", text.replace('"number":1', '"number":1e0', 1))
    put("twice-a-member", text.replace('"org":"acme"', '"org":"acme","org":"acme"', 1))
    put("unknown", text.replace('"org":"acme"', '"orgg":"acme"', 1))
    put("nested", text.replace('"acme"', "[" * 1500 + "]" * 1500, 1))
    put("null", text.replace('"acme"', "null", 1))
    put("version", text.replace('_store":1', '_store":2', 1))


def main():
    schema_path, output = map(pathlib.Path, sys.argv[1:])
    schema = schema_path.read_text()
    memory = sqlite3.connect(":memory:")
    memory.executescript(schema)
    columns = {table: [row[1] for row in memory.execute(f"PRAGMA table_info({table})")]
               for table in TABLES.values()}
    for kind in "store", "import":
        shutil.rmtree(output / kind, ignore_errors=True)
        (output / kind).mkdir(parents=True)
    make_stores(output / "store", schema, columns)
    damage_pages(output / "store")
    for name in "decisions", "decisions_by_time", "actions_pending", "migrations_by_end":
        make_endless(output / "store", name)
    make_exports(output / "import", columns)


if __name__ == "__main__":
    main()
