"""What all drivers have in common."""

from typing import Protocol

from livehost.engine.state import EngineState
from livehost.engine.worker.state import WorkerState
from livehost.errors import LivehostError
from livehost.settings import Settings

DEFAULT_RATE = 48_000


class Driver(Protocol):
    """A source of time that calls the callback.

    Attributes
    ----------
    name : str
        ``portaudio``, ``null`` or ``offline``.
    device : str
        What it plays through, in words.
    rate : float
        Hz.
    block : int
        Frames in a call, at most or usually.
    inputs, outputs : int
        Channels that the callback gets.
    listened : tuple of int
        Input channels (from 0) that are heard.
    pair : tuple of int
        Output channels (from 0) of left and right.
    realtime : bool
        False where time is only arithmetic.
    note : str
        What a person should know about this choice, or "".
    """

    name: str
    device: str
    rate: float
    block: int
    inputs: int
    outputs: int
    listened: tuple[int, ...]
    pair: tuple[int, int]
    realtime: bool
    note: str

    def start(self, engine: EngineState, worker: WorkerState) -> None:
        """Begin to call the callback."""

    def run(self, frames: int) -> None:
        """Let at least so many frames pass: in real time wait for them, offline compute exactly these."""

    def stop(self) -> None:
        """Stop, and return when no further call will come."""

    def trouble(self) -> str:
        """Say what ended the stream by itself, "" while all is well."""


def channel_numbers(values: Settings, key: str) -> tuple[int, ...]:
    """Read a list of channel numbers from 1 on, such as "1,2"; give it from 0 on.

    Raises
    ------
    LivehostError
        Where it is no such list.
    """
    text = str(values[key])
    try:
        channels = tuple(int(part) - 1 for part in text.split(","))
    except ValueError:
        channels = ()
    if not channels or min(channels) < 0 or max(channels) >= 64:
        raise LivehostError(f"{key} wants channel numbers from 1 to 64, such as 1 or 1,2, not {text!r}.", 2)
    return channels


def output_pair(values: Settings) -> tuple[int, int]:
    """Read the two output channels; one number plays both sides on one channel."""
    channels = channel_numbers(values, "audio.output_channels")
    if len(channels) > 2:
        raise LivehostError(f"audio.output_channels wants one or two channels, not {len(channels)}.", 2)
    return channels[0], channels[-1]
