"""Rhythms as recordings: one whole, taken apart into two players, and on other kits."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from livehost.studio.audio_data.assemble import FEWEST, ISOLATED_SHARE, Label, crossed, listen, whole
from livehost.studio.audio_data.augment import colour
from livehost.studio.audio_data.grammar import LOW, ROLES, Rhythm, compose
from livehost.studio.audio_data.instruments import Voice
from livehost.studio.audio_data.kits import GmKit, Kit, OneShot, draw_gm_kit, draw_kit, strokes
from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.audio_data.render import mix, to_peak

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
    label: Label, rng: np.random.Generator, seconds: float, shots: Sequence[OneShot], others: int = 1
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
    alone = rng.random() < ISOLATED_SHARE
    kit, notes = draw_any_kit(rng, shots, held_out=held_out), strokes(rhythm)

    def heard(sound: np.ndarray, *voices: Voice) -> Stream:
        return listen(sound, voices if alone else None)

    sides = taken_apart(rng, rhythm)
    if sides is None:
        sound, pair = to_peak(kit.play(notes), float(rng.uniform(-12, -1))), None
    else:
        voices = [Voice(strokes(rhythm, side), kit) for side in sides]
        halves = [kit.play(voice.notes) for voice in voices]
        sound = to_peak(mix(*halves), float(rng.uniform(-12, -1)))
        if rng.random() < 0.5:  # the answering player often has instruments of another kind
            voices[1] = Voice(voices[1].notes, draw_any_kit(rng, shots, held_out=held_out))
            halves[1] = voices[1].instrument.play(voices[1].notes)
        levels = rng.uniform(-14, -2, 2)
        first, second = (heard(to_peak(*of), v) for *of, v in zip(halves, levels, voices, strict=True))
        pair = first, second
    if label.learning and rng.random() < 0.4:
        sound = colour(sound, rng)
    stream = heard(sound, Voice(notes, kit))
    found = whole(label, stream, pair)
    for number in range(others):
        kit = draw_any_kit(rng, shots, held_out=held_out)
        other = to_peak(kit.play(notes), float(rng.uniform(-12, -1)))
        if label.learning and rng.random() < 0.4:
            other = colour(other, rng)
        second = heard(other, Voice(notes, kit))
        found += crossed(label, f"kit {number + 2}", stream, second, notes[:, 0])
    return found
