"""What is a click, what is clipped, and what is only a sharp attack."""

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.growing.checks import CHECKS, broken, clicks, clipped, short
from livehost.growing.names import name_of
from livehost.growing.parents import find_item

RATE = 44_100
T = np.arange(RATE // 2) / RATE
RNG = np.random.default_rng(0)
#: Sounds that are well.
WELL = {
    "tone": np.sin(2 * np.pi * 110 * T) * np.exp(-6 * T),
    "kick": np.sin(2 * np.pi * (50 * T + 20 * (1 - np.exp(-30 * T)))) * np.exp(-9 * T),
    "hat": RNG.standard_normal(len(T)) * np.exp(-60 * T),
    "late attack": np.where(T > 0.1, np.sin(2 * np.pi * 800 * T) * np.exp(-12 * (T - 0.1)), 0),
    "square": 0.5 * np.sign(np.sin(2 * np.pi * 100.3 * T)) * np.linspace(1, 0, len(T)),
    "low tone": np.sin(2 * np.pi * 30 * T) * np.exp(-4 * T),
    "two strokes": np.exp(-40 * T) * RNG.standard_normal(len(T))
    + np.where(T > 0.2, np.exp(-40 * (T - 0.2)) * RNG.standard_normal(len(T)), 0),
}  # fmt: skip


def sound_of(name):
    x = WELL[name] * np.minimum(1, np.linspace(50, 0, len(T)))
    return (0.8 * x / np.abs(x).max()).astype(np.float32)


@pytest.mark.parametrize("name", WELL)
def test_a_sound_that_is_well_passes_everything(name):
    assert [check.name for check in CHECKS if check.fails(sound_of(name), RATE)] == []


@pytest.mark.parametrize("name", sorted(WELL.keys() - {"square"}))  # which jolts as much in every period
def test_a_jolt_that_stands_alone_is_a_click(name):
    sound = sound_of(name)
    sound[18_000:18_002] += 0.3
    assert clicks(sound, RATE)


def test_an_end_that_is_cut_off_is_a_click():
    sound = WELL["tone"].astype(np.float32)[:10_000]
    assert not clicks(sound * np.linspace(1, 0, len(sound), dtype=np.float32), RATE)
    assert clicks(sound[:9_950], RATE)


@pytest.mark.parametrize("name", ["tone", "kick", "low tone"])
def test_peaks_that_are_cut_off_are_clipped(name):
    sound = WELL[name].astype(np.float32)
    assert clipped(np.clip(sound, -0.7, 0.7), RATE)
    assert not clipped(0.7 * sound, RATE)


def test_what_is_no_number_and_what_is_too_short():
    sound = WELL["tone"].astype(np.float32)
    assert not broken(sound, RATE)
    for value in (np.nan, np.inf):
        sound[5] = value
        assert broken(sound, RATE)
    assert short(sound[:881], RATE)
    assert not short(sound[:882], RATE)


@pytest.mark.parametrize(
    ("parents", "name"),
    [
        (["drums/kick 1.wav"], "kick-1~0012.wav"), (["a.b.flac#3", "c"], "a.b-3+c~0012.wav"),
        ([], "mel-vqvae~0012.wav"), (["x" * 60], f"{'x' * 40}~0012.wav"), (["~.wav"], "sound~0012.wav"),
        (["Schlagwerk/трещотка?.wav"], "трещотка~0012.wav"), (["bad\x1b\udcff.wav"], "bad~0012.wav"),
    ],
)  # fmt: skip
def test_names_are_fit_for_any_file_system(parents, name):
    assert name_of(parents, "mel-vqvae", 11) == name


class Bank:
    """Names alone."""

    names = ("kick.wav", "a/snare.wav", "b/snare.wav", "7.wav", "loop.wav#1", "loop.wav#2")

    class directory:  # noqa: N801
        name = "mine"

    def __len__(self):
        return len(self.names)


@pytest.mark.parametrize(
    ("asked", "item"), [("kick.wav", 0), ("kick", 0), ("b/snare.wav", 2), ("7", 3), ("2", 2), ("loop#2", 5)]
)
def test_items_are_found_by_what_people_call_them(asked, item):
    assert find_item(Bank(), asked) == item


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("snare", "may be a/snare.wav, b/snare.wav: give the whole name"), ("kik", "did you mean kick"),
        ("99", "it has kick.wav"),
    ],
)  # fmt: skip
def test_items_that_are_not_found_are_a_sentence(asked, said):
    with pytest.raises(LivehostError, match=said) as told:
        find_item(Bank(), asked)
    assert told.value.exit_code == 2
