"""Whether training further helped: in one sentence, by what neither taught nor chose."""

import io

import numpy as np
import pytest
from rich.console import Console

from livehost.studio.training.outcome import show_verdict
from livehost.studio.training.state import TrainingState
from livehost.studio.training.task import Judged, Labels
from livehost.studio.training.verdict import verdict

LABELS = Labels(score="MRR", held_out="recordings that were held out", untold="there is too little")
STEPS = np.full(20, 16.0)


def judged(mean, spread=0.0, seed=0):
    return Judged(STEPS * (mean + spread * np.random.default_rng(seed).normal(size=20)), STEPS)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (judged(0.2), judged(0.3), "It helped: MRR 0.200 before, 0.300 after, on recordings that were held out; the "
         "difference lies between +0.100 and +0.100 (95% interval)."),
        (judged(0.3), judged(0.2), "It did harm: MRR 0.300 before, 0.200 after"),
        (judged(0.2), judged(0.201, 0.1, 1), "Whether it helped cannot be told: MRR 0.200 before"),
        (None, None, "Whether it helped cannot be told: there is too little."),
        (Judged(np.zeros(0), np.zeros(0)), Judged(np.zeros(0), np.zeros(0)), "Whether it helped cannot be told: there"),
        (Judged(STEPS[:1] / 4, STEPS[:1]), Judged(STEPS[:1] / 2, STEPS[:1]),
         "Whether it helped cannot be told: MRR 0.250 before, 0.500 after, on recordings that were held out, but"),
    ],
)  # fmt: skip
def test_the_verdict(before, after, sentence):
    assert verdict(LABELS, before, after).startswith(sentence)


def test_where_less_is_better():
    labels = Labels(lower_is_better=True)
    assert verdict(labels, judged(2.0), judged(1.5)).startswith("It helped: score 2.000 before, 1.500 after")
    assert verdict(labels, judged(1.5), judged(2.0)).startswith("It did harm")


class Judging:
    labels = LABELS

    def judge(self, model):
        return judged(model)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (TrainingState(best={"a": {}}), "It did not help: no step made it better; best.pt is the model as it was."),
        (TrainingState(best={"a": {}}, best_step=4), "It helped: MRR 0.200 before"),
        (TrainingState(best_step=4), "It helped: MRR 0.200 before"),
    ],
)
def test_a_best_that_is_the_beginning_is_not_judged(state, said):
    console = Console(file=io.StringIO(), width=200)
    show_verdict(state, Judging(), 0.2, 0.3, console)
    assert console.file.getvalue().startswith(said)
