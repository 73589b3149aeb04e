#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes headers, tables and manual pages from the registries of codes and reasons.

Usage: generate_registry.py KIND REGISTRY.toml > OUTPUT
KIND: codes-header, codes-table, codes-doc,
      reasons-header, reasons-table, reasons-index, reasons-doc
"""
import sys
import tomllib

NOTICE = "made from {} by lib/base/generate_registry.py; do not edit"


def c_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def header(guard, brief, enum, members, source):
    lines = [
        "/* SPDX-License-Identifier: MIT */",
        f"/* {NOTICE.format(source)} */",
        "/**", " * @file", f" * {brief}", " */",
        f"#ifndef {guard}", f"#define {guard}", "",
        f"/** {brief} */",
        f"typedef enum {enum} {{",
    ]
    lines += [f"    {name} = {number}, /**< {summary} */" for name, number, summary in members]
    lines += [f"}} {enum};", "", "#endif"]
    return "\n".join(lines)


def codes_header(registry):
    members = [("OFP_CODE_NONE", 0, "No code.")]
    members += [(f"OFP_CODE_{c['name'].upper()}", c["number"], c["summary"])
                for c in registry["code"]]
    return header("OFFERPOLICY_CODES_H", "What exactly is wrong: OFP-nnn, see doc/errors.md.",
                  "ofp_code", members, "lib/base/codes.toml")


def codes_table(registry):
    lines = [f"/* {NOTICE.format('lib/base/codes.toml')} */"]
    for c in registry["code"]:
        severity = c.get("severity", "error").upper()
        lines.append(f"{{OFP_CODE_{c['name'].upper()}, OFP_STATUS_{c['status'].upper()}, "
                     f"OFP_SEVERITY_{severity}, \"OFP-{c['number']:03}\"}},")
    return "\n".join(lines)


CHAPTERS = {0: "The program and its files", 1: "Policy files", 2: "Time zones",
            3: "Requests and calendar questions", 4: "Stores",
            5: "Migrations and actions"}


def codes_doc(registry):
    lines = ["# Errors", "",
             "<!-- " + NOTICE.format("lib/base/codes.toml") + " -->", "",
             "Every error and warning has a code that never changes its meaning. The status (the",
             "last column) is what a C function returns; it says what a program can do about it.", ""]
    chapter = None
    for c in registry["code"]:
        if c["number"] // 100 != chapter:
            chapter = c["number"] // 100
            lines += [f"## {CHAPTERS[chapter]}", "",
                      "| code | what is wrong | what to do | status |", "|---|---|---|---|"]
        kind = "warning: " if c.get("severity") == "warning" else ""
        last = chapter != next((n["number"] // 100 for n in registry["code"]
                                if n["number"] > c["number"]), None)
        lines.append(f"| OFP-{c['number']:03} | {kind}{c['summary']} | {c['remedy']} "
                     f"| `{c['status']}` |")
        if last:
            lines.append("")
    return "\n".join(lines).rstrip("\n")


def reasons_header(registry):
    members = [(f"OFP_REASON_{r['name'].upper()}", i, r["summary"])
               for i, r in enumerate(registry["reason"])]
    return header("OFFERPOLICY_REASONS_H", "Why a decision is as it is, see doc/reasons.md.",
                  "ofp_reason_code", members, "lib/decide/reasons.toml")


def reasons_table(registry):
    lines = [f"/* {NOTICE.format('lib/decide/reasons.toml')} */"]
    lines += [f"[OFP_REASON_{r['name'].upper()}] = {c_string(r['name'])},"
              for r in registry["reason"]]
    return "\n".join(lines)


def reasons_index(registry):
    """What a reason's index counts, as its member in JSON is called."""
    lines = [f"/* {NOTICE.format('lib/decide/reasons.toml')} */"]
    for r in registry["reason"]:
        name = r["about"].split()[-1]
        shown = c_string(name) if name in ("entitlement", "migration", "rule") else "NULL"
        lines.append(f"[OFP_REASON_{r['name'].upper()}] = {shown},")
    return "\n".join(lines)


def reasons_doc(registry):
    lines = ["# Reasons", "",
             "<!-- " + NOTICE.format("lib/decide/reasons.toml") + " -->", "",
             "A decision's `reasons` say what it rests on and what was passed over. Each has a",
             "`code` that never changes its meaning, the thing it is about, and facts.", "",
             "In JSON, `decides` is true for those that gave the answer and left out for the",
             "others; `entitlement`, `migration` or `rule` is the index, from 0, of what the reason",
             "is about; facts that are not known are left out. Of rules that failed one after the",
             "other the first 16 are listed; a last member `{\"code\": …, \"more\": N}` stands for N",
             "further ones.", "",
             "| code | about | what it says | facts |", "|---|---|---|---|"]
    for r in registry["reason"]:
        facts = ", ".join(f"`{f}`" for f in r["facts"])
        lines.append(f"| `{r['name']}` | {r['about']} | {r['summary']} | {facts} |")
    return "\n".join(lines)


KINDS = {"codes-header": codes_header, "codes-table": codes_table, "codes-doc": codes_doc,
         "reasons-header": reasons_header, "reasons-table": reasons_table,
         "reasons-index": reasons_index, "reasons-doc": reasons_doc}


def main():
    kind, path = sys.argv[1:]
    with open(path, "rb") as file:
        registry = tomllib.load(file)
    sys.stdout.buffer.write((KINDS[kind](registry) + "\n").encode())


if __name__ == "__main__":
    main()
