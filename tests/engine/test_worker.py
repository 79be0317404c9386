"""The worker on its own clock: what it does with onsets, segments and commands, to the frame."""

import time

import numpy as np
import pytest

from livehost import events
from livehost.dsp.features import SLICES, Analyzer
from livehost.engine.drivers.offline import OfflineDriver
from livehost.engine.state import EngineState
from livehost.engine.worker.loop import worker_loop
from livehost.engine.worker.state import WorkerState
from livehost.rt.thread import NativeThread
from livehost.settings import PARTS, Settings
from livehost.stage.stage import Stage
from tests.conftest import clicks

ONSETS = [9600, 24_000, 40_000]


@pytest.fixture
def make(bank_dir):
    def build(sound, **assignments):
        values = Settings()
        values.update(
            {
                "audio.driver": "offline",
                "player.name": "nearest",
                "player.mode": "answer",
                "bank.dir": str(bank_dir),
                "run.seconds": 9.0,
            },
            "flag",
        )
        values.update({key.replace("__", "."): value for key, value in assignments.items()}, "flag")
        stage = Stage(values, lambda _: None)
        stage.engine.use_source(sound[:, None])
        stage.start()
        return stage

    return build


def told(stage, *kinds):
    return [e for e in map(events.to_dict, stage.worker.events.drain()) if e["kind"] in kinds]


def test_a_segment_ends_with_the_next_onset_or_after_its_time(make):
    hiss = np.random.default_rng(1).standard_normal(96_000).astype("f4") * 1e-3  # so that no segment ends in silence
    stage = make(clicks([9600, 16_800, 60_000], 96_000) + hiss, listen__segment_ms=300.0, input__gate_db=-70.0)
    stage.driver.run(96_000)
    segments = {round(e["onset_frame"], -2): e["frames"] for e in told(stage, "segment") if e["onset_frame"] > 9000}
    stage.close()
    assert list(segments) == [9600, 16_800, 60_000]
    assert abs(segments[9600] - 7200) < 300
    assert 14_400 <= segments[16_800] <= 14_400 + 256
    assert 14_400 <= segments[60_000] <= 14_400 + 256


def test_segments_follow_onsets_with_their_gaps(make):
    stage = make(clicks(ONSETS, 96_000), listen__segment_ms=250.0)
    stage.driver.run(96_000)
    seen = told(stage, "onset", "segment")
    stage.close()
    onsets = [e["onset_frame"] for e in seen if e["kind"] == "onset"]
    segments = [e for e in seen if e["kind"] == "segment"]
    assert [e["onset_frame"] for e in segments] == onsets
    assert [e["gap"] for e in segments] == [0, onsets[1] - onsets[0], onsets[2] - onsets[1]]
    assert all(0 < e["frames"] <= 12_000 + 128 for e in segments)


@pytest.mark.parametrize(("hz", "level"), [(440.0, 0.25), (220.0, 0.05)])
def test_a_segment_is_told_as_it_sounds(make, hz, level):
    sound = np.zeros(48_000, np.float32)
    sound[9600:33_600] = level * np.sin(2 * np.pi * hz * np.arange(24_000) / 48_000)
    stage = make(sound, listen__segment_ms=300.0)
    stage.driver.run(48_000)
    segment = told(stage, "segment")[0]
    stage.close()
    assert segment["f0"] == pytest.approx(hz, rel=0.01)
    assert segment["level_db"] == pytest.approx(20 * np.log10(level / np.sqrt(2)), abs=1.0)
    assert segment["centroid"] == pytest.approx(hz, rel=0.2)


def test_a_segment_is_shown_to_the_player_again_and_again_and_when_it_is_over(make):
    sound = np.zeros(48_000, np.float32)
    sound[9600:] = 0.25 * np.sin(2 * np.pi * 440 * np.arange(38_400) / 48_000)
    stage = make(sound, player__respond=False, listen__segment_ms=400.0)
    stage.driver.run(48_000)
    seen = told(stage, "onset", "next", "segment")
    stage.close()
    (told_at, onset), *_ = [(e["frame"], e["onset_frame"]) for e in seen if e["kind"] == "onset"]
    known = [-(-(onset + 128 * rows) // 32) * 32 for rows in (1, 3, 6, *range(9, 150, 9), 150)]
    hops = sorted({max(frame, told_at) for frame in known})
    assert [e["frame"] for e in seen if e["kind"] == "next" and e["frame"] > onset] == hops
    assert [(e["frame"], e["frames"]) for e in seen if e["kind"] == "segment"] == [(hops[-1], 19_200)]


def test_a_plan_stands_armed_before_the_first_onset_and_anew_after_each(make):
    stage = make(clicks(ONSETS, 96_000))
    stage.driver.run(64)
    first = told(stage, "next")
    assert len(first) == 1
    assert first[0]["count"] >= 1
    stage.driver.run(95_936)
    plans = told(stage, "next")
    stage.close()
    assert len(plans) >= 2 * len(ONSETS)
    assert all(0 < e["probability"][0] <= 1 for e in plans)


def test_an_answer_at_once_plays_the_first_item_of_the_plan_that_stood_armed(make):
    stage = make(clicks(ONSETS[:1], 48_000), player__answer_delay_ms=0.0)
    stage.driver.run(9000)
    plan = told(stage, "next")[-1]
    stage.driver.run(3000)
    played = [e for e in map(events.to_dict, stage.engine.events.drain()) if e["kind"] == "sample"]
    stage.close()
    assert [e["index"] for e in played] == [plan["index"][0]]
    assert played[0]["probability"] == pytest.approx(plan["probability"][0])


def test_a_changed_setting_holds_from_the_next_hop_on(make):
    stage = make(clicks(ONSETS, 96_000))
    stage.driver.run(20_000)
    stage.worker.set_part(0, "respond", 0.0)
    stage.driver.run(76_000)
    played = [e for e in map(events.to_dict, stage.engine.events.drain()) if e["kind"] == "sample"]
    stage.close()
    assert len(played) == 1


def test_a_reset_forgets_what_was_heard_and_arms_anew(make):
    def plan(event):
        return sorted(zip(event["index"][: event["count"]], event["probability"], strict=False))

    stage = make(clicks(ONSETS, 96_000), player__temperature=0.5)
    stage.driver.run(64)
    first = plan(told(stage, "next")[-1])
    stage.driver.run(59_936)
    heard = plan(told(stage, "next")[-1])
    stage.control.reset()
    stage.driver.run(128)
    anew = told(stage, "next")
    stage.close()
    assert heard != first
    assert [plan(event) for event in anew] == [first]


def test_a_stall_longer_than_the_tape_is_counted_and_forgotten(make):
    stage = make(clicks(ONSETS, 96_000))
    worker = stage.worker.state[0]
    stage.driver.run(1000)
    worker["frame"] -= 10 * stage.engine.listen.frames
    stage.driver.run(95_000)
    assert worker["overruns"] == 1
    assert worker["frame"] == 96_000
    assert len(told(stage, "onset")) == len(ONSETS)
    stage.close()


def test_offline_leaves_one_block_and_no_durations(make):
    stage = make(clicks(ONSETS, 96_000))
    stage.driver.run(96_000)
    assert stage.worker._ios["lead"][0] == 64
    assert {e["decide_ms"] for e in told(stage, "next")} == {0.0}
    stage.close()


def test_features_stream_thirty_times_a_second(make):
    stage = make(0.1 * np.sin(2 * np.pi * 440 * np.arange(48_000) / 48_000).astype("f4"))
    stage.driver.run(48_000)
    features = told(stage, "feature")
    stage.close()
    assert 28 <= len(features) <= 30
    assert features[-1]["f0"] == pytest.approx(440, rel=0.01)
    assert features[-1]["rms_db"] == pytest.approx(-23.0, abs=0.1)
    assert np.argmax(features[-1]["chroma"]) == 9


def test_a_feature_event_is_a_row_of_the_analyzer(make):
    sound = (0.1 * np.random.default_rng(2).standard_normal(48_000)).astype("f4")
    stage = make(sound, listen__enabled=False)
    stage.driver.run(48_000)
    rows = Analyzer(48_000, stage.settings["listen.frame_samples"], 128).extract(
        stage.engine.listen.read(0, 48_000)[:, 0]
    )
    features = told(stage, "feature")
    stage.close()
    frames = [e["frame"] for e in features]
    assert frames == list(range(1664, 48_000, 1664))  # the first hops that are a 30th of a second apart
    for event in features:
        row = rows[event["frame"] // 128 - 1]
        for name in ("rms", "centroid", "flatness", "f0", "mfcc", "chroma"):
            value = event["rms_db" if name == "rms" else name]
            np.testing.assert_allclose(np.atleast_1d(value), row[SLICES[name]], rtol=1e-6)
        assert event["onset"] == 0.0


def test_the_strongest_onset_since_the_last_feature_event_stands_in_it_once(make):
    stage = make(clicks(ONSETS, 48_000))
    stage.driver.run(48_000)
    seen = told(stage, "onset", "feature")
    stage.close()
    onsets = [e for e in seen if e["kind"] == "onset"]
    features = [e for e in seen if e["kind"] == "feature"]
    assert len(onsets) == 3
    following = [next(f["frame"] for f in features if f["frame"] >= e["frame"]) for e in onsets]
    strengths = dict(zip(following, (e["strength"] for e in onsets), strict=True))
    assert {f["frame"]: f["onset"] for f in features if f["onset"]} == pytest.approx(strengths)


def test_hops_that_do_not_fit_are_refused(bank_dir):
    from livehost.errors import LivehostError

    values = Settings()
    values.update({"listen.hop_samples": 96, "listen.onset_hop_samples": 64}, "flag")
    with pytest.raises(LivehostError, match="multiple"):
        WorkerState(values, EngineState(values, 48_000.0), None)
    assert OfflineDriver(values).block == 64


def test_a_worker_that_waits_for_sound_ends_when_it_is_told(bank_dir):
    values = Settings({"bank.dir": str(bank_dir)})
    worker = WorkerState(values, EngineState(values, 48_000.0), [None] * PARTS)
    thread = NativeThread(worker_loop, worker.address, "a worker")
    thread.start()
    while not worker.state["tid"][0]:  # no sound ever comes, so nothing else wakes it
        time.sleep(0.001)
    worker.stop()
    assert thread.join(10.0)


def test_beats_are_told_as_they_pass(make):
    stage = make(clicks([4800 + 24_000 * k for k in range(20)], 11 * 48_000), tempo__quantum=3)
    stage.driver.run(11 * 48_000)
    beats = told(stage, "heard_beat")
    stage.close()
    assert len(beats) >= 6
    assert np.diff([e["number"] for e in beats]).tolist() == [1] * (len(beats) - 1)
    period = np.array([60 * 48_000 / e["bpm"] for e in beats])
    assert np.diff([e["frame"] for e in beats]) == pytest.approx(period[1:], abs=100)
    assert {e["beat"] for e in beats} <= {1, 2, 3}
    late = [(e["frame"] - 4800) % 12_000 for e in beats[2:]]
    assert all(min(part, 12_000 - part) < 300 for part in late)


def test_a_beat_that_is_given_is_told_and_the_players_learn_of_the_card(make):
    stage = make(np.zeros(96_000, np.float32))
    stage.worker.control.push(events.new("given_beat", number=7, beat_frame=10_000.0, period=20_000.0, downbeat=4))
    stage.worker.control.push(events.new("card_latency", frames=300))
    stage.driver.run(60_000)
    beats = told(stage, "heard_beat")
    assert [(e["frame"], e["number"], e["bar"], e["beat"]) for e in beats] == [
        (10_000, 7, 1, 4), (30_000, 8, 2, 1), (50_000, 9, 2, 2),
    ]  # fmt: skip
    assert (beats[0]["bpm"], beats[0]["confidence"]) == (144.0, 1.0)
    ios = stage.worker._ios
    assert ios["latency"].tolist() == [300] * PARTS
    assert set(ios["beat"].tolist()) == {stage.worker.beat.address}
    stage.worker.control.push(events.new("given_beat"))
    stage.driver.run(60_000)
    assert told(stage, "heard_beat") == []
    stage.close()
