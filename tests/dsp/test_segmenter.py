"""The segmenter on made-up sound with onsets at known frames: what is shown when, what is closed when, and as what."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livehost.dsp.features import Analyzer
from livehost.dsp.loudness import BS1770_OFFSET_DB
from livehost.dsp.segment import summarize
from livehost.dsp.segmenter import (
    HELD,
    LEVEL_GAP_DB,
    LEVEL_MS,
    NOVEL_MS,
    PEEK_EVERY,
    PEEK_ROWS,
    QUIET_MS,
    SUSTAIN_LEAST_MS,
    SUSTAIN_MS,
    Segmenter,
    segmenter_step,
)
from livehost.errors import LivehostError
from livehost.rt.native import run2
from tests.conftest import burst, clicks

RATE, HOP, MS = 48_000, 128, 48
#: Rows after which what sounds is shown, as far as 500 ms.
SHOWN = [1, 3, 6, *range(9, 200, 9)]


class Told(dict):
    """One thing that a step told, and the summary that came with it."""

    __getattr__ = dict.__getitem__


def play(
    sound,
    onsets=(),
    *,
    hop=32,
    late=150,
    looks=(),
    gate_db=-60.0,
    segment_ms=500.0,
    sustain=False,
    segmenter=None,
):
    """Step over a sound as the worker does; onsets are frames, told in the first hop that ends `late` after them."""
    segmenter = segmenter or Segmenter(RATE)
    sound = np.ascontiguousarray(sound, np.float32)
    io, step, told = segmenter.io[0], run2(segmenter_step), []
    waiting, looks = sorted(onsets), sorted(looks)
    io["gate_db"], io["longest"], io["sustain"] = gate_db, round(segment_ms * MS), sustain
    for now in range(hop, len(sound) + 1, hop):
        io["samples"], io["count"], io["now"] = sound.ctypes.data + 4 * (now - hop), hop, now
        io["onset"] = bool(waiting) and waiting[0] + late <= now
        if io["onset"]:
            io["onset_frame"] = waiting.pop(0)
        io["look"] = bool(looks) and looks[0] <= now
        if io["look"]:
            looks.pop(0)
        step(segmenter.address, segmenter.io_address)
        for kind, summary in (("closed", segmenter.closed_summary), ("peek", segmenter.peek_summary)):
            if io[kind]:
                names = ("onset", "frames", "gap", "level_db", "loudness_db")
                known = {n: io[f"{kind}_{n}"].item() for n in names} | {"peek": int(io["peek"])}
                told.append(Told(known, kind=kind, now=now, summary=summary.copy()))
        if io["opened"]:
            told.append(Told(kind="opened", now=now))
    return told


def of(told, *kinds):
    return [t for t in told if t.kind in kinds]


def rows_of(sound, onset, count):
    return Analyzer(RATE).extract(np.asarray(sound, np.float32)[onset : onset + count * HOP])


def level_db(samples):
    return 10 * np.log10(np.mean(np.asarray(samples, np.float64) ** 2) + 1e-12)


def test_what_sounds_is_shown_at_the_rows_that_are_due():
    assert [*PEEK_ROWS, PEEK_EVERY] == [1, 3, 6, 9]
    onset = 10_007
    sound = np.zeros(40_000, "f4")
    sound[onset:] = 0.3 * np.random.default_rng(0).standard_normal(40_000 - onset)
    told = play(sound, [onset])
    peeks = of(told, "peek")
    rows = [p.frames // HOP for p in peeks]
    # what was known already when the onset was confirmed, 150 frames after it, is one row
    assert rows == [n for n in SHOWN if n < 500 * MS // HOP]
    assert {p.onset for p in peeks} == {onset}
    assert {p.gap for p in peeks} == {0}
    for peek in peeks:
        assert peek.now == max(-(-(onset + peek.frames) // 32) * 32, -(-(onset + 150) // 32) * 32)


def test_a_peek_is_the_summary_of_its_rows_and_so_is_the_end():
    onset = 4_800
    sound = np.zeros(48_000, "f4")
    sound[onset : onset + 24_000] = burst(330, 0.5)
    sound[:onset] = 0.1  # nothing of before counts
    told = play(sound, [onset])
    rows = rows_of(sound, onset, 190)
    for t in told:
        count = t.frames // HOP
        np.testing.assert_allclose(t.summary, summarize(rows[:count], RATE, HOP), rtol=0, atol=1e-5)
    (closed,) = of(told, "closed")
    assert closed.frames == 500 * MS // HOP * HOP + (HOP if 500 * MS % HOP else 0)
    assert closed.now == -(-(onset + closed.frames) // 32) * 32


@pytest.mark.parametrize("late", [0, 100, 600])
@pytest.mark.parametrize("apart", [4_000, 4_096, 4_097, 9_999])
def test_the_next_onset_ends_a_segment_and_no_row_beyond_it_counts(late, apart):
    first = 5_003
    sound = clicks([first, first + apart], 30_000) + 1e-2 * np.random.default_rng(1).standard_normal(30_000)
    told = play(sound, [first, first + apart], late=late)
    closed = of(told, "closed")[0]
    assert (closed.onset, closed.frames) == (first, apart)
    assert closed.now == -(-(first + apart + late) // 32) * 32 if late else closed.now <= first + apart + 32
    alone = sound.copy()
    alone[first + apart :] = 0
    np.testing.assert_allclose(
        closed.summary, summarize(rows_of(sound, first, apart // HOP), RATE, HOP), rtol=0, atol=1e-5
    )
    np.testing.assert_allclose(
        closed.summary, summarize(rows_of(alone, first, apart // HOP), RATE, HOP), rtol=0, atol=1e-5
    )
    assert {t.gap for t in told if t.onset == first + apart} == {apart}


def test_rows_can_be_taken_back_as_far_as_they_are_held():
    first, apart = 5_000, 6_400
    sound = clicks([first, first + apart], 30_000) + 1e-2 * np.random.default_rng(1).standard_normal(30_000)
    late = HELD * HOP - 32
    closed = of(play(sound, [first, first + apart], late=late), "closed")[0]
    np.testing.assert_allclose(closed.summary, summarize(rows_of(sound, first, 50), RATE, HOP), rtol=0, atol=1e-5)


def test_two_strokes_5_ms_apart_are_two_segments_and_the_first_has_its_own_row():
    first, second = 9_600, 9_600 + 5 * MS
    rng = np.random.default_rng(3)
    sound = np.zeros(40_000, "f4")
    sound[first:second] = 0.01 * rng.standard_normal(5 * MS)
    sound[second:] = 0.5 * rng.standard_normal(40_000 - second)
    told = play(sound, [first, second])
    closed = of(told, "closed")
    assert next((c.onset, c.frames, c.gap) for c in closed) == (first, 240, 0)
    np.testing.assert_allclose(closed[0].summary, summarize(rows_of(sound, first, 1), RATE, HOP), rtol=0, atol=1e-5)
    # the loud stroke that came before the second onset was confirmed is no part of how loud the first was
    assert closed[0].level_db == pytest.approx(level_db(sound[first : first + HOP]), abs=0.1)
    assert closed[1].onset == second
    assert closed[1].level_db == pytest.approx(level_db(sound[second : second + 4800]), abs=0.2)


def test_a_stroke_less_than_a_row_before_the_next_is_no_segment():
    told = play(clicks([9_600, 9_700], 40_000), [9_600, 9_700], late=20)
    assert {t.onset for t in told} == {9_700}
    assert of(told, "closed")[0].gap == 100


@settings(max_examples=8, deadline=None)
@given(
    onsets=st.lists(st.integers(300, 3_000), min_size=1, max_size=4),
    late=st.integers(0, 400),
    seed=st.integers(0, 9),
)
def test_what_is_told_does_not_depend_on_how_the_stream_is_cut(onsets, late, seed):
    frames = np.cumsum(onsets).tolist()
    rng = np.random.default_rng(seed)
    # onsets are told at the same moment in every cut, whatever its hop
    frames = [f // 64 * 64 + int(rng.integers(0, 64)) for f in frames]
    late = -(-late // 64) * 64 + 64
    sound = clicks(frames, 38_000) + 1e-2 * rng.standard_normal(38_000).astype("f4")

    def told(hop):
        seen = play(sound, list(frames), hop=hop, late=late)
        return [(t.kind, t.onset, t.frames, t.gap, t.summary.tolist(), t.level_db) for t in of(seen, "closed")]

    expected = told(64)
    assert len(expected) == len(set(frames))
    for hop in (8, 16, 32):
        assert told(hop) == expected


def test_peeks_do_not_depend_on_how_the_stream_is_cut():
    onset = 9_600
    sound = np.zeros(48_000, "f4")
    sound[onset : onset + 24_000] = burst(330, 0.5)

    def told(hop):
        return [(t.onset, t.frames, t.summary.tolist(), t.level_db) for t in of(play(sound, [onset], hop=hop), "peek")]

    for hop in (8, 16, 32):
        assert told(hop) == told(64)


def test_quiet_ends_a_segment():
    onset, length = 4_800, 6_000
    sound = np.zeros(30_000, "f4")
    sound[onset : onset + length] = 0.2 * np.sin(np.arange(length))
    (closed,) = of(play(sound, [onset]), "closed")
    # a frame of 1,024 holds the end of it that long
    assert abs(closed.frames - (length + 1_024 + QUIET_MS * MS)) <= 2 * HOP
    late = clicks([20_000], 30_000)
    assert of(play(late, [2_000]), "closed")[0].frames == -(-QUIET_MS * MS // HOP) * HOP


def test_a_segment_takes_its_time_at_most():
    rng = np.random.default_rng(0)
    sound = 0.2 * rng.standard_normal(40_000).astype("f4")
    for ms, frames in ((100.0, 4_864), (48.0, 2_304), (320.0, 15_360)):
        told = play(sound, [3_000], segment_ms=ms)
        assert [t.frames for t in of(told, "closed")] == [frames]
        assert max(p.frames for p in of(told, "peek")) <= frames


def test_a_look_shows_what_is_known_to_who_looks_and_to_nobody_else():
    onset = 4_800
    sound = np.zeros(20_000, "f4")
    sound[onset:] = 0.2 * np.sin(np.arange(15_200) * 0.05)
    plain = of(play(sound, [onset]), "peek")
    looks = [onset + n for n in (3 * HOP, 3 * HOP + 32, 5 * HOP, 5 * HOP + 32, 9 * HOP)]
    looked = of(play(sound, [onset], looks=looks), "peek")
    more = [p for p in looked if p.now not in {q.now for q in plain}]
    # what all were shown at three rows is not shown again; who looks at five sees five, as often as that is asked for
    assert [(p.frames, p.now, p.peek) for p in more] == [
        (5 * HOP, onset + 5 * HOP, 2), (5 * HOP, onset + 5 * HOP + 32, 2)
    ]  # fmt: skip
    # and nobody else is shown more or less for it
    assert [(p.frames, p.now) for p in looked if p.peek == 1] == [(p.frames, p.now) for p in plain]
    np.testing.assert_allclose(more[0].summary, summarize(rows_of(sound, onset, 5), RATE, HOP), rtol=0, atol=1e-5)
    assert of(play(sound, [], looks=[onset + 640]), "peek") == []


# -- level


def test_level_is_energy_over_the_first_100_ms_and_no_more():
    onset = 4_800
    assert LEVEL_MS == 100.0
    sound = np.zeros(48_000, "f4")
    rng = np.random.default_rng(5)
    sound[onset : onset + 4_864] = 0.1 * rng.standard_normal(4_864)
    sound[onset + 4_864 :] = 0.4 * rng.standard_normal(48_000 - onset - 4_864)
    told = play(sound, [onset])
    (closed,) = of(told, "closed")
    assert closed.level_db == pytest.approx(level_db(sound[onset : onset + 4_864]), abs=1e-4)
    # a short one has the level of what there was
    short = clicks([4_800, 6_720], 20_000)
    assert of(play(short, [4_800, 6_720]), "closed")[0].level_db == pytest.approx(level_db(short[4_800:6_720]), abs=0.1)


def test_loudness_is_k_weighted():
    sound = np.zeros(40_000, "f4")
    sound[4_800:] = 0.1 * np.sin(2 * np.pi * 1000 * np.arange(35_200) / RATE)
    (closed,) = of(play(sound, [4_800]), "closed")
    assert closed.level_db == pytest.approx(-23.01, abs=0.02)
    # at 997 Hz loudness is level: the offset takes back what the filter adds
    assert closed.loudness_db == pytest.approx(-23.0, abs=0.1)
    assert pytest.approx(-0.691) == BS1770_OFFSET_DB
    low = np.zeros(40_000, "f4")
    low[4_800:] = 0.1 * np.sin(2 * np.pi * 30 * np.arange(35_200) / RATE)
    (closed,) = of(play(low, [4_800]), "closed")
    assert closed.loudness_db < closed.level_db - 5


def test_the_level_of_a_peek_is_what_it_is_expected_to_be():
    sound = np.zeros(40_000, "f4")
    sound[4_800:] = 0.1 * np.random.default_rng(2).standard_normal(35_200)
    peeks = of(play(sound, [4_800]), "peek")
    for peek in peeks:
        rows = peek.frames // HOP
        heard = level_db(sound[4_800 : 4_800 + min(peek.frames, 4_864)])
        known = [gap for row, gap in zip((1, 3, 6, 9, 18, 27), LEVEL_GAP_DB, strict=True) if rows >= row]
        gap = known[-1] if peek.frames < LEVEL_MS * MS else 0.0
        assert peek.level_db == pytest.approx(heard + gap, abs=1e-4)
        assert peek.loudness_db - peek.level_db == pytest.approx(peeks[0].loudness_db - peeks[0].level_db, abs=3)


def test_how_a_level_goes_on_is_learnt():
    onsets = list(range(4_800, 4_800 + 60 * 9_600, 9_600))
    sound = np.zeros(onsets[-1] + 9_600, "f4")
    for onset in onsets:  # swells: what comes is 20 dB louder than the first row
        sound[onset : onset + 8_000] = 0.01 * np.sin(0.3 * np.arange(8_000))
        sound[onset + HOP : onset + 8_000] *= 10
    segmenter = Segmenter(RATE)
    told = play(sound, onsets, segmenter=segmenter)

    def off(onset):
        peek = next(t for t in told if t.kind == "peek" and t.onset == onset and t.frames == HOP)
        closed = next(t for t in told if t.kind == "closed" and t.onset == onset)
        return abs(peek.level_db - closed.level_db)

    assert off(onsets[0]) > 15
    assert off(onsets[-2]) < 1
    segmenter.reset()  # and forgotten
    told = play(sound[: onsets[2]], onsets[:2], segmenter=segmenter)
    assert off(onsets[0]) > 15


# -- sound that goes on


def tone(seconds, hz, level=0.2):
    return (level * np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE)) / RATE)).astype("f4")


def onsets_of(told):
    return [t.onset for t in of(told, "closed")]


def test_a_drone_opens_a_segment_again_and_again_and_only_by_time():
    sound = np.concatenate([np.zeros(4_800, "f4"), tone(12.0, 110)])
    told = play(sound, [4_800], sustain=True)
    starts = onsets_of(told)
    assert starts[0] == 4_800
    assert len(starts) == 5
    assert set(np.diff(starts)) == {-(-int(SUSTAIN_MS * MS) // HOP) * HOP}
    assert [t.now for t in of(told, "opened")] == [-(-s // 32) * 32 for s in starts[1:]]
    assert {t.frames for t in of(told, "closed")} == {500 * MS // HOP * HOP + HOP}
    assert onsets_of(play(sound, [4_800])) == [4_800]  # it may not


@pytest.mark.parametrize("hop", [8, 16, 64])
def test_a_drone_is_cut_nearly_alike_in_all_hops(hop):
    sound = np.concatenate([np.zeros(4_800, "f4"), tone(3.6, 110)])
    starts, expected = (onsets_of(play(sound, [4_800], hop=h, sustain=True)) for h in (hop, 32))
    assert len(starts) == len(expected) == 2
    assert starts == expected  # the clock of a segment is its rows
    swelling = sound * np.minimum(np.arange(sound.size) / RATE, 1).astype("f4")
    (first, *_), (second, *_) = (onsets_of(play(swelling, [], hop=h, sustain=True)) for h in (hop, 32))
    assert abs(first - second) <= 2 * 64


def test_what_swells_up_without_an_onset_opens_a_segment():
    pad = tone(5.0, 220)
    pad *= np.minimum(np.arange(pad.size) / RATE, 1).astype("f4")
    told = play(np.concatenate([np.zeros(24_000, "f4"), pad]), [], sustain=True)
    opened = of(told, "opened")
    assert 24_000 < opened[0].now < 24_000 + 0.5 * RATE
    assert opened[0].now >= 24_000 + SUSTAIN_LEAST_MS * MS
    assert onsets_of(told)[0] == opened[0].now
    assert of(told, "closed")[0].gap == 0


def test_another_note_in_legato_opens_a_segment_soon():
    notes = [tone(0.8, hz) for hz in (220.0, 330.0, 262.0, 440.0)]
    changes = 4_800 + np.cumsum([n.size for n in notes])[:-1]
    sound = np.concatenate([np.zeros(4_800, "f4"), *notes])
    told = play(sound, [4_800], sustain=True)
    starts = onsets_of(told)
    for change in changes:
        assert any(0 < s - change <= (NOVEL_MS + 80) * MS for s in starts)
    assert len(starts) == len(notes)


@pytest.mark.parametrize("ms", [100, 180, 250, 450, 900])
def test_the_silence_after_a_sound_that_ends_at_once_is_none(ms):
    sound = np.zeros(100_000, "f4")
    sound[4_800 : 4_800 + ms * MS] = 0.2 * np.random.default_rng(1).standard_normal(ms * MS)
    told = play(sound, [4_800], sustain=True)
    assert onsets_of(told) == [4_800]
    assert of(told, "opened") == []


@pytest.mark.parametrize("hz", [80.0, 440.0, 3000.0])
def test_what_only_rings_out_is_no_news(hz):
    t = np.arange(5 * RATE) / RATE
    ringing = (0.5 * np.exp(-2.5 * t) * np.sin(2 * np.pi * hz * t)).astype("f4")
    told = play(np.concatenate([np.zeros(4_800, "f4"), ringing]), [4_800], sustain=True)
    assert onsets_of(told) == [4_800]


def test_a_noise_that_is_always_there_soon_says_nothing():
    noise = 0.02 * np.random.default_rng(0).standard_normal(60 * RATE).astype("f4")
    opened = [t.now / RATE for t in of(play(noise, [], hop=64, sustain=True), "opened")]
    assert [t for t in opened if t > 30] == []
    assert len(opened) <= 12


def test_silence_says_nothing_however_long():
    segmenter = Segmenter(RATE)
    assert play(np.zeros(60 * RATE, "f4"), [], hop=128, sustain=True, segmenter=segmenter) == []
    onset = 4_800
    told = play(clicks([onset], 40_000), [onset], segmenter=segmenter)
    assert of(told, "closed")[0].onset == onset


def test_below_the_gate_nothing_opens_a_segment():
    assert play(tone(6.0, 220, 1e-4), [], sustain=True) == []


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf, 3e38])
def test_what_is_no_number_is_silence(broken):
    onset = 9_600
    sound = clicks([onset], 60_000) + tone(1.25, 220, 0.01)
    hurt, clean = sound.copy(), sound.copy()
    hurt[onset + 50 : onset + 300 : 3] = broken
    clean[onset + 50 : onset + 300 : 3] = 0
    hurt[100:4_000], clean[100:4_000] = broken, 0
    told, expected = (play(x, [onset], sustain=True) for x in (hurt, clean))
    assert len(told) == len(expected) > 10
    for a, b in zip(told, expected, strict=True):
        assert {k: v for k, v in a.items() if k != "summary"} == {k: v for k, v in b.items() if k != "summary"}
        if "summary" in a:
            assert np.isfinite(a.summary).all()
            np.testing.assert_array_equal(a.summary, b.summary)


def test_onsets_from_beyond_what_is_kept_are_heard_as_far_as_it_goes():
    sound = tone(1.0, 220)
    told = play(sound, [100], late=20_000)
    peek = of(told, "peek")[0]
    assert peek.onset > 20_100 - 8_192
    np.testing.assert_allclose(
        peek.summary, summarize(rows_of(sound, peek.onset, peek.frames // HOP), RATE, HOP), rtol=0, atol=1e-5
    )


def test_a_reset_forgets_what_was_heard():
    segmenter, sound = Segmenter(RATE), clicks([4_800, 20_000], 40_000)
    first = play(sound[:22_000], [4_800, 20_000], segmenter=segmenter)
    assert of(first, "closed")
    segmenter.reset()
    told = play(sound, [4_800, 20_000], segmenter=segmenter)
    expected = play(sound, [4_800, 20_000])
    assert [(t.kind, t.now, t.get("gap"), t.get("level_db")) for t in told] == [
        (t.kind, t.now, t.get("gap"), t.get("level_db")) for t in expected
    ]
    assert told[0].gap == 0


def test_other_hops_have_the_same_segments():
    for frame, hop in ((1024, 256), (512, 64), (2048, 512)):
        segmenter, onset = Segmenter(RATE, frame, hop), 9_600
        sound = np.zeros(40_000, "f4")
        sound[onset : onset + 24_000] = burst(330, 0.5)
        told = play(sound, [onset], segmenter=segmenter)
        rows = Analyzer(RATE, frame, hop).extract(sound[onset:])
        assert {t.frames // hop for t in of(told, "peek")} >= {3, 6, 9}
        for t in told:
            np.testing.assert_allclose(t.summary, summarize(rows[: t.frames // hop], RATE, hop), rtol=0, atol=1e-5)


def test_a_hop_that_does_not_fit_is_refused():
    with pytest.raises(LivehostError, match="hops of 4096 samples at most, not 8192"):
        Segmenter(RATE, 8192, 8192)
