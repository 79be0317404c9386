"""Whether a JACK server runs, and still runs.

A message that is sent through rtmidi to a JACK server that has gone waits for ever, with the interpreter's lock held.
So we ask JACK itself: a client of our own, which does nothing, is told when the server goes.
"""

import ctypes
import ctypes.util
import functools
from typing import Any

_NO_START_SERVER = 1
_CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_MESSAGE = ctypes.CFUNCTYPE(None, ctypes.c_char_p)
#: JACK may call back from a thread of its own at any time, so what it may call is never collected.
_kept: list[Any] = []


class JackWatch:
    """Watches the JACK server that runs now.

    Attributes
    ----------
    alive : bool
        Whether the server is still there.

    Raises
    ------
    OSError
        Where no server runs, or JACK is not installed.
    """

    def __init__(self) -> None:
        library = _library()
        self.alive = True
        self._library = library
        status = ctypes.c_int(0)
        self._client = library.jack_client_open(b"livehost-watch", _NO_START_SERVER, ctypes.byref(status))
        if not self._client:
            raise OSError("no JACK server runs")
        gone = _CALLBACK(self._gone)
        _kept.append(gone)
        library.jack_on_shutdown(self._client, gone, None)

    def close(self) -> None:
        """Stop watching."""
        if self._client:
            self._library.jack_client_close(self._client)
            self._client = None

    def _gone(self, _argument: Any) -> None:
        self.alive = False


@functools.cache
def _library() -> Any:
    name = ctypes.util.find_library("jack")
    if name is None:
        raise OSError("JACK is not installed")
    library = ctypes.CDLL(name)
    library.jack_client_open.restype = ctypes.c_void_p
    library.jack_client_close.argtypes = (ctypes.c_void_p,)
    library.jack_on_shutdown.argtypes = (ctypes.c_void_p, _CALLBACK, ctypes.c_void_p)
    quiet = _MESSAGE(lambda _text: None)  # what goes wrong is told in a sentence of ours
    _kept.append(quiet)
    library.jack_set_error_function(quiet)
    library.jack_set_info_function(quiet)
    return library
