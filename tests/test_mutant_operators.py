"""Which faults `python -m tests.mutants` finds places for in a source."""

import pytest

from tests.mutants.operators import applied, spans


def mutants(text: str, *kinds: str) -> list[str]:
    """All mutants of a source of the given kinds, whole."""
    return [applied(text, s, r) for s in spans(text) for r in s.replacements if not kinds or s.kind in kinds]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("arithmetic", "a + b", ["a - b"]),
        ("arithmetic", "(a) * (  # why\n b)", ["(a) / (  # why\n b)"]),
        ("arithmetic", "é = ü // ö", ["é = ü * ö"]),
        ("arithmetic", "-a", ["a"]),
        ("arithmetic", "a - -b", ["a + -b", "a - b"]),
        ("arithmetic", "a << 'text'", []),
        ("arithmetic", "f'{a + b}'", []),
        ("arithmetic", "a: b | c = d", []),
        ("arithmetic", "def f(a: b | c) -> d | e: ...", []),
        ("comparison", "a < b", ["a <= b", "a >= b"]),
        ("comparison", "a <= b < c", ["a < b < c", "a > b < c", "a <= b <= c", "a <= b >= c"]),
        ("comparison", "a == b", ["a != b"]),
        ("comparison", "a is  not b", ["a is b"]),
        ("comparison", "a not in b", ["a in b"]),
        ("comparison", "a in (b in c)", ["a not in (b in c)", "a in (b not in c)"]),
        ("boolean", "a and b and c", ["a or b and c", "a and b or c"]),
        ("boolean", "(a or\n b)", ["(a and\n b)"]),
        ("boolean", "not a", ["a"]),
        ("condition", "if a: b", ["if not (a): b"]),
        ("condition", "while a.b(): c", ["while not (a.b()): c"]),
        ("condition", "a if b and c else d", ["a if not (b and c) else d"]),
        ("condition", "[a for a in b if c]", ["[a for a in b if not (c)]"]),
        ("condition", "if not a: b", []),  # `if a` is a boolean one
        ("condition", "if a < b: c", []),  # `a >= b` is a comparison
        ("condition", "while True: a", []),
        ("constant", "f(48_000)", ["f(48001)", "f(47999)", "f(96000)", "f(0)"]),
        ("constant", "a[1]", ["a[2]", "a[0]"]),
        ("constant", "a = 0", ["a = 1", "a = -1"]),
        ("constant", "a = 0.5", ["a = 1.5", "a = -0.5", "a = 1.0", "a = 0.0"]),
        ("constant", "True, None, 'a1'", []),
        ("constant", '"""Gives 3."""\n__all__ = ["a"]', []),
        ("constant", "f'{a:5.3f} {3}'", []),
        ("constant", "a: Literal[3]", []),
        ("constant", "def f(a=1): 'Of 2.'", ["def f(a=2): 'Of 2.'", "def f(a=0): 'Of 2.'"]),
    ],
)
def test_operators_conditions_and_constants(kind, text, expected):
    assert mutants(text, kind) == expected


def test_an_assignment_with_an_operator():
    assert mutants("a += b", "arithmetic", "statement") == ["a -= b"]
    text = "def f():\n    a **= b"
    assert mutants(text, "arithmetic", "statement") == ["def f():\n    pass", "def f():\n    a *= b"]


def test_removed_statements():
    body = "'Does it.'\n    b(\n        a\n    )\n    c = a\n    c = b\n    a = c\n    self.d = c\n    raise E"
    text = f"x = 1\n\ndef f(a):\n    {body}\n"
    gone = [text.replace(s, "pass") for s in ("b(\n        a\n    )", "c = b", "a = c", "self.d = c", "raise E")]
    assert mutants(text, "statement") == gone


def test_removed_and_swapped_arguments():
    assert mutants("max(a, b)", "call", "arguments") == ["(a)"]
    assert mutants("np.sqrt(a + 1)", "call") == ["(a + 1)"]
    assert mutants("raise E(f'{a} is odd', 2)", "call", "arguments") == []
    assert mutants("f(a, b,  c, d=e)", "call", "arguments") == ["f(b, a,  c, d=e)", "f(a, c,  b, d=e)"]
    assert (
        mutants("f(a, a)", "arguments") == mutants("f('a', 'b')", "arguments") == mutants("f(*a, b)", "arguments") == []
    )


def test_lengths_of_views_are_no_place_for_a_fault():
    text = "x = array_at(a + 1, 2, T)[4].y + f32(b, 5)[6] + record_at(c, T).z"
    assert sorted({text[s.start : s.end] for s in spans(text)}) == ["+", "1", "4", "6"]


def test_a_mutant_knows_the_function_that_runs_it():
    text = """
a = 1
@kernel
def machine():
    return 2
class C:
    b = 3
    def method(self, c=4):
        def inner():
            return 5
        return 6
"""
    assert [(s.line, s.scope) for s in spans(text) if s.kind == "constant"] == [
        (2, ""), (5, ""), (7, ""), (8, ""), (10, "C.method.<locals>.inner"), (11, "C.method"),
    ]  # fmt: skip
