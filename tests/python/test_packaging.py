# SPDX-License-Identifier: MIT
"""The package where users have it: from a wheel in a clean environment, and installed by Meson.

    test_packaging.py BUILD PYTHON

BUILD is the build folder, PYTHON the interpreter that it was built for.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FULL = os.environ.get("OFP_TEST_SIZE") == "full"
BUILD, PYTHON = sys.argv[1:3] if len(sys.argv) > 2 else (None, sys.executable)

# What a program sees of an installed package: where it and the library are, and that it decides.
PROGRAM = """
import offerpolicy, sys
policy = offerpolicy.Policy.default()
decision = policy.decide(
    {"now": "2026-11-20T18:00:00Z", "ticket": {"id": "1", "offering": "cloud",
     "created_at": "2026-11-20T18:00:00Z"}})
assert decision.verdict == "unknown_org", decision
print(offerpolicy.__version__)
print(offerpolicy.__file__)
with open("/proc/self/maps") as maps:
    print({line.split()[-1] for line in maps if "libofferpolicy.so" in line}.pop())
"""


def run(*command, **options):
    """The output of a command that must work."""
    done = subprocess.run(
        list(map(str, command)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        **options,
    )
    if done.returncode:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


def clean_environment(**more):
    """Without what leads to the build folder, and without network."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PIP_", "LD_", "DESTDIR"))
    }
    return {**kept, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **more}


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name).resolve()


class Wheel(Folder):
    def make(self, output="wheel"):
        script = ROOT / "bindings/python/make_wheel.py"
        printed = run(PYTHON, script, "--no-rebuild", "--output", self.folder / output, BUILD)
        return pathlib.Path(printed.strip())

    def test_in_a_clean_environment(self):
        wheel = self.make()
        run(PYTHON, "-m", "venv", self.folder / "venv", env=clean_environment())
        python = self.folder / "venv/bin/python"
        run(python, "-m", "pip", "install", wheel, env=clean_environment(), cwd=self.folder)
        printed = run(python, "-c", PROGRAM, env=clean_environment(), cwd=self.folder)
        version, package, library = printed.splitlines()
        self.assertIn(f"-{version}-", wheel.name)
        self.assertTrue(package.startswith(str(self.folder / "venv")), package)
        self.assertTrue(library.startswith(str(self.folder / "venv")), library)
        run(python, "-m", "pip", "check", env=clean_environment())
        run(python, "-m", "pip", "uninstall", "-y", "offerpolicy", env=clean_environment())
        left = [path for path in (self.folder / "venv").rglob("*offerpolicy*")]
        self.assertEqual(left, [])

    def test_what_is_in_it(self):
        wheel = self.make()
        with zipfile.ZipFile(wheel) as archive:
            self.assertIsNone(archive.testzip())
            names = archive.namelist()
        self.assertEqual(len(names), len(set(names)))
        for name in ("offerpolicy/py.typed", "offerpolicy/native.pyi", "offerpolicy/__init__.py"):
            self.assertIn(name, names)
        self.assertTrue(any(re.search(r"/libofferpolicy\.so\.[\d.]+\Z", name) for name in names))
        self.assertFalse([name for name in names if "__pycache__" in name or ".json" in name])

    def test_it_is_always_the_same(self):
        one, other = self.make("one"), self.make("other")
        self.assertEqual(one.read_bytes(), other.read_bytes())

    def test_whatever_python_comes_first(self):
        other = shutil.which("python3")
        script = ROOT / "bindings/python/make_wheel.py"
        made = run(other, script, "--no-rebuild", "--output", self.folder / "other", BUILD)
        with zipfile.ZipFile(made.strip()) as one, zipfile.ZipFile(self.make()) as same:
            self.assertEqual(
                {name: one.read(name) for name in one.namelist()},
                {name: same.read(name) for name in same.namelist()},
            )


class Installed(Folder):
    def look(self, build, prefix):
        """Installs, and runs a program that finds the package in the folder of the prefix."""
        stage = self.folder / "stage"
        run("meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", stage)
        (extension,) = stage.rglob("offerpolicy/_native.*.so")
        (library,) = [one for one in stage.rglob("libofferpolicy.so.*") if not one.is_symlink()]
        site = extension.parents[1]
        environment = clean_environment(PYTHONPATH=str(site), LD_LIBRARY_PATH=str(library.parent))
        version, package, mapped = run(PYTHON, "-c", PROGRAM, env=environment).splitlines()
        self.assertRegex(version, r"\A\d+\.\d+\.\d+\Z")
        self.assertEqual(pathlib.Path(package).parent, extension.parent)
        self.assertEqual(pathlib.Path(mapped), library)
        found = "/" + str(site.relative_to(stage))
        self.assertTrue(found.startswith(prefix + "/"), found)
        if prefix in ("/usr", "/usr/local"):
            looked = json.loads(run(PYTHON, "-c", "import sys, json; print(json.dumps(sys.path))"))
            self.assertIn(found, looked)

    def installed_targets(self, build):
        """What is built and installed."""
        places = json.loads(run("meson", "introspect", "--installed", build))
        made = [pathlib.Path(place) for place in places if place.startswith(str(build))]
        return [one.relative_to(build) for one in made if not one.exists()]

    def test_as_it_was_configured(self):
        options = json.loads(run("meson", "introspect", "--buildoptions", BUILD))
        prefix = next(one["value"] for one in options if one["name"] == "prefix")
        self.look(BUILD, prefix)

    @unittest.skipUnless(FULL, "builds all anew, twice")
    def test_every_prefix(self):
        for prefix in ("/usr", "/usr/local", "/opt/support"):
            with self.subTest(prefix):
                build = self.folder / "build"
                run("meson", "setup", build, ROOT, f"-Dprefix={prefix}", "-Dbuildtype=plain")
                run("ninja", "-C", build, *self.installed_targets(build))
                self.look(build, prefix)
                for path in self.folder.iterdir():
                    shutil.rmtree(path)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
