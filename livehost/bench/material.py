"""What the suites play with: banks and takes made by synthesis, and one offline session with all its events."""

import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from livehost import __version__
from livehost.bench.suite import CannotRun
from livehost.places import cache_root
from livehost.players.modes import in_mode
from livehost.settings import Settings

RATE = 48_000


def demo_bank(part: str = "") -> Path:
    """Give the folder of the demo's bank, or of a part of it: ``drums``, ``strings``, ``bells``; made once and kept.

    Raises
    ------
    CannotRun
        Where it cannot be written.
    """
    folder = cache_root() / "bench" / f"bank-{__version__}"
    if not folder.exists():
        from livehost.synthesis.demo_bank import write_demo_bank

        unfinished = folder.with_name(f"{folder.name}-{os.getpid()}")
        try:
            write_demo_bank(unfinished, RATE, 1)
            unfinished.rename(folder)
        except OSError as error:
            shutil.rmtree(unfinished, ignore_errors=True)
            if not folder.exists():
                raise CannotRun(f"The bench's bank cannot be written to {folder}: {error.strerror}.") from None
    return folder / part


def write_take(path: Path, samples: np.ndarray) -> Path:
    """Write a take as a 32-bit float file."""
    soundfile.write(path, samples, RATE, "FLOAT")
    return path


def make_settings(bank: Path, driver: str = "offline", **more: Any) -> Settings:
    """Make settings for a session without the outside world; in names of settings, ``__`` stands for the dot.

    Each stroke is answered, as soon as possible, unless `more` says otherwise.
    """
    values = Settings()
    values.update(
        {
            "bank.dir": str(bank), "audio.driver": driver, "audio.rate": RATE, "osc.in_port": 0, "run.seed": 1,
            "player.answer_delay_ms": 0.0, **in_mode("answer"),
        },
        "flag",
    )  # fmt: skip
    values.update({key.replace("__", "."): value for key, value in more.items()}, "flag")
    return values
