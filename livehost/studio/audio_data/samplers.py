"""Dry instruments for notes: plucked strings, struck bars and tuned drums of livehost's own synthesis."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from livehost.studio.audio_data.segments import RATE
from livehost.synthesis.demo_bank import BARS, DRUMS, STRINGS, midi_hz
from livehost.synthesis.membrane import hit
from livehost.synthesis.string import String, pluck
from livehost.synthesis.struck_bars import Bar, tap

#: Strings and bars beside those of the demo's bank.
_STRINGS = STRINGS | {
    "ukulele": String("ukulele", low_decay_s=1.6, high_decay_s=0.28, pick=0.2, pick_hz=4200.0, noise=0.3),
    "muted": String("guitar", low_decay_s=0.5, high_decay_s=0.07, pick=0.1, pick_hz=5200.0, noise=0.5),
}
_BARS = BARS | {
    "kalimba": Bar("clamped", (), decay_s=1.3, contact_ms=1.2, brightness_loss=1.4, knock=0.08),
    "xylophone": Bar("free", (1.0, 3.0, 6.1), decay_s=0.35, contact_ms=0.35, brightness_loss=0.6, knock=0.2),
}
_DRUMS = {name: DRUMS[name] for name in ("conga", "frame", "tom_high")}
#: Those that only valid and test play.
HELD_OUT = frozenset({"harp", "bell", "ukulele", "frame"})
NAMES = (*_STRINGS, *_BARS, *_DRUMS)
#: How long a sound rings, and how a note ends, in seconds.
_LONGEST_S, _RELEASE_S = 1.2, 0.05
#: Velocities that sounds are made for; between them only the level changes.
_LAYERS = (45, 80, 115)
#: Tuned drums play no higher.
_HIGHEST_DRUM = 60
_SPREAD = 0.25


def _varied(model: Any, rng: np.random.Generator, names: tuple[str, ...]) -> Any:
    """Return an instrument of the same kind with other decays, place or brightness."""
    return replace(model, **{name: getattr(model, name) * float(np.exp(rng.normal(0, _SPREAD))) for name in names})


def _sound_of(name: str, rng: np.random.Generator) -> Callable[[float, float, np.random.Generator], np.ndarray]:
    """Draw one instrument of a name: what gives the sound of a pitch at a velocity of 0 to 1."""
    if name in _STRINGS:
        string = _varied(_STRINGS[name], rng, ("low_decay_s", "high_decay_s", "pick_hz"))
        return lambda pitch, velocity, chance: pluck(
            string, midi_hz(pitch), _LONGEST_S, RATE, chance, velocity=velocity
        )
    if name in _BARS:
        bar = _varied(_BARS[name], rng, ("decay_s", "contact_ms", "knock"))
        return lambda pitch, velocity, chance: tap(bar, midi_hz(pitch), _LONGEST_S, RATE, chance, velocity=velocity)
    drum = _varied(_DRUMS[name], rng, ("loss", "contact_ms", "noise"))

    def struck(pitch: float, velocity: float, chance: np.random.Generator) -> np.ndarray:
        low = pitch - 12 * max(0, -(-(pitch - _HIGHEST_DRUM) // 12))
        tension = drum.tension * (midi_hz(low) / drum.fundamental_hz) ** 2
        return hit(replace(drum, tension=tension), _LONGEST_S, RATE, chance, velocity=velocity)

    return struck


@dataclass(frozen=True)
class Sampler:
    """One such instrument; the sound of each pitch and layer is made once.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    seed : int
        Of what this one has of its own.
    """

    name: str
    seed: int
    _made: dict[tuple[int, int], np.ndarray] = field(default_factory=dict, repr=False, compare=False)

    def _sound(self, pitch: int, layer: int) -> np.ndarray:
        if (pitch, layer) not in self._made:
            play = _sound_of(self.name, np.random.default_rng(self.seed))
            sound = play(pitch, _LAYERS[layer] / 127, np.random.default_rng([self.seed, pitch, layer]))
            peak = float(np.abs(sound).max(initial=1e-9))
            self._made[pitch, layer] = (sound * (0.5 / peak)).astype(np.float32)
        return self._made[pitch, layer]

    def play(self, notes: np.ndarray) -> np.ndarray:
        """Play notes [n, 4], see `render.Part`; float32 [frames], damped where a note ends."""
        end = float((notes[:, 0] + notes[:, 1]).max(initial=0.0)) + _LONGEST_S
        out = np.zeros(round(end * RATE), np.float32)
        fade = np.linspace(1, 0, round(_RELEASE_S * RATE), dtype=np.float32)
        for second, duration, pitch, velocity in notes:
            layer = int(np.argmin([abs(velocity - layer) for layer in _LAYERS]))
            sound = self._sound(int(pitch), layer)
            length = min(len(sound), round(duration * RATE) + len(fade))
            played = sound[:length] * np.float32((velocity / 127) ** 1.5)
            played[-len(fade) :] *= fade[-len(played) :]
            start = round(second * RATE)
            out[start : start + length] += played[: len(out) - start]
        return out


def draw_sampler(rng: np.random.Generator, *, learning: bool) -> Sampler:
    """Draw an instrument that train may play, or one that is held out."""
    names = [name for name in NAMES if (name in HELD_OUT) != learning]
    return Sampler(str(rng.choice(names)), int(rng.integers(1 << 31)))
