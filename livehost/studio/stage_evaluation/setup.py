"""What the tests are given: who plays, kits, takes, and how much of it all."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from livehost.bank.layout import Bank
from livehost.bank.load import open_bank
from livehost.settings import TABLE
from livehost.studio.stage_evaluation.kits import Kit
from livehost.studio.stage_evaluation.material import Take
from livehost.studio.stage_evaluation.session import RATE, Player


@dataclass(frozen=True)
class Setup:
    """What a test may use.

    Attributes
    ----------
    player, beside : Player
        The one that is asked about, and the one that it is held against.
    kits : list of Kit
    takes : list of Take
    bank : Path
        For takes, the drone and the roll.
    count : int
        Strokes of a test.
    folder : Path
        For files of the moment.
    say : callable
        Shows a line of progress.
    """

    player: Player
    beside: Player
    kits: list[Kit]
    takes: list[Take]
    bank: Path
    count: int
    folder: Path
    say: Callable[[str], None]
    _banks: dict[tuple[Path, bool], Bank] = field(default_factory=dict)

    @property
    def players(self) -> tuple[Player, ...]:
        """Both, or the one where they are the same."""
        return (self.player,) if self.player.name == self.beside.name else (self.player, self.beside)

    def opened(self, folder: Path, *, slices: bool = False) -> Bank:
        """Open a bank as a session does."""
        key = folder, slices
        if key not in self._banks:
            matched = bool(self.player.settings.get("bank.match_loudness", TABLE["bank.match_loudness"].default))
            self._banks[key] = open_bank(folder, RATE, slice_onsets=slices, match_loudness=matched)
        return self._banks[key]

    def alone(self) -> "Setup":
        """Give the same without the player that it is held against."""
        return replace(self, beside=self.player)
