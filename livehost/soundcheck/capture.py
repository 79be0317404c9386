"""What a soundcheck hears: a session in which nobody answers, with a test signal for each loudspeaker in it."""

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from livehost.errors import LivehostError
from livehost.settings import PARTS, Settings, part_key
from livehost.soundcheck.signal import LONGEST_S, SWEEP_S, sweep
from livehost.stage.setup import read_input_file
from livehost.stage.stage import Stage

#: Loudspeakers, and how they are called.
SIDES = ("left", "right")
#: Shortest soundcheck, s; the share of it in which nobody plays, and how long that is at least, s.
SHORTEST_S, _QUIET, _QUIET_S = 8.0, 0.2, 1.5
#: From the start to what counts, s.
_SETTLE_S = 0.3
#: Channels of the input that are looked at, as many of them as the card has.
_CHANNELS = (8, 4, 2)
_RATE = 48_000
#: How much longer than it should a stretch may take, s.
_PATIENCE_S = 3.0
#: What a soundcheck turns off: answers, whatever comes in and goes out beside sound, and what would colour the signal.
_QUIETLY: Mapping[str, Any] = {
    **{part_key(part, "name"): "off" for part in range(PARTS)},
    "bank.match_loudness": False, "bank.slice": False, "osc.in_port": 0, "osc.query_port": 0, "osc.out": "",
    "midi.in": "", "midi.out": "", "log.events": "", "run.seconds": 0.0, "tempo.source": "internal",
    "input.monitor": False, "master.bypass": False, "master.mute": False, "master.gain_db": 0.0,
    "engine.fade_in_ms": 0.0,
}  # fmt: skip


@dataclass(frozen=True)
class Capture:
    """What was heard and played.

    Attributes
    ----------
    heard : float32 [frames, inputs]
        Every input, as it came.
    played : float32 [frames, 2]
        What went to the loudspeakers in the same frames.
    rate : float
        Hz.
    quiet : tuple of int
        First and last frame of the stretch in which nobody played; empty where there was none.
    music : tuple of int
        First and last frame of that in which the musician did.
    tests : tuple of (int, int)
        Frames of the test signal of each loudspeaker, with the time that it may take to come back.
    device : str
        What it went through.
    settings : dict
        What the card was opened with, by key.
    xruns : int
        Blocks that came too late.
    """

    heard: NDArray[np.float32]
    played: NDArray[np.float32]
    rate: float
    quiet: tuple[int, int]
    music: tuple[int, int]
    tests: tuple[tuple[int, int], ...] = ()
    device: str = ""
    settings: Mapping[str, Any] | None = None
    xruns: int = 0


def from_file(values: Settings) -> Capture:
    """Take a recording of the musician in place of a card.

    Raises
    ------
    LivehostError
        Where it cannot be read.
    """
    rate = float(values["audio.rate"] or _RATE)
    heard = read_input_file(values, rate)
    if heard is None:
        raise LivehostError(f"{values['audio.input']!r} is no sound file.", 2)
    return Capture(
        np.asarray(heard, np.float32), np.zeros((len(heard), len(SIDES)), np.float32), rate, (0, 0), (0, len(heard)),
        device=str(values["audio.input"]),
    )  # fmt: skip


def from_card(values: Settings, seconds: float, say: Callable[[str], None]) -> Capture:
    """Listen through the card, and tell the musician what to do meanwhile.

    Parameters
    ----------
    values : Settings
        ``audio.*`` and the rest of the session that is to come.
    seconds : float
        How long, at least `SHORTEST_S`.
    say : callable
        Gets each sentence.

    Raises
    ------
    LivehostError
        Where there is no card, or it cannot be opened.
    """
    with tempfile.TemporaryDirectory(prefix="livehost-soundcheck-") as name:
        folder = Path(name)
        stage = _open(values, folder)
        try:
            if stage.driver.name != "portaudio":
                raise LivehostError(
                    "There is no sound card to check; livehost devices lists what there is, and --input TAKE.wav "
                    "checks a recording of the musician."
                )
            stage.start()
            stretches, tests, xruns = _guide(stage, seconds, say)
        finally:
            stage.close()
        heard, played = (_read(folder / "recorded" / name) for name in ("heard.wav", "played.wav"))
        driver, opened = stage.driver, stage.settings
        return Capture(
            heard, played, driver.rate, *stretches, tests, driver.device,
            {key: opened[key] for key in ("audio.driver", "audio.input", "audio.output", "audio.output_channels")}
            | {"audio.rate": int(driver.rate), "audio.block": driver.block},
            xruns,
        )  # fmt: skip


def _open(values: Settings, folder: Path) -> Stage:
    """Open a session with as many of the card's inputs as can be had."""
    rate = int(values["audio.rate"] or _RATE)
    (folder / "signals").mkdir()
    silence = np.zeros_like(sweep(rate))
    for side, name in enumerate(SIDES):
        pair = [silence, silence]
        pair[side] = sweep(rate)
        soundfile.write(folder / "signals" / f"{name}.wav", np.stack(pair, axis=1), rate, "FLOAT")
    quietly = {
        **values.changed(),
        **_QUIETLY,
        "bank.dir": str(folder / "signals"),
        "log.record": str(folder / "recorded"),
    }
    channels = [",".join(map(str, range(1, count + 1))) for count in _CHANNELS]
    for wanted in (*channels, values["audio.input_channels"]):
        try:
            return Stage(Settings({**quietly, "audio.input_channels": wanted}), _unsaid)
        except LivehostError as error:
            if "audio.input_channels" not in str(error) or wanted == values["audio.input_channels"]:
                raise
    raise AssertionError("the last one is returned or raises")


def _guide(
    stage: Stage, seconds: float, say: Callable[[str], None]
) -> tuple[tuple[tuple[int, int], tuple[int, int]], tuple[tuple[int, int], ...], int]:
    """Lead through it; frames of the quiet, the music and each test signal in the recording; xruns."""
    rate, first = stage.driver.rate, _SETTLE_S
    quiet_s = max(_QUIET * seconds, _QUIET_S)
    each_s = SWEEP_S + LONGEST_S
    music_s = max(seconds - quiet_s - len(SIDES) * each_s, SHORTEST_S - _QUIET_S - len(SIDES) * each_s)
    began, missed = int(stage.engine["frame"]), stage.monitor.counters()["xruns"]

    def frames(start_s: float, end_s: float) -> tuple[int, int]:
        return round(start_s * rate), round(end_s * rate)

    say(f"1/3  Quiet, please, for {quiet_s:.0f} s: this is the room.")
    _wait_until(stage, began + round((first + quiet_s) * rate))
    say("2/3  A soft sweep from each loudspeaker.")
    tests = []
    for side in range(len(SIDES)):
        start = first + quiet_s + 0.1 + side * each_s
        stage.control.play(side, 0.0, began + round(start * rate))
        tests.append(frames(start - 0.05, start + each_s))
    end = first + quiet_s + 0.1 + len(SIDES) * each_s
    _wait_until(stage, began + round(end * rate))
    say(f"3/3  Now play, as loud and as soft as in the show, for {music_s:.0f} s.")
    _wait_until(stage, began + round((end + music_s) * rate))
    spans = (frames(first, first + quiet_s), frames(end + 0.1, end + music_s))
    xruns = stage.monitor.counters()["xruns"] - missed
    moved = [(a + began, b + began) for a, b in (*spans, *tests)]
    return (moved[0], moved[1]), tuple(moved[2:]), xruns


def _wait_until(stage: Stage, frame: int) -> None:
    """Wait for a frame.

    Raises
    ------
    LivehostError
        Where the card does not ask for sound as fast as it should.
    """
    left_s = (frame - int(stage.engine["frame"])) / stage.driver.rate
    deadline = time.monotonic() + 1.2 * left_s + _PATIENCE_S
    while int(stage.engine["frame"]) < frame:
        if stage.finished() or time.monotonic() > deadline:
            raise LivehostError(f"{stage.driver.device} stopped in the middle of the soundcheck; try again.")
        time.sleep(0.02)


def _read(path: Path) -> NDArray[np.float32]:
    samples, _ = soundfile.read(path, dtype="float32", always_2d=True)
    return samples


def _unsaid(_text: str) -> None:
    """Tell nobody what a session tells at its start."""
