"""Whether a JACK server runs, and still runs.

A message that is sent through rtmidi to a JACK server that has gone waits for ever, with the interpreter's lock held.
So we ask JACK itself: a client of our own, which does nothing, is told when the server goes.
"""

import threading
import time

from livehost.libjack import Shutdown, libjack, open_client

PATIENCE_S = 0.5
#: A server whose cycle has not changed for so long stands still.
STANDSTILL_S = 0.3


class JackWatch:
    """Watches the JACK server that runs now.

    Raises
    ------
    OSError
        Where no server runs, or JACK is not installed.
    """

    def __init__(self) -> None:
        self._jack, self._client = libjack(), open_client("livehost-watch")
        if not self._client:
            raise OSError("no JACK server runs")
        self._shutdown = Shutdown(self._client)
        self._cycle, self._cycle_at = -1, time.monotonic()

    @property
    def alive(self) -> bool:
        """Whether the server is still there."""
        return not self._shutdown.came

    @property
    def running(self) -> bool:
        """Whether its cycles go on; a server that is frozen has none."""
        cycle, now = self._jack.jack_last_frame_time(self._client), time.monotonic()
        if cycle != self._cycle:
            self._cycle, self._cycle_at = cycle, now
        return now - self._cycle_at < STANDSTILL_S

    def close(self) -> None:
        """Stop watching.

        JACK may take many seconds over it where its graph changes just then; nobody waits for that longer than
        `PATIENCE_S`.
        """
        client, self._client = self._client, None
        if client:
            closing = threading.Thread(target=self._jack.jack_client_close, args=(client,), daemon=True)
            closing.start()
            closing.join(PATIENCE_S)
