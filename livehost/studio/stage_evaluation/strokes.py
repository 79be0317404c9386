"""Strokes of one kit: what the answer that sounds with a stroke tells of it, and how its loudness follows."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from livehost.settings import TABLE
from livehost.studio.evaluation.information import Information, mutual_information
from livehost.studio.stage_evaluation.answers import answers_of
from livehost.studio.stage_evaluation.figures import Figure, mean, share
from livehost.studio.stage_evaluation.kits import Kit, classes_of
from livehost.studio.stage_evaluation.loudness import heard_gain_db, stroke_level_db
from livehost.studio.stage_evaluation.material import Strokes, strokes
from livehost.studio.stage_evaluation.session import Player, Session
from livehost.studio.stage_evaluation.setup import Setup

#: Times from the onset to its answer, ms.
DELAYS_MS = (0.0, 5.5, 12.0, 30.0, 100.0)
LEVELS_DB = (-3.0, -15.0, -27.0)
APART_S = 0.25
#: Bits wanted, by `player.follow` (None: as shipped) and delay.
WANTED = {(None, 12.0): 0.5, (1.0, 12.0): 1.0, (1.0, 30.0): 1.2}
FOLLOWS = (0.0, 0.25, 0.5, 0.75, 1.0)
#: Delay at which `follow` is moved, ms.
FOLLOW_DELAY_MS = 30.0
#: Least correlation of a stroke's level with its answer's gain, by delay.
CORRELATIONS = {12.0: 0.8, 30.0: 0.9}


def take_of(setup: Setup, kit: Kit) -> Strokes:
    """Give the strokes that a kit is tested with."""
    return strokes(kit.sounds, setup.count, APART_S, LEVELS_DB, seed=setup.kits.index(kit))


def information(setup: Setup, player: Player, **settings: Any) -> tuple[list[Information], float]:
    """Play the strokes of every kit; give what the answers tell, a kit each, and the share that was answered, %."""
    told, answered, asked = [], 0, 0
    for kit in setup.kits:
        take, classes = take_of(setup, kit), classes_of(setup.opened(kit.bank))
        found = answers_of(player.play(take.sound, kit.bank, **settings), take.frames)
        told.append(mutual_information(take.kind[found.stroke], classes[found.item]))
        answered, asked = answered + len(found), asked + len(take.frames)
    return told, share(answered, asked)


def heard_strokes(setup: Setup) -> Iterator[Figure]:
    """Bits by delay, as shipped and with `follow` 1."""
    shipped = TABLE["player.follow"].default
    for follow in (None, 1.0):
        words = f"follow {shipped:g}" if follow is None else f"follow {follow:g}"
        for delay in DELAYS_MS:
            setup.say(f"strokes, {words}, {delay:g} ms")
            for player in setup.players:
                more = {} if follow is None else {"player__follow": follow}
                told, answered = information(setup, player, player__answer_delay_ms=delay, **more)
                yield Figure(
                    "strokes", f"{words}, {delay:g} ms", player.name, mean(t.bits for t in told), "bit",
                    least=WANTED.get((follow, delay), -math.inf), note=_beside(told, answered),
                )  # fmt: skip


def follow_steers(setup: Setup) -> Iterator[Figure]:
    """Bits about what is heard as `follow` rises, and the least step from one to the next."""
    bits = []
    for follow in FOLLOWS:
        setup.say(f"follow {follow:g}")
        told, answered = information(
            setup, setup.player, player__answer_delay_ms=FOLLOW_DELAY_MS, player__follow=follow
        )
        bits.append(mean(t.bits for t in told))
        yield Figure(
            "follow", f"{follow:g}, {FOLLOW_DELAY_MS:g} ms", setup.player.name, bits[-1], "bit",
            note=_beside(told, answered),
        )  # fmt: skip
    steps = np.diff(bits)
    yield Figure("follow", "least rise of a step", setup.player.name, float(steps.min()), "bit", least=0.0)


def loudness_follows(setup: Setup) -> Iterator[Figure]:
    """Correlation of a stroke's level with its answer's gain at `dynamics` 1: at its start, and as it sounds."""
    for delay, least in CORRELATIONS.items():
        setup.say(f"loudness, {delay:g} ms")
        told, heard = [], []
        for kit in setup.kits:
            take = take_of(setup, kit)
            session = setup.player.play(
                take.sound, kit.bank, player__answer_delay_ms=delay, player__dynamics=1.0, player__choke=True,
                master__limiter=False,
            )  # fmt: skip
            found = answers_of(session, take.frames)
            level = stroke_level_db(take.sound, take.frames)[found.stroke]
            told.append(correlation(level, found.gain_db))
            heard.append(correlation(level, sounding_gains_db(setup, session, kit, found.item, found.start)))
        name, player = f"level and gain, {delay:g} ms", setup.player.name
        yield Figure("loudness", name, player, mean(told), "r", note="gain at its start")
        yield Figure("loudness", f"{name}, as it sounds", player, mean(heard), "r", least=least)


def sounding_gains_db(setup: Setup, session: Session, kit: Kit, items: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Read the gains of voices from the sound, dB, float64 [voices]; nan where it does not tell."""
    bank = setup.opened(kit.bank)
    ahead = round(float(TABLE["engine.lookahead_ms"].default) * bank.rate / 1000)
    gains = bank.items["gain"]
    return np.array([
        heard_gain_db(session.played, bank.samples(int(item)).mean(axis=1) * gains[item], int(start) + ahead)
        for item, start in zip(items, starts, strict=True)
    ])  # fmt: skip


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson's correlation where both are numbers; nan of fewer than three, or of what does not vary."""
    known = np.isfinite(a) & np.isfinite(b)
    if known.sum() < 3 or np.std(a[known]) < 1e-9 or np.std(b[known]) < 1e-9:
        return math.nan
    return float(np.corrcoef(a[known], b[known])[0, 1])


def _beside(told: list[Information], answered: float) -> str:
    chance, most = mean(t.chance for t in told), mean(t.most for t in told)
    return f"of {most:.2f}; chance < {chance:.2f}; {answered:.0f} % answered"
