"""Scores as recordings: on one keyboard, and in parts, each with an instrument of its own."""

from dataclasses import replace

import numpy as np

from livehost.studio.audio_data.assemble import ISOLATED_SHARE, Label, crossed, listen, whole
from livehost.studio.audio_data.augment import colour
from livehost.studio.audio_data.humanise import accompany, draw_clock, on_piano, play_part
from livehost.studio.audio_data.instruments import Voice, draw_instrument, perform
from livehost.studio.audio_data.performances import on_keys
from livehost.studio.audio_data.piano import excerpt
from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.audio_data.render import mix, to_peak
from livehost.studio.audio_data.scores import Score

#: How often a tune gets an accompaniment on a keyboard, and one instrument plays all parts.
_ACCOMPANIED, _CONSORT = 0.75, 0.3


def _level(rng: np.random.Generator) -> float:
    return float(rng.uniform(-14, -2))


def complete(score: Score, rng: np.random.Generator, *, always: bool = False) -> Score:
    """Give a tune an accompaniment, often or always; other scores stay as they are."""
    if len(score.parts) > 1 or not (always or rng.random() < _ACCOMPANIED):
        return score
    other = accompany(score.parts[0], score.bar, rng)
    return replace(score, parts=(other, score.parts[0])) if len(other) else score


def cut_score(score: Score, seconds: float, rng: np.random.Generator) -> Score:
    """Cut a stretch of whole bars that certainly lasts so long at any tempo, from a bar that is drawn."""
    end = max(float(part[-1, 0]) for part in score.parts)
    wanted = seconds * 3.5  # quarters, at the fastest tempo
    start = score.bar * np.floor(rng.uniform(0, max(end - 0.5 * wanted, 0.0)) / score.bar)
    parts = [part[(part[:, 0] >= start) & (part[:, 0] < start + wanted)] for part in score.parts]
    moved = [np.column_stack([part[:, 0] - start, part[:, 1:]]) for part in parts if len(part)]
    return replace(score, parts=tuple(moved))


def keyboard(score: Score, label: Label, rng: np.random.Generator, seconds: float) -> list[Recording]:
    """Play a score on one keyboard; see `performances.on_keys`."""
    part = on_piano(cut_score(complete(score, rng), seconds, rng), rng)
    part = excerpt(part, 0.1, seconds).moved(int(rng.integers(-4, 5)) if label.learning else 0)
    return on_keys(part, label, rng)


def _orchestrate(notes: list[np.ndarray], rng: np.random.Generator, *, learning: bool) -> tuple[str, list[Voice]]:
    """Draw an instrument for each part, now and then the same for all; and the names of their families."""
    one = draw_instrument(rng, learning=learning, sustained=True) if rng.random() < _CONSORT else None
    drawn = [one or draw_instrument(rng, learning=learning, sustained=True) for _ in notes]
    voices = [
        Voice(played, instrument, float(np.clip(rng.normal(-2, 2.5), -8, 3)))
        for played, (_, instrument) in zip(notes, drawn, strict=True)
    ]
    return ", ".join(dict.fromkeys(name for name, _ in drawn)), voices


def ensemble(score: Score, label: Label, rng: np.random.Generator, seconds: float, others: int = 1) -> list[Recording]:
    """Play a score in parts.

    Parameters
    ----------
    score : Score
        A tune gets an accompaniment.
    label : Label
        Name, domain, split and source.
    rng : numpy Generator
        Where all chance comes from.
    seconds : float
        Length of the excerpt.
    others : int
        By how many other groups of instruments it is played too.

    Returns
    -------
    list of Recording
        Whole with one or two parts heard while the others answer, and a crossed pair for each other group.
    """
    learning = label.learning
    score = cut_score(complete(score, rng, always=True), seconds, rng)
    clock = draw_clock(score, rng)
    move = int(rng.integers(-4, 5)) if learning else 0
    notes = [play_part(part, score, clock, rng) for part in score.parts]
    notes = [played[played[:, 0] < seconds] for played in notes]
    notes = [np.column_stack([n[:, :2], np.clip(n[:, 2] + move, 12, 115), n[:, 3]]) for n in notes if len(n)]
    if not notes:
        return []
    alone = rng.random() < ISOLATED_SHARE

    def heard(sound: np.ndarray, voices: list[Voice]) -> Stream:
        return listen(sound, voices if alone else None)

    family, voices = _orchestrate(notes, rng, learning=learning)
    room = bool(rng.random() < 0.35)
    pair = None
    if len(voices) > 1:
        order = rng.permutation(len(voices))
        cut = 1 if len(voices) == 2 or rng.random() < 0.5 else 2
        sides = [[voices[k] for k in sorted(order[:cut])], [voices[k] for k in sorted(order[cut:])]]
        if rng.random() < 0.5:
            sides.reverse()
        halves = [perform(side, room=room) for side in sides]
        sound = to_peak(mix(*halves), _level(rng))
        first, second = (heard(to_peak(half, _level(rng)), side) for half, side in zip(halves, sides, strict=True))
        pair = first, second
    else:
        sound = to_peak(perform(voices, room=room), _level(rng))
    if learning and rng.random() < 0.3:
        sound = colour(sound, rng)
    stream = heard(sound, voices)
    found = whole(label, stream, pair)
    times = np.concatenate([played[:, 0] for played in notes])
    for _ in range(others):
        name, voices = _orchestrate(notes, rng, learning=learning)
        other = to_peak(perform(voices, room=bool(rng.random() < 0.35)), _level(rng))
        if learning and rng.random() < 0.4:
            other = colour(other, rng)
        found += crossed(label, f"{family} and {name}", stream, heard(other, voices), times)
    return found
