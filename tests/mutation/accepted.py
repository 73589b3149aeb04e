# SPDX-License-Identifier: MIT
"""The list of mutants that no test can tell from the original, with the reason of each.

A paragraph names a file and a function, then the lines as they are (-) and as they would be (+),
then why it makes no difference. Lines are compared without their indentation.
"""


class Accepted:
    def __init__(self, path):
        self.wanted = {}  # what identifies a mutant: the number of its paragraph
        self.used = set()
        paragraphs = path.read_text(encoding="utf-8").split("\n\n")
        for number, paragraph in enumerate(paragraphs):
            lines = [line for line in paragraph.splitlines() if not line.startswith("#")]
            if lines:
                self.read(number, *lines)

    def read(self, number, place, *lines):
        file, _, function = place.partition(" ")
        before, reason = None, ""
        for line in lines:
            if line.startswith("- "):
                before = line[2:].strip()
            elif line.startswith("+ "):
                self.wanted[file, function, before, line[2:].strip()] = number
            else:
                reason += line
        if not reason:
            raise SystemExit(f"equivalent.txt gives no reason for {place}: {lines[0]}")

    def knows(self, mutant):
        return key_of(mutant) in self.wanted

    def use(self, mutant):
        """As knows(), for one that has survived."""
        if self.knows(mutant):
            self.used.add(key_of(mutant))
        return self.knows(mutant)

    def unused(self, files):
        """Entries of these files that stand for no mutant that survives."""
        return [key for key in self.wanted if key[0] in files and key not in self.used]


def key_of(mutant):
    return mutant.file, mutant.function, mutant.before, mutant.after


def as_paragraph(mutant):
    """A mutant in the form of the list."""
    return (f"{mutant.file} {mutant.function}".rstrip() +
            f"\n- {mutant.before}\n+ {mutant.after}\n")
