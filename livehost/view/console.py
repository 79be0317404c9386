"""The console that commands print on: names of files and devices stay mere text on it, whatever they hold."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from livehost.printable import printable

#: Columns of what is no terminal: room for every table.
WIDE = 140


class PlainConsole(Console):
    """A console for text that anybody may have written: no markup, and no control character but its own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(markup=False, highlight=False, emoji=False, **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render as rich does, with all text made printable."""
        for segment in super().render(renderable, options):
            if segment.control or segment.text.isprintable():
                yield segment
            else:
                yield Segment(printable(segment.text, keep="\n\t"), segment.style)


def make_console() -> Console:
    """Give a console as wide as its terminal; a file or a pipe has room for every table."""
    console = PlainConsole()
    return console if console.is_terminal else PlainConsole(width=WIDE)
