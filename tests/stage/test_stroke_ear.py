"""The ear for strokes on stage: the same windows as in the studio, told once, and a show that goes on without it."""

import json

import numpy as np
import pytest
import soundfile

from livehost.inference.checks import sha256
from livehost.inference.export import open_export
from livehost.inference.kinds.strike import FRAMES, NAME
from livehost.settings import Settings
from livehost.stage.event_bus import EventBus
from livehost.stage.offline import play_offline
from livehost.stage.stroke_ear import StrokeEar, open_stroke_ear
from livehost.studio.strike import augment
from livehost.studio.strike.sounds import BEFORE, BEHIND, StrikeSounds
from tests.audio_rings import ScriptedRing, noise
from tests.conftest import RATE, burst, clicks
from tests.inference.tiny_ear import open_tiny_ear, write_tiny_ear
from tests.waiting import until

ONSETS = [4800, 16_800, 28_800, 40_000]


@pytest.fixture(scope="module")
def ear(tmp_path_factory):
    return write_tiny_ear(tmp_path_factory.mktemp("exports") / "ear")


def session(tmp_path, bank_dir, sound, strike, **more):
    """Play a sound to a stage offline; give its events, and the sentences among them."""
    soundfile.write(tmp_path / "take.wav", sound, RATE, "FLOAT")
    events = play_offline(Settings({
        "audio.driver": "offline", "audio.input": str(tmp_path / "take.wav"), "player.name": "nearest",
        "bank.dir": str(bank_dir), "listen.strike": str(strike), "player.respond": False, **more,
    }))  # fmt: skip
    return events, [event["text"] for event in events if event["kind"] == "log"]


def strikes(events):
    return [event for event in events if event["kind"] == "strike"]


def told(strike):
    """What the ear itself says, as an event has it."""
    return {
        "size_m": strike.size_m, "shape": strike.shape, "probability": strike.probabilities[strike.shape],
        "position": strike.position,
    }  # fmt: skip


def test_each_onset_is_told_of_by_the_window_behind_it(tmp_path, bank_dir, ear):
    sound, log = clicks(ONSETS, 52_800), tmp_path / "e.jsonl"
    events, _ = session(tmp_path, bank_dir, sound, ear, **{"log.events": str(log)})
    onsets = [event["onset_frame"] for event in events if event["kind"] == "onset"]
    assert np.abs(np.array(onsets) - ONSETS).max() < 48
    heard = open_tiny_ear(ear)
    assert strikes(events) == [
        {"frame": at + FRAMES, "kind": "strike", "onset_frame": at, **told(heard.hear(sound[at : at + FRAMES]))}
        for at in onsets
    ]
    frames = [event["frame"] for event in events if event["kind"] != "log"]
    assert frames == sorted(frames)
    header, *lines = map(json.loads, log.read_text().splitlines())
    assert strikes(lines) == strikes(events)
    assert header["stroke_ear"] == {"model": "ear", "model_sha256": sha256(ear / "model.onnx")}


def test_a_stage_at_another_rate_hears_the_same_span_of_time(tmp_path, bank_dir, ear):
    """At 44.1 kHz a window is the 941 frames that 1,024 at 48 kHz span."""
    sound = clicks(ONSETS[:2], 22_050, rate=44_100)
    soundfile.write(tmp_path / "take.wav", sound, 44_100, "FLOAT")
    events = play_offline(Settings({
        "audio.driver": "offline", "audio.input": str(tmp_path / "take.wav"), "audio.rate": 44_100,
        "player.name": "nearest", "bank.dir": str(bank_dir), "listen.strike": str(ear), "player.respond": False,
    }))  # fmt: skip
    onsets = [event["onset_frame"] for event in events if event["kind"] == "onset"]
    assert [(event["onset_frame"], event["frame"]) for event in strikes(events)] == [(at, at + 941) for at in onsets]
    assert len(onsets) == 2
    alone = open_export(ear, rate=44_100, hop_samples=128, frame_samples=1024, kind=NAME)
    for strike, at in zip(strikes(events), onsets, strict=True):
        window = sound[at : at + 941]
        wanted = told(alone.hear(window))
        assert {name: strike[name] for name in wanted} == wanted
        # the tiny ear's size is the level of what it is given
        assert wanted["size_m"] == pytest.approx(float(np.sqrt((window**2).mean())), rel=0.05)


def test_live_as_in_the_studio(tmp_path, bank_dir, ear):
    """The studio's window of a stroke, found by its detector, is what the stage hears of the same sound."""
    row = np.zeros((1, BEFORE + FRAMES + BEHIND), np.float16)
    row[0, BEFORE:] = burst(180, 1.0)[: FRAMES + BEHIND]
    one = np.zeros(1)
    stroke = StrikeSounds(row, one.astype(np.int64), one, one.astype(np.int64), one, one == 0)
    window, late = augment.detected(stroke, augment.ASKED["clean"], np.random.default_rng(4))
    heard = augment._heard(row.astype(np.float32), augment.ASKED["clean"], np.random.default_rng(4))[0]
    sound = np.concatenate([np.zeros(augment._QUIET), heard, np.zeros(RATE // 10)]).astype(np.float32)
    events, _ = session(tmp_path, bank_dir, sound, ear, **{"run.seconds": len(sound) / RATE})
    (strike,) = strikes(events)
    assert strike["onset_frame"] - augment._QUIET - BEFORE == late[0]
    assert {name: strike[name] for name in told(open_tiny_ear(ear).hear(window[0]))} == told(
        open_tiny_ear(ear).hear(window[0])
    )


def cut(folder):
    (folder / "model.onnx").write_bytes(b"")
    return folder


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda _: "no-such-ear", "There is no export 'no-such-ear'"),
        (lambda folder: write_tiny_ear(folder / "other", 1), "The export other hears 1024 samples at 1 Hz"),
        (lambda folder: cut(write_tiny_ear(folder / "cut")), "model.onnx"),
    ],
)
def test_one_that_cannot_be_used_is_one_sentence(tmp_path, make, sentence):
    said, values = [], Settings({"listen.strike": str(make(tmp_path))})
    bus = EventBus(said.append)
    assert open_stroke_ear(values, ScriptedRing(64, 3), RATE, bus, said.append, background=True) is None
    (text,) = said
    assert sentence in text
    assert text.endswith("No strokes are told of.")


def test_a_show_goes_on_without_one_that_is_not_there(tmp_path, bank_dir):
    events, said = session(tmp_path, bank_dir, clicks(ONSETS, 52_800), tmp_path / "none")
    assert not strikes(events)
    assert sum(event["kind"] == "segment" for event in events) == len(ONSETS)
    assert [text for text in said if text.endswith("No strokes are told of.")]


def test_one_that_fails_is_told_of_once_and_asked_no_more(tmp_path, bank_dir):
    broken = write_tiny_ear(tmp_path / "broken", broken=True)
    events, said = session(tmp_path, bank_dir, clicks(ONSETS, 52_800), broken)
    assert not strikes(events)
    assert sum(event["kind"] == "segment" for event in events) == len(ONSETS)
    assert [text for text in said if "strokes" in text] == [
        "The export broken gives numbers that are not finite. No strokes are told of any more."
    ]


# -- in the background


class Live:
    """A bus, a ring that is written by hand, and an ear between them."""

    def __init__(self, folder, *, frames=1 << 13):
        self.ring, self.told, self.said = ScriptedRing(frames, 3), [], []
        self.bus, self.ear = EventBus(self.said.append), open_tiny_ear(folder)
        self.bus.read_from((), lambda: self.ring.written)
        self.bus.subscribe(self.told.append)
        self.stroke_ear = StrokeEar(self.ear, self.ring, RATE, self.bus, self.said.append, background=True)

    def onset(self, frame, strength=0.5):
        self.stroke_ear.take({"kind": "onset", "onset_frame": frame, "strength": strength})

    def strikes(self):
        self.bus.pump()
        return strikes(self.told)


@pytest.fixture
def live(ear):
    made = Live(ear)
    made.stroke_ear.start()
    yield made
    made.stroke_ear.close()


def test_a_thread_hears_the_same_and_tells_when(live):
    sound = noise(4000, 3)
    live.ring.put(sound[:500])
    live.onset(300)
    live.onset(1100)
    live.ring.put(sound[500:2500])
    found = until(lambda: len(live.strikes()) == 2 and live.strikes(), "two strokes")
    assert found == [
        {"frame": 2500, "kind": "strike", "onset_frame": at, **told(live.ear.hear(sound[at : at + FRAMES, 0]))}
        for at in (300, 1100)
    ]
    live.ring.put(sound[2500:])
    live.onset(2000, strength=0.0)  # sound that goes on
    live.onset(2900)
    until(lambda: len(live.strikes()) == 3, "a third stroke")
    assert live.strikes()[2]["onset_frame"] == 2900
    assert live.stroke_ear.service.problem() == ""


def test_what_is_gone_from_the_ring_is_counted(live):
    live.ring.put(noise(1 << 13, 3))
    live.onset(100)
    live.onset(7000)
    until(lambda: len(live.strikes()) == 1, "the stroke that is still there")
    assert (live.strikes()[0]["onset_frame"], live.stroke_ear.missed) == (7000, 1)


def test_without_one_there_is_neither_thread_nor_listener():
    bus = EventBus(pytest.fail)
    bus.copy_out = pytest.fail
    assert open_stroke_ear(Settings(), ScriptedRing(64, 3), RATE, bus, pytest.fail, background=True) is None
