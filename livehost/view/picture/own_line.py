"""Where the sounds of a player's own line fall: beside the musician's strokes, and in their beat."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator

from livehost.view.picture.page import EDGE, SIDE, Lanes, panel, write
from livehost.view.picture.story import Story
from livehost.view.theme import ACCENT, HEARD, INK, SOFT

#: A sound so near to a stroke doubles it, ms; the histogram reaches so far, and what is beyond is in a gap.
DOUBLED_MS, _REACH_MS = 40.0, 500.0
#: Places of a beat that are told apart.
_PLACES = 48


def apart_ms(story: Story) -> np.ndarray:
    """Give how long after the nearest stroke each sound of its own line began (float64 [k]), ms; below 0: before."""
    strokes = np.sort(np.array(story.onsets))
    starts = np.array([c.start_s for c in story.choices if c.reason == "duo"])
    if not strokes.size or not starts.size:
        return np.zeros(0)
    behind = np.clip(np.searchsorted(strokes, starts), 1, max(len(strokes) - 1, 1))
    both = starts[:, None] - strokes[np.stack([behind - 1, np.minimum(behind, len(strokes) - 1)], 1)]
    return 1e3 * both[np.arange(len(starts)), np.abs(both).argmin(axis=1)]


def draw_apart(figure: Figure, lanes: Lanes, apart: np.ndarray) -> None:
    """Draw the histogram of how far sounds are from the nearest stroke, ms."""
    top, bottom = lanes.heard
    write(figure, SIDE, top, "to the nearest stroke", fontsize=10, color=INK, fontweight="bold")
    near, far = np.mean(np.abs(apart) <= DOUBLED_MS), np.mean(np.abs(apart) > _REACH_MS)
    facts = f"{near:.0%} within {DOUBLED_MS:.0f} ms · {far:.0%} beyond {_REACH_MS:.0f}"
    write(figure, SIDE, top + 18, facts, fontsize=9, color=SOFT)
    axes = panel(figure, SIDE, top + 30, EDGE, bottom - 26)
    counts, edges = np.histogram(apart, bins=50, range=(-_REACH_MS, _REACH_MS))
    axes.bar(edges[:-1], counts, width=np.diff(edges) * 0.86, align="edge", color=HEARD)
    axes.axvspan(-DOUBLED_MS, DOUBLED_MS, color=ACCENT, alpha=0.2, linewidth=0)
    axes.axhline(0.0, color=SOFT, linewidth=0.8)
    axes.set_xlim(-_REACH_MS, _REACH_MS)
    axes.set_xticks([-0.8 * _REACH_MS, 0, 0.8 * _REACH_MS], ["before", "0", "after"])


def places_in_beat(story: Story, times: np.ndarray) -> np.ndarray:
    """Give at which part of a beat, 0 … 1, each time (s) is that lies between beats (float64 [k])."""
    beats = np.array([beat.time_s for beat in story.beats])
    if len(beats) < 2:
        return np.zeros(0)
    times = times[(times >= beats[0]) & (times < beats[-1])]
    before = np.searchsorted(beats, times, "right") - 1
    length = beats[before + 1] - beats[before]
    usual = np.median(np.diff(beats))
    known = length < 1.5 * usual  # the beat had not been lost meanwhile
    return (times[known] - beats[before][known]) / length[known]


def draw_in_beat(figure: Figure, lanes: Lanes, story: Story) -> None:
    """Draw at which places of a beat the musician strikes, above, and what is played begins, below."""
    top, bottom = lanes.played
    write(figure, SIDE, top, "within the beat", fontsize=10, color=INK, fontweight="bold")
    write(figure, SIDE, top + 18, "strokes above, its sounds below", fontsize=9, color=SOFT)
    axes = panel(figure, SIDE, top + 26, EDGE, bottom - 16)
    starts = np.array([choice.start_s for choice in story.choices])
    for times, sign, colour in ((np.array(story.onsets), 1, HEARD), (starts, -1, ACCENT)):
        # the one and what anticipates it stand side by side
        places = (places_in_beat(story, times) + 0.5 / _PLACES) % 1.0
        counts, edges = np.histogram(places, bins=_PLACES, range=(0.0, 1.0))
        height = sign * counts / max(counts.max(), 1)
        axes.bar(edges[:-1] - 0.5 / _PLACES, height, width=0.8 / _PLACES, align="edge", color=colour)
    axes.axhline(0.0, color=SOFT, linewidth=0.8)
    axes.set_xlim(-0.6 / _PLACES, 1.0)
    axes.set_ylim(-1.1, 1.1)
    axes.xaxis.set_major_locator(FixedLocator([0.0, 0.25, 0.5, 0.75]))
    axes.set_xticklabels(["1", "e", "+", "a"])
