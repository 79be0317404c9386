"""What is learnt from is cut exactly as the stage cuts what it hears."""

import json

import numpy as np
import pytest
import soundfile

from livehost.dsp.features import Analyzer
from livehost.dsp.segment import SEGMENT_SIZE, summarize_cuts
from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage.stage import Stage
from livehost.studio.audio_data.segments import segment
from tests.conftest import RATE, burst, clicks
from tests.studio.audio_data.conftest import take

# near one another, on hops and between them, far apart, and long
ONSETS = [4800, 7300, 9728, 12_345, 20_000, 28_800, 60_000, 64_000]


def test_the_stage_and_the_studio_cut_alike(tmp_path, bank_dir):
    sound = clicks(ONSETS, 120_000)
    t = np.arange(50_000)
    sound[64_000:114_000] += (0.3 * np.sin(0.05 * t) * np.hanning(100_000)[50_000:]).astype("f4")
    soundfile.write(tmp_path / "take.wav", sound, RATE, "FLOAT")
    values = Settings()
    values.update(
        {"audio.driver": "offline", "bank.dir": str(bank_dir), "audio.input": str(tmp_path / "take.wav"),
         "log.events": str(tmp_path / "e.jsonl"), "audio.rate": RATE},
        "flag",
    )  # fmt: skip
    stage = Stage(values, lambda _: None)
    stage.start()
    while not stage.finished():
        pass
    stage.close()
    events = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text().splitlines()]
    heard = [(e["onset_frame"], e["frames"], e["level_db"]) for e in events if e["kind"] == "segment"]
    stream = segment(sound)
    frames = np.round(stream.seconds * RATE).astype(int)
    assert [(onset, length) for onset, length, _ in heard] == list(
        zip(stream.onset.tolist(), frames.tolist(), strict=True)
    )
    assert len(heard) >= len(ONSETS)
    # energy over what was listened to of the first 100 ms
    listened = np.minimum(np.maximum(frames // 128, 1), np.ceil(0.1 * RATE / 128)).astype(int) * 128
    padded = np.pad(sound, (0, RATE)).astype(np.float64)
    powers = [np.square(padded[at : at + n]).mean() for at, n in zip(stream.onset, listened, strict=True)]
    np.testing.assert_allclose(10 * np.log10(np.array(powers) + 1e-12), [level for *_, level in heard], atol=0.01)
    # closed by the next onset, by quiet, and by the longest time
    assert frames.min() < 0.1 * RATE
    assert frames.max() >= 0.5 * RATE


def test_shapes_and_stereo_as_the_mean():
    x = take([0.1, 0.4, 0.7], 1.0)
    stream = segment(x)
    assert stream.features.shape == (3, SEGMENT_SIZE)
    assert stream.features.dtype == np.float32
    assert stream.onset.dtype == np.int64
    assert stream.seconds.dtype == np.float32
    stereo = segment(np.stack([2 * x, np.zeros_like(x)], axis=1))
    np.testing.assert_array_equal(stereo.onset, stream.onset)
    np.testing.assert_array_equal(stereo.features, stream.features)


def test_the_last_segment_closes_although_the_sound_ends():
    assert len(segment(burst(440, 0.4))) == 1


def test_silence_has_no_segments():
    assert len(segment(np.zeros(RATE, np.float32))) == 0
    assert len(segment(np.zeros(0, np.float32))) == 0


def test_settings_are_the_stages():
    ringing = np.concatenate([np.zeros(RATE // 10, "f4"), burst(440, 1.0, level=0.9) + 0.01])
    assert segment(ringing, segment_ms=100.0).seconds[0] == pytest.approx(0.1, abs=0.005)
    with pytest.raises(LivehostError, match="no setting “gain”"):
        segment(ringing, gain=1.0)
    with pytest.raises(LivehostError, match="shape"):
        segment(np.zeros((2, 3, 4)))


def test_rows_are_those_of_the_segment_from_its_onset_on():
    sound = clicks(ONSETS, 120_000)
    stream = segment(sound)
    counts = np.diff(stream.first)
    assert stream.rows.dtype == np.float16
    assert counts.min() >= 1
    hops = np.round(stream.seconds * RATE).astype(int) // 128
    assert (counts <= np.maximum(hops, 1)).all()
    assert (counts >= hops - 1).all()
    analyzer = Analyzer(RATE, 1024, 128)
    for k, onset in enumerate(stream.onset):
        rows = analyzer.extract(sound[onset : onset + counts[k] * 128])
        np.testing.assert_array_equal(stream.rows[stream.first[k] : stream.first[k + 1]], rows.astype(np.float16))
    whole = summarize_cuts(stream.rows, stream.first[:-1], counts, RATE, 128)
    spread = stream.features.std(axis=0) + 0.05
    assert np.median(np.abs(whole - stream.features) / spread) < 0.05
