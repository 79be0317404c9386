"""Notes at another program's JACK port, in real time."""

import pytest

from livehost.bench.jack_rig import click_bank, rig
from livehost.bench.suite import CannotRun

from .conftest import ONSETS, TAKE, missing


@pytest.mark.usefixtures("jack")
def test_each_voice_is_a_note_at_another_programs_port(tmp_path):
    try:
        with rig(tmp_path, click_bank(tmp_path / "clicks"), "--osc-in", "0", midi=True) as r:
            take = r.play(TAKE)
            session = r.end()
    except CannotRun as error:
        missing(error)
    voices = [e for e in session.events if e["kind"] == "sample"]
    on = [row for row in take.midi.tolist() if row[1] == 0x90 and row[3] > 0]
    off = [row for row in take.midi.tolist() if row[1] == 0x80]
    assert len(voices) == len(on) == len(off) >= len(ONSETS) - 1
    assert [row[2] for row in off] == [row[2] for row in on]
    for voice, note in zip(voices, on, strict=True):
        started = take.frame(session.position(voice["frame"], r.firsts[0]))
        assert note[0] >= started  # never before the voice was begun
