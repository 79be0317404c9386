"""A JACK server of our own, without a sound card: its dummy driver is a clock that calls every client once a block."""

import ctypes
import ctypes.util
import functools
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from livehost.bench.suite import CannotRun, NotInstalled

_NO_START_SERVER, _SERVER_NAME = 0x01, 0x04
_START_S, _STOP_S = 8.0, 3.0
_PRIORITY = 80
_NAMES = tuple(f"livehost-bench-{k}" for k in range(1, 5))
_REGISTRY = Path("/dev/shm/jack-shm-registry")  # noqa: S108
#: C functions of libjack that the bench calls: result, arguments.
_P, _S, _U, _I = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32, ctypes.c_int
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "jack_client_open": (_P, ()),  # variadic: arguments are given with their types
    "jack_client_close": (_I, (_P,)),
    "jack_activate": (_I, (_P,)),
    "jack_deactivate": (_I, (_P,)),
    "jack_set_process_callback": (_I, (_P, _P, _P)),
    "jack_set_xrun_callback": (_I, (_P, _P, _P)),
    "jack_port_register": (_P, (_P, _S, _S, ctypes.c_ulong, ctypes.c_ulong)),
    "jack_connect": (_I, (_P, _S, _S)),
    "jack_get_ports": (ctypes.POINTER(_S), (_P, _S, _S, ctypes.c_ulong)),
    "jack_free": (None, (_P,)),
    "jack_frame_time": (_U, (_P,)),
    "jack_client_real_time_priority": (_I, (_P,)),
}


@dataclass(frozen=True)
class JackServer:
    """A server that runs.

    Attributes
    ----------
    name : str
        What clients ask for (``JACK_DEFAULT_SERVER``).
    rate, block : int
        Hz, and frames in a block.
    process : subprocess.Popen
        jackd.
    """

    name: str
    rate: int
    block: int
    process: subprocess.Popen

    @property
    def environment(self) -> dict[str, str]:
        """What a client's process needs in its environment."""
        return {**os.environ, **_variables(self.name)}

    @property
    def realtime(self) -> bool:
        """Whether the thread that makes its clock runs before ordinary threads."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return any(os.sched_getscheduler(int(task.name)) & 0xF == os.SCHED_FIFO for task in tasks)


def _variables(name: str) -> dict[str, str]:
    return {"JACK_DEFAULT_SERVER": name, "JACK_NO_AUDIO_RESERVATION": "1", "JACK_NO_START_SERVER": "1"}


@functools.cache
def libjack() -> ctypes.CDLL:
    """JACK's client library, quiet.

    Raises
    ------
    NotInstalled
        Where it is not.
    """
    name = ctypes.util.find_library("jack")
    if name is None:
        raise NotInstalled("JACK's library is not installed: apt-get install libjack-jackd2-0.")
    library = ctypes.CDLL(name)
    for function, (result, arguments) in _FUNCTIONS.items():
        found = getattr(library, function)
        found.restype = result
        if arguments:
            found.argtypes = arguments
    # never a Python function: JACK ends threads that are in the middle of telling, with the interpreter's lock in hand
    library.jack_set_error_function(ctypes.CDLL(None).strlen)
    library.jack_set_info_function(ctypes.CDLL(None).strlen)
    return library


def need_portaudio() -> None:
    """Make sure that livehost can come to JACK.

    PortAudio is looked for, and stays out of this process: it would open a client at the server that is the default
    then, and JACK's library does not survive clients of two servers in one process.

    Raises
    ------
    NotInstalled
        Where PortAudio's library is missing.
    """
    if ctypes.util.find_library("portaudio") is None and find_spec("_sounddevice_data") is None:
        raise NotInstalled("PortAudio is not installed: apt-get install libportaudio2.")


def open_client(name: str, server: str) -> int | None:
    """Open a client of a server that runs; None where there is none."""
    status = ctypes.c_int(0)
    options = ctypes.c_int(_NO_START_SERVER | _SERVER_NAME)
    client: int | None = libjack().jack_client_open(
        ctypes.c_char_p(name.encode()), options, ctypes.byref(status), ctypes.c_char_p(server.encode())
    )
    return client


@contextmanager
def jack_server(rate: int = 48_000, block: int = 64, realtime: bool = True) -> Iterator[JackServer]:
    """Run a private JACK server on the dummy driver; clients of this process and of its children find it.

    Parameters
    ----------
    rate, block : int
        Hz, and frames in a block.
    realtime : bool
        Ask for SCHED_FIFO; where the system refuses, it runs without.

    Yields
    ------
    JackServer

    Raises
    ------
    NotInstalled
        Where there is no jackd.
    CannotRun
        Where it does not start.
    """
    if shutil.which("jackd") is None:
        raise NotInstalled("There is no JACK server here: apt-get install jackd2.")
    before = {key: os.environ.get(key) for key in _variables("")}
    tries = ((name, wanted) for wanted in (realtime, False) for name in _names())
    server = next((s for name, wanted in tries if (s := _start(name, rate, block, wanted)) is not None), None)
    if server is None:
        raise CannotRun("jackd is installed, but it does not start with its dummy driver (are eight servers running?).")
    os.environ.update(_variables(server.name))
    try:
        yield server
    finally:
        for key, value in before.items():
            os.environ.pop(key, None)
            if value is not None:
                os.environ[key] = value
        _stop(server)


def start_again(server: JackServer, *, rate: int | None = None, block: int | None = None) -> JackServer:
    """Run a server that has ended anew, under its name; no client of it may be open in this process any more.

    Parameters
    ----------
    server : JackServer
    rate, block : int, optional
        Hz, and frames in a block; by default as before.

    Raises
    ------
    CannotRun
        Where it does not start.
    """
    server.process.wait()
    for realtime in (True, False):
        if (again := _start(server.name, rate or server.rate, block or server.block, realtime)) is not None:
            return again
    raise CannotRun("jackd does not start again.")


def stop_server(server: JackServer) -> None:
    """End a server, also one that is frozen."""
    if server.process.poll() is None:
        server.process.send_signal(signal.SIGCONT)
    _stop(server)


def _names() -> Iterator[str]:
    """Names to try: a few of our own, then those of dead servers.

    A server that was killed keeps its place among JACK's eight for ever, unless one of the same name takes it.
    """
    yield from _NAMES
    if _REGISTRY.exists():
        yield from (name.decode() for name in re.findall(rb"jack-\d+:([\w.-]+):", _REGISTRY.read_bytes()))


def _start(name: str, rate: int, block: int, realtime: bool) -> JackServer | None:
    if client := open_client("livehost-ready", name):  # it is somebody else's
        libjack().jack_client_close(client)
        return None
    scheduling = ["-R", "-P", str(_PRIORITY)] if realtime else ["-r"]
    command = ["jackd", *scheduling, "-n", name, "-d", "dummy", "-r", str(rate), "-p", str(block)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        env={**os.environ, **_variables(name)}, start_new_session=True,
    )  # fmt: skip
    server = JackServer(name, rate, block, process)
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and process.poll() is None:
        client = open_client("livehost-ready", name)
        if client:
            libjack().jack_client_close(client)
            return server
        time.sleep(0.05)
    _stop(server)
    return None


def _stop(server: JackServer) -> None:
    server.process.terminate()
    try:
        server.process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
