"""Real time without a sound card."""

import json
import signal

import pytest
import soundfile

from livehost.bench.program import Program


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_session_that_is_broken_off_ends_cleanly(number, drums, take, tmp_path):
    out, log = tmp_path / "out.wav", tmp_path / "events.jsonl"
    with Program(
        "--bank", drums, "--driver", "null", "--input", take, "--output", out, "--events", log, "--osc-in", "0",
        "--seconds", "600",
    ) as program:  # fmt: skip
        program.wait_for("answer")
        assert program.stop(number) == 0
    assert program.errors == ""
    for word in ("played", "answered", "onset → sound", "callback", "trouble"):  # the summary
        assert f"\n{word}" in program.output
    assert soundfile.info(out).frames > 0
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"onset", "sample", "silenced"} <= {e["kind"] for e in events}


def test_it_ends_by_itself_where_the_input_ends_and_plays_to_one_channel(drums, take, tmp_path):
    folder = tmp_path / "session"
    with Program(
        "--bank", drums, "--driver", "null", "--input", take, "--record", folder, "--osc-in", "0",
        "--set", "audio.output_channels=1", "--set", "audio.input_channels=1",
    ) as program:  # fmt: skip
        assert program.wait(60) == 0
    assert program.errors == ""
    heard, played = soundfile.info(folder / "heard.wav"), soundfile.info(folder / "played.wav")
    assert (heard.channels, played.channels) == (1, 2)
    assert heard.frames == played.frames
