"""Continue: whether the musician's beat is kept when the musician has stopped."""

from collections.abc import Iterator

import numpy as np

from livehost.studio.partner_evaluation.material import BEATS, RHYTHMS, Played, play
from livehost.studio.partner_evaluation.setup import PartnerSetup
from livehost.studio.partner_evaluation.starts import nearest_distance, starts_of
from livehost.studio.stage_evaluation.figures import Figure, median
from livehost.studio.stage_evaluation.session import RATE

#: Time from the musician's last stroke on at which the phase is read, and how far about it, s.
AFTER_S, ABOUT_S = 15.0, 2.5
#: Wanted: median distance from the musician's sixteenths, ms.
MOST_MS = 15.0


def phase_errors_ms(played: Played, starts: np.ndarray, centre: float) -> np.ndarray:
    """Give how far what begins about a frame is from the sixteenths that the musician would have played on, ms."""
    beats = np.arange(0, 4000, 0.25)
    grid = played.frames_at(beats)
    near = starts[np.abs(starts - centre) <= ABOUT_S * RATE]
    return nearest_distance(near, grid) * 1000 / RATE


def goes_on(setup: PartnerSetup) -> Iterator[Figure]:
    """Play steady rhythms, stop, and listen."""
    while_playing, after, sixteenths = [], [], []
    for rhythm in (r for r in RHYTHMS if r.kind == "steady"):
        setup.say(f"continue, {rhythm.name}")
        played = play(rhythm, setup.sounds, setup.seconds / 2, AFTER_S + ABOUT_S + 1.0, silent_every=0)
        session = setup.player.play(played.sound, setup.bank, player__mode="continue")
        starts, last = starts_of(session).frame, float(played.strokes[-1])
        while_playing.append(phase_errors_ms(played, starts, last - 2 * ABOUT_S * RATE))
        after.append(phase_errors_ms(played, starts, last + AFTER_S * RATE))
        sixteenths.append(1000 * 60 / rhythm.bpm / BEATS)
    who, chance = setup.player.name, float(np.mean(sixteenths)) / 4
    for name, errors, most in (("while playing", while_playing, np.inf), (f"{AFTER_S:g} s after", after, MOST_MS)):
        told = ", ".join(f"{median(e):.1f}" for e in errors)
        yield Figure(
            "continue", f"phase error, {name}", who, median(np.concatenate(errors)), "ms", most=most,
            note=f"{sum(map(len, errors))} sounds; by rhythm {told}; chance {chance:.0f} ms",
        )  # fmt: skip
