"""What a model is asked for, one batch after the other; a batch is the same whenever it is asked for again."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from livehost.bank.layout import Bank
from livehost.growing.order import Order
from livehost.growing.parents import Place, chosen_pitch, find_item, fraction, mels_of, pitch_of
from livehost.inference.sound_model import SoundModel

#: Candidates that are made side by side.
BATCH = 16


@dataclass(frozen=True)
class Candidate:
    """A sound that may be taken.

    Attributes
    ----------
    number : int
    place : Place
        Where it was asked for.
    made : numpy.ndarray
        As the model gives it, see `SoundModel`: a mel, or samples.
    """

    number: int
    place: Place
    made: np.ndarray


class Candidates:
    """Makes candidates by number.

    Parameters
    ----------
    order : Order
    bank : Bank
        At the rate of the model's contract.
    model : SoundModel

    Raises
    ------
    LivehostError
        Where the order names sounds that the bank has not.
    """

    def __init__(self, order: Order, bank: Bank, model: SoundModel) -> None:
        self._order, self._bank, self._model = order, bank, model
        self._like = [find_item(bank, name) for name in order.like] or list(range(len(bank)))
        self._between = [find_item(bank, name) for name in order.between]

    def batch(self, number: int) -> list[Candidate]:
        """Make a batch, by its number."""
        rng = np.random.default_rng([self._order.seed, number])
        numbers = range(number * BATCH, (number + 1) * BATCH)
        places = [self.place(k) for k in numbers]
        if self._order.free:
            pitches = np.array([chosen_pitch(self._bank, k) for k in numbers])
            made = self._model.sample(BATCH, rng, pitches=pitches)
        else:
            items = list(dict.fromkeys(item for place in places for item in place.parents))
            # two parents stand side by side, so that a place between them is a number between theirs
            pairs = [item for place in places for item in (place.parents[0], place.parents[-1])]
            known = dict(zip(items, mels_of(self._bank, items, self._model.contract), strict=True))
            at = np.array([2 * k + place.share for k, place in enumerate(places)])
            pitches = np.array([pitch_of(self._bank, item, numbers[k // 2]) for k, item in enumerate(pairs)])
            made = self._model.around([known[item] for item in pairs], at, rng, self._order.spread, pitches=pitches)
        return [Candidate(*row) for row in zip(numbers, places, made, strict=True)]

    def place(self, number: int) -> Place:
        """Say where a candidate is to lie."""
        if self._order.free:
            return Place()
        if self._between:
            at = fraction(number) * (len(self._between) - 1)
            return Place((self._between[int(at)], self._between[int(at) + 1]), at - int(at))
        return Place((self._like[number % len(self._like)],))


def batches(candidates: Candidates, first: int, most: int) -> Iterator[list[Candidate]]:
    """Give batches from a candidate on, `most` candidates at most."""
    for number in range(first // BATCH, -(-most // BATCH)):
        yield [c for c in candidates.batch(number) if first <= c.number < most]
