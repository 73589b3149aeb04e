#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every room includes only what doc/architecture.md allows it.

Usage: check_rooms.py SOURCE_ROOT
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
ROW = re.compile(r"^\| `((?:lib|bindings)/[a-z]+)` \|[^|]*\|([^|]*)\|$", re.M)
GENERATED = re.compile(r"output: '(\w+\.h)'")


def allowed_rooms(root):
    """What each room may include, by its folder, as the map says."""
    text = (root / "doc/architecture.md").read_text()
    return {room: {name.strip() for name in names.split(",") if name.strip()}
            for room, names in ROW.findall(text)}


def sources(folder):
    return [p for p in sorted(folder.rglob("*")) if p.suffix in {".c", ".h", ".cpp", ".hpp"}]


def homes(root, mistakes):
    """The room of each internal header, made at build time or written."""
    found = {name: build.parent.name for build in (root / "lib").glob("*/meson.build")
             for name in GENERATED.findall(build.read_text())}
    for header in sorted((root / "lib").rglob("*.h")):
        room = header.relative_to(root / "lib").parts[0]
        if found.setdefault(header.name, room) != room:
            mistakes.append(f"{header.name} stands in two rooms: {found[header.name]} and {room}")
    found.update((header.name, "bindings") for header in (root / "bindings").glob("*.h"))
    return found


def check_map(root, allowed, mistakes):
    folders = {f"lib/{p.name}" for p in (root / "lib").iterdir() if p.is_dir()}
    for folder in sorted(folders ^ {room for room in allowed if room.startswith("lib/")}):
        mistakes.append(f"{folder} is in the map or in the tree, but not in both")


def check(root):
    mistakes = []
    header_rooms = homes(root, mistakes)
    allowed = allowed_rooms(root)
    check_map(root, allowed, mistakes)
    for folder, rooms in allowed.items():
        own = folder.split("/")[1]
        for source in sources(root / folder):
            for name in INCLUDE.findall(source.read_text()):
                local = (source.parent / name).exists()
                room = own if local else header_rooms.get(pathlib.Path(name).name)
                if room != own and room not in rooms:
                    mistakes.append(f"{source.relative_to(root)} includes {name} of {room}")
    return mistakes


def main():
    mistakes = check(pathlib.Path(sys.argv[1]))
    print("\n".join(mistakes) or "every room includes only what the map allows")
    return bool(mistakes)


if __name__ == "__main__":
    sys.exit(main())
