"""What all drivers have in common."""

from typing import TYPE_CHECKING, Protocol

from livehost.errors import LivehostError
from livehost.settings import Settings

if TYPE_CHECKING:  # who lists devices waits for no compiler
    from livehost.engine.state import EngineState
    from livehost.engine.turn import Port, Turn
    from livehost.engine.worker.state import WorkerState

DEFAULT_RATE = 48_000


class Driver(Protocol):
    """A source of time that calls the callback.

    Attributes
    ----------
    name : str
        ``portaudio``, ``jack``, ``null`` or ``offline``.
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
    is_card : bool
        Whether it is a `CardDriver`.
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
    is_card: bool
    note: str

    def start(self, engine: "EngineState", worker: "WorkerState") -> None:
        """Begin to call the callback."""

    def run(self, frames: int) -> None:
        """Let at least so many frames pass: in real time wait for them, offline compute exactly these."""

    def stop(self) -> None:
        """Stop, and return when no further call will come."""


class StillGone(LivehostError):  # noqa: N818  a circumstance, not an error
    """A card that was lost is not there yet."""


class CardDriver(Driver, Protocol):
    """A sound card, which may be lost and come back.

    While it is lost nobody has the turn to call the engine, or a clock in its place; whoever looks after the card gives
    the turn back.

    Attributes
    ----------
    turn : Turn
        Of the engine, once started.
    port : Port
        The card's own; it counts every call, also those at which another one has the turn.
    """

    turn: "Turn"
    port: "Port"

    def trouble(self) -> str:
        """Say why the stream will call no more, "" while it may: one that is only silent may go on by itself."""

    def disconnected(self) -> str:
        """Say what is not connected any more while the stream goes on, and connect it again where that can be."""

    def take_back(self) -> None:
        """Open the same device anew, with the same settings; may take long, and is called again where it raises.

        Raises
        ------
        StillGone
            Where it is not there.
        LivehostError
            Where it is, and something else is wrong: one sentence.
        """


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
