"""What a rank does not say: what answers tell of what is heard, how far that follows `follow`, and repetition."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from livehost.dsp.segment import SEGMENT_SLICES
from livehost.players.nearest.space import column_weights, fit
from livehost.studio.bank_transformer.evaluation.results import domain_order
from livehost.studio.bank_transformer.evaluation.stage.cases import StageCase
from livehost.studio.bank_transformer.evaluation.stage.loop import Mode, play, with_other_sounds
from livehost.studio.bank_transformer.evaluation.stage.results import Maker
from livehost.studio.evaluation.groups import group_places
from livehost.studio.evaluation.information import longest_run, mutual_information
from livehost.studio.evaluation.json_file import plain

#: Delay at which all of this is asked, ms.
DELAY_MS = 30.0
FOLLOWS = (0.0, 0.25, 0.5, 0.75, 1.0)
#: Same choices for other sounds at the same onsets, at most; longest run of one sound.
SAME_AT_MOST, RUN_AT_MOST = 0.2, 4


@dataclass(frozen=True)
class Behaviour:
    """One domain; slices of the recordings are the bank.

    Attributes
    ----------
    domain : str
    recordings : int
    bits : dict
        `follow` → mutual information of the class of what is heard and of the answer that sounds with it, bits, less
        what chance gives.
    most : float
        Entropy of the classes of what is heard, bits.
    same : float
        Share of the choices that stay the same when other sounds are heard at the same onsets.
    distinct : float
        Share of different items among the answers, at `repeat` 0.
    run : int
        Longest run of one item then.
    """

    domain: str
    recordings: int
    bits: dict[float, float]
    most: float
    same: float
    distinct: float
    run: int

    @property
    def rises(self) -> bool:
        """Whether the bits never fall as `follow` rises."""
        values = [self.bits[follow] for follow in FOLLOWS]
        return all(b >= a for a, b in pairwise(values))

    def plain(self) -> dict[str, Any]:
        """Give it as JSON can hold it."""
        bits = {f"{follow:g}": plain(value) for follow, value in self.bits.items()}
        return {
            "domain": self.domain, "recordings": self.recordings, "bits": bits, "most": plain(self.most),
            "same": plain(self.same), "distinct": plain(self.distinct), "run": self.run, "rises": self.rises,
        }  # fmt: skip


def classes(case: StageCase) -> np.ndarray:
    """Sort the items of a case's bank into groups of like ones, int64 [items]."""
    weights = column_weights(SEGMENT_SLICES, case.features.shape[1])
    return group_places(fit(case.features, weights).matrix.astype(np.float64))


def behaviour(
    cases: Sequence[StageCase], make: Maker, progress: Callable[[str], None] = lambda _: None
) -> list[Behaviour]:
    """Measure one method by domain, on banks of slices."""
    by_domain: dict[str, list[StageCase]] = {}
    for case in cases:
        if case.bank == "slices":
            by_domain.setdefault(case.domain, []).append(case)
    return [_of_domain(domain, by_domain[domain], make, progress) for domain in sorted(by_domain, key=domain_order)]


def _of_domain(domain: str, cases: Sequence[StageCase], make: Maker, progress: Callable[[str], None]) -> Behaviour:
    usual = Mode(DELAY_MS)
    bits: dict[float, list[float]] = {follow: [] for follow in FOLLOWS}
    most, same, distinct, run = [], [], [], 0
    for case in cases:
        group, answerer = classes(case), make(case)
        assert answerer is not None  # noqa: S101
        for follow in FOLLOWS:
            played = play(answerer, case, replace(usual, follow=follow))
            told = mutual_information(group[case.same[played.event]], group[played.chosen])
            bits[follow].append(told.bits)
            if follow == usual.follow:
                most.append(told.most)
                other = play(answerer, with_other_sounds(case), usual)
                same.append(float(np.mean(other.chosen == played.chosen)))
        items = play(answerer, case, replace(usual, repeat=0.0)).chosen
        distinct.append(len(np.unique(items)) / len(items))
        run = max(run, longest_run(items))
        progress(case.recording)
    return Behaviour(
        domain, len(cases), {follow: _mean(values) for follow, values in bits.items()}, _mean(most), _mean(same),
        _mean(distinct), run,
    )  # fmt: skip


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else math.nan
