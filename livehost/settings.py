"""The one tree of settings: each with type, unit, range, default and help.

A value comes from, weakest first: its default, a TOML file, a scene, command-line flags, OSC at run time. A stronger source
is never overwritten by a weaker one.
"""

import difflib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.printable import shortly
from livehost.toml import TomlError, read_toml

Value = bool | int | float | str
SOURCES = ("default", "file", "scene", "flag", "osc")
#: Threads that own live parameters; "host" is ordinary Python.
ROOMS = ("audio", "worker", "host")


@dataclass(frozen=True)
class Setting:
    """One setting.

    Parameters
    ----------
    key : str
        Dotted name, as in TOML and ``--set``.
    default : bool, int, float or str
        Its type is the type of the setting.
    help : str
        One line.
    unit : str
        Unit of a number.
    low, high : float
        Range of a number, inclusive.
    choices : tuple of str
        Allowed words.
    room : str
        Thread that takes it at run time ("audio", "worker", "host"), "" for fixed once running.
    """

    key: str
    default: Value
    help: str
    unit: str = ""
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()
    room: str = ""

    def parse(self, value: Any) -> Value:
        """Convert and check a value of any source.

        Raises
        ------
        LivehostError
            Where the value is of the wrong type, not finite, or out of range.
        """
        parsed = self._convert(value)
        if isinstance(parsed, (int, float)) and not isinstance(parsed, bool) and not self.low <= parsed <= self.high:
            raise self._wrong(value)
        return parsed

    def clamp(self, value: Any) -> Value:
        """As `parse`, with a number out of range moved to the nearest end (what OSC does)."""
        parsed = self._convert(value)
        if isinstance(parsed, (bool, str)):
            return parsed
        return type(parsed)(min(max(parsed, self.low), self.high))

    def number(self, value: Value) -> float:
        """Express a value as the float that a live parameter holds (a word becomes its place in `choices`)."""
        return float(self.choices.index(value)) if isinstance(value, str) else float(value)

    def _convert(self, value: Any) -> Value:
        try:
            if isinstance(self.default, bool):
                return _boolean(value)
            if isinstance(self.default, int):
                return _whole(value)
            if isinstance(self.default, float):
                return _finite(value)
        except (TypeError, ValueError, OverflowError):
            raise self._wrong(value) from None
        word = self.choices[int(value)] if self.choices and _is_index(value, len(self.choices)) else str(value)
        if not isinstance(value, (str, int, float)) or (self.choices and word not in self.choices):
            raise self._wrong(value)
        return word

    def _wrong(self, value: Any) -> LivehostError:
        if self.choices:
            wanted = "one of " + ", ".join(self.choices)
        elif isinstance(self.default, bool):
            wanted = "true or false"
        elif isinstance(self.default, str):
            wanted = "text"
        else:
            kind = "a whole number" if isinstance(self.default, int) else "a number"
            wanted = f"{kind} from {self.low:g} to {self.high:g}{' ' + self.unit if self.unit else ''}"
        return LivehostError(f"{self.key} wants {wanted}, not {shortly(value)}.", 2)


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number


def _whole(value: Any) -> int:
    if isinstance(value, int):
        return int(value)
    if float(value) != int(float(value)):
        raise ValueError
    return int(float(value))


def _boolean(value: Any) -> bool:
    words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    if isinstance(value, str):
        if value.lower() not in words:
            raise ValueError
        return words[value.lower()]
    if not math.isfinite(float(value)):
        raise ValueError
    return bool(value)


def _is_index(value: Any, count: int) -> bool:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return math.isfinite(value) and 0 <= int(value) < count


_TABLE: tuple[Setting, ...] = (
    Setting("audio.driver", "auto", "where sound comes and goes", choices=("auto", "portaudio", "null", "offline")),
    Setting("audio.input", "", "input device (name or number) or sound file; empty: the default device"),
    Setting("audio.output", "", "output device (name or number) or sound file; empty: the default device"),
    Setting("audio.rate", 0, "sample rate; 0: what the device runs at, else 48000", "Hz", 0, 192_000),
    Setting("audio.block", 64, "frames that the sound card asks for at a time", "frames", 16, 4096),
    Setting("audio.input_channels", "1", "channels of the input that are listened to, such as 1 or 1,2"),
    Setting("audio.output_channels", "1,2", "pair of output channels that is played to, such as 1,2 or 3,4"),
    Setting("audio.ragged", False, "offline: blocks of changing length instead of equal ones (a test of exactness)"),
    Setting("run.seconds", 0.0, "stop after this time; 0: when the input file ends, or never", "s", 0, 1e9),
    Setting("run.seed", 0, "seed of every random choice", "", 0, 2**31 - 1),
    Setting("run.realtime_priority", True, "ask for real-time scheduling and locked memory"),
    Setting("bank.dir", "", "folder of sounds"),
    Setting("bank.slice", False, "cut long files at their onsets"),
    Setting("bank.match_loudness", True, "bring all items to one loudness"),
    Setting("engine.voices", 128, "voices at most", "voices", 1, 256),
    Setting("engine.steal", "quietest", "which voice gives way when all sound", choices=("quietest", "oldest"), room="audio"),
    Setting("engine.fade_in_ms", 0.5, "fade at the start of a voice", "ms", 0, 1000, room="worker"),
    Setting("engine.fade_out_ms", 10.0, "fade where a voice is cut", "ms", 0.5, 5000, room="audio"),
    Setting("engine.lookahead_ms", 1.0, "how far the limiter looks ahead; delays the output by as much", "ms", 0.1, 10),
    Setting("master.gain_db", 0.0, "gain of all that livehost plays", "dB", -90, 12, room="audio"),
    Setting("master.limiter", True, "keep the output under the ceiling", room="audio"),
    Setting("master.ceiling_db", -1.0, "the highest peak that leaves livehost", "dBFS", -24, 0, room="audio"),
    Setting("master.mute", False, "output off, without a click", room="audio"),
    Setting("master.bypass", False, "live input passed through, livehost's voices off", room="audio"),
    Setting("input.gain_db", 0.0, "gain of what is heard", "dB", -60, 40, room="audio"),
    Setting("input.monitor", False, "send the input to the output as well", room="audio"),
    Setting("input.gate_db", -60.0, "nothing quieter than this is an onset", "dBFS", -90, 0, room="worker"),
    Setting("listen.enabled", True, "hear onsets at all", room="worker"),
    Setting("listen.sensitivity", 0.5, "0: only the clearest onsets; 1: the faintest too", "", 0, 1, room="worker"),
    Setting("listen.refractory_ms", 45.0, "shortest time between two onsets", "ms", 5, 1000, room="worker"),
    Setting("listen.frame_samples", 1024, "length of an analysis frame, a power of two", "samples", 256, 8192),
    Setting("listen.hop_samples", 128, "distance of analysis frames", "samples", 32, 2048),
    Setting("listen.onset_hop_samples", 32, "distance of looks for an onset", "samples", 8, 64),
    Setting("listen.segment_ms", 500.0, "a heard segment is closed after this time at the latest", "ms", 50, 5000, room="worker"),
    Setting("listen.room_min_ms", 2.0, "earliest that livehost's own sound comes back", "ms", 0, 100, room="worker"),
    Setting("listen.room_max_ms", 60.0, "latest that livehost's own sound comes back; 0: never (and where the input is a file)", "ms", 0, 250, room="worker"),
    Setting("listen.room_db", -6.0, "loudest that livehost's own sound comes back, 0: as loud as it leaves", "dB", -60, 20, room="worker"),
    Setting("player.name", "bank", "who answers: the model, the nearest sound, nobody", choices=("bank", "nearest", "off"), room="worker"),
    Setting("player.model", "bank-transformer", "the model of player bank: a folder, or the name of a shipped one"),
    Setting("player.backend", "auto", "what the model runs on", choices=("auto", "native", "python", "torchscript")),
    Setting("player.provider", "cpu", "where the model runs", choices=("cpu", "cuda")),
    Setting("player.contexts", "", "folder of saved contexts; empty: in the user's data"),
    Setting("player.mode", "answer", "answer each onset, continue by itself, or call: phrase for phrase",
            choices=("answer", "continue", "call"), room="worker"),
    Setting("player.respond", True, "play at all", room="worker"),
    Setting("player.answer_delay_ms", 0.0, "every answer exactly this long after its onset; 0: as soon as possible", "ms", 0, 2000, room="worker"),
    Setting("player.density", 1.0, "share of the onsets that are answered", "", 0, 1, room="worker"),
    Setting("player.temperature", 0.5, "0: always the best; higher: bolder", "", 0, 10, room="worker"),
    Setting("player.top_k", 8, "choose among this many", "items", 1, 256, room="worker"),
    Setting("player.top_p", 1.0, "choose among the likeliest that together have this probability", "", 0.01, 1, room="worker"),
    Setting("player.repeat", 0.5, "penalty for what was played lately: 0 none, 1 hard", "", 0, 1, room="worker"),
    Setting("player.follow", 0.5, "1: only what is heard counts; 0: only the player's own line", "", 0, 1, room="worker"),
    Setting("player.gain_db", 0.0, "gain of the answers", "dB", -60, 12, room="worker"),
    Setting("player.dynamics", 0.7, "how far an answer follows the loudness of what it answers", "", 0, 1, room="worker"),
    Setting("player.late_ms", 5.0, "a model that takes longer has player nearest stand in", "ms", 0, 1000, room="worker"),
    Setting("player.voices", 1, "sounds that answer together", "sounds", 1, 4, room="worker"),
    Setting("player.choke", False, "an answer fades out the one before", room="worker"),
    Setting("player.after_panic", "wait", "after a panic, play again when told to (/livehost/start, a key), or at the next onset",
            choices=("wait", "onset"), room="worker"),
    Setting("player.phrase_gap_ms", 700.0, "a silence this long ends a phrase", "ms", 100, 10_000, room="worker"),
    Setting("osc.in_port", 17770, "UDP port that OSC comes in at; 0: none", "", 0, 65535),
    Setting("osc.bind", "127.0.0.1", "address that OSC is bound to"),
    Setting("osc.allow", "", "who may send OSC besides this computer: addresses or networks, with commas; empty: all that osc.bind lets in"),
    Setting("osc.out", "", "where OSC goes, such as 127.0.0.1:17771; several with commas"),
    Setting("midi.out", "", "MIDI output port; a name that is no port becomes a virtual port"),
    Setting("midi.channel", 1, "MIDI channel", "", 1, 16, room="host"),
    Setting("midi.note", "pitch", "note of a voice: root pitch of the item (else its index), or index",
            choices=("pitch", "index"), room="host"),
    Setting("midi.transpose", 0, "transposition of MIDI notes", "semitones", -48, 48, room="host"),
    Setting("midi.velocity_scale", 1.0, "factor on MIDI velocities", "", 0, 4, room="host"),
    Setting("log.events", "", "event log, one JSON object a line"),
    Setting("log.attention", "rows", "attention in the event log: every row, their mean, or none",
            choices=("rows", "mean", "off"), room="host"),
    Setting("log.record", "", "folder that input and output are recorded into, from the start; empty: when told to, into the music folder"),
)  # fmt: skip

TABLE: dict[str, Setting] = {s.key: s for s in _TABLE}


def parameters(room: str) -> tuple[str, ...]:
    """Keys of the live parameters of a thread, in the order of its parameter array."""
    return tuple(s.key for s in _TABLE if s.room == room)


def parameter_index(room: str, key: str) -> int:
    """Place of a key in the parameter array of a thread."""
    return parameters(room).index(key)


def lookup(key: str) -> Setting:
    """Find a setting.

    Raises
    ------
    LivehostError
        Where there is none; the sentence names the nearest one.
    """
    if key in TABLE:
        return TABLE[key]
    near = difflib.get_close_matches(key, TABLE, 1, 0.4) or [
        k for k in TABLE if k.split(".")[1] == key.rsplit(".", maxsplit=1)[-1]
    ]
    hint = f" Did you mean {near[0]}?" if near else ""
    raise LivehostError(f"There is no setting called {key}.{hint}", 2)


class Settings:
    """Values of all settings, each with the source that it came from.

    Listeners given to `listen` are told of every change that `set` makes.
    """

    def __init__(self) -> None:
        self._values: dict[str, Value] = {key: s.default for key, s in TABLE.items()}
        self._ranks: dict[str, int] = dict.fromkeys(TABLE, 0)
        self._listeners: list[Callable[[str, Value], None]] = []

    def __getitem__(self, key: str) -> Any:
        return self._values[lookup(key).key]

    def __iter__(self) -> Iterator[str]:
        return iter(TABLE)

    def source(self, key: str) -> str:
        """Where a value came from, one of `SOURCES`."""
        return SOURCES[self._ranks[lookup(key).key]]

    def listen(self, listener: Callable[[str, Value], None]) -> None:
        """Have `listener(key, value)` called after each change."""
        self._listeners.append(listener)

    def set(self, key: str, value: Any, source: str = "flag") -> Value:
        """Set one value; OSC is clamped into range, every other source must be in range.

        Returns
        -------
        bool, int, float or str
            The value that now holds (an older one where a stronger source had set it).

        Raises
        ------
        LivehostError
            For an unknown key or a value that does not fit.
        """
        setting, rank = lookup(key), SOURCES.index(source)
        parsed = setting.clamp(value) if source == "osc" else setting.parse(value)
        if rank >= self._ranks[key]:
            self._values[key], self._ranks[key] = parsed, rank
            for listener in self._listeners:
                listener(key, parsed)
        return self._values[key]

    def update(self, values: Mapping[str, Any], source: str) -> None:
        """Set several, from a mapping of dotted keys."""
        for key, value in values.items():
            self.set(key, value, source)

    def load(self, path: str | Path, source: str = "file") -> None:
        """Read a TOML file whose tables are the first parts of the keys.

        Raises
        ------
        LivehostError
            Where the file is missing, is no TOML, or holds an unknown key or a value that does not fit.
        """
        try:
            tree = read_toml(path)
        except TomlError as error:
            raise LivehostError(f"The settings file {path} {error}.", 2) from None
        try:
            self.update(dict(_flatten(tree)), source)
        except LivehostError as error:
            raise LivehostError(f"{path}: {error}", 2) from None

    def assign(self, assignments: Iterable[str], source: str = "flag") -> None:
        """Carry out ``key=value`` texts, as ``--set`` gives them."""
        for text in assignments:
            key, equals, value = text.partition("=")
            if not equals:
                raise LivehostError(f"--set wants key=value, not {text!r}.", 2)
            self.set(key.strip(), value.strip(), source)

    def array(self, room: str) -> np.ndarray:
        """Live parameters of a thread, float64, in the order of `parameters`."""
        return np.array([TABLE[k].number(self._values[k]) for k in parameters(room)], np.float64)


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            plain = isinstance(value, list) and not any(isinstance(each, (Mapping, list)) for each in value)
            yield prefix + key, ",".join(map(str, value)) if plain else value
