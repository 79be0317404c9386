"""What the tests are given: who plays, with what, and how much of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livehost.studio.stage_evaluation.material import Take
from livehost.studio.stage_evaluation.session import Player


@dataclass(frozen=True)
class PartnerSetup:
    """What a test may use.

    Attributes
    ----------
    player : Player
    bank : Path
        Folder of the sounds that it answers with.
    sounds : list of np.ndarray
        Float32 [frames]: what the simulated musician strikes.
    takes : list of Take
        Music to play beside.
    seconds : float
        Of each session.
    phrases : int
        Phrases that are answered.
    say : callable
        Shows a line of progress.
    """

    player: Player
    bank: Path
    sounds: list[np.ndarray]
    takes: list[Take]
    seconds: float
    phrases: int
    say: Callable[[str], None]
