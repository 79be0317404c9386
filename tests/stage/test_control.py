"""What a session can be asked to do, down to the commands that leave for the real-time threads."""

from types import SimpleNamespace

import numpy as np
import pytest

from livehost import events
from livehost.bridge.osc.urgent import Urgent
from livehost.engine.state import EngineState
from livehost.engine.strips import STRIP
from livehost.engine.worker.state import WorkerState
from livehost.errors import LivehostError
from livehost.rt.broadcast import Broadcast
from livehost.rt.gate import LET_RING
from livehost.settings import TABLE, Settings, record
from livehost.stage import control as control_module
from livehost.stage.control import MOST_BARS, StageControl
from livehost.stage.event_bus import EventBus
from livehost.stage.notices import Notices
from livehost.stage.tempo import Tempo
from livehost.stage.timebase import Timebase

RATE = 8000.0


class HotSwap:
    """Two parts: a bank of five items, and none; keeps what it is asked."""

    def __init__(self):
        self.active, self.asked = [SimpleNamespace(bank=range(5)), None], []

    def item_name(self, index, part=0):
        return f"{part}:{index}"

    def __getattr__(self, name):
        return lambda *given: self.asked.append((name, *given))


@pytest.fixture
def made():
    """A control with all that it works on."""
    values, said, seen = Settings(), [], []
    bus = EventBus(said.append)
    bus.subscribe(seen.append)
    engine = EngineState(values, RATE)
    worker = WorkerState(values, engine, [None, None])
    urgent = Urgent(engine.gate, Broadcast(), engine.parameters["master_mute"], RATE, 100)
    recorder = SimpleNamespace(recording=False, record=lambda: "Recording.", stop=lambda: "Recorded.")
    monitor = SimpleNamespace(info=lambda: {"api": 1}, status=lambda: ("ready", 2.0))
    notices, swap = Notices(said.append), HotSwap()
    catalogue = SimpleNamespace(scenes=lambda: ["a", "b"])
    timebase = Timebase(engine, RATE)
    tempo = Tempo(values, timebase, RATE, bus)
    asked: list[tuple] = []
    growth = SimpleNamespace(begin=lambda *given: asked.append(given), stop=lambda: asked.append(("stop",)))
    control = StageControl(
        values, engine, worker, urgent, swap, catalogue, recorder, monitor, bus, notices, tempo, growth
    )
    return SimpleNamespace(
        control=control, values=values, engine=engine, worker=worker, swap=swap, bus=bus, seen=seen, said=said,
        recorder=recorder, tempo=tempo, timebase=timebase, growth=asked,
    )  # fmt: skip


def commands(made):
    return [events.to_dict(slot) for slot in made.worker.control.drain()]


def voices(made):
    return [events.to_dict(slot) for slot in made.engine.control.drain()]


# -- settings


def test_a_rest_reaches_every_part_at_once_or_with_the_next_bar(made, monkeypatch):
    resting = made.worker.part_settings["player_rest"]
    made.control.set("player.rest", True)
    assert resting.tolist() == [1.0, 1.0]
    monkeypatch.setattr(made.tempo, "facts", lambda: {"transport": "playing"})
    made.control.set("player.rest", False)
    assert resting.tolist() == [1.0, 1.0]
    assert made.values["player.rest"] is False
    for beat in (2, 1):
        made.bus.publish("beat", bar=2, beat=beat, bpm=120.0, confidence=1.0)
        made.bus.pump()
        assert resting.tolist() == ([1.0, 1.0] if beat == 2 else [0.0, 0.0])


def test_a_setting_reaches_the_thread_that_owns_it(made):
    made.control.set("master.gain_db", -6.0)
    made.control.set("listen.sensitivity", 0.25)
    made.control.set("player.gain_db", -3.0)
    made.control.set("part1.gain_db", -9.0)
    assert made.engine.parameters["master_gain_db"] == -6.0
    assert made.worker.parameters["listen_sensitivity"] == 0.25
    assert made.worker.part_settings["gain_db"].tolist() == [-3.0, -9.0]
    made.control.set("player.failsafe", True)  # of no part: of all of them
    assert made.worker.part_settings["player_failsafe"].tolist() == [1.0, 1.0]
    made.control.set("voice03.gain_db", -20.0)
    strips = np.frombuffer(made.engine.strips.arrays[0], STRIP)
    assert (strips["left"][[2, 3, 4]] == [1.0, 0.1, 1.0]).all()


def test_a_setting_of_the_audio_thread_alone_can_be_prepared_for_its_frame(made):
    made.control.prepare("master.gain_db", -200.0, 480)
    made.control.prepare("listen.sensitivity", 0.25, 480)
    ((command),) = voices(made)
    assert (command["kind"], command["frame"], command["value"]) == ("parameter", 480, -90.0)
    assert record("audio").names[command["field"]] == "master_gain_db"
    assert (made.values["master.gain_db"], made.seen) == (0.0, [])


def test_which_voices_sound_is_read_from_the_engine(made):
    made.engine.voices["active"][5] = 1
    assert [made.control.sounds(voice) for voice in (4, 5, 63, 1000)] == [False, True, False, False]


def test_a_setting_is_published_where_it_is_not_what_it_was(made):
    for value in (-6.0, -6.0, 99.0, 12.0):
        held = made.control.set("master.gain_db", value, by="osc a:1")
    assert held == 12.0
    made.bus.pump()
    assert [(e["key"], e["value"], e["by"]) for e in made.seen if e["kind"] == "setting"] == [
        ("master.gain_db", -6.0, "osc a:1"), ("master.gain_db", 12.0, "osc a:1"),
    ]  # fmt: skip


@pytest.mark.parametrize(("key", "part"), [("player.name", 0), ("part1.name", 1)])
def test_a_player_that_is_named_is_to_play_the_part(made, key, part):
    made.control.set(key, "nearest")
    made.control.set("player.gain_db", 1.0)
    assert made.swap.asked == [("want_player", part, "nearest")]


def test_two_parts_share_no_channel(made):
    made.values.set("midi.out", "volca")
    made.values.set("part1.name", "nearest")
    for key, value in (("part1.midi_channel", 1), ("midi.channel", 2)):
        with pytest.raises(LivehostError, match="would both play on MIDI channel"):
            made.control.set(key, value)
    made.control.set("midi.channel", 9)
    assert (made.values["midi.channel"], made.values["part1.midi_channel"]) == (9, 2)


# -- transport


def test_a_stop_lets_ring_and_a_panic_does_not(made):
    made.control.stop()
    assert made.engine.gate.is_shut
    assert made.engine["panic_frame"] == -1
    made.control.resume()
    assert not made.engine.gate.is_shut
    made.control.panic(50.0)
    assert made.engine.gate.is_shut


@pytest.mark.parametrize(("since", "open_again"), [(None, True), (2, True), (1, False), (3, False)])
def test_a_start_undoes_the_panic_that_its_sender_knew(made, since, open_again):
    made.control.panic()
    made.control.resume()
    made.control.panic()
    made.control.resume(since)
    assert made.engine.gate.is_shut is not open_again


def test_quit_is_kept_for_the_session(made):
    assert not made.control.urgent.quits
    made.control.quit()
    assert made.control.urgent.quits


@pytest.mark.parametrize(("ahead_s", "frame"), [(0.0, 1000), (0.5, 5000), (-0.01, 1000)])
def test_a_time_is_a_frame_from_now_on(made, monkeypatch, ahead_s, frame):
    monkeypatch.setattr(control_module.time, "time", lambda: 1_700_000_000.0)
    monkeypatch.setattr(control_module.time, "monotonic_ns", lambda: made.timebase.ns_at(1000))
    made.engine.state["frame"] = 1000
    assert made.control.frame_at(1_700_000_000.0 + ahead_s) == frame


# -- playing


def test_an_item_by_hand_is_a_voice_that_answers_nothing(made):
    made.control.resume()
    made.control.play(4, gain_db=-6.0, frame=77)
    (voice,) = voices(made)
    expected = {
        "kind": "voice", "frame": 77, "part": 0, "index": 4, "gain_db": -6.0, "rate": 1.0, "reason": "manual",
        "onset_frame": -1, "decision": -1, "gate": made.engine.gate.word,
    }  # fmt: skip
    assert {name: voice[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda c: c.play(5), "There is no item 5: the bank has items 0 to 4."),
        (lambda c: c.play(-1), "There is no item -1: the bank has items 0 to 4."),
        (lambda c: c.play(0, part=1), "Part 1 has no bank; set part1.name first."),
        (lambda c: c.allow(5, True), "There is no item 5: the bank has items 0 to 4."),
        (lambda c: c.allow(-2, True), "There is no item -2: the bank has items 0 to 4."),
        (lambda c: c.steer("boo"), "A verdict is one of approve, reject, change, not 'boo'."),
    ],
)
def test_what_cannot_be_was_asked_for_wrongly(made, call, words):
    with pytest.raises(LivehostError) as refused:
        call(made.control)
    assert (str(refused.value), refused.value.exit_code) == (words, 2)
    assert voices(made) == commands(made) == made.swap.asked == []


@pytest.mark.parametrize("since", [None, 1])
def test_nothing_plays_by_hand_after_a_panic_or_for_who_has_missed_one(made, since):
    made.engine.gate.open(made.engine.gate.shut(LET_RING))
    made.control.play(0, since=since)
    made.control.stop()
    with pytest.raises(LivehostError, match="/livehost/start goes on"):
        made.control.play(0, since=since)
    made.control.resume()
    made.control.play(0)
    with pytest.raises(LivehostError, match="/livehost/start goes on"):
        made.control.play(0, since=1)
    assert len(voices(made)) == 2


@pytest.mark.parametrize(("given", "sent"), [((60, 100), (60, 100)), ((-1, -1), (0, 0)), ((128, 200), (127, 127))])
@pytest.mark.parametrize("part", [-1, 0, 1])
def test_a_note_of_the_musician_is_told_to_a_part_or_to_all(made, given, sent, part):
    made.control.hear_note(*given, part)
    (command,) = commands(made)
    assert (command["kind"], command["pitch"], command["velocity"], command["part"]) == ("heard_note", *sent, part)


@pytest.mark.parametrize("part", [-1, 0, 1])
@pytest.mark.parametrize("verdict", ["approve", "reject", "change"])
def test_a_verdict_is_told_by_its_word(made, verdict, part):
    made.control.steer(verdict, part)
    (command,) = commands(made)
    assert (command["kind"], command["verdict"], command["part"]) == ("steer", verdict, part)


@pytest.mark.parametrize(("index", "allowed"), [(-1, False), (0, True), (4, False)])
def test_what_may_be_chosen_is_told_and_kept_for_the_next_player(made, index, allowed):
    made.control.allow(index, allowed)
    (command,) = commands(made)
    assert (command["kind"], command["index"], command["allowed"], command["part"]) == ("allow", index, allowed, 0)
    assert made.swap.asked == [("allow", index, allowed, 0)]


def test_a_reset_is_for_a_part_or_for_all(made):
    made.control.reset()
    made.control.reset(1)
    assert [(c["kind"], c["part"]) for c in commands(made)] == [("reset", -1), ("reset", 1)]


def test_verdicts_notes_and_resets_are_for_all_parts_and_items_for_the_first_where_none_is_named(made):
    made.control.hear_note(60, 1)
    made.control.steer("approve")
    made.control.reset()
    made.control.allow(0, True)
    assert [c["part"] for c in commands(made)] == [-1, -1, -1, 0]
    made.control.save_context("x")
    made.control.load("bank", "x")
    assert [(name, *given[:-2], given[-1]) for name, *given in made.swap.asked] == [
        ("allow", 0, 0), ("save_context", "x", 0), ("load", "bank", "x", 0),
    ]  # fmt: skip
    assert made.control.item_name(3) == "0:3"


def test_full_queues_are_a_sentence(made):
    while made.worker.control.push(events.new("reset")):
        pass
    for call in (made.control.reset, lambda: made.control.allow(0, False)):
        with pytest.raises(LivehostError, match="takes no commands at the moment; try again"):
            call()
    assert made.swap.asked == []  # what was not told is not kept either
    while made.engine.control.push(events.new("stop")):
        pass
    with pytest.raises(LivehostError, match="Too many sounds are asked for at once"):
        made.control.play(0)


# -- the rest


def test_loads_names_and_facts_come_from_who_has_them(made):
    def fail(_text):
        """Told what went wrong."""

    made.control.load("bank", "x", fail, 1)
    made.control.save_context("y", fail, 1)
    assert made.swap.asked == [("load", "bank", "x", fail, 1), ("save_context", "y", fail, 1)]
    made.control.grow("mel-vqvae", 9, ["kick"], fail, 1)
    made.control.stop_growing()
    assert made.growth == [("mel-vqvae", 9, ["kick"], fail, 1), ("stop",)]
    assert made.control.item_name(3, 1) == "1:3"
    assert made.control.scenes() == ["a", "b"]
    assert (made.control.info(), made.control.status()) == ({"api": 1, "scene": ""}, ("ready", 2.0))


def test_recording_starts_and_stops_and_says_so(made):
    made.control.record(True)
    made.control.record(False)
    assert made.said == ["Recording.", "Recorded."]
    assert made.control.recording is False
    made.recorder.recording = True
    assert made.control.recording is True


def test_refused_messages_are_told_of_and_not_more_than_five_at_once(made):
    made.control.refused("unknown", "/x", "there is none")
    made.control.refused("denied", "", "somebody sends")
    for _ in range(20):
        made.control.refused("unknown", "/y", "no")
    assert made.said == ["OSC, /x: there is none", "OSC: somebody sends"] + ["OSC, /y: no"] * 3
    made.bus.pump()
    assert {e["level"] for e in made.seen if e["kind"] == "log"} <= {"error"}


def test_every_live_setting_has_a_thread_that_takes_it(made):
    for key, setting in TABLE.items():
        if setting.thread:
            made.control.set(key, made.values[key])
    number = TABLE["player.mode"].number(made.values["player.mode"])
    assert np.array_equal(made.worker.part_settings["mode"], [number, number])


# -- timing


def test_the_transport_and_the_taps_are_the_tempos(made):
    made.control.transport("play")
    assert made.tempo.facts()["transport"] == "counting"
    made.control.transport("stop")
    assert made.tempo.facts()["transport"] == "stopped"
    for k in range(3):
        made.control.tap(10**12 + k * 600_000_000)
    assert made.values["tempo.bpm"] == 100.0


@pytest.mark.parametrize(("unit", "frames"), [("off", events.NOW), ("beat", 4000), ("bar", 16_000)])
def test_a_sound_that_is_played_by_hand_may_wait_for_the_beat(made, unit, frames):
    made.control.set("tempo.quantise_play", unit)
    made.engine.state["frame"] = 500
    made.control.play(1)
    made.control.play(1, frame=777)
    assert [v["frame"] for v in voices(made)] == [frames, 777]


def test_a_source_that_is_not_installed_is_refused(made, monkeypatch):
    monkeypatch.setattr("livehost.bridge.tempo.sources.find_spec", lambda _name: None)
    with pytest.raises(LivehostError, match="which is not installed"):
        made.control.set("tempo.source", "link")
    assert made.values["tempo.source"] == "internal"


# -- controllers


def test_an_address_that_is_learnt_waits_for_a_controller(made):
    made.values.set("midi.in", "keys")
    made.control.learn("/livehost/master/gain_db")
    made.control.learn("/livehost/panic")
    assert made.said[-1] == "The next MIDI controller that moves is bound to /livehost/panic."
    assert made.control.learning.take() == "/livehost/panic"
    assert made.control.learning.take() == ""
    made.control.learn("/livehost/panic")
    made.control.unlearn("/livehost/stop")
    assert made.control.learning.take() == ""


@pytest.mark.parametrize(
    ("target", "inputs", "sentence"),
    [
        ("/livehost/panic", "", "livehost was given no MIDI input, --midi-in NAME"),
        ("/livehost/nowhere", "keys", "There is no address /livehost/nowhere"),
        ("/livehost/ping", "keys", "can be moved by no controller"),
    ],
)
def test_what_cannot_be_learnt_is_one_sentence(made, target, inputs, sentence):
    made.values.set("midi.in", inputs)
    with pytest.raises(LivehostError, match=sentence):
        made.control.learn(target)
    assert made.control.learning.take() == ""


def test_what_is_unlearnt_is_bound_no_more(made):
    made.control.set("midi.map", "1:20=/livehost/panic,1:21=/livehost/stop,1:22=/livehost/start")
    made.control.unlearn("/livehost/stop")
    assert made.values["midi.map"] == "1:20=/livehost/panic,1:22=/livehost/start"
    made.control.unlearn()
    assert made.values["midi.map"] == ""


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("midi.map", "1:20=/livehost/nowhere", "There is no address /livehost/nowhere"),
        ("midi.map", "20", "midi.map wants CHANNEL:CONTROLLER=ADDRESS"),
        ("midi.folders", "drums", "midi.folders wants FOLDER=CHANNEL"),
    ],
)
def test_settings_of_midi_that_cannot_be_read_change_nothing(made, key, value, sentence):
    with pytest.raises(LivehostError, match=sentence):
        made.control.set(key, value)
    assert made.values[key] == ""


# -- rests, and pieces that are opened


def test_a_rest_of_bars_is_the_workers_and_is_as_long_as_one_can_be(made):
    made.control.set("tempo.bpm", 90.0)
    made.control.rest(4)
    made.control.rest(10_000)
    bar = round(4 * 60 / 90 * RATE)
    told = [(c["kind"], c["part"], c["bars"], c["bar_frames"]) for c in commands(made)]
    assert told == [("rest", -1, 4, bar), ("rest", -1, MOST_BARS, bar)]
    with pytest.raises(LivehostError, match="A rest has 0 to 256 bars, not -1"):
        made.control.rest(-1)


def test_a_rest_without_bars_is_on_and_off(made):
    made.control.rest()
    assert made.values["player.rest"] is True
    made.control.rest()
    assert made.values["player.rest"] is False
    assert commands(made) == []
    made.worker.state["rests"] = 1  # one of bars goes on
    made.control.rest()
    assert made.values["player.rest"] is False
    assert [(c["kind"], c["bars"]) for c in commands(made)] == [("rest", 0)]


def test_a_piece_is_opened_at_a_tempo_and_any_rest_is_over(made):
    made.control.rest()
    made.control.stop()
    made.control.begin(96.5)
    assert made.values["player.rest"] is False
    assert not made.engine.gate.is_shut
    assert [(c["kind"], c["part"], c["bpm"]) for c in commands(made)] == [("begin", -1, 96.5)]


@pytest.mark.parametrize("bpm", [0, 39.9, 241, -5, float("nan")])
def test_a_piece_is_opened_at_no_tempo_that_nobody_could_play(made, bpm):
    made.control.stop()
    with pytest.raises(LivehostError, match="A piece is opened at 40 to 240 beats a minute, not at"):
        made.control.begin(bpm)
    assert commands(made) == []
    assert made.engine.gate.is_shut
