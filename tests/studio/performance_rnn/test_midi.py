"""MIDI files ↔ performances, broken ones too."""

import mido
import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.performance.notes import make_notes
from livehost.performance.stream import decode, encode
from livehost.studio.performance_rnn.midi import read_performance, write_performance

NOTES = make_notes([(0.0, 0.5, 60, 80), (0.25, 1.0, 64, 70), (1.5, 2.0, 60, 127)])


def save(path, *tracks, kind=1, ticks=480):
    mido.MidiFile(type=kind, ticks_per_beat=ticks, tracks=[mido.MidiTrack(t) for t in tracks]).save(path)
    return path


def on(note, velocity=64, time=0, channel=0):
    return mido.Message("note_on", note=note, velocity=velocity, time=time, channel=channel)


def off(note, time=0, channel=0):
    return mido.Message("note_off", note=note, time=time, channel=channel)


def pedal(value, time=0):
    return mido.Message("control_change", control=64, value=value, time=time)


def test_what_is_written_is_read(tmp_path):
    write_performance(NOTES, tmp_path / "a.mid")
    back = read_performance(tmp_path / "a.mid")
    for name in ("start_s", "end_s"):
        np.testing.assert_allclose(back[name], NOTES[name], atol=1e-3)
    assert back["pitch"].tolist() == NOTES["pitch"].tolist()
    assert back["velocity"].tolist() == NOTES["velocity"].tolist()


def test_a_file_comes_back_through_events_within_ten_milliseconds(tmp_path):
    write_performance(NOTES, tmp_path / "a.mid")
    write_performance(decode(encode(read_performance(tmp_path / "a.mid")).events), tmp_path / "b.mid")
    back = read_performance(tmp_path / "b.mid")
    assert np.abs(back["start_s"] - NOTES["start_s"]).max() <= 0.01
    assert np.abs(back["end_s"] - NOTES["end_s"]).max() <= 0.01


def test_the_pedal_holds_until_it_comes_up_or_the_key_is_struck_again(tmp_path):
    # 120 beats a minute, 480 ticks: 960 ticks are a second
    path = save(tmp_path / "p.mid", [
        pedal(100), on(60), off(60, 480), on(60, time=480), off(60, 480), on(64), off(64, 240), pedal(10, 720), on(65),
        off(65, 480),
    ])  # fmt: skip
    rows = [(round(float(n["end_s"]), 3), int(n["pitch"])) for n in read_performance(path)]
    assert rows == [(1.0, 60), (2.5, 60), (2.5, 64), (3.0, 65)]


def test_a_pedal_that_stays_down_holds_until_the_end(tmp_path):
    path = save(tmp_path / "p.mid", [pedal(127), on(60), off(60, 480), on(62, time=480), off(62, 960)])
    assert read_performance(path)["end_s"].tolist() == [2.0, 2.0]


def test_drums_are_left_out_and_any_program_taken(tmp_path):
    path = save(
        tmp_path / "d.mid",
        [mido.Message("program_change", program=40), on(60), off(60, 480)],
        [on(36, channel=9), off(36, 480, channel=9)],
    )
    assert read_performance(path)["pitch"].tolist() == [60]


@pytest.mark.parametrize("kind", [0, 1])
def test_no_tempo_is_120_beats(tmp_path, kind):
    path = save(tmp_path / "t.mid", [on(60), off(60, 960)], kind=kind)
    assert read_performance(path)["end_s"].tolist() == [1.0]


def test_running_status_and_sysex(tmp_path):
    body = bytes([0, 0x90, 60, 64, 0x60, 62, 64, 0, 0xF0, 3, 1, 2, 0xF7, 0x60, 0x80, 60, 0, 0, 62, 0, 0, 0xFF, 0x2F, 0])
    head = b"MThd" + bytes([0, 0, 0, 6, 0, 0, 0, 1, 0, 0x60])
    (tmp_path / "r.mid").write_bytes(head + b"MTrk" + len(body).to_bytes(4, "big") + body)
    assert read_performance(tmp_path / "r.mid")["pitch"].tolist() == [60, 62]


def test_ten_hours_and_all_notes_at_once(tmp_path):
    ticks = 10 * 3600 * 960
    path = save(tmp_path / "l.mid", [on(60), off(60, 480), on(61, time=ticks), off(61, 480)])
    assert read_performance(path)["start_s"][-1] > 35_999
    every = [on(note) for note in range(128)] + [off(0, 480)] + [off(note) for note in range(1, 128)]
    notes = read_performance(save(tmp_path / "a.mid", every))
    assert len(decode(encode(notes).events)) == 128


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "broken or no MIDI file"), (b"RIFF nothing", "broken or no MIDI file"),
        (b"MThd" + bytes([0, 0, 0, 6, 0, 1, 0, 1, 1, 0xE0]) + b"MTrk" + bytes([0, 0, 1, 0, 0, 0x90]), "broken"),
        (b"MThd" + bytes([0, 0, 0, 6, 0, 1, 0, 0, 1, 0xE0]), "holds no notes"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(tmp_path, content, why):
    (tmp_path / "x.mid").write_bytes(content)
    with pytest.raises(LivehostError, match=why):
        read_performance(tmp_path / "x.mid")


def test_format_2_is_refused(tmp_path):
    path = save(tmp_path / "two.mid", [on(60), off(60, 480)], [on(62), off(62, 480)], kind=2)
    with pytest.raises(LivehostError, match="broken or no MIDI file"):
        read_performance(path)


def test_what_is_not_there_and_what_cannot_be_written(tmp_path):
    with pytest.raises(LivehostError, match="There is no file"):
        read_performance(tmp_path / "no.mid")
    with pytest.raises(LivehostError, match="is a folder"):
        write_performance(NOTES, tmp_path)
