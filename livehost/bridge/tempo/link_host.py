"""A program of its own that takes part in an Ableton Link session: ``python -m livehost.bridge.tempo.link_host BPM``.

Link is under the GPL. This process is the only place that imports it; livehost itself only reads its lines (see
`livehost.bridge.tempo.host`), and runs without it.
"""

import sys
import threading
from typing import Any

from livehost.bridge.tempo.host import clock_offset_ns, serve
from livehost.bridge.tempo.source import Reading


class LinkSession:
    """A peer of a Link session.

    Parameters
    ----------
    bpm : float
        Tempo to begin with; that of a session which is there already counts more.

    Raises
    ------
    OSError
        Where Link is not installed.
    """

    def __init__(self, bpm: float) -> None:
        try:
            import link
        except ImportError as error:
            raise OSError(f"Ableton Link cannot be loaded ({error})") from None
        self._link: Any = link.Link(bpm)
        self._clock, self._quantum, self._lock = self._link.clock(), 4.0, threading.Lock()
        self._link.startStopSyncEnabled = True
        self._link.enabled = True

    def read(self) -> Reading:
        """Tell which beat it is."""
        with self._lock:
            state, now = self._link.captureAppSessionState(), self._clock.micros()
            beat, bpm = state.beatAtTime(now, self._quantum), state.tempo()
            running = state.isPlaying() and state.timeForIsPlaying() <= now
            ns = now * 1000 + clock_offset_ns(self._clock.micros)
            return Reading(beat, ns, 60e9 / bpm, running=running, peers=self._link.numPeers())

    def command(self, word: str, value: float) -> None:
        """Carry out a command."""
        with self._lock:
            if word == "quantum":
                self._quantum = value
                return
            state, now = self._link.captureAppSessionState(), self._clock.micros()
            if word == "bpm":
                state.setTempo(value, now)
            elif word == "play":
                at = round(value - clock_offset_ns(self._clock.micros)) // 1000
                state.setIsPlaying(True, max(at, now))
            elif word == "stop":
                state.setIsPlaying(False, now)
            else:
                return
            self._link.commitAppSessionState(state)


if __name__ == "__main__":
    serve(LinkSession, float(sys.argv[1]))
