import numpy as np
import pytest

from livehost.dsp.features import SLICES, Analyzer
from livehost.studio.audio_data import instruments, samplers
from livehost.studio.audio_data.instruments import (
    FAMILIES,
    HELD_OUT_PROGRAMS,
    SUSTAINED,
    Program,
    Voice,
    draw_instrument,
    draw_program,
    perform,
)
from livehost.studio.audio_data.loops import _INSTRUMENTS
from livehost.studio.audio_data.samplers import HELD_OUT, NAMES, Sampler, draw_sampler
from livehost.studio.audio_data.segments import RATE
from tests.studio.audio_data.conftest import FONTS, synth


def notes(*rows):
    return np.array(rows, np.float64).reshape(-1, 4)


def test_what_is_held_out_never_plays_in_train(no_fluidsynth):
    rng = np.random.default_rng(0)
    for learning in (True, False):
        drawn = [draw_instrument(rng, learning=learning, sustained=True) for _ in range(600)]
        programs = {i.program for _, i in drawn if isinstance(i, Program)}
        fonts = {i.soundfont for _, i in drawn if isinstance(i, Program)}
        made = {i.name for _, i in drawn if isinstance(i, Sampler)}
        assert made <= set(NAMES)
        if learning:
            assert programs.isdisjoint(HELD_OUT_PROGRAMS)
            assert fonts == set(FONTS.train)
            assert made.isdisjoint(HELD_OUT)
        else:
            assert programs & HELD_OUT_PROGRAMS
            assert fonts == set(FONTS.held_out)
            assert made == HELD_OUT
    # every group of programs has some that train may play
    for programs in (*FAMILIES.values(), *SUSTAINED.values(), *_INSTRUMENTS.values()):
        assert set(programs) - HELD_OUT_PROGRAMS
        assert draw_program(rng, programs, learning=True).program not in HELD_OUT_PROGRAMS


def test_families_left_out_are_not_drawn(no_fluidsynth):
    rng = np.random.default_rng(0)
    without = ["piano", "guitar", "marimba"]
    assert {draw_instrument(rng, learning=True, without=without)[0] for _ in range(300)}.isdisjoint(without)


@pytest.mark.parametrize("name", NAMES)
def test_a_sampler_plays_in_its_place_and_stops(name):
    played = notes((0.25, 0.1, 57, 100), (1.0, 0.1, 57, 50))
    sound = Sampler(name, 3).play(played)
    assert sound.dtype == np.float32
    assert np.isfinite(sound).all()
    assert not sound[: int(0.25 * RATE)].any()
    first, second = (np.abs(sound[int(t * RATE) : int((t + 0.1) * RATE)]).max() for t in (0.25, 1.0))
    assert first > 2 * second > 0
    assert not sound[int(0.45 * RATE) : int(1.0 * RATE)].any()  # damped
    np.testing.assert_array_equal(Sampler(name, 3).play(played), sound)
    assert not np.array_equal(Sampler(name, 4).play(played), sound)


@pytest.mark.parametrize("name", ["guitar", "marimba", "kalimba"])
def test_a_sampler_is_in_tune(name):
    sound = Sampler(name, 3).play(notes((0.0, 1.0, 69, 100)))
    f0 = Analyzer(RATE, 1024, 128).extract(sound[: RATE // 2])[20:60, SLICES["f0"]]
    assert np.median(f0) == pytest.approx(440, rel=0.03)


def test_drawn_samplers_are_of_their_side():
    rng = np.random.default_rng(0)
    assert {draw_sampler(rng, learning=True).name for _ in range(200)} == set(samplers.NAMES) - HELD_OUT


def test_voices_of_one_soundfont_are_played_in_one_run(monkeypatch):
    runs = []

    def render(parts, **how):
        runs.append(([p.program for p in parts], how["soundfont"], how["room"]))
        return synth(parts)

    monkeypatch.setattr(instruments, "render", render)
    line = notes((0.1, 0.2, 60, 80))
    sampler = Sampler("guitar", 1)
    voices = [Voice(line, Program(0, "a")), Voice(line, Program(5, "a"), -6.0), Voice(line, Program(0, "b"))]
    sound = perform([*voices, Voice(line, sampler, -20.0), Voice(line[:0], Program(1, "c"))], room=True)
    assert runs == [([0, 5], "a", True), ([0], "b", True)]
    alone = perform([Voice(line, sampler, -20.0)])
    np.testing.assert_allclose(alone, 0.1 * sampler.play(line), rtol=1e-6)
    assert len(sound) >= len(alone)
    assert len(perform([])) == 0
