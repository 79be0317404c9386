"""What an ear learns from: labels that are true, splits by drum, a cache that goes on."""

import errno
from dataclasses import replace

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.inference.kinds.strike import FRAMES, RATE
from livehost.studio.strike import sounds as module
from livehost.studio.strike.augment import Conditions, detected, speeds, windows
from livehost.studio.strike.sounds import BEFORE, BEHIND, RANGES, SHAPES, SPLITS, StrikeSounds, prepare_sounds
from tests.studio.strike.conftest import DRUMS, SEED, STROKES


def test_a_stroke_begins_where_it_is_said_to(sounds):
    assert sounds.sound.shape == (DRUMS * STROKES, BEFORE + FRAMES + BEHIND)
    assert not sounds.sound[:, :BEFORE].any()
    begins = (np.abs(sounds.sound) > 0).argmax(axis=1) - BEFORE
    assert ((begins >= 0) & (begins < 0.006 * RATE)).all()  # waves take their time to the pick-up
    assert np.median(begins) < 30
    np.testing.assert_allclose(np.abs(sounds.sound).max(axis=1), 1.0, atol=1e-3)


def test_labels_are_those_of_the_drum_that_sounds(sounds, monkeypatch):
    drawn = {}

    def hits(drum, strokes, seconds, rate, *, method, floor_db):
        drawn.update(drum=drum, strokes=strokes, method=method)
        return np.ones((len(strokes), round(seconds * rate)))

    monkeypatch.setattr(module, "hits", hits)
    for number in range(DRUMS):
        rows = module._render_drum(number, STROKES, SEED)
        mine = sounds.take(sounds.drum == number)
        drum = drawn["drum"]
        assert {SHAPES[k] for k in mine.shape} == {drum.shape.name}
        np.testing.assert_allclose(mine.size_m, drum.size_m * 100 / drum.skin.speed, rtol=1e-6)
        np.testing.assert_allclose(mine.position, [stroke.place.r for stroke in drawn["strokes"]], rtol=1e-6)
        assert (mine.modal == (drawn["method"] == "modal")).all()
        assert (rows.drum == number).all()


def test_the_method_does_not_tell_the_shape(monkeypatch):
    monkeypatch.setattr(module, "hits", lambda _d, strokes, s, r, **_: np.ones((len(strokes), round(s * r))))
    rows = [module._render_drum(number, 1, 0) for number in range(240)]
    shape, modal = (np.concatenate([getattr(row, name) for row in rows]) for name in ("shape", "modal"))
    for kind, name in enumerate(SHAPES):
        share = modal[shape == kind].mean()
        assert (shape == kind).sum() > 20
        assert (0.25 < share < 0.75) if name in ("circle", "rectangle", "triangle") else share == 0


def test_no_drum_is_on_two_sides(sounds):
    drums = [set(sounds.of(split).drum.tolist()) for split in SPLITS]
    assert set.union(*drums) == set(range(DRUMS))
    assert sum(map(len, drums)) == DRUMS
    assert [len(side) for side in drums] == [8, 1, 1]


def test_a_cache_goes_on_and_refuses_what_is_broken(cache, tmp_path, small_files, monkeypatch):
    write, left = module._render_file, [1]

    def killed(*arguments):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        write(*arguments)

    monkeypatch.setattr(module, "_render_file", killed)
    with pytest.raises(KeyboardInterrupt):
        prepare_sounds(tmp_path, DRUMS, STROKES, SEED, lambda *_: None, 1)
    assert len(list(tmp_path.iterdir())) == 1
    left[0] = 1
    told = []
    again = prepare_sounds(tmp_path, DRUMS, STROKES, SEED, lambda *n: told.append(n[:2]), 1)
    assert told == [(2, 2)]
    left[0] = 1
    whole = prepare_sounds(cache, DRUMS, STROKES, SEED, lambda *_: None, 1)
    for name in module._FIELDS:
        assert np.array_equal(getattr(again, name), getattr(whole, name)), name
    path = sorted(tmp_path.iterdir())[0]
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(LivehostError, match=r"\.npz is broken .*: remove it, and give the same command again\.$"):
        prepare_sounds(tmp_path, DRUMS, STROKES, SEED, lambda *_: None, 1)
    path.unlink()

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(LivehostError, match=r"^The sounds cannot be written to .*: No space left on device\.$"):
        prepare_sounds(tmp_path, DRUMS, STROKES, SEED, lambda *_: None, 1)
    assert not path.exists()


CLEAN = Conditions((-np.inf, -np.inf))


def test_a_window_begins_as_late_as_it_is_asked_to(sounds):
    late = np.resize([-200, 0, 37, 200], len(sounds))
    cut = windows(sounds, late, CLEAN, np.random.default_rng(0))
    for row, found in enumerate(cut):
        whole = sounds.sound[row].astype(np.float32)[BEFORE + late[row] :][:FRAMES]
        assert abs(np.corrcoef(found, whole)[0, 1]) > 0.9999
    assert not cut[late == -200, :190].any()
    assert (np.sign(cut[:, 300]) == np.sign(sounds.sound[:, BEFORE + 300])).any()
    levels = np.abs(cut).max(axis=1)
    assert levels.max() > 10 * levels.min()


def test_read_faster_a_drum_is_a_smaller_one():
    """Twice the frequency, and as it was where the speed is 1."""
    n = 4
    row = np.sin(2 * np.pi * 480.0 * (np.arange(BEFORE + FRAMES + BEHIND) - BEFORE) / RATE)
    of = np.full(n, 0.3, np.float32)
    tone = StrikeSounds(np.tile(row, (n, 1)).astype(np.float16), np.arange(n), of, np.zeros(n, int), of, of > 0)
    late = np.array([-50, 0, 20, 100])
    cut = windows(tone, late, CLEAN, np.random.default_rng(0), np.array([1.0, 1.0, 0.9, 1.1], np.float32))
    same = windows(tone, late, CLEAN, np.random.default_rng(0))
    assert np.array_equal(cut[:2], same[:2])
    for found, hertz in zip(cut[2:], (432.0, 528.0), strict=True):
        spectrum = np.abs(np.fft.rfft(found * np.hanning(FRAMES), 1 << 16))
        assert spectrum.argmax() * RATE / (1 << 16) == pytest.approx(hertz, abs=1.5)


def test_speeds_leave_sizes_in_their_range_and_windows_in_their_recording():
    rng, n = np.random.default_rng(0), 3000
    size = np.exp(rng.uniform(*np.log(RANGES.size_m), n)).astype(np.float32)
    late = rng.integers(-BEFORE, BEHIND + 1, n)
    row = np.zeros((n, 1), np.float16)
    faster = speeds(StrikeSounds(row, np.arange(n), size, late, size, size > 0), late, rng)
    made = size / faster
    inside = late < 200  # behind it there is too little sound to be read faster
    assert (made[inside] >= 0.15 * 0.9999).all()
    assert (made[inside] <= 0.6 * 1.0001).all()
    assert (np.clip(late, 0, None) + faster * (FRAMES - 1) + 1 <= FRAMES + BEHIND - 1 + 1e-3).all()
    assert np.std(np.log(faster)) > 0.05


def test_noise_is_as_loud_as_it_is_said_to_be(sounds):
    zero = np.zeros(len(sounds), np.int64)
    noisy = windows(sounds, zero - BEFORE, Conditions((-30.0, -30.0)), np.random.default_rng(1))
    blow = noisy[:, BEFORE:].astype(np.float64)
    noise = noisy[:, : BEFORE - 1].astype(np.float64)
    # the window of the level is longer than what is left of it here
    level = np.sqrt((sounds.sound[:, BEFORE : BEFORE + FRAMES].astype(float) ** 2).mean(axis=1))
    part = np.sqrt((sounds.sound[:, BEFORE : 2 * FRAMES - FRAMES].astype(float) ** 2).mean(axis=1))
    found = 20 * np.log10(np.sqrt((noise**2).mean(axis=1)) / np.sqrt((blow**2).mean(axis=1)) * part / level)
    assert abs(np.median(found) + 30.0) < 0.5


def test_a_room_comes_behind_the_stroke(sounds):
    zero = np.zeros(len(sounds), np.int64)
    dry, wet = (windows(sounds, zero, replace(CLEAN, room=share), np.random.default_rng(2)) for share in (0.0, 1.0))
    dry, wet = (cut / np.sqrt((cut[:, 250:400] ** 2).mean(axis=1, keepdims=True)) for cut in (dry, wet))
    alike = [abs(a @ b) / np.sqrt((a @ a) * (b @ b)) for a, b in zip(dry, wet, strict=True)]
    assert 0.5 < np.median(alike) < 0.999
    # nothing is nearer than a millisecond
    first = windows(sounds, zero, replace(CLEAN, room=1.0), np.random.default_rng(2))[:, :48]
    for made, cut in zip(sounds.sound[:, BEFORE : BEFORE + 48].astype(np.float32), first, strict=True):
        assert abs(made @ cut) == pytest.approx(np.sqrt((made @ made) * (cut @ cut)), rel=1e-3)


def test_the_stages_detector_finds_the_strokes(sounds):
    window, late = detected(sounds, Conditions((-30.0, -30.0)), np.random.default_rng(3))
    assert np.isfinite(late).mean() > 0.9
    assert np.abs(late[np.isfinite(late)]).max() <= 0.006 * RATE
    row = int(np.flatnonzero(np.isfinite(late))[0])
    whole = sounds.sound[row].astype(np.float32)[BEFORE + int(late[row]) :][:FRAMES]
    assert abs(np.corrcoef(window[row], whole)[0, 1]) > 0.99
    silent = replace(sounds, sound=np.zeros_like(sounds.sound)).take(np.arange(2))
    window, late = detected(silent, CLEAN, np.random.default_rng(3))
    assert np.isnan(late).all()
    assert not window.any()
