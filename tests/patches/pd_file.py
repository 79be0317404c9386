"""A reader of Pure Data's file format, as far as the tests need it: windows, boxes, cords, widgets."""

import re
from dataclasses import dataclass, field


@dataclass
class Window:
    name: str
    boxes: list[list[str]] = field(default_factory=list)
    cords: list[tuple[int, int, int, int]] = field(default_factory=list)
    inner: list["Window"] = field(default_factory=list)

    def everything(self):
        yield self
        for window in self.inner:
            yield from window.everything()


@dataclass
class Widget:
    """One that a hand can move: its window, kind, place, width and the name that it sends to, without its number."""

    window: str
    kind: str
    x: int
    y: int
    size: int
    sends: str


def read(text, name):
    """Read a patch; a box is its words, its kind first."""
    stack = [Window(name)]
    started = False
    for line in re.findall(r"(#.*?[^\\]);\n", text, re.DOTALL):
        words = line.split()
        if words[:2] == ["#N", "canvas"]:
            if started:
                stack.append(Window(words[6]))
            started = True
        elif words[:2] == ["#X", "restore"]:
            window = stack.pop()
            stack[-1].boxes.append(["restore", *words[2:]])
            if words[4] == "pd":
                window.name = f"pd-{words[5]}"
                stack[-1].inner.append(window)
        elif words[:2] == ["#X", "connect"]:
            stack[-1].cords.append(tuple(map(int, words[2:])))
        elif words[1] not in ("coords", "array"):
            stack[-1].boxes.append(words[1:])
    (top,) = stack
    return top


def widgets(top):
    """Find what a hand can move, in all windows."""
    for window in top.everything():
        for kind, x, y, *rest in window.boxes:
            if kind == "obj" and rest and rest[0] in ("hsl", "tgl", "bng", "hradio"):
                place = {"hsl": 7, "tgl": 3, "bng": 5, "hradio": 5}[rest[0]]
                name = rest[place].removeprefix(r"\$0-o-")
                if name != "empty":
                    yield Widget(window.name, rest[0], int(x), int(y), int(rest[1]), name)
