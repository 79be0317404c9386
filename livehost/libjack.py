"""JACK's client library, by ctypes: its functions with their types, quiet.

A client whose server has gone must be closed before another one is opened in the same process: the library keeps one
server's memory for all of them. A call to a server that is frozen may not come back.
"""

import ctypes
import ctypes.util
import functools
from typing import Any

NO_START_SERVER = 1
IS_INPUT, IS_OUTPUT = 1, 2
AUDIO = b"32 bit float mono audio"
_SEMAPHORE_BYTES = 64
_P, _S, _U, _I, _L = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_ulong
#: Functions that are called from Python, or whose addresses native code gets: result, arguments.
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...] | None]] = {
    "jack_client_open": (_P, None),  # variadic
    "jack_client_close": (_I, (_P,)),
    "jack_activate": (_I, (_P,)),
    "jack_on_shutdown": (None, (_P, _P, _P)),
    "jack_set_process_callback": (_I, (_P, _P, _P)),
    "jack_set_xrun_callback": (_I, (_P, _P, _P)),
    "jack_get_sample_rate": (_U, (_P,)),
    "jack_get_buffer_size": (_U, (_P,)),
    "jack_get_client_name": (_S, (_P,)),
    "jack_last_frame_time": (_U, (_P,)),
    "jack_port_register": (_P, (_P, _S, _S, _L, _L)),
    "jack_port_by_name": (_P, (_P, _S)),
    "jack_port_get_buffer": (_P, (_P, _U)),
    "jack_port_get_latency_range": (None, (_P, _I, _P)),
    "jack_get_ports": (ctypes.POINTER(_S), (_P, _S, _S, _L)),
    "jack_free": (None, (_P,)),
    "jack_connect": (_I, (_P, _S, _S)),
}
#: What JACK may still write to after we have left: never given back.
_kept: list[Any] = []


@functools.cache
def libc() -> Any:
    """Load the C library."""
    return ctypes.CDLL(None)


@functools.cache
def libjack() -> Any:
    """Load JACK's library.

    Raises
    ------
    OSError
        Where it is not installed.
    """
    name = ctypes.util.find_library("jack")
    if name is None:
        raise OSError("JACK is not installed")
    library = ctypes.CDLL(name)
    for function, (result, arguments) in _FUNCTIONS.items():
        found = getattr(library, function)
        found.restype = result
        if arguments is not None:
            found.argtypes = arguments
    # JACK talks on stderr; what goes wrong is told in a sentence of ours, so its words go to a function without effect
    library.jack_set_error_function(libc().strlen)
    library.jack_set_info_function(libc().strlen)
    return library


def open_client(name: str) -> int | None:
    """Open a client of the server that runs; None where there is none.

    Raises
    ------
    OSError
        Where JACK is not installed.
    """
    client: int | None = libjack().jack_client_open(
        ctypes.c_char_p(name.encode()), ctypes.c_int(NO_START_SERVER), ctypes.c_void_p(None)
    )
    return client


def port_names(client: int, pattern: str, flags: int) -> list[str]:
    """Full names of the audio ports that match a regular expression, in JACK's order."""
    found = libjack().jack_get_ports(client, pattern.encode(), AUDIO, flags)
    names: list[str] = []
    while found and found[len(names)]:
        names.append(found[len(names)].decode("utf-8", "replace"))
    if found:
        libjack().jack_free(found)
    return names


def address(function: Any) -> int:
    """Address of a C function of a library, for native code."""
    return ctypes.cast(function, ctypes.c_void_p).value or 0


class Shutdown:
    """Whether the server of a client has gone. JACK tells it to a function of the C library, never through Python.

    Who holds the interpreter's lock may be just about to call JACK.

    Parameters
    ----------
    client : int
        Not yet active.
    """

    def __init__(self, client: int) -> None:
        self._semaphore, self._value = ctypes.create_string_buffer(_SEMAPHORE_BYTES), ctypes.c_int(0)
        libc().sem_init(self._semaphore, 0, 0)
        _kept.append(self._semaphore)
        libjack().jack_on_shutdown(client, address(libc().sem_post), ctypes.addressof(self._semaphore))

    @property
    def came(self) -> bool:
        """Whether it has."""
        libc().sem_getvalue(self._semaphore, ctypes.byref(self._value))
        return self._value.value != 0
