"""Sets of sounds that are compared with real ones: what a model makes, and what stands beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from livehost.dsp.mel_contract import MelContract
from livehost.studio.audio.cache import Clip
from livehost.studio.audio.evaluation.distances import Copies, find_copies, frechet_distance
from livehost.studio.audio.evaluation.feature_space import FeatureSpace, features_of
from livehost.studio.audio.voice import GriffinLim

#: Sounds that were learnt from and are compared with, at most.
LEARNT = 1000
#: Names of the sets in tables.
LEARNT_SET, AGAIN_SET, MADE_SET, RANDOM_SET, NOISE_SET = (
    "sounds learnt from", "held out, by Griffin-Lim", "made by the prior", "of random codes", "of shuffled noise",
)  # fmt: skip


@dataclass(frozen=True)
class SetRow:
    """How far a set of sounds is from those that are held out.

    Attributes
    ----------
    name : str
    distance : float
        Fréchet distance.
    count : int
        Sounds of the set.
    """

    name: str
    distance: float
    count: int


def compare_sets(
    asked: Sequence[Clip],
    learnt: Sequence[Clip],
    made: Callable[[], Sequence[np.ndarray]],
    by_random: Callable[[], Sequence[np.ndarray]],
    contract: MelContract,
    iterations: int,
    progress: Callable[[int, int, str], None],
) -> tuple[list[SetRow], Copies]:
    """Compare what a model makes with held-out sounds.

    Parameters
    ----------
    asked, learnt : sequence of Clip
        Held out, and learnt from.
    made, by_random : callable
        Give mels in dB: of the prior, and of random codes.
    contract : MelContract
    iterations : int
        Of Griffin-Lim, by which all mels become sounds.
    progress : callable
        Gets (done, total, name).
    """
    rng = np.random.default_rng(0)
    chosen = [learnt[k] for k in np.sort(rng.permutation(len(learnt))[:LEARNT])]
    again = [asked[k].mel.astype(np.float32) for k in np.sort(rng.permutation(len(asked))[: 2 * LEARNT])]
    work: list[tuple[str, Callable[[], Sequence[np.ndarray]]]] = [
        (AGAIN_SET, lambda: again), (MADE_SET, made), (RANDOM_SET, by_random),
        (NOISE_SET, lambda: [shuffled(mel, rng) for mel in again]),
    ]  # fmt: skip
    voice = GriffinLim(contract, iterations)
    progress(0, len(work) + 1, LEARNT_SET)
    real, held = (features_of([clip.audio() for clip in clips], contract.rate) for clips in (chosen, asked))
    space = FeatureSpace(real)
    places, truth = {LEARNT_SET: space(real)}, space(held)
    for number, (name, make) in enumerate(work, 1):
        progress(number, len(work) + 1, name)
        sounds = [voice.sound(mel, seed) for seed, mel in enumerate(make())]
        places[name] = space(features_of(sounds, contract.rate))
    rows = [SetRow(name, frechet_distance(rows, truth), len(rows)) for name, rows in places.items()]
    return rows, find_copies(places[MADE_SET], places[LEARNT_SET], truth)


def shuffled(mel: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Put everything in a mel elsewhere in it."""
    return rng.permutation(mel.reshape(-1)).reshape(mel.shape)
