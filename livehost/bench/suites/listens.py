"""What can be known of a stroke or a pluck m milliseconds after its onset, in bits: the product's own features."""

from collections.abc import Iterator, Sequence

import numpy as np

from livehost.bench import listening
from livehost.bench.listening import NOTES, TIMES_MS
from livehost.bench.suite import Context, Figure
from livehost.synthesis.demo_bank import STRINGS

_AXIS = "ms heard"


def curve(name: str, bits: Sequence[float], most: float, worst: Sequence[float] = ()) -> Iterator[Figure]:
    """Make the figures of a curve: bits by `TIMES_MS`."""
    for at, ms in enumerate(TIMES_MS):
        note = f"of {most:.2f}" + (f"; worst kit {worst[at]:.2f}" if len(worst) else "")
        yield Figure(
            f"{name}, {ms:g} ms", bits[at], "bit", "exact", better="higher",
            x=ms, curve=f"{name} by {_AXIS}", note=note,
        )  # fmt: skip


def run(context: Context) -> Iterator[Figure]:
    """Strokes within one kit and across kits, then octave and pitch class of plucks."""
    kits, repeats, strings = (8, 4, 1) if context.quick else (24, 4, len(STRINGS))
    times = range(len(TIMES_MS))
    context.say(f"{kits} kits …")
    heard = [listening.listen_to_kit(seed, repeats) for seed in range(kits)]
    strokes, lost = sum(len(k.sound) + len(k.missed) for k in heard), sum(len(k.missed) for k in heard)
    classes = np.arange(len(listening.KIT))
    within = np.array([[listening.bits_within(kit, classes, time) for time in times] for kit in heard])
    yield from curve("strokes of one kit", within.mean(0), float(np.log2(len(classes))), within.min(0))
    across = [listening.bits_across(heard, time) for time in times]
    yield from curve("strokes of any kit", across, float(np.log2(len(classes))))
    yield Figure("strokes heard", 100 * (1 - lost / strokes), "%", "exact", better="higher", note=f"of {strokes}")
    plucked = []
    for number, (name, string) in enumerate(list(STRINGS.items())[:strings]):
        context.say(f"{name} …")
        plucked.append(listening.listen_to_string(string, number))
    notes = np.array(NOTES)
    for name, classes in (("octave of plucks", notes // 12 - notes.min() // 12), ("pitch class of plucks", notes % 12)):
        bits = np.mean([[listening.bits_within(one, classes, time) for time in times] for one in plucked], axis=0)
        yield from curve(name, bits, float(np.log2(classes.max() + 1)))
