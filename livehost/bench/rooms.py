"""Rooms: how what each output plays comes back into the microphone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from livehost.bench.suite import CannotRun
from livehost.rt.native import f32, fast_kernel, i64, record_at
from livehost.synthesis.feedback_room import impulse_response

#: Outputs, each with its way to the microphone.
OUTPUTS = 2
#: Both outputs alike, so much quieter than the sum of the two.
_HALF_DB = -6.02


@dataclass(frozen=True)
class Way:
    """From a loudspeaker to the microphone: delay, gain, and the room's decay by 60 dB, 0 for none."""

    delay_ms: float
    gain_db: float
    t60_ms: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class Room:
    """A room of two loudspeakers.

    Attributes
    ----------
    name : str
    ways : tuple
        From the left and from the right one, None where it cannot be heard; more pairs where something is moved in
        mid-session, each for an equal part of it.
    louder_db : float, optional
        Peak of what is played against the musician's; else the machine plays as it does by itself.
    """

    name: str
    ways: tuple[tuple[Way | None, Way | None], ...]
    louder_db: float | None = None

    def responses(self, rate: float, frames: int) -> dict[int, NDArray[np.float32]]:
        """Give impulse responses, float32 [OUTPUTS, taps], by the frame from which on they hold."""
        return {
            round(part * frames / len(self.ways)): _pair([_response(way, rate) for way in pair])
            for part, pair in enumerate(self.ways)
        }


def _response(way: Way | None, rate: float) -> NDArray[np.float32]:
    if way is None:
        return np.zeros(1, np.float32)
    return impulse_response(rate, way.delay_ms, way.gain_db, way.t60_ms, way.seed)


def _pair(sides: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    longest = max(side.size for side in sides)
    return np.stack([np.pad(side, (0, longest - side.size)) for side in sides])


def alike(delay_ms: float, gain_db: float) -> Room:
    """Make a room in which both loudspeakers stand equally far away; `gain_db` is that of their sum."""
    way = Way(delay_ms, gain_db + _HALF_DB)
    return Room(f"{delay_ms:g} ms", ((way, way),))


_APART = (Way(9.0, -12.0), Way(23.0, -15.0))
#: Two loudspeakers that play different things.
ROOMS = (
    Room("left alone", ((Way(20.0, -12.0), None),)),
    Room("right alone", ((None, Way(12.0, -12.0)),)),
    Room("both apart", (_APART,)),
    Room("with a tail", ((Way(14.0, -12.0, 150.0, 1), Way(19.0, -15.0, 150.0, 2)),)),
    Room("moved", ((Way(30.0, -12.0), Way(34.0, -15.0)), (Way(36.0, -12.0), Way(28.0, -15.0)))),
    Room("8 dB louder", (_APART,), 8.0),
)

RETURNS = np.dtype(
    [
        ("parts", "i8"),
        ("starts", "i8"),  # addresses: int64 [parts]: frame from which on each holds
        ("spans", "i8"),  # int64 [parts, OUTPUTS, 3]: delay of an output's last tap, its taps, and where these begin
        ("taps", "i8"),  # float32: of each part and output, the last tap first
    ],
    align=True,
)


@fast_kernel
def add_returns(address, target, count, played, width, position):
    """Add to `count` samples what comes back of `played`, float32 [OUTPUTS, width], from a frame on. RT: callback."""
    r = record_at(address, RETURNS)
    part = r.parts - 1
    while part >= 0 and i64(r.starts, r.parts)[part] > position:
        part -= 1
    if part < 0:
        return
    for c in range(OUTPUTS):
        span = i64(r.spans + 24 * (part * OUTPUTS + c), 3)
        for i in range(count):
            oldest = position + i - span[0]
            first = max(-oldest, 0)  # of what was played before the first frame nothing comes back
            length = max(span[1] - first, 0)
            taps, back = (
                f32(r.taps + 4 * (span[2] + first), length),
                f32(played + 4 * (c * width + oldest + first), length),
            )
            total = np.float32(0.0)
            for k in range(np.uint64(length)):
                total += taps[k] * back[k]
            target[i] += total


class Returns:
    """Responses as native code reads them.

    Parameters
    ----------
    responses : mapping of int to float [OUTPUTS, taps]
        From each of these frames on.
    soonest : int
        Frames of a block: no tap may be sooner.
    already : int
        Frames of every delay that something else adds.

    Attributes
    ----------
    address : int
        Of the record, for `add_returns`.

    Raises
    ------
    CannotRun
        A tap that is sooner than can be.
    """

    def __init__(self, responses: Mapping[int, ArrayLike], soonest: int, already: int = 0) -> None:
        starts = sorted(responses)
        taps = [np.asarray(responses[start], np.float32) for start in starts]
        if any(response[:, :soonest].any() for response in taps):
            raise CannotRun(f"What is played cannot come back sooner than a block ({soonest} frames) after it.")
        spans, kept = [], [np.zeros(0, np.float32)]
        for side in (side for response in taps for side in response):
            delays = np.flatnonzero(side)
            first, last = (delays[0], delays[-1]) if delays.size else (0, -1)
            spans.append((last - already, last + 1 - first, sum(part.size for part in kept)))
            kept.append(side[first : last + 1][::-1])
        self._arrays: tuple[NDArray[Any], ...] = (
            np.array(starts, np.int64),
            np.array(spans, np.int64),
            np.concatenate(kept),
        )
        self._record = np.zeros(1, RETURNS)
        self._record[0] = (len(starts), *(array.ctypes.data for array in self._arrays))
        self.address: int = self._record.ctypes.data
