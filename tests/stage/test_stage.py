"""Whole sessions, offline: exact, repeatable, and with every sentence that a person would need."""

import json

import numpy as np
import pytest
import soundfile

from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage.stage import Stage
from tests.conftest import RATE, clicks

ONSETS = [4800, 16_800, 28_800, 40_800, 60_000, 70_000]


@pytest.fixture(scope="module")
def take(tmp_path_factory):
    path = tmp_path_factory.mktemp("take") / "take.wav"
    soundfile.write(path, clicks(ONSETS, 96_000), RATE, "FLOAT")
    return path


def session(folder, bank_dir, take, **assignments):
    """Run one offline session; give its events and its sound."""
    folder.mkdir(exist_ok=True)
    values = Settings()
    values.update(
        {
            "audio.driver": "offline", "bank.dir": str(bank_dir), "audio.input": str(take), "run.seed": 3,
            "player.name": "nearest", "player.mode": "answer",
            "audio.output": str(folder / "out.wav"), "log.events": str(folder / "e.jsonl"),
            **{key.replace("__", "."): value for key, value in assignments.items()},
        },
        "flag",
    )  # fmt: skip
    said = []
    stage = Stage(values, said.append)
    stage.start()
    while not stage.finished():
        pass
    stage.close()
    stage.close()
    events = [json.loads(line) for line in stage.outputs.log.path.read_text().splitlines()]
    return events, soundfile.read(folder / "out.wav", dtype="float32")[0], stage, said


def content(path):
    """Bytes of a file; of a log without its header, which names the files and settings of its own run."""
    data = path.read_bytes()
    return data.partition(b"\n")[2] if path.suffix == ".jsonl" else data


def of(events, kind):
    return [e for e in events if e["kind"] == kind]


def test_each_onset_is_heard_where_it_is_and_answered_soon_after(tmp_path, bank_dir, take):
    events, sound, stage, _ = session(tmp_path, bank_dir, take, player__answer_delay_ms=0.0)
    onsets, samples = of(events, "onset"), of(events, "sample")
    assert len(onsets) == len(samples) == len(ONSETS)
    for onset, sample, truth in zip(onsets, samples, ONSETS, strict=True):
        assert abs(onset["onset_frame"] - truth) < 0.003 * RATE
        assert onset["onset_frame"] <= onset["frame"] <= truth + 0.005 * RATE
        assert sample["onset_frame"] == onset["onset_frame"]
        assert onset["frame"] <= sample["frame"] <= onset["frame"] + 64 + 32
        assert sample["name"] == stage.hot_swap.first.bank.names[sample["index"]]
        start = sample["frame"] + stage.engine.limiter.lookahead_frames
        assert np.abs(sound[start : start + 480]).max() > 0.01
    assert np.abs(sound).max() <= 10 ** (-1 / 20)
    assert [e["frame"] for e in events] == sorted(e["frame"] for e in events)
    assert len(of(events, "end")) == len(samples)


def test_by_default_each_onset_is_answered_after_12_ms_by_what_was_heard_until_then(tmp_path, bank_dir, take):
    events, *_ = session(tmp_path, bank_dir, take)
    onsets, samples, plans = (of(events, kind) for kind in ("onset", "sample", "next"))
    assert len(samples) == len(ONSETS)
    for onset, sample in zip(onsets, samples, strict=True):
        assert sample["onset_frame"] == onset["onset_frame"]
        assert (sample["onset_to_sound_ms"], sample["late"]) == (12.0, 0)
        # the newest plan of the last hop that leaves a decision of 0.8 ms and a block of 64, and of those before
        deadline = (sample["frame"] - 38 - 64) // 32 * 32
        plan = [e for e in plans if e["frame"] <= deadline][-1]
        assert deadline - plan["frame"] < 128
        assert (plan["index"][0], plan["sounding"], plan["now"]) == (sample["index"], 1, 1)
        assert plan["heard_ms"] == pytest.approx(8.0, abs=0.01)
        assert sample["heard_ms"] == plan["heard_ms"]


@pytest.mark.parametrize("mode", ["answer", "continue", "call"])
def test_the_same_again_is_the_same_bytes_and_so_it_is_with_ragged_blocks(tmp_path, bank_dir, take, mode):
    for name, ragged in (("a", False), ("b", False), ("c", True)):
        *_, stage, _ = session(
            tmp_path / name, bank_dir, take, player__mode=mode, audio__ragged=ragged, player__phrase_gap_ms=300
        )
        assert stage.engine["frame"] / stage.engine["blocks"] == pytest.approx(32.5 if ragged else 64, rel=0.05)
    for file in ("out.wav", "e.jsonl"):
        first = content(tmp_path / "a" / file)
        assert first == content(tmp_path / "b" / file) == content(tmp_path / "c" / file)
    assert len(first) > 500


def test_events_are_told_by_frame_though_the_worker_is_behind_the_audio(bank_dir):
    values = Settings()
    values.update(
        {
            "audio.driver": "offline",
            "player.name": "nearest",
            "player.mode": "answer",
            "bank.dir": str(bank_dir),
            "run.seconds": 1.0,
        },
        "flag",
    )
    stage, seen = Stage(values, lambda _: None), []
    stage.bus.subscribe(lambda e: seen.append((e["frame"], e["kind"])))
    stage.start()
    stage.control.play(3, frame=995)
    stage._advance(1000)
    assert stage.worker["frame"] == 992  # it takes whole hops
    stage.control.load("bank", bank_dir.name)  # taken over where the worker stands
    stage._advance(1000)
    assert [frame for frame, _ in seen] == sorted(frame for frame, _ in seen)
    assert [kind for frame, kind in seen if 992 <= frame < 1000] == ["player_changed", "sample"]
    stage._advance(1232)
    assert stage.worker["frame"] == stage.engine["frame"] == 3232
    assert (3200, "meter") in seen  # nothing is held back that both have passed
    stage.close()


def test_the_latency_told_is_a_block_and_the_look_ahead(bank_dir):
    values = Settings()
    values.update(
        {
            "audio.driver": "offline", "player.name": "nearest", "player.mode": "answer", "bank.dir": str(bank_dir),
            "run.seconds": 1.0,
            "audio.block": 480, "engine.lookahead_ms": 2.5,
        },
        "flag",
    )  # fmt: skip
    stage = Stage(values, lambda _: None)
    assert stage.monitor.info()["latency_ms"] == 12.5
    stage.close()


def test_answer_delay_is_exact_to_the_sample(tmp_path, bank_dir, take):
    events, *_ = session(tmp_path, bank_dir, take, player__answer_delay_ms=10.0)
    samples = of(events, "sample")
    assert [e["frame"] - e["onset_frame"] for e in samples] == [480] * len(ONSETS)
    assert all(e["late"] == 0 for e in samples)


def test_another_seed_plays_something_else(tmp_path, bank_dir, take):
    first, *_ = session(tmp_path / "a", bank_dir, take, player__temperature=3.0)
    other, *_ = session(tmp_path / "b", bank_dir, take, player__temperature=3.0, run__seed=4)
    assert [e["index"] for e in of(first, "sample")] != [e["index"] for e in of(other, "sample")]


def test_call_answers_a_phrase_with_its_rhythm(tmp_path, bank_dir, take):
    events, *_ = session(tmp_path, bank_dir, take, player__mode="call", player__phrase_gap_ms=300, run__seconds=3.5)
    samples = of(events, "sample")
    assert [e["reason"] for e in samples] == ["call"] * len(samples)
    assert len(samples) >= 2
    assert len(of(events, "phrase")) >= 1


def test_players_and_switches_that_stop_the_answers(tmp_path, bank_dir, take):
    for key, value in (
        ("player.name", "off"),
        ("player.respond", False),
        ("listen.enabled", False),
        ("player.density", 0),
    ):
        events, sound, *_ = session(tmp_path, bank_dir, take, **{key.replace(".", "__"): value})
        assert not of(events, "sample")
        assert not sound.any()


def test_denied_items_are_not_played(tmp_path, bank_dir, take):
    values = Settings()
    values.update(
        {
            "audio.driver": "offline",
            "player.name": "nearest",
            "player.mode": "answer",
            "bank.dir": str(bank_dir),
            "audio.input": str(take),
        },
        "flag",
    )
    stage = Stage(values, lambda _: None)
    stage.control.allow(-1, False)
    stage.control.allow(5, True)
    stage.start()
    while not stage.finished():
        pass
    played = [e for e in stage.monitor.snapshot().recent if e["kind"] == "sample"]
    stage.close()
    assert {e["index"] for e in played} == {5}


def test_play_by_hand_panic_and_set_reach_the_engine(bank_dir):
    values = Settings()
    values.update(
        {
            "audio.driver": "offline",
            "player.name": "nearest",
            "player.mode": "answer",
            "bank.dir": str(bank_dir),
            "run.seconds": 1.0,
        },
        "flag",
    )
    stage = Stage(values, lambda _: None)
    seen = []
    stage.bus.subscribe(seen.append)
    stage.start()
    stage.control.play(3, gain_db=-6.0, frame=1000)
    stage.control.set("master.gain_db", 99.0)
    stage._advance(4096)
    stage.control.panic(fade_ms=10)
    stage._advance(8192)
    stage.close()
    samples = [e for e in seen if e["kind"] == "sample"]
    assert [(e["frame"], e["index"], e["reason"]) for e in samples] == [(1000, 3, "manual")]
    ends = [e for e in seen if e["kind"] == "end"]
    assert [(e["frame"], e["ending"]) for e in ends] == [(4096 + 480, "panic")]
    assert stage.settings["master.gain_db"] == 12
    assert stage.engine.parameters["master_gain_db"] == 12


@pytest.fixture
def playing(tmp_path, bank_dir):
    """A stage that hears phrases of four strokes, offline, and goes on when it is told to."""

    def make(**assignments):
        path = tmp_path / "rhythm.wav"
        onsets = [bar + 7200 * k for bar in range(4800, 450_000, 48_000) for k in range(4)]
        soundfile.write(path, clicks(onsets, 480_000), RATE, "FLOAT")
        values = Settings()
        values.update(
            {
                "audio.driver": "offline", "player.name": "nearest", "player.mode": "answer", "bank.dir": str(bank_dir),
                "audio.input": str(path), "player.phrase_gap_ms": 300,
                **{key.replace("__", "."): value for key, value in assignments.items()},
            },
            "flag",
        )  # fmt: skip
        stage = Stage(values, lambda _: None)
        seen = []
        stage.bus.subscribe(seen.append)
        stage.start()

        def play(frames):
            """Go on; frames at which voices started meanwhile."""
            seen.clear()
            stage._advance(frames)
            stage._advance(4096)
            return [e["frame"] for e in seen if e["kind"] == "sample"]

        return stage, play

    return make


@pytest.mark.parametrize("mode", ["answer", "continue", "call"])
def test_after_a_panic_nothing_plays_until_it_is_told_to(playing, mode):
    stage, play = playing(player__mode=mode)
    assert play(96_000)
    stage.control.panic()
    assert play(96_000) == []  # though the musician plays on
    with pytest.raises(LivehostError, match="/livehost/start goes on"):
        stage.control.play(1)
    assert stage.monitor.halted
    stage.control.resume()
    began = int(stage.engine["frame"])
    started = play(96_000)
    assert started
    assert started[0] - began < 48_000
    stage.close()


@pytest.mark.parametrize("mode", ["answer", "continue", "call"])
def test_after_a_panic_it_plays_again_with_the_next_onset_where_that_is_set(playing, mode):
    stage, play = playing(player__mode=mode, player__after_panic="onset")
    assert play(96_000)
    stage.control.panic()
    assert play(96_000)
    assert not stage.monitor.halted
    stage.control.stop()
    assert play(96_000) == []  # a stop holds until somebody says otherwise
    stage.close()


def test_a_start_that_was_sent_before_a_panic_does_not_undo_it(playing):
    stage, _ = playing()
    stage.control.panic()
    stage.control.resume(0)
    assert stage.monitor.halted
    stage.control.resume(1)
    assert not stage.monitor.halted
    with pytest.raises(LivehostError):
        stage.control.play(1, since=0)
    stage.control.play(1, since=1)
    stage.close()


@pytest.mark.parametrize(
    "call", [lambda c: c.play(99), lambda c: c.play(-1), lambda c: c.allow(12, True), lambda c: c.steer("no")]
)
def test_what_is_not_there_is_one_sentence(bank_dir, call):
    values = Settings()
    values.update(
        {
            "audio.driver": "offline",
            "player.name": "nearest",
            "player.mode": "answer",
            "bank.dir": str(bank_dir),
            "run.seconds": 1.0,
        },
        "flag",
    )
    stage = Stage(values, lambda _: None)
    with pytest.raises(LivehostError):
        call(stage.control)
    stage.close()


def test_channel_64_is_one_to_listen_to(tmp_path, bank_dir, take):
    _, _, stage, _ = session(tmp_path, bank_dir, take, audio__input_channels="1,64")
    assert stage.driver.inputs == 64


def test_record_keeps_what_was_heard_and_played(tmp_path, bank_dir, take):
    folder = tmp_path / "rec"
    for _ in range(2):
        _, sound, *_ = session(tmp_path, bank_dir, take, log__record=str(folder))
    heard, _ = soundfile.read(folder / "heard.wav", dtype="float32")
    played, _ = soundfile.read(folder / "played.wav", dtype="float32")
    np.testing.assert_array_equal(played, sound)
    np.testing.assert_allclose(heard[:96_000], clicks(ONSETS, 96_000), atol=2e-7)
    assert (folder / "heard-2.wav").exists()
    assert (folder / "played-2.wav").exists()


@pytest.mark.parametrize(
    ("assignments", "words"),
    [
        ({"bank.dir": ""}, "--bank DIR"),
        ({"bank.dir": "/no/such/folder"}, "/no/such/folder"),
        ({"audio.input": "/no/such/file.wav"}, "cannot be read"),
        ({"audio.input": ""}, "--input FILE or --seconds"),
        ({"audio.output": "/no/such/folder/out.wav"}, "cannot be written"),
        ({"log.events": "/dev/null/e.jsonl"}, "cannot be made"),
        ({"audio.input_channels": "0"}, "channel numbers from 1"),
        ({"audio.input_channels": "65"}, "channel numbers from 1 to 64, such as 1 or 1,2, not '65'"),
        ({"audio.output_channels": "1,2,3"}, "one or two channels"),
        ({"listen.hop_samples": 100}, "multiple of listen.onset_hop_samples"),
        ({"listen.frame_samples": 1000}, "power of two"),
        ({"osc.out": "nowhere"}, "nowhere"),
    ],
)
def test_bad_input_is_one_sentence(bank_dir, take, assignments, words):
    values = Settings()
    values.update(
        {
            "audio.driver": "offline",
            "player.name": "nearest",
            "player.mode": "answer",
            "bank.dir": str(bank_dir),
            "audio.input": str(take),
        },
        "flag",
    )
    values.update(assignments, "flag")
    with pytest.raises(LivehostError) as error:
        Stage(values, lambda _: None)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("samples", "words"),
    [(np.zeros(10), "too short"), (np.full(4000, np.nan), "NaN"), (None, "take.wav")],
)
def test_an_unusable_input_file_is_named(tmp_path, bank_dir, samples, words):
    path = tmp_path / "take.wav"
    if samples is None:
        path.write_bytes(b"RIFF....WAVEfmt nonsense")
    else:
        soundfile.write(path, samples, RATE, "FLOAT")
    values = Settings()
    values.update(
        {
            "audio.driver": "offline",
            "player.name": "nearest",
            "player.mode": "answer",
            "bank.dir": str(bank_dir),
            "audio.input": str(path),
        },
        "flag",
    )
    with pytest.raises(LivehostError) as error:
        Stage(values, lambda _: None)
    assert words in str(error.value)
    assert str(path) in str(error.value)
