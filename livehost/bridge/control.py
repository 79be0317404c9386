"""What a running session offers to whoever controls it (OSC, MIDI, the keyboard, later a web page): small protocols.

Every method may be called from any ordinary thread, returns at once, and raises nothing but `LivehostError`. `part` is
the number of a part; -1 means every part, or, for a verdict, the part that played last.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from livehost.bridge.osc.urgent import Urgent
from livehost.events import NOW
from livehost.setting import Value
from livehost.settings import Settings


class Parameters(Protocol):
    """Settings, live.

    Attributes
    ----------
    settings : Settings
        To be read.
    """

    settings: Settings

    def set(self, key: str, value: Any, by: str = "osc") -> Value:
        """Change a setting; gives the value that now holds, clamped into range where `by` is OSC or MIDI."""
        ...

    def prepare(self, key: str, value: Any, frame: int) -> None:
        """Have a setting of the audio thread take a value at a frame; `set` is still to be called at its time."""
        ...


class Transport(Protocol):
    """Start, stop, panic.

    Attributes
    ----------
    urgent : Urgent
        What panic, stop, mute and quit act upon, without a way through this protocol.
    """

    urgent: Urgent

    def panic(self, fade_ms: float | None = None) -> None:
        """All voices fade, whatever is queued is dropped, MIDI notes end; nothing plays until `resume`."""
        ...

    def stop(self) -> None:
        """Nothing new plays until `resume`; what sounds rings out."""
        ...

    def resume(self, since: int | None = None) -> None:
        """Play again after a panic or a stop; one from before the last of them (see `Urgent.gate`) does nothing."""
        ...

    def begin(self, bpm: float, since: int | None = None) -> None:
        """Play again, and open a piece in silence at a tempo."""
        ...

    def rest(self, bars: int = 0) -> None:
        """Have the players rest for so many whole bars; 0: until told otherwise, or not any more where they rest."""
        ...

    def quit(self) -> None:
        """End the session."""
        ...

    def frame_at(self, unix_time: float) -> int:
        """Frame of the engine's clock at a Unix time."""
        ...


class Timing(Protocol):
    """Tempo and bars."""

    def transport(self, what: str) -> None:
        """Have the transport "play" from the next bar on, "continue" where it was, or "stop"."""
        ...

    def tap(self, ns: int) -> None:
        """Take in a tap on the beat, at a time of the monotonic clock."""
        ...


class Playing(Protocol):
    """What is played, by hand and by the players."""

    def play(self, index: int, gain_db: float = 0.0, frame: int = NOW, since: int | None = None, part: int = 0) -> None:
        """Start an item of a part's bank by hand, at a frame; not where a panic came in between."""
        ...

    def hear_note(self, pitch: int, velocity: int, part: int = -1) -> None:
        """Tell the players of a note that the musician plays; velocity 0 ends it."""
        ...

    def steer(self, verdict: str, part: int = -1) -> None:
        """Judge the last choice: "approve", "reject" or "change"."""
        ...

    def allow(self, index: int, allowed: bool, part: int = 0) -> None:
        """Let an item be chosen, or not; index -1 is all of them."""
        ...

    def reset(self, part: int = -1) -> None:
        """Make the players forget what they have heard."""
        ...

    def item_name(self, index: int, part: int = 0) -> str:
        """Name of an item of a part's bank."""
        ...


class Loading(Protocol):
    """Models, banks, contexts and scenes; what goes wrong later is told to `fail`, from another thread."""

    def load(self, what: str, name: str, fail: Callable[[str], None], part: int = 0) -> None:
        """Put another "model", "bank" or "context" of that name in place of the one in use, when it is ready."""
        ...

    def save_context(self, name: str, fail: Callable[[str], None], part: int = 0) -> None:
        """Keep the context of a part under a name."""
        ...

    def grow(self, family: str, count: int, like: Sequence[str], fail: Callable[[str], None], part: int = 0) -> None:
        """Make so many sounds with a model, like some items of a part's bank (none: all), and add them to it."""
        ...

    def stop_growing(self) -> None:
        """End what `grow` has begun."""
        ...

    def save_scene(self, name: str) -> None:
        """Keep all live settings, and what is loaded, under a name."""
        ...

    def recall_scene(self, name: str, fail: Callable[[str], None]) -> None:
        """Set every setting that a scene names, whoever set it before, and load what it names."""
        ...

    def step_scene(self, step: int, fail: Callable[[str], None]) -> None:
        """Recall the scene that comes 1 after the current one in the set list, or -1 before it."""
        ...

    def scenes(self) -> list[str]:
        """Names of the scenes that are kept, in the order of the set list."""
        ...


class Learning(Protocol):
    """What MIDI controllers are bound to."""

    def learn(self, target: str) -> None:
        """Bind the next controller that moves to an OSC address, which may have arguments behind it."""
        ...

    def unlearn(self, target: str = "") -> None:
        """Bind nothing to an address any more, "" to any; nor does it wait for a controller."""
        ...


class Recording(Protocol):
    """Recording input and output."""

    @property
    def recording(self) -> bool:
        """Whether a recording goes on."""
        ...

    def record(self, start: bool) -> None:
        """Start or stop recording."""
        ...


class Facts(Protocol):
    """What a session says of itself."""

    def info(self) -> dict[str, Any]:
        """Facts by name: version, sample_rate, block, device, bank, bank_size, model, latency_ms, halted and others."""
        ...

    def status(self) -> tuple[str, float]:
        """State (starting, ready, running, degraded, failsafe, error) and seconds since the start."""
        ...

    def sounds(self, voice: int) -> bool:
        """Whether a voice sounds, by its number."""
        ...

    def refused(self, code: str, address: str, text: str) -> None:
        """Tell the person at the desk, and the log, of a message that was refused."""
        ...


class Control(Parameters, Transport, Timing, Playing, Loading, Learning, Recording, Facts, Protocol):
    """All of it: what OSC gets."""
