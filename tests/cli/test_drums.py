"""`livehost drums`, as typed."""

import math
import re
from functools import partial

import matplotlib.image
import numpy as np
import pytest
import soundfile


@pytest.fixture
def typed(typed):
    return partial(typed, "drums")


def test_one_stroke(typed, tmp_path):
    small = ("render", "--shape", "l-shape", "--size", "0.2", "--seconds", "0.2", "--rate", "16000")
    code, said, _ = typed(*small, "-o", "l.wav")
    told = re.fullmatch(r"Wrote l\.wav, lowest mode ([\d.]+) Hz\.\n", said)
    side = math.sqrt(math.pi / 4 / 3) * 0.2  # λ₁ of the L of unit squares is 9.6397
    assert code == 0
    assert float(told[1]) == pytest.approx(math.sqrt(9.6397238) / side * 100 / (2 * math.pi), rel=0.002)
    samples, rate = soundfile.read(tmp_path / "l.wav")
    assert (rate, samples.shape) == (16_000, (3200,))
    assert np.abs(samples).max() > 0.05
    typed(*small, "--force", "0.2", "-o", "s.wav")
    assert np.abs(soundfile.read(tmp_path / "s.wav")[0]).max() < 0.25 * np.abs(samples).max()


def test_a_set_and_again(typed, tmp_path):
    line = ("set", "--count", "3", "--shape", "triangle", "--seconds", "0.05", "--rate", "16000", "-o", "drums")
    assert typed(*line)[1].endswith("Wrote drums/labels.csv: 3 sounds, 3 of them now.\n")
    assert typed(*line)[1].endswith("Wrote drums/labels.csv: 3 sounds, 0 of them now.\n")
    assert len(list((tmp_path / "drums").glob("*.flac"))) == 3


def test_a_picture_shows_modes_and_sand(typed, tmp_path):
    assert typed("picture", "--points", "0,0 2,0 1,1.5", "--modes", "2", "-o", "t.png")[:2] == (0, "Wrote t.png.\n")
    image = matplotlib.image.imread(tmp_path / "t.png")[..., :3]
    waves, sand = image[110:370, 60:553], image[370:610, 60:553]
    assert (waves[..., 2] - waves[..., 0] > 0.2).mean() > 0.02  # what moves one way is blue, the other red
    assert (waves[..., 0] - waves[..., 2] > 0.2).mean() > 0.02
    assert np.abs(sand[..., 0] - sand[..., 2]).max() < 0.1  # ink and paper
    assert 0.02 < (sand.mean(-1) < 0.3).mean() < 0.6


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("render", "--points", "0,0 1,1 1,0 0,1"),
         "The polygon crosses or touches itself at (0.5, 0.5): give its corners in order."),
        (("picture", "--points", "0,0 1,1"), "The polygon has 2 corners; it takes three or more."),
        (("render", "--points", "0,0 a"), "--points takes pairs of numbers, as “0,0 2,0 2,1”, not '0,0 a'."),
        (("render", "--shape", "heart"), "There is no shape 'heart'; choose circle, rectangle, triangle, ellipse, "
         "star, l-shape, convex, random, or give --points."),
        (("render", "-o", "drum.mp3", "--seconds", "0.05"), "A sound ends in .wav or .flac, not as drum.mp3 does."),
        (("picture", "-o", "modes.doc"), "A picture ends in .png, .pdf, .svg or the like, not as modes.doc does."),
        (("picture", "--modes", "0"), "1 to 30 modes can be drawn, not 0."),
        (("render", "--seconds", "0.05", "--rate", "16000", "--tension", "300"),
         "The sound is 5.0 dB over full scale: hit with less force, or farther off."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence(typed, tmp_path, words, sentence):
    code, out, said = typed(*words)
    assert (code != 0, out, said) == (True, "", f"livehost: {sentence}\n")
    assert not list(tmp_path.iterdir())
