"""How a model is trained: budget, learning rate, regularisation, how often it is validated and saved. No torch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrainingRecipe:
    """How training is done; checkpoints keep it, so that a resumed run goes by the same.

    Parameters
    ----------
    minutes : float
        Budget, validation included.
    steps : int, optional
        Budget in steps instead.
    rate : float
        Peak of the learning rate.
    weight_decay : float
        Of AdamW, on matrices.
    clip : float
        Longest gradient (L2 norm).
    ema_decay : float
        Of the exponential moving average of the weights.
    evaluations : int
        Validations in the whole budget.
    patience : int
        Validations without a new best after which training stops early.
    save_seconds : float
        Between checkpoints.
    seed : int
    """

    minutes: float = 30.0
    steps: int | None = None
    rate: float = 1.5e-3
    weight_decay: float = 0.05
    clip: float = 1.0
    ema_decay: float = 0.998
    evaluations: int = 25
    patience: int = 10
    save_seconds: float = 60.0
    seed: int = 0
