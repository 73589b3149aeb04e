#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes a wheel of what Meson has built: the package, with libofferpolicy beside its extension.

    make_wheel.py [--no-rebuild] [--output FOLDER] BUILD

Prints the wheel's name. SQLite, PCRE2, libyaml and libmd come from the system that it is installed
on. Needs no network and no other package, and may be run by any Python: the wheel is for the one
that Meson has built for.
"""

import argparse
import base64
import hashlib
import json
import os
from pathlib import Path
import re
import subprocess
import sys
import tempfile
import zipfile

# Wheels with the same content are the same, byte for byte.
MOMENT = (1980, 1, 1, 0, 0, 0)


def meson(*arguments):
    command = ["meson", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + f"meson {arguments[0]} failed")
    return done.stdout


def only(paths):
    """The one file that there must be."""
    found = [path for path in paths if not path.is_symlink()]
    if len(found) != 1:
        sys.exit("the build has no package for Python: are SWIG and Python's headers installed?")
    return found[0]


def tag_of(extension):
    """What the wheel is for: "cp311-cp311-linux_x86_64", from the extension's name."""
    version, machine = re.search(r"\.cpython-(\d+)-(\w+)-linux", extension.name).groups()
    return f"cp{version}-cp{version}-linux_{machine}"


def metadata(version):
    return f"""Metadata-Version: 2.1
Name: offerpolicy
Version: {version}
Summary: Decides support tickets: level, SLA targets and tag actions, with reasons
License: MIT
Requires-Python: >=3.11
Classifier: License :: OSI Approved :: MIT License
Classifier: Operating System :: POSIX :: Linux
Classifier: Programming Language :: Python :: Implementation :: CPython
Classifier: Typing :: Typed
"""


def wheel_file(tag):
    return f"Wheel-Version: 1.0\nGenerator: make_wheel.py\nRoot-Is-Purelib: false\nTag: {tag}\n"


def collect(stage, version):
    """The files of the wheel by their names, and its tag."""
    extension = only(stage.rglob("offerpolicy/_native.*.so"))
    library = only(stage.rglob("libofferpolicy.so.*"))
    tag = tag_of(extension)
    files = {
        f"offerpolicy/{path.name}": path.read_bytes()
        for path in extension.parent.iterdir()
        if path.is_file()
    }
    files[f"offerpolicy/{library.name}"] = library.read_bytes()
    info = f"offerpolicy-{version}.dist-info"
    license = Path(__file__).resolve().parents[2] / "COPYING"
    files[f"{info}/METADATA"] = metadata(version).encode()
    files[f"{info}/WHEEL"] = wheel_file(tag).encode()
    files[f"{info}/COPYING"] = license.read_bytes()
    return files, tag


def record(files, name):
    """The list of all files with their hashes, as a wheel has it."""
    lines = []
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        lines.append(f"{path},sha256={digest},{len(content)}\n")
    return "".join(lines) + f"{name},,\n"


def write(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.external_attr = (0o755 if ".so" in name else 0o644) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-rebuild", action="store_true", help="take what is built as it is")
    parser.add_argument("--output", type=Path, default=Path("."), help="where to; else: here")
    parser.add_argument("build", help="the build folder")
    options = parser.parse_args()
    version = json.loads(meson("introspect", "--projectinfo", options.build))["version"]
    with tempfile.TemporaryDirectory() as folder:
        how = ["--quiet", "--strip", *(["--no-rebuild"] if options.no_rebuild else [])]
        meson("install", "-C", options.build, *how, "--destdir", folder)
        files, tag = collect(Path(folder), version)
    files = dict(sorted(files.items()))
    name = f"offerpolicy-{version}.dist-info/RECORD"
    files[name] = record(files, name).encode()
    wheel = options.output / f"offerpolicy-{version}-{tag}.whl"
    os.makedirs(options.output, exist_ok=True)
    write(wheel, files)
    print(wheel)


if __name__ == "__main__":
    main()
