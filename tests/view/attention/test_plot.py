"""Pictures and films of attention, from logs that tell a known story."""

import base64
import json
import subprocess
import sys

import numpy as np
import pytest
import soundfile
from PIL import Image

from livehost.errors import LivehostError
from livehost.view.attention import film as attention_film
from livehost.view.attention import scene as attention_scene
from livehost.view.attention.lanes import HEARD_LANE, HEAT_LANE, PLAYED_LANE, curves
from livehost.view.attention.log import HEARD, PLAYED, read_attention
from livehost.view.attention.plot import plot_attention
from livehost.view.picture.page import LEFT, RIGHT
from livehost.view.theme import ACCENT

RATE = 1000
LAYERS, HEADS = 2, 3


def attention(frame, positions, weights, step=0):
    """One line: `positions` are (source, index, onset frame); the heads differ, their mean is `weights`."""
    mean = np.array(weights, np.float64)
    tilt = np.linspace(0.5, 1.5, LAYERS * HEADS).reshape(LAYERS, HEADS, 1)
    rows = (mean * tilt).astype("<f2")
    return {
        "frame": frame, "kind": "attention", "step": step, "layers": LAYERS, "heads": HEADS,
        "positions": len(mean), "mean": mean.tolist(), "source": [p[0] for p in positions],
        "index": [p[1] for p in positions], "frames": [p[2] for p in positions],
        "rows": base64.b64encode(rows.tobytes()).decode(),
    }  # fmt: skip


def session(count, gap=500):
    """`count` sounds heard, each answered; each choice rests wholly on the sound heard just before."""
    events, past = [], []
    for k in range(count):
        onset = 100 + k * gap
        if past:
            weights = np.zeros(len(past))
            weights[-1] = 1.0
            events.append(attention(onset - 20, past, weights, k))
        name = f"drums/tom_{k % 3}.wav"
        events += [
            {"frame": onset + 5, "kind": "onset", "onset_frame": onset, "strength": 0.5, "level_db": -20.0},
            {"frame": onset + 6, "kind": "sample", "onset_frame": onset, "index": k % 3, "name": name,
             "voice": k, "frames": 200, "probability": 0.5, "onset_to_sound_ms": 6.0},
        ]  # fmt: skip
        past = [*past, (PLAYED, k % 3, onset + 6)]
        events.append(attention(onset + 6, past, np.full(len(past), 1 / len(past)), k))
        past = [*past, (HEARD, -1, onset)]
        events.append({"frame": onset + 300, "kind": "segment", "onset_frame": onset, "frames": 300, "level_db": -20.0})
    return events


def write(path, events, *broken):
    path.write_text("".join(json.dumps(event) + "\n" for event in events) + "".join(f"{line}\n" for line in broken))
    return path


@pytest.fixture
def log(tmp_path):
    return write(tmp_path / "e.jsonl", session(8))


def pixels(path):
    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def test_a_log_is_read(log):
    read = read_attention(log)
    assert (len(read.looks), len(read.events), read.broken) == (15, 24, 0)
    assert [look.frame for look in read.looks[:3]] == [106, 580, 606]
    assert read.looks[1].weight.tolist() == [0.0, 1.0]
    assert read.looks[1].source.tolist() == [PLAYED, HEARD]
    assert read.last_frame == 3900
    assert read.heads.shape == (LAYERS, HEADS, 15)
    # age 0: one of the uniform looks each, and the whole of the others, times the head's tilt
    expected = (sum(1 / n for n in range(1, 16, 2)) + 7) / 15
    assert read.heads[0, 0, 0] == pytest.approx(0.5 * expected, rel=1e-3)
    assert read.heads[1, 2, 0] == pytest.approx(1.5 * expected, rel=1e-3)


def test_broken_lines_are_counted_and_passed_over(tmp_path):
    bad = attention(300, [(HEARD, -1, 10)], [1.0])
    lines = [
        '{"frame": 3, "kind": "att', "[]", '{"frame": "x", "kind": "onset"}', '{"frame": 3}',
        json.dumps(bad | {"source": [0, 1]}), json.dumps(bad | {"rows": "AAAA"}), json.dumps(bad | {"mean": None}),
        json.dumps({k: v for k, v in bad.items() if k != "frames"}), json.dumps(bad | {"rows": "é"}),
    ]  # fmt: skip
    read = read_attention(write(tmp_path / "e.jsonl", session(2), *lines))
    assert (len(read.looks), read.broken) == (3, len(lines))


def test_a_log_may_come_without_rows(tmp_path):
    events = [{k: v for k, v in e.items() if k != "rows"} for e in session(3)]
    read = read_attention(write(tmp_path / "e.jsonl", events))
    assert len(read.looks) == 5
    assert read.heads.size == 0
    plot_attention(tmp_path / "e.jsonl", tmp_path / "a.png", rate=RATE)


def test_a_choice_is_linked_to_the_step_before_it_and_to_what_that_looked_at(log):
    scene = attention_scene.make_scene(read_attention(log), RATE)
    decisions = scene.decisions()
    assert [round(start * RATE) for start, _ in decisions] == [106 + 500 * k for k in range(1, 8)]
    assert [look.frame for _, look in decisions] == [80 + 500 * k for k in range(1, 8)]
    lines = attention_scene.lines(decisions, RATE, 100)
    assert lines.total == len(lines.weight) == 7
    assert not lines.played.any()
    assert sorted((lines.end_s * RATE).round().tolist()) == [100 + 500 * k for k in range(7)]
    got = attention_scene.received(decisions)
    assert got[100, HEARD] == pytest.approx(1.0)
    assert got[106, PLAYED] == 0.0


def test_many_lines_are_thinned_and_the_short_ones_go_first(tmp_path):
    scene = attention_scene.make_scene(read_attention(write(tmp_path / "e.jsonl", session(40))), RATE)
    lines = attention_scene.lines(scene.decisions(), RATE, 10)
    assert (lines.total, len(lines.weight), lines.left_out_s) == (39, 10, 0.0)
    assert len(attention_scene.lines(scene.decisions(), RATE, 10, short_s=0.6).weight) == 0


def test_curves_lead_from_the_choice_to_the_sound(log):
    scene = attention_scene.make_scene(read_attention(log), RATE)
    lines = attention_scene.lines(scene.decisions(), RATE, 100)
    first = curves(lines, scene.shown_s)[0]
    assert first[0] == pytest.approx((lines.start_s[0], PLAYED_LANE[0]))
    assert first[-1] == pytest.approx((lines.end_s[0], HEARD_LANE[1]))


def test_voices_that_sound_at_once_stand_in_rows(log):
    choices = attention_scene.make_scene(read_attention(log), RATE).story.choices
    assert attention_scene.stack(choices) == [0] * 8
    from dataclasses import replace

    assert attention_scene.stack([replace(c, end_s=99.0) for c in choices], rows=3)[:4] == [0, 1, 2, 0]


def test_heat_has_the_weight_where_it_belongs(log):
    scene = attention_scene.make_scene(read_attention(log), RATE)
    image = attention_scene.heat(scene, 0.0, 1.0, 1000, 4)
    assert image.shape == (4, 1000, 4)
    assert image[:, :100, 3].max() == 0.0  # before the first step
    assert image[0, 300, 3] == pytest.approx(1.0)  # one position: all of it, and it was played
    np.testing.assert_allclose(image[0, 300, :3] * 255, [int(ACCENT[i : i + 2], 16) for i in (1, 3, 5)], atol=0.01)
    assert image[:, 590, 3].tolist() == pytest.approx([1.0, 0.0, 0.0, 0.0])
    assert image[0, 590, 0] < 0.5  # what was heard is dark


@pytest.mark.parametrize("count", [1, 2, 30, 300])
def test_it_draws_any_session(tmp_path, count):
    path = plot_attention(write(tmp_path / "e.jsonl", session(count)), tmp_path / "new" / "a.png", rate=RATE)
    assert pixels(path).shape == (900, 1600, 3)


def test_sounds_stand_where_they_sounded(log, tmp_path):
    image = pixels(plot_attention(log, tmp_path / "a.png", rate=RATE))
    row = image[round(PLAYED_LANE[0]) + 10, LEFT:RIGHT]
    blue = np.flatnonzero(row[:, 2] - row[:, 0] > 60)
    seconds = 3900 / RATE
    assert blue.min() == pytest.approx(0.106 / seconds * (RIGHT - LEFT), abs=4)
    below = image[round(HEAT_LANE[0]) + 4, LEFT:RIGHT]
    assert (below[:, 0] - below[:, 2] > 60).any()


def test_the_same_log_gives_the_same_picture_and_odd_names_do_not_stop_it(tmp_path):
    events = session(3)
    events[2]["name"] = "$x_{1$ 音 <ü>.wav"
    log = write(tmp_path / "e.jsonl", events)
    one, two = (
        plot_attention(log, tmp_path / name, rate=RATE, title="50 % $off_{").read_bytes() for name in ("a.png", "b.png")
    )
    assert one == two


def test_a_stretch_shows_only_itself(log, tmp_path):
    scene = attention_scene.make_scene(read_attention(log), RATE, start_s=1.0, end_s=2.0)
    assert [c.start_s for c in scene.shown_choices] == [1.106, 1.606]
    assert len(scene.decisions()) == 2
    plot_attention(log, tmp_path / "a.png", rate=RATE, start_s=1.0, end_s=2.0)


@pytest.fixture
def sounds(tmp_path):
    heard, played = np.zeros((3000, 1)), np.zeros((3500, 2))
    tone = np.sin(0.3 * np.arange(300))[:, None]
    heard[100:400], played[106:306] = 0.5 * tone, 0.25 * tone[:200]
    paths = tmp_path / "heard.wav", tmp_path / "played.wav"
    for path, samples in zip(paths, (heard, played), strict=True):
        soundfile.write(path, samples, RATE)
    return paths


def test_recordings_give_waveforms_and_the_rate(log, sounds, tmp_path):
    path = plot_attention(log, tmp_path / "a.png", heard=sounds[0], played=sounds[1])
    lane = pixels(path)[round(HEARD_LANE[0]) : round(HEARD_LANE[1]), LEFT:RIGHT]
    dark = np.flatnonzero((lane.max(2) < 110).sum(0) > 30)
    seconds = 3.9
    assert dark.min() == pytest.approx(0.1 / seconds * (RIGHT - LEFT), abs=3)
    assert dark.max() == pytest.approx(0.4 / seconds * (RIGHT - LEFT), abs=3)


def test_a_film_has_the_length_the_picture_and_the_stereo_sound(log, sounds, tmp_path):
    imageio_ffmpeg = pytest.importorskip("imageio_ffmpeg")
    seen = []
    path = plot_attention(
        log,
        tmp_path / "a.mp4",
        heard=sounds[0],
        played=sounds[1],
        start_s=0.0,
        end_s=0.8,
        progress=lambda *p: seen.append(p),
    )
    assert seen[-1] == (20, 20)
    tool = imageio_ffmpeg.get_ffmpeg_exe()
    told = subprocess.run([tool, "-hide_banner", "-i", path], capture_output=True, text=True, check=False).stderr
    assert "h264" in told
    assert "1280x720" in told
    assert "stereo" in told
    decoded = subprocess.run(
        [tool, "-loglevel", "error", "-i", path, "-f", "f32le", "-ar", str(RATE), "-"], capture_output=True, check=True
    )
    stereo = np.frombuffer(decoded.stdout, "<f4").reshape(-1, 2)
    assert stereo[150:280].std(0) == pytest.approx([0.35, 0.18], abs=0.06)
    assert stereo[450:].std(0) == pytest.approx([0.0, 0.0], abs=0.02)


def test_a_frame_shows_the_past_and_pales_the_future(log):
    scene = attention_scene.make_scene(read_attention(log), RATE)
    strip, stage = attention_film._Strip(scene), attention_film._Stage(scene)
    window = strip.window(1.0 - attention_film.PAST_S)
    frame = stage.draw(1.0, window)
    assert frame.shape == (attention_film.HEIGHT, attention_film.WIDTH, 3)
    head = attention_film._LEFT + round(attention_film.PAST_S * attention_film._PIXELS_PER_S)
    row = round(attention_film._pixel(PLAYED_LANE[0] + 10))
    np.testing.assert_array_equal(frame[row, head - 20], window[row, head - 20 - attention_film._LEFT])
    assert frame[row, head + 2 :].astype(int).sum() > window[row, head + 2 - attention_film._LEFT :].astype(int).sum()
    # tiles join without a seam: a window is the same, wherever it begins
    later = strip.window(1.0 - attention_film.PAST_S + 1 / attention_film.FPS)
    starts = [round((now - attention_film.PAST_S) * attention_film._PIXELS_PER_S) for now in (1.0, 1.04)]
    shift = starts[1] - starts[0]
    np.testing.assert_array_equal(later[:, :-shift], window[:, shift:])


def test_without_imageio_ffmpeg_a_film_says_so(log, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(LivehostError, match=r"needs imageio_ffmpeg, .*: pip install 'livehost\[studio\]'\."):
        plot_attention(log, tmp_path / "a.mp4", rate=RATE)


@pytest.mark.parametrize(
    ("content", "output", "more", "said"),
    [
        (None, "a.png", {}, "There is no event log"),
        ("", "a.png", {}, "holds no attention"),
        ("no json\n" * 3, "a.png", {}, "is no event log"),
        ('{"frame": 1, "kind": "onset"}\n', "a.png", {}, "holds no attention"),
        ("good", "a.gif", {}, "another ending"),
        ("good", "a.png", {"start_s": 99.0}, "there is nothing"),
        ("good", "a.png", {"rate": 0}, "above 0"),
        ("good", "a.png", {"heard": "missing.wav"}, "missing.wav cannot be read"),
        ("good", "a.png", {"heard": "e.jsonl"}, "cannot be read as sound"),
        ("good", "e.jsonl/a.png", {}, "could not be written"),
        ("good", "e.jsonl/a.mp4", {}, "could not be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_sentence(tmp_path, content, output, more, said):
    log = tmp_path / "e.jsonl"
    if content == "good":
        write(log, session(2))
    elif content is not None:
        log.write_text(content)
    more = {k: tmp_path / v if k == "heard" else v for k, v in more.items()}
    with pytest.raises(LivehostError, match=said) as error:
        plot_attention(log, tmp_path / output, **{"rate": RATE} | more)
    assert "\n" not in str(error.value)


def test_recordings_of_two_rates_are_refused(log, sounds, tmp_path):
    soundfile.write(sounds[1], np.zeros((100, 2)), 2 * RATE)
    with pytest.raises(LivehostError, match="one session has one rate"):
        plot_attention(log, tmp_path / "a.png", heard=sounds[0], played=sounds[1])
