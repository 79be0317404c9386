"""Call: whether a reply is more than the phrase once again, is as long, and gives way when the musician comes back."""

import math
from collections.abc import Iterator

import numpy as np

from livehost.settings import TABLE
from livehost.studio.partner_evaluation.material import Phrases, phrases
from livehost.studio.partner_evaluation.setup import PartnerSetup
from livehost.studio.partner_evaluation.starts import Starts, starts_of
from livehost.studio.stage_evaluation.figures import Figure, median, share
from livehost.studio.stage_evaluation.session import RATE

#: Times between strokes that differ by more are others, ms.
OTHER_MS = 40.0
#: A reply is as long as its phrase within this share.
AS_LONG = 0.25
#: Wanted: replies of another rhythm, and as long, %; what rings so far into the next phrase, s.
LEAST_OTHER, LEAST_AS_LONG, INTO_S = 30.0, 100.0, 0.3


def other_rhythm(phrase: np.ndarray, reply: np.ndarray) -> bool:
    """Tell whether a reply has another rhythm: more strokes, fewer, or other times between them.

    Parameters
    ----------
    phrase, reply : np.ndarray
        Int64 [n], frames.
    """
    if len(phrase) != len(reply):
        return True
    apart = np.abs(np.diff(phrase) - np.diff(reply))
    return bool(len(apart)) and float(apart.max()) > OTHER_MS * RATE / 1000


def length_ratio(phrase: np.ndarray, reply: np.ndarray) -> float:
    """Give how long a reply is against its phrase, from the first stroke to the last; nan of a phrase of one."""
    length = float(phrase[-1] - phrase[0])
    return float(reply[-1] - reply[0]) / length if length > 0 else math.nan


def ringing(starts: Starts, played: Phrases) -> int:
    """Count what began before a phrase did, and still sounds `INTO_S` after."""
    return sum(
        int(((starts.frame < strokes[0]) & (starts.end > strokes[0] + INTO_S * RATE)).sum())
        for strokes in played.strokes[1:]
    )


def replies(setup: PartnerSetup) -> Iterator[Figure]:
    """Play phrases with rests, at `yield` 1."""
    who, key = setup.player.name, "player.phrase_gap_ms"
    gap_s = float(setup.player.settings.get(key, TABLE[key].default)) / 1000
    played = phrases(setup.sounds, setup.phrases, gap_s)
    setup.say("call")
    session = setup.player.play(played.sound, setup.bank, player__mode="call", player__yield=1.0)
    starts = starts_of(session)
    pairs, bounds = [], [strokes[0] for strokes in played.strokes[1:]]
    for strokes, end, soon in zip(played.strokes[:-1], bounds, played.soon[:-1], strict=True):
        reply = starts.frame[(starts.frame > strokes[-1]) & (starts.frame < end)]
        if not soon and len(reply):
            pairs.append((strokes, np.unique(reply)))
    whole = sum(not soon for soon in played.soon[:-1])
    others = sum(other_rhythm(*pair) for pair in pairs)
    ratios = [length_ratio(*pair) for pair in pairs]
    as_long = sum(abs(ratio - 1.0) <= AS_LONG for ratio in ratios)
    yield Figure("call", "phrases answered", who, share(len(pairs), whole), "%", note=f"{len(pairs)} of {whole}")
    yield Figure(
        "call", "replies of another rhythm", who, share(others, len(pairs)), "%", least=LEAST_OTHER,
        note=f"{others} of {len(pairs)}",
    )  # fmt: skip
    yield Figure(
        "call", f"as long within {100 * AS_LONG:g} %", who, share(as_long, len(pairs)), "%", least=LEAST_AS_LONG,
        note=f"median {median(ratios):.2f} of the phrase's",
    )  # fmt: skip
    yield Figure(
        "call", f"ring {1000 * INTO_S:g} ms into a phrase", who, ringing(starts, played), most=0.0,
        note=f"yield 1; {len(starts):,} sounds, {len(played.strokes)} phrases",
    )  # fmt: skip
