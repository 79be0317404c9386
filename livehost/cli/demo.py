"""``livehost demo``: a bank and a performer made by synthesis, a real session of twenty seconds, and what is left."""

from pathlib import Path

import numpy as np
import soundfile
from rich.console import Console

from livehost.errors import LivehostError
from livehost.session_log import SessionLog
from livehost.settings import Settings
from livehost.stage.session import run_session

_RATE = 48_000


def run_demo(directory: Path, *, seconds: float, seed: int, driver: str, console: Console) -> None:
    """Make a bank and a take, let livehost answer it, and leave sound, log and picture.

    Parameters
    ----------
    directory : Path
        Folder that gets ``bank/``, ``take.wav``, ``answer.wav``, ``stereo.wav`` (left heard, right played),
        ``events.jsonl`` and ``picture.png``.
    seconds : float
        Length of the take.
    seed : int
        Of everything random.
    driver : str
        As for ``livehost run``; with ``auto`` it sounds where there is a sound card.
    console : rich.console.Console
        Where it tells how it goes.

    Raises
    ------
    LivehostError
        Where the folder cannot be written, or the engine does not start.
    """
    from livehost.synthesis.demo_bank import write_demo_bank
    from livehost.synthesis.performer import perform

    console.print("Building drums, strings and bells, and a performer …")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        write_demo_bank(directory / "bank", _RATE, seed)
        take, _ = perform(seconds, _RATE, seed)
        soundfile.write(directory / "take.wav", take, _RATE, "PCM_24")
    except (OSError, soundfile.LibsndfileError) as error:
        raise LivehostError(f"The demo cannot write to {directory}: {error}.") from None
    for name in ("answer.wav", "events.jsonl"):
        (directory / name).unlink(missing_ok=True)
    values = Settings(
        {
            "bank.dir": str(directory / "bank"), "audio.driver": driver, "audio.rate": _RATE, "run.seed": seed,
            "audio.input": str(directory / "take.wav"), "log.events": str(directory / "events.jsonl"), "osc.in_port": 0,
        }
    )  # fmt: skip
    outcome = run_session(values, console, also_write=directory / "answer.wav")
    _leave(directory, outcome.rate, console)


def _leave(directory: Path, rate: float, console: Console) -> None:
    """Write the stereo file and the picture."""
    from livehost.view.picture.session import plot_session

    heard, _ = soundfile.read(directory / "take.wav", dtype="float32")
    played, played_rate = soundfile.read(directory / "answer.wav", dtype="float32", always_2d=True)
    mono = played.mean(axis=1)
    if played_rate != _RATE:
        import soxr

        heard = soxr.resample(heard, _RATE, played_rate)
    both = np.zeros((max(len(heard), len(mono)), 2), np.float32)
    both[: len(heard), 0], both[: len(mono), 1] = heard, mono
    soundfile.write(directory / "stereo.wav", both, played_rate, "PCM_24")
    events = list(SessionLog(directory / "events.jsonl").events())
    plot_session(both[:, 0], both[:, 1], rate, events, directory / "picture.png", title="livehost demo")
    names = ("take.wav", "answer.wav", "stereo.wav (left heard, right played)", "events.jsonl", "picture.png")
    console.print(f"{directory}/ holds {', '.join(names)}.", markup=False, highlight=False)
