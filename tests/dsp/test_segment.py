import numpy as np
import pytest

from livehost.dsp.features import FEATURE_SIZE, SLICES, Analyzer
from livehost.dsp.segment import (
    SEGMENT_FEATURES,
    SEGMENT_NAMES,
    SEGMENT_SCHEMA,
    SEGMENT_SIZE,
    SEGMENT_SLICES,
    SegmentSummary,
    segment_add,
    segment_close,
    segment_copy,
    segment_reset,
    summarize,
    summarize_cuts,
)
from livehost.errors import LivehostError
from livehost.rt.native import run1, run2

from .oracle import RATES, noise, tone

HOP_S = 128 / 48_000


def take(vector, name):
    return (
        vector[SEGMENT_SLICES[name]]
        if SEGMENT_SLICES[name].stop - SEGMENT_SLICES[name].start > 1
        else float(vector[SEGMENT_SLICES[name].start])
    )


def made_up(n=200, seed=3):
    """Feature rows that no sound has, but that every sum must follow."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(0, 1, (n, FEATURE_SIZE)).astype(np.float32)
    for name, low, high in (
        ("rms", -60, -10), ("loudness", -60, -10), ("peak", -50, 0), ("zero_crossings", 50, 9000),
        ("centroid", 100, 9000),
        ("spread", 100, 5000), ("rolloff", 100, 12000), ("f0", 50, 900),
    ):  # fmt: skip
        rows[:, SLICES[name]] = rng.uniform(low, high, (n, 1))
    rows[rng.random(n) < 0.4, SLICES["f0"]] = 0
    return rows


def midi(hz):
    return 69 + 12 * np.log2(np.maximum(hz, 20) / 440)


def test_the_table_covers_the_vector():
    places = [i for feature in SEGMENT_FEATURES for i in range(SEGMENT_SIZE)[SEGMENT_SLICES[feature.name]]]
    assert places == list(range(SEGMENT_SIZE))
    assert SEGMENT_SIZE == 120
    assert len(set(SEGMENT_NAMES)) == SEGMENT_SIZE
    assert SEGMENT_SCHEMA.startswith("segment-")


def test_means_and_deviations_are_weighted_by_amplitude():
    rows = made_up().astype(float)
    out = summarize(rows, 48_000, 128)
    w = 10 ** (rows[:, SLICES["rms"].start] / 20)

    def mean(x, weights=w):
        return np.average(x, axis=0, weights=weights)

    def std(x, weights=w):
        return np.sqrt(mean((x - mean(x, weights)) ** 2, weights))

    def column(name):
        return rows[:, SLICES[name]].squeeze()

    centroid = midi(column("centroid"))
    expected = {
        "loudness_mean": mean(column("loudness")),
        "loudness_std": std(column("loudness")),
        "rms_mean": mean(column("rms")),
        "rms_std": std(column("rms")),
        "zero_crossings_mean": mean(midi(column("zero_crossings") / 2)),
        "centroid_mean": mean(centroid),
        "centroid_std": std(centroid),
        "centroid_slope": np.polyfit(np.arange(200) * HOP_S, centroid, 1, w=np.sqrt(w))[0],
        "spread_mean": mean(midi(column("spread"))),
        "skewness_mean": mean(column("skewness")),
        "rolloff_mean": mean(midi(column("rolloff"))),
        "flatness_mean": mean(column("flatness")),
        "flatness_std": std(column("flatness")),
        "entropy_mean": mean(column("entropy")),
        "flux_mean": mean(column("flux")),
        "f0_confidence_mean": mean(column("f0_confidence")),
        "mel_mean": mean(column("mel")),
        "mfcc_mean": mean(column("mfcc")),
        "mfcc_std": std(column("mfcc")),
        "chroma_mean": mean(column("chroma")),
        "loudness_peak": column("loudness").max(),
        "flux_peak": column("flux").max(),
        "peak_level": column("peak").max(),
        "log_duration": np.log10(200 * HOP_S),
        "start_loudness": np.average(column("loudness")[:19], weights=w[:19]),
        "start_centroid": np.average(centroid[:19], weights=w[:19]),
        "start_mfcc": np.average(column("mfcc")[:19], axis=0, weights=w[:19]),
    }
    on = column("f0") > 0
    pitch = midi(column("f0")[on])
    expected["voiced"] = w[on].sum() / w.sum()
    expected["pitch_mean"] = mean(pitch, w[on])
    expected["pitch_std"] = std(pitch, w[on])
    for name, value in expected.items():
        np.testing.assert_allclose(take(out, name), value, rtol=2e-5, atol=2e-5, err_msg=name)
    shape = {"log_attack_time", "attack_slope", "temporal_centroid", "decay_slope"}
    assert set(expected) | shape == {feature.name for feature in SEGMENT_FEATURES}


def envelope_rows(peak_db):
    rows = made_up(len(peak_db))
    rows[:, SLICES["peak"].start] = peak_db
    return rows


def test_the_attack_of_a_known_envelope():
    # 4 frames under 10 %, a rise of 2 dB a frame to the peak at frame 14, then −1 dB a frame
    levels = np.concatenate([np.full(4, -60.0), -20 + 2.0 * np.arange(11), -1.0 * np.arange(1, 31)])
    out = summarize(envelope_rows(levels), 48_000, 128)
    # 90 % is −0.915 dB: the peak itself is the first frame above it
    assert take(out, "log_attack_time") == pytest.approx(np.log10(10 * HOP_S), abs=1e-5)
    # from −60 to 0 dB, counted as 40
    assert take(out, "attack_slope") == pytest.approx(40 / (11 * HOP_S * 1000), rel=1e-5)
    assert take(out, "decay_slope") == pytest.approx(-1 / HOP_S, rel=1e-5)
    amplitude = 10 ** (levels / 20)
    centre = (amplitude * np.arange(levels.size)).sum() / amplitude.sum() * HOP_S
    assert take(out, "temporal_centroid") == pytest.approx(centre, rel=1e-5)
    assert take(out, "peak_level") == 0


@pytest.mark.parametrize(
    ("before", "attack", "rise", "frames"),
    [
        ([-20.0, -10.0, -0.91], 2, 40, 3),  # a tenth of the peak has been reached, and nine tenths
        ([-20.01, -10.0, -0.91], 1, 19.1, 2),
        ([-20.0, -10.0, -0.92], 3, 40, 4),
        ([-70.0, -10.0, -0.91], 1, 40, 2),
    ],
)
def test_an_attack_goes_from_a_tenth_to_nine_tenths_of_the_peak(before, attack, rise, frames):
    out = summarize(envelope_rows([*before, 0.0, -1.0, -2.0]), 48_000, 128)
    assert take(out, "log_attack_time") == pytest.approx(np.log10(attack * HOP_S), abs=1e-5)
    assert take(out, "attack_slope") == pytest.approx(rise / (frames * HOP_S * 1000), rel=1e-5)


@pytest.mark.parametrize(
    ("levels", "slope"), [([0, -1], 0), ([0, -1, -2], -1), ([-9, 0, -2, -4], -2), ([0, -30, -60, -60.1], -30)]
)
def test_a_decay_takes_three_frames_within_60_db_of_the_peak(levels, slope):
    assert take(summarize(envelope_rows(levels), 48_000, 128), "decay_slope") == pytest.approx(slope / HOP_S, rel=1e-5)


@pytest.mark.parametrize(("frames", "told"), [(2, False), (3, True)])
def test_a_centroid_moves_over_three_frames_at_least(frames, told):
    rows = made_up(frames).astype(float)
    weights = np.sqrt(10 ** (rows[:, SLICES["rms"].start] / 20))
    slope = np.polyfit(np.arange(frames) * HOP_S, midi(rows[:, SLICES["centroid"].start]), 1, w=weights)[0]
    assert take(summarize(rows, 48_000, 128), "centroid_slope") == pytest.approx(slope if told else 0, rel=1e-4)


def test_a_click_attacks_in_the_shortest_time():
    out = summarize(envelope_rows([-3.0, -30.0, -40.0, -50.0]), 48_000, 128)
    assert take(out, "log_attack_time") == -3
    assert take(out, "attack_slope") == pytest.approx(40 / (HOP_S * 1000), rel=1e-5)


def test_decay_stops_counting_60_db_under_the_peak():
    levels = np.concatenate([-2.0 * np.arange(31), np.full(100, -100.0)])
    assert take(summarize(envelope_rows(levels), 48_000, 128), "decay_slope") == pytest.approx(-2 / HOP_S, rel=1e-5)


@pytest.mark.parametrize("rate", RATES)
def test_a_note_is_summed_up_alike_at_every_rate(rate):
    hop = 128 * round(rate / 48_000) if rate > 8_000 else 32
    frame = 1024 * round(rate / 48_000) if rate > 8_000 else 256
    n = np.arange(round(0.4 * rate)) / rate
    x = tone(330, rate, 0.4) * np.minimum(1, n / 0.03) * np.exp(-n / 0.15)
    out = summarize(Analyzer(rate, frame, hop).extract(x), rate, hop)
    assert take(out, "pitch_mean") == pytest.approx(midi(330), abs=0.05)
    assert take(out, "voiced") > 0.9
    assert take(out, "centroid_mean") == pytest.approx(midi(330), abs=4)
    assert 10 ** take(out, "log_attack_time") == pytest.approx(0.025, abs=0.006)
    assert take(out, "decay_slope") == pytest.approx(-20 / np.log(10) / 0.15, rel=0.05)
    assert take(out, "chroma_mean").argmax() == 4
    assert 10 ** take(out, "log_duration") == pytest.approx(0.4, abs=0.004)


def test_level_moves_the_levels_and_nothing_else():
    x = tone(440, 48_000, 0.2) + noise(9_600, level=0.05)
    loud, quiet = (summarize(Analyzer(48_000).extract(g * x), 48_000, 128) for g in (1.0, 0.5))
    step = 20 * np.log10(2)
    moved = {"loudness_mean", "loudness_peak", "rms_mean", "peak_level", "mel_mean", "start_loudness"}
    for feature in SEGMENT_FEATURES:
        if feature.name in {"mfcc_mean", "start_mfcc"}:
            difference = np.zeros(13)
            difference[0] = step * np.sqrt(40)
        elif feature.name in {"flux_mean", "flux_peak", "rms_std", "loudness_std", "mfcc_std"}:
            continue  # the floor at −100 dB is nearer
        else:
            difference = step if feature.name in moved else 0
        np.testing.assert_allclose(
            take(loud, feature.name) - take(quiet, feature.name), difference, atol=0.02, err_msg=feature.name
        )


def test_frames_after_the_end_do_not_count():
    rows = made_up(100)
    assert np.array_equal(summarize(rows, 48_000, 128, max_ms=80), summarize(rows[:30], 48_000, 128))
    segment = SegmentSummary(48_000, 128, max_ms=80)
    assert segment.max_frames == 30
    assert [run2(segment_add)(segment.address, rows[i].ctypes.data) for i in (0,) * 30 + (1,)] == [1] * 30 + [0]
    assert run1(segment_close)(segment.address) == 30


def test_reset_forgets_everything():
    rows = made_up(40)
    segment = SegmentSummary(48_000, 128)
    add = run2(segment_add)
    for row in made_up(50, seed=9):
        add(segment.address, row.ctypes.data)
    run1(segment_close)(segment.address)
    run1(segment_reset)(segment.address)
    for row in rows:
        add(segment.address, row.ctypes.data)
    assert run1(segment_close)(segment.address) == 40
    assert np.array_equal(segment.summary, summarize(rows, 48_000, 128))


def test_closing_early_and_going_on_is_allowed():
    rows = made_up(40)
    segment = SegmentSummary(48_000, 128)
    for i, row in enumerate(rows):
        run2(segment_add)(segment.address, row.ctypes.data)
        if i == 19:
            run1(segment_close)(segment.address)
            assert np.array_equal(segment.summary, summarize(rows[:20], 48_000, 128))
    run1(segment_close)(segment.address)
    assert np.array_equal(segment.summary, summarize(rows, 48_000, 128))


def test_a_copy_goes_on_by_itself():
    rows, more = made_up(40), made_up(30, seed=5)
    first, second = SegmentSummary(48_000, 128), SegmentSummary(48_000, 128)
    for row in made_up(60, seed=9):
        run2(segment_add)(second.address, row.ctypes.data)  # it is forgotten
    for row in rows:
        run2(segment_add)(first.address, row.ctypes.data)
    run2(segment_copy)(first.address, second.address)
    for row in more:
        run2(segment_add)(second.address, row.ctypes.data)
    assert (run1(segment_close)(first.address), run1(segment_close)(second.address)) == (40, 70)
    assert np.array_equal(first.summary, summarize(rows, 48_000, 128))
    assert np.array_equal(second.summary, summarize(np.concatenate([rows, more]), 48_000, 128))


CUTS = ([0, 0, 7, 30, 30, 5, 99, 12, 7], [1, 100, 20, 1, 18, 0, 1, 88, 20])


@pytest.mark.parametrize("kind", ["float32", "float16", "float64", "strided"])
def test_cuts_are_summed_up_as_each_alone_to_the_bit(kind):
    rows = made_up(100)
    given = np.repeat(rows, 2, axis=1)[:, ::2] if kind == "strided" else rows.astype(kind)
    out = summarize_cuts(given, *CUTS, 48_000, 128)
    assert (out.shape, out.dtype) == ((9, SEGMENT_SIZE), np.float32)
    for first, count, summary in zip(*CUTS, out, strict=True):
        assert np.array_equal(summary, summarize(given[first : first + count].astype("f4"), 48_000, 128))
    assert not out[5].any()  # no rows at all
    assert np.array_equal(out[2], out[8])


def test_cuts_end_where_a_segment_is_full():
    rows = made_up(100)
    out = summarize_cuts(rows, [0, 50], [100, 50], 48_000, 128, max_ms=80)
    assert np.array_equal(out, [summarize(rows[:30], 48_000, 128), summarize(rows[50:80], 48_000, 128)])


def test_no_cuts_are_none_and_one_may_be_a_number():
    rows = made_up(9)
    assert summarize_cuts(rows, [], [], 48_000, 128).shape == (0, SEGMENT_SIZE)
    assert np.array_equal(summarize_cuts(rows, 2, 4, 48_000, 128)[0], summarize(rows[2:6], 48_000, 128))
    assert summarize_cuts(rows[:0], [0], [0], 48_000, 128).tolist() == [[0] * SEGMENT_SIZE]


@pytest.mark.parametrize(
    ("first", "counts"), [([-1], [2]), ([9], [2]), ([0], [11]), ([0, 1], [2]), ([10], [1]), ([3], [-1])]
)
def test_cuts_outside_of_the_rows_are_refused(first, counts):
    with pytest.raises(LivehostError, match="within the 10 rows"):
        summarize_cuts(made_up(10), first, counts, 48_000, 128)


def test_no_frames_give_zeros_and_silence_is_finite():
    assert np.array_equal(summarize(np.zeros((0, FEATURE_SIZE)), 48_000, 128), np.zeros(SEGMENT_SIZE))
    for n in (1, 2, 3, 100):
        out = summarize(Analyzer(48_000).extract(np.zeros(128 * n)), 48_000, 128)
        assert np.isfinite(out).all()
        assert take(out, "voiced") == 0
        assert take(out, "pitch_mean") == 60


def test_what_does_not_fit_is_said():
    with pytest.raises(LivehostError, match=rf"rows of {FEATURE_SIZE} features, not shape \(3, 5\)"):
        summarize(np.zeros((3, 5)), 48_000, 128)
    for arguments in ((0, 128), (48_000, 0), (48_000, 128, -1), (float("nan"), 128)):
        with pytest.raises(LivehostError, match="above 0"):
            SegmentSummary(*arguments)
