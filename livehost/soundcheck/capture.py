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
#: From the start to what counts, and from when a test signal is asked for to when it begins, s.
_SETTLE_S, _AHEAD_S = 0.3, 0.1
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
            engine, control, counters = stage.engine, stage.control, stage.monitor.counters
            guide = _Guide(
                stage.driver.rate, lambda: int(engine["frame"]), lambda side, at: control.play(side, 0.0, at),
                stage.finished, say,
            )  # fmt: skip
            before = counters()["xruns"]
            quiet, music, *tests = guide.lead(seconds)
            xruns = counters()["xruns"] - before
        finally:
            stage.close()
        heard, played = (_read(folder / "recorded" / name) for name in ("heard.wav", "played.wav"))
        driver, opened = stage.driver, stage.settings
        return Capture(
            heard, played, driver.rate, quiet, music, tuple(tests), driver.device,
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


@dataclass(frozen=True)
class _Guide:
    """Leads through a soundcheck.

    Parameters
    ----------
    rate : float
        Hz.
    now : callable
        Gives the frame that the card is at.
    play : callable
        Plays the test signal of a loudspeaker, by its number, at a frame.
    ended : callable
        Whether the session has ended by itself.
    say : callable
        Gets each sentence for the musician.
    """

    rate: float
    now: Callable[[], int]
    play: Callable[[int, int], None]
    ended: Callable[[], bool]
    say: Callable[[str], None]

    def lead(self, seconds: float) -> tuple[tuple[int, int], ...]:
        """Lead through all of it; first and last frame of the quiet, of the music, and of each test signal."""
        quiet_s, each_s = max(_QUIET * seconds, _QUIET_S), SWEEP_S + LONGEST_S
        tests_s = len(SIDES) * each_s
        music_s = max(seconds, SHORTEST_S) - quiet_s - tests_s
        began = self.now()

        def at(second: float) -> int:
            return began + round(second * self.rate)

        self.say(f"1/3  Quiet, please, for {quiet_s:.0f} s: this is the room.")
        end = _SETTLE_S + quiet_s
        quiet = (at(_SETTLE_S), at(end))
        self._wait_until(at(end))
        self.say("2/3  A soft sweep from each loudspeaker.")
        tests = []
        for side in range(len(SIDES)):
            start = end + _AHEAD_S + side * each_s
            self.play(side, at(start))
            tests.append((at(start - _AHEAD_S / 2), at(start + each_s - _AHEAD_S / 2)))
        end += _AHEAD_S + tests_s
        self._wait_until(at(end))
        self.say(f"3/3  Now play, as loud and as soft as in the show, for {music_s:.0f} s.")
        self._wait_until(at(end + music_s))
        return quiet, (at(end + _AHEAD_S), at(end + music_s)), *tests

    def _wait_until(self, frame: int) -> None:
        """Wait for a frame.

        Raises
        ------
        LivehostError
            Where the card does not ask for sound as fast as it should.
        """
        deadline = time.monotonic() + 1.2 * (frame - self.now()) / self.rate + _PATIENCE_S
        while self.now() < frame:
            if self.ended() or time.monotonic() > deadline:
                raise LivehostError("The sound card stopped in the middle of the soundcheck; try again.")
            time.sleep(0.02)


def _read(path: Path) -> NDArray[np.float32]:
    samples, _ = soundfile.read(path, dtype="float32", always_2d=True)
    return samples


def _unsaid(_text: str) -> None:
    """Tell nobody what a session tells at its start."""
