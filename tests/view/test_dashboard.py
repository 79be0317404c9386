import io

import numpy as np
import pytest
from rich.console import Console

from livehost.settings import Settings
from livehost.stage.snapshot import Snapshot
from livehost.view.dashboard import Dashboard, summary_table
from livehost.view.keys import shown

RECENT = [
    {
        "kind": "sample",
        "frame": 48_000 * (k + 1),
        "onset_frame": 48_000 * (k + 1) - 180,
        "index": k,
        "level_db": -20.0 - k,
        "name": f"drums/sound_{k}.wav",
        "onset_to_sound_ms": 3.75,
        "probability": 0.4,
        "reason": "answer",
        "fallback": k % 2,
    }
    for k in range(40)
]


def snapshot(**more):
    values = {
        "state": "running",
        "driver": "portaudio",
        "device": "JACK",
        "block": 64,
        "uptime_s": 75.0,
        "frame": 3_600_000,
        "blocks": 56_250,
        "meter_in_db": (-6.0, -20.0),
        "meter_out_db": (-1.0, -12.0),
        "limiter_reduction_db": 2.5,
        "cpu": 0.021,
        "callback_us": (11.0, 29.5, 80.0),
        "histogram": np.array([0, 5, 900, 20, 1]),
        "histogram_edges_us": np.array([1.0, 2, 4, 8, 16, 32]),
        "onset_to_sound_ms": (3.1, 5.2, 6.3),
        "decide_ms": (0.12, 0.5),
        "counters": {"xruns": 0, "late": 2, "fallbacks": 1},
        "counts": {"onset": 41, "sample": 40, "masked": 3},
        "armed": [("drums/next_one.wav", 0.75), ("b.wav", 0.2)],
        "recent": RECENT,
        "bank": "samples",
        "bank_size": 65,
        "player": "nearest",
        "mode": "answer",
    }
    return Snapshot(**{**values, **more})


def render(width, height, shown):
    console = Console(record=True, width=width, height=height, file=io.StringIO())
    console.print(Dashboard(console).render(shown))
    return console.export_text().rstrip("\n").split("\n")


@pytest.mark.parametrize(("width", "height"), [(80, 24), (104, 30), (160, 50), (60, 20), (50, 16), (30, 8)])
def test_it_fits_the_window(width, height):
    lines = render(width, height, snapshot())
    assert len(lines) <= height
    assert max(len(line) for line in lines) <= width
    text = "\n".join(lines)
    assert "running" in text
    assert "sound_39" in text or width < 50
    assert "-" not in text.replace("Ctrl-C", "")  # numbers have a true minus sign


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 30)])
def test_it_shows_the_figures(width, height):
    text = "\n".join(render(width, height, snapshot()))
    for wanted in (
        "1:15", "nearest · answer · 65 sounds", "portaudio · JACK", "48000 Hz", "blocks of 64", "−6.0 dB", "−1.0 dB",
        "lim −2.5", "11.0 / 29.5 / 80.0 µs", "cpu 2.1 %", "3.1 / 5.2 / 6.3 ms", "0.12 / 0.50 ms", "xruns 0", "late 2",
        "fallbacks 1", "next_one 75 %", "3.8 ms", "40 %", "fallback", "Ctrl-C", "2.0 … 32.0 µs",
    ):  # fmt: skip
        assert wanted in text, wanted


BEAT = {"kind": "heard_beat", "frame": 3_590_000, "number": 47, "bar": 12, "beat": 4, "bpm": 118.23, "confidence": 0.93,
        "swing": 0.62}  # fmt: skip
ROOM = {"kind": "room", "frame": 3_590_000, "part": 0, "busy": 3.2, "share": 0.7, "resting": 0}


@pytest.mark.parametrize(("width", "height"), [(40, 10), (50, 16), (80, 24), (120, 30)])
def test_tempo_confidence_bar_and_mode_are_seen_in_any_window(width, height):
    text = "\n".join(render(width, height, snapshot(heard_beat=BEAT, room=ROOM, mode="continue")))
    assert "12.4  118.2 bpm  93 %" in text
    assert "continue" in text
    assert ("plays 70 %" in text) == (width > 40)
    resting = render(width, height, snapshot(heard_beat=BEAT, room={**ROOM, "resting": 1}, mode="continue"))
    assert "rests" in "\n".join(resting)


def test_swing_and_strokes_are_seen_where_there_is_room():
    text = "\n".join(render(104, 30, snapshot(heard_beat=BEAT, room=ROOM)))
    assert "swing 0.62" in text
    assert "beside 3.2 strokes a second" in text
    assert "strokes a second" not in "\n".join(render(104, 30, snapshot()))


@pytest.mark.parametrize(("beats", "there"), [(2.4, True), (2.6, False)])
def test_a_beat_that_is_not_followed_by_others_is_no_beat(beats, there):
    late = 3_600_000 - round(beats * 60 / 118.23 * 48_000)
    text = "\n".join(render(80, 24, snapshot(heard_beat={**BEAT, "frame": late})))
    assert ("118.2 bpm" in text, "no beat" in text) == (there, not there)


def test_the_newest_event_stands_first():
    lines = [line for line in render(80, 24, snapshot()) if "sound_" in line]
    assert "sound_39" in lines[0]
    assert "sound_38" in lines[1]


def test_rare_counters_are_shown_when_they_move():
    counters = {"osc dropped": 0, "not finite": 7, "xruns": 0}
    text = "\n".join(render(80, 24, snapshot(counters=counters)))
    assert "xruns 0   not finite 7" in text
    assert "osc dropped" not in text


def test_an_empty_snapshot_and_odd_states():
    text = "\n".join(render(80, 24, Snapshot()))
    assert "starting" in text
    assert "nothing measured yet" in text
    text = "\n".join(
        render(80, 24, snapshot(muted=True, bypassed=True, notice="The port vanished.", attention=[0.1, 0.9]))
    )
    for wanted in ("MUTED", "BYPASSED", "The port vanished.", "attends"):
        assert wanted in text


def test_other_events_are_told():
    recent = [
        {"kind": "onset", "frame": 48_000, "onset_frame": 47_000, "level_db": -33.0, "strength": 0.4},
        {"kind": "masked", "frame": 49_000, "onset_frame": 48_500, "level_db": -40.0, "strength": 0.4},
        {"kind": "phrase", "frame": 50_000, "onset_frame": 40_000, "onsets": 5},
        {"kind": "silenced", "frame": 51_000, "voices": 3, "dropped": 0},
    ]
    text = "\n".join(render(80, 24, snapshot(recent=recent)))
    for wanted in ("−33 dB   heard", "−40 dB   own echo, ignored", "of 5 onsets", "3 voices faded"):
        assert wanted in text


def test_markup_in_names_is_harmless():
    event = {**RECENT[0], "name": "drums/[red]x.wav"}
    assert any("[red]x" in line for line in render(120, 24, snapshot(recent=[event])))


def test_updates_faster_than_the_refresh_are_passed_over():
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=80, height=24, color_system=None, legacy_windows=False)
    with Dashboard(console, refresh_hz=0.01) as dashboard:
        dashboard.update(snapshot())
        dashboard.update(snapshot(state="degraded"))
    assert "running" in out.getvalue()
    assert "degraded" not in out.getvalue()
    assert "\x1b[?1049l" in out.getvalue()  # the alternate screen is left


def test_summary():
    console = Console(record=True, width=100, file=io.StringIO())
    console.print(summary_table(snapshot()))
    text = console.export_text()
    for wanted in (
        "1:15.0 of music", "56,250 blocks", "onsets: 41", "own echoes ignored: 3", "sounds: 40", "3.1 / 5.2 / 6.3 ms",
        "0.12 / 0.50 ms", "11.0 / 29.5 / 80.0 µs", "2.1 %", "late: 2, fallbacks: 1",
    ):  # fmt: skip
        assert wanted in text, wanted
    console.print(summary_table(Snapshot()))
    assert "none" in console.export_text()


def test_the_beat_stands_beside_the_state_while_the_transport_plays():
    assert "3.2  96.0 bpm" in render(120, 30, snapshot(beat=(3, 2, 96.0)))[0]
    assert "bpm" not in "\n".join(render(120, 30, snapshot()))


@pytest.mark.parametrize(("width", "height"), [(40, 24), (40, 12), (60, 20), (80, 24), (120, 30)])
def test_all_keys_stand_at_the_foot_whole_as_far_as_there_is_room(width, height):
    lines = render(width, height, snapshot(keys=shown(Settings()), notice="It goes on."))
    foot = lines[lines.index("It goes on.") + 1 :]
    assert max(len(line) for line in lines) <= width
    assert len(lines) <= height
    assert foot[0].startswith(" space  panic   s  start")
    assert not any("…" in line for line in foot)
    if height >= 20:
        assert foot[-1].endswith(" q  end")
    assert "sound_39" in "\n".join(lines)


def test_a_rest_is_seen():
    assert "RESTS" in render(40, 12, snapshot(resting=True))[0]
