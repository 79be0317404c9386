"""The lanes of a picture of attention, and the lines between them."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb

from livehost.view.attention.scene import VOICE_ROWS, Lines, Scene, voice_colour
from livehost.view.picture.waveform import Envelope, envelope
from livehost.view.theme import ACCENT, HAIR, HEARD, REST

#: Lanes of the page, top and bottom in pixels.
HEARD_LANE, LINK_LANE, PLAYED_LANE, HEAT_LANE = (104.0, 204.0), (204.0, 424.0), (424.0, 524.0), (574.0, 806.0)
_STEPS_OF_A_CURVE = 24


def draw_lanes(page: Axes, scene: Scene, start_s: float, end_s: float, columns: int) -> None:
    """Draw what was heard and played in a stretch of time: waveforms, or segments and voices where there are none."""
    for lane in (HEARD_LANE, PLAYED_LANE):
        page.axhspan(*lane, color=HAIR, alpha=0.35, linewidth=0, zorder=0)
    waves: list[Envelope | None] = []
    for samples in (scene.heard, scene.played):
        if samples is None:
            waves.append(None)
            continue
        # before the beginning there is nothing, and not what a negative index would give
        part = samples[max(round(start_s * scene.rate), 0) : max(round(end_s * scene.rate), 0)]
        share = len(part) / scene.rate / max(end_s - start_s, 1e-9)
        waves.append(envelope(part, scene.rate, max(round(columns * share), 1)))
    if waves[0] is None:
        _draw_segments(page, scene, start_s, end_s)
    else:
        _draw_wave(page, waves[0], start_s, HEARD_LANE, scene.peak, [HEARD] * len(waves[0].time_s))
    if waves[1] is None:
        _draw_voices(page, scene, start_s, end_s)
    else:
        _draw_wave(page, waves[1], start_s, PLAYED_LANE, scene.peak, _newest(waves[1].time_s + start_s, scene))


def _draw_wave(
    page: Axes, wave: Envelope, start_s: float, lane: tuple[float, float], full: float, colours: list[str]
) -> None:
    middle, half = 0.5 * (lane[0] + lane[1]), 0.48 * (lane[1] - lane[0])
    for low, high, alpha in ((wave.low, wave.high, 0.45), (-wave.rms, wave.rms, 1.0)):
        bars = np.empty((len(wave.time_s), 2, 2))
        bars[:, :, 0] = wave.time_s[:, None] + start_s
        bars[:, 0, 1] = middle - np.maximum(high * half / full, 0.4)
        bars[:, 1, 1] = middle + np.maximum(-low * half / full, 0.4)
        page.add_collection(LineCollection(list(bars), colors=colours, linewidths=0.8, alpha=alpha), autolim=False)


def _newest(times: np.ndarray, scene: Scene) -> list[str]:
    colours = [REST] * len(times)
    for choice in scene.story.choices:
        first, last = np.searchsorted(times, (choice.start_s, choice.end_s))
        colours[first:last] = [voice_colour(scene, choice)] * int(last - first)
    return colours


def _draw_segments(page: Axes, scene: Scene, start_s: float, end_s: float) -> None:
    """Draw what was heard from the log: a bar for each segment, as high as it is loud; a tick for each onset."""
    top, bottom = HEARD_LANE
    segments = [e for e in scene.log.events if e["kind"] == "segment" and "onset_frame" in e]
    boxes = []
    for event in segments:
        start = event["onset_frame"] / scene.rate
        end = start + max(event.get("frames", 0) / scene.rate, 0.002 * (end_s - start_s))
        if end < start_s or start > end_s:
            continue
        height = np.clip(((event.get("level_db") or -60.0) + 60.0) / 50.0, 0.08, 1.0) * (bottom - top - 6)
        boxes.append(_box(start, end, bottom - height, bottom))
    page.add_collection(PolyCollection(boxes, facecolors=HEARD, alpha=0.75), autolim=False)
    onsets = [at for at in scene.story.onsets if start_s <= at <= end_s]
    page.vlines(onsets, bottom - 8, bottom, color=HEARD, linewidth=0.8)


def _draw_voices(page: Axes, scene: Scene, start_s: float, end_s: float) -> None:
    """Draw what was played from the log: a bar for each voice."""
    top, bottom = PLAYED_LANE
    height = (bottom - top - 6) / VOICE_ROWS
    least = 0.002 * (end_s - start_s)
    placed = zip(scene.story.choices, scene.voice_rows, strict=True)
    shown = [(c, top + row * height) for c, row in placed if c.end_s >= start_s and c.start_s <= end_s]
    boxes = [_box(c.start_s, max(c.end_s, c.start_s + least), y + 4, y + height) for c, y in shown]
    page.add_collection(
        PolyCollection(boxes, facecolors=[voice_colour(scene, c) for c, _ in shown], alpha=0.8), autolim=False
    )


def _box(left: float, right: float, top: float, bottom: float) -> list[tuple[float, float]]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def draw_lines(page: Axes, chosen: Lines, full_weight: float, span_s: float, strength: float = 1.0) -> LineCollection:
    """Draw curves from decisions to what they rested on: up to what was heard, back along what was played."""
    few = float(np.clip(250 / max(len(chosen.weight), 1), 0.18, 1.0)) * strength
    weight = np.clip(chosen.weight / full_weight, 0.0, 1.0)
    rgba = np.array([to_rgb(ACCENT) if played else to_rgb(HEARD) for played in chosen.played], np.float64).reshape(
        -1, 3
    )
    alpha = np.clip((0.12 + 0.88 * weight) * few, 0.02, 1.0)
    collection = LineCollection(
        curves(chosen, span_s), colors=np.column_stack([rgba, alpha]), linewidths=0.5 + 3.5 * weight, zorder=3,
        capstyle="round",
    )  # fmt: skip
    page.add_collection(collection, autolim=False)
    return collection


def curves(chosen: Lines, span_s: float) -> list[np.ndarray]:
    """Give each line as points [n, 2]: a Bézier curve in the band between the lanes, which shows `span_s` of time."""
    t = np.linspace(0.0, 1.0, _STEPS_OF_A_CURVE)[:, None]
    top, bottom = LINK_LANE
    made = []
    for start, end, own in zip(chosen.start_s, chosen.end_s, chosen.played, strict=True):
        # own sounds: an arc that rises with the distance; heard ones: an S up to their lane
        rise = min(0.05 + 0.9 * np.sqrt(abs(start - end) / span_s), 0.9)
        lift = bottom - 4 / 3 * rise * (bottom - top)
        control = (
            ((start, lift), (end, lift), (end, bottom))
            if own
            else ((start, 0.4 * bottom + 0.6 * top), (end, 0.6 * bottom + 0.4 * top), (end, top))
        )
        p0, (p1, p2, p3) = np.array((start, bottom)), (np.array(point) for point in control)
        made.append((1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1 + 3 * (1 - t) * t**2 * p2 + t**3 * p3)
    return made
