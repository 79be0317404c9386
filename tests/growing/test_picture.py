"""The picture of a grown bank: what stands on it are the numbers of the growth."""

from types import SimpleNamespace

import numpy as np
import pytest

from livehost.growing import picture
from livehost.growing.checks import NEAR, SILENT, WORDS
from livehost.growing.record import Grown, Record, Rejected
from livehost.view.picture.page import new_figure, panel

RATE, SECONDS = 1000, (0.2, 0.4, 0.4, 1.0)
NAMES = ["drums/kick.wav", "snare.wav", "hat.wav", "bell.wav"]


@pytest.fixture
def axes():
    return panel(new_figure(100), 40, 40, 800, 600)


@pytest.fixture
def growth():
    """Four sounds of up to a second, from which three came, one of two seconds; four candidates were rejected."""
    items = np.zeros(len(SECONDS), [("frames", "i8")])
    items["frames"] = [round(seconds * RATE) for seconds in SECONDS]
    grown = [
        Grown(f"new-{k}.wav", k, parents, 0.0, seconds, -20.0, -1.0, "", distance)
        for k, (parents, seconds, distance) in enumerate(
            [([NAMES[0]], 0.4, 1.5), ([NAMES[1], NAMES[3]], 0.4, 2.5), ([], 2.0, 9.0)]
        )
    ]
    rejected = [Rejected(3, [], SILENT), *(Rejected(4 + k, [], NEAR, NAMES[0]) for k in range(3))]
    return SimpleNamespace(
        bank=SimpleNamespace(rate=RATE, items=items, names=NAMES), record=Record({}, grown=grown, rejected=rejected)
    )


def bars(axes):
    """Left edge, right edge and height of each bar of a histogram that is not empty."""
    return [
        (bar.get_x(), bar.get_x() + bar.get_width(), bar.get_height()) for bar in axes.patches if bar.get_height() > 0
    ]


def test_what_became_of_the_candidates_is_counted(axes, growth):
    picture._outcome(axes, growth)
    told = {text.get_text().partition("  ")[2]: (bar.get_width(), round(bar.get_y() + bar.get_height() / 2), k)
            for k, (text, bar) in enumerate(zip(axes.texts, axes.patches, strict=True))}  # fmt: skip
    assert told["taken"] == (3, 0, 0)
    assert told[WORDS[SILENT]][0] == 1
    assert told[WORDS[NEAR]][0] == 3
    assert all(place == k for _, place, k in told.values())
    assert sum(count for count, *_ in told.values()) == 7


def test_lengths_are_shares_of_old_and_new_sounds_in_seconds(axes, growth):
    picture._lengths(axes, growth)
    count = len(axes.patches) // 2
    of_old, of_new = (
        {round((left + right) / 2, 1): height for left, right, height in shown}
        for shown in (bars(SimpleNamespace(patches=part)) for part in (axes.patches[:count], axes.patches[count:]))
    )
    assert of_old == pytest.approx({0.2: 0.25, 0.4: 0.5, 1.0: 0.25})
    assert of_new == pytest.approx({0.4: 2 / 3, 2.0: 1 / 3})
    assert axes.patches[-1].get_x() + axes.patches[-1].get_width() == pytest.approx(2.0)  # the longest of all


def test_distances_show_which_are_near(axes):
    picture._distances(axes, [1.5, 2.5, 9.0])
    middles = [(left + right) / 2 for left, right, _ in bars(axes)]
    assert middles == pytest.approx([1.5, 2.5, 9.0], abs=0.15)
    assert axes.lines[0].get_xdata()[0] == 1.0


def test_the_map_leads_from_parents_to_children_and_names_above_all(axes, growth):
    old = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    new = np.array([[0.1, 0.1], [0.9, 0.5], [0.5, 0.5]])
    picture._map(axes, growth, old, new)
    lines, before, grown = axes.collections
    ways = [tuple(map(tuple, segment)) for segment in lines.get_segments()]
    assert ways == [((0, 0), (0.1, 0.1)), ((1, 0), (0.9, 0.5)), ((1, 1), (0.9, 0.5))]
    np.testing.assert_array_equal(before.get_offsets(), old)
    np.testing.assert_array_equal(grown.get_offsets(), new)
    assert {text.get_text(): text.xy for text in axes.texts} == {
        name: pytest.approx(place) for name, place in zip(("kick", "snare", "hat", "bell"), old, strict=True)
    }
    assert min(text.get_zorder() for text in axes.texts) > max(shown.get_zorder() for shown in axes.collections)
