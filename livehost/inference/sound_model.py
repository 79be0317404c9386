"""Models that make sounds: what all of them can do, and how an export of one is opened."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np

from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.inference.export import find_export, read_manifest
from livehost.inference.kinds import gansynth, kind_of, mel_vae, mel_vqvae

#: Kinds of exports that open as a `SoundModel`.
SOUND_KINDS = (mel_vae.NAME, mel_vqvae.NAME, gansynth.NAME)


class SoundModel(Protocol):
    """Makes sounds: mels, float32 [bands, frames] in dB, which end where their sounds do, or samples, float32 [n].

    The same chance gives the same sounds.

    Attributes
    ----------
    name : str
        Of the export.
    contract : MelContract
        Of the mels, and of the rate of the samples.
    plays : bool
        Whether it gives samples; mels wait for a vocoder.
    """

    name: str
    contract: MelContract
    plays: bool

    def sample(
        self,
        count: int,
        rng: np.random.Generator,
        temperature: float = 1.0,
        *,
        pitches: np.ndarray | None = None,
    ) -> list[np.ndarray]:
        """Draw sounds from the prior: like no sound in particular.

        Parameters
        ----------
        count : int
        rng : numpy.random.Generator
        temperature : float
            Of the draws.
        pitches : numpy.ndarray, optional
            Float [count], MIDI, for a model that plays notes; none: any.
        """
        ...

    def around(
        self,
        mels: list[np.ndarray],
        places: np.ndarray,
        rng: np.random.Generator,
        spread: float = 0.5,
        *,
        pitches: np.ndarray | None = None,
    ) -> list[np.ndarray]:
        """Draw a sound around each of some places.

        Parameters
        ----------
        mels : list of numpy.ndarray
            Sounds, float [bands, frames] in dB; longer ones than the model makes are cut.
        places : numpy.ndarray
            Float [n]: 2 is the third sound, 2.25 a quarter of the way from there to the fourth.
        rng : numpy.random.Generator
        spread : float
            How far from there: 0 is the model's own rendering of the place, 1 as far as its prior goes.
        pitches : numpy.ndarray, optional
            Float [sounds], MIDI, for a model that plays notes: the pitches of the sounds, if it is not to hear them
            itself.
        """
        ...


def neighbours(places: np.ndarray, count: int) -> Iterator[tuple[int, int, float]]:
    """Give for each place the sounds that it lies between, and its share of the second.

    Examples
    --------
    >>> list(neighbours(np.array([0, 1.25]), 3))
    [(0, 0, 0.0), (1, 2, 0.25)]
    """
    for place in places:
        first = min(int(place), count - 1)
        share = float(place) - first
        yield first, first + 1 if share > 0 else first, share


def open_sound_model(name_or_path: str | Path) -> tuple[SoundModel, Any]:
    """Open an export that makes sounds.

    Parameters
    ----------
    name_or_path : str or Path
        See `livehost.inference.export.find_export`.

    Returns
    -------
    model : SoundModel
    manifest : Manifest

    Raises
    ------
    LivehostError
        Where there is none, it cannot be run, or it makes no sounds.
    """
    manifest = read_manifest(find_export(name_or_path))
    if manifest.kind not in SOUND_KINDS:
        raise LivehostError(
            f"The export {manifest.name} is of kind {manifest.kind!r}, which makes no sounds: "
            f"{' or '.join(SOUND_KINDS)} does.", 2
        )  # fmt: skip
    return cast("SoundModel", kind_of(manifest.kind).open(manifest)), manifest
