"""The ear for strokes through JACK: what a patch is told of each stroke, and how soon."""

import contextlib

import numpy as np
import pytest

from livehost.bench.jack_rig import RATE, click_bank, hits, rig
from livehost.bench.program import free_udp_port
from livehost.bench.suite import CannotRun
from livehost.inference.kinds.strike import FRAMES
from tests.bridge.fakes import Patch
from tests.inference.tiny_ear import SHAPES, write_tiny_ear
from tests.integration.conftest import missing


def test_each_stroke_is_told_of_at_a_socket_and_in_the_log(tmp_path, capsys):
    ear, patch = write_tiny_ear(tmp_path / "ear"), Patch()
    sound, truth = hits(4, 5)
    sound[truth + 1] = 0.9  # what the ear goes by: the second sample
    arguments = (
        "--osc-in", str(free_udp_port()), "--osc-out", f"127.0.0.1:{patch.port}", "--player", "nearest",
        "--set", f"listen.strike={ear}",
    )  # fmt: skip
    with contextlib.closing(patch.socket):
        try:
            with rig(tmp_path / "session", click_bank(tmp_path / "clicks"), *arguments) as r:
                r.play(np.append(sound, np.zeros(RATE // 4, np.float32)))
                session = r.end()
        except CannotRun as error:
            missing(error)
        heard = patch.waiting()
    onsets = [event["onset_frame"] for event in session.events if event["kind"] == "onset"]
    strikes = [event for event in session.events if event["kind"] == "strike"]
    assert [event["onset_frame"] for event in strikes] == onsets
    assert len(strikes) == len(truth)
    assert all(event["shape"] in SHAPES and 0 < event["size_m"] < 1 for event in strikes)
    told = [values for address, *values in heard if address == "/livehost/feature/strike"]
    assert told == [
        [event["onset_frame"], *(
            pytest.approx(event[name], rel=1e-6) if name != "shape" else event[name]
            for name in ("size_m", "shape", "probability", "position")
        )]
        for event in strikes
    ]  # fmt: skip
    frames = [event["frame"] - event["onset_frame"] for event in strikes]
    assert min(frames) >= FRAMES
    with capsys.disabled():
        print(f"\n  told {frames} frames behind the onset, of which {FRAMES} are heard")  # noqa: T201
