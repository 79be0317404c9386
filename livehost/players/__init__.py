"""Who answers: players decide what sounds next, timing decides when."""

from typing import TYPE_CHECKING

from livehost.players.abi import Player

if TYPE_CHECKING:
    from livehost.bank.layout import Bank


def make_player(name: str, bank: "Bank", seed: int) -> Player:
    """Make the player of a name; `off` is a nearest player that the worker does not ask.

    Parameters
    ----------
    name : str
        One of the choices of the setting ``player.name``.
    bank : Bank
        What it chooses from.
    seed : int
        Of its random choices.

    Returns
    -------
    Player
    """
    from livehost.players.nearest import NearestPlayer

    return NearestPlayer(bank, seed)
