#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""doc/errors.md and doc/reasons.md are what the registries make of them.

Usage: check_registries.py SOURCE_ROOT
"""
import pathlib
import subprocess
import sys

PAGES = [("codes-doc", "lib/base/codes.toml", "doc/errors.md"),
         ("reasons-doc", "lib/decide/reasons.toml", "doc/reasons.md")]


def main():
    root = pathlib.Path(sys.argv[1])
    stale = []
    for kind, registry, page in PAGES:
        command = [sys.executable, root / "lib/base/generate_registry.py", kind, root / registry]
        made = subprocess.run(command, check=True, capture_output=True).stdout
        if not (root / page).exists() or (root / page).read_bytes() != made:
            stale.append(f"{page} is stale; make it anew:\n"
                         f"  lib/base/generate_registry.py {kind} {registry} > {page}")
    print("\n".join(stale) or "the pages are those of the registries")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
