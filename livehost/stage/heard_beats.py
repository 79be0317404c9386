"""The musician's beat as a source of tempo: frames of what is heard become times."""

from livehost.bridge.tempo.source import Reading
from livehost.engine.drivers.base import Driver
from livehost.engine.worker.state import WorkerState
from livehost.stage.timebase import Timebase


class HeardBeats:
    """Reads the beat that the worker follows.

    Parameters
    ----------
    worker : WorkerState
    timebase : Timebase
    driver : Driver
        What a card hands over is older by its block, which JACK may change.
    """

    def __init__(self, worker: WorkerState, timebase: Timebase, driver: Driver) -> None:
        self._worker, self._timebase, self._driver = worker, timebase, driver

    def read(self) -> Reading | None:
        """Give the newest beat, and when it was; None where there is none. Bars begin at multiples of the quantum."""
        beat = self._worker.told_beat.read()
        if beat is None:
            return None
        frame_ns = self._timebase.frame_ns
        at = self._timebase.ns_at(round(beat.frame) - self._driver.block)
        return Reading(float(beat.number - beat.downbeat), at, beat.period * frame_ns, beat.confidence)
