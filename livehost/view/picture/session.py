"""The picture of a session: what was heard, what was chosen, what was played, on one axis of time."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from numpy.typing import ArrayLike

from livehost.errors import LivehostError
from livehost.view.picture.listening import draw_known, draw_listening
from livehost.view.picture.own_line import apart_ms, draw_apart, draw_in_beat
from livehost.view.picture.page import DPI, LAYOUTS, LEFT, RIGHT, Lanes, new_figure, saving, time_panel
from livehost.view.picture.panels import draw_counts, draw_headline, draw_lane_names, draw_latency, draw_legend
from livehost.view.picture.roll import Rows, draw_choices, draw_row_names, make_rows
from livehost.view.picture.story import Story, tell
from livehost.view.picture.time import draw_bars, draw_expected, draw_room, draw_together
from livehost.view.picture.waveform import Envelope, envelope
from livehost.view.theme import HAIR, HEARD, INK, REST, SOFT

#: With more choices or onsets than this, lines give way to dots and ticks.
_LINKED = 500


def plot_session(
    heard: ArrayLike,
    played: ArrayLike,
    rate: float,
    events: Iterable[Mapping[str, Any]],
    path: Path | str,
    title: str | None = None,
    *,
    start_s: float = 0.0,
    end_s: float | None = None,
    dpi: int = DPI,
) -> Path:
    """Draw a session as a PNG.

    Above what was heard, below what was played, in the colour of the newest sound in it; between them a row for every
    sound that was chosen, a bar from its start to its end, and a line from the onset that it answers. Under each onset
    how much of it was known when its answer was chosen. At the right how long answers took, how often each
    sound was chosen, and the surest answer seen closely. Where the log tells of them: bars and beats as they were
    heard, strokes that were expected, and how much room the musician was left.

    Parameters
    ----------
    heard, played : array_like of float, shape [n] or [n, channels]
        Full scale = 1; lengths may differ.
    rate : float
        Hz.
    events : iterable of mapping
        As in ``events.jsonl``: kinds ``onset``, ``masked``, ``sample``, ``end``, ``heard_beat``, ``expected`` and
        ``room``; others are passed over.
    path : Path or str
        The PNG to write; its folder is made if need be.
    title : str, optional
        Headline.
    start_s, end_s : float
        Stretch that is shown; by default all of it.
    dpi : int
        100 gives 1600 × 900 pixels.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    LivehostError
        When the picture cannot be written, or there is nothing in the stretch.
    """
    above, below, told = np.asarray(heard), np.asarray(played), list(events)
    frames = max(len(above), len(below)) or max((event.get("frame", 0) for event in told), default=0)
    story, seconds = tell(told, rate, frames / rate), max(frames, 1) / rate
    if start_s > 0.0 or end_s is not None:
        end_s = min(seconds, end_s if end_s is not None else seconds)
        if not start_s < end_s:
            raise LivehostError(f"The session lasts {seconds:.1f} s; in the stretch that is asked for is nothing.", 2)
        above, below = (x[round(start_s * rate) : round(end_s * rate)] for x in (above, below))
        story, seconds = story.between(start_s, end_s), end_s - start_s
    lanes = LAYOUTS[bool(story.choices), story.in_time]
    rows = make_rows(story.choices, lanes)
    linked = max(len(story.choices), len(story.onsets)) <= _LINKED
    columns = round((RIGHT - LEFT) * dpi / DPI)
    # A column stands for the same stretch of time in both waves.
    waves = [envelope(x, rate, max(round(columns * len(x) / rate / seconds), 1)) for x in (above, below)]
    full = max(waves[0].peak, waves[1].peak, 1e-4)

    figure = new_figure(dpi)
    page = time_panel(figure, lanes, seconds, start_s)
    _draw_wave(page, waves[0], lanes.heard, full, [HEARD] * len(waves[0].time_s))
    _draw_wave(page, waves[1], lanes.played, full, _newest_colours(waves[1], story, rows))
    _draw_onsets(page, story, lanes, linked=linked)
    draw_bars(page, figure, story, lanes, seconds)
    draw_expected(page, figure, story, lanes)
    draw_room(page, figure, story.room, lanes, seconds)
    draw_together(figure, story, lanes)
    draw_headline(figure, story, rate, seconds, title, start_s)
    draw_lane_names(figure, lanes, waves[0], waves[1])
    if story.choices:
        draw_row_names(page, rows)
        draw_choices(page, story.choices, rows, lanes, linked=linked)
        draw_legend(figure, story, rows, linked=linked)
        draw_known(page, figure, story, lanes, rows)
        apart = apart_ms(story)
        if story.own_line and apart.size:
            draw_apart(figure, lanes, apart)
        else:
            draw_latency(figure, lanes, story.latency_ms)
        if story.own_line and len(story.beats) > 1:
            draw_in_beat(figure, lanes, story)
        else:
            draw_listening(figure, lanes, above, rate, story)
        draw_counts(figure, lanes, story.choices, rows)
    path = Path(path)
    with saving(path):
        figure.savefig(path, format="png", dpi=dpi)
    return path


def _draw_wave(page: Axes, wave: Envelope, lane: tuple[float, float], full: float, colours: list[str]) -> None:
    """Draw one waveform around a faint line: extremes pale, RMS full."""
    middle, half = 0.5 * (lane[0] + lane[1]), 0.5 * (lane[1] - lane[0])
    page.axhline(middle, color=HAIR, linewidth=0.8, zorder=0)
    for low, high, alpha in ((wave.low, wave.high, 0.45), (-wave.rms, wave.rms, 1.0)):
        lines = np.empty((len(wave.time_s), 2, 2))
        lines[:, :, 0] = wave.time_s[:, None]
        # Most of a pixel at least, or silence would vanish.
        lines[:, 0, 1] = middle - np.maximum(high * half / full, 0.4)
        lines[:, 1, 1] = middle + np.maximum(-low * half / full, 0.4)
        page.add_collection(LineCollection(list(lines), colors=colours, linewidths=0.8, alpha=alpha), autolim=False)


def _newest_colours(wave: Envelope, story: Story, rows: Rows) -> list[str]:
    """Give each column the colour of the sound that started last among those still sounding."""
    colours = [REST if story.choices else SOFT] * len(wave.time_s)
    for choice in story.choices:
        first, last = np.searchsorted(wave.time_s, (choice.start_s, choice.end_s))
        colours[first:last] = [rows.colour[choice.name]] * int(last - first)
    return colours


def _draw_onsets(page: Axes, story: Story, lanes: Lanes, *, linked: bool) -> None:
    """Mark onsets with thin lines through what was heard, or with short ticks where there are too many of them."""
    top, bottom = lanes.heard
    if not linked:
        page.vlines(story.onsets, bottom - 1, bottom + 7, color=INK, linewidth=0.5, alpha=0.35, clip_on=False)
        return
    page.vlines(story.onsets, top, bottom, color=INK, linewidth=0.7, alpha=0.55 if len(story.onsets) < 120 else 0.25)
    answered = {round(choice.onset_s, 6) for choice in story.choices if np.isfinite(choice.onset_s)}
    missed = [t for t in story.onsets if round(t, 6) not in answered] if story.answers_all else []
    for times, style in ((missed, {"marker": "x", "color": SOFT}), (story.masked, _HOLLOW)):
        page.scatter(times, [bottom + 7] * len(times), s=18, linewidths=1.0, zorder=4, clip_on=False, **style)


#: How livehost's own sound coming back is marked.
_HOLLOW: dict[str, Any] = {"marker": "v", "facecolors": "none", "edgecolors": SOFT}
