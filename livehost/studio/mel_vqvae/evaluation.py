"""``livehost evaluate mel-vqvae``: held-out sounds again beside k-means, use of codes, and what the prior makes."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from rich.console import Console

from livehost.inference.mel_units import to_units
from livehost.inference.mel_vqvae_sounds import CodeSounds
from livehost.studio.audio.evaluation.baselines import kmeans_again
from livehost.studio.audio.evaluation.command import SoundEvaluation, about, again_row, read_asked
from livehost.studio.audio.evaluation.made import compare_sets
from livehost.studio.mel_vqvae.sounds import open_sounds
from livehost.view.progress import progress_bar

#: Mels that are encoded at once.
_BESIDE = 64


def evaluate_vqvae(options: Mapping[str, Any], console: Console) -> SoundEvaluation:
    """Measure a model on held-out sounds; see `livehost evaluate mel-vqvae -h` for the options.

    Raises
    ------
    LivehostError
        Where nothing is held out, or the model cannot be opened.
    """
    sounds = open_sounds(options["model"])
    shape, contract = sounds.shape, sounds.contract
    material, asked = read_asked(options, contract, shape.frames * contract.frame_s, console)
    learnt = material.of("train")
    train, held = (to_units([clip.mel for clip in clips], contract, shape.frames) for clips in (learnt, asked))
    codes = np.concatenate([sounds.parts.encode(part) for part in _split(held)])
    again = np.maximum(np.concatenate([sounds.parts.decode(sounds.embed(part)) for part in _split(codes)]), 0)
    tile = (contract.bands // shape.rows, shape.frames_of_column)
    by_kmeans, kmeans_use = kmeans_again(train, held, shape.codes, tile)
    size = f"{shape.steps} of {shape.codes}"
    rows = [
        again_row(sounds.name, size, held, again, asked, contract),
        again_row("k-means of tiles", size, held, by_kmeans, asked, contract),
    ]
    rng = np.random.default_rng(0)
    with progress_bar(console, "Making sounds") as progress:
        sets, copies = compare_sets(
            asked, learnt, lambda: sounds.sample(options["count"], rng),
            lambda: random_codes(sounds, [clip.mel.shape[1] for clip in learnt], options["count"], rng),
            contract, options["iterations"], progress,
        )  # fmt: skip
    facts = {"use of the codebook": len(np.unique(codes)) / shape.codes, "use of k-means": kmeans_use}
    return SoundEvaluation(rows, sets, copies, facts, about(options, sounds.name, material, asked))


def random_codes(sounds: CodeSounds, lengths: list[int], count: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Make mels of codes by chance, as long as sounds are that were learnt from."""
    shape = sounds.shape
    columns = [min(-(-int(frames) // shape.frames_of_column), shape.columns) for frames in rng.choice(lengths, count)]
    return sounds.from_codes([rng.integers(0, shape.codes, (shape.rows, number)) for number in columns])


def _split(rows: np.ndarray) -> list[np.ndarray]:
    return np.array_split(rows, range(_BESIDE, len(rows), _BESIDE))
