"""``livehost evaluate partner``: plays the tests through the whole stage, shows a table, writes JSON."""

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from livehost.studio.partner_evaluation.material import made_takes, struck
from livehost.studio.partner_evaluation.setup import PartnerSetup
from livehost.studio.partner_evaluation.tests import TESTS
from livehost.studio.stage_evaluation.command import given_settings, show_figures
from livehost.studio.stage_evaluation.figures import Figure
from livehost.studio.stage_evaluation.kits import made_bank
from livehost.studio.stage_evaluation.material import takes_of
from livehost.studio.stage_evaluation.named_test import wanted_tests
from livehost.studio.stage_evaluation.session import Player


def evaluate_partner(options: Mapping[str, Any], console: Console) -> list[Figure]:
    """Play the tests of partnership.

    Parameters
    ----------
    options : mapping of str to object
        `tests`: names of `TESTS`, none for all. `model`: name or folder of an export, None for the default; with
        “nearest” the player without a network is asked. `bank`: folder of the bank, of whose sounds the simulated
        musician strikes some, `takes`: folder of music to play beside; what is not given is made by synthesis. `count`:
        takes, `seconds`: of each session, `phrases`: how many are answered. `set`: settings, as key=value. `json`: file
        to write.
    console : rich.console.Console

    Returns
    -------
    list of Figure

    Raises
    ------
    LivehostError
        For an unknown test or setting, or what cannot be read.
    """
    wanted = wanted_tests(options["tests"], [test.name for test in TESTS])
    given = given_settings(options["model"], options["set"] or ())
    began, figures = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="livehost-partner-") as root, console.status("…") as status:
        setup = _setup(Path(root), given, options, status.update)
        for test in TESTS:
            if test.name in wanted:
                figures += list(test.run(setup))
    show_figures(figures, setup.player.name, time.monotonic() - began, given, options, console)
    return figures


def _setup(root: Path, given: Mapping[str, Any], options: Mapping[str, Any], say: Any) -> PartnerSetup:
    seconds, count, takes, bank = options["seconds"], options["count"], options["takes"], options["bank"]
    music = made_takes(seconds, count) if takes is None else takes_of(takes, seconds, count, least_s=0.5)
    sounds, bank = struck(bank), bank or made_bank(root / "bank")
    return PartnerSetup(Player(root, given), bank, sounds, music, seconds, options["phrases"], say)
