"""Strokes that are expected: how near to the true ones the answers of `unison` begin, through whole sessions."""

from collections.abc import Iterator

import numpy as np

from livehost.studio.partner_evaluation.material import JITTER_S, RHYTHMS, play
from livehost.studio.partner_evaluation.setup import PartnerSetup
from livehost.studio.partner_evaluation.starts import Starts, nearest_distance, starts_of
from livehost.studio.stage_evaluation.figures import Figure, median, share
from livehost.studio.stage_evaluation.session import RATE

#: Farther from every stroke than this, an answer struck with nobody, ms.
WITH_NOBODY_MS = 60.0
#: So near is together, ms.
TOGETHER_MS = 20.0
#: Wanted by kind of rhythm: median distance, ms; share that is together, and that struck with nobody, %.
WANTED = {
    "steady": (10.0, 80.0, 10.0),
    "swung": (20.0, -np.inf, np.inf),
    "accelerating": (20.0, -np.inf, np.inf),
}


def distances_ms(answers: Starts, strokes: np.ndarray) -> np.ndarray:
    """Give how far the nearest stroke is from each answer, ms, float64 [answers]."""
    return nearest_distance(answers.frame, strokes) * 1000 / RATE


def unison(setup: PartnerSetup) -> Iterator[Figure]:
    """Play rhythms of three kinds with `unison` 1."""
    who = setup.player.name
    for kind, (most_ms, least_together, most_false) in WANTED.items():
        found, strokes, withdrawn = [], 0, 0
        for rhythm in (r for r in RHYTHMS if r.kind == kind):
            setup.say(f"unison, {rhythm.name}")
            played = play(rhythm, setup.sounds, setup.seconds)
            session = setup.player.play(played.sound, setup.bank, player__mode="duo", player__unison=1.0)
            found.append(distances_ms(starts_of(session).of("unison"), played.strokes))
            strokes += len(played.strokes)
            withdrawn += sum(event["withdrawn"] != 0 for event in session.of("expected"))
        apart = np.concatenate(found)
        met = apart[apart <= WITH_NOBODY_MS]
        note = f"{len(apart):,} answers, {strokes:,} strokes ± {1000 * JITTER_S:g} ms, {withdrawn:,} withdrawn"
        test = f"unison, {kind}"
        yield Figure(test, "median distance to the stroke", who, median(met), "ms", most=most_ms, note=note)
        yield Figure(
            test, f"within {TOGETHER_MS:g} ms", who, share((apart <= TOGETHER_MS).sum(), len(apart)), "%",
            least=least_together,
        )  # fmt: skip
        yield Figure(test, "struck with nobody", who, share(len(apart) - len(met), len(apart)), "%", most=most_false)
