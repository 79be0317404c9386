"""MIDI ports of the system: found by a part of their name, or made.

Only the process of `livehost.bridge.midi.host` calls them: they may not come back.
"""

import re
import sys
import time
from pathlib import Path
from typing import Any, Protocol

from livehost.bridge.midi.jack_watch import JackWatch
from livehost.errors import LivehostError

_CLIENT = "livehost"
#: How the names of a livehost's ports begin; JACK numbers clients of one name.
_OURS = re.compile(rf"{_CLIENT}(-\d\d)?:")
#: Messages that an input keeps until they are fetched.
_QUEUE = 4096
#: How fast the estimate of the way of a message gives way to a longer one, s/s: two clocks may drift so far apart.
_DRIFT = 1e-4
#: Ports of a JACK server that has gone: closing one would wait for the server.
_abandoned: list[Any] = []


class Port(Protocol):
    """An output port."""

    name: str
    virtual: bool

    def send(self, message: bytes, at_ns: int | None = None) -> None:
        """Send one message, at a time of the monotonic clock or at once; raises OSError where the port has gone."""
        ...

    def drop_notes(self) -> None:
        """Drop the notes that wait to begin; raises OSError where the port has gone."""
        ...

    def alive(self) -> bool:
        """Whether the port is still there."""
        ...

    def back(self) -> bool:
        """Look for a port that has gone; returns whether it can be used again."""
        ...

    def close(self) -> None:
        """Give the port back."""
        ...


class _Rtmidi:
    """A port of ALSA, JACK, CoreMIDI or Windows.

    Parameters
    ----------
    text : str
        The first port whose name contains it, whatever the case, is opened; where there is none, one is made.

    Raises
    ------
    OSError
        Where that cannot be (rtmidi's errors are OSErrors too).
    """

    _label = ""

    def __init__(self, text: str) -> None:
        self._text, self.name, self.virtual = text, text, False
        self._watch: JackWatch | None = None
        self._stood_still = False
        self._port: Any = None
        self._connect()
        if not self._open():
            if sys.platform == "win32":
                self.close()
                raise OSError(f"no port is called {text}, and Windows makes none; loopMIDI does")
            self.virtual = True
            self._open()

    def alive(self) -> bool:
        """Whether the port, or for a port of our own its server, is still there."""
        return self._served() and (self.virtual or self.name in self._port.get_ports())

    def back(self) -> bool:
        """Look for a port that has gone; one whose server only stood still is as it was."""
        stood_still = self._stood_still
        served = self._served()
        if served and stood_still and self.alive():
            return True
        if self._stood_still:
            return False
        if served:
            self._port.close_port()
        else:
            self.close()
            self._connect()
        return self._open()

    def close(self) -> None:
        """Give the port back."""
        served, port, self._port = self._served(), self._port, None
        if self._watch is not None:  # first, as long as nothing changes in JACK's graph
            self._watch.close()
        if port is not None and served:
            port.close_port()
            port.delete()
        elif port is not None:
            _abandoned.append(port)

    def _connect(self) -> None:
        rtmidi, api = _backend()
        self._watch = JackWatch() if api == rtmidi.API_UNIX_JACK else None
        self._port = self._make(rtmidi, api)

    def _make(self, rtmidi: Any, api: int) -> Any:
        """Make rtmidi's object."""
        raise NotImplementedError

    def _open(self) -> bool:
        if self.virtual:
            self._port.open_virtual_port(self._text)
            return True
        names = self._port.get_ports()
        found = _first(names, self._text)
        if found is not None:
            self.name = names[found]
            self._port.open_port(found, name=self._label)
        return found is not None

    def _served(self) -> bool:
        if self._port is None or self._watch is None:
            return self._port is not None
        self._stood_still = self._watch.alive and not self._watch.running
        return self._watch.alive and not self._stood_still


class RtmidiPort(_Rtmidi):
    """An output port; see `_Rtmidi`."""

    _label = "out"

    def send(self, message: bytes) -> None:
        """Send one message."""
        if not self._served():
            raise OSError("JACK has gone, or stands still")
        self._port.send_message(message)

    def _make(self, rtmidi: Any, api: int) -> Any:
        return rtmidi.MidiOut(api, name=_CLIENT)


class RtmidiInput(_Rtmidi):
    """An input port; see `_Rtmidi`. Clock comes in too, system exclusive and active sensing do not."""

    _label = "in"

    def receive(self) -> list[tuple[bytes, int]]:
        """Fetch what has come in: each message with the time at which it came, ns of the monotonic clock."""
        if not self._served():
            raise OSError("JACK has gone, or stands still")
        arrived = []
        while event := self._port.get_message():
            message, delta_s = event
            arrived.append((bytes(message), self._times.at_ns(delta_s, time.monotonic_ns())))
        return arrived

    def _make(self, rtmidi: Any, api: int) -> Any:
        self._times = ArrivalTimes()
        port = rtmidi.MidiIn(api, name=_CLIENT, queue_size_limit=_QUEUE)
        port.ignore_types(sysex=True, timing=False, active_sense=True)
        return port


class ArrivalTimes:
    """When messages came, from the times between them and the times at which they were fetched.

    The MIDI system stamps each message with the time since the one before; fetching it takes a little longer each time.
    The shortest way of all says where the two clocks stand to each other.
    """

    def __init__(self) -> None:
        self._stamp_ns, self._offset_ns = 0, 0

    def at_ns(self, delta_s: float, fetched_ns: int) -> int:
        """Time of a message that came `delta_s` after the one before it and was fetched at `fetched_ns`."""
        delta_ns = round(delta_s * 1e9)
        first = self._stamp_ns == 0
        self._stamp_ns += delta_ns or 1
        offset = fetched_ns - self._stamp_ns
        if first or offset < self._offset_ns:
            self._offset_ns = offset
        else:
            self._offset_ns = min(offset, self._offset_ns + round(_DRIFT * delta_ns))
        return self._stamp_ns + self._offset_ns


def system_port_names(*, inputs: bool = False) -> list[str]:
    """Names of the output ports that there are, or of the input ports.

    Raises
    ------
    LivehostError
        Where there is no MIDI on this computer.
    """
    try:
        rtmidi, api = _backend()
        if api == rtmidi.API_UNIX_JACK:
            JackWatch().close()
        port = (rtmidi.MidiIn if inputs else rtmidi.MidiOut)(api, name=_CLIENT)
        names: list[str] = port.get_ports()
        port.delete()
    except OSError as error:
        raise LivehostError(f"There is no MIDI: {error}.") from None
    return names


def _backend() -> tuple[Any, int]:
    """Find rtmidi and its way to the system: on Linux ALSA where the kernel has its sequencer, else JACK."""
    try:
        import rtmidi
    except ImportError as error:
        raise OSError(f"python-rtmidi cannot be loaded ({error})") from None
    if not sys.platform.startswith("linux"):
        return rtmidi, rtmidi.API_UNSPECIFIED
    built = rtmidi.get_compiled_api()
    if rtmidi.API_LINUX_ALSA in built and Path("/dev/snd/seq").exists():
        return rtmidi, rtmidi.API_LINUX_ALSA
    if rtmidi.API_UNIX_JACK in built:
        return rtmidi, rtmidi.API_UNIX_JACK
    raise OSError("this computer has no ALSA sequencer")


def _first(names: list[str], text: str) -> int | None:
    """Find a port; one of a livehost, perhaps of this one, only where it is named with its client."""
    exact = [i for i, name in enumerate(names) if name == text]
    partial = [
        i
        for i, name in enumerate(names)
        if text.lower() in name.lower() and (_OURS.match(text) or not _OURS.match(name))
    ]
    return next(iter(exact + partial), None)
