"""Small sounds and small MIDI files; no FluidSynth needed."""

import numpy as np
import pytest
import soundfile

from livehost.studio.audio_data.render import Tools, to_midi
from livehost.studio.audio_data.segments import RATE
from livehost.studio.audio_data.soundfonts import Soundfonts

FONTS = Soundfonts(("/fonts/FluidR3_GM.sf2", "/fonts/MuseScore_General.sf3"), ("/fonts/TimGM6mb.sf2",))


def take(onsets, seconds, rate=RATE, seed=0):
    """Decaying tones, each of a pitch of its own, at times in seconds."""
    rng = np.random.default_rng(seed)
    out = np.zeros(int(seconds * rate), np.float32)
    for at in onsets:
        t = np.arange(min(rate // 4, len(out) - int(at * rate))) / rate
        tone = 0.4 * np.exp(-24 * t) * np.hanning(2 * len(t))[len(t) :] * np.sin(2 * np.pi * rng.uniform(200, 3000) * t)
        out[int(at * rate) : int(at * rate) + len(t)] += tone.astype(np.float32)
    return out


def synth(parts, *, gain=0.4, room=False, rate=RATE, soundfont=""):
    """Stand in for FluidSynth: decaying sines, of a colour by program."""
    end = max((float((p.notes[:, 0] + p.notes[:, 1]).max()) for p in parts if len(p.notes)), default=0.0)
    out = np.zeros(int((end + 1) * rate), np.float32)
    for part in parts:
        for second, _, pitch, velocity in part.notes:
            t = np.arange(rate // 5) / rate
            hz = 440 * 2 ** ((pitch - 69) / 12)
            tone = np.sin(2 * np.pi * hz * t) + 0.02 * (part.program % 7) * np.sin(6 * np.pi * hz * t)
            start = int(second * rate)
            out[start : start + len(t)] += (gain * velocity / 400 * np.exp(-15 * t) * tone).astype(np.float32)
    return out


@pytest.fixture
def no_fluidsynth(monkeypatch):
    """Render by `synth` everywhere."""
    for module in ("kits", "instruments"):
        monkeypatch.setattr(f"livehost.studio.audio_data.{module}.render", synth)
    for module in ("prepare", "inventory", "instruments"):
        monkeypatch.setattr(f"livehost.studio.audio_data.{module}.tools", lambda: Tools("fluidsynth", FONTS))


def write_midi(path, parts):
    path.parent.mkdir(parents=True, exist_ok=True)
    to_midi(parts).save(path)


@pytest.fixture
def folder(tmp_path):
    """A folder of one source: two loops, and one-shots beside it in another."""
    (tmp_path / "loops").mkdir()
    for k in range(3):
        soundfile.write(tmp_path / "loops" / f"beat_{k}.wav", take(np.arange(0.2, 2.8, 0.2), 3.0, seed=k), RATE)
    (tmp_path / "shots").mkdir()
    for name in ("kick_1", "kick_2", "snare_1", "snare_2", "hat_1", "hat_2", "bell"):
        soundfile.write(tmp_path / "shots" / f"{name}.wav", take([0.01], 0.3, seed=len(name)), RATE)
    return tmp_path
