"""Which small faults can be put into a source, each with the exact span of text that it replaces."""

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

#: What each operator becomes.
ARITHMETIC: dict[type, tuple[str, tuple[str, ...]]] = {
    ast.Add: ("+", ("-",)), ast.Sub: ("-", ("+",)), ast.Mult: ("*", ("/",)), ast.Div: ("/", ("*",)),
    ast.FloorDiv: ("//", ("*",)), ast.Mod: ("%", ("//",)), ast.Pow: ("**", ("*",)), ast.LShift: ("<<", (">>",)),
    ast.RShift: (">>", ("<<",)), ast.BitAnd: ("&", ("|",)), ast.BitOr: ("|", ("&",)), ast.BitXor: ("^", ("&",)),
}  # fmt: skip
COMPARISONS: dict[type, tuple[str, tuple[str, ...]]] = {
    ast.Lt: ("<", ("<=", ">=")), ast.LtE: ("<=", ("<", ">")), ast.Gt: (">", (">=", "<=")), ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)), ast.NotEq: ("!=", ("==",)), ast.Is: ("is", ("is not",)), ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)), ast.NotIn: ("not in", ("in",)),
}  # fmt: skip
BOOLEAN: dict[type, tuple[str, tuple[str, ...]]] = {ast.And: ("and", ("or",)), ast.Or: ("or", ("and",))}

#: Calls that give something like their first argument: the call is removed, the argument stays.
_PASSES_ON = {
    "min", "max", "abs", "round", "sorted", "reversed", "sqrt", "exp", "log", "log10", "log2", "floor", "ceil",
    "rint", "maximum", "minimum", "clip", "cos", "sin", "tanh", "unique", "sort", "argsort", "cumsum", "flip",
}  # fmt: skip
#: Calls for which the order of the arguments is of no account.
_UNORDERED = {"min", "max", "maximum", "minimum", "hypot"}
#: Views of memory: their second argument is a type, or a length that nobody checks, so that another one is no fault.
_VIEWS = {"record_at", "array_at", "f32", "f64", "i64", "i32", "u8", "u64"}
#: Decorators that turn a function into machine code, which no tracing sees.
_COMPILES = {"kernel", "fast_kernel", "entry", "intrinsic", "njit", "cfunc"}


@dataclass(frozen=True)
class Span:
    """A piece of source that has mutants: bytes [start, end), what it is, and where."""

    start: int
    end: int
    kind: str
    line: int
    #: `co_qualname` of the function that runs it; "" for what runs at import, and for machine code.
    scope: str
    replacements: tuple[str, ...]


class _Source:
    """A source and where its tokens are, in bytes."""

    def __init__(self, text: str) -> None:
        self.text, self.data = text, text.encode()
        lines = text.splitlines(keepends=True)
        self._starts, characters = [0], 0
        for line in lines:
            characters += len(line.encode())
            self._starts.append(characters)
        self.tokens = [
            (self._starts[row - 1] + len(lines[row - 1][:column].encode()), token.string)
            for token in tokenize.generate_tokens(io.StringIO(text).readline)
            for row, column in [token.start]
            if token.type in (tokenize.OP, tokenize.NAME)
        ]

    def span(self, node: Any) -> tuple[int, int]:
        return (
            self._starts[node.lineno - 1] + node.col_offset,
            self._starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def of(self, node: Any) -> str:
        start, end = self.span(node)
        return self.data[start:end].decode()

    def operator(self, start: int, end: int, symbol: str) -> tuple[int, int]:
        """Span of an operator (of one word or two) between two operands."""
        words = symbol.split()
        inside = [(at, text) for at, text in self.tokens if start <= at < end]
        for k, (at, text) in enumerate(inside):
            if text.removesuffix("=") == words[0] or text == words[0]:
                last_at, last = inside[k + len(words) - 1]
                return at, last_at + len((words[0] if len(words) == 1 else last).encode())
        raise LookupError(symbol)


def spans(text: str) -> list[Span]:
    """Find all pieces of a Python source that have mutants, in the order of the text."""
    source = _Source(text)
    found = _Finder(source).run(ast.parse(text))
    return sorted(found, key=lambda s: (s.start, s.end, s.kind))


def applied(text: str, span: Span, replacement: str) -> str:
    """Give the source with one span replaced."""
    data = text.encode()
    return (data[: span.start] + replacement.encode() + data[span.end :]).decode()


class _Finder:
    def __init__(self, source: _Source) -> None:
        self.source, self.scope, self.names = source, "", []
        self.found: list[Span] = []
        self._compiled = self._function = None

    def run(self, tree: ast.Module) -> list[Span]:
        for statement in tree.body:
            self.visit(statement)
        return self.found

    def add(self, kind: str, span: tuple[int, int], line: int, replacements: tuple[str, ...]) -> None:
        old = self.source.data[span[0] : span[1]].decode()
        if replacements := tuple(r for r in replacements if r != old):
            self.found.append(Span(*span, kind, line, "" if self._compiled else self.scope, replacements))

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.JoinedStr) or _is_main_guard(node):
            return
        getattr(self, f"at_{type(node).__name__.lower()}", self.into)(node)

    def into(self, node: ast.AST) -> None:
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_comment"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    self.visit(child)

    # -- functions and classes

    def at_functiondef(self, node: Any) -> None:
        for default in [*node.args.defaults, *(d for d in node.args.kw_defaults if d)]:
            self.visit(default)  # runs where the function is defined
        kept = self.scope, self.names, self._compiled, self._function
        self.names = [*self.names, node.name]
        self.scope = ".".join(self.names)
        self.names = [*self.names, "<locals>"]
        self._compiled = self._compiled or any(_name(d) in _COMPILES for d in node.decorator_list)
        self._function = node
        for statement in node.body:
            self.visit(statement)
        self.scope, self.names, self._compiled, self._function = kept

    at_asyncfunctiondef = at_functiondef

    def at_classdef(self, node: ast.ClassDef) -> None:
        kept, self.names = self.names, [*self.names, node.name]
        kept_function, self._function = self._function, None
        for statement in node.body:
            self.visit(statement)
        self.names, self._function = kept, kept_function

    # -- operators

    def at_binop(self, node: ast.BinOp) -> None:
        self.into(node)
        if not (_is_text(node.left) or _is_text(node.right)):
            between = self.source.span(node.left)[1], self.source.span(node.right)[0]
            self._operator("arithmetic", ARITHMETIC, node.op, between, node)

    def at_augassign(self, node: ast.AugAssign) -> None:
        self._removal(node)
        self.into(node)
        if not _is_text(node.value):
            between = self.source.span(node.target)[1], self.source.span(node.value)[0]
            self._operator("arithmetic", ARITHMETIC, node.op, between, node)

    def at_boolop(self, node: ast.BoolOp) -> None:
        self.into(node)
        for left, right in pairwise(node.values):
            between = self.source.span(left)[1], self.source.span(right)[0]
            self._operator("boolean", BOOLEAN, node.op, between, node)

    def at_compare(self, node: ast.Compare) -> None:
        self.into(node)
        for left, operator, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            between = self.source.span(left)[1], self.source.span(right)[0]
            self._operator("comparison", COMPARISONS, operator, between, node)

    def _operator(self, kind: str, table: Any, operator: Any, between: tuple[int, int], node: Any) -> None:
        if row := table.get(type(operator)):
            span = self.source.operator(*between, row[0])
            self.add(kind, span, _line(self.source, span[0]), row[1])

    def at_unaryop(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.USub | ast.Not):
            kind = "boolean" if isinstance(node.op, ast.Not) else "arithmetic"
            self.add(kind, self.source.span(node), node.lineno, (self.source.of(node.operand),))
        self.into(node)

    # -- conditions

    def at_if(self, node: Any) -> None:
        self._negation(node.test)
        self.into(node)

    at_while = at_ifexp = at_if

    def at_comprehension(self, node: ast.comprehension) -> None:
        for condition in node.ifs:
            self._negation(condition)
        self.into(node)

    def _negation(self, test: Any) -> None:
        single = isinstance(test, ast.Compare) and len(test.ops) == 1  # its operator has the negation
        if not (single or isinstance(test, ast.Constant) or _is_not(test)):
            self.add("condition", self.source.span(test), test.lineno, (f"not ({self.source.of(test)})",))

    # -- constants

    def at_constant(self, node: ast.Constant) -> None:
        value = node.value
        if type(value) in (int, float):
            texts = dict.fromkeys(repr(v) for v in (value + 1, value - 1, value * 2, type(value)(0)) if v != value)
            self.add("constant", self.source.span(node), node.lineno, tuple(texts))

    # -- calls and statements

    def at_call(self, node: ast.Call) -> None:
        name, given = _name(node.func), node.args
        if name in _VIEWS:
            for part in [*given[:1], *given[2:]]:
                self.visit(part)
            return
        self.into(node)
        if any(isinstance(a, ast.Starred) for a in given):
            return
        if name in _PASSES_ON and given:
            self.add("call", self.source.span(node), node.lineno, (f"({self.source.of(given[0])})",))
        if name not in _UNORDERED:
            for left, right in pairwise(given):
                (start, left_end), (right_start, end) = self.source.span(left), self.source.span(right)
                one, between, other = (
                    self.source.data[a:b].decode()
                    for a, b in ((start, left_end), (left_end, right_start), (right_start, end))
                )
                if one != other and not (_is_text(left) and _is_text(right)):
                    self.add("arguments", (start, end), left.lineno, (f"{other}{between}{one}",))

    def at_expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Constant):
            return  # a docstring, or an ellipsis
        self._removal(node)
        self.into(node)

    def at_raise(self, node: ast.Raise) -> None:
        self._removal(node)
        if isinstance(node.exc, ast.Call):  # a sentence and what goes with it: no order to swap
            self.into(node.exc)

    def at_assign(self, node: ast.Assign) -> None:
        if any(_name(t) in ("__all__", "__version__") for t in node.targets):
            return
        if all(self._is_kept_elsewhere(t) for t in node.targets):
            self._removal(node)
        self.into(node)

    def at_annassign(self, node: ast.AnnAssign) -> None:
        if node.value and self._is_kept_elsewhere(node.target):
            self._removal(node)
        self.into(node)

    def _removal(self, node: Any) -> None:
        if self._function:
            self.add("statement", self.source.span(node), node.lineno, ("pass",))

    def _is_kept_elsewhere(self, target: Any) -> bool:
        """Tell whether a name is there without this assignment: removing the only one would be no subtle fault."""
        if isinstance(target, ast.Tuple):
            return all(self._is_kept_elsewhere(t) for t in target.elts)
        if not isinstance(target, ast.Name):
            return True
        function = self._function
        if not function:
            return False
        arguments = {a.arg for a in ast.walk(function.args) if isinstance(a, ast.arg)}
        stores = [n for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        return target.id in arguments or any(n.id == target.id and n.lineno < target.lineno for n in stores)


def _name(node: Any) -> str:
    """Last word of a name, an attribute, or a call of one."""
    while isinstance(node, ast.Call):
        node = node.func
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_text(node: Any) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))


def _is_not(node: Any) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def _is_main_guard(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and bool(re.search(r"__main__|TYPE_CHECKING", ast.dump(node.test)))


def _line(source: _Source, at: int) -> int:
    return source.data.count(b"\n", 0, at) + 1
