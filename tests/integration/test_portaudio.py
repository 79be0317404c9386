"""Livehost on JACK's dummy driver, in real time."""

import json

import numpy as np
import pytest
import soundfile

from livehost.bench.jack import jack_server
from livehost.bench.jack_rig import BLOCK, RATE, answers_to, attacks, click_bank, rig
from livehost.bench.program import Program, free_udp_port
from livehost.bench.suite import CannotRun

from .conftest import ONSETS, TAKE, missing

LOOKAHEAD = RATE // 1000


def test_a_file_is_answered_into_a_file(jack, drums, take, tmp_path):
    out, log = tmp_path / "out.wav", tmp_path / "events.jsonl"
    with Program(
        "--bank", drums, "--driver", "portaudio", "--input", take, "--output", out, "--events", log, "--osc-in", "0",
        "--seed", "1", environment=jack.environment,
    ) as program:  # fmt: skip
        assert program.wait(60) == 0, program.errors
    assert program.errors == ""
    assert "JACK" in program.output
    sound, rate = soundfile.read(out, always_2d=True)
    events = [json.loads(line) for line in log.read_text().splitlines()]
    onsets = [e["onset_frame"] for e in events if e["kind"] == "onset"]
    starts = [e["frame"] for e in events if e["kind"] == "sample"]
    assert rate == RATE
    assert len(sound) >= len(TAKE) + RATE
    assert np.abs(sound).max() <= 10 ** (-1 / 20) + 1e-4
    assert len(starts) == len(onsets) == len(ONSETS)
    assert np.abs(np.array(onsets) - ONSETS).max() < 0.005 * RATE
    assert not sound[: starts[0] + LOOKAHEAD].any()
    for start in starts:
        assert np.abs(sound[start + LOOKAHEAD : start + LOOKAHEAD + 480]).max() > 0.01


@pytest.mark.usefixtures("jack")
def test_another_program_is_answered_through_the_graph(tmp_path):
    plain = (
        "--set", "player.dynamics=0", "--set", "engine.fade_in_ms=0", "--set", "bank.match_loudness=false",
        "--set", "player.answer_delay_ms=5",
    )  # fmt: skip
    try:
        with rig(tmp_path, click_bank(tmp_path / "clicks"), "--osc-in", "0", *plain) as r:
            heard = r.play(TAKE).heard
            session = r.end()
    except CannotRun as error:
        missing(error)
    music = TAKE[: heard.shape[1]]
    assert np.mean(heard[2, BLOCK:] == music[: len(heard[2]) - BLOCK]) > 0.99  # the graph itself: one block
    answered = answers_to(ONSETS, attacks(heard[0]))
    assert len(answered) >= len(ONSETS) - 1
    assert np.median(answered) == RATE // 200 + LOOKAHEAD + BLOCK  # and nothing else
    # the time code: what livehost says that it heard is where the music was
    found = [session.position(e["onset_frame"], r.firsts[0]) for e in session.events if e["kind"] == "onset"]
    assert np.median(np.abs(np.array(found)[:, None] - ONSETS).min(axis=1)) < 0.002 * RATE


def test_two_sessions_share_a_card_and_each_has_a_port_a_log_and_an_end_of_its_own(jack, drums, take, tmp_path):
    port, outs = free_udp_port(), [tmp_path / f"out-{k}.wav" for k in (1, 2)]
    sessions = [
        Program(
            "--bank", drums, "--driver", "portaudio", "--input", take, "--output", out, "--osc-in", port,
            "--events", out.with_suffix(".jsonl"), "--seed", "1", environment=jack.environment,
        ) for out in outs
    ]  # fmt: skip
    with sessions[0], sessions[1]:  # both have begun, and are ready
        assert [session.wait(60) for session in sessions] == [0, 0], [session.errors for session in sessions]
    said = " ".join(session.output + session.errors for session in sessions)
    assert f"OSC port {port} is taken; livehost listens at" in said
    for out in outs:
        events = [json.loads(line) for line in out.with_suffix(".jsonl").read_text().splitlines()]
        assert sum(e["kind"] == "sample" for e in events) == len(ONSETS)
        assert soundfile.info(out).frames >= len(TAKE) + RATE


def test_a_server_that_goes_ends_the_session_in_a_sentence_where_that_is_asked_for(jack, drums, take, tmp_path):
    out = tmp_path / "out.wav"
    with Program(
        "--bank", drums, "--driver", "portaudio", "--input", take, "--output", out, "--osc-in", "0", "--seconds", "60",
        "--set", "audio.on_loss=exit", environment=jack.environment,
    ) as program:  # fmt: skip
        program.wait_for("answer")
        jack.process.kill()
        assert program.wait(20) == 1
    assert "The sound card is gone: The JACK server has ended." in program.errors
    assert "Traceback" not in program.errors
    assert soundfile.info(out).frames > 0


@pytest.mark.parametrize("driver", ["portaudio", "auto"])
def test_a_device_rate_or_channel_that_is_not_there_is_named_and_never_replaced_by_silence(jack, drums, take, driver):
    for more, words in (
        (["--output", "Scarlett"], "no output device called 'Scarlett'; there are: 0 system"),
        (["--rate", "44100"], "does not take 44100 Hz: it offers 48000 Hz: give --rate 48000, or no rate."),
        (
            ["--set", "audio.output_channels=9,10"],
            "has 2 channels, and audio.output_channels asks for channel 10: give --set audio.output_channels=1,2, or",
        ),
    ):
        program = Program(
            "--bank", drums, "--driver", driver, "--input", take, "--osc-in", "0", *more,
            environment=jack.environment,
        )  # fmt: skip
        assert program.wait(60) == 2
        assert program.errors.startswith("livehost: ")
        assert words in program.errors
        assert program.errors.count("\n") == 1


def test_a_channel_of_the_input_that_is_not_there_is_named(jack, drums):
    program = Program(
        "--bank", drums, "--osc-in", "0", "--set", "audio.input_channels=3", environment=jack.environment
    )  # fmt: skip
    assert program.wait(60) == 2
    assert "asks for channel 3: give --set audio.input_channels=1" in program.errors


def test_at_a_rate_that_the_model_does_not_play_at_nobody_else_answers_in_its_place(drums, take):
    try:
        with jack_server(rate=96_000) as server:
            arguments = ("--bank", drums, "--input", take, "--osc-in", "0", "--seconds", "0.5")
            refused = Program(*arguments, environment=server.environment)
            assert refused.wait(60) == 2
            other = Program(*arguments, "--player", "nearest", environment=server.environment)
            assert other.wait(60) == 0
    except CannotRun as error:
        missing(error)
    assert "plays at 44100 or 48000 Hz, the stage runs at 96000 Hz: give --rate 48000 where" in refused.errors
    assert refused.errors.rstrip().endswith("or --player nearest.")
    assert "96000 Hz" in other.output
