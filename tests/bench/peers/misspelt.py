# SPDX-License-Identifier: MIT
"""What each peer says to a field that is misspelt in its policy, and in the requests."""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

from catalogue import HERE, ROOT
from child import Child, Failed, first_line
from measure import answers_of, differences

CONTRACT = ROOT / "tests/cases/contract/policy.yaml"


def outcome(peer, build, inputs, wanted, **more):
    """The message, or how many answers are wrong without one."""
    child = None
    try:
        child = Child(peer, build, inputs, **more)
        mode = child.modes[-1]
        wrong = differences(answers_of(child, mode), wanted)
        return f"nothing: {len(wrong):,} of {len(wanted):,} answers are wrong"
    except Failed as failed:
        return f"`{failed}`"
    finally:
        if child:
            child.close()


def command_message(*command):
    """What the library's command says, which is what its users see."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    documents = [line for line in done.stdout.splitlines() if line.startswith('{"error"')]
    if not documents:
        return f"`{first_line(done.stdout)}`"
    error = json.loads(documents[0])["error"]
    return f"`{error['pointer']}: {error['message']} [{error['code']}]`"


def compile_message(path, build):
    """What the C compiler says."""
    folders = [HERE.parent, HERE / "common", ROOT / "include", build / "include"]
    includes = [f"-I{folder}" for folder in folders]
    command = ["cc", "-D_GNU_SOURCE", "-fsyntax-only", *includes, path]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    errors = [line for line in done.stderr.splitlines() if "error:" in line]
    return f"`{first_line(errors[0])}`" if errors else "nothing"


def misspell_policy(peer, build, inputs, wanted):
    name, right, wrong = peer.misspelt
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder) / "tests/bench/peers"
        shutil.copytree(HERE, here)
        shutil.copytree(ROOT / "tests/cases/contract", here.parents[1] / "cases/contract")
        path = here / name
        text = path.read_text(encoding="utf-8")
        assert right in text, f"{name}: {right} is not there"
        path.write_text(text.replace(right, wrong), encoding="utf-8")
        if peer.key == "ours":
            return command_message(build / "bindings/cli/offerpolicy", "check", path)
        if path.suffix == ".c":
            return compile_message(path, build)
        return outcome(peer, build, inputs, wanted, here=here)


def misspell_requests(peer, build, inputs, wanted):
    with tempfile.TemporaryDirectory() as folder:
        other = pathlib.Path(folder)
        for name in ("requests.ndjson", "facts.ndjson"):
            text = (inputs / name).read_text(encoding="utf-8")
            if name == peer.inputs:
                text = re.sub(r'"hold":', '"hodl":', text)
            (other / name).write_text(text, encoding="utf-8")
        if peer.key == "ours":
            program = build / "bindings/cli/offerpolicy"
            return command_message(program, "decide", "-p", CONTRACT, other / peer.inputs)
        return outcome(peer, build, other, wanted)
