"""Beam search: of all continuations the likeliest ones are gone on with, event by event."""

import copy
from dataclasses import dataclass

import numpy as np

from livehost.performance.condition import helped
from livehost.performance.vocabulary import shift_of
from livehost.studio.performance_rnn.choose import log_probabilities
from livehost.studio.performance_rnn.improvise import Ask, Line
from livehost.studio.performance_rnn.steps import Lines, Model


@dataclass(frozen=True)
class Found:
    """What a beam search has found.

    Attributes
    ----------
    line : Line
        The likeliest by its mean per choice.
    log_p : float
        Of its choices together.
    choices : int
        How many there were.
    """

    line: Line
    log_p: float
    choices: int

    @property
    def mean(self) -> float:
        """Log p a choice."""
        return self.log_p / max(self.choices, 1)


def beam_search(model: Model, line: Line, ask: Ask, width: int, *, warmth: float = 0.0, seed: int = 0) -> Found:
    """Go on with a line that hears nobody until its time is up.

    All beams have made the same number of choices at any time. One whose time is up is set aside, and compared with the
    others by its mean of log p a choice, so that being short is no merit.

    Parameters
    ----------
    model : Model
    line : Line
        May be primed; it stays as it is.
    ask : callable
    width : int
        Continuations that are gone on with.
    warmth : float
        Of Gumbel noise on the log p of each choice, by which another seed finds another continuation; 0: always the
        likeliest. Source: Kool et al. 2019.
    seed : int

    Returns
    -------
    Found
    """
    states, rng = model.lines(width), np.random.default_rng(seed)
    beams, scores = [copy.deepcopy(line) for _ in range(width)], np.full(width, -np.inf)
    scores[0] = 0.0  # they are all the same yet
    best: Found | None = None
    logits, choices = _begin(states, beams, ask), 0
    while np.isfinite(scores).any():
        possible = np.stack([beam.possible() for beam in beams])
        log_p = np.where(possible, log_probabilities(np.where(possible, logits, -np.inf)), -np.inf)
        total = scores[:, None] + log_p
        noise = warmth * rng.gumbel(size=total.shape) if warmth else 0.0
        chosen = np.argsort(-(total + noise), axis=None, kind="stable")[:width]
        of, events = np.divmod(chosen, log_p.shape[1])
        beams, scores, choices = [copy.deepcopy(beams[k]) for k in of], total.reshape(-1)[chosen], choices + 1
        states.reorder(of.tolist())
        given = [beam.choose(int(event)) for beam, event in zip(beams, events, strict=True)]
        for k, beam in enumerate(beams):
            beam.feed(*given[k])
            if beam.over and np.isfinite(scores[k]):
                ended = Found(copy.deepcopy(beam), float(scores[k]), choices)
                best = ended if best is None or ended.mean > best.mean else best
                scores[k] = -np.inf
        events, sources = (np.array(column) for column in zip(*given, strict=True))
        conditions = np.stack([ask(beam) for beam in beams])
        logits = helped(states.step(events, sources, conditions), conditions)
    return best if best is not None else Found(beams[0], 0.0, 0)


def _begin(states: Lines, beams: list[Line], ask: Ask) -> np.ndarray:
    """Feed all beams what has been before, a step of silence where that is nothing; logits of what comes."""
    logits = np.zeros(0)
    while True:
        given = [beam.heard_now() for beam in beams]
        if given[0] is None and len(logits):
            return logits
        fed = [event if event is not None else (shift_of(1), 0) for event in given]
        for beam, event in zip(beams, fed, strict=True):
            beam.feed(*event)
        events, sources = (np.array(column) for column in zip(*fed, strict=True))
        conditions = np.stack([ask(beam) for beam in beams])
        logits = helped(states.step(events, sources, conditions), conditions)
