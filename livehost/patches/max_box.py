"""Writer of Max patchers: py2max with a place for every box, and every cord checked against Max's own reference."""

import itertools
from collections.abc import Sequence
from typing import Any

from py2max import Patcher
from py2max.core.box import Box
from py2max.core.common import Rect
from py2max.maxref import get_inlet_count, get_outlet_count

Shown = tuple[int, int, int, int] | None
#: Inlets and outlets that py2max's copy of the reference does not know.
_PORTS: dict[str, dict[str, Any]] = {"udpsend": {"numinlets": 1, "numoutlets": 0}}
#: Height of an object box and of a row of them.
_BOX, _ROW = 22, 30


class MaxPatch:
    """A patcher, or one inside another.

    Parameters
    ----------
    width, height : int
        Of its window, pixels.
    parent : MaxPatch, optional
    """

    def __init__(self, width: int, height: int, parent: "MaxPatch | None" = None) -> None:
        self.patcher: Patcher = Patcher(
            parent=parent.patcher if parent else None, on_invalid="raise", validate_attrs=True, openinpresentation=1
        )
        self.patcher.rect = Rect(80.0, 100.0, float(width), float(height))
        self._next = 20

    def row(self) -> int:
        """Give the height of a row of boxes that is still empty."""
        self._next += _ROW
        return self._next

    def obj(self, text: str, x: int, y: int) -> Box:
        """Add an object."""
        ports = _PORTS.get(text.split(maxsplit=1)[0], {})
        return self.patcher.add_textbox(text, patching_rect=Rect(x, y, 12 + 7 * len(text), _BOX), **ports)

    def msg(self, text: str, x: int, y: int, shown: Shown = None) -> Box:
        """Add a message box; `shown` is where it stands in presentation mode."""
        place = Rect(x, y, max(40, 12 + 7 * len(text)), _BOX)
        return self.patcher.add_message(text, patching_rect=place, **_presented(shown))

    def text(self, text: str, x: int, y: int) -> Box:
        """Add a sentence for who reads the patch."""
        return self.patcher.add_comment(text, patching_rect=Rect(x, y, 12 + 7 * len(text), _BOX))

    def window(self, file: str, x: int, y: int, width: int, height: int) -> Box:
        """Add a patch of a file, with its face, one inlet and one outlet."""
        place = Rect(x, y, width, height)
        return self.patcher.add_bpatcher(file, border=1, outlettype=[""], patching_rect=place)

    def comment(self, text: str, shown: tuple[int, int, int, int], kind: str = "live.comment") -> Box:
        """Add a comment that is only of use in presentation mode."""
        return self.widget(kind, 900, self.row(), shown, text=text, textjustification=0)

    def widget(self, kind: str, x: int, y: int, shown: Shown, **attributes: Any) -> Box:
        """Add an object with a face."""
        inlets, outlets = get_inlet_count(kind) or 0, get_outlet_count(kind) or 0
        width, height = shown[2:] if shown else (60, _BOX)
        return self.patcher.add_box(
            Box(
                id=self.patcher.get_id(kind), maxclass=kind, numinlets=inlets, numoutlets=outlets,
                outlettype=[""] * outlets, patching_rect=Rect(x, y, width, height), **_presented(shown), **attributes,
            )
        )  # fmt: skip

    def inner(self, inside: "MaxPatch", name: str, x: int, y: int) -> Box:
        """Add a patcher inside this one."""
        return self.patcher.add_subpatcher(
            f'p "{name}"' if " " in name else f"p {name}", patcher=inside.patcher, patching_rect=Rect(x, y, 120, _BOX)
        )

    def cord(self, source: Box, target: Box, outlet: int = 0, inlet: int = 0) -> None:
        """Connect an outlet to an inlet."""
        self.patcher.add_line(source, target, inlet=inlet, outlet=outlet)

    def chain(self, *boxes: Box) -> None:
        """Connect the first outlet of each box to the first inlet of the next."""
        for source, target in itertools.pairwise(boxes):
            self.cord(source, target)


def _presented(shown: Sequence[int] | None) -> dict[str, Any]:
    return {"presentation": 1, "presentation_rect": [float(v) for v in shown]} if shown else {}
