"""At temperature 0: the same choices under inaudible noise, other choices where other sounds are played."""

from collections.abc import Iterator

import numpy as np

from livehost.dsp.onset.detector import detect
from livehost.studio.stage_evaluation.answers import Answers, answers_of
from livehost.studio.stage_evaluation.figures import Figure, share
from livehost.studio.stage_evaluation.material import FLOOR_DB, with_noise
from livehost.studio.stage_evaluation.session import RATE
from livehost.studio.stage_evaluation.setup import Setup
from livehost.synthesis.takes import KINDS, place

NOISE_DB = -60.0
SAME_UNDER_NOISE, SAME_OF_OTHERS = 70.0, 20.0
_WINDOW_S = 0.05


def other_sounds(sound: np.ndarray, frames: np.ndarray, seed: int = 0) -> np.ndarray:
    """Play other sounds, drawn at random, at the same onsets and about as loud, float32 [frames]."""
    random, size = np.random.default_rng(seed), int(_WINDOW_S * RATE)
    makers = KINDS["mixed"][0]
    made = [makers[random.integers(len(makers))](random, RATE) for _ in frames]
    gains = [min(2.0 * float(np.sqrt(np.mean(np.square(sound[f : f + size])))), 0.9) for f in frames]
    return with_noise(place(made, frames, gains, len(sound)), FLOOR_DB, seed)


def same_share(first: Answers, second: Answers) -> tuple[int, int]:
    """Count the strokes that both answered with the same item, and those that both answered."""
    theirs = dict(zip(second.stroke.tolist(), second.item.tolist(), strict=True))
    both = [(item, theirs[stroke]) for stroke, item in zip(first.stroke.tolist(), first.item.tolist(), strict=True)
            if stroke in theirs]  # fmt: skip
    return sum(a == b for a, b in both), len(both)


def choices(setup: Setup) -> Iterator[Figure]:
    """Share of the same choices, by player."""
    for player in setup.players:
        noisy, other = np.zeros(2, np.int64), np.zeros(2, np.int64)
        chance = []
        for take in setup.takes:
            setup.say(f"sensitivity, {player.name}, {take.name}")
            frames = detect(take.sound, RATE)["frame"]
            found = [
                answers_of(player.play(sound, setup.bank, player__temperature=0.0), frames)
                for sound in (take.sound, with_noise(take.sound, NOISE_DB), other_sounds(take.sound, frames))
            ]
            noisy += same_share(found[0], found[1])
            other += same_share(found[0], found[2])
            counts = np.bincount(found[0].item) if len(found[0]) else np.zeros(1)
            chance.append(float(((counts / max(counts.sum(), 1)) ** 2).sum()))
        yield Figure(
            "temperature 0", f"same choices, noise at {NOISE_DB:g} dB", player.name, share(*noisy), "%",
            least=SAME_UNDER_NOISE, note=f"{noisy[0]:,} of {noisy[1]:,}",
        )  # fmt: skip
        yield Figure(
            "temperature 0", "same choices, other sounds", player.name, share(*other), "%", most=SAME_OF_OTHERS,
            note=f"{other[0]:,} of {other[1]:,}; chance {100 * float(np.mean(chance)):.0f} %",
        )  # fmt: skip
