"""Notes by GANSynth: any pitch that it has learnt, any length. No torch: an export is run by ONNX Runtime.

What runs the networks is a `NoteParts`; an export is one, and so are networks in torch
(`livehost.studio.gansynth.sounds`).
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from livehost.dsp.mel_contract import MelContract
from livehost.dsp.note_spectrum import SpectrumContract, stretch, synthesise
from livehost.errors import LivehostError
from livehost.inference.kinds.gansynth import ENCODER_FILE, GENERATOR_FILE, GanSynthManifest, NoteShape
from livehost.inference.mel_units import to_units
from livehost.inference.mel_vae_sounds import slerp
from livehost.inference.onnx_graph import OnnxGraph
from livehost.inference.sound_model import neighbours

#: Notes that are made side by side.
BESIDE = 8
#: Shortest and longest note, s.
SHORTEST_S, LONGEST_S = 0.05, 60.0
#: Of a note: what is left as it is where the rest is stretched, its beginning, and its end, ms.
ATTACK_MS, FADE_IN_MS, RELEASE_MS = 180.0, 1.0, 60.0
#: Peak of a note, as of the sounds that models learn from, dBFS.
_PEAK_DB = -1.0
#: Longest note that is made after a sound, however long that is, s.
_LONGEST_AFTER_S = 6.0


class NoteParts(Protocol):
    """Generator and encoder of a GANSynth, and what they are made for."""

    name: str
    contract: MelContract
    spectrum: SpectrumContract
    shape: NoteShape

    def make(self, codes: np.ndarray, pitches: np.ndarray, noise: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give levels (unit scale) and turns [n, bins, frames]; see `livehost.studio.models.gansynth.Generator`."""
        ...

    def hear(self, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give codes [n, latent] and logits of pitches [n, classes] of mels [n, bands, mel_frames] in unit scale."""
        ...


class GanSynthExport:
    """An export, run by ONNX Runtime; see `NoteParts`.

    Parameters
    ----------
    manifest : GanSynthManifest

    Raises
    ------
    LivehostError
        Where it cannot be run, or has other tensors.
    """

    def __init__(self, manifest: GanSynthManifest) -> None:
        self.name, self.contract, self.spectrum = manifest.name, manifest.mel, manifest.spectrum
        self.shape = s = manifest.shape
        note, code = (None, manifest.spectrum.bins, manifest.spectrum.frames), (None, s.latent)
        self._generator = OnnxGraph(
            manifest.folder / GENERATOR_FILE, {"codes": code, "pitches": (None,), "noise": note},
            {"levels": note, "turns": note},
        )  # fmt: skip
        self._encoder = OnnxGraph(
            manifest.folder / ENCODER_FILE, {"mels": (None, manifest.mel.bands, s.mel_frames)},
            {"codes": code, "pitches": (None, s.highest - s.lowest + 1)},
        )  # fmt: skip

    def make(self, codes: np.ndarray, pitches: np.ndarray, noise: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """See `NoteParts`."""
        levels, turns = self._generator(codes, pitches, noise)
        return levels, turns

    def hear(self, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """See `NoteParts`."""
        codes, pitches = self._encoder(units)
        return codes, pitches


class NoteSounds:
    """Plays notes; a model of sounds (`livehost.inference.sound_model.SoundModel`), too.

    Parameters
    ----------
    parts : NoteParts
    """

    plays = True

    def __init__(self, parts: NoteParts) -> None:
        self.parts, self.contract, self.name, self.shape = parts, parts.contract, parts.name, parts.shape
        self.spectrum = parts.spectrum

    def timbres(self, count: int, rng: np.random.Generator, temperature: float = 1.0) -> np.ndarray:
        """Draw timbres from the prior, a standard normal distribution (times the temperature): [count, latent]."""
        drawn = temperature * rng.standard_normal((count, self.shape.latent))
        return drawn.astype(np.float32)

    def hear(self, mels: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Give timbres [n, latent] and MIDI pitches [n] of sounds, mels [bands, frames] in dB; longer ones are cut."""
        codes, logits = self.parts.hear(to_units(list(mels), self.contract, self.shape.mel_frames))
        return codes, self.shape.lowest + logits.argmax(axis=1)

    def play(
        self,
        timbres: np.ndarray,
        pitches: Sequence[float] | np.ndarray,
        rng: np.random.Generator,
        seconds: float | np.ndarray | None = None,
    ) -> list[np.ndarray]:
        """Play notes.

        Parameters
        ----------
        timbres : numpy.ndarray
            Float [n, latent].
        pitches : sequence of float
            [n], MIDI.
        rng : numpy.random.Generator
            Noise and first phases.
        seconds : float, or numpy.ndarray of float [n], optional
            How long; None: as long as what the model has learnt. Longer notes keep their attack, and the rest is
            stretched, shorter ones are cut; all fade out in `RELEASE_MS` at most.

        Returns
        -------
        list of numpy.ndarray
            Float32 [n], mono, at the rate of `contract`, all of the same peak.

        Raises
        ------
        LivehostError
            For a pitch that it has not learnt, a length that no note has, and where it gives no sound.
        """
        pitches = np.asarray(pitches, np.float32)
        lengths = np.broadcast_to(self.spectrum.seconds if seconds is None else np.asarray(seconds), pitches.shape)
        for pitch in pitches:
            if not self.shape.lowest <= pitch <= self.shape.highest:
                raise LivehostError(
                    f"{self.name} plays the MIDI pitches {self.shape.lowest} to {self.shape.highest}, not {pitch:g}.", 2
                )
        for length in lengths:
            if not SHORTEST_S <= length <= LONGEST_S:
                raise LivehostError(f"A note lasts {SHORTEST_S:g} to {LONGEST_S:g} s, not {length:g}.", 2)
        sounds: list[np.ndarray] = []
        for begin in range(0, len(pitches), BESIDE):
            rows = slice(begin, begin + BESIDE)
            noise = rng.standard_normal((len(pitches[rows]), self.spectrum.bins, self.spectrum.frames), np.float32)
            made = self.parts.make(np.asarray(timbres[rows], np.float32), pitches[rows], noise)
            if not all(np.isfinite(part).all() for part in made):
                raise LivehostError(f"{self.name} gives numbers that are not finite.")
            sounds += [self._sound(*row, rng) for row in zip(*made, lengths[rows], strict=True)]
        return sounds

    def sample(
        self, count: int, rng: np.random.Generator, temperature: float = 1.0, *, pitches: np.ndarray | None = None
    ) -> list[np.ndarray]:
        """Draw notes of any timbre; see `SoundModel.sample`."""
        if pitches is None:
            pitches = rng.integers(self.shape.lowest, self.shape.highest + 1, count)
        return self.play(self.timbres(count, rng, temperature), self.reachable(pitches), rng)

    def around(
        self,
        mels: list[np.ndarray],
        places: np.ndarray,
        rng: np.random.Generator,
        spread: float = 0.5,
        *,
        pitches: np.ndarray | None = None,
    ) -> list[np.ndarray]:
        """Draw a note around each place, about as long as the sounds there; see `SoundModel.around`.

        Its timbre is as far from there as the spread says, and its pitch is that of the place.
        """
        codes, heard = self.hear(mels)
        between = list(neighbours(places, len(mels)))
        timbres = np.stack([slerp(codes[a], codes[b], share) for a, b, share in between])
        known = self.reachable(heard if pitches is None else pitches)
        asked, frames = (
            np.array([(1 - share) * of[a] + share * of[b] for a, b, share in between])
            for of in (known, [mel.shape[1] for mel in mels])
        )
        seconds = np.clip(frames * self.contract.frame_s, 2 * SHORTEST_S, _LONGEST_AFTER_S)
        return self.play(self.near(timbres, rng, spread), asked, rng, seconds)

    def near(self, timbres: np.ndarray, rng: np.random.Generator, spread: float) -> np.ndarray:
        """Draw a timbre near each of some [n, latent], spread as the prior is: 0 is that one, 1 any."""
        kept = np.sqrt(max(1.0 - min(spread, 1.0) ** 2, 0.0))
        drawn = kept * timbres + spread * rng.standard_normal(timbres.shape)
        return drawn.astype(np.float32)

    def reachable(self, pitches: np.ndarray) -> np.ndarray:
        """Move MIDI pitches by octaves, and by less where there is no other way, to where the model plays."""
        low, high = self.shape.lowest, self.shape.highest
        pitches = np.asarray(pitches, float)
        up, down = np.maximum(low - pitches, 0), np.maximum(pitches - high, 0)
        moved: np.ndarray = (pitches + 12 * np.ceil(up / 12) - 12 * np.ceil(down / 12)).clip(low, high)
        return moved

    def _sound(self, levels: np.ndarray, turns: np.ndarray, seconds: float, rng: np.random.Generator) -> np.ndarray:
        """Make the sound of a note."""
        s, samples = self.spectrum, round(float(seconds) * self.spectrum.rate)
        frames, attack = -(-samples // s.hop_samples), round(ATTACK_MS * s.rate / 1000 / s.hop_samples)
        level, turn = (stretch(part, frames, attack) for part in (s.from_unit(levels), turns))
        sound = synthesise(level, turn, s, rng)[:samples]
        _fade(sound, FADE_IN_MS, s.rate)
        _fade(sound[::-1], min(RELEASE_MS, 1000 * float(seconds) / 2), s.rate)
        peak = float(np.abs(sound).max(initial=0.0))
        return sound * np.float32(10 ** (_PEAK_DB / 20) / peak) if peak else sound


def _fade(sound: np.ndarray, ms: float, rate: int) -> None:
    """Let a sound rise from nothing in a raised cosine, in place."""
    count = min(round(ms * rate / 1000), len(sound))
    sound[:count] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(count, dtype=np.float32) / max(count, 1))
