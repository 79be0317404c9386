"""The picture of an evening: what was heard, what was chosen, what was played, on one axis of time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import ArrayLike

from livehost.errors import LivehostError
from livehost.view.story import Choice, Story, tell
from livehost.view.theme import HAIR, HEARD, INK, PAPER, REST, SOFT, families, short_name
from livehost.view.waveform import Envelope, envelope

#: Everything is laid out in pixels of a 1600 × 900 page, y downwards.
_WIDTH, _HEIGHT, _DPI = 1600, 900, 100
_LEFT, _RIGHT, _SIDE, _EDGE = 168, 1318, 1348, 1568
_HEARD, _ROLL, _PLAYED = (104, 244), (262, 648), (666, 806)
#: More different sounds than this, and rows lose their names; more choices, and lines from onsets are left out.
_NAMED_ROWS, _LINKED_CHOICES = 34, 500


@dataclass(frozen=True)
class _Rows:
    """Rows of the roll: y (pixels) and colour of every name, height of a row, whether names are written."""

    y: dict[str, float]
    colour: dict[str, str]
    family: dict[str, str]
    height: float
    named: bool


def plot_evening(
    heard: ArrayLike,
    played: ArrayLike,
    rate: float,
    events: Iterable[Mapping[str, Any]],
    path: Path | str,
    title: str | None = None,
    *,
    dpi: int = _DPI,
) -> Path:
    """Draw an evening as a PNG.

    Above what was heard, below what was played, in the colour of the newest sound in it; between them a row for every sound
    that was chosen, a bar from its start to its end, and a line from the onset that it answers. At the right: how long
    answers took, and how often each sound was chosen.

    Parameters
    ----------
    heard, played : array_like of float, shape [n] or [n, channels]
        Full scale = 1; lengths may differ.
    rate : float
        Hz.
    events : iterable of mapping
        As in ``events.jsonl``: kinds ``onset``, ``masked``, ``sample``, ``end``.
    path : Path or str
        The PNG to write; its folder is made if need be.
    title : str, optional
        Headline.
    dpi : int
        100 gives 1600 × 900 pixels.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    LivehostError
        When the picture cannot be written.
    """
    frames = max(len(np.atleast_1d(np.asarray(heard))), len(np.atleast_1d(np.asarray(played))))
    seconds = max(frames / rate, 1e-3)
    story = tell(events, rate, seconds)
    figure = Figure(figsize=(_WIDTH / 100, _HEIGHT / 100), dpi=dpi, facecolor=PAPER)
    FigureCanvasAgg(figure)
    rows = _rows(story)
    page = _page(figure, seconds)
    columns = round((_RIGHT - _LEFT) * dpi / 100)
    above, below = (envelope(samples, rate, columns) for samples in (heard, played))
    full = max(above.peak, below.peak, 1e-4)
    _draw_grid(page, rows, seconds)
    _draw_wave(page, above, _HEARD, full, [HEARD] * len(above.time_s))
    _draw_wave(page, below, _PLAYED, full, _newest_colours(below, story.choices, rows))
    _draw_onsets(page, story)
    _draw_choices(page, story.choices, rows, seconds)
    _draw_words(figure, page, story, above, below, rate, seconds, title)
    _draw_legend(figure, story.choices, rows)
    if story.choices:
        _draw_latency(figure, story.latency_ms)
        _draw_counts(figure, story.choices, rows)
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, format="png", dpi=dpi)
    except OSError as error:
        raise LivehostError(f"The picture could not be written to {path}: {error.strerror or error}.") from error
    return path


def _rows(story: Story) -> _Rows:
    """Give every chosen sound a row, families together, in the order of the bank."""
    chosen = [choice.name for choice in story.choices]
    table = families(chosen)
    index = {choice.name: choice.index for choice in story.choices}
    rank = {family: i for i, (family, _) in enumerate(dict.fromkeys(table.values()))}
    names = sorted(index, key=lambda name: (rank[table[name][0]], index[name], name))
    top, bottom = _ROLL
    height = min((bottom - top) / max(len(names), 1), 24.0)
    first = 0.5 * (top + bottom) - 0.5 * height * len(names)
    return _Rows(
        y={name: first + (i + 0.5) * height for i, name in enumerate(names)},
        colour={name: colour for name, (_, colour) in table.items()},
        family={name: family for name, (family, _) in table.items()},
        height=height,
        named=len(names) <= _NAMED_ROWS,
    )


def _axes(figure: Figure, left: float, top: float, right: float, bottom: float) -> Axes:
    """Make an empty transparent panel at a place given in pixels."""
    box = (left / _WIDTH, 1 - bottom / _HEIGHT, (right - left) / _WIDTH, (bottom - top) / _HEIGHT)
    axes = figure.add_axes(box, facecolor="none")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelsize=9, labelcolor=SOFT, pad=4)
    axes.set_yticks([])
    return axes


def _page(figure: Figure, seconds: float) -> Axes:
    """Make the panel that all lanes share: x in seconds, y in pixels of the page."""
    axes = _axes(figure, _LEFT, _HEARD[0], _RIGHT, _PLAYED[1])
    axes.set_xlim(0.0, seconds)
    axes.set_ylim(_PLAYED[1], _HEARD[0])
    axes.xaxis.set_major_locator(MaxNLocator(10, steps=[1, 2, 3, 5, 6, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda s, _: _clock(s, seconds)))
    return axes


def _clock(s: float, seconds: float) -> str:
    """Write a time as seconds, or as minutes and seconds in a long recording."""
    return f"{s:g} s" if seconds <= 120 else f"{int(s // 60)}:{int(s % 60):02d}"


def _draw_grid(page: Axes, rows: _Rows, seconds: float) -> None:
    """Rule faint lines: middle of the waves, and one for each row with its name."""
    for top, bottom in (_HEARD, _PLAYED):
        page.axhline(0.5 * (top + bottom), color=HAIR, linewidth=0.8, zorder=0)
    if not rows.named:
        _draw_family_names(page, rows)
        return
    for name, y in rows.y.items():
        page.plot([0, seconds], [y, y], color=HAIR, linewidth=0.8, zorder=0, solid_capstyle="butt")
        size = float(np.clip(rows.height * 0.62, 6.0, 9.0))
        page.annotate(
            _clip(short_name(name)), (0, y), (-10, 0), textcoords="offset points",
            ha="right", va="center", fontsize=size, color=INK, annotation_clip=False,
        )  # fmt: skip


def _draw_family_names(page: Axes, rows: _Rows) -> None:
    """Name the families where there is no room to name every sound."""
    for family in dict.fromkeys(rows.family.values()):
        ys = [y for name, y in rows.y.items() if rows.family[name] == family]
        colour = next(rows.colour[name] for name in rows.y if rows.family[name] == family)
        page.annotate(
            f"{_clip(family or 'all')}\n{len(ys)} sounds", (0, float(np.mean(ys))), (-14, 0), textcoords="offset points",
            ha="right", va="center", fontsize=9, color=INK, annotation_clip=False,
        )  # fmt: skip
        page.plot(
            [-0.004 * page.get_xlim()[1]] * 2, [min(ys), max(ys)], color=colour, linewidth=3, clip_on=False,
            solid_capstyle="butt",
        )  # fmt: skip


def _clip(text: str, most: int = 22) -> str:
    """Shorten a long name in the middle, where names differ least."""
    return text if len(text) <= most else f"{text[: most // 2 - 1]}…{text[-(most // 2) :]}"


def _draw_wave(page: Axes, wave: Envelope, lane: tuple[int, int], full: float, colours: list[str]) -> None:
    """Draw one waveform: extremes pale, RMS full."""
    middle, half = 0.5 * (lane[0] + lane[1]), 0.5 * (lane[1] - lane[0])
    for low, high, alpha in ((wave.low, wave.high, 0.45), (-wave.rms, wave.rms, 1.0)):
        # One pixel at least, or silence would vanish.
        reach = np.maximum(np.stack([high, -low]) * half / full, 0.4)
        lines = np.empty((len(wave.time_s), 2, 2))
        lines[:, :, 0] = wave.time_s[:, None]
        lines[:, 0, 1], lines[:, 1, 1] = middle - reach[0], middle + reach[1]
        page.add_collection(LineCollection(list(lines), colors=colours, linewidths=0.8, alpha=alpha), autolim=False)


def _newest_colours(wave: Envelope, choices: list[Choice], rows: _Rows) -> list[str]:
    """Give each column the colour of the sound that started last among those still sounding."""
    if not choices:
        return [SOFT] * len(wave.time_s)
    colours = [REST] * len(wave.time_s)
    for choice in choices:
        first, last = np.searchsorted(wave.time_s, (choice.start_s, choice.end_s))
        colours[first:last] = [rows.colour[choice.name]] * int(last - first)
    return colours


def _draw_onsets(page: Axes, story: Story) -> None:
    """Mark onsets with thin lines through what was heard; those that nothing answered end in a small cross."""
    answered = {round(choice.onset_s, 6) for choice in story.choices if np.isfinite(choice.onset_s)}
    alpha = float(np.clip(60 / max(len(story.onsets), 1), 0.08, 0.55))
    page.vlines(story.onsets, *_HEARD, color=INK, linewidth=0.7, alpha=alpha, zorder=3)
    missed = [t for t in story.onsets if round(t, 6) not in answered]
    for times, marker in ((missed, "x"), (story.masked, "1")):
        if len(times) <= _LINKED_CHOICES:
            y = np.full(len(times), _HEARD[1] + 4.0)
            page.scatter(times, y, s=16, marker=marker, color=SOFT, linewidths=1.0, zorder=4, clip_on=False)


def _draw_choices(page: Axes, choices: list[Choice], rows: _Rows, seconds: float) -> None:
    """Draw the roll: a bar per sound, a dot where it starts, a line from its onset, a faint one to what was played."""
    if not choices:
        page.text(
            0.5 * seconds, 0.5 * sum(_ROLL), "nothing was chosen", ha="center", va="center", fontsize=12, color=SOFT
        )
        return
    y = np.array([rows.y[c.name] for c in choices])
    start, end = np.array([(c.start_s, c.end_s) for c in choices]).T
    colours = [rows.colour[c.name] for c in choices]
    half = np.clip(0.3 * rows.height, 0.6, 5.0)
    shown = np.maximum(end, start + 0.0008 * seconds)  # at least a pixel
    bars = np.stack([np.stack([start, shown, shown, start], 1), np.stack([y - half, y - half, y + half, y + half], 1)], 2)
    crowd = float(np.clip(300 / len(choices), 0.25, 1.0))
    page.add_collection(PolyCollection(list(bars), facecolors=colours, alpha=0.38 * crowd + 0.1), autolim=False)
    if len(choices) > _LINKED_CHOICES:
        size = float(np.clip(rows.height, 1.0, 4.0))
        page.scatter(start, y, s=size**2, c=colours, linewidths=0, alpha=max(crowd, 0.5), zorder=5)
        return
    answers = np.isfinite([c.onset_s for c in choices])
    onset = np.where(answers, [c.onset_s for c in choices], start)
    links = [[(o, _HEARD[1]), (s, v)] for o, s, v, a in zip(onset, start, y, answers, strict=True) if a]
    drops = [[(s, v), (s, _PLAYED[0])] for s, v in zip(start, y, strict=True)]
    link_colours = [colour for colour, a in zip(colours, answers, strict=True) if a]
    page.add_collection(LineCollection(links, colors=link_colours, linewidths=1.1, alpha=0.75, zorder=2), autolim=False)
    page.add_collection(LineCollection(drops, colors=colours, linewidths=0.7, alpha=0.28, zorder=1), autolim=False)
    face = [colour if a else PAPER for colour, a in zip(colours, answers, strict=True)]
    size = float(np.clip(rows.height * 0.5, 3.0, 7.0))
    page.scatter(start, y, s=size**2, c=face, edgecolors=colours, linewidths=1.2, zorder=5, clip_on=False)


def _draw_words(
    figure: Figure, page: Axes, story: Story, above: Envelope, below: Envelope, rate: float, seconds: float, title: str | None
) -> None:
    """Write the headline, the facts under it, and the names of the lanes."""
    _write(figure, 32, 40, title or "What was heard, what was answered", fontsize=19, color=INK, fontweight="bold")
    distinct = len({choice.name for choice in story.choices})
    answers = sum(np.isfinite(choice.onset_s) for choice in story.choices)
    facts = [
        f"{_clock(round(seconds, 1), seconds)} at {rate / 1000:g} kHz",
        f"{len(story.onsets):,} onsets heard",
        f"{len(story.choices):,} sounds played ({answers:,} as answers)" if story.choices else "no sounds played",
    ]
    facts += [f"{distinct:,} different sounds"] if distinct else []
    facts += [f"{len(story.masked):,} own echoes ignored"] if story.masked else []
    _write(figure, 32, 68, "   ·   ".join(facts), fontsize=11, color=SOFT)
    for lane, name, wave in ((_HEARD, "heard", above), (_PLAYED, "played", below)):
        peak = f"peak {20 * np.log10(wave.peak):.1f} dBFS" if wave.peak > 1e-6 else "silence"
        middle = 0.5 * sum(lane)
        _write(figure, _LEFT - 14, middle - 2, name, fontsize=13, color=INK, fontweight="bold", ha="right")
        _write(figure, _LEFT - 14, middle + 16, peak, fontsize=9, color=SOFT, ha="right")


def _write(figure: Figure, x: float, y: float, text: str, **style: Any) -> None:
    """Write text on the page; x, y in pixels, y of the baseline downwards."""
    figure.text(x / _WIDTH, 1 - y / _HEIGHT, text, **style)


def _draw_legend(figure: Figure, choices: list[Choice], rows: _Rows) -> None:
    """Name the colours at the foot of the page, and say how to read it."""
    counts = Counter(rows.family[choice.name] for choice in choices)
    x = float(_LEFT)
    for family in dict.fromkeys(rows.family.values()):
        colour = next(rows.colour[name] for name in rows.colour if rows.family[name] == family)
        text = f"{_clip(family or 'all')}  {counts[family]:,}"
        _write(figure, x, 862, "●", fontsize=11, color=colour)
        _write(figure, x + 18, 862, text, fontsize=10, color=INK)
        x += 18 + 7.6 * len(text) + 26
    if choices:
        help_text = "line: onset → sound   ● answer   ○ on its own   × not answered"
        _write(figure, _RIGHT, 862, help_text, fontsize=9, color=SOFT, ha="right")


def _draw_latency(figure: Figure, latency_ms: np.ndarray) -> None:
    """Draw the histogram of onset to sound."""
    _write(figure, _SIDE, _HEARD[0] - 4, "onset → sound", fontsize=10, color=INK, fontweight="bold")
    if not latency_ms.size:
        _write(figure, _SIDE, _HEARD[0] + 18, "nothing to time", fontsize=9, color=SOFT)
        return
    p50, p99, most = (float(v) for v in (*np.percentile(latency_ms, (50, 99)), latency_ms.max()))
    text = f"median {p50:.1f} · p99 {p99:.1f} · max {most:.1f} ms"
    _write(figure, _SIDE, _HEARD[0] + 14, text, fontsize=9, color=SOFT)
    axes = _axes(figure, _SIDE, _HEARD[0] + 26, _EDGE, _HEARD[1] - 6)
    reach = max(10.0, float(np.ceil(most))) if most <= 4 * max(p99, 2.5) else float(np.ceil(1.5 * p99))
    counts, edges = np.histogram(np.minimum(latency_ms, reach), bins=40, range=(0.0, reach))
    axes.bar(edges[:-1], counts, width=np.diff(edges) * 0.86, align="edge", color=HEARD)
    axes.axvline(p50, color=HUE_MEDIAN, linewidth=1.2)
    axes.set_xlim(0.0, reach)
    axes.axhline(0.0, color=SOFT, linewidth=0.8)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    last = "≥ " if most > reach else ""
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{last if v >= reach else ''}{v:g}"))


#: The median's line in the histogram.
HUE_MEDIAN = "#ee6677"


def _draw_counts(figure: Figure, choices: list[Choice], rows: _Rows) -> None:
    """Draw how often each sound was chosen, row by row."""
    _write(figure, _SIDE, _ROLL[0] + 2, "times chosen", fontsize=10, color=INK, fontweight="bold")
    axes = _axes(figure, _SIDE, _ROLL[0] + 10, _EDGE, _ROLL[1])
    axes.set_ylim(_ROLL[1], _ROLL[0] + 10)
    axes.set_xticks([])
    counts = Counter(choice.name for choice in choices)
    names = list(rows.y)
    width = [counts[name] for name in names]
    axes.set_xlim(0.0, max(width) * 1.12)
    y = [rows.y[name] for name in names]
    axes.barh(y, width, height=min(rows.height * 0.6, 10.0), color=[rows.colour[name] for name in names], alpha=0.85)
    if rows.named:
        for name, at, count in zip(names, y, width, strict=True):
            axes.annotate(f"{count}", (count, at), (4, 0), textcoords="offset points", va="center", fontsize=8, color=SOFT)
