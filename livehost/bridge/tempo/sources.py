"""The table of sources of tempo."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from livehost.bridge.tempo.heard import HeardSource
from livehost.bridge.tempo.helper import HelperSource
from livehost.bridge.tempo.midi_in import MidiClockSource
from livehost.bridge.tempo.source import Source
from livehost.errors import LivehostError


@dataclass(frozen=True)
class Row:
    """One source.

    Parameters
    ----------
    help : str
        What people read of it.
    open : callable, optional
        Gives the source, of the MIDI clock that comes in, a tempo to begin with, and what hears the musician's beat;
        None where livehost's own clock counts.
    tapped : bool
        A tap places the beat as well; else it gives the tempo only.
    gives : bool
        Its beat is what the players play by; else that of the musician is.
    needs : str
        Module that must be installed.
    install : str
        What to type where it is not.
    """

    help: str
    open: Callable[..., Source] | None = None
    tapped: bool = False
    gives: bool = True
    needs: str = ""
    install: str = ""


#: By the values of the setting ``tempo.source``.
SOURCES: dict[str, Row] = {
    "internal": Row("livehost's own clock", gives=False),
    "tap": Row("livehost's own clock; taps place the beat as well", tapped=True),
    "heard": Row("the musician, as they are heard", lambda _, _bpm, hear: HeardSource(hear), gives=False),
    "midi": Row("the MIDI clock that comes in", lambda clock, *_: MidiClockSource(clock)),
    "link": Row(
        "Ableton Link",
        lambda _, bpm, *_rest: HelperSource(
            "livehost.bridge.tempo.link_host", "Ableton Link", bpm, heard=True, starts=False
        ),
        needs="link",
        install="pip install 'livehost[link]'",
    ),
    "jack": Row(
        "JACK's transport",
        lambda _, bpm, *_rest: HelperSource("livehost.bridge.tempo.jack_host", "JACK", bpm, heard=False, starts=True),
    ),
}  # fmt: skip


def check_source(name: str) -> None:
    """Make sure that a source can be had, without loading anything.

    Raises
    ------
    LivehostError
        Where what it needs is not installed.
    """
    row = SOURCES[name]
    if row.needs and find_spec(row.needs) is None:
        raise LivehostError(f"The tempo source {name} needs {row.help}, which is not installed: {row.install}.", 2)
