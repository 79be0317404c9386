"""What a player is made from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from livehost.players.timing import Timing
from livehost.settings import Settings, part_key

if TYPE_CHECKING:
    from livehost.bank.layout import Bank

#: Seeds of different parts share no random numbers.
_PART_SEED = 1_000_003


@dataclass(frozen=True)
class PlayerSetup:
    """What a player is made from.

    Attributes
    ----------
    values : Settings
        The player's own are those of its part: `value`.
    part : int
        Number of the part that it is to play.
    rate : float
        Of the stage, Hz.
    bank : Bank
        Its sounds.
    timing : Timing
        Of the part: what it has learnt of the musician's time stays when a player is changed.
    model : str
        Name or folder of its model, where it has one; empty for the one that is shipped for it.
    """

    values: Settings
    part: int
    rate: float
    bank: "Bank"
    timing: Timing
    model: str

    @property
    def seed(self) -> int:
        """Seed of its random choices."""
        return int(self.values["run.seed"]) + _PART_SEED * self.part

    def value(self, name: str) -> object:
        """Value of a setting of the part, by its name in the part."""
        return self.values[part_key(self.part, name)]


def new_timing(values: Settings, part: int, rate: float) -> Timing:
    """Make the timing of a part."""
    return Timing(int(rate), int(values["run.seed"]) + _PART_SEED * part)
