"""What a player is made from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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

    def open_model(self, model: str, kind: str) -> Any:
        """Open an export for the part; where its steps would hold the worker up, a thread of its own runs it.

        Parameters
        ----------
        model : str
            Name or folder.
        kind : str
            A key of `livehost.inference.kinds.KINDS`.

        Raises
        ------
        LivehostError
            As `livehost.inference.export.open_export`.
        """
        from livehost.inference.export import open_export

        def opened(backend: str) -> Any:
            return open_export(
                model,
                rate=int(self.rate),
                hop_samples=self.values["listen.hop_samples"],
                frame_samples=self.values["listen.frame_samples"],
                backend=backend,
                provider=str(self.value("provider")),
                kind=kind,
            )

        export = opened(str(self.value("backend")))
        if export.step_ms > float(str(self.value("late_ms"))) and self.value("backend") == "auto":
            # the worker must not be held up: what a thread of its own has not done in time is left behind
            took_ms = export.step_ms
            export = opened("python")
            export.notes.append(
                f"A step of the model takes {took_ms:.0f} ms here: a thread of its own runs it, and may be late."
            )
        return export


def new_timing(values: Settings, part: int, rate: float) -> Timing:
    """Make the timing of a part."""
    return Timing(int(rate), int(values["run.seed"]) + _PART_SEED * part)
