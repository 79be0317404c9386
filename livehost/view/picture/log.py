"""``livehost plot session``: the picture of a session from its log, with its recordings where there are any."""

from pathlib import Path

import numpy as np

from livehost.errors import LivehostError
from livehost.session_folder import layout
from livehost.session_log import SessionLog
from livehost.view.picture.page import DPI
from livehost.view.picture.recording import read_recording
from livehost.view.picture.session import plot_session

_USUAL_RATE = 48_000.0
_NOTHING = np.zeros((0, 1), np.float32)


def plot_log(
    log: Path,
    output: Path,
    *,
    heard: Path | None = None,
    played: Path | None = None,
    rate: float | None = None,
    start_s: float = 0.0,
    end_s: float | None = None,
    title: str | None = None,
    dpi: int = DPI,
) -> Path:
    """Draw a session out of its log.

    Parameters
    ----------
    log : Path
        ``events.jsonl`` of ``livehost run --events``, or a folder of ``--session``, whose recordings are taken.
    output : Path
        The PNG to write.
    heard, played : Path, optional
        Recordings; without them there are no waves.
    rate : float, optional
        Hz of the session, where neither the log nor a recording says it (48,000).
    start_s, end_s : float
        Stretch that is shown; by default all of it.
    title : str, optional
        Headline.
    dpi : int
        100 gives 1600 × 900 pixels.

    Returns
    -------
    Path
        `output`.

    Raises
    ------
    LivehostError
        For a file that cannot be read or written, rates that differ, or a stretch in which there is nothing.
    """
    if rate is not None and rate <= 0:
        raise LivehostError(f"A session has a rate above 0 Hz, not {rate:g}.", 2)
    if log.is_dir():
        heard, played = heard or _there(log / layout.HEARD), played or _there(log / layout.PLAYED)
        log = layout.find_file(log, layout.EVENTS, "event log")
    lines = SessionLog(log)
    events = list(lines.events())
    sounds = {path: read_recording(path) for path in (heard, played) if path is not None}
    rates = {str(path): own for path, (_, own) in sounds.items()}
    if lines.rate is not None:
        rates[str(log)] = lines.rate
    if len(set(rates.values())) > 1:
        told = ", ".join(f"{name} {own:g} Hz" for name, own in rates.items())
        raise LivehostError(f"One session has one rate, and here are several: {told}.", 2)
    above, below = (sounds[path][0] if path is not None else _NOTHING for path in (heard, played))
    return plot_session(
        above, below, next(iter(rates.values()), rate or _USUAL_RATE), events, output, title,
        start_s=start_s, end_s=end_s, dpi=dpi,
    )  # fmt: skip


def _there(path: Path) -> Path | None:
    return path if path.is_file() else None
