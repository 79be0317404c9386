"""What is learnt from is cut exactly as the stage cuts what it hears."""

import json

import numpy as np
import pytest
import soundfile

from livehost.dsp.segment import SEGMENT_SIZE, SEGMENT_SLICES
from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage.stage import Stage
from livehost.studio.audio_data.bank_items import as_items
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
    levels = stream.features[:, SEGMENT_SLICES["rms_mean"].start]
    np.testing.assert_allclose(levels, [level for *_, level in heard], atol=1e-4)
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


def test_an_item_of_a_bank_does_not_know_what_rang_before():
    x = take([0.1, 0.3], 1.0)
    louder = x.copy()
    louder[: int(0.25 * RATE)] *= 0.5
    stream, other = segment(x), segment(louder)
    items, others = as_items(x, stream), as_items(louder, other)
    np.testing.assert_array_equal(items.onset, stream.onset)
    assert abs(int(stream.onset[1]) - int(other.onset[1])) <= 2
    # heard, the second segment carries the tail of the first; as an item it begins with itself
    heard, known = np.abs(stream.features[1] - other.features[1]), np.abs(items.features[1] - others.features[1])
    assert known.mean() < heard.mean()
