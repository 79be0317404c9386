"""The performance player over JACK: it hears another program's notes, and what it plays becomes a MIDI file there."""

import time

import mido
import pytest

from livehost.bench.jack import jack_server
from livehost.bench.midi_peer import Peer
from livehost.bench.program import Program
from livehost.bench.suite import CannotRun
from tests.inference.tiny_rnn import PLAIN, write_rnn

from .conftest import missing


@pytest.mark.usefixtures("jack")
def test_what_it_improvises_is_a_midi_file_without_open_notes(tmp_path):
    model, file = write_rnn(tmp_path / "rnn", PLAIN, scale=3.0), tmp_path / "take.mid"
    try:
        with jack_server(48_000, 64) as server, Peer(server, "band") as band:
            program = Program(
                "--player", "performance", "--model", model, "--driver", "null", "--osc-in", "0", "--midi-out", "band",
                "--midi-in", "band-keys", "--set", "player.max_note_s=1", environment=server.environment,
            )  # fmt: skip
            with program:
                for pitch in (60, 64, 67, 72, 67, 64, 60, 59):
                    band.note(pitch, 80)
                    time.sleep(0.2)
                    band.note(pitch, 0)
                program.stop()
            held, begun = band.held()
            band.save(file)
    except CannotRun as error:
        missing(error)
    assert held == 0
    assert begun >= 5
    sounding, on = set(), 0
    for message in mido.MidiFile(file):
        if message.type == "note_on" and message.velocity:
            sounding.add((message.channel, message.note))
            on += 1
        elif message.type in ("note_on", "note_off"):
            sounding.discard((message.channel, message.note))
    assert on == begun
    assert not sounding
