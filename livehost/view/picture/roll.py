"""The roll between the two waves: a row for every sound that was chosen."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from livehost.view.picture.page import Lanes
from livehost.view.picture.story import Choice
from livehost.view.theme import HAIR, INK, PAPER, clip, families, short_name

#: More different sounds than this, and rows lose their names.
_NAMED_ROWS = 34
_ROW_HEIGHT = 24.0


@dataclass(frozen=True)
class Rows:
    """Rows of the roll.

    Parameters
    ----------
    y : dict
        Name of a sound → y in pixels, from top to bottom.
    colour, family : dict
        Name of a sound → its colour, its family.
    height : float
        Of a row, pixels.
    named : bool
        Whether there is room for names.
    """

    y: dict[str, float]
    colour: dict[str, str]
    family: dict[str, str]
    height: float
    named: bool

    @property
    def families(self) -> dict[str, str]:
        """Family → colour, the most chosen first."""
        return {self.family[name]: self.colour[name] for name in self.colour}


def make_rows(choices: list[Choice], lanes: Lanes) -> Rows:
    """Give every chosen sound a row, families together, in the order of the bank."""
    table = families([choice.name for choice in choices])
    index = {choice.name: choice.index for choice in choices}
    rank = {family: i for i, family in enumerate(dict.fromkeys(family for family, _ in table.values()))}
    names = sorted(index, key=lambda name: (rank[table[name][0]], index[name], name))
    top, bottom = lanes.roll
    height = min((bottom - top) / max(len(names), 1), _ROW_HEIGHT)
    first = 0.5 * (top + bottom) - 0.5 * height * len(names)
    return Rows(
        y={name: first + (i + 0.5) * height for i, name in enumerate(names)},
        colour={name: colour for name, (_, colour) in table.items()},
        family={name: family for name, (family, _) in table.items()},
        height=height,
        named=len(names) <= _NAMED_ROWS,
    )


def draw_row_names(page: Axes, rows: Rows) -> None:
    """Rule a faint line for each row and name it; without room, name the families."""
    if not rows.named:
        _draw_family_names(page, rows)
        return
    size = float(np.clip(rows.height * 0.62, 6.0, 9.0))
    for name, y in rows.y.items():
        page.axhline(y, color=HAIR, linewidth=0.8, zorder=0)
        _name(page, clip(short_name(name)), y, size)


def _draw_family_names(page: Axes, rows: Rows) -> None:
    for family, colour in rows.families.items():
        ys = [y for name, y in rows.y.items() if rows.family[name] == family]
        _name(page, f"{clip(family or 'all', 16)}\n{len(ys)} sounds", float(np.mean(ys)), 9.0)
        x = -0.004 * page.get_xlim()[1]
        ends = [min(ys) - 0.4 * rows.height, max(ys) + 0.4 * rows.height]
        page.plot([x, x], ends, color=colour, linewidth=3, clip_on=False, solid_capstyle="butt")


def _name(page: Axes, text: str, y: float, size: float) -> None:
    page.annotate(
        text, (0, y), (-11, 0), textcoords="offset points",
        ha="right", va="center", fontsize=size, color=INK, annotation_clip=False, parse_math=False,
    )  # fmt: skip


def draw_choices(page: Axes, choices: list[Choice], rows: Rows, lanes: Lanes, *, linked: bool) -> None:
    """Draw a bar per sound, a dot where it starts, a line from its onset, a faint one to what was played."""
    y = np.array([rows.y[c.name] for c in choices])
    start, end = np.array([(c.start_s, c.end_s) for c in choices]).T
    colours = [rows.colour[c.name] for c in choices]
    half = float(np.clip(0.3 * rows.height, 0.6, 5.0))
    end = np.maximum(end, start + 0.0008 * page.get_xlim()[1])  # a pixel at least
    x_corners, y_corners = np.stack([start, end, end, start], 1), np.stack([y - half, y - half, y + half, y + half], 1)
    bars = np.stack([x_corners, y_corners], 2)
    page.add_collection(PolyCollection(list(bars), facecolors=colours, alpha=0.45), autolim=False)
    if not linked:
        size = float(np.clip(rows.height, 1.6, 4.0))
        page.scatter(start, y, s=size**2, c=colours, linewidths=0, zorder=5)
        return
    answers = [bool(np.isfinite(c.onset_s)) for c in choices]
    drops = [[(s, v), (s, lanes.played[0])] for s, v in zip(start, y, strict=True)]
    links = [[(c.onset_s, lanes.heard[1]), (c.start_s, rows.y[c.name])] for c in choices if np.isfinite(c.onset_s)]
    link_colours = [colour for colour, answer in zip(colours, answers, strict=True) if answer]
    for lines, hues, width, alpha in ((drops, colours, 0.7, 0.28), (links, link_colours, 1.1, 0.75)):
        page.add_collection(LineCollection(lines, colors=hues, linewidths=width, alpha=alpha, zorder=2), autolim=False)
    known = [answer or c.met for answer, c in zip(answers, choices, strict=True)]
    face = [colour if filled else PAPER for colour, filled in zip(colours, known, strict=True)]
    size = float(np.clip(rows.height * 0.5, 3.0, 7.0))
    together = np.array([c.reason == "unison" for c in choices])
    for marker, which in (("o", np.flatnonzero(~together)), ("D", np.flatnonzero(together))):
        page.scatter(
            start[which], y[which], s=size**2, marker=marker, c=[face[k] for k in which],
            edgecolors=[colours[k] for k in which], linewidths=1.2, zorder=5, clip_on=False,
        )  # fmt: skip
