"""What `livehost generate` of all families of sounds has in common: mels are made, then written as sounds."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from livehost.dsp.mel_contract import MelContract
from livehost.studio.audio.files import read_mel, write_sounds
from livehost.studio.audio.voice import voice_of
from livehost.view.progress import progress_bar


def read_likes(options: Mapping[str, Any], contract: MelContract) -> list[np.ndarray]:
    """Read the sounds of `--like`."""
    return [read_mel(Path(path), contract) for path in options["like"] or []]


def make_and_write(
    make: Callable[[np.random.Generator], list[np.ndarray]],
    name: str,
    contract: MelContract,
    options: Mapping[str, Any],
    console: Console,
) -> list[Path]:
    """Make mels, write them as sounds, and say so.

    Parameters
    ----------
    make : callable
        Chance → mels [bands, frames] in dB.
    name : str
        Of the model.
    contract : MelContract
    options : mapping
        `out`, `seed`, `iterations` and `vocoder`.
    console : rich.console.Console

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    LivehostError
        Where it cannot be.
    """
    voice = voice_of(name, contract, options["vocoder"], options["iterations"])
    mels = make(np.random.default_rng(options["seed"]))
    with progress_bar(console, "Sounding") as progress:
        paths = write_sounds(mels, contract, Path(options["out"]), voice.sound, options["seed"], progress)
    seconds = sum(mel.shape[1] for mel in mels) * contract.frame_s
    where = paths[0] if len(paths) == 1 else f"{len(paths)} sounds into {paths[0].parent}"
    console.print(
        f"Wrote {where}: {seconds:.1f} s, by {name} and {voice.name}.", markup=False, highlight=False, soft_wrap=True
    )
    return paths
