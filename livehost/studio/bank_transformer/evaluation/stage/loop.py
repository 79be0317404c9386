"""Plays a case to whoever answers, in closed loop: every stroke is answered, and what was chosen stands in the context.

An answer that comes some time after its stroke is chosen as late as can be, from the peek of what sounds by then; one
that comes at once stands armed since the last peek before its stroke. What is asked of the answerer comes in the order
in which the worker would ask it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from livehost.dsp.segment import summarize_cuts
from livehost.dsp.segmenter import PEEK_EVERY, PEEK_ROWS
from livehost.settings import TABLE
from livehost.studio.bank_transformer.evaluation.stage.cases import StageCase
from livehost.studio.bank_transformer.evaluation.stage.methods import Answerer

#: What a decision and a block take of an answer's delay, ms.
SPARE_MS = 2.0


@dataclass(frozen=True)
class Mode:
    """How answers are asked for.

    Attributes
    ----------
    delay_ms : float
        From a stroke to its answer; 0: as soon as possible, and chosen before.
    follow : float
        As `player.follow`: above 0.5 what sounds is to be mirrored.
    repeat : float
        As `player.repeat`.
    """

    delay_ms: float
    follow: float = 0.5
    repeat: float = field(default=float(TABLE["player.repeat"].default))

    @property
    def mirror(self) -> bool:
        """Whether the sound itself is right."""
        return self.follow > 0.5

    @property
    def name(self) -> str:
        """Say it shortly."""
        return f"{self.delay_ms:g} ms" + (", mirror" if self.mirror else "")


@dataclass(eq=False)
class Played:
    """What was answered.

    Attributes
    ----------
    chosen : np.ndarray
        Int64 [answers], the item; −1 where nothing was chosen.
    truth : np.ndarray
        Int64 [answers], the item that was right; −1 where none was.
    place : np.ndarray
        Int64 [answers], where the right item stood among those that were given, from 0; −1 for not at all.
    event : np.ndarray
        Int64 [answers], the event with which the answer sounds.
    """

    chosen: np.ndarray
    truth: np.ndarray
    place: np.ndarray
    event: np.ndarray

    @property
    def reciprocal(self) -> np.ndarray:
        """Give 1 / rank where something was right, 0 for an item that was not given, float64 [asked]."""
        place = self.place[self.truth >= 0]
        return np.where(place >= 0, 1.0 / (np.maximum(place, 0) + 1.0), 0.0)

    @property
    def top1(self) -> np.ndarray:
        """Tell where the right item was chosen, float64 [asked]."""
        return (self.place[self.truth >= 0] == 0).astype(np.float64)


def peek_rows(rows: int) -> int:
    """Count the rows of the last peek that the stage makes by itself of a segment that is so long; 0 for none."""
    if rows >= PEEK_EVERY:
        return rows // PEEK_EVERY * PEEK_EVERY
    return max((k for k in PEEK_ROWS if k <= rows), default=0)


@dataclass(frozen=True)
class _Step:
    """One thing that happens: a segment is over (`answer` False), or an answer is chosen."""

    at: int
    answer: bool
    event: int
    sounds_at: int = 0
    rows: int = 0  # of the sounding segment, 0 for none
    sounding: int = -1


def schedule(case: StageCase, mode: Mode) -> list[_Step]:
    """Put in order what the answerer is told and asked."""
    onset = np.asarray(case.heard.onset, np.int64)
    seconds = np.asarray(case.heard.seconds, np.float64)
    ends = onset + np.round(seconds * case.rate).astype(np.int64)
    ends[:-1] = np.minimum(ends[:-1], onset[1:])
    known_rows = np.diff(case.heard.first)
    hop = int(TABLE["listen.hop_samples"].default)
    delay, spare = (round(ms * case.rate / 1000) for ms in (mode.delay_ms, SPARE_MS))
    steps = [_Step(int(end), False, e) for e, end in enumerate(ends)]
    for e, begin in enumerate(onset.tolist()):
        at = begin + delay
        if delay == 0:
            # what began with it is not heard yet
            sounding, known = e - 1, begin
        else:
            known = max(at - spare, begin)
            sounding = int(np.searchsorted(onset, known, side="right")) - 1
        rows = 0
        open_still = sounding >= 0 and ends[sounding] >= known
        if open_still:
            rows = min((known - int(onset[sounding])) // hop, int(known_rows[sounding]))
            rows = rows if delay else peek_rows(rows)
        steps.append(_Step(known, True, e, at, rows, sounding if open_still else -1))
    # an answer is put out before the segment that its onset ends is closed
    return sorted(steps, key=lambda step: (step.at, not step.answer, step.event))


def play(answerer: Answerer, case: StageCase, mode: Mode) -> Played:
    """Let somebody answer every stroke of a case, from nothing, at temperature 0."""
    answerer.reset()
    steps = schedule(case, mode)
    asked = [step for step in steps if step.answer]
    cuts = _cuts(case, asked)
    hop = int(TABLE["listen.hop_samples"].default)
    how: dict[str, Any] = {
        "temperature": 0.0, "top_k": int(TABLE["player.top_k"].default), "repeat": mode.repeat, "follow": mode.follow,
    }  # fmt: skip
    onset = np.asarray(case.heard.onset, np.int64)
    chosen, truth, place, event = ([] for _ in range(4))
    number = 0
    for step in steps:
        if not step.answer:
            e = step.event
            answerer.hear(
                case.heard.features[e], frame=step.at, frames=max(step.at - int(onset[e]), 1), onset=int(onset[e])
            )
            continue
        sounds = step.rows > 0
        if sounds:
            answerer.hear(
                cuts[number], frame=step.at, frames=step.rows * hop, onset=int(onset[step.sounding]), provisional=True
            )
        number += 1
        items = [item for item, _ in answerer.choose(**how, now=mode.delay_ms > 0 and sounds)]
        right, with_event = right_item(case, mode, step)
        chosen.append(items[0] if items else -1)
        truth.append(right)
        place.append(items.index(right) if right in items else -1)
        event.append(with_event)
        if items:
            answerer.played(items[0], frame=step.sounds_at)
    return Played(*(np.array(values, np.int64) for values in (chosen, truth, place, event)))


def right_item(case: StageCase, mode: Mode, step: _Step) -> tuple[int, int]:
    """Give the right item of an answer, −1 for none, and the event with which the answer sounds."""
    if mode.delay_ms == 0:
        return int(case.after[step.event]), step.event
    with_event = int(np.searchsorted(case.heard.onset, step.at, side="right")) - 1
    return int((case.same if mode.mirror else case.following)[with_event]), with_event


def _cuts(case: StageCase, asked: Sequence[_Step]) -> np.ndarray:
    """Sum up what is heard of the sounding segments when each answer is asked for, float32 [asked, SEGMENT_SIZE]."""
    first = np.array([case.heard.first[max(step.sounding, 0)] for step in asked], np.int64)
    counts = np.array([step.rows for step in asked], np.int64)
    hop = int(TABLE["listen.hop_samples"].default)
    return summarize_cuts(case.heard.rows, first, counts, case.rate, hop)


def with_other_sounds(case: StageCase, seed: int = 0) -> StageCase:
    """Give a case in which other events of the same recording are heard at the same onsets, each as long as it was."""
    order = np.random.default_rng(seed).permutation(len(case))
    if (order == np.arange(len(case))).all():
        order = np.roll(order, 1)
    moved = case.heard.take(order)
    return replace(case, heard=replace(moved, onset=case.heard.onset, seconds=case.heard.seconds))
