"""Duo: whether its line is its own, makes room, comes in where the musician leaves off, and rests when told to."""

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from livehost.studio.partner_evaluation.material import BEATS, arranged
from livehost.studio.partner_evaluation.setup import PartnerSetup
from livehost.studio.partner_evaluation.starts import nearest_distance, starts_of
from livehost.studio.stage_evaluation.answers import onset_frames
from livehost.studio.stage_evaluation.figures import Figure, mean, median, share
from livehost.studio.stage_evaluation.session import RATE, Session

#: A sound that begins so near to an onset doubles it, ms.
DOUBLES_MS = 40.0
#: Wanted: share that doubles, %; gaps that are entered, %; correlation at space 1, and how far from 0 at space 0.
MOST_DOUBLED, LEAST_ENTERED, MOST_AT_1, ABOUT_0 = 25.0, 60.0, -0.5, 0.25
#: Time over which strokes are counted, s; share of a session after which it is told to rest; time to obey, s.
WINDOW_S, REST_AT, OBEY_S = 2.5, 0.8, 0.1
#: A bar where nobody heard a beat, s.
USUAL_BAR_S = 2.0
REST = "/livehost/rest"


def density_correlation(own: np.ndarray, heard: np.ndarray, frames: int) -> float:
    """Give Spearman's rank correlation of how many sounds and how many strokes begin in each window; nan of constants.

    Parameters
    ----------
    own, heard : np.ndarray
        Int64 [n], frames.
    frames : int
        Length of the session.
    """
    edges = np.arange(0, frames + 1, round(WINDOW_S * RATE))
    a, b = (np.histogram(x, edges)[0] for x in (own, heard))
    if len(a) < 3 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return math.nan
    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])


def ranks(values: np.ndarray) -> np.ndarray:
    """Give the place of each value among all, equal ones their mean place, float64 [n].

    Examples
    --------
    >>> ranks(np.array([5, 1, 5, 0])).tolist()
    [3.5, 2.0, 3.5, 1.0]
    """
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[which]


def bar_frames_at(session: Session, frame: int) -> float:
    """Give the length of the musician's bar as it was heard last before a frame."""
    heard = [event["bpm"] for event in session.of("heard_beat") if event["frame"] <= frame and event["bpm"] > 0]
    return BEATS * 60 / heard[-1] * RATE if heard else USUAL_BAR_S * RATE


def gaps(session: Session, onsets: np.ndarray, until: int) -> list[tuple[int, int]]:
    """List the gaps that are longer than a bar: where a beat of it has passed, and where it ends."""
    found = []
    for before, after in pairwise(onsets):
        bar = bar_frames_at(session, int(before))
        if after - before > bar and after <= until:
            found.append((int(before + bar / BEATS), int(after)))
    return found


def entered(starts: np.ndarray, found: list[tuple[int, int]]) -> int:
    """Count the gaps in which something begins."""
    return sum(bool(((starts >= begin) & (starts < end)).any()) for begin, end in found)


def plays_together(setup: PartnerSetup) -> Iterator[Figure]:
    """Play beside takes at `unison` 0: at the defaults, resting towards the end, and at `space` 0 and 1."""
    who, doubled, sounds, chance = setup.player.name, 0, 0, []
    came_in, gap_count, after_rest = 0, 0, 0
    correlations: dict[float, list[float]] = {0.0: [], 1.0: []}
    shares: dict[float, list[float]] = {0.0: [], 1.0: []}
    for number, take in enumerate(setup.takes):
        sound = arranged(take, setup.seconds, number).sound
        told = round(REST_AT * len(sound))
        setup.say(f"duo, {take.name}")
        session = setup.player.play(sound, setup.bank, [(told, REST)], player__mode="duo", player__unison=0.0)
        own, onsets = starts_of(session).frame, onset_frames(session)
        before = own[own < told]
        doubled += int((nearest_distance(before, onsets) <= DOUBLES_MS * RATE / 1000).sum())
        sounds += len(before)
        chance.append(_chance(onsets[onsets < told], told))
        here = gaps(session, onsets, told)
        came_in, gap_count = came_in + entered(own, here), gap_count + len(here)
        after_rest += int((own >= told + OBEY_S * RATE).sum())
        for space, values in correlations.items():
            setup.say(f"duo, space {space:g}, {take.name}")
            session = setup.player.play(sound, setup.bank, player__mode="duo", player__unison=0.0, player__space=space)
            values.append(density_correlation(starts_of(session).frame, onset_frames(session), len(sound)))
            shares[space].append(len(starts_of(session)) * RATE / len(sound))
    takes = f"{len(setup.takes)} takes"
    yield Figure(
        "duo", f"begin within {DOUBLES_MS:g} ms of an onset", who, share(doubled, sounds), "%", most=MOST_DOUBLED,
        note=f"{doubled:,} of {sounds:,}; chance {100 * mean(chance):.0f} %",
    )  # fmt: skip
    for space, (least, most) in {1.0: (-math.inf, MOST_AT_1), 0.0: (-ABOUT_0, ABOUT_0)}.items():
        known = [value for value in correlations[space] if math.isfinite(value)]
        told_of = f"{len(known)} of {takes}; {mean(shares[space]):.1f} sounds/s; " + ", ".join(
            f"{value:+.2f}" for value in correlations[space]
        )
        yield Figure(
            "duo", f"density against the musician's, space {space:g}", who, median(correlations[space]), "ρ",
            least=least, most=most, note=told_of,
        )  # fmt: skip
    yield Figure(
        "duo", "gaps longer than a bar entered", who, share(came_in, gap_count), "%", least=LEAST_ENTERED,
        note=f"{came_in:,} of {gap_count:,}, {takes}",
    )  # fmt: skip
    yield Figure("duo", f"sounds after {REST}", who, after_rest, most=0.0, note=takes)


def _chance(onsets: np.ndarray, frames: int) -> float:
    """Give the share of a session that lies as near to an onset as counts for doubling."""
    reach = round(DOUBLES_MS * RATE / 1000)
    near = np.zeros(frames, bool)
    for onset in onsets:
        near[max(int(onset) - reach, 0) : int(onset) + reach] = True
    return float(near.mean()) if frames else math.nan
