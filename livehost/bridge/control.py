"""What the stage offers to whoever controls it: OSC, MIDI, the keyboard."""

from typing import Any, Protocol

from livehost.events import NOW
from livehost.settings import Settings, Value


class Control(Protocol):
    """The handle on a running stage.

    Every method may be called from any ordinary thread, returns at once, and raises nothing but `LivehostError`.
    """

    settings: Settings

    def set(self, key: str, value: Any, source: str = "osc") -> Value:
        """Change a setting; returns the value that now holds, clamped into range."""
        ...

    def panic(self, fade_ms: float = 20.0) -> None:
        """All voices fade, whatever is queued is dropped, MIDI notes end."""
        ...

    def reset(self) -> None:
        """Make the player forget what it has heard."""
        ...

    def play(self, index: int, gain_db: float = 0.0, frame: int = NOW) -> None:
        """Start an item of the bank by hand, at a frame of the engine's clock."""
        ...

    def steer(self, verdict: str) -> None:
        """Judge the last choice: "approve", "reject" or "change"."""
        ...

    def allow(self, index: int, allowed: bool) -> None:
        """Let an item be chosen, or not; index -1 is all of them."""
        ...

    def load(self, what: str, name: str) -> None:
        """Put another "model", "bank" or "context" of that name in place of the one in use, when it is ready."""
        ...

    def save_context(self, name: str) -> None:
        """Keep the context under a name."""
        ...

    def record(self, start: bool) -> None:
        """Start or stop recording."""
        ...

    def info(self) -> dict[str, Any]:
        """Facts of it: version, sample_rate, block, device, bank, bank_size, model, context_length, latency_ms."""
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
