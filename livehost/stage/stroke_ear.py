"""The ear for strokes on stage: tells of each onset what drum was struck, and where, on a thread of its own.

The window that the model is given is what the studio trains on: the first samples from the onset's frame on, of the
mono mix in which the onset was found, as they are; the model brings them to one level itself. On a stage that runs at
another rate than the model's, the same span of time is resampled, in this thread.
"""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from livehost.errors import LivehostError
from livehost.inference.manifest import Manifest
from livehost.rt.audio_ring import AudioRing
from livehost.service import Service
from livehost.settings import Settings
from livehost.stage.event_bus import Event, EventBus

if TYPE_CHECKING:
    from livehost.inference.kinds.strike import StrikeEar

#: Channel of the audio ring that onsets are found in.
_HEARD = (0,)
#: Shortest pause while a window fills, and how long it waits for an onset at a time, s.
_SHORTEST_S, _IDLE_S = 0.0003, 0.5


class StrokeEar:
    """Hears the window behind every onset, and publishes a `strike` event.

    Sound that counts as an onset because it goes on (strength 0) is no stroke. Nothing here runs on a real-time thread.

    Parameters
    ----------
    ear : StrikeEar
    listen : AudioRing
        What is heard; channel 0 is the mono mix.
    rate : float
        Hz.
    bus : EventBus
        Tells of onsets, and is told of strokes.
    warn : callable
        Told why it hears no more, where the model fails.
    background : bool
        Hear on a thread of its own, and stamp each event with the frame at which it is told; offline (False) a window
        is heard once it is there, and its event is stamped with the frame behind its last sample.

    Attributes
    ----------
    service : Service
        Its thread, to be watched.
    missed : int
        Strokes of which it has not told, for their sound was gone before it was read.
    """

    def __init__(
        self,
        ear: "StrikeEar",
        listen: AudioRing,
        rate: float,
        bus: EventBus,
        warn: Callable[[str], None],
        *,
        background: bool,
    ) -> None:
        self._ear, self._listen, self._rate, self._bus, self._warn = ear, listen, rate, bus, warn
        self._background = background
        self._onsets: deque[int] = deque()
        self.missed = 0
        self.service = Service("the ear for strokes", self._turn, replace=False)
        bus.copy_out("onset", self.take)

    @property
    def model(self) -> Manifest:
        """Manifest of what hears."""
        return self._ear.manifest

    def take(self, event: Event) -> None:
        """Take in an onset."""
        if event["strength"]:
            self._onsets.append(event["onset_frame"])
            if self._background:
                self.service.wake()
            else:
                self.hear_ready()

    def hear_ready(self) -> None:
        """Hear all windows that are complete, and tell of them."""
        frames = self._ear.frames
        while self._onsets and self._onsets[0] + frames <= self._listen.written:
            self._hear(self._onsets.popleft(), frames)

    def start(self) -> None:
        """Hear in the background."""
        self.service.start()

    def close(self) -> None:
        """End its thread."""
        self.service.stop()

    def _hear(self, onset: int, frames: int) -> None:
        window = self._listen.read(onset, onset + frames, _HEARD)[:, 0]
        if onset < self._listen.oldest:
            self.missed += 1
            return
        try:
            strike = self._ear.hear(window)
        except LivehostError as error:
            self._onsets.clear()
            self._bus.copy_out("onset", _ignore)
            self._warn(f"{error} No strokes are told of any more.")
            return
        stamp: dict[str, Any] = {} if self._background else {"frame": onset + frames}
        self._bus.publish(
            "strike", onset_frame=onset, size_m=strike.size_m, shape=strike.shape,
            probability=strike.probabilities[strike.shape], position=strike.position, **stamp,
        )  # fmt: skip

    def _turn(self) -> None:
        """Wait for an onset, then for its window."""
        if not self._onsets:
            self.service.wait(_IDLE_S)
            return
        missing = self._onsets[0] + self._ear.frames - self._listen.written
        if missing > 0:
            self.service.pause(max(missing / self._rate, _SHORTEST_S))
        self.hear_ready()


def open_stroke_ear(
    values: Settings, listen: AudioRing, rate: float, bus: EventBus, warn: Callable[[str], None], *, background: bool
) -> StrokeEar | None:
    """Open the ear that ``listen.strike`` names; None where it names none, or, as `warn` is told, cannot be used."""
    if not values["listen.strike"]:
        return None
    from livehost.inference.export import open_export
    from livehost.inference.kinds.strike import NAME

    try:
        ear: Any = open_export(
            values["listen.strike"], rate=int(rate), hop_samples=values["listen.hop_samples"],
            frame_samples=values["listen.frame_samples"], kind=NAME,
        )  # fmt: skip
    except LivehostError as error:
        warn(f"{error} No strokes are told of.")
        return None
    return StrokeEar(ear, listen, rate, bus, warn, background=background)


def _ignore(_event: Event) -> None:
    """Take in nothing more."""
