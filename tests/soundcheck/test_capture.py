"""What a soundcheck hears, and how it leads through it; the card is made up."""

import numpy as np
import pytest
import soundfile

from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.soundcheck import capture
from livehost.soundcheck.capture import _Guide, from_file
from livehost.soundcheck.signal import LONGEST_S, SWEEP_S

RATE = 1000


class Card:
    """A card whose clock goes on whenever somebody looks at it."""

    def __init__(self, stops_at=None, ends_at=None):
        self.frame, self.stops_at, self.ends_at = 5000, stops_at, ends_at
        self.said, self.played = [], []

    def now(self):
        if self.stops_at is None or self.frame < self.stops_at:
            self.frame += 100
        return self.frame

    def lead(self, seconds):
        guide = _Guide(
            RATE, self.now, lambda side, at: self.played.append((side, at)),
            lambda: self.ends_at is not None and self.frame >= self.ends_at, self.said.append,
        )  # fmt: skip
        return guide.lead(seconds)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(capture.time, "sleep", lambda _: None)


@pytest.mark.parametrize("seconds", [8.0, 15.0, 60.0])
def test_quiet_then_each_loudspeaker_then_music(seconds):
    card = Card()
    quiet, music, left, right = card.lead(seconds)
    assert quiet[0] > 5100
    assert quiet[1] < left[0] < left[1] <= right[0] < right[1] < music[0] < music[1] <= card.frame
    for (side, at), (first, last) in zip(card.played, (left, right), strict=True):
        assert side == (first == right[0])
        assert first < at
        assert at + (SWEEP_S + LONGEST_S) * RATE > last > at + SWEEP_S * RATE
    assert music[1] - quiet[0] == pytest.approx(seconds * RATE, abs=600)
    assert [line[:3] for line in card.said] == ["1/3", "2/3", "3/3"]


def test_a_card_that_stops_or_ends_is_said(monkeypatch):
    clock = iter(range(10_000_000))
    monkeypatch.setattr(capture.time, "monotonic", lambda: next(clock) / 100)
    for card in (Card(stops_at=9000), Card(ends_at=9000)):
        with pytest.raises(LivehostError, match="stopped in the middle of the soundcheck"):
            card.lead(15.0)


def test_a_file_is_all_music(tmp_path):
    soundfile.write(tmp_path / "take.wav", np.full((48_000, 2), 0.5), 48_000)
    made = from_file(Settings({"audio.input": str(tmp_path / "take.wav")}))
    assert made.heard.shape == (48_000, 2)
    assert (made.quiet, made.music, made.tests, made.settings) == ((0, 0), (0, 48_000), (), None)
    with pytest.raises(LivehostError, match="is no sound file"):
        from_file(Settings({"audio.input": "Scarlett"}))
