"""The beat that is heard: the musician's own, as the worker follows it."""

from collections.abc import Callable

from livehost.bridge.tempo.source import Reading

#: Below it the beat is no beat yet, or none any more.
SURE = 0.2

Hear = Callable[[], Reading | None]


def nothing_heard() -> Reading | None:
    """Hear no beat."""
    return None


class HeardSource:
    """The musician's beat; see `Source`.

    Parameters
    ----------
    hear : callable
        Gives the newest beat, None where there is none.
    """

    takes_tempo, heard, starts = False, True, False
    problem = ""

    def __init__(self, hear: Hear) -> None:
        self._hear = hear

    def read(self) -> Reading | None:
        """Tell which beat it is; None while none is heard."""
        reading = self._hear()
        return reading if reading is not None and reading.confidence >= SURE else None

    def set_bpm(self, bpm: float) -> None:
        """Nothing: the musician has the tempo."""

    def set_quantum(self, beats: int) -> None:
        """Nothing: whoever follows the beat knows it."""

    def play(self, ns: int) -> bool:  # noqa: ARG002
        """Nothing: the musician does not start with livehost."""
        return False

    def stop(self) -> None:
        """Nothing: the musician does not stop with livehost."""

    def close(self) -> None:
        """Nothing is open."""
