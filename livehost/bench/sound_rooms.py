"""Rooms for a soundcheck: a musician at some level, noise, hum, and two loudspeakers that come back to the mic."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from livehost.soundcheck.capture import Capture
from livehost.soundcheck.signal import LONGEST_S, SWEEP_S, sweep
from livehost.synthesis.feedback_room import impulse_response
from livehost.synthesis.takes import KINDS, Sound, kick, make_take, place, snare

RATE = 48_000
#: Peak of the musician where the preamplifier adds nothing, dBFS; of the answers that come back in the show.
_LEVEL_DB, _ANSWERS_DB = -6.0, -12.0
#: From the stroke to its answer, s; lengths of the stretch without music and of the pauses, s.
_ANSWER_S, _QUIET_S, _PAUSE_S = 0.012, 3.0, 0.1
_TAIL_MS = 80.0


@dataclass(frozen=True)
class SoundRoom:
    """A stage.

    Attributes
    ----------
    kind : str
        What is played: one of `livehost.synthesis.takes.KINDS`.
    gain_db : float
        Of the preamplifier.
    noise_db : float
        RMS of the noise, dBFS.
    hum_db, hum_hz : float
        Of the mains; −inf for none.
    delays_ms, back_db : tuple of float
        Of what comes back from the left and the right loudspeaker.
    reverb : float
        Of the musician's sound, see `make_take`.
    seed : int
    """

    kind: str
    gain_db: float
    noise_db: float
    hum_db: float
    hum_hz: float
    delays_ms: tuple[float, float]
    back_db: tuple[float, float]
    reverb: float
    seed: int

    def noise(self, frames: int, part: int) -> NDArray[np.float64]:
        """Make its noise, white and pink, and hum; another stretch of it for each `part`."""
        rng = np.random.default_rng([self.seed, part])
        hz = np.fft.rfftfreq(frames, 1 / RATE)
        pink = np.fft.irfft(np.fft.rfft(rng.standard_normal(frames)) / np.sqrt(np.maximum(hz, 20) / 1000), frames)
        noise = pink / pink.std() + 0.5 * rng.standard_normal(frames)
        noise *= 10 ** (self.noise_db / 20) / noise.std()
        t = np.arange(frames) / RATE
        hum = sum(np.sin(2 * np.pi * self.hum_hz * k * t + k) / k for k in (1, 2, 3, 5))
        return noise + 10 ** (self.hum_db / 20) * hum / np.sqrt(np.mean(hum**2))

    def back(self, played: NDArray[np.float32]) -> NDArray[np.float64]:
        """Give what comes back of what is played, float32 [frames, 2]."""
        heard = np.zeros(len(played))
        for side, (delay_ms, gain_db) in enumerate(zip(self.delays_ms, self.back_db, strict=True)):
            response = impulse_response(RATE, delay_ms, gain_db, _TAIL_MS, self.seed + side)
            size = 1 << int(np.ceil(np.log2(len(played) + response.size)))
            heard += np.fft.irfft(np.fft.rfft(played[:, side], size) * np.fft.rfft(response, size), size)[: len(played)]
        return heard

    def music(self, seconds: float, part: int) -> tuple[Sound, NDArray[np.int64]]:
        """Give what the musician plays, at the microphone, and the frames of its onsets."""
        take, truth = make_take(1000 * part + self.seed, RATE, seconds, self.kind, _LEVEL_DB, None, self.reverb)
        return take * np.float32(10 ** (self.gain_db / 20)), truth

    def soundcheck(self, seconds: float) -> tuple[Capture, NDArray[np.int64]]:
        """Make what a soundcheck hears with so much music in it, and the onsets of that music."""
        music, truth = self.music(seconds, 1)
        signal, each = sweep(RATE), round((SWEEP_S + LONGEST_S + _PAUSE_S) * RATE)
        quiet = round(_QUIET_S * RATE)
        begins = quiet + 2 * each
        played = np.zeros((begins + music.size, 2), np.float32)
        for side in range(2):
            at = quiet + side * each + round(_PAUSE_S / 2 * RATE)
            played[at : at + signal.size, side] = signal
        heard = self.back(played) + self.noise(len(played), 1)
        heard[begins:] += music
        capture = Capture(
            np.clip(heard, -1, 1).astype(np.float32)[:, None], played, RATE, (0, quiet), (begins, len(played)),
            tuple((quiet + side * each, quiet + (side + 1) * each) for side in range(2)), "a room", {},
        )  # fmt: skip
        return capture, truth

    def show(self, seconds: float) -> tuple[Sound, NDArray[np.float32], NDArray[np.int64]]:
        """Make a show: what is heard, what livehost plays (an answer to each stroke), and the true onsets."""
        music, truth = self.music(seconds, 2)
        rng = np.random.default_rng([self.seed, 7])
        answers = [(kick, snare)[int(rng.integers(2))](rng, RATE) for _ in truth]
        frames = truth + round(_ANSWER_S * RATE)
        left = place(answers, frames, np.full(truth.size, 10 ** (_ANSWERS_DB / 20)), music.size)
        played = np.stack([left, left], axis=1)
        heard = music + self.back(played) + self.noise(music.size, 2)
        return np.clip(heard, -1, 1).astype(np.float32), played, truth


def sound_rooms(first: int, count: int) -> list[SoundRoom]:
    """Draw rooms: gain −30 … +6 dB, noise −70 … −30 dBFS, hum or none, ways of 5 … 60 ms; every kind in turn."""
    return [_draw(seed) for seed in range(first, first + count)]


def _draw(seed: int) -> SoundRoom:
    rng = np.random.default_rng([20, seed])
    near = rng.uniform(5.0, 55.0)
    loud = rng.uniform(-24.0, -8.0)
    return SoundRoom(
        kind=list(KINDS)[seed % len(KINDS)], gain_db=rng.uniform(-30.0, 6.0), noise_db=rng.uniform(-70.0, -30.0),
        hum_db=float(rng.uniform(-60.0, -34.0)) if rng.random() < 0.5 else -np.inf,
        hum_hz=float(rng.choice([50.0, 60.0])), delays_ms=(near, near + rng.uniform(0.2, 5.0)),
        back_db=(loud - 3.0, loud - 3.0 - rng.uniform(0.0, 4.0)), reverb=rng.uniform(0.0, 0.3), seed=seed,
    )  # fmt: skip
