"""Sounds by a mel VAE: at random, like one, or between two. No torch: an export is run by ONNX Runtime.

What runs the network is a `VAEParts`; an export is one, and so is a network in torch, see
`livehost.studio.mel_vae.sounds`.
"""

from typing import Protocol

import numpy as np

from livehost.dsp.mel_contract import MelContract
from livehost.inference.kinds.mel_vae import DECODER_FILE, ENCODER_FILE, MelVAEManifest
from livehost.inference.mel_units import from_units, to_units
from livehost.inference.onnx_graph import OnnxGraph
from livehost.inference.sound_model import neighbours


class VAEParts(Protocol):
    """Encoder and decoder of a mel VAE, and what they are made for."""

    name: str
    contract: MelContract
    frames: int
    latent: int

    def encode(self, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give mean and log variance [n, latent] of mels [n, bands, frames] in unit scale."""
        ...

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Give mels of codes."""
        ...


class VAEExport:
    """An export, run by ONNX Runtime; see `VAEParts`.

    Parameters
    ----------
    manifest : MelVAEManifest
    """

    def __init__(self, manifest: MelVAEManifest) -> None:
        self.name, self.contract = manifest.name, manifest.mel
        self.frames, self.latent = manifest.frames, manifest.latent
        mels, code = (None, manifest.mel.bands, manifest.frames), (None, manifest.latent)
        folder = manifest.folder
        self._encoder = OnnxGraph(folder / ENCODER_FILE, {"mels": mels}, {"mean": code, "log_variance": code})
        self._decoder = OnnxGraph(folder / DECODER_FILE, {"codes": code}, {"mels": mels})

    def encode(self, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """See `VAEParts`."""
        mean, log_variance = self._encoder(units)
        return mean, log_variance

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """See `VAEParts`."""
        mels: np.ndarray = self._decoder(codes)[0]
        return mels


class VAESounds:
    """Makes mels; all are float32 [bands, frames] in dB, and end where the sound does.

    Parameters
    ----------
    parts : VAEParts
    """

    plays = False

    def __init__(self, parts: VAEParts) -> None:
        self.parts, self.contract, self.name = parts, parts.contract, parts.name

    def sample(
        self,
        count: int,
        rng: np.random.Generator,
        temperature: float = 1.0,
        *,
        pitches: np.ndarray | None = None,  # noqa: ARG002
    ) -> list[np.ndarray]:
        """Draw sounds from the prior, a standard normal distribution (times the temperature)."""
        return self.decode(temperature * rng.standard_normal((count, self.parts.latent)))

    def like(
        self, mels: list[np.ndarray], count: int, rng: np.random.Generator, spread: float = 0.5
    ) -> list[np.ndarray]:
        """Draw sounds around given ones, in turn; see `around`."""
        return self.around(mels, np.arange(count) % len(mels), rng, spread)

    def between(
        self, mels: list[np.ndarray], count: int, rng: np.random.Generator, spread: float = 0.0
    ) -> list[np.ndarray]:
        """Go from each sound to the next in even steps; see `around`."""
        return self.around(mels, np.linspace(0, len(mels) - 1, count), rng, spread)

    def around(
        self,
        mels: list[np.ndarray],
        places: np.ndarray,
        rng: np.random.Generator,
        spread: float = 0.5,
        *,
        pitches: np.ndarray | None = None,  # noqa: ARG002
    ) -> list[np.ndarray]:
        """Draw a sound around each place, at `spread` times the distance of the prior; see `SoundModel.around`.

        Between two sounds it goes along the great circle (White 2016).
        """
        means = self.parts.encode(to_units(mels, self.contract, self.parts.frames))[0]
        chosen = np.stack([slerp(means[a], means[b], share) for a, b, share in neighbours(places, len(means))])
        # shrunk by as much as is added: what comes out is spread as the prior is, however large the spread
        kept = np.sqrt(max(1.0 - min(spread, 1.0) ** 2, 0.0))
        return self.decode(kept * chosen + spread * rng.standard_normal(chosen.shape))

    def again(self, mels: list[np.ndarray]) -> list[np.ndarray]:
        """Let sounds go through their codes; longer ones are cut, and none gets longer."""
        means = self.parts.encode(to_units(mels, self.contract, self.parts.frames))[0]
        units = self.parts.decode(means.astype(np.float32))
        return [from_units(unit, self.contract)[:, : mel.shape[1]] for unit, mel in zip(units, mels, strict=True)]

    def decode(self, codes: np.ndarray) -> list[np.ndarray]:
        """Give the sounds of codes, float [n, latent]."""
        units = self.parts.decode(codes.astype(np.float32))
        return [until_silence(from_units(unit, self.contract), self.contract) for unit in units]


def slerp(a: np.ndarray, b: np.ndarray, share: float) -> np.ndarray:
    """Go from one code to another along the great circle, and straight where they point the same way."""
    cosine = float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-9))
    angle = np.arccos(np.clip(cosine, -1, 1))
    if np.sin(angle) < 1e-3:
        return (1 - share) * a + share * b
    return (np.sin((1 - share) * angle) * a + np.sin(share * angle) * b) / np.sin(angle)


#: A sound is over where no band is this far above the floor.
_HEARD_DB = 15.0


def until_silence(mel_db: np.ndarray, contract: MelContract) -> np.ndarray:
    """Cut a mel behind the last frame in which something is to be heard; one frame at least is left."""
    heard = np.flatnonzero(mel_db.max(axis=0) > contract.floor_db + _HEARD_DB)
    return mel_db[:, : max(int(heard[-1]) + 1 if len(heard) else 1, 1)]
