# SPDX-License-Identifier: MIT
"""Policies that are made to take all time or memory."""

import unittest

from attacks import FULL, SLA, SMALL, TARGETS, Attack, request

# The longest that are read, in full tests; else enough for the seconds that they once took.
SCALE = 10 if FULL else 1


def rules(whens):
    """SLA rules with these conditions."""
    return SMALL + SLA + "".join(
        f"  - {{id: r{number}, when: {when}, {TARGETS}}}\n" for number, when in enumerate(whens)
    )


class Bombs(Attack):
    def test_aliases(self):
        laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        for name, before in zip("bcdefghij", "abcdefghi"):
            laughs += f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
        self.check(laughs, 1, "OFP-102")
        self.check(SMALL + "fields: &a {f: *a}\n", 1, "OFP-102")
        self.check("&a [*a]", 1, "OFP-102")

    def test_depth(self):
        for text in ("[" * 1000000, "{a: " * 100000, "- " * 100000, "? " * 100000):
            self.check(text, 1, "OFP-102")

    def test_size(self):
        for text in ("#" * (16 << 20), "\n" * (16 << 20), "a" * (16 << 20)):
            self.check(text, 1)
        self.check("#" * ((16 << 20) + 1), 2, "more than 16 MiB")

    def test_tags_and_directives(self):
        self.check("%TAG !a! tag:x,2000:\n" * 1000 + "---\n", 1, "OFP-103")
        self.check("[" + "!a," * 100000 * SCALE + "]", 1, "OFP-103")

    def test_many_of_everything(self):
        many = range(100000)
        head = "policy: p\nunpaid: [l0]\npriorities: [low]\ndefault_priority: low\n"
        calendars = "".join(
            f'  c{i}: {{time_zone: Europe/Amsterdam, hours: {{mon: ["09:00-17:00"]}}}}\n'
            for i in many
        )
        self.check(SMALL + "calendars:\n" + calendars, 0, "no mistakes")
        self.check(SMALL + "calendars:\n" + calendars.replace("dam", "dum"), 1, "OFP-1")
        self.check(rules("{level: paid}" for _ in many), 1, "OFP-126")
        levels = ", ".join(f"l{i}" for i in many)
        self.check(f"{head}offerings: {{a: {{}}}}\nlevels: [{levels}]\n", 1, "OFP-126")
        offerings = ", ".join(f"o{i}: {{}}" for i in many)
        self.check(f"{head}levels: [l0]\nofferings: {{{offerings}}}\n", 1, "OFP-126")
        self.check(SMALL + "".join(f"k{i}: 1\n" for i in many), 1, "unknown key")
        self.check(SMALL + "policy: p\n" * 100000, 1, "OFP-104")

    def test_rules_that_are_compared(self):
        # Each with each, this took minutes.
        count = 2000 * SCALE
        either = (f"{{any: [{{org_tag: t{i}}}, {{org_tag: u{i}}}]}}" for i in range(20000))
        self.check(rules(either), 0)
        fields = "".join(f"  f{i}: [a, b]\n" for i in range(1000))
        pairs = (f"{{f{i % 1000}: a, f{(i * 7 + 1) % 1000}: b}}" for i in range(count))
        self.check(rules(pairs) + "fields:\n" + fields, 0)
        tags = ([f"t{k * 97 + i}" for k in range(80)] for i in range(count - 1))
        lists = ("{org_tag: [%s]}" % ", ".join(each) for each in tags)
        self.check(rules(["{any: [{level: free}, {level: paid}]}", *lists]), 0)

    def test_tags_that_are_compared(self):
        # 10,000 of a request with 100,000 of a policy, in either form; a minute at full size.
        known = [f"t{i}" for i in range(10000)]
        wanted = request("t")
        wanted["org"]["tags"] = known
        wanted["entitlements"][0]["level"] = "free"
        guard = "{level: paid, org_tag: [%s]}" % ", ".join(known)
        others = [f"u{i}" for i in range(70000 * SCALE)]
        one = "{all: [{org_tag: [%s]}]}" % ", ".join(others)
        each = "{any: [%s]}" % ", ".join(f"{{org_tag: {tag}}}" for tag in others)
        for when in (one, each):
            self.assertIsNone(self.decide(rules([guard, when]), wanted)["sla"])
            wanted["org"]["tags"] = known[1:] + others[-1:]
            self.assertEqual(self.decide(rules([guard, when]), wanted)["sla"]["rule"], "r1")
            wanted["org"]["tags"] = known

    def test_zone_names(self):
        for name in ("../../../etc/passwd", "/etc/passwd", "..", ".", "Europe/../UTC",
                     "Europe//Rome", "Europe/", "a\\u0000b", "x" * 300, "Europe",
                     "posix/../../../dev/zero"):
            self.check(f'{SMALL}time_zone: "{name}"\n', 1)


class Patterns(Attack):
    def classify(self, patterns, text):
        """The reasons that a ticket with this text is as it is."""
        quoted = (pattern.replace("'", "''") for pattern in patterns)
        lines = "".join(f"    - {{offering: a, match: '{pattern}'}}\n" for pattern in quoted)
        policy = SMALL + "classify:\n  rules:\n" + lines
        wanted = request("t", description=text)
        del wanted["ticket"]["offering"]
        wanted["entitlements"] = []
        decision = self.decide(policy, wanted)
        self.assertEqual(decision["verdict"], "unsure", patterns[0][:60])
        return {reason["code"] for reason in decision["reasons"]}

    def test_from_the_literature(self):
        # OWASP's, Davis' et al. ("The Impact of ReDoS in Practice"), Cloudflare's and others.
        cases = (
            (r"^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 100000),
            (r"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|"
             r"([a-z]{2,3}[.]{1}[a-z]{2,3}))$", "a" * 100000 + "!"),
            (r"^[\s\x{200c}]+|[\s\x{200c}]+$", "x" + " " * 100000 + "x"),
            (r"(?:(?:\"|'|\]|\}|\\|\d|(?:nan|infinity|true|false|null|undefined|symbol|math)|\`|\-|"
             r"\+)+[)]*;?((?:\s|-|~|!|{}|\|\||\+)*.*(?:.*=.*)))", "x" * 100000),
            (r"^(a|a)+$", "a" * 100000 + "!"),
            (r"(.*)*=.*", "x" * 100000),
            (r"^(\d+)*[^\d]x$", "1" * 100000),
            (r"(\w+)\s+\1\s*!", "a b " * 50000),
            (r"^(a*)b.*?\1c", "a" * 400000 + "b" + "a" * 400000),
            (r"(?=a)a{60000}b[cd]", ("a" * 59999 + "-") * 16),
            (r"(?<=[bc].{60000})a?x?[bc]", "a" * 1000000),
            (r"\X+?[cd]", "a" + "\u0301" * 400000),
            ("[" + "".join(f"{chr(0x3000 + 3 * i)}-{chr(0x3001 + 3 * i)}" for i in range(2600)) +
             "]+?[cd]", chr(0x3000 + 3 * 2599) * 300000),
        )
        for pattern, text in cases:
            found = self.classify([pattern], text)
            self.assertTrue(found & {"pattern_gave_up", "offering_no_match"}, pattern[:60])

    def test_many_at_once(self):
        self.assertIn("pattern_gave_up", self.classify(["(?=a)[^b]*[dE]"] * 2000, "a" * 2795))
        short = self.classify([rf"\b\w[ab]c{i}" for i in range(2000)], "a b" * 1000)
        self.assertIn("offering_no_match", short)

    def test_that_take_long_to_compile(self):
        def check(patterns):
            lines = "".join("    - {offering: a, match: '%s'}\n" % each for each in patterns)
            self.check(SMALL + "classify:\n  rules:\n" + lines, 1)

        check([r"[\x{0}-\x{10ffff}]" * 300] * 1500)
        check(["a" * 15000000])
        check(["(" * 5000 + ")" * 5000])
        check(["((((a{0,999}){0,999}){0,999}))"])
        check(["".join(f"(?<n{i}>a)" for i in range(5000))] * 200)
        check(["".join(f"((?{(i + 7) % 90 + 1})a|b)" for i in range(90))] * 2000)


if __name__ == "__main__":
    unittest.main()
