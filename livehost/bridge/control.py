"""What the stage offers to whoever controls it: OSC, MIDI, the keyboard."""

from collections.abc import Callable
from typing import Any, Protocol

from livehost.bridge.osc.urgent import Urgent
from livehost.events import NOW
from livehost.settings import Settings, Value


class Control(Protocol):
    """The handle on a running stage.

    Every method may be called from any ordinary thread, returns at once, and raises nothing but `LivehostError`.

    Attributes
    ----------
    settings : Settings
    urgent : Urgent
        What panic, stop, mute and quit act upon, without a way through this protocol.
    """

    settings: Settings
    urgent: Urgent

    @property
    def recording(self) -> bool:
        """Whether a recording goes on."""
        ...

    def set(self, key: str, value: Any, source: str = "osc") -> Value:
        """Change a setting; returns the value that now holds, clamped into range."""
        ...

    def panic(self, fade_ms: float | None = None) -> None:
        """All voices fade, whatever is queued is dropped, MIDI notes end; nothing plays until `resume`."""
        ...

    def stop(self) -> None:
        """Nothing new plays until `resume`; what sounds rings out."""
        ...

    def resume(self, shuttings: int | None = None) -> None:
        """Play again after a panic or a stop; one from before the last of them (see `Urgent.gate`) does nothing."""
        ...

    def quit(self) -> None:
        """End the session."""
        ...

    def reset(self) -> None:
        """Make the player forget what it has heard."""
        ...

    def play(self, index: int, gain_db: float = 0.0, frame: int = NOW, shuttings: int | None = None) -> None:
        """Start an item of the bank by hand, at a frame of the engine's clock; not where a panic came in between."""
        ...

    def steer(self, verdict: str) -> None:
        """Judge the last choice: "approve", "reject" or "change"."""
        ...

    def allow(self, index: int, allowed: bool) -> None:
        """Let an item be chosen, or not; index -1 is all of them."""
        ...

    def load(self, what: str, name: str, fail: Callable[[str], None]) -> None:
        """Put another "model", "bank" or "context" of that name in place of the one in use, when it is ready.

        What goes wrong later is told to `fail`, from another thread.
        """
        ...

    def save_context(self, name: str, fail: Callable[[str], None]) -> None:
        """Keep the context under a name; what goes wrong later is told to `fail`, from another thread."""
        ...

    def record(self, start: bool) -> None:
        """Start or stop recording."""
        ...

    def refused(self, code: str, address: str, text: str) -> None:
        """Tell the person at the desk, and the log, of a message that was refused."""
        ...

    def info(self) -> dict[str, Any]:
        """Facts: version, sample_rate, block, device, bank, bank_size, model, context_length, latency_ms, halted."""
        ...

    def item_name(self, index: int) -> str:
        """Name of an item of the bank."""
        ...

    def status(self) -> tuple[str, float]:
        """State (starting, ready, running, degraded, failsafe, error) and seconds since the start."""
        ...

    def frame_at(self, unix_time: float) -> int:
        """Frame of the engine's clock at a Unix time."""
        ...
