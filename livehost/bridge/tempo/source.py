"""What a source of tempo is: whoever tells which beat it is, from outside."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Reading:
    """What a source says of the present.

    Attributes
    ----------
    beat : float or None
        A beat …; None where there is only a tempo for the moment.
    ns : int
        … and when it is, ns of the monotonic clock.
    beat_ns : float
        Length of a beat, ns.
    confidence : float
        0 … 1.
    running : bool or None
        Whether the transport of the source runs; None where it has none.
    song : bool
        Beat 0 is the beginning of the song: bars are counted from there.
    peers : int
        Programs that share the tempo.
    """

    beat: float | None
    ns: int
    beat_ns: float
    confidence: float = 1.0
    running: bool | None = None
    song: bool = False
    peers: int = 0


class Source(Protocol):
    """A source of tempo.

    Every method returns at once. What goes wrong is a sentence in `problem`; the tempo that was goes on meanwhile.

    Attributes
    ----------
    takes_tempo : bool
        Whether a tempo can be asked of it.
    heard : bool
        Whether its times are when a beat is heard; else when the audio thread is asked for it.
    starts : bool
        Whether its transport is asked to start and stop, and livehost's follows.
    """

    takes_tempo: bool
    heard: bool
    starts: bool

    @property
    def problem(self) -> str:
        """What is wrong now, "" while all is well."""
        ...

    def read(self) -> Reading | None:
        """Tell which beat it is; None while it is not known."""
        ...

    def set_bpm(self, bpm: float) -> None:
        """Ask for a tempo, where it `takes_tempo`."""
        ...

    def set_quantum(self, beats: int) -> None:
        """Tell of the beats of a bar."""
        ...

    def play(self, ns: int) -> bool:
        """Ask it to start at a time; or tell it that livehost does, where it does not start by itself.

        Gives whether its transport runs from then on, unless somebody stops it.
        """
        ...

    def stop(self) -> None:
        """Ask it to stop; or tell it that livehost does."""
        ...

    def close(self) -> None:
        """Let go of it; may be called more than once."""
        ...
