"""``livehost evaluate mel-vae``: held-out sounds again beside principal components, and what the prior makes."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from rich.console import Console

from livehost.inference.mel_units import to_units
from livehost.studio.audio.evaluation.baselines import pca_again
from livehost.studio.audio.evaluation.command import SoundEvaluation, about, again_row, read_asked
from livehost.studio.audio.evaluation.made import compare_sets
from livehost.studio.mel_vae.sounds import open_sounds
from livehost.view.progress import progress_bar

#: Mels that are encoded at once.
_BESIDE = 64


def evaluate_vae(options: Mapping[str, Any], console: Console) -> SoundEvaluation:
    """Measure a model on held-out sounds; see `livehost evaluate mel-vae -h` for the options.

    Raises
    ------
    LivehostError
        Where nothing is held out, or the model cannot be opened.
    """
    sounds = open_sounds(options["model"])
    parts, contract = sounds.parts, sounds.contract
    material, asked = read_asked(options, contract, parts.frames * contract.frame_s, console)
    learnt = material.of("train")
    train, held = (to_units([clip.mel for clip in clips], contract, parts.frames) for clips in (learnt, asked))
    codes, told = _encode(parts, train), _encode(parts, held)
    again = np.maximum(np.concatenate([parts.decode(part) for part in _split(told)]), 0)
    size = f"{parts.latent} numbers"
    rows = [
        again_row(sounds.name, size, held, again, asked, contract),
        again_row("principal components", size, held, pca_again(train, held, parts.latent), asked, contract),
    ]
    rng = np.random.default_rng(0)
    low, high = codes.min(axis=0), codes.max(axis=0)
    with progress_bar(console, "Making sounds") as progress:
        sets, copies = compare_sets(
            asked, learnt, lambda: sounds.sample(options["count"], rng),
            lambda: sounds.decode(rng.uniform(low, high, (options["count"], parts.latent))),
            contract, options["iterations"], progress,
        )  # fmt: skip
    facts = {"deviation of the codes, 1 as of the prior": float(codes.std())}
    return SoundEvaluation(rows, sets, copies, facts, about(options, sounds.name, material, asked))


def _encode(parts: Any, units: np.ndarray) -> np.ndarray:
    return np.concatenate([parts.encode(part)[0] for part in _split(units)])


def _split(rows: np.ndarray) -> list[np.ndarray]:
    return np.array_split(rows, range(_BESIDE, len(rows), _BESIDE))
