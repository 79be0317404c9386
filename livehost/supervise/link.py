"""What a supervisor tells the livehost that it starts, and the beats that it gets back through a pipe."""

import json
import os
import struct
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass

#: Variable of the environment that holds a `Link`.
VARIABLE = "LIVEHOST_SUPERVISED"
#: What livehost does: it begins (may compile for a while), plays, or comes to its end.
STARTING, PLAYING, ENDING = 0, 1, 2
#: Exit status of a fault of livehost's own, and of one that had to be ended by force.
FAULT, BY_FORCE = 70, 75


@dataclass(frozen=True)
class Link:
    """What a livehost knows of its supervisor.

    Attributes
    ----------
    beats : int
        File descriptor that `Beat` records are written to.
    restarts : int
        How often it was started again; 0 the first time.
    why : str
        What became of the one before, "" the first time.
    failsafe : bool
        Whether it is to begin plainly, with what is least likely to fail.
    began : float
        Unix time at which the first one was started.
    died : float
        Unix time at which the one before was gone, 0 the first time.
    """

    beats: int = -1
    restarts: int = 0
    why: str = ""
    failsafe: bool = False
    began: float = 0.0
    died: float = 0.0

    def environment(self) -> dict[str, str]:
        """Give the variable that tells it."""
        return {VARIABLE: json.dumps(asdict(self))}


def supervised(environment: Mapping[str, str] = os.environ) -> Link | None:
    """Give what the supervisor told this process; None where there is none, or it is not understood."""
    try:
        told = json.loads(environment.get(VARIABLE, ""))
        return Link(**{name: type(default)(told[name]) for name, default in asdict(Link()).items()})
    except (ValueError, TypeError, KeyError):
        return None


@dataclass(frozen=True)
class Beat:
    """One heartbeat: clocks that move while all is well.

    Attributes
    ----------
    phase : int
        `STARTING`, `PLAYING` or `ENDING`.
    turns : int
        Turns of the main thread's loop.
    blocks : int
        Blocks that the audio thread has served.
    busy_ms : int
        Processor time of the audio thread, ms; -1 where it is not known.
    worker : int
        Frame that the worker has come to.
    """

    phase: int = STARTING
    turns: int = 0
    blocks: int = 0
    busy_ms: int = -1
    worker: int = 0

    def pack(self) -> bytes:
        """Give it as the bytes that go through the pipe."""
        return _FORMAT.pack(*astuple(self))


_FORMAT = struct.Struct("<5q")
#: Bytes of a beat: few enough for a pipe to take all or none of them.
BEAT_BYTES = _FORMAT.size


def unpack(data: bytes) -> Beat:
    """Read a beat from its bytes."""
    return Beat(*_FORMAT.unpack(data))
