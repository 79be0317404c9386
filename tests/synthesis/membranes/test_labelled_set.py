"""Labelled sets: what is written, that it repeats, that it goes on, and what it refuses."""

import csv
import errno

import numpy as np
import pytest
import soundfile

from livehost.errors import LivehostError
from livehost.synthesis.membranes import labelled_set
from livehost.synthesis.membranes.drum import FULL_SCALE, hit
from livehost.synthesis.membranes.labelled_set import LABELS, SetSettings, make_set, read_labels, write_sound
from livehost.synthesis.membranes.labels import Ranges, acoustic_size_m

SMALL = SetSettings(
    5, 3, Ranges(shapes=("circle", "l-shape"), size_m=(0.15, 0.2)), strokes=2, seconds=0.05, rate=16_000
)


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_sounds_and_labels_belong_together(tmp_path):
    assert make_set(SMALL, tmp_path / "set") == 5
    rows = read_labels(tmp_path / "set")
    assert [row["file"] for row in rows] == [f"{n:06d}.flac" for n in range(5)]
    assert [row["drum"] for row in rows] == ["0", "0", "1", "1", "2"]
    for number, row in enumerate(rows):
        drum = SMALL.drum(number // 2)
        stroke = SMALL.stroke(number, drum)
        assert (row["shape"], float(row["strike_r"])) == (drum.shape.name, stroke.place.r)
        assert float(row["f0_hz"]) == drum.fundamental_hz
        assert float(row["acoustic_size_m"]) == acoustic_size_m(drum)
        samples, rate = soundfile.read(tmp_path / "set" / row["file"])
        wanted = hit(drum, stroke, 0.05, 16_000) / FULL_SCALE
        assert rate == 16_000
        np.testing.assert_allclose(samples, wanted, atol=2**-22)
    assert len({row["strike_r"] for row in rows}) == 5
    assert rows[0]["size_m"] == rows[1]["size_m"] != rows[2]["size_m"]


def test_it_repeats_and_goes_on_after_it_was_killed(tmp_path, monkeypatch):
    make_set(SMALL, tmp_path / "whole")
    write, left = labelled_set.write_sound, [2]

    def killed(*arguments):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        write(*arguments)

    monkeypatch.setattr(labelled_set, "write_sound", killed)
    with pytest.raises(KeyboardInterrupt):
        make_set(SMALL, tmp_path / "cut")
    with pytest.raises(LivehostError, match=r"holds 2 of 5 sounds: give the command that made them again"):
        read_labels(tmp_path / "cut")
    monkeypatch.undo()
    told = []
    assert make_set(SMALL, tmp_path / "cut", lambda done, total, _: told.append((done, total)), threads=2) == 3
    assert files(tmp_path / "cut") == files(tmp_path / "whole")
    assert told[-1] == (5, 5)
    assert make_set(SMALL, tmp_path / "cut") == 0


def test_what_cannot_be_is_one_sentence(tmp_path, monkeypatch):
    make_set(SMALL, tmp_path / "set")
    other = SetSettings(5, 4, SMALL.ranges, 2, 0.05, 16_000)
    with pytest.raises(LivehostError, match=r"set holds a set with seed 3, not 4: choose another folder\.$"):
        make_set(other, tmp_path / "set")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(LivehostError, match=r"mine holds something else; choose a folder that is new or empty\.$"):
        make_set(SMALL, tmp_path / "mine")
    assert list(files(tmp_path / "mine")) == ["notes.txt"]
    (tmp_path / "set" / "set.json").write_text("{")
    with pytest.raises(LivehostError, match=r"set\.json cannot be read .*: remove the folder, or choose another\.$"):
        make_set(SMALL, tmp_path / "set")
    with pytest.raises(LivehostError, match="no set of drums"):
        read_labels(tmp_path / "mine")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(soundfile, "write", full)
    with pytest.raises(LivehostError, match=r"No space left on device; the same command goes on later\.$"):
        make_set(SMALL, tmp_path / "full")
    assert {path.name for path in (tmp_path / "full").iterdir()} == {"set.json", LABELS}
    monkeypatch.setattr("pathlib.Path.write_text", full)
    with pytest.raises(LivehostError, match=r"No space left on device; the same command goes on later\.$"):
        make_set(SMALL, tmp_path / "fuller")
    assert not list((tmp_path / "fuller").iterdir())


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: SetSettings(0), "A set has one sound or more, of 0.01 to 60 s, and a seed of 0 or more."),
        (lambda: SetSettings(1, rate=0), "Sounds of a set have 8,000 to 192,000 Hz, not 0."),
        (lambda: Ranges(shapes=("heart",)), "There is no shape 'heart'; choose of circle, .*"),
        (lambda: Ranges(size_m=(0.5, 0.2)), "The range of size_m is not two rising numbers: .*"),
    ],
)
def test_settings_that_cannot_be_are_one_sentence(make, sentence):
    with pytest.raises(LivehostError, match=f"^{sentence}"):
        make()


def test_a_sound_is_never_clipped(tmp_path):
    with pytest.raises(LivehostError, match=r"The sound is 6\.0 dB over full scale"):
        write_sound(tmp_path / "loud.wav", np.array([0.0, -2.0], np.float32), 8000)
    with pytest.raises(LivehostError, match=r"A sound ends in \.wav or \.flac, not as a\.mp3 does\."):
        write_sound(tmp_path / "a.mp3", np.zeros(4, np.float32), 8000)
    assert not list(tmp_path.iterdir())


def test_the_csv_can_be_read_by_anything(tmp_path):
    make_set(SMALL, tmp_path / "set")
    with (tmp_path / "set" / LABELS).open(newline="") as file:
        header = next(csv.reader(file))
    assert header[:3] == ["file", "drum", "shape"]
    assert header[-1] == "f0_hz"
