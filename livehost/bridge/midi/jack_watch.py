"""Whether a JACK server runs, and still runs.

A message that is sent through rtmidi to a JACK server that has gone waits for ever, with the interpreter's lock held.
So we ask JACK itself: a client of our own, which does nothing, is told when the server goes. JACK tells it through
functions of the C library, never through Python, for who holds the interpreter's lock may be just about to send.
"""

import ctypes
import ctypes.util
import functools
import threading
import time
from typing import Any

_NO_START_SERVER = 1
_SEMAPHORE_BYTES = 64
PATIENCE_S = 0.5
#: A server whose cycle has not changed for so long stands still.
STANDSTILL_S = 0.3
#: What JACK may still write to after we have left: never given back.
_kept: list[Any] = []


class JackWatch:
    """Watches the JACK server that runs now.

    Raises
    ------
    OSError
        Where no server runs, or JACK is not installed.
    """

    def __init__(self) -> None:
        self._jack, self._libc = _libraries()
        self._gone = ctypes.create_string_buffer(_SEMAPHORE_BYTES)
        self._value = ctypes.c_int(0)
        self._libc.sem_init(self._gone, 0, 0)
        _kept.append(self._gone)
        self._client = self._jack.jack_client_open(b"livehost-watch", _NO_START_SERVER, None)
        if not self._client:
            raise OSError("no JACK server runs")
        self._jack.jack_on_shutdown(self._client, self._libc.sem_post, self._gone)
        self._cycle, self._cycle_at = -1, time.monotonic()

    @property
    def alive(self) -> bool:
        """Whether the server is still there."""
        self._libc.sem_getvalue(self._gone, ctypes.byref(self._value))
        return self._value.value == 0

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


@functools.cache
def _libraries() -> tuple[Any, Any]:
    name = ctypes.util.find_library("jack")
    if name is None:
        raise OSError("JACK is not installed")
    jack, libc = ctypes.CDLL(name), ctypes.CDLL(None)
    jack.jack_client_open.restype = ctypes.c_void_p
    jack.jack_client_close.argtypes = jack.jack_last_frame_time.argtypes = (ctypes.c_void_p,)
    jack.jack_last_frame_time.restype = ctypes.c_uint32
    jack.jack_on_shutdown.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    # JACK talks on stderr; what goes wrong is told in a sentence of ours, so its words go to a function without effect
    jack.jack_set_error_function(libc.strlen)
    jack.jack_set_info_function(libc.strlen)
    return jack, libc
