"""From settings to what a session is made of: driver, input, banks, header of the log; in steps, each with its name."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from llvmlite.binding import get_host_cpu_name

import livehost
from livehost.bank.layout import Bank
from livehost.bank.load import open_bank
from livehost.bank.none import no_bank
from livehost.engine.drivers.base import Driver
from livehost.engine.state import EngineState
from livehost.errors import LivehostError
from livehost.inference.manifest import Manifest
from livehost.players import NEED_NO_BANK, OFF
from livehost.rt.compile_cache import build_digest
from livehost.session_folder.players import backend_of
from livehost.session_log import FORMAT, KIND
from livehost.settings import PARTS, Settings, part_key
from livehost.stage.active_player import ActivePlayers, Banks
from livehost.stage.audio_file import is_sound_file
from livehost.stage.notices import Notices

#: How long the last sounds have to die away after an input file's end.
TAIL_S = 2.0

Progress = Callable[[int, int, str], None]


def read_input_file(values: Settings, rate: float) -> np.ndarray | None:
    """Read the sound file that is heard in place of a device, float32 [frames, channels]; None for a device.

    Raises
    ------
    LivehostError
        Where it cannot be read, or is shorter than an analysis frame.
    """
    path = values["audio.input"]
    if not is_sound_file(path):
        return None
    from livehost.bank.decode import UnusableSound, decode

    try:
        samples = decode(path, int(rate)).samples
    except UnusableSound as error:
        raise LivehostError(f"The input file {path} {error}.") from None
    except OSError as error:
        raise LivehostError(f"The input file {path} cannot be read: {error.strerror}.") from None
    if len(samples) < values["listen.frame_samples"]:
        raise LivehostError(
            f"The input file {path} is too short: {len(samples)} samples, and one analysis frame has "
            f"{values['listen.frame_samples']}."
        )
    return samples


def needs_bank(values: Settings) -> bool:
    """Whether a part that plays, or the first one, is played by a player that has nothing to play without a bank."""
    first, *others = (values[part_key(part, "name")] for part in range(PARTS))
    return first not in NEED_NO_BANK or any(name not in (OFF, *NEED_NO_BANK) for name in others)


def open_banks(values: Settings, rate: float, notices: Notices, progress: Progress | None) -> Banks:
    """Open the bank of each part; None for a part (but the first) that does not play. Equal folders are one bank.

    Raises
    ------
    LivehostError
        Where a folder is not there or has no sound that can be read.
    """
    opened: dict[str, Bank] = {} if values["bank.dir"] else {"": no_bank(int(rate))}

    def of(folder: str) -> Bank:
        if folder not in opened:
            opened[folder] = open_bank(
                folder,
                int(rate),
                slice_onsets=values["bank.slice"],
                match_loudness=values["bank.match_loudness"],
                progress=progress,
            )
            for note in opened[folder].notes:
                notices.say(note)
            for name, why in opened[folder].skipped:
                notices.say(f"Left out of the bank: {name} ({why}).")
        return opened[folder]

    first = of(values["bank.dir"])
    others = [
        of(values[part_key(part, "bank")] or values["bank.dir"]) if values[part_key(part, "name")] != OFF else None
        for part in range(1, PARTS)
    ]
    return first, *others


def heard_channels(driver: Driver, source: np.ndarray | None) -> tuple[int, tuple[int, ...]]:
    """Give the number of input channels, and those (from 0) that are heard: of a file, all."""
    if source is None:
        return driver.inputs, driver.listened
    return source.shape[1], tuple(range(source.shape[1]))


def make_engine(values: Settings, driver: Driver, banks: Banks, source: np.ndarray | None) -> EngineState:
    """Make the audio thread's memory, with its banks and its input."""
    inputs, listened = heard_channels(driver, source)
    engine = EngineState(
        values,
        driver.rate,
        inputs=inputs,
        outputs=driver.outputs,
        listened=listened,
        pair=driver.pair,
        silent=is_sound_file(values["audio.output"]),
        shared=driver.realtime,
        preroll=driver.realtime,
    )
    for part, bank in enumerate(banks):
        if bank is not None:
            engine.use_bank(bank.block, bank.items, part)
    if source is not None:
        engine.use_source(source)
    return engine


def last_frame(values: Settings, driver: Driver, source: np.ndarray | None) -> int:
    """Frame at which the session ends by itself, 0 for never.

    Raises
    ------
    LivehostError
        Where it would never end offline.
    """
    if values["run.seconds"] > 0:
        return max(1, round(values["run.seconds"] * driver.rate))
    if source is not None:
        return len(source) + round(TAIL_S * driver.rate)
    if not driver.realtime:
        raise LivehostError("The offline driver needs to know how long: give --input FILE or --seconds.", 2)
    return 0


def log_header(
    values: Settings,
    driver: Driver,
    players: ActivePlayers,
    inputs: int,
    listened: Sequence[int],
    *,
    stroke_ear: Manifest | None = None,
) -> dict[str, Any]:
    """Make the first line of the event log: what the session was, for whoever reads the log later.

    `inputs` is the number of input channels, `listened` those (from 0) that are heard; `stroke_ear` is the export of
    the ear for strokes.
    """
    ear = {"stroke_ear": {"model": stroke_ear.name, "model_sha256": stroke_ear.sha256}} if stroke_ear else {}
    parts = [
        {
            "part": part,
            "player": active.player.name,
            "model": active.player.description if active.player.model else "",
            "model_sha256": active.player.model_digest,
            "backend": backend_of(active.player.description) if active.player.model else "",
            "bank": str(active.bank.directory),
            "bank_hash": active.bank.hash,
            "items": len(active.bank),
        }
        for part, active in enumerate(players)
        if active is not None
    ]
    return {
        "frame": 0, "kind": KIND, "format": FORMAT, "livehost": livehost.__version__, "rate": driver.rate,
        "block": driver.block, "seed": values["run.seed"], "parts": parts, "settings": values.changed(),
        "driver": driver.name, "realtime": driver.realtime, "inputs": inputs, "listened": list(listened),
        "pair": list(driver.pair),
        "build": build_digest(), "processor": get_host_cpu_name(), **ear,
    }  # fmt: skip


def output_files(values: Settings, also: Path | None) -> list[Path]:
    """List the sound files that what is played is written to."""
    files = [Path(values["audio.output"])] if is_sound_file(values["audio.output"]) else []
    return files if also is None else [*files, also]
