"""What each part plays with, and what is to be loaded for a scene."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from livehost.players import OFF, STAND_IN
from livehost.stage.active_player import ActivePlayer
from livehost.stage.catalogue import Catalogue, bare

#: By part: names of the "bank", the "model" and the "player" that are to take the place of what is there.
Loads = dict[int, dict[str, str]]


def loaded(actives: Sequence[ActivePlayer | None]) -> Loads:
    """Name what each part plays with: its "model", where it has one, and its "bank"."""
    found = {}
    for part, active in enumerate(actives):
        if active is not None:
            model = {"model": Path(active.player.model).name} if active.player.model else {}
            bank = {"bank": Path(active.bank.directory).absolute().name} if len(active.bank) else {}
            found[part] = model | bank
    return found


def missing(
    actives: Sequence[ActivePlayer | None],
    wanted: Mapping[int, Mapping[str, str]],
    player_of: Callable[[int], str],
    catalogue: Catalogue,
) -> Loads:
    """List what is wanted and is not there yet.

    Parameters
    ----------
    actives : sequence of ActivePlayer or None
        Who plays each part.
    wanted : mapping
        As `loaded` gives it.
    player_of : callable
        Part → name of the player that is to play it.
    catalogue : Catalogue
        Where it is looked for.

    Returns
    -------
    Loads
        Of the parts in which something is to be loaded.

    Raises
    ------
    LivehostError
        Where something is not to be found.
    """
    loads: Loads = {}
    for part, active in enumerate(actives):
        here, there, player = loaded(actives).get(part, {}), wanted.get(part, {}), player_of(part)
        if active is None and player == OFF:
            continue
        kinds = ("bank",) if player in (OFF, STAND_IN) else ("bank", "model")
        change = {what: there[what] for what in kinds if what in there and there[what] != here.get(what)}
        if player != OFF and player not in (active.player.names if active is not None else ()):
            change["player"] = player
        if change:
            loads[part] = change
    find = {"bank": catalogue.bank, "model": catalogue.export}
    for change in loads.values():
        for what in find.keys() & change.keys():
            find[what](bare(change[what], what))
    return loads
