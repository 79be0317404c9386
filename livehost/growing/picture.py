"""A grown bank as a picture: old and new sounds where their neighbours are, what came from what, what was rejected."""

from pathlib import Path
from typing import Any

import numpy as np

from livehost.growing.checks import WORDS
from livehost.growing.grow import Growth, counted
from livehost.growing.parents import stem
from livehost.view.bank_map.embedding import embed
from livehost.view.picture.page import DPI, new_figure, panel, saving, write
from livehost.view.theme import ACCENT, HAIR, HEARD, INK, REST, SOFT, clip

#: The map, and the panels beside it, in pixels of the page.
_MAP, _SIDE = (40, 110, 1120, 860), (1180, 1560)
#: Names on the map, at most, and the room that one takes (width, height), as a share of the map.
_NAMES, _ROOM = 60, (0.11, 0.022)


def draw_growth(growth: Growth, path: Path) -> Path:
    """Draw a grown bank, and write the picture.

    Raises
    ------
    LivehostError
        Where it cannot be written.
    """
    record = growth.record
    figure = new_figure(DPI)
    old, new = len(growth.bank), len(record.grown)
    write(figure, 40, 52, clip(growth.order.out.resolve().name, 60), size=20, color=INK, weight="bold")
    write(
        figure, 40, 82, f"{new} sounds by {record.about['model']}, {clip(record.about['way'], 90)}", size=11, color=SOFT
    )
    places = embed(np.concatenate([growth.bank.features, growth.features]))
    _map(panel(figure, *_MAP), growth, places[:old], places[old:])
    left, right = _SIDE
    _outcome(panel(figure, left, 140, right, 330), growth)
    _distances(panel(figure, left, 420, right, 600), [sound.distance for sound in record.grown])
    _lengths(panel(figure, left, 690, right, 850), growth)
    for y, text in (
        (128, "what became of the candidates"),
        (408, "how far to the sound that is most like it; 1: too near"),
        (678, "length, s"),
    ):
        write(figure, left, y, text, size=10, color=SOFT)
    write(figure, 40, 884, "alike sounds lie together", size=9, color=SOFT)
    with saving(path):
        figure.savefig(path, format="png")
    return path


def _map(axes: Any, growth: Growth, old: np.ndarray, new: np.ndarray) -> None:
    from matplotlib.collections import LineCollection

    index = {name: number for number, name in enumerate(growth.bank.names)}
    lines = [
        (old[index[parent]], place)
        for sound, place in zip(growth.record.grown, new, strict=True)
        for parent in sound.parents
        if parent in index
    ]
    axes.set_xticks([])
    axes.add_collection(LineCollection(lines, colors=HAIR, linewidths=0.9, zorder=1))
    axes.scatter(*old.T, s=34, color=HEARD, linewidths=0, zorder=3, label=f"{len(old)} sounds that it grew from")
    axes.scatter(*new.T, s=22, color=ACCENT, alpha=0.8, linewidths=0, zorder=2, label=f"{len(new)} grown ones")
    axes.margins(0.05)
    axes.autoscale_view()
    axes.legend(loc="lower right", frameon=False, fontsize=9, labelcolor=SOFT, bbox_to_anchor=(1.0, -0.045), ncols=2)
    span = np.ptp(np.concatenate([old, new]), axis=0) + 1e-9
    taken: list[np.ndarray] = []
    for number in np.random.default_rng(0).permutation(len(old)):
        if len(taken) < _NAMES and all((np.abs(old[number] - other) > span * _ROOM).any() for other in taken):
            taken.append(old[number])
            name = clip(stem(growth.bank.names[number]), 18)
            axes.annotate(
                name, old[number], (4, 4), textcoords="offset points", size=7.5, color=INK, zorder=4, parse_math=False
            )


def _outcome(axes: Any, growth: Growth) -> None:
    counts = counted(growth.record)
    rows = [("taken", len(growth.record.grown)), *((words, counts.get(words, 0)) for words in WORDS.values())]
    most = max(count for _, count in rows)
    for at, (words, count) in enumerate(rows):
        axes.barh(at, count, height=0.6, color=REST if at else ACCENT)
        axes.text(count + 0.02 * most, at, f"{count}  {words}", va="center", size=9.5, color=INK if count else SOFT)
    axes.set_xlim(0, 1.9 * most)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xticks([])


def _distances(axes: Any, distances: list[float]) -> None:
    axes.hist(distances, bins=np.linspace(0, max(4.0, *distances), 33), color=ACCENT, alpha=0.8)
    axes.axvline(1.0, color=INK, linewidth=1.0)


def _lengths(axes: Any, growth: Growth) -> None:
    old = growth.bank.items["frames"] / growth.bank.rate
    new = np.array([sound.seconds for sound in growth.record.grown])
    bins = np.linspace(0, min(max(float(old.max()), float(new.max())), 4.0), 33)
    for seconds, colour in ((old, HEARD), (new, ACCENT)):
        shares = np.full(len(seconds), 1 / len(seconds))
        axes.hist(np.minimum(seconds, bins[-1]), bins=bins, weights=shares, color=colour, alpha=0.6)
