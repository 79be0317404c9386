"""Two parts at once: each its own player, bank and settings; what befalls one does not reach the other."""

import json

import numpy as np
import pytest
import soundfile

from livehost import players
from livehost.bridge.midi import out as midi_out
from livehost.errors import LivehostError
from livehost.players.modes import in_mode
from livehost.settings import Settings
from livehost.stage.stage import Stage
from tests.bridge.midi.test_out import Studio
from tests.conftest import RATE, burst, clicks

ONSETS = [9600, 24_000, 38_400, 52_800, 67_200]
LENGTH = 96_000


@pytest.fixture(autouse=True)
def notes_in_place_of_a_model(monkeypatch):
    monkeypatch.setitem(players.PLAYERS, "bank", "tests.stage.note_player")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three banks beside one another, and a take."""
    folder = tmp_path_factory.mktemp("parts")
    for bank, base in (("low", 110), ("high", 880), ("other", 440)):
        (folder / bank).mkdir()
        for k in range(5):
            soundfile.write(folder / bank / f"{bank}_{k}.wav", burst(base * 2 ** (k / 5), 0.2), RATE)
    soundfile.write(folder / "take.wav", clicks(ONSETS, LENGTH), RATE, "FLOAT")
    return folder


class Session:
    """A session offline, with all that it tells and says."""

    def __init__(self, folder, place, **settings):
        self.said, self.heard, place = [], [], place / f"run{len(list(place.iterdir()))}"
        place.mkdir()
        self.sound_file, self.log = place / "out.wav", place / "e.jsonl"
        values = {
            "audio.driver": "offline", "bank.dir": str(folder / "low"), "audio.input": str(folder / "take.wav"),
            "player.name": "nearest", **in_mode("answer"), "run.seed": 3, "log.events": str(self.log),
            "master.limiter": False, "audio.output": str(self.sound_file),
            **{k.replace("__", "."): v for k, v in settings.items()},
        }  # fmt: skip
        self.stage = Stage(Settings(values), self.said.append)
        self.stage.bus.subscribe(self.heard.append)
        self.stage.start()

    def to(self, frame):
        self.stage._advance(frame - int(self.stage.engine["frame"]))

    def end(self):
        """Play to the end, and close; the events of the log."""
        while not self.stage.finished():
            pass
        self.stage.close()
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    @property
    def sound(self):
        return soundfile.read(self.sound_file, dtype="float32")[0]


@pytest.fixture
def run(folder, tmp_path):
    """Makes sessions."""
    made = []

    def new(**settings):
        made.append(Session(folder, tmp_path, **settings))
        return made[-1]

    yield new
    for session in made:
        session.stage.close()


def of(events, *kinds, part=None):
    return [e for e in events if e["kind"] in kinds and part in (None, e.get("part"))]


def alike(events):
    """Events without the numbers that all parts share: which decision it was, and which voice."""
    return [{k: v for k, v in e.items() if k not in ("decision", "voice")} for e in events]


def test_each_part_plays_its_own_bank_and_says_so(run, folder):
    session = run(part1__name="nearest", part1__bank=str(folder / "high"), part1__answer_delay_ms=10.0)
    events = session.end()
    for part, bank in enumerate(("low", "high")):
        samples = of(events, "sample", part=part)
        assert len(samples) == len(ONSETS)
        assert all(e["name"].startswith(f"{bank}_") for e in samples)
        assert len(of(events, "end", part=part)) == len(ONSETS)
        assert {e["name"] for e in of(events, "end", part=part)} <= {e["name"] for e in samples}
        assert len(of(events, "next", part=part)) > len(ONSETS)
        assert all(name.startswith(f"{bank}_") for e in of(events, "next", part=part) for name in e["name"])
    assert [e["frame"] - e["onset_frame"] for e in of(events, "sample", part=1)] == [480] * len(ONSETS)
    header = events[0]
    assert [(p["part"], p["player"], p["bank"]) for p in header["parts"]] == [
        (0, "nearest", str(folder / "low")), (1, "nearest", str(folder / "high"))
    ]  # fmt: skip
    assert header["parts"][0]["bank_hash"] != header["parts"][1]["bank_hash"]


def test_each_part_plays_as_it_plays_alone(run, folder):
    """The same frames, items and gains; together they sound as the sum of both."""
    settings = {"part1__bank": str(folder / "high"), "part1__answer_delay_ms": 7.0, "player__answer_delay_ms": 9.0}
    settings |= {"player__gain_db": -9.0, "part1__gain_db": -12.0}  # nothing is cut off
    both, first, second = (
        run(**settings, player__name=a, part1__name=b)
        for a, b in (("nearest", "nearest"), ("nearest", "off"), ("off", "nearest"))
    )
    together, alone = both.end(), (first.end(), second.end())
    for part in (0, 1):
        told = [alike(of(events, "sample", "end", "next", "phrase", part=part)) for events in (together, alone[part])]
        assert told[0] == told[1]
        assert len(told[0]) > 3 * len(ONSETS)
        assert not of(alone[part], "sample", part=1 - part)
    summed = first.sound[:LENGTH] + second.sound[:LENGTH]
    np.testing.assert_allclose(both.sound[:LENGTH], summed, rtol=0, atol=2**-21)
    assert np.abs(both.sound).max() > 0.1


def test_voices_of_one_part_and_notes_of_the_other(run):
    session = run(part1__name="bank")
    session.to(4800)
    session.stage.control.hear_note(40, 80, part=1)
    events = session.end()
    onsets = [e["onset_frame"] for e in of(events, "onset")]
    assert len(onsets) == len(ONSETS)
    assert len(of(events, "sample", part=0)) == len(ONSETS)
    assert not of(events, "sample", part=1)
    assert not of(events, "note", part=0)
    began = [e for e in of(events, "note", part=1) if e["velocity"]]
    assert [(e["frame"], e["onset_frame"], e["pitch"], e["channel"]) for e in began] == [
        (onset + 480, onset, 40, 2) for onset in onsets
    ]
    ended = [e["frame"] for e in of(events, "note", part=1) if not e["velocity"]]
    assert ended == [onset + 480 for onset in onsets[1:]]
    assert [(e["frame"], e["part"], e["pitch"], e["velocity"]) for e in of(events, "heard_note")] == [(4800, 1, 40, 80)]


@pytest.mark.parametrize(
    ("function", "calls"), [("step", 1), ("think", 13), ("hear_segment", 12), ("hear_note", 1), ("command", 1)]
)
@pytest.mark.parametrize("part", [0, 1])
def test_a_player_that_fails_is_silent_and_named_and_the_other_plays_on(run, part, function, calls):
    mine, other = ("player", "part1") if part == 0 else ("part1", "player")
    settings = {f"{mine}__model": f"{function} {calls}", f"{other}__name": "nearest", f"{other}__answer_delay_ms": 12.0}
    alone = run(**settings, **{f"{mine}__name": "off"}).end()
    session = run(**settings, **{f"{mine}__name": "bank"})
    for frame in (4800, 33_600):
        session.to(frame)
        if function == "hear_note":
            session.stage.control.hear_note(60, 100)
        if function == "command":
            session.stage.control.reset(part)
    events = session.end()
    (failed,) = of(events, "part_failed")
    assert failed["part"] == part
    expected = {"hear_note": 33_600, "command": 33_600, "step": of(events, "onset")[1]["frame"]}
    assert failed["frame"] == expected.get(function, failed["frame"])
    assert ONSETS[1 if function in ("think", "hear_segment") else 0] < failed["frame"] < ONSETS[2]
    assert all(e["onset_frame"] < failed["frame"] for e in of(events, "note", part=part))
    assert len([e for e in of(events, "note", part=part) if e["velocity"]]) in (1, 2)
    sentence = f"Part {part} (notes) has failed and is silent."
    assert session.said.count(sentence) == 1
    assert [(e["level"], e["text"]) for e in of(session.heard, "log") if "failed" in e["text"]] == [("error", sentence)]
    played = of(events, "sample", "next", "end", part=1 - part)
    assert alike(played) == alike(of(alone, "sample", "next", "end", part=1 - part))
    assert len([e for e in played if e["kind"] == "sample"]) == len(ONSETS)


def test_a_part_that_has_failed_plays_again_with_another_player(run):
    session = run(part1__name="bank", part1__model="step 1", part1__answer_delay_ms=10.0)
    session.to(33_600)
    assert [e["part"] for e in of(session.heard, "part_failed")] == [1]
    session.stage.control.set("part1.name", "nearest")
    events = session.end()
    assert [(e["part"], e["frame"]) for e in of(events, "player_changed")] == [(1, 33_600)]
    assert [e["onset_frame"] for e in of(events, "sample", part=1)] == [
        e["onset_frame"] for e in of(events, "onset")[2:]
    ]


def test_notes_that_a_failed_or_changed_player_held_are_ended(run, monkeypatch):
    studio = Studio()
    monkeypatch.setitem(midi_out.MidiOut.__init__.__kwdefaults__, "opener", studio.open)
    for settings, change in (
        ({"part1__model": "step 2"}, lambda control: None),
        ({}, lambda control: control.set("part1.name", "nearest")),
    ):
        studio.messages.clear()
        session = run(midi__out="synth", player__name="off", part1__name="bank", **settings)
        session.to(33_600)
        assert studio.messages == [(0x91, 60, 90), (0x81, 60, 0), (0x91, 60, 90)]
        change(session.stage.control)
        session.to(48_000)
        assert studio.messages[3:4] == [(0x81, 60, 0)]
        session.stage.close()


def test_an_end_of_its_own_length_ends_no_note_that_was_struck_after_it():
    studio = Studio()
    midi = midi_out.MidiOut(Settings({"midi.out": "synth"}), [[], []], opener=studio.open, watch_s=60)
    long = {"kind": "note", "part": 0, "pitch": 60, "frames": 1000}
    midi.event({**long, "frame": 100, "velocity": 90, "decision": 1})
    midi.event({**long, "frame": 600, "velocity": 80, "decision": 2})
    assert studio.messages == [(0x90, 60, 90), (0x80, 60, 0), (0x90, 60, 80)]
    midi.event({**long, "frame": 1100, "velocity": 0, "decision": 1})
    assert len(studio.messages) == 3
    midi.event({**long, "frame": 1600, "velocity": 0, "decision": 2})
    assert studio.messages[3:] == [(0x80, 60, 0)]
    midi.close()


def test_two_parts_on_one_midi_channel_are_refused(run, folder, tmp_path, monkeypatch):
    studio = Studio()
    monkeypatch.setitem(midi_out.MidiOut.__init__.__kwdefaults__, "opener", studio.open)
    sentence = "Parts 0 and 1 would both play on MIDI channel 2; give part 1 another one: --set part1.midi_channel=3."
    with pytest.raises(LivehostError) as refused:
        run(midi__out="synth", midi__channel=2, part1__name="bank")
    assert (str(refused.value), refused.value.exit_code) == (sentence, 2)
    session = run(midi__out="synth", part1__name="bank")
    for key, value in (("midi.channel", 2), ("part1.midi_channel", 1)):
        with pytest.raises(LivehostError, match="would both play on MIDI channel"):
            session.stage.control.set(key, value)
    assert (session.stage.settings["midi.channel"], session.stage.settings["part1.midi_channel"]) == (1, 2)
    for value, by in (("x", "key"), (17, "key"), ([2], "osc 127.0.0.1:9000")):
        with pytest.raises(LivehostError, match=r"^midi\.channel wants a whole number from 1 to 16"):
            session.stage.control.set("midi.channel", value, by)
    session.stage.control.set("part1.midi_channel", 16)
    with pytest.raises(LivehostError, match="would both play on MIDI channel 16"):
        session.stage.control.set("midi.channel", 99, "osc 127.0.0.1:9000")  # as it would be held
    session.stage.control.set("part1.midi_channel", 2)
    session.stage.control.set("part1.name", 2, "osc 127.0.0.1:9000")  # a word by its place
    assert session.stage.settings["part1.name"] == "off"
    session.stage.control.set("midi.channel", 2)
    with pytest.raises(LivehostError) as refused:
        session.stage.control.set("part1.name", "bank")
    assert str(refused.value) == sentence
    assert session.stage.settings["part1.name"] == "off"


def test_a_part_changes_its_bank_and_player_while_the_other_plays_on(run, folder):
    settings = {"part1__name": "nearest", "part1__bank": str(folder / "high"), "part1__answer_delay_ms": 10.0}
    alone = run(part1__name="off").end()
    session = run(**settings)
    session.to(16_000)
    session.stage.control.load("bank", "other", part=1)
    session.to(44_800)
    session.stage.control.set("part1.name", "bank")
    events = session.end()
    changed = of(events, "player_changed")
    assert [(e["part"], e["frame"], e["items"]) for e in changed] == [(1, 16_000, 5), (1, 44_800, 5)]
    assert [(e["bank"], e["player"]) for e in changed] == [
        (str(folder / "other"), "nearest"), (str(folder / "other"), "notes")
    ]  # fmt: skip
    names = [e["name"].split("_")[0] for e in of(events, "sample", part=1)]
    assert names == ["high", "other", "other"]
    assert len([e for e in of(events, "note", part=1) if e["velocity"]]) == 2
    kinds = ("sample", "next", "end", "phrase")
    assert alike(of(events, *kinds, part=0)) == alike(of(alone, *kinds, part=0))
    assert session.stage.hot_swap.loaded() == {0: {"bank": "low"}, 1: {"bank": "other"}}


def test_a_part_that_was_off_begins_on_its_own_bank(run, folder):
    session = run(part1__bank=str(folder / "high"), part1__answer_delay_ms=10.0)
    session.to(16_000)
    session.stage.control.set("part1.name", "nearest")
    events = session.end()
    assert [e["name"].split("_")[0] for e in of(events, "sample", part=1)] == ["high"] * 4
    assert [e["name"].split("_")[0] for e in of(events, "sample", part=0)] == ["low"] * 5
    session = run()
    session.stage.control.set("part1.name", "nearest")
    events = session.end()
    assert [e["name"].split("_")[0] for e in of(events, "sample", part=1)] == ["low"] * 5


def test_a_part_changes_its_model_while_the_other_plays_on(run, folder, tmp_path):
    for name in ("one", "two"):
        (tmp_path / "models" / name).mkdir(parents=True)
        (tmp_path / "models" / name / "manifest.toml").write_text("")
    settings = {"part1__name": "bank", "part1__model": "step 9", "player__model": str(tmp_path / "models" / "one")}
    alone = run(player__model=settings["player__model"]).end()
    session = run(**settings)
    session.to(16_000)
    session.stage.control.load("model", "two", part=1)
    events = session.end()
    assert [(e["frame"], e["part"]) for e in of(events, "player_changed")] == [(16_000, 1)]
    assert session.stage.settings["player.model"] == settings["player__model"]
    kinds = ("sample", "next", "end", "phrase")
    assert alike(of(events, *kinds, part=0)) == alike(of(alone, *kinds, part=0))
    assert len([e for e in of(events, "note", part=1) if e["velocity"]]) == 5
