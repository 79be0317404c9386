"""Learns from half a session, and asks the model before and after about the other half, and about other sessions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.bank.load import open_bank
from livehost.inference.tokens import item_vectors
from livehost.players.chooser import CHOICES
from livehost.studio.audio_data.recording import Recording
from livehost.studio.audio_data.segments import RATE
from livehost.studio.bank_transformer.model import BankTransformer
from livehost.studio.bank_transformer.sessions.contexts import contexts_of, heard_of_stream
from livehost.studio.bank_transformer.sessions.folder import read_session_files
from livehost.studio.bank_transformer.sessions.recording import MOST, heard_stream
from livehost.studio.bank_transformer.sessions.verdicts import answers_of
from livehost.studio.bank_transformer.stage_cases import stage_cases
from livehost.studio.bank_transformer.validation import Validation
from livehost.studio.evaluation.bootstrap import bootstrap_interval

#: Probabilities below this are all the same.
_LEAST = 1e-9


@dataclass(frozen=True)
class Gain:
    """How many times the MRR of a model as it was a model reaches, on what is held out.

    Attributes
    ----------
    before, after : float
        MRR as on stage.
    low, high : float
        Interval (95 %) of their ratio; NaN where there is too little.
    """

    before: float
    after: float
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """After / before."""
        return self.after / max(self.before, _LEAST)

    @property
    def verdict(self) -> str:
        """Say whether it helped."""
        if math.isnan(self.low):
            return "cannot tell"
        return "better" if self.low > 1.0 else "worse" if self.high < 1.0 else "cannot tell"


def second_half(session: Path, half: int, mean: np.ndarray, scale: np.ndarray) -> Validation:
    """Make stage cases of what was heard from a frame on, in stretches."""
    stream = heard_stream(read_session_files(session))
    assert stream is not None  # noqa: S101  the session was played with a recording
    stream = stream.take(stream.onset >= half)
    parts = [stream.take(slice(k, k + MOST)) for k in range(0, len(stream), MOST)]
    pieces = [Recording(f"{session} part {k}:", "own", "test", (part,), rate=RATE) for k, part in enumerate(parts)]
    found = Validation([], mean, scale)
    found.held_out, found.cases = len(pieces), stage_cases(pieces, mean, scale)
    return found


def gain(validation: Validation, start: BankTransformer, tuned: BankTransformer) -> Gain:
    """Compare two models on what is held out, stretches of music drawn together."""
    (sums, steps), (now, _) = validation.groups(start), validation.groups(tuned)
    if not len(steps):
        return Gain(math.nan, math.nan, math.nan, math.nan)
    low, high = bootstrap_interval(lambda drawn: (drawn @ now) / np.maximum(drawn @ sums, _LEAST), len(steps))
    return Gain(float(sums.sum() / steps.sum()), float(now.sum() / steps.sum()), low, high)


def falls(
    session: Path,
    items: Sequence[int],
    start: BankTransformer,
    tuned: BankTransformer,
    mean: np.ndarray,
    scale: np.ndarray,
) -> list[tuple[int, float, int]]:
    """Say how many times less likely each item has become where the model as it was would have armed it.

    Returns
    -------
    list of (int, float, int)
        Item; the ratio of its mean probabilities before and after; in how many contexts.
    """
    files = read_session_files(session)
    stream, reign = heard_stream(files), files.reigns[0]
    assert stream is not None  # noqa: S101
    bank = open_bank(reign.bank, round(files.rate))
    contexts = contexts_of(
        heard_of_stream(stream), answers_of(files, reign), bank, files.rate, mean, scale,
        float(files.setting("player.follow")),
    )  # fmt: skip
    vectors = torch.from_numpy(item_vectors(bank.features, mean, scale))
    tokens, peeks, before, asked = (
        torch.from_numpy(array) for array in (contexts.tokens, contexts.peeks, contexts.before, contexts.asked)
    )
    there = contexts.answer >= 0
    found: list[Any] = []
    with torch.inference_mode():
        for model in (start, tuned):
            query = model(tokens, peeks, before)
            query = query.gather(1, asked[..., None].expand(-1, -1, query.shape[-1]))
            found.append((query @ model.embed(vectors).T).softmax(-1).numpy()[there])
    was, now = found
    armed = np.argsort(-was, 1)[:, :CHOICES]
    rows = []
    for item in items:
        like = (armed == item).any(1)
        if like.any():
            ratio = float(was[like, item].mean() / max(now[like, item].mean(), _LEAST))
            rows.append((int(item), ratio, int(like.sum())))
    return rows
