"""The page of a session: whatever of its folder is there."""

import json

import pytest
import soundfile

from livehost.errors import LivehostError
from livehost.view.session_page.page import show_session
from tests.replay.conftest import banks, copy, plain, sound  # noqa: F401


def test_a_session_is_drawn_and_told_with_its_sound(copy):  # noqa: F811
    said = show_session(copy)
    assert said == f"Wrote {copy / 'picture.png'}, {copy / 'index.html'}."
    page = (copy / "index.html").read_text("utf-8")
    for text in (
        'src="heard.wav"',
        'src="played.wav"',
        'src="picture.png"',
        "13 sounds",
        "player.temperature",
        "panic",
    ):
        assert text in page
    assert (copy / "picture.png").read_bytes()[:4] == b"\x89PNG"


def test_a_log_without_recordings_and_with_strange_names_is_drawn_all_the_same(copy):  # noqa: F811
    for name in ("heard.wav", "played.wav"):
        (copy / name).unlink()
    lines = [json.loads(line) for line in (copy / "events.jsonl").read_text().splitlines()]
    lines[0]["parts"][0]["bank"] = "<script>alert(1)</script>"
    (copy / "events.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"frame": 12')
    said = show_session(copy)
    assert said.endswith("There is no sound in heard.wav and played.wav.")
    page = (copy / "index.html").read_text("utf-8")
    assert "<script>" not in page
    assert "1 broken lines in the log" in page
    assert "<audio" not in page


def test_a_recording_of_24_bits_is_drawn_too(copy):  # noqa: F811
    samples, rate = soundfile.read(copy / "played.wav")
    soundfile.write(copy / "played.wav", samples, rate, "PCM_24")
    assert "There is no sound" not in show_session(copy)


def test_a_folder_without_a_log_is_refused(tmp_path):
    with pytest.raises(LivehostError, match="holds no event log"):
        show_session(tmp_path)


def test_it_says_the_tempo_what_was_struck_together_and_the_rests(copy):  # noqa: F811
    more = [
        *({"kind": "heard_beat", "frame": 480 * k, "bar": 1, "beat": 1, "bpm": 119.6 + k % 2} for k in range(8)),
        {"kind": "expected", "frame": 900, "onset_frame": 996, "decision": 3, "withdrawn": 0},
        {"kind": "expected", "frame": 1900, "onset_frame": -1, "decision": 4, "withdrawn": 1},
        {"kind": "expected", "frame": 2900, "onset_frame": -1, "decision": -1, "withdrawn": 0},
        {"kind": "rest", "frame": 3000, "part": 0, "bars": 4, "bar_frames": 0},
    ]
    log = copy / "events.jsonl"
    rate = json.loads(log.read_text().splitlines()[0])["rate"]
    with log.open("a") as file:
        file.writelines(json.dumps(event) + "\n" for event in more)
    show_session(copy)
    page = (copy / "index.html").read_text("utf-8")
    assert f"8 beats at 120 bpm   ·   1 of 2 strikes together, {96 / rate * 1e3:.1f} ms apart, 1 withdrawn" in page
    assert "rest: part 0, bars 4, bar_frames 0" in page
