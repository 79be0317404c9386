"""Whole renders at the defaults: loudness against the musician, the limiter, drones and rolls, repetition."""

from collections.abc import Iterator

import numpy as np

from livehost.settings import TABLE
from livehost.studio.evaluation.information import longest_run
from livehost.studio.stage_evaluation.answers import all_items, onset_frames
from livehost.studio.stage_evaluation.figures import Figure, mean, median, share
from livehost.studio.stage_evaluation.loudness import integrated_db
from livehost.studio.stage_evaluation.material import Take, drone, roll
from livehost.studio.stage_evaluation.session import RATE, Session
from livehost.studio.stage_evaluation.setup import Setup
from livehost.studio.stage_evaluation.strokes import take_of
from livehost.synthesis.takes import match

DRONE_S, ROLL_S = 30.0, 10.0
#: Strokes of a roll a second, and the share that must be heard, %.
ROLLS = {16.0: -np.inf, 22.0: 70.0}
BALANCE = "player.balance_db"
_TENTH = RATE // 10
_LIMITED_DB = 1.0


def limited_share(session: Session) -> float:
    """Share of the tenths of a second in which the limiter takes more than 1 dB, %."""
    tenths: dict[int, float] = {}
    for event in session.of("meter"):
        tenth = (event["frame"] - 1) // _TENTH
        tenths[tenth] = max(tenths.get(tenth, 0.0), event["reduction_db"] or 0.0)
    return share(sum(value > _LIMITED_DB for value in tenths.values()), len(tenths))


def levels(setup: Setup) -> Iterator[Figure]:
    """How far the answers lie from where `player.balance_db` wants them, and what the limiter takes."""
    wanted = float(setup.player.settings.get(BALANCE, TABLE[BALANCE].default)) if BALANCE in TABLE else 0.0
    music = [*setup.takes, Take("strokes", take_of(setup, setup.kits[0]).sound)]
    distances, limited = [], []
    for take in music:
        setup.say(f"levels, {take.name}")
        session = setup.player.play(take.sound, setup.bank)
        distances.append(integrated_db(session.played) - integrated_db(session.heard) - wanted)
        limited.append(limited_share(session))
    told = f"{BALANCE} {wanted:g} dB" if BALANCE in TABLE else "no player.balance_db: from the musician's"
    spread = ", ".join(f"{d:+.1f}" for d in distances)
    yield Figure(
        "levels", "median distance from the balance", setup.player.name, median(abs(d) for d in distances), "dB",
        most=3.0, note=f"{told}; {spread}",
    )  # fmt: skip
    yield Figure("levels", "tenths limited by > 1 dB", setup.player.name, mean(limited), "%", most=2.0)


def sustained(setup: Setup) -> Iterator[Figure]:
    """How many answers a drone of 30 s gets."""
    setup.say("a drone")
    session = setup.player.play(drone(DRONE_S), setup.bank)
    answers = {event["onset_frame"] for event in session.of("sample")}
    yield Figure("drone", f"answers in {DRONE_S:g} s", setup.player.name, len(answers), least=6.0)


def rolls(setup: Setup) -> Iterator[Figure]:
    """Share of the strokes of a roll that are heard."""
    for a_second, least in ROLLS.items():
        setup.say(f"a roll, {a_second:g} a second")
        take = roll(a_second, ROLL_S)
        frames = onset_frames(setup.player.play(take.sound, setup.bank))
        # half the distance of two strokes: an onset belongs to the stroke that it is nearest to
        heard = len(match(frames, take.frames, 0.5 * RATE / a_second))
        yield Figure(
            "roll", f"heard at {a_second:g} a second", setup.player.name, share(heard, len(take.frames)), "%",
            least=least, note=f"{heard:,} of {len(take.frames):,}",
        )  # fmt: skip


def repetition(setup: Setup) -> Iterator[Figure]:
    """Longest run of one item at temperature 0, repeat 0, and the share of different items."""
    runs, distinct = [], []
    for take in setup.takes:
        setup.say(f"repetition, {take.name}")
        items = all_items(setup.player.play(take.sound, setup.bank, player__temperature=0.0, player__repeat=0.0))
        runs.append(longest_run(items))
        distinct.append(share(len(np.unique(items)), len(items)))
    told = ", ".join(map(str, runs))
    yield Figure("repetition", "longest run of one sound", setup.player.name, max(runs), most=4.0, note=told)
    yield Figure("repetition", "different sounds", setup.player.name, mean(distinct), "%")
