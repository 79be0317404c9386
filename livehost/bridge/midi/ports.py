"""MIDI output ports of the system: found by a part of their name, or made.

Only the process of `livehost.bridge.midi.host` calls them: they may not come back.
"""

import sys
from pathlib import Path
from typing import Any, Protocol

from livehost.bridge.midi.jack_watch import JackWatch
from livehost.errors import LivehostError

_CLIENT = "livehost"
#: Ports of a JACK server that has gone: closing one would wait for the server.
_abandoned: list[Any] = []


class Port(Protocol):
    """An output port."""

    name: str
    virtual: bool

    def send(self, message: bytes) -> None:
        """Send one message; raises OSError where the port has gone."""
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


class RtmidiPort:
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

    def __init__(self, text: str) -> None:
        self._text, self.name, self.virtual = text, text, False
        self._watch: JackWatch | None = None
        self._stood_still = False
        self._out: Any = None
        self._connect()
        if not self._open():
            if sys.platform == "win32":
                self.close()
                raise OSError(f"no port is called {text}, and Windows makes none; loopMIDI does")
            self.virtual = True
            self._open()

    def send(self, message: bytes) -> None:
        """Send one message."""
        if not self._served():
            raise OSError("JACK has gone, or stands still")
        self._out.send_message(message)

    def alive(self) -> bool:
        """Whether the port, or for a port of our own its server, is still there."""
        return self._served() and (self.virtual or self.name in self._out.get_ports())

    def back(self) -> bool:
        """Look for a port that has gone; one whose server only stood still is as it was."""
        stood_still = self._stood_still
        served = self._served()
        if served and stood_still and self.alive():
            return True
        if self._stood_still:
            return False
        if served:
            self._out.close_port()
        else:
            self.close()
            self._connect()
        return self._open()

    def close(self) -> None:
        """Give the port back."""
        served, out, self._out = self._served(), self._out, None
        if self._watch is not None:  # first, as long as nothing changes in JACK's graph
            self._watch.close()
        if out is not None and served:
            out.close_port()
            out.delete()
        elif out is not None:
            _abandoned.append(out)

    def _connect(self) -> None:
        rtmidi, api = _backend()
        self._watch = JackWatch() if api == rtmidi.API_UNIX_JACK else None
        self._out = rtmidi.MidiOut(api, name=_CLIENT)

    def _open(self) -> bool:
        if self.virtual:
            self._out.open_virtual_port(self._text)
            return True
        names = self._out.get_ports()
        found = _first(names, self._text)
        if found is not None:
            self.name = names[found]
            self._out.open_port(found, name="out")
        return found is not None

    def _served(self) -> bool:
        if self._out is None or self._watch is None:
            return self._out is not None
        self._stood_still = self._watch.alive and not self._watch.running
        return self._watch.alive and not self._stood_still


def system_port_names() -> list[str]:
    """Names of the output ports that there are.

    Raises
    ------
    LivehostError
        Where there is no MIDI on this computer.
    """
    try:
        rtmidi, api = _backend()
        if api == rtmidi.API_UNIX_JACK:
            JackWatch().close()
        out = rtmidi.MidiOut(api, name=_CLIENT)
        names = out.get_ports()
        out.delete()
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
    exact = [i for i, name in enumerate(names) if name == text]
    partial = [i for i, name in enumerate(names) if text.lower() in name.lower()]
    return next(iter(exact + partial), None)
