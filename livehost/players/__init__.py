"""Who answers: players decide what sounds next, timing decides when."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from livehost.engine.player_abi import Player
from livehost.errors import LivehostError
from livehost.settings import Settings

if TYPE_CHECKING:
    from livehost.bank.layout import Bank

#: Settings that say which model; where all stand at their defaults, an evening goes on without it.
_CHOSEN = ("player.model", "player.backend", "player.provider")


def make_player(values: Settings, bank: "Bank", rate: float, say: Callable[[str], None]) -> Player:
    """Make the player that an evening begins with.

    Parameters
    ----------
    values : Settings
        ``player.name`` says which; it becomes "nearest" where the model is not to be had.
    bank : Bank
        What it chooses from.
    rate : float
        Of the stage, Hz.
    say : callable
        Told why the model does not play.

    Returns
    -------
    Player
        With a model, or else nearest (which the worker does not ask where ``player.name`` is "off").

    Raises
    ------
    LivehostError
        Where a model that was asked for does not fit or is not there, or the rate is none that the model plays at.
    """
    if values["player.name"] == "bank":
        from livehost.inference.checks import WrongRate

        try:
            return model_player(values, bank, rate, values["player.model"])
        except WrongRate:
            raise
        except LivehostError as error:
            if any(values.source(key) != "default" for key in _CHOSEN):
                raise LivehostError(str(error)) from error
            say(f"{error} Player nearest answers instead.")
            values.set("player.name", "nearest", "osc")
    return nearest_player(values, bank)


def model_player(values: Settings, bank: "Bank", rate: float, model: str | Path) -> Player:
    """Open an export and make the player that asks it; see `make_player`."""
    from livehost.inference.export import open_export
    from livehost.players.bank_transformer.player import BankPlayer

    export = open_export(
        model,
        rate=int(rate),
        hop_samples=values["listen.hop_samples"],
        frame_samples=values["listen.frame_samples"],
        backend=values["player.backend"],
        provider=values["player.provider"],
    )
    return BankPlayer(bank, values["run.seed"], export, rate)


def nearest_player(values: Settings, bank: "Bank") -> Player:
    """Make the player that needs no model."""
    from livehost.players.nearest.player import NearestPlayer

    return NearestPlayer(bank, values["run.seed"])
