"""Rows: by bank, domain and mode the share of right answers and their MRR, beside the best method without a network."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import numpy as np

from livehost.inference.bank_export import Export
from livehost.studio.bank_transformer.evaluation.results import domain_order, piece
from livehost.studio.bank_transformer.evaluation.stage.cases import BANKS, StageCase
from livehost.studio.bank_transformer.evaluation.stage.loop import Mode, Played, play
from livehost.studio.bank_transformer.evaluation.stage.methods import (
    BASELINES,
    MODEL,
    MODEL_ALONE,
    Answerer,
    ModelPlayer,
    has_memory,
)
from livehost.studio.evaluation.bootstrap import bootstrap_interval
from livehost.studio.evaluation.json_file import plain

#: Delays from a stroke to its answer, and last the mirror.
MODES = (Mode(0.0), Mode(12.0), Mode(30.0), Mode(100.0), Mode(30.0, follow=1.0))
#: What the model's MRR should be at least, in units of the best other method's, by bank.
TARGETS = {"slices": 1.2, "alone": 1.1, "crossed": 1.2, "answer": 1.2}

Maker = Callable[[StageCase], Answerer | None]


@dataclass(frozen=True)
class StageRow:
    """One bank, domain and mode.

    Attributes
    ----------
    bank, domain, mode : str
    recordings, asked : int
        How many there were.
    items : float
        Mean size of a bank.
    mrr, top1 : dict
        Method → mean 1 / rank, 0 beyond the eight that are armed; share of answers that are right.
    best : str
        Other method with the largest MRR, "" for none.
    ratio, ratio_low, ratio_high : float
        The model's MRR over that, and its interval by the bootstrap over pieces, the best chosen anew in each draw.
    target : float
        From `TARGETS`.
    """

    bank: str
    domain: str
    mode: str
    recordings: int
    asked: int
    items: float
    mrr: dict[str, float]
    top1: dict[str, float]
    best: str
    ratio: float
    ratio_low: float
    ratio_high: float
    target: float

    @property
    def reached(self) -> bool:
        """Whether the ratio is at its target."""
        return self.ratio >= self.target

    def plain(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        return {key: plain(value) for key, value in asdict(self).items()} | {"reached": self.reached}


@dataclass(frozen=True)
class StageResult:
    """What one method did in one case and mode."""

    case: StageCase
    mode: Mode
    method: str
    played: Played


def makers(export: Export | None) -> dict[str, Maker]:
    """Give who is asked, by name: the model where there is one, then the baselines."""
    found: dict[str, Maker] = {}
    if export is not None:
        player = ModelPlayer(export)
        found[MODEL] = player
        if has_memory():
            found[MODEL_ALONE] = partial(player, memory=False)
    return found | BASELINES


def ask(
    cases: Iterable[StageCase],
    methods: dict[str, Maker],
    modes: Sequence[Mode] = MODES,
    progress: Callable[[str], None] = lambda _: None,
) -> list[StageResult]:
    """Play all cases to all methods in all modes."""
    results = []
    for case in cases:
        wanted = [mode for mode in modes if not mode.mirror or (case.same >= 0).any()]
        for name, make in methods.items():
            if (answerer := make(case)) is not None:
                results += [StageResult(case, mode, name, play(answerer, case, mode)) for mode in wanted]
        progress(case.recording)
    return results


def tabulate(results: Sequence[StageResult], seed: int = 0) -> list[StageRow]:
    """Make the rows, in the order of banks, domains and modes; the seed is that of the bootstrap."""
    cells: dict[tuple[str, str, Mode], list[StageResult]] = {}
    for result in results:
        cells.setdefault((result.case.bank, result.case.domain, result.mode), []).append(result)
    order = sorted(cells, key=lambda c: (BANKS.index(c[0]), *domain_order(c[1])))
    return [row for cell in order if (row := _row(*cell, cells[cell], seed)) is not None]


def _row(bank: str, domain: str, mode: Mode, group: list[StageResult], seed: int) -> StageRow | None:
    methods = list(dict.fromkeys(result.method for result in group))
    pieces = sorted({piece(result.case.recording) for result in group})
    sums, right, steps = (np.zeros((len(pieces), len(methods))) for _ in range(3))
    for result in group:
        cell = pieces.index(piece(result.case.recording)), methods.index(result.method)
        sums[cell] += result.played.reciprocal.sum()
        right[cell] += result.played.top1.sum()
        steps[cell] += len(result.played.top1)
    asked = int(steps[:, 0].sum())
    if asked == 0:
        return None
    mrr = dict(zip(methods, (sums.sum(0) / asked).tolist(), strict=True))
    top1 = dict(zip(methods, (right.sum(0) / asked).tolist(), strict=True))
    others = [m for m in methods if m in BASELINES]
    best = max(others, key=lambda m: mrr[m], default="")
    ratio = low = high = math.nan
    if MODEL in mrr and best and mrr[best] > 0:
        ratio = mrr[MODEL] / mrr[best]
        model, rest = sums[:, methods.index(MODEL)], sums[:, [methods.index(m) for m in others]]
        low, high = bootstrap_interval(
            lambda drawn: (drawn @ model) / np.maximum((drawn @ rest).max(1), 1e-9), len(pieces), seed
        )
    cases = {id(result.case): result.case for result in group}.values()
    return StageRow(
        bank, domain, mode.name, len({case.recording for case in cases}), asked,
        float(np.mean([len(case.features) for case in cases])), mrr, top1, best, ratio, low, high, TARGETS[bank],
    )  # fmt: skip
