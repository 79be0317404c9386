import shutil

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.studio.audio_data import render as module
from livehost.studio.audio_data import soundfonts
from livehost.studio.audio_data.render import Part, Tools, mix, render, to_midi, to_peak, tools
from livehost.studio.audio_data.soundfonts import SOUNDFONT, Soundfonts, find_soundfonts, licence_of


def rows(*notes):
    return np.array([(t, d, p, 80) for t, d, p in notes], np.float64)


@pytest.fixture
def fresh():
    tools.cache_clear()
    yield
    tools.cache_clear()


def test_a_repeated_note_ends_before_it_begins_again():
    file = to_midi([Part(rows((0.1, 0.2, 60), (0.3, 0.2, 60)), 46), Part(rows((0.0, 0.1, 36)), 8, drums=True)])
    now, said = 0, []
    for message in file.tracks[0]:
        now += message.time
        if message.type != "end_of_track":
            said.append((round(now / 9600, 3), message.type, message.channel))
    assert said[:3] == [(0.0, "program_change", 0), (0.0, "program_change", 9), (0.0, "note_on", 9)]
    assert said[-3:] == [(0.3, "note_off", 0), (0.3, "note_on", 0), (0.5, "note_off", 0)]


def test_drums_are_not_transposed():
    part = Part(rows((1.0, 0.5, 60)), pedal=np.array([[2.0, 127.0]]))
    faster = part.moved(12, 2.0)
    np.testing.assert_array_equal(faster.notes, [[0.5, 0.25, 72, 80]])
    np.testing.assert_array_equal(faster.pedal, [[1.0, 127.0]])
    assert Part(part.notes, drums=True).moved(12).notes[0, 2] == 60
    assert part.moved(99).notes[0, 2] == 127


def test_sums_and_peaks():
    np.testing.assert_array_equal(mix(np.ones(2, "f4"), np.ones(3, "f4")), [2, 2, 1])
    assert np.abs(to_peak(np.array([0.1, -0.2], "f4"), -6.0)).max() == pytest.approx(10 ** (-6 / 20))
    np.testing.assert_array_equal(to_peak(np.zeros(3, "f4"), -6.0), 0)


def test_what_is_missing_is_said(fresh, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LivehostError, match="install it"):
        tools()
    monkeypatch.setattr(module.shutil, "which", lambda _: "/bin/fluidsynth")
    monkeypatch.setenv(SOUNDFONT, str(tmp_path / "none.sf2"))
    with pytest.raises(LivehostError, match=r"none\.sf2, which is no file"):
        tools()
    monkeypatch.delenv(SOUNDFONT)
    monkeypatch.setattr(soundfonts, "FOLDERS", (str(tmp_path),))
    with pytest.raises(LivehostError, match="soundfont"):
        tools()
    (tmp_path / "Other.sf2").write_text("")
    assert tools().fonts.train[0].endswith("Other.sf2")


def test_soundfonts_stand_on_their_sides(monkeypatch, tmp_path):
    monkeypatch.delenv(SOUNDFONT, raising=False)
    monkeypatch.setattr(soundfonts, "FOLDERS", (str(tmp_path),))

    def found(*names):
        for file in tmp_path.iterdir():
            file.unlink()
        for name in names:
            (tmp_path / name).write_text("")
        fonts = find_soundfonts()
        return tuple(tuple(path.rpartition("/")[2] for path in side) for side in (fonts.train, fonts.held_out))

    everything = ("TimGM6mb.sf2", "FluidR3_GM.sf2", "MuseScore_General.sf3", "OPL-3_FM_128M.sf2", "Other.sf2")
    assert found(*everything) == (
        ("FluidR3_GM.sf2", "MuseScore_General.sf3"),
        ("TimGM6mb.sf2", "OPL-3_FM_128M.sf2"),
    )
    # one is enough, whichever; of one that is there twice, the unpacked
    assert found("TimGM6mb.sf2") == (("TimGM6mb.sf2",), ("TimGM6mb.sf2",))
    assert found("FluidR3_GM.sf2") == (("FluidR3_GM.sf2",), ("FluidR3_GM.sf2",))
    assert found("MuseScore_General.sf3", "MuseScore_General.sf2")[0] == ("MuseScore_General.sf2",)
    assert found("Other.sf2", "TimGM6mb.sf2") == (("Other.sf2",), ("TimGM6mb.sf2",))
    monkeypatch.setenv(SOUNDFONT, str(tmp_path / "TimGM6mb.sf2"))
    assert found(*everything) == (("TimGM6mb.sf2",), ("TimGM6mb.sf2",))
    # what is free for any use, and nothing else, may train
    free = {name for name, terms in soundfonts.SOUNDFONTS.items() if terms.licence.startswith("MIT")}
    assert free == {name for name, terms in soundfonts.SOUNDFONTS.items() if terms.train}
    assert licence_of("/x/FluidR3_GM.sf2") == "MIT"
    assert licence_of("/x/Other.sf2") == "unknown"


def test_a_volume_is_sent_before_the_notes():
    messages = to_midi([Part(rows((0.1, 0.2, 60)), volume_db=-12.0)]).tracks[0]
    assert [(m.control, m.value) for m in messages if m.type == "control_change"] == [(7, 50)]


def test_a_program_that_fails_is_told_of(fresh, monkeypatch, tmp_path):
    failing = tmp_path / "fluidsynth"
    failing.write_text("#!/bin/sh\necho out of memory >&2\nexit 3\n")
    failing.chmod(0o755)
    monkeypatch.setattr(module, "tools", lambda: Tools(str(failing), Soundfonts(("font.sf2",), ("font.sf2",))))
    with pytest.raises(LivehostError, match="fluidsynth failed: out of memory"):
        render([Part(rows((0, 0.1, 60)))])


@pytest.mark.skipif(shutil.which("fluidsynth") is None, reason="fluidsynth is not installed")
def test_a_note_sounds_where_it_stands_and_hands_add_up_to_the_whole():
    low, high = Part(rows((0.5, 0.3, 48))), Part(rows((1.0, 0.3, 72)))
    apart, together = mix(render([low]), render([high])), render([Part(np.concatenate([low.notes, high.notes]))])
    assert np.abs(together).max() > 0.01
    assert np.abs(apart - together).max() < 1e-3 * np.abs(together).max()
    first = int(np.argmax(np.abs(together) > 0.05 * np.abs(together).max()))
    assert 0.495 * 48000 < first < 0.53 * 48000
