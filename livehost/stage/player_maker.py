"""Makes players anew for a running session, aside: on another model, bank or context; what they remember goes along."""

from collections.abc import Mapping
from pathlib import Path

from livehost.bank.layout import Bank
from livehost.engine.state import EngineState
from livehost.errors import LivehostError
from livehost.players import MODELS, make_player, player_of
from livehost.players.setup import PlayerSetup
from livehost.players.timing import Timing
from livehost.settings import Settings, part_key
from livehost.stage.active_player import ActivePlayer
from livehost.stage.catalogue import Catalogue


class PlayerMaker:
    """Makes what is to play a part next.

    Parameters
    ----------
    values : Settings
    engine : EngineState
        Its rate and its clock.
    catalogue : Catalogue
        Finds banks, models and contexts by name.
    timings : list of Timing
        Of each part.
    active : list of ActivePlayer or None
        Who plays each part now; only read.
    """

    def __init__(
        self,
        values: Settings,
        engine: EngineState,
        catalogue: Catalogue,
        timings: list[Timing],
        active: list[ActivePlayer | None],
    ) -> None:
        self._values, self._engine, self._catalogue = values, engine, catalogue
        self._timings, self._active = timings, active

    def changed(self, part: int, change: Mapping[str, str]) -> ActivePlayer:
        """Make a part's player with another "bank", "model" or "player", all at once.

        Raises
        ------
        LivehostError
            Where one of them is not to be had or does not fit.
        """
        old = self._active[part]
        bank = self._open(self._catalogue.bank(change["bank"])) if "bank" in change else self._bank_of(part)
        if "model" in change:
            export = self._catalogue.export(change["model"])
            return self._player(player_of(export), part, str(export), bank)
        if "player" in change or old is None:
            name = str(change.get("player", self._values[part_key(part, "name")]))
            return self._player(name, part, _model_for(name, str(self._values[part_key(part, "model")])), bank)
        return self._player(old.player.name, part, old.player.model, bank, stands_in=old.stands_in)

    def loaded(self, part: int, what: str, name: str) -> ActivePlayer:
        """Make a part's player with another "model", "bank" or "context", by its name.

        Raises
        ------
        LivehostError
            As `changed`, and where a bank or a context is for a part that has no player.
        """
        if what == "context":
            return self._with_context(part, name)
        if what == "bank":
            self._playing(part)
        return self.changed(part, {what: name})

    def _with_context(self, part: int, name: str) -> ActivePlayer:
        old, engine = self._playing(part), self._engine
        context = old.player.load_context(self._catalogue.context(name), engine.rate, int(engine["frame"]))
        new = self._made(old.player.name, part, old.player.model, old.bank)
        new.feed(context)
        return new

    def _playing(self, part: int) -> ActivePlayer:
        active = self._active[part]
        if active is None:
            raise LivehostError(f"Part {part} has no player; set {part_key(part, 'name')} first.", 2)
        return active

    def _open(self, folder: Path) -> Bank:
        from livehost.bank.load import open_bank

        return open_bank(
            folder,
            int(self._engine.rate),
            slice_onsets=self._values["bank.slice"],
            match_loudness=self._values["bank.match_loudness"],
        )

    def _bank_of(self, part: int) -> Bank:
        """Give the bank that a part plays from; for one that has not played yet, its own or that of part 0."""
        active = self._active[part]
        if active is not None:
            return active.bank
        folder = self._values[part_key(part, "bank")] if part > 0 else ""
        return self._open(Path(folder)) if folder else self._playing(0).bank

    def _player(self, name: str, part: int, model: str, bank: Bank, *, stands_in: bool = False) -> ActivePlayer:
        """Make a player; what the one before remembers goes along."""
        old = self._active[part]
        new = self._made(name, part, model, bank, stands_in=stands_in)
        if old is not None and old.player.has_context and old.player.context_kind == new.player.context_kind:
            context = old.player.context()
            new.feed(context if bank is old.bank else old.player.without_items(context))
        return new

    def _made(self, name: str, part: int, model: str, bank: Bank, *, stands_in: bool = False) -> ActivePlayer:
        setup = PlayerSetup(self._values, part, self._engine.rate, bank, self._timings[part], model)
        player = make_player(name, setup)
        player.warm_up()
        return ActivePlayer(player, bank, stands_in)


def _model_for(player: str, model: str) -> str:
    """Give the model that is set, unless it is of a kind that another player plays; empty for the player's own."""
    from livehost.inference.export import find_export

    return model if model and player in MODELS and player_of(find_export(model)) == player else ""
