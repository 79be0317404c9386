"""Who plays each part, and who does at first."""

import threading
from dataclasses import dataclass, field
from typing import Any

from livehost.bank.layout import Bank
from livehost.errors import LivehostError
from livehost.players import OFF, STAND_IN, make_player
from livehost.players.base import Player
from livehost.players.setup import PlayerSetup
from livehost.players.timing import Timing
from livehost.settings import Settings, part_key
from livehost.stage.notices import Notices


@dataclass(eq=False)
class ActivePlayer:
    """Who plays a part, and from which bank.

    Attributes
    ----------
    player : Player
    bank : Bank
    stands_in : bool
        Another player answers because the model that was wanted is not to be had.
    fed : Any
        The context that it was told before it played, None for none.
    arrived : threading.Event
        Set once the worker has said that it answers.
    """

    player: Player
    bank: Bank
    stands_in: bool = False
    fed: Any = None
    arrived: threading.Event = field(default_factory=threading.Event)

    def feed(self, context: Any) -> None:
        """Tell the player a context, before it plays; nothing for an empty one."""
        if len(context):
            self.player.feed(context)
            self.fed = context

    def stand_in(self) -> None:
        """Answer, from now on, in the place of a model that is not to be had."""
        self.stands_in = True


#: Of each part, None for a part that does not play; the first always does.
Banks = tuple[Bank, *tuple[Bank | None, ...]]
ActivePlayers = tuple[ActivePlayer, *tuple[ActivePlayer | None, ...]]


def first_players(
    values: Settings, rate: float, banks: Banks, timings: list[Timing], notices: Notices
) -> ActivePlayers:
    """Make the players that a session begins with.

    Parameters
    ----------
    values : Settings
        The parts' `name` and `model`; a part whose model is not to be had, and was not asked for, plays `STAND_IN`.
    rate : float
        Hz.
    banks : Banks
        Of each part, None for a part that does not play.
    timings : list of Timing
    notices : Notices
        Told why a model does not play.

    Raises
    ------
    LivehostError
        Where a model that was asked for does not fit or is not there, or the rate is none that the model plays at.
    """
    first = _first_player(values, 0, rate, banks[0], timings[0], notices)
    others = [
        _first_player(values, part, rate, bank, timings[part], notices) if bank is not None else None
        for part, bank in enumerate(banks[1:], 1)
    ]
    return first, *others


def _first_player(
    values: Settings, part: int, rate: float, bank: Bank, timing: Timing, notices: Notices
) -> ActivePlayer:
    from livehost.inference.checks import WrongRate

    key = part_key(part, "name")
    wanted = values[key]
    setup = PlayerSetup(values, part, rate, bank, timing, values[part_key(part, "model")])
    # nobody asks the player of a part that is off, but it may be told to play at any time
    name = STAND_IN if wanted == OFF else wanted
    try:
        return ActivePlayer(make_player(name, setup), bank)
    except WrongRate:
        raise
    except LivehostError as error:
        asked = any(values.by(part_key(part, n)) != "default" for n in ("model", "backend", "provider"))
        if asked or name == STAND_IN:
            raise LivehostError(str(error)) from error
        notices.say(f"{error} Player {STAND_IN} answers instead.")
        values.set(key, STAND_IN, "stage")
        return ActivePlayer(make_player(STAND_IN, setup), bank, stands_in=True)
