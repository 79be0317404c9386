"""Writer of Pure Data's file format: canvases of boxes and cords, as text."""

import itertools
import re
from collections.abc import Sequence

#: Colours: background, foreground, label.
PLAIN = "#fcfcfc #000000 #000000"


def escaped(text: str) -> str:
    """Escape what means something in a patch file."""
    return re.sub(r"([,;$])", r"\\\1", text)


class Canvas:
    """A patch, or a window inside one.

    Parameters
    ----------
    width, height : int
        Of its window, pixels.
    name : str
        Name of a window inside another.
    x, y : int
        Place of the window.
    """

    def __init__(self, width: int, height: int, name: str = "", x: int = 60, y: int = 60) -> None:
        head = f"#N canvas {x} {y} {width} {height}"
        self._lines = [f"{head} {name} 0;" if name else f"{head} 11;"]
        self._cords: list[str] = []
        self._count = 0
        #: Where the boxes stand, for those who press them: (x, y) by number.
        self.places: list[tuple[int, int]] = []

    def _add(self, line: str | Sequence[str], x: int, y: int) -> int:
        self._lines += [line] if isinstance(line, str) else line
        self.places.append((x, y))
        self._count += 1
        return self._count - 1

    def obj(self, x: int, y: int, text: str) -> int:
        """Add an object; a dollar or a comma of its own has to be escaped."""
        return self._add(f"#X obj {x} {y} {text};", x, y)

    def msg(self, x: int, y: int, text: str) -> int:
        """Add a message box."""
        return self._add(f"#X msg {x} {y} {text};", x, y)

    def comment(self, x: int, y: int, text: str, width: int = 0) -> int:
        """Add a comment, `width` characters wide."""
        tail = f", f {width}" if width else ""
        return self._add(f"#X text {x} {y} {escaped(text).replace(chr(92) + ',', ' ' + chr(92) + ',')}{tail};", x, y)

    def number(self, x: int, y: int, width: int = 6, receive: str = "-", send: str = "-") -> int:
        """Add a number box."""
        return self._add(f"#X floatatom {x} {y} {width} 0 0 0 - {receive} {send} 0;", x, y)

    def symbol(self, x: int, y: int, width: int = 16, receive: str = "-", send: str = "-") -> int:
        """Add a field for a word."""
        return self._add(f"#X symbolatom {x} {y} {width} 0 0 0 - {receive} {send} 0;", x, y)

    def button(self, x: int, y: int, send: str, size: int = 17, receive: str = "empty", colour: str = PLAIN) -> int:
        """Add a button."""
        return self.obj(x, y, f"bng {size} 250 50 0 {send} {receive} empty {size + 4} {size // 2} 0 11 {colour}")

    def toggle(self, x: int, y: int, send: str, receive: str, size: int = 17) -> int:
        """Add a switch."""
        return self.obj(x, y, f"tgl {size} 0 {send} {receive} empty {size + 4} {size // 2} 0 11 {PLAIN} 0 1")

    def slider(self, x: int, y: int, low: float, high: float, send: str, receive: str, width: int = 150) -> int:
        """Add a horizontal slider."""
        return self.obj(x, y, f"hsl {width} 15 {low:g} {high:g} 0 0 {send} {receive} empty -2 -8 0 11 {PLAIN} 0 1")

    def radio(self, x: int, y: int, cells: int, send: str, receive: str) -> int:
        """Add a row of buttons of which one is pressed."""
        return self.obj(x, y, f"hradio 15 1 0 {cells} {send} {receive} empty 0 -8 0 11 {PLAIN} 0")

    def meter(self, x: int, y: int, height: int = 120) -> int:
        """Add a level meter: RMS left, peak right, dB."""
        return self.obj(x, y, f"vu 18 {height} empty empty -1 -8 0 10 #404040 #000000 1 0")

    def panel(self, x: int, y: int, width: int, height: int, label: str = "", colour: str = "#e4e4e4") -> int:
        """Add a coloured ground with a heading."""
        label = label.replace(" ", "_") or "empty"
        return self.obj(x, y, f"cnv 12 {width} {height} empty empty {label} 8 11 0 13 {colour} #202020 0")

    def array(self, x: int, y: int, name: str, size: int, high: float, width: int, height: int) -> int:
        """Add a graph of an array, from 0 to `high`, as points."""
        return self._add(
            [
                "#N canvas 0 0 450 278 (subpatch) 0;",
                f"#X array {name} {size} float 10;",  # points, no name, values not kept
                f"#X coords 0 {high:g} {size - 1} 0 {width} {height} 1 0 0;",
                f"#X restore {x} {y} graph;",
            ],
            x,
            y,
        )

    def inner(self, x: int, y: int, canvas: "Canvas", name: str) -> int:
        """Add a window inside this one."""
        return self._add([*canvas.lines(), f"#X restore {x} {y} pd {name};"], x, y)

    def cord(self, source: int, target: int, outlet: int = 0, inlet: int = 0) -> None:
        """Connect an outlet to an inlet."""
        self._cords.append(f"#X connect {source} {outlet} {target} {inlet};")

    def chain(self, *boxes: int) -> None:
        """Connect the first outlet of each box to the first inlet of the next."""
        for source, target in itertools.pairwise(boxes):
            self.cord(source, target)

    def lines(self) -> list[str]:
        """Give its lines."""
        return [*self._lines, *self._cords]

    def text(self) -> str:
        """Give the file."""
        return "\n".join(self.lines()) + "\n"
