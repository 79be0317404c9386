"""A program of its own that follows JACK's transport: ``python -m livehost.bridge.tempo.jack_host BPM``.

A JACK server that stands still may keep whoever calls it for ever, so nothing of it is called in livehost's own process
(see `livehost.bridge.tempo.host`).
"""

import ctypes
import sys

from livehost.bridge.midi.jack_watch import JackWatch
from livehost.bridge.tempo.host import clock_offset_ns, serve
from livehost.bridge.tempo.source import Reading

_ROLLING, _LOOPING = 1, 2
_HAS_BBT, _HAS_OFFSET = 0x10, 0x40


class _Position(ctypes.Structure):
    """The beginning of ``jack_position_t`` (jack/types.h), and room for the rest."""

    _fields_ = (
        ("unique", ctypes.c_uint64), ("usecs", ctypes.c_uint64), ("frame_rate", ctypes.c_uint32),
        ("frame", ctypes.c_uint32), ("valid", ctypes.c_uint32), ("bar", ctypes.c_int32), ("beat", ctypes.c_int32),
        ("tick", ctypes.c_int32), ("bar_start_tick", ctypes.c_double), ("beats_per_bar", ctypes.c_float),
        ("beat_type", ctypes.c_float), ("ticks_per_beat", ctypes.c_double), ("beats_per_minute", ctypes.c_double),
        ("frame_time", ctypes.c_double), ("next_time", ctypes.c_double), ("bbt_offset", ctypes.c_uint32),
        ("rest", ctypes.c_uint8 * 256),
    )  # fmt: skip


class JackTransport(JackWatch):
    """The transport of the JACK server that runs.

    Parameters
    ----------
    bpm : float
        Tempo where nobody at JACK gives one; its beats are counted from JACK's frame 0 then.

    Raises
    ------
    OSError
        Where no server runs, or JACK is not installed.
    """

    def __init__(self, bpm: float) -> None:
        super().__init__()
        self._bpm, self._position = bpm, _Position()
        jack = self._jack
        jack.jack_transport_query.argtypes = (ctypes.c_void_p, ctypes.POINTER(_Position))
        jack.jack_transport_start.argtypes = jack.jack_transport_stop.argtypes = (ctypes.c_void_p,)
        jack.jack_get_time.restype = ctypes.c_uint64

    def read(self) -> Reading:
        """Tell which beat it is."""
        if not self.alive:
            raise OSError("JACK has gone")
        at = self._position
        rolling = self._jack.jack_transport_query(self._client, ctypes.byref(at)) in (_ROLLING, _LOOPING)
        bpm, beat = self._bpm, at.frame / max(at.frame_rate, 1) * self._bpm / 60
        if at.valid & _HAS_BBT and at.beats_per_minute > 0 and at.ticks_per_beat > 0:
            bpm = at.beats_per_minute
            beat = (at.bar - 1) * at.beats_per_bar + at.beat - 1 + at.tick / at.ticks_per_beat
            if at.valid & _HAS_OFFSET:
                beat += at.bbt_offset / max(at.frame_rate, 1) * bpm / 60
        ns = at.usecs * 1000 + clock_offset_ns(self._jack.jack_get_time)
        return Reading(beat if rolling else None, ns, 60e9 / bpm, running=rolling, song=True)

    def command(self, word: str, value: float) -> None:
        """Carry out a command."""
        if word == "bpm":
            self._bpm = value
        elif word == "play":
            self._jack.jack_transport_start(self._client)
        elif word == "stop":
            self._jack.jack_transport_stop(self._client)


if __name__ == "__main__":
    serve(JackTransport, float(sys.argv[1]))
