"""Beat trackers of others, online: librosa's on growing prefixes, aubio's program."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile

_RATE, _HOP = 22_050, 512
#: How often librosa is asked, and from when on, s.
EVERY_S, FIRST_S = 1.0, 3.0
_TIMEOUT_S = 120


def librosa_beats(sound: np.ndarray, rate: int) -> np.ndarray:
    """Beats by `librosa.beat.beat_track` (Ellis, 2007), s.

    It is asked every `EVERY_S` of what was heard by then, and what it finds there goes on to the next time. The
    envelope is computed once, with the level of the whole: a little more than it could know.
    """
    import librosa

    low = librosa.resample(sound, orig_sr=rate, target_sr=_RATE)
    envelope = librosa.onset.onset_strength(y=low, sr=_RATE, hop_length=_HOP)
    told: list[float] = []
    for now in np.arange(FIRST_S, len(sound) / rate, EVERY_S):
        heard = envelope[: int(now * _RATE / _HOP)]
        _, beats = librosa.beat.beat_track(onset_envelope=heard, sr=_RATE, hop_length=_HOP, trim=False, units="time")
        if len(beats) < 3:
            continue
        period = float(np.median(np.diff(beats[-5:])))
        first = np.ceil((now - beats[-1]) / period)
        for beat in beats[-1] + period * np.arange(first, first + EVERY_S / period + 1):
            if now <= beat < now + EVERY_S and (not told or beat - told[-1] > 0.5 * period):
                told.append(float(beat))
    return np.array(told)


def aubio_beats(sound: np.ndarray, rate: int) -> np.ndarray | None:
    """Beats by the program aubiotrack (Davies, Brossier and Plumbley, 2005), s; None where it is not installed."""
    program = shutil.which("aubiotrack")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="livehost-beats-") as folder:
        path = Path(folder) / "sound.wav"
        soundfile.write(path, sound, rate, "PCM_16")
        done = subprocess.run(
            [program, "-i", str(path)], capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    return np.array([float(line.split()[0]) for line in done.stdout.splitlines() if line.strip()])
