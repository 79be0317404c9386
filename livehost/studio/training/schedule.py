"""Budget of a training run, how long the rest of it takes, and the schedule of the learning rate."""

import math
from dataclasses import dataclass

from livehost.errors import LivehostError


@dataclass
class Budget:
    """A budget of minutes, or of steps (which repeats exactly).

    Parameters
    ----------
    minutes : float
    steps : int, optional
        Counts instead of the minutes.
    step : int
        Steps taken.
    seconds : float
        Time used, those of earlier runs included.
    """

    minutes: float
    steps: int | None = None
    step: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if not self.minutes > 0 or (self.steps is not None and self.steps < 1):
            raise LivehostError("Training wants some time: --minutes above 0.", 2)

    @property
    def progress(self) -> float:
        """0 at the beginning, 1 when the budget is used up."""
        if self.steps is not None:
            return min(self.step / self.steps, 1.0)
        return min(self.seconds / (60.0 * self.minutes), 1.0)


class Pace:
    """Measures how long a step and a validation take, and estimates the time that is left of a budget.

    Parameters
    ----------
    budget : Budget
    evaluations : int
        Validations in the whole budget; one more comes when it is used up.
    """

    def __init__(self, budget: Budget, evaluations: int) -> None:
        self._budget, self._evaluations = budget, evaluations
        self._step_s = self._validation_s = 0.0

    def stepped(self, seconds: float) -> None:
        """Take the time of a step; the newest count most."""
        self._step_s += (seconds - self._step_s) * (0.05 if self._step_s else 1.0)

    def validated(self, seconds: float) -> None:
        """Take the time of a validation."""
        self._validation_s = seconds

    def left_s(self) -> float:
        """Time until the end, seconds, where nothing ends it earlier."""
        budget = self._budget
        if budget.steps is None:
            return max(60.0 * budget.minutes - budget.seconds, 0.0) + self._validation_s
        due = self._evaluations - int(budget.progress * self._evaluations)
        return max(budget.steps - budget.step, 0) * self._step_s + max(due, 1) * self._validation_s


def learning_rate(peak: float, progress: float, warm_up: float = 0.03, last: float = 0.02) -> float:
    """Rise linearly to the peak during `warm_up`, then fall as a cosine to `last` of it.

    Source: Loshchilov & Hutter 2017.
    """
    if progress < warm_up:
        return peak * max(progress / warm_up, 0.01)
    fall = 0.5 * (1.0 + math.cos(math.pi * (progress - warm_up) / (1.0 - warm_up)))
    return peak * (last + (1.0 - last) * fall)
