"""What ``livehost run`` goes on from: an earlier session (``--restore``), or one that crashed (``--supervise``)."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from livehost.bridge.kept_state import KeptState, read_state, state_file
from livehost.errors import LivehostError
from livehost.printable import few
from livehost.settings import PARTS, part_key
from livehost.stage.begin import Begin
from livehost.stage.supervision import Supervision
from livehost.start_layers import StartLayers
from livehost.supervise.link import VARIABLE, Link, supervised

Say = Callable[[str], None]
#: Settings with which one part plays, and, where it has a bank, without a model: that may have been what crashed.
_ONE_PART = {part_key(part, "name"): "off" for part in range(1, PARTS)}
_NO_MODEL = {"player.name": "nearest", "player.failsafe": True}


@dataclass(frozen=True)
class GoesOn:
    """What a session is begun with.

    Attributes
    ----------
    keep : Path or None
        Where its state is kept.
    begin : Begin
        What an earlier one has left.
    supervision : Supervision
    """

    keep: Path | None
    begin: Begin
    supervision: Supervision


def goes_on(layers: StartLayers, say: Say) -> GoesOn:
    """Add to the layers what an earlier session has left, where it is asked for or one has crashed, and say so."""
    link = supervised()
    os.environ.pop(VARIABLE, None)  # it is meant for this process alone
    supervision = Supervision(link)  # its heart beats from here on
    path = _place(link, say)
    if link is None or not link.restarts:
        kept = restore(layers, path, say) if layers.resolve()["run.restore"] else KeptState({})
        return GoesOn(path, Begin(kept, path), supervision)
    seconds = float(layers.resolve()["run.seconds"])
    if seconds:
        layers.update({"run.seconds": supervision.left_s(seconds)}, "resumed")
    if link.failsafe:  # what was kept stays for a later --restore
        _begin_plainly(layers, path)
        return GoesOn(None, Begin(), supervision)
    return GoesOn(path, Begin(restore(layers, path, say, "resumed"), path), supervision)


def _begin_plainly(layers: StartLayers, path: Path | None) -> None:
    """Set what failsafe is; the bank is the one of the first start, or else the one that was kept."""
    with suppress(LivehostError):
        kept = read_state(path).settings if path is not None else {}
        layers.update({"bank.dir": kept["bank.dir"]} if kept.get("bank.dir") else {}, "restored")
    layers.update(_ONE_PART | (_NO_MODEL if layers.resolve()["bank.dir"] else {}), "resumed")


def restore(layers: StartLayers, path: Path | None, say: Say, layer: str = "restored") -> KeptState:
    """Add what the last session left; say what is restored, or why nothing is."""
    if path is None:
        say("There is no earlier session to go on from: LIVEHOST_STATE is empty.")
        return KeptState({})
    try:
        state = read_state(path)
    except LivehostError as error:
        say(str(error))
        return KeptState({})
    layers.update(state.settings, layer)
    scene = f", scene {state.scene}" if state.scene else ""
    say(f"As the last session left it: {len(state.settings)} settings{scene}. {few(state.wrong, ' ', 4)}".strip())
    return state


def _place(link: Link | None, say: Say) -> Path | None:
    """Give the file that the state is kept in; None, and say so, where a supervised livehost keeps its own there."""
    path = state_file()
    if path is None or link is not None or os.name == "nt":
        return path
    from livehost.supervise.lock import holder

    if owner := holder(path):
        say(f"A supervised livehost{owner.rstrip()} keeps its state in {path}: what is set here is not kept.")
        return None
    return path


def supervise_run(arguments: Sequence[str]) -> NoReturn:
    """Become the supervisor of ``livehost run`` with these arguments.

    Raises
    ------
    LivehostError
        Where there is none for this system.
    """
    if os.name == "nt":
        raise LivehostError("There is no supervisor for Windows yet: run it without --supervise.", 2)
    path = state_file()
    os.environ["LIVEHOST_STATE"] = "" if path is None else str(path.absolute())
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "livehost.supervise", *arguments])  # noqa: S606
