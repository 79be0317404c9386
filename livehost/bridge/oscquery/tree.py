"""The table of addresses as the tree that OSCQuery describes: containers, methods, and the attributes of each."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from livehost.bridge.osc.addresses import ADDRESSES
from livehost.bridge.osc.schema import Address, Arg
from livehost.bridge.osc.urgent import WORDS

#: Attributes that the proposal leaves to the server, and that are given here; LISTEN brings IGNORE along.
EXTENSIONS = ("ACCESS", "VALUE", "RANGE", "DESCRIPTION", "UNIT", "CLIPMODE", "CRITICAL", "OVERLOADS", "LISTEN")
#: Attributes of a node that can be asked for.
ATTRIBUTES = ("FULL_PATH", "CONTENTS", "TYPE", *EXTENSIONS[:-1])
#: Attributes that the proposal knows, and that no node has here.
UNSUPPORTED = ("TAGS", "EXTENDED_TYPE", "HTML")
#: What may be done with an address: 1 its value can be read, 2 it can be sent to, 3 both.
READ, WRITE, CONTAINER = 1, 2, 0
_ACCESS = {"set": READ | WRITE, "query": READ, "out": READ, "trigger": WRITE, "call": WRITE}
#: Units by the proposal's names for them; others keep their own.
_UNITS = {
    "dB": "gain.db-raw", "dBFS": "gain.db", "ms": "time.ms", "s": "time.second", "Hz": "time.hz", "bpm": "time.bpm",
    "samples": "time.samples", "frames": "time.samples",
}  # fmt: skip
_CRITICAL = {word.decode() for word, _ in WORDS}
#: Gives the values of an address, None where it has none (yet).
Read = Callable[[Address], Sequence[Any] | None]


@dataclass
class Node:
    """A place in the tree: a container, a method, or both.

    Attributes
    ----------
    path : str
        Full path, "/" for the root.
    contents : dict of str to Node
        What is below it, by name.
    row : Address or None
        Its row of the table of addresses, where it is a method.
    attributes : dict
        All but its contents and its value, which change.
    """

    path: str
    contents: dict[str, "Node"] = field(default_factory=dict)
    row: Address | None = None
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def access(self) -> int:
        """What may be done with it: `READ`, `WRITE`, both, or 0 for a container."""
        return CONTAINER if self.row is None else _ACCESS[self.row.access]

    def describe(self, read: Read) -> dict[str, Any]:
        """Describe it and all that is below it."""
        told = dict(self.attributes)
        if self.row is not None and self.access & READ:
            value = self.value(read)
            if value is not None:
                told["VALUE"] = value
        if self.contents:
            told["CONTENTS"] = {name: node.describe(read) for name, node in self.contents.items()}
        return told

    def value(self, read: Read) -> list[Any] | None:
        """Give its values, one for each of its types; None where it has none."""
        if self.row is None:
            return None
        values = read(self.row)
        if values is None or len(values) != len(self.row.types):
            return None
        return [_plain(value) for value in values]

    def walk(self) -> Iterator["Node"]:
        """Give it and every node below it."""
        yield self
        for node in self.contents.values():
            yield from node.walk()


def build(rows: Sequence[Address] = ADDRESSES) -> Node:
    """Build the tree of a table of addresses; gives its root."""
    root = Node("/")
    for row in rows:
        node = root
        for name in row.path.strip("/").split("/"):
            node = node.contents.setdefault(name, Node(f"{node.path.rstrip('/')}/{name}"))
        node.row = row
    for node in root.walk():
        node.attributes = _attributes(node)
    return root


def find(root: Node, path: str) -> Node | None:
    """Find a node by its path; one slash at the end is passed over. None where there is none."""
    node: Node | None = root
    for name in path.removeprefix("/").removesuffix("/").split("/") if path not in ("", "/") else ():
        node = node.contents.get(name) if node is not None else None
    return node


def _attributes(node: Node) -> dict[str, Any]:
    row = node.row
    about: dict[str, Any] = {"FULL_PATH": node.path, "ACCESS": node.access}
    if row is None:
        return about
    about["DESCRIPTION"] = row.help
    if row.access == "trigger" or not row.args:  # a button, and not a slider that would press it all the way
        about["TYPE"] = "I"
        if row.args:
            about["OVERLOADS"] = [_arguments(row)]
    else:
        about |= _arguments(row)
    if row.path in _CRITICAL:
        about["CRITICAL"] = True
    return about


def _arguments(row: Address) -> dict[str, Any]:
    """Describe the arguments of an address: types, and ranges, units and clipping where one of them has any."""
    about: dict[str, Any] = {"TYPE": row.types}
    for name, of in (("RANGE", _range), ("UNIT", _unit), ("CLIPMODE", _clipmode)):
        values = [value for arg in row.args for value in [of(arg)] * arg.count]
        if any(value is not None for value in values) and (name != "CLIPMODE" or _ACCESS[row.access] & WRITE):
            about[name] = values
    return about


def _range(arg: Arg) -> dict[str, Any] | None:
    if arg.choices:
        return {"VALS": list(arg.choices)}
    ends = {"MIN": arg.low, "MAX": arg.high}
    kind = int if arg.type == "i" else float
    return {name: kind(end) for name, end in ends.items() if math.isfinite(end)} or None


def _unit(arg: Arg) -> str | None:
    return _UNITS.get(arg.unit, arg.unit) or None


def _clipmode(arg: Arg) -> str | None:
    if arg.choices or arg.type == "s" or not (math.isfinite(arg.low) or math.isfinite(arg.high)):
        return None
    if arg.strict:
        return "none"
    return "both" if math.isfinite(arg.low) and math.isfinite(arg.high) else "low" if math.isfinite(arg.low) else "high"


def _plain(value: Any) -> Any:
    """Give a value as JSON has it: None for a number that is none."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, (int, str)) or value is None else str(value)
