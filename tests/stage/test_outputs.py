"""What leaves a session besides sound: who is told of what, on which thread, and what is still right at the end."""

import contextlib
import json
from functools import partial

import pytest

from livehost.bridge.midi.out import MidiOut
from livehost.bridge.osc.sender import OscSender
from livehost.engine.state import EngineState
from livehost.settings import Settings
from livehost.stage import outputs as outputs_module
from livehost.stage.event_bus import EventBus
from livehost.stage.notices import Notices
from livehost.stage.outputs import Outputs
from tests.bridge.fakes import Patch
from tests.bridge.midi.test_out import SILENCE, Studio

RATE = 48_000
HEADER = {"frame": 0, "kind": "session"}


@pytest.fixture
def studio(monkeypatch):
    studio = Studio()
    monkeypatch.setattr(outputs_module, "MidiOut", partial(MidiOut, opener=studio.open, watch_s=60))
    return studio


@pytest.fixture
def make():
    """Makes outputs; they have a `bus`, an `engine`, and what was `said`."""
    with contextlib.ExitStack() as stack:

        def new(*, files=(), realtime=False, **assignments):
            values, said = Settings({key.replace("__", "."): value for key, value in assignments.items()}), []
            engine, bus = EngineState(values, RATE), EventBus(said.append)
            made = Outputs(
                values, engine, bus, Notices(said.append),
                files=files, roots=[[60.0, 62.0], [48.0]], names=[(), ()], header=HEADER, realtime=realtime,
            )  # fmt: skip
            made.bus, made.engine, made.said = bus, engine, said
            stack.callback(made.close)
            return made

        yield new


def sample(bus, index, part=0, **more):
    bus.publish(
        "sample", index=index, part=part, voice=0, decision=1, gain_db=0.0, rate=1.0, name="x", probability=1.0,
        decide_ms=0.0, onset_to_sound_ms=1.0, fallback=0, **more,
    )  # fmt: skip
    bus.pump()


def lines(made):
    return [json.loads(line) for line in made.log.path.read_text().splitlines()]


def test_without_settings_nothing_leaves(make):
    made = make()
    assert (made.log, made.midi.ports, made.osc.targets, made.recorder.paths) == (None, [], [], [])
    assert [service.name for service in made.services] == ["events", "MIDI"]
    assert made.problems() == {}
    made.close()
    assert (made.problems_at_close, made.said) == ([], [])


def test_a_voice_is_a_note_of_the_root_of_its_part(make, studio):
    made = make(midi__out="volca")
    assert made.midi.ports == ["synth volca"]
    sample(made.bus, 1)
    sample(made.bus, 0, part=1)
    made.use_roots(1, [50.0])
    sample(made.bus, 0, part=1)
    assert [m for m in studio.messages if m[0] & 0xF0 == 0x90] == [(0x90, 62, 100), (0x91, 48, 100), (0x91, 50, 100)]


def test_a_panic_whose_event_got_lost_ends_all_notes_too(make, studio):
    made = make(midi__out="volca")
    sample(made.bus, 0)
    del studio.messages[:]
    made.bus._turn()
    assert studio.messages == []
    made.engine.state["panic_frame"] = 100
    made.bus._turn()
    made.bus._turn()
    assert studio.messages == [(0x80, 60, 0), *SILENCE]


def test_streams_that_were_thinned_come_when_they_are_due(make, monkeypatch):
    class Clock:
        now = 1.0

        def __call__(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(outputs_module, "OscSender", partial(OscSender, clock=clock))
    ears = Patch()
    made = make(osc__out=f"127.0.0.1:{ears.port}")
    for peak in (-1.0, -2.0):
        made.bus.publish(
            "meter", in_peak_db=peak, in_rms_db=-3.0, out_peak_db=0.0, out_rms_db=0.0, reduction_db=0.0, active=0
        )
    made.bus._turn()
    assert [m[1] for m in ears.waiting() if m[0] == "/livehost/meter/in"] == [-1.0]
    clock.now += 1.0
    made.bus._turn()  # nothing happens meanwhile
    assert [m[1] for m in ears.waiting() if m[0] == "/livehost/meter/in"] == [-2.0]
    ears.socket.close()


def test_once_started_recordings_are_written_in_the_background(make, tmp_path):
    made = make(realtime=True, log__record=str(tmp_path / "rec"), log__events=str(tmp_path / "e.jsonl"))
    made.start()
    names = [service.name for service in made.services]
    assert sorted(names) == ["MIDI", "event log", "events", "recording heard.wav", "recording played.wav"]
    assert made.said == [f"Recording {tmp_path}/rec/heard.wav and {tmp_path}/rec/played.wav."]
    made.close()
    assert not any(service.problem() for service in made.services)
    assert made.problems_at_close == []


def test_the_log_begins_with_its_header_and_has_what_is_logged(make, tmp_path):
    (tmp_path / "e.jsonl").write_text("old")
    made = make(log__events=str(tmp_path / "e.jsonl"))
    sample(made.bus, 1)
    made.bus.publish("meter", in_peak_db=0.0)
    made.bus.publish("setting", key="x", value="y", by="z")
    made.bus.pump()
    made.close()
    assert [line["kind"] for line in lines(made)] == ["session", "sample", "setting"]
    assert lines(made)[0] == HEADER
    assert made.said == [made.log.notice]
    assert made.log.notice


@pytest.mark.parametrize(("frames", "duration_ms"), [(24_000, 500.0), (0, None)])
@pytest.mark.parametrize(("part", "channel"), [(0, 1), (1, 7)])
def test_a_note_is_told_with_its_channel_and_its_length(make, part, channel, frames, duration_ms):
    made, seen = make(part1__midi_channel=7), []
    made.bus.subscribe(seen.append)
    made.bus.publish("note", part=part, pitch=60, velocity=9, frames=frames)
    made.bus.publish("onset", onset_frame=1)
    made.bus.pump()
    assert (seen[0]["channel"], seen[0]["duration_ms"]) == (channel, duration_ms)
    assert "channel" not in seen[1]


def test_what_is_played_is_written_to_the_files_that_are_asked_for(make, tmp_path):
    import soundfile

    made = make(files=[tmp_path / "a.wav", tmp_path / "b.wav"])
    made.close()
    for name in ("a.wav", "b.wav"):
        info = soundfile.info(tmp_path / name)
        assert (info.channels, info.samplerate, info.frames) == (2, RATE, 0)
    made.close()  # twice does no harm


def test_at_the_end_what_waits_is_handed_on_and_every_note_ends(make, studio, tmp_path):
    made = make(midi__out="volca", log__events=str(tmp_path / "e.jsonl"))
    made.bus.publish("setting", key="x", value="y", by="z")
    made.close()
    assert [line["kind"] for line in lines(made)] == ["session", "setting"]
    assert studio.messages[-48:] == SILENCE


def test_a_port_that_goes_is_a_problem_by_name(make, studio):
    made = make(midi__out="volca")
    studio.there = False
    sample(made.bus, 0)
    assert "synth volca has gone" in made.problems()["MIDI"]
    assert list(made.problems()) == ["MIDI"]
