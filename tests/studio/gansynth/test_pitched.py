"""Notes to learn from: their pitches, and which of them are held out."""

import numpy as np
import pytest
import soundfile

from livehost.bank.info import note_name
from livehost.dsp.mel_contract import STANDARD
from livehost.dsp.note_spectrum import SpectrumContract
from livehost.errors import LivehostError
from livehost.studio.gansynth.pitched import HIGHEST, LOWEST, instrument, model_files, named_pitch, note_files
from livehost.studio.gansynth.pitched import prepare_notes as prepare

#: Short notes, of the rate of the mels.
SPECTRUM = SpectrumContract(fft_samples=1024, hop_samples=256, bins=128, frames=64)


def note(pitch, seconds=0.25, timbre=1.0):
    """A struck tone of three partials, float32, 44.1 kHz."""
    t = np.arange(round(seconds * 44_100)) / 44_100
    hz = 440 * 2 ** ((pitch - 69) / 12)
    return (sum(timbre**k / k * np.sin(2 * np.pi * k * hz * t) for k in (1, 2, 3)) * np.exp(-6 * t) / 4).astype("f4")


def folder_of(folder, instruments=6, pitches=(48, 55, 62, 69)):
    """A folder of named notes of some instruments."""
    folder.mkdir(exist_ok=True, parents=True)
    for number in range(instruments):
        for pitch in pitches:
            sound = note(pitch, 0.4 + 0.02 * number, 0.4 + 0.1 * number)
            soundfile.write(folder / f"lute {number} {note_name(pitch)}.wav", sound, 44_100)
    return folder


@pytest.mark.parametrize(
    ("name", "pitch"),
    [
        ("harp_as3.wav", 58), ("oboe/Bb4 soft.flac", 70), ("program-040 C♯4.flac", 61), ("Midi 60.wav", 60),
        ("c4/kick.wav", None), ("kick 4.wav", None), ("abc4.wav", None), ("x_A-1.wav", 9), ("A4 then C2.wav", 36),
    ],
)  # fmt: skip
def test_names_tell_pitches(name, pitch):
    assert named_pitch(name) == pitch


def test_notes_of_an_instrument_have_one_name_without_their_pitches():
    assert len({instrument(f"lute {name}.wav") for name in ("C2", "D♯5", "fs3")}) == 1
    assert instrument("lute C2.wav") != instrument("harp C2.wav")


def test_what_is_made_is_named_by_its_pitch_and_goes_over_the_range():
    for files in (note_files(80), model_files(80)):
        names = [file.name for file in files]
        assert len(set(names)) == 80
        pitches = [named_pitch(name) for name in names]
        assert min(pitches) < LOWEST + 3
        assert max(pitches) > HIGHEST - 3
        assert len({instrument(name) for name in names}) == 4
    sound = model_files(8)[7].make(44_100, np.random.default_rng(0))
    hz = 440 * 2 ** ((named_pitch(model_files(8)[7].name) - 69) / 12)
    spectrum = np.abs(np.fft.rfft(sound[4410:], 1 << 17))
    assert np.argmax(spectrum) * 44_100 / (1 << 17) / hz == pytest.approx(round(np.argmax(spectrum) * 44_100
                                                                             / (1 << 17) / hz), abs=0.02)  # fmt: skip


def test_instruments_are_held_out_and_pitches_are_heard(tmp_path):
    folder = folder_of(tmp_path / "notes")
    soundfile.write(folder / "nameless.wav", note(57.3, 0.5), 44_100)
    soundfile.write(folder / "hiss.wav", np.random.default_rng(0).normal(0, 0.1, 9000).astype("f4"), 44_100)
    soundfile.write(folder / "far C8.wav", note(80), 44_100)
    given = {"data": [folder], "notes": 0, "models": 0}
    material, pitches = prepare(given, STANDARD, SPECTRUM, tmp_path / "cache")
    assert len(material.clips) == 6 * 4 + 1
    sides = {}
    for clip in material.clips:
        sides.setdefault(instrument(clip.name), set()).add(clip.split)
    assert all(len(side) == 1 for side in sides.values())
    assert set.union(*sides.values()) == {"train", "valid", "test"}
    assert pitches["lute 2 G3.wav"] == 55
    assert pitches["nameless.wav"] == pytest.approx(57.3, abs=0.1)
    left_out = dict(material.skipped)
    assert left_out["hiss.wav"] == "has no pitch, neither in its name nor to be heard"
    assert left_out["far C8.wav"] == f"has the MIDI pitch 108, and {LOWEST} to {HIGHEST} are learnt"


def test_a_note_is_not_cut_at_its_onsets(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    twice = np.concatenate([note(60, 0.6), note(60, 0.8)])
    soundfile.write(folder / "tremolo C4.wav", twice, 44_100)
    spectrum = SpectrumContract(fft_samples=1024, hop_samples=256, bins=128, frames=220)
    material, _ = prepare({"data": [folder], "notes": 0, "models": 0}, STANDARD, spectrum, tmp_path / "cache")
    assert len(material.clips) == 1
    assert len(material.clips[0].audio()) == round((spectrum.seconds + 1024 / 44_100) * 44_100)


def test_nothing_to_learn_from_is_a_sentence(tmp_path):
    with pytest.raises(LivehostError, match="give --data, --notes or --models"):
        prepare({"data": None, "notes": 0, "models": 0}, STANDARD, SPECTRUM, tmp_path)
    soundfile.write(tmp_path / "hiss.wav", np.random.default_rng(0).normal(0, 0.1, 9000).astype("f4"), 44_100)
    with pytest.raises(LivehostError, match=r"There is no note to learn from: hiss.wav has no pitch"):
        prepare({"data": [tmp_path], "notes": 0, "models": 0}, STANDARD, SPECTRUM, tmp_path / "cache")
