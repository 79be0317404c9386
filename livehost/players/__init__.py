"""Who plays: each player decides what sounds next and when, in the worker, on its own bank or in notes.

To add a player: a folder here with a `make`, a row in `PLAYERS`, its name in the choices of `player.name`, and rows for
its own settings. The contract is in `livehost.engine.player_abi` (native) and `livehost.players.base` (Python).
"""

from importlib import import_module
from pathlib import Path

from livehost.players.base import Player
from livehost.players.setup import PlayerSetup

#: Players by the name that `player.name` calls them, and the module whose `make` makes one; imported when it is wanted.
PLAYERS = {
    "bank": "livehost.players.bank_transformer.player",
    "nearest": "livehost.players.nearest.player",
    "performance": "livehost.players.performance.player",
}
#: The export that a player with a model plays by default.
MODELS = {"bank": "bank-transformer", "performance": "performance-rnn"}
_PLAYER_OF_KIND = {"bank-transformer": "bank", "performance-rnn": "performance"}
#: Players that play without a bank, too: in notes.
NEED_NO_BANK = ("performance",)
#: Who answers where a model is not to be had.
STAND_IN = "nearest"
#: `player.name` of a part that does not play.
OFF = "off"


def player_of(export: Path) -> str:
    """Name the player that plays an export; that of a kind that none plays is told of when it is opened."""
    from livehost.inference.manifest import load_table

    return _PLAYER_OF_KIND.get(str(load_table(export).get("kind")), "bank")


def make_player(name: str, setup: PlayerSetup) -> Player:
    """Make a player of `PLAYERS`.

    Raises
    ------
    LivehostError
        Where its model or its bank does not fit.
    """
    player: Player = import_module(PLAYERS[name]).make(setup)
    return player
