import numpy as np
import pytest
from PIL import Image

from livehost.errors import LivehostError
from livehost.view.picture.page import EDGE, LAYOUTS, LEFT, RIGHT, SIDE
from livehost.view.picture.session import plot_session
from livehost.view.theme import HUES

RATE = 1000.0


def session(count, sounds, seconds):
    """Make `count` onsets with an answer each."""
    rng = np.random.default_rng(1)
    events = []
    for k, frame in enumerate(np.sort(rng.integers(0, round(seconds * RATE) - 300, count)).tolist()):
        index = k % sounds
        events += [
            {"kind": "onset", "frame": frame + 3, "onset_frame": frame, "strength": 0.5, "level_db": -20.0},
            {
                "kind": "sample",
                "frame": frame + 4,
                "onset_frame": frame,
                "index": index,
                "voice": k % 64,
                "name": f"family{index % 9}/sound_{index}.wav",
                "frames": 300,
                "onset_to_sound_ms": 4.0,
                "probability": 0.5,
            },
        ]
    return events


def pixels(path):
    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def count_colour(image, colour):
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return int(np.sum(np.abs(image - wanted).max(axis=2) < 12))


@pytest.mark.parametrize(("count", "sounds", "seconds"), [(0, 1, 20), (1, 1, 1), (60, 25, 20), (600, 300, 700)])
def test_it_draws_any_session(tmp_path, count, sounds, seconds):
    sound = 0.5 * np.sin(np.arange(round(seconds * RATE)) * 0.3)
    path = plot_session(
        sound, np.stack([sound, sound], 1), RATE, session(count, sounds, seconds), tmp_path / "x" / "a.png"
    )
    assert pixels(path).shape == (900, 1600, 3)


def test_a_choice_stands_where_it_sounded(tmp_path):
    """One sound from 5.0 to 7.5 of 10 s: its bar fills that quarter of its row, and so does its colour below."""
    played = np.zeros(10_000)
    played[5000:7500] = 0.5
    events = [{"kind": "sample", "frame": 5000, "onset_frame": 4990, "index": 0, "name": "a/b.wav", "frames": 2500}]
    image = pixels(plot_session(np.zeros(10_000), played, RATE, events, tmp_path / "a.png"))
    wave = image[700:772, LEFT:RIGHT]
    blue = np.flatnonzero((wave[:, :, 2] - wave[:, :, 0] > 60).any(axis=0))
    width = RIGHT - LEFT
    assert blue.min() == pytest.approx(0.5 * width, abs=3)
    assert blue.max() == pytest.approx(0.75 * width, abs=3)
    roll = image[
        452,  # beside the ruled line
        LEFT:RIGHT,
    ]
    bar = np.flatnonzero(roll[:, 2] - roll[:, 0] > 40)
    assert bar.min() == pytest.approx(0.5 * width, abs=6)
    assert bar.max() == pytest.approx(0.75 * width, abs=3)


def test_families_have_their_colours(tmp_path):
    image = pixels(plot_session(np.zeros(20_000), np.zeros(20_000), RATE, session(40, 4, 20), tmp_path / "a.png"))
    counts = [count_colour(image[:, LEFT:RIGHT], hue) for hue in HUES]
    assert min(counts[:4]) > 50
    assert max(counts[4:]) == 0


def test_the_same_session_gives_the_same_picture(tmp_path):
    paths = [
        plot_session(np.zeros(2000), np.zeros(2000), RATE, session(5, 2, 2), tmp_path / name, "Title") for name in "ab"
    ]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def beats(seconds, bpm=120.0, quantum=4):
    """Beats from the start of a session on."""
    return [
        {"kind": "heard_beat", "frame": round(k * 60 / bpm * RATE), "number": k, "bar": 1 + k // quantum,
         "beat": 1 + k % quantum, "bpm": bpm, "confidence": 0.9, "swing": 0.5}
        for k in range(round(seconds * bpm / 60))
    ]  # fmt: skip


def room(frame, share, busy=0.0, resting=0, part=0):
    return {"kind": "room", "frame": frame, "part": part, "busy": busy, "share": share, "resting": resting}


def expected(frame, onset_frame=-1, decision=-1, withdrawn=0):
    return {"kind": "expected", "frame": frame, "part": 0, "probability": 0.7, "onset_frame": onset_frame,
            "decision": decision, "withdrawn": withdrawn}  # fmt: skip


SOUND = {"kind": "sample", "frame": 5000, "onset_frame": -1, "index": 0, "name": "a/b.wav", "frames": 500}
LANE = LAYOUTS[True, True]


def picture(tmp_path, *events, name="a.png", **more):
    nothing = np.zeros(10_000)
    return pixels(plot_session(nothing, nothing, RATE, [SOUND, *events], tmp_path / name, **more))


def columns_that_differ(one, other, lane):
    """Columns of the lanes, in seconds, in which two pictures are not the same between two heights."""
    rows = slice(round(lane[0]), round(lane[1]))
    found = np.flatnonzero(np.abs(one[rows, LEFT:RIGHT] - other[rows, LEFT:RIGHT]).max(axis=(0, 2)) > 8)
    return found / (RIGHT - LEFT) * 10.0


def test_bars_are_ruled_where_they_were_heard(tmp_path):
    """Four beats of 0.5 s: bars at 0, 2, 4, 6 and 8 s, and nothing between, in the empty lane of what was heard."""
    with_bars = picture(tmp_path, *beats(10), room(0, 1.0))
    without = picture(tmp_path, room(0, 1.0), name="b.png")
    found = columns_that_differ(with_bars, without, (110, 160))
    assert np.unique(np.round(found)).tolist() == [0.0, 2.0, 4.0, 6.0, 8.0]
    assert np.abs(found - np.round(found)).max() < 0.03
    marks = columns_that_differ(with_bars, without, (99, 103))
    assert np.unique(np.round(2 * marks)).tolist() == list(range(20))


@pytest.mark.parametrize(("bpm", "seconds"), [(240.0, 3600), (40.0, 20), (120.0, 2)])
def test_bars_of_any_tempo_stand_apart(tmp_path, bpm, seconds):
    """Of an hour at 240 beats a minute some bars are ruled; a hair between two of them is left."""
    sound = np.zeros(round(seconds * RATE))
    image = pixels(plot_session(sound, sound, RATE, [*beats(seconds, bpm), room(0, 1.0)], tmp_path / "a.png"))
    ruled = np.flatnonzero(image[120, LEFT + 3 : RIGHT - 3].max(axis=1) < 250)
    starts = ruled[np.flatnonzero(np.diff(ruled, prepend=-100) > 1)]
    bars = 1 + (round(seconds * bpm / 60) - 1) // 4
    assert min(bars, 2) - 1 <= len(starts) <= 150
    assert np.diff(starts).min(initial=100) >= 6


def test_room_is_an_area_and_a_line(tmp_path):
    """Busy in the first half, its own line in the second."""
    image = picture(tmp_path, room(0, 0.0, busy=4.0), room(5000, 1.0, busy=0.0))
    top, bottom = (round(y) for y in LANE.room)
    lane = image[top + 8 : bottom - 8, LEFT:RIGHT]
    filled = np.flatnonzero((lane.max(axis=2) < 240).all(axis=0)) / (RIGHT - LEFT) * 10
    assert (filled.min(), filled.max()) == (pytest.approx(0.0, abs=0.03), pytest.approx(5.0, abs=0.03))
    red = (image[:, :, 0] - image[:, :, 1] > 80)[:, LEFT:RIGHT]
    below, above = (np.flatnonzero(red[y - 2 : y + 3].any(axis=0)) / (RIGHT - LEFT) * 10 for y in (bottom, top))
    assert (below.min(), below.max()) == (pytest.approx(0.0, abs=0.03), pytest.approx(5.0, abs=0.03))
    assert (above.min(), above.max()) == (pytest.approx(5.0, abs=0.03), pytest.approx(10.0, abs=0.03))


def test_a_rest_is_shaded_while_it_lasts(tmp_path):
    rests = picture(tmp_path, room(0, 0.5), room(2000, 0.0, resting=1), room(6000, 0.5), name="b.png")
    plays = picture(tmp_path, room(0, 0.5), room(2000, 0.0), room(6000, 0.5))
    found = columns_that_differ(rests, plays, (LANE.room[0] + 4, LANE.room[0] + 12))
    assert (found.min(), found.max()) == (pytest.approx(2.0, abs=0.03), pytest.approx(6.0, abs=0.03))
    for_good = picture(tmp_path, room(0, 0.5), room(2000, 0.0, resting=1), name="c.png")
    found = columns_that_differ(for_good, plays, (LANE.room[0] + 4, LANE.room[0] + 12))
    assert found.max() == pytest.approx(10.0, abs=0.03)


def test_expected_strokes_stand_where_they_were_expected_and_those_withdrawn_are_red(tmp_path):
    marks = expected(1000, 1004, 1), expected(3000, -1, 2, 1), expected(5000), expected(7000, 7020)
    image = picture(tmp_path, room(0, 1.0), *marks)
    without = picture(tmp_path, room(0, 1.0), name="b.png")
    found = columns_that_differ(image, without, LANE.expected)
    assert np.unique(np.round(found)).tolist() == [1.0, 3.0, 5.0, 7.0]
    lane = image[round(LANE.expected[0]) : round(LANE.expected[1]), LEFT:RIGHT]
    red = np.flatnonzero((lane[:, :, 0] - lane[:, :, 1] > 60).any(axis=0)) / (RIGHT - LEFT) * 10
    assert red.mean() == pytest.approx(3.0, abs=0.05)
    panel = slice(round(LANE.room[0]) - 12, round(LANE.room[1]))
    assert (image[panel, RIGHT + 30 :] != without[panel, RIGHT + 30 :]).any()


def test_sounds_with_an_expected_stroke_have_a_shape_of_their_own(tmp_path):
    together = picture(tmp_path, {**SOUND, "frame": 2000, "reason": "unison", "onset_frame": 2000})
    alone = picture(tmp_path, {**SOUND, "frame": 2000, "reason": "answer", "onset_frame": 2000}, name="b.png")
    found = columns_that_differ(together, alone, LANE.roll)
    found = found[found < 4.0]  # a dot that stands alone in its collection is drawn a hair aside
    assert found.size
    assert np.abs(found - 2.0).max() < 0.1


def test_a_sound_whose_stroke_came_is_filled(tmp_path):
    sound = {**SOUND, "frame": 2000, "reason": "unison", "decision": 1, "part": 0}
    came = picture(tmp_path, sound, expected(2000, 2004, 1))
    withdrawn = picture(tmp_path, sound, expected(2000, -1, 1, 1), name="b.png")
    found = columns_that_differ(came, withdrawn, LANE.roll)
    assert found.size
    assert np.abs(found - 2.0).max() < 0.1


def test_a_line_of_its_own_has_panels_of_its_own(tmp_path):
    """Beside the lane of what was heard, how far it is from strokes; beside what was played, where in the beat."""
    onset = {"kind": "onset", "frame": 5100, "onset_frame": 5100}
    common = (*beats(10), room(0, 1.0), onset)
    of_its_own = picture(tmp_path, {**SOUND, "frame": 5200, "reason": "duo"}, *common)
    answer = picture(tmp_path, {**SOUND, "frame": 5200, "reason": "answer"}, *common, name="b.png")
    side = slice(RIGHT + 30, None)
    for top, bottom in (LANE.heard, LANE.played):
        rows = slice(round(top) - 12, round(bottom))
        assert (of_its_own[rows, side] != answer[rows, side]).any()
    bars = of_its_own[round(LANE.heard[0]) + 35 : round(LANE.heard[1]) - 30, side].max(axis=2) < 120
    middle = 0.5 * (SIDE + EDGE) - RIGHT - 30
    assert np.flatnonzero(bars.any(axis=0)).mean() == pytest.approx(middle + 22, abs=4)  # 100 ms behind, of ± 500


def test_a_stretch_of_a_session(tmp_path):
    """From 4 to 8 s: bars at 4 and 6 s, a sound from 5.0 to 5.5 s."""
    whole = picture(tmp_path, *beats(10), room(0, 1.0))
    part = picture(tmp_path, *beats(10), room(0, 1.0), name="b.png", start_s=4.0, end_s=8.0)
    bars = np.flatnonzero(part[120, LEFT:RIGHT].max(axis=1) < 240) / (RIGHT - LEFT) * 4
    assert np.unique(np.round(bars, 1)).tolist() == [0.0, 2.0]
    blue = part[round(LANE.roll[0]) : round(LANE.roll[1]), LEFT:RIGHT]
    bar = np.flatnonzero((blue[:, :, 2] - blue[:, :, 0] > 40).sum(axis=0) >= 5) / (RIGHT - LEFT) * 4
    assert (bar.min(), bar.max()) == (pytest.approx(1.0, abs=0.04), pytest.approx(1.5, abs=0.03))
    assert (whole != part).any()
    for start_s, end_s in ((8.0, 8.0), (11.0, None), (3.0, 2.0)):
        with pytest.raises(LivehostError, match=r"lasts 10\.0 s; in the stretch"):
            picture(tmp_path, start_s=start_s, end_s=end_s)


def test_a_log_without_sound_is_as_long_as_its_events(tmp_path):
    nothing = np.zeros((0, 1), np.float32)
    image = pixels(plot_session(nothing, nothing, RATE, [*beats(10), SOUND], tmp_path / "a.png"))
    bars = np.flatnonzero(image[120, LEFT:RIGHT].max(axis=1) < 240) / (RIGHT - LEFT) * 9.5  # the last beat
    assert np.unique(np.round(bars)).tolist() == [0.0, 2.0, 4.0, 6.0, 8.0]


def test_odd_names_and_empty_recordings(tmp_path):  # neither TeX nor a missing glyph stops a picture
    events = [{"kind": "sample", "frame": 0, "onset_frame": -1, "index": 0, "name": "$x_{1$ 音 <ü>.wav", "frames": 0}]
    assert plot_session([], [], RATE, events, tmp_path / "a.png", "50 % $off_{").stat().st_size > 5000


def test_a_folder_that_is_a_file_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LivehostError, match="could not be written"):
        plot_session([0.0], [0.0], RATE, [], tmp_path / "file" / "a.png")
