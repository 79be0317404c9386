"""Baselines: methods without a network that a model must beat; they know nothing but the recording's past.

They work in the stage's own `livehost.players.nearest.space`, fitted on the bank, and place what is heard there as the
stage's nearest player does. A method maps a case to scores, float64 [steps, items], higher is better.

- `nearest`: near to what was heard last; the stage's nearest player itself.
- `own nearest`: near to what the machine played last (*answer* only; elsewhere it plays nothing).
- `recent mean`: near to the mean of the last `RECENT` sounds heard; in *answer*, played.
- `successor`: near to what followed the earlier moment that is most like this one (several of them are weaker). A
  moment is what was heard last, in *answer* with what was played last. What followed was heard in *continue* and
  *crossed*, and played in *answer*.
- `uniform`: no preference.
"""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np

from livehost.players.nearest.player import NearestChooser
from livehost.studio.bank_transformer.evaluation.cases import Case

#: Sounds that the recent mean is taken of; of 2, 4 and 8 the strongest on prepared music.
RECENT = 2


class Places:
    """The space of a bank in which the nearest player works, and where all items and tokens lie in it.

    Parameters
    ----------
    case : Case
        What is asked.

    Attributes
    ----------
    items : np.ndarray
        Float64 [items, dimensions].
    tokens : np.ndarray
        Float64 [tokens, dimensions]: a heard token where the nearest player put it when it heard it, a played one where
        its item lies.
    heard, played : np.ndarray
        Int64 [steps], the last token of each kind that is known at each step; −1 where there is none.
    """

    def __init__(self, case: Case) -> None:
        successor = np.full(len(case.bank), -1, np.int64)
        chooser = NearestChooser(SimpleNamespace(features=case.bank, items={"successor": successor}))
        self.items = chooser.space.matrix.astype(np.float64)
        self.tokens = np.zeros((len(case.features), self.items.shape[1]))
        for t, features in enumerate(case.features):
            if case.item[t] < 0:
                chooser.hear(features)
                self.tokens[t] = chooser.heard_place
            else:
                self.tokens[t] = self.items[case.item[t]]
        self.heard, self.played = (_last(mask)[case.after] for mask in (case.item < 0, case.item >= 0))

    def near(self, places: np.ndarray) -> np.ndarray:
        """Give minus the squared distance of each place to each item, float64 [places, items]."""
        # a row at a time: equal items get equal distances, to the bit
        return np.array([-((self.items - place) ** 2).sum(1) for place in places]).reshape(len(places), len(self.items))


def nearest(case: Case, places: Places) -> np.ndarray:
    """Near to what was heard last; where nothing was yet, to what was played."""
    known = np.where(places.heard >= 0, places.heard, case.after)
    return places.near(places.tokens[known])


def own_nearest(case: Case, places: Places) -> np.ndarray | None:
    """Near to what was played last."""
    return places.near(places.tokens[places.played]) if case.task == "answer" else None


def recent_mean(case: Case, places: Places) -> np.ndarray:
    """Near to the mean of the last few sounds of one's own line."""
    own = case.item >= 0 if case.task == "answer" else case.item < 0
    line = np.flatnonzero(own)
    sums = np.concatenate([np.zeros((1, places.items.shape[1])), np.cumsum(places.tokens[line], axis=0)])
    stop = np.searchsorted(line, case.after, side="right")
    start = np.maximum(stop - RECENT, 0)
    return places.near((sums[stop] - sums[start]) / (stop - start)[:, None])


def successor(case: Case, places: Places) -> np.ndarray:
    """Near to what followed the most similar earlier moment; at the first moment, near to it."""
    if case.task == "answer":
        heard = np.where(places.heard[:, None] >= 0, places.tokens[places.heard], 0.0)
        moments = np.concatenate([heard, places.tokens[places.played]], axis=1)
        first, followed = places.tokens[places.played[:1]], places.items[case.target]
    else:
        moments = places.tokens[case.after]
        first, followed = moments[:1], places.tokens[case.after + 1]
    expected = np.concatenate([first, np.empty((len(moments) - 1, first.shape[1]))])
    for step in range(1, len(moments)):
        # moment k is over, and what followed it is known, for every k < step
        like = ((moments[:step] - moments[step]) ** 2).sum(1).argmin()
        expected[step] = followed[like]
    return places.near(expected)


def uniform(case: Case, places: Places) -> np.ndarray:  # noqa: ARG001
    """No preference."""
    return np.zeros((len(case.after), len(case.bank)))


#: Name → method; None where a method has nothing to say about a task.
BASELINES: dict[str, Callable[[Case, Places], np.ndarray | None]] = {
    "nearest": nearest,
    "own nearest": own_nearest,
    "recent mean": recent_mean,
    "successor": successor,
    "uniform": uniform,
}


def _last(mask: np.ndarray) -> np.ndarray:
    """Give for each place the last one up to it where the mask is true; −1 for none."""
    return np.maximum.accumulate(np.where(mask, np.arange(len(mask)), -1))
