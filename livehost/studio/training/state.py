"""How far a training run is: what resuming begins with."""

from dataclasses import dataclass, field

from livehost.studio.training.task import Table


@dataclass
class TrainingState:
    """How far a training run is; `last.pt` keeps it.

    Attributes
    ----------
    step : int
        Steps taken.
    seconds : float
        Time used, those of earlier runs included.
    evaluations : int
        Validations that counted.
    stale : int
        Validations since the best one.
    best_score : float, optional
        None before the first validation.
    best_step : int
        Steps of the weights in `best.pt`.
    units : int
        Units (`Labels.unit`) learnt from.
    finished : str
        Why the run ended: "budget", "early", "interrupted"; "" while it goes on.
    start, best : Table
        Validation before the first step, and of the best weights.
    """

    step: int = 0
    seconds: float = 0.0
    evaluations: int = 0
    stale: int = 0
    best_score: float | None = None
    best_step: int = 0
    units: int = 0
    finished: str = ""
    start: Table = field(default_factory=dict)
    best: Table = field(default_factory=dict)
