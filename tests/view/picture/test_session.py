import numpy as np
import pytest
from PIL import Image

from livehost.errors import LivehostError
from livehost.view.picture.page import LEFT, RIGHT
from livehost.view.picture.session import plot_session
from livehost.view.theme import HUES

RATE = 1000.0


def session(count, sounds, seconds):
    """Make `count` onsets with an answer each."""
    rng = np.random.default_rng(1)
    events = []
    for k, frame in enumerate(np.sort(rng.integers(0, round(seconds * RATE) - 300, count)).tolist()):
        index = k % sounds
        events += [
            {"kind": "onset", "frame": frame + 3, "onset_frame": frame, "strength": 0.5, "level_db": -20.0},
            {
                "kind": "sample",
                "frame": frame + 4,
                "onset_frame": frame,
                "index": index,
                "voice": k % 64,
                "name": f"family{index % 9}/sound_{index}.wav",
                "frames": 300,
                "onset_to_sound_ms": 4.0,
                "probability": 0.5,
            },
        ]
    return events


def pixels(path):
    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def count_colour(image, colour):
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return int(np.sum(np.abs(image - wanted).max(axis=2) < 12))


@pytest.mark.parametrize(("count", "sounds", "seconds"), [(0, 1, 20), (1, 1, 1), (60, 25, 20), (600, 300, 700)])
def test_it_draws_any_session(tmp_path, count, sounds, seconds):
    sound = 0.5 * np.sin(np.arange(round(seconds * RATE)) * 0.3)
    path = plot_session(
        sound, np.stack([sound, sound], 1), RATE, session(count, sounds, seconds), tmp_path / "x" / "a.png"
    )
    assert pixels(path).shape == (900, 1600, 3)


def test_a_choice_stands_where_it_sounded(tmp_path):
    """One sound from 5.0 to 7.5 of 10 s: its bar fills that quarter of its row, and so does its colour below."""
    played = np.zeros(10_000)
    played[5000:7500] = 0.5
    events = [{"kind": "sample", "frame": 5000, "onset_frame": 4990, "index": 0, "name": "a/b.wav", "frames": 2500}]
    image = pixels(plot_session(np.zeros(10_000), played, RATE, events, tmp_path / "a.png"))
    wave = image[700:772, LEFT:RIGHT]
    blue = np.flatnonzero((wave[:, :, 2] - wave[:, :, 0] > 60).any(axis=0))
    width = RIGHT - LEFT
    assert blue.min() == pytest.approx(0.5 * width, abs=3)
    assert blue.max() == pytest.approx(0.75 * width, abs=3)
    roll = image[
        452,  # beside the ruled line
        LEFT:RIGHT,
    ]
    bar = np.flatnonzero(roll[:, 2] - roll[:, 0] > 40)
    assert bar.min() == pytest.approx(0.5 * width, abs=6)
    assert bar.max() == pytest.approx(0.75 * width, abs=3)


def test_families_have_their_colours(tmp_path):
    image = pixels(plot_session(np.zeros(20_000), np.zeros(20_000), RATE, session(40, 4, 20), tmp_path / "a.png"))
    counts = [count_colour(image[:, LEFT:RIGHT], hue) for hue in HUES]
    assert min(counts[:4]) > 50
    assert max(counts[4:]) == 0


def test_the_same_session_gives_the_same_picture(tmp_path):
    paths = [
        plot_session(np.zeros(2000), np.zeros(2000), RATE, session(5, 2, 2), tmp_path / name, "Title") for name in "ab"
    ]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_odd_names_and_empty_recordings(tmp_path):  # neither TeX nor a missing glyph stops a picture
    events = [{"kind": "sample", "frame": 0, "onset_frame": -1, "index": 0, "name": "$x_{1$ 音 <ü>.wav", "frames": 0}]
    assert plot_session([], [], RATE, events, tmp_path / "a.png", "50 % $off_{").stat().st_size > 5000


def test_a_folder_that_is_a_file_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LivehostError, match="could not be written"):
        plot_session([0.0], [0.0], RATE, [], tmp_path / "file" / "a.png")
