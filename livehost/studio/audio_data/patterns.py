"""Rhythms as recordings: one whole, taken apart into two players, and on other kits."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from livehost.studio.audio_data.assemble import FEWEST, Label, crossed, own_slices, whole
from livehost.studio.audio_data.augment import colour
from livehost.studio.audio_data.grammar import LOW, ROLES, Rhythm, compose
from livehost.studio.audio_data.kits import GmKit, Kit, OneShot, draw_gm_kit, draw_kit
from livehost.studio.audio_data.recording import Recording
from livehost.studio.audio_data.render import mix, to_peak
from livehost.studio.audio_data.segments import segment

#: Who may be heard while the rest answers.
_HEARD = (LOW, LOW, ("kick",), ("kick", "low tom", "mid tom", "high tom"), ("hat", "open", "ride"),
          ("perc", "bell", "wood", "click"))  # fmt: skip
_GM_SHARE = 0.3


def draw_any_kit(rng: np.random.Generator, shots: Sequence[OneShot], *, held_out: bool) -> Kit | GmKit:
    """Draw a kit of one-shots or, sometimes or where there are none, of General MIDI."""
    if len(shots) < len(LOW) or rng.random() < _GM_SHARE:
        return draw_gm_kit(rng, held_out=held_out)
    return draw_kit(rng, shots)


def taken_apart(rng: np.random.Generator, rhythm: Rhythm) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Draw who is heard and who answers; None where either would have too little to play."""
    present = [ROLES[int(role)] for role in rhythm.strokes[:, 1]]
    for heard in rng.permutation(len(_HEARD)):
        first = _HEARD[int(heard)]
        second = tuple(role for role in ROLES if role not in first)
        counts = [sum(role in side for role in present) for side in (first, second)]
        if min(counts) >= 2 * FEWEST:
            return first, second
    return None


def pattern(
    label: Label, rng: np.random.Generator, seconds: float, shots: Sequence[OneShot], others: int = 2
) -> list[Recording]:
    """Compose a rhythm and play it on several kits.

    Parameters
    ----------
    label : Label
        Name, domain, split and source; the style is added to the name.
    rng : numpy Generator
        Where all chance comes from.
    seconds : float
        About how long.
    shots : sequence of OneShot
        What kits are made of; where there are too few, only General MIDI kits are played.
    others : int
        On how many other kits it is played too.

    Returns
    -------
    list of Recording
        Whole with two players, and a crossed pair for each other kit.
    """
    rhythm = compose(rng, seconds)
    label = replace(label, name=f"{label.name} {rhythm.style} {rhythm.bpm:.0f} bpm")
    held_out = not label.learning
    kit = draw_any_kit(rng, shots, held_out=held_out)
    sides = taken_apart(rng, rhythm)
    if sides is None:
        sound, pair = to_peak(kit.play(rhythm), float(rng.uniform(-12, -1))), None
    else:
        halves = [kit.play(rhythm, side) for side in sides]
        sound = to_peak(mix(*halves), float(rng.uniform(-12, -1)))
        if rng.random() < 0.5:  # the answering player often has instruments of another kind
            halves[1] = draw_any_kit(rng, shots, held_out=held_out).play(rhythm, sides[1])
        levels = rng.uniform(-14, -2, 2)
        pair = to_peak(halves[0], levels[0]), to_peak(halves[1], levels[1])
    if label.learning and rng.random() < 0.4:
        sound = colour(sound, rng)
    stream = segment(sound)
    found = whole(label, stream, pair) + own_slices(label, sound, stream, rng)
    for number in range(others):
        other = to_peak(draw_any_kit(rng, shots, held_out=held_out).play(rhythm), float(rng.uniform(-12, -1)))
        if label.learning and rng.random() < 0.4:
            other = colour(other, rng)
        found += crossed(label, f"kit {number + 2}", stream, other, rhythm.strokes[:, 0], rng)
    return found
