# SPDX-License-Identifier: MIT
"""Every small mistake that could be made in a C file, found with clang's syntax tree.

A mutant replaces one piece of text: an operator, a constant, a condition, a statement or a
returned value. What stands inside a macro's expansion is left alone.
"""
import hashlib
import re
from dataclasses import dataclass

from clang.cindex import CursorKind, Index, TranslationUnit, TypeKind

# Off by one, and the opposite.
OPERATORS = {
    "<": ["<=", ">="], ">": [">=", "<="], "<=": ["<", ">"], ">=": [">", "<"],
    "==": ["!="], "!=": ["=="], "&&": ["||"], "||": ["&&"],
    "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"],
    "<<": [">>"], ">>": ["<<"], "&": ["|"], "|": ["&"], "^": ["&"],
    "+=": ["-="], "-=": ["+="], "*=": ["/="], "/=": ["*="],
    "|=": ["&="], "&=": ["|="], "<<=": [">>="], ">>=": ["<<="],
}
BOUNDARIES = {"<": "<=", ">": ">=", "<=": "<", ">=": ">"}
UNARY = {"++": "--", "--": "++", "!": "", "-": "", "~": ""}
NUMBER = re.compile(r"(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)")
CONSTANT_MACRO = re.compile(r"[A-Z][A-Z0-9_]+")
REMOVED = "(void)0"

STATEMENTS = {CursorKind.CALL_EXPR, CursorKind.COMPOUND_ASSIGNMENT_OPERATOR,
              CursorKind.BREAK_STMT, CursorKind.CONTINUE_STMT}
CONDITIONS = {CursorKind.IF_STMT, CursorKind.CONDITIONAL_OPERATOR}
LOOPS = {CursorKind.WHILE_STMT, CursorKind.FOR_STMT, CursorKind.DO_STMT}
INTEGERS = {TypeKind.INT, TypeKind.UINT, TypeKind.LONG, TypeKind.ULONG, TypeKind.SHORT,
            TypeKind.USHORT, TypeKind.UCHAR, TypeKind.CHAR_S, TypeKind.SCHAR, TypeKind.ENUM,
            TypeKind.LONGLONG, TypeKind.ULONGLONG}


@dataclass(frozen=True)
class Mutant:
    """One piece of a file's text, and what stands there instead."""
    file: str
    function: str
    line: int
    start: int
    end: int
    text: str
    before: str  # the lines that change, on one line
    after: str
    id: str


class Source:
    """A file's text by byte, as clang counts."""

    def __init__(self, root, file):
        self.file = file
        self.text = (root / file).read_bytes().decode("latin-1")

    def replaced(self, start, end, text):
        return self.text[:start] + text + self.text[end:]

    def lines_around(self, start, end, text):
        """The lines from start to end, as they are and as they would be."""
        first = self.text.rfind("\n", 0, start) + 1
        last = self.text.find("\n", end)
        before = self.text[first:last]
        after = self.text[first:start] + text + self.text[end:last]
        return " ".join(before.split()), " ".join(after.split())


def extent(cursor):
    return cursor.extent.start.offset, cursor.extent.end.offset


def peeled(cursor):
    """What is inside parentheses and conversions that nobody wrote."""
    while cursor.kind in (CursorKind.UNEXPOSED_EXPR, CursorKind.PAREN_EXPR):
        inner = list(cursor.get_children())
        if len(inner) != 1:
            break
        cursor = inner[0]
    return cursor


class Finder:
    """Walks through one file and collects (start, end, text, function)."""

    def __init__(self, source, unit, path):
        self.source = source
        self.path = path
        self.found = {}
        self.function = ""
        self.result = None
        self.macros = []
        for cursor in unit.cursor.get_children():
            if self.is_here(cursor) and cursor.kind == CursorKind.MACRO_INSTANTIATION:
                self.macros.append(extent(cursor))
        for cursor in unit.cursor.get_children():
            if self.is_here(cursor):
                self.visit_top(cursor)

    def is_here(self, cursor):
        return cursor.location.file is not None and cursor.location.file.name == self.path

    def text_of(self, cursor):
        start, end = extent(cursor)
        return self.source.text[start:end]

    def in_macro(self, start, end):
        """Is it a part of a macro's use, and not all of it?"""
        return any(first <= start < last and (start, end) != (first, last)
                   for first, last in self.macros)

    def add(self, cursor, text):
        start, end = extent(cursor)
        self.add_range(start, end, text)

    def add_range(self, start, end, text):
        old = self.source.text[start:end]
        if start < end and old != text and not self.in_macro(start, end):
            self.found.setdefault((start, end, text), self.function)

    # Where things stand

    def visit_top(self, cursor):
        if cursor.kind == CursorKind.FUNCTION_DECL and cursor.is_definition():
            self.function = cursor.spelling
            self.result = cursor.result_type.get_canonical()
            self.visit(cursor, None)
            self.mutate_macros(cursor)
        elif cursor.kind in (CursorKind.VAR_DECL, CursorKind.ENUM_DECL):
            self.function = ""
            self.visit(cursor, None)

    def visit(self, cursor, parent):
        self.mutate(cursor, parent)
        for child in cursor.get_children():
            self.visit(child, cursor)

    def mutate(self, cursor, parent):
        kind = cursor.kind
        if kind in (CursorKind.BINARY_OPERATOR, CursorKind.COMPOUND_ASSIGNMENT_OPERATOR):
            self.mutate_operator(cursor, parent)
        elif kind == CursorKind.UNARY_OPERATOR:
            self.mutate_unary(cursor)
        elif kind in (CursorKind.INTEGER_LITERAL, CursorKind.CHARACTER_LITERAL):
            self.mutate_literal(cursor, parent)
        elif kind == CursorKind.DECL_REF_EXPR:
            self.mutate_enumerator(cursor, parent)
        elif kind == CursorKind.RETURN_STMT:
            self.mutate_return(cursor)
        if kind in CONDITIONS:
            self.force(next(cursor.get_children()), ["0", "1"])
        elif kind in LOOPS:
            self.end_loop(cursor)
        self.remove_statements(cursor)

    # What is changed

    def operator_of(self, left, right):
        """Where the operator between two operands stands."""
        start, end = left.extent.end.offset, right.extent.start.offset
        between = self.source.text[start:end]
        operator = between.strip()
        start += between.find(operator)
        return operator, start, start + len(operator)

    def mutate_operator(self, cursor, parent):
        left, right = cursor.get_children()
        operator, start, end = self.operator_of(left, right)
        for other in OPERATORS.get(operator, []):
            if other == BOUNDARIES.get(operator):
                if self.chooses(cursor, parent):
                    continue
            elif operator in BOUNDARIES and parent.kind in CONDITIONS | LOOPS:
                continue  # forcing the condition either way is sharper than turning it round
            self.add_range(start, end, other)
        if operator in ("&&", "||"):
            self.force(left, ["1" if operator == "&&" else "0"])
            self.force(right, ["1" if operator == "&&" else "0"])

    def chooses(self, cursor, parent):
        """Is it `a < b ? a : b`? Where both are equal it makes no difference which one is taken."""
        if parent is None or parent.kind != CursorKind.CONDITIONAL_OPERATOR:
            return False
        condition, *choices = parent.get_children()
        operands = {self.text_of(operand) for operand in cursor.get_children()}
        return condition == cursor and operands == {self.text_of(choice) for choice in choices}

    def mutate_unary(self, cursor):
        start, end = extent(cursor)
        text = self.source.text[start:end]
        for operator, other in UNARY.items():
            if text.startswith(operator):
                self.add_range(start, start + len(operator), other)
                return
            if operator in ("++", "--") and text.endswith(operator):
                self.add_range(end - 2, end, other)
                return

    def mutate_literal(self, cursor, parent):
        text = self.text_of(cursor)
        number = NUMBER.fullmatch(text)
        sizes_array = parent is not None and parent.kind in (CursorKind.VAR_DECL,
                                                             CursorKind.PARM_DECL)
        all_zero = parent is not None and self.text_of(parent) == "{0}"
        if all_zero or (sizes_array and parent.type.kind == TypeKind.CONSTANTARRAY):
            return
        if number:
            value, suffix = int(number[1], 0), number[2]
            self.add(cursor, f"{value + 1}{suffix}")
            self.add(cursor, f"{value - 1}{suffix}" if value else "-1")
        elif text in ("true", "false"):
            self.add(cursor, "false" if text == "true" else "true")
        elif text.startswith("'"):
            self.add(cursor, f"({text} + 1)")

    def mutate_enumerator(self, cursor, parent):
        """Another one of the same kind; a number with a name becomes one more."""
        meant = cursor.referenced
        if meant is None or meant.kind != CursorKind.ENUM_CONSTANT_DECL:
            return
        if parent is not None and parent.kind == CursorKind.CASE_STMT:
            return
        all_of_them = list(meant.semantic_parent.get_children())
        if len(all_of_them) == 1 or not meant.semantic_parent.is_definition() or any(
                list(one.get_children()) for one in all_of_them):
            self.add(cursor, f"({meant.spelling} + 1)")
            return
        place = [one.spelling for one in all_of_them].index(meant.spelling)
        self.add(cursor, all_of_them[(place + 1) % len(all_of_them)].spelling)

    def mutate_macros(self, function):
        first, last = extent(function)
        for start, end in self.macros:
            text = self.source.text[start:end]
            if first < start < last and CONSTANT_MACRO.fullmatch(text) and text != "NULL":
                self.add_range(start, end, f"({text} + 1)")

    def mutate_return(self, cursor):
        value = next(cursor.get_children(), None)
        if value is None:
            self.add(cursor, REMOVED)
        elif self.result.kind == TypeKind.BOOL:
            self.force(value, ["false", "true"])
        elif self.result.kind == TypeKind.POINTER:
            self.force(value, ["NULL"])
        elif self.result.kind in INTEGERS:
            self.force(value, ["0"])
            if not NUMBER.fullmatch(self.text_of(value)):
                self.force(value, [f"({self.text_of(value)}) + 1"])

    def force(self, cursor, texts):
        for text in texts:
            self.add(cursor, text)

    def end_loop(self, cursor):
        """The body is the last part, and not all parts need be there: the text tells them apart."""
        *parts, body = cursor.get_children()
        if cursor.kind == CursorKind.DO_STMT:
            self.force(body, ["0"])
            return
        for part in parts:
            after = self.source.text[part.extent.end.offset:].lstrip()
            before = self.source.text[:part.extent.start.offset].rstrip()
            is_condition = cursor.kind == CursorKind.WHILE_STMT or (
                before.endswith(";") and after.startswith(";"))
            if is_condition:
                self.force(part, ["0"])

    def remove_statements(self, cursor):
        children = list(cursor.get_children())
        if cursor.kind == CursorKind.COMPOUND_STMT:
            statements = children
        elif cursor.kind == CursorKind.IF_STMT:
            statements = children[1:]
        elif cursor.kind in (CursorKind.FOR_STMT, CursorKind.WHILE_STMT):
            statements = children[-1:]
        elif cursor.kind in (CursorKind.CASE_STMT, CursorKind.DEFAULT_STMT):
            statements = children[-1:]
        else:
            return
        for statement in statements:
            self.remove(statement)

    def remove(self, statement):
        inner = peeled(statement)
        is_assignment = inner.kind == CursorKind.BINARY_OPERATOR
        is_step = inner.kind == CursorKind.UNARY_OPERATOR
        if inner.kind in STATEMENTS or is_assignment or is_step:
            self.add(statement, REMOVED)
        if inner.kind == CursorKind.BREAK_STMT:
            self.add(statement, "continue")
        elif inner.kind == CursorKind.CONTINUE_STMT:
            self.add(statement, "break")


def find_mutants(root, file, arguments):
    """All mutants of a file, in the order of its text. @param arguments for the compiler"""
    source = Source(root, file)
    path = str(root / file)
    unit = Index.create().parse(path, args=["-x", "c", *arguments],
                                options=TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD)
    errors = [str(one) for one in unit.diagnostics if one.severity >= 3]
    if errors:
        raise SystemExit(f"{file} can't be read: {errors[0]}")
    mutants, seen = [], {}
    for (start, end, text), function in sorted(Finder(source, unit, path).found.items()):
        before, after = source.lines_around(start, end, text)
        name = f"{file}\n{function}\n{before}\n{after}"
        seen[name] = seen.get(name, 0) + 1
        digest = hashlib.sha256(f"{name}\n{seen[name]}".encode()).hexdigest()[:12]
        line = source.text.count("\n", 0, start) + 1
        mutants.append(Mutant(file, function, line, start, end, text, before, after, digest))
    return source, mutants
