"""The beat of a source of tempo, and the way through the sound card, told to the worker: times become frames heard."""

import math

from livehost import events
from livehost.bridge.tempo.sources import SOURCES
from livehost.engine.drivers.base import Driver
from livehost.engine.worker.state import WorkerState
from livehost.settings import Settings
from livehost.stage.beat_grid import BeatGrid
from livehost.stage.timebase import Timebase

#: A beat, and a way, that differ by less are the same, s.
_SAME_BEAT_S, _SAME_WAY_S = 0.0003, 0.0005


class GivenBeats:
    """Tells the worker which beat to play by, where ``tempo.source`` gives one.

    Parameters
    ----------
    values : Settings
        ``tempo.source``.
    worker : WorkerState
    timebase : Timebase
    driver : Driver
        A card has a way from its input to its output; a clock and a file have none.
    """

    def __init__(self, values: Settings, worker: WorkerState, timebase: Timebase, driver: Driver) -> None:
        self._values, self._worker, self._timebase, self._driver = values, worker, timebase, driver
        self._way = 0
        self._beat: tuple[int, float, float] | None = None

    def tell(self, grid: BeatGrid) -> None:
        """Tell what has changed; to be called again and again."""
        self._tell_way()
        beat = self._given(grid)
        if beat is None and self._beat is not None:
            if self._worker.control.push(events.new("given_beat")):
                self._beat = None
        elif beat is not None and not self._same(beat):
            number, frame, period = beat
            if self._worker.control.push(events.new("given_beat", number=number, beat_frame=frame, period=period)):
                self._beat = beat

    def _tell_way(self) -> None:
        if not self._driver.is_card:
            return
        frame_ns = self._timebase.frame_ns
        # what a card hands over is older by its block
        way = self._driver.block + round(self._timebase.latency_ns / frame_ns)
        if abs(way - self._way) * frame_ns > _SAME_WAY_S * 1e9 and self._worker.control.push(
            events.new("card_latency", frames=way)
        ):
            self._way = way

    def _given(self, grid: BeatGrid) -> tuple[int, float, float] | None:
        """Give a beat near the present, the frame at which it is heard, and frames to the next; None without one."""
        if not SOURCES[self._values["tempo.source"]].gives:
            return None
        with grid.lock:
            if grid.source is not None and grid.reading is None:
                return None
            clock = grid.clock
        number = math.ceil(clock.beat_at(self._timebase.now))
        frame = clock.frame + (number - clock.beat) * clock.frames_per_beat + self._way
        return number, frame, clock.frames_per_beat

    def _same(self, beat: tuple[int, float, float]) -> bool:
        """Tell whether the worker has this beat already, up to what nobody hears within some beats."""
        if self._beat is None:
            return False
        number, frame, period = self._beat
        apart = beat[1] - frame - (beat[0] - number) * period
        most = _SAME_BEAT_S * 1e9 / self._timebase.frame_ns
        return abs(apart) < most and abs(beat[2] - period) * 8 < most
