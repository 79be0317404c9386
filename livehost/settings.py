"""The one tree of settings: each with type, unit, range, default and help.

What a session starts with is resolved once (`livehost/start_layers.py`). From then on the last writer wins, whoever it
is (OSC, a scene, MIDI, a key); who wrote is only recorded.

Live settings reach the real-time threads as one record each (`record`): a kernel reads `parameters.master_gain_db`. To
add one, add its row here and read its field where it is used. A row of a part stands once in `_PER_PART` and becomes a
setting of every part: `player.temperature` of part 0, `part1.temperature` of part 1; one of a voice stands once in
`_PER_VOICE`: `voice00.gain_db`. A row of thread "part" that belongs to no part goes to all of them.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.setting import Setting, Value

#: Who wrote the values that nobody has set.
DEFAULT = "default"
#: Players that may play at once, each with its own settings.
PARTS = 2
#: Voices that have settings of their own: the first so many of the engine's.
VOICES = 64
#: Writers whose numbers are moved into range; those of all others must be in range.
CLAMPED = ("osc", "midi")


#: Settings that every part has, by their names in a part.
_PER_PART: tuple[Setting, ...] = (
    Setting("name", "bank", "who answers: the model, the nearest sound, nobody, or the model that plays notes",
            choices=("bank", "nearest", "off", "performance"), thread="part"),
    Setting("model", "", "the model of the player: a folder, or the name of a shipped one; empty: the shipped one of its kind"),
    Setting("backend", "auto", "what the model runs on", choices=("auto", "native", "python", "torchscript")),
    Setting("provider", "cpu", "where the model runs", choices=("cpu", "cuda")),
    Setting("mode", "duo", "duo: its own line in the musician's time; answer: to each onset; continue: by itself, in time; call: phrase for phrase",
            choices=("duo", "answer", "continue", "call"), thread="part"),
    Setting("respond", True, "play at all", thread="part"),
    Setting("answer_delay_ms", 12.0, "every answer exactly this long after its onset, chosen by what is heard until then; 0: as soon as possible, chosen before",
            "ms", 0, 2000, thread="part"),
    Setting("density", 1.0, "share of what it could play that it plays: of the onsets that are answered, of the notes of its line", "", 0, 1, thread="part"),
    Setting("quantise", "off", "all that it plays waits for the next place of this grid, in the musician's beat and swing; t: triplets",
            choices=("off", "1/4", "1/8", "1/16", "1/4t", "1/8t", "1/16t"), thread="part"),
    Setting("space", 0.7, "how far its own line thins out while the musician is busy (duo)", "", 0, 1, thread="part"),
    Setting("unison", 0.1, "share of the strokes that it expects of the musician with which it strikes along (duo)", "", 0, 1, thread="part"),
    Setting("yield", 0.5, "how fast what rings fades when the musician begins a phrase: 0 not at all, 1 at once (duo, continue, call)", "", 0, 1, thread="part"),
    Setting("temperature", 0.5, "0: always the best; higher: bolder", "", 0, 10, thread="part"),
    Setting("top_k", 8, "choose among this many", "items", 1, 256, thread="part"),
    Setting("top_p", 1.0, "choose among the likeliest that together have this probability", "", 0.01, 1, thread="part"),
    Setting("repeat", 0.5, "penalty for what was played lately: 0 none, 1 hard", "", 0, 1, thread="part"),
    Setting("follow", 0.7, "1: mirror what is heard, 0.5: respond to it, 0: the player's own line", "", 0, 1, thread="part"),
    Setting("memory", 0.3, "share of a choice that what followed before in this session has; 0: none", "", 0, 1, thread="part"),
    Setting("gain_db", 0.0, "gain of the answers", "dB", -60, 12, thread="part"),
    Setting("balance_db", -3.0, "loudness of the answers against the musician's", "dB", -60, 20, thread="part"),
    Setting("dynamics", 0.7, "how far an answer follows the loudness of what it answers", "", 0, 1, thread="part"),
    Setting("late_ms", 5.0, "a model that takes longer has player nearest stand in", "ms", 0, 1000, thread="part"),
    Setting("voices", 1, "sounds that answer together", "sounds", 1, 4, thread="part"),
    Setting("choke", False, "an answer fades out the one before", thread="part"),
    Setting("phrase_gap_ms", 700.0, "a silence this long ends a phrase", "ms", 100, 10_000, thread="part"),
    # of player performance
    Setting("lookahead_ms", 150.0, "notes are thought of this long before they sound", "ms", 50, 500, thread="part"),
    Setting("note_temperature", 1.0, "of the choice of notes; 0: always the likeliest, higher: bolder", "", 0, 4, thread="part"),
    Setting("note_density", 0.0, "notes a second that are asked for; 0: as many as it likes", "notes/s", 0, 30, thread="part"),
    *(Setting(f"pitch_{k:02d}", 0.0, f"how much of pitch class {k} (0: C) is asked for; all 0: as it likes", "", 0, 1, thread="part") for k in range(12)),
    Setting("hold", False, "pitch classes and density stay as they are, whatever is heard", thread="part"),
    Setting("polyphony", 12, "notes that it plays at once, at most", "notes", 1, 64, thread="part"),
    Setting("max_note_s", 6.0, "a note of its own ends after this time at the latest", "s", 0.05, 60, thread="part"),
    Setting("velocity_low", 1, "the softest of its velocities", "", 1, 127, thread="part"),
    Setting("velocity_high", 127, "the loudest of its velocities", "", 1, 127, thread="part"),
    Setting("note_sounds", True, "its notes sound through the bank, by root pitch and rate, besides going out as MIDI", thread="part"),
)  # fmt: skip
#: Settings that only parts after the first have; for part 0 they stand elsewhere (bank.dir, midi.channel).
_FURTHER: tuple[Setting, ...] = (
    Setting("bank", "", "folder of its sounds; empty: those of part 0"),
    Setting("midi_channel", 2, "MIDI channel of its notes", "", 1, 16, thread="host"),
)
#: Settings that every voice has, by their names in a voice.
_PER_VOICE: tuple[Setting, ...] = (
    Setting("gain_db", 0.0, "gain of whatever this voice (00 to 63) plays", "dB", -60, 12, thread="voice"),
    Setting("pan", 0.0, "place of whatever this voice plays: -1 left, 1 right", "", -1, 1, thread="voice"),
    Setting("mute", False, "this voice is not heard", thread="voice"),
)


def voice_key(voice: int, name: str) -> str:
    """Key of a setting of a voice: `voice00.gain_db`."""
    return f"voice{voice:02d}.{name}"


def part_key(part: int, name: str) -> str:
    """Key of a setting of a part: `player.NAME` for part 0, `partN.NAME` for the others."""
    return f"player.{name}" if part == 0 else f"part{part}.{name}"


def _part(part: int) -> tuple[Setting, ...]:
    """Rows of one part; all but part 0 are off until they are told to play."""
    if part == 0:
        return tuple(replace(s, key=part_key(0, s.key), part=0) for s in _PER_PART)
    rows = (*_PER_PART, *_FURTHER)
    rows = tuple(replace(s, default="off") if s.key == "name" else s for s in rows)
    return tuple(replace(s, key=part_key(part, s.key), help=f"part {part}: {s.help}", part=part) for s in rows)


_TABLE: tuple[Setting, ...] = (
    Setting("audio.driver", "auto", "where sound comes and goes", choices=("auto", "portaudio", "null", "offline")),
    Setting("audio.input", "", "input device (name or number) or sound file; empty: the default device"),
    Setting("audio.output", "", "output device (name or number) or sound file; empty: the default device"),
    Setting("audio.rate", 0, "sample rate; 0: what the device runs at, else 48000", "Hz", 0, 192_000),
    Setting("audio.block", 64, "frames that the sound card asks for at a time", "frames", 16, 4096),
    Setting("audio.input_channels", "1", "channels of the input that are listened to, such as 1 or 1,2"),
    Setting("audio.output_channels", "1,2", "pair of output channels that is played to, such as 1,2 or 3,4"),
    Setting("audio.on_loss", "wait", "a lost card: wait for it; null: play on by a clock of livehost's own; exit: end",
            choices=("wait", "null", "exit"), thread="host", scene=False),
    Setting("audio.ragged", False, "offline: blocks of changing length instead of equal ones (a test of exactness)"),
    Setting("run.seconds", 0.0, "stop after this time; 0: when the input file ends, or never", "s", 0, 1e9),
    Setting("run.seed", 0, "seed of every random choice", "", 0, 2**31 - 1),
    Setting("run.scenes", "", "folder of scenes; empty: in the user's data"),
    Setting("run.restore", False, "go on from the last session: its live settings, what it had loaded, its scene; flags count more"),
    Setting("run.realtime_priority", True, "ask for real-time scheduling and locked memory"),
    Setting("run.hints", True, "say while it runs what is wrong with the sound: clipping, silence, no onsets, its own echo", thread="host", scene=False),
    Setting("bank.dir", "", "folder of sounds"),
    Setting("bank.slice", False, "cut long files at their onsets"),
    Setting("bank.match_loudness", True, "bring all items to one loudness"),
    Setting("bank.vocoder", "", "vocoder (an export, or griffin-lim) that makes the sounds by which a bank grows; empty: the shipped one"),
    Setting("engine.voices", 128, "voices at most", "voices", 1, 256),
    Setting("engine.steal", "quietest", "which voice gives way when all sound", choices=("quietest", "oldest"), thread="audio"),
    Setting("engine.fade_in_ms", 0.5, "fade at the start of a voice", "ms", 0, 1000, thread="worker"),
    Setting("engine.fade_out_ms", 10.0, "fade where a voice is cut", "ms", 0.5, 5000, thread="audio"),
    Setting("engine.lookahead_ms", 1.0, "how far the limiter looks ahead; delays the output by as much", "ms", 0.1, 10),
    *(replace(s, key=voice_key(voice, s.key), voice=voice) for voice in range(VOICES) for s in _PER_VOICE),
    Setting("master.gain_db", 0.0, "gain of all that livehost plays", "dB", -90, 12, thread="audio"),
    Setting("master.limiter", True, "keep the output under the ceiling", thread="audio"),
    Setting("master.ceiling_db", -1.0, "the highest peak that leaves livehost", "dBFS", -24, 0, thread="audio"),
    Setting("master.mute", False, "output off, without a click", thread="audio"),
    Setting("master.bypass", False, "live input passed through, livehost's voices off", thread="audio"),
    Setting("input.gain_db", 0.0, "gain of what is heard", "dB", -60, 40, thread="audio"),
    Setting("input.monitor", False, "send the input to the output as well", thread="audio"),
    Setting("input.gate_db", -60.0, "nothing quieter than this is an onset", "dBFS", -90, 0, thread="worker"),
    Setting("listen.enabled", True, "hear onsets at all", thread="worker"),
    Setting("listen.sensitivity", 0.5, "0: only the clearest onsets; 1: the faintest too", "", 0, 1, thread="worker"),
    Setting("listen.refractory_ms", 40.0, "shortest time between two onsets", "ms", 5, 1000, thread="worker"),
    Setting("listen.frame_samples", 1024, "length of an analysis frame, a power of two", "samples", 256, 8192),
    Setting("listen.hop_samples", 128, "distance of analysis frames", "samples", 32, 2048),
    Setting("listen.onset_hop_samples", 32, "distance of looks for an onset", "samples", 8, 64),
    Setting("listen.segment_ms", 500.0, "a heard segment is closed after this time at the latest", "ms", 50, 5000, thread="worker"),
    Setting("listen.room_min_ms", 2.0, "earliest that livehost's own sound comes back", "ms", 0, 100, thread="worker"),
    Setting("listen.room_max_ms", 60.0, "latest that livehost's own sound comes back; 0: never (and where the input is a file)", "ms", 0, 250, thread="worker"),
    Setting("listen.room_db", -6.0, "loudest that livehost's own sound comes back, 0: as loud as it leaves", "dB", -60, 20, thread="worker"),
    Setting("listen.strike", "", "model that tells of each onset what drum was struck, and where: a folder, or the name of an export; empty: none"),
    *_part(0),
    Setting("player.failsafe", False, "the player without a network answers in place of every model", thread="part"),
    Setting("player.rest", False, "no part plays anything new; while the transport plays, from bar to bar", thread="part", scene=False),
    Setting("player.contexts", "", "folder of saved contexts; empty: in the user's data"),
    Setting("player.after_panic", "wait", "after a panic, play again when told to (/livehost/start, a key), or at the next onset",
            choices=("wait", "onset"), thread="worker"),
    *_part(1),
    Setting("osc.in_port", 17770, "UDP port that OSC comes in at; 0: none", "", 0, 65535),
    Setting("osc.bind", "127.0.0.1", "address that OSC is bound to"),
    Setting("osc.allow", "", "who may send OSC besides this computer: addresses or networks, with commas; empty: all that osc.bind lets in"),
    Setting("osc.query_port", 17780, "TCP port of OSCQuery (HTTP and WebSocket); 0: none; none either where osc.in_port is 0", "", 0, 65535),
    Setting("osc.announce", True, "announce OSC and OSCQuery by mDNS, to whom osc.bind lets in"),
    Setting("osc.out", "", "where OSC goes, such as 127.0.0.1:17771; several with commas"),
    Setting("midi.out", "", "MIDI output ports, with commas; a name that is no port becomes a virtual port", thread="host", scene=False),
    Setting("midi.in", "", "MIDI input ports, with commas; a name that is no port becomes a virtual port", thread="host", scene=False),
    Setting("midi.in_channel", 0, "MIDI channel that is listened to; 0: all", "", 0, 16, thread="host"),
    Setting("midi.feedback_ms", 100.0, "what livehost sent and what comes back within this time is not the musician's; 0: all that comes is", "ms", 0, 1000, thread="host"),
    Setting("midi.channel", 1, "MIDI channel", "", 1, 16, thread="host"),
    Setting("midi.note", "pitch", "note of a voice: root pitch of the item (else one that no pitched item has), index, or the General MIDI drum of its name",
            choices=("pitch", "index", "drums"), thread="host"),
    Setting("midi.folders", "", "MIDI channel, and how notes are chosen, for folders of the bank: drums=10:drums,voices=2", thread="host"),
    Setting("midi.transpose", 0, "transposition of MIDI notes", "semitones", -48, 48, thread="host"),
    Setting("midi.velocity_scale", 1.0, "factor on MIDI velocities", "", 0, 4, thread="host"),
    Setting("midi.delay_ms", 4.0, "a note leaves this long after its frame, evenly; 0: with its sound, or as soon as it can", "ms", 0, 500, thread="host"),
    Setting("midi.max_note_s", 60.0, "a note that lasts longer is ended; 0: none", "s", 0, 86_400, thread="host"),
    Setting("midi.thru", False, "pass on what comes in to the outputs", thread="host"),
    Setting("midi.map", "", "what controllers move: CHANNEL:CONTROLLER=ADDRESS, with commas; /livehost/midi/learn adds to it", thread="host"),
    Setting("midi.programs", True, "a program change recalls the scene of that number, the first one at program 0", thread="host"),
    Setting("tempo.bpm", 120.0, "tempo; that of the source, where it gives one", "beats/min", 20, 999, thread="host"),
    Setting("tempo.source", "internal", "whose beat it is: livehost's own clock, one that is tapped, the musician's as heard, MIDI clock in, Ableton Link, JACK's transport",
            choices=("internal", "tap", "heard", "midi", "link", "jack"), thread="host"),
    Setting("tempo.quantum", 4, "beats of a bar", "beats", 1, 32, thread="worker"),
    Setting("tempo.countin", 0, "bars that are counted in before the transport plays", "bars", 0, 8, thread="host"),
    Setting("tempo.offset_ms", 0.0, "livehost's beat comes this much later than that of its source; below 0: earlier", "ms", -500, 500, thread="host"),
    Setting("tempo.quantise_play", "off", "a sound that is played by hand waits for the next beat, or bar",
            choices=("off", "beat", "bar"), thread="host"),
    Setting("tempo.clock_out", False, "send MIDI clock to the MIDI outputs", thread="host"),
    Setting("log.events", "", "event log, one JSON object a line"),
    Setting("log.attention", "rows", "attention in the event log: every row, their mean, or none",
            choices=("rows", "mean", "off"), thread="host"),
    Setting("log.session", "", "folder that all of the session is kept in: sound, log, attention, and what livehost replay needs"),
    Setting("log.preroll_s", 30.0, "a recording that is told to begin has this much of what was before, too; a larger ring in memory", "s", 0, 300),
    Setting("log.record", "", "folder that input and output are recorded into, from the start; empty: when told to, into the music folder"),
)  # fmt: skip

TABLE: dict[str, Setting] = {s.key: s for s in _TABLE}


def record(thread: str) -> np.dtype:
    """Give the record of a thread's live settings: a float64 field each, words as their place in `choices`."""
    fields = dict.fromkeys(s.field for s in _TABLE if s.thread == thread)
    return np.dtype([(name, "f8") for name in fields], align=True)


def normalised(value: Value) -> Value:
    """Give a value as it is compared and published: a number to 7 digits, which is what OSC carries."""
    return float(f"{value:.7g}") if isinstance(value, float) else value


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
    """Values of all settings, each with who wrote it last.

    Parameters
    ----------
    values : mapping of str to value
        What differs from the defaults, by dotted key.
    by : str
        Who says so.
    """

    def __init__(self, values: Mapping[str, Any] | None = None, by: str = "flag") -> None:
        self._values: dict[str, Value] = {key: s.default for key, s in TABLE.items()}
        self._by: dict[str, str] = dict.fromkeys(TABLE, DEFAULT)
        self._listeners: list[Callable[[str, Value], None]] = []
        self.update(values or {}, by)

    def __getitem__(self, key: str) -> Any:
        return self._values[lookup(key).key]

    def __iter__(self) -> Iterator[str]:
        return iter(TABLE)

    def by(self, key: str) -> str:
        """Tell who wrote a value: a layer of the start, or "osc HOST:PORT", "scene", "midi", "key", "stage"."""
        return self._by[lookup(key).key]

    def of_part(self, part: int, name: str) -> Any:
        """Value of a part's setting, by its name in the part."""
        return self[part_key(part, name)]

    def changed(self) -> dict[str, Value]:
        """Give the values that are not the defaults."""
        return {key: value for key, value in self._values.items() if value != TABLE[key].default}

    def listen(self, listener: Callable[[str, Value], None]) -> None:
        """Have `listener(key, value)` called after each change, on the thread that makes it."""
        self._listeners.append(listener)

    @staticmethod
    def checked(key: str, value: Any, by: str = "flag") -> Value:
        """Give the value that `set` would make of this one, or raise as it would."""
        setting = lookup(key)
        return setting.clamp(value) if by.split(" ", maxsplit=1)[0] in CLAMPED else setting.parse(value)

    def set(self, key: str, value: Any, by: str = "flag") -> Value:
        """Set one value: the last writer wins. OSC and MIDI are clamped into range, all others must be in range.

        Parameters
        ----------
        key : str
        value : object
        by : str
            Who writes: a word, and perhaps which one behind it, as in "osc 127.0.0.1:9000".

        Returns
        -------
        bool, int, float or str
            The value that now holds.

        Raises
        ------
        LivehostError
            For an unknown key or a value that does not fit.
        """
        parsed = self.checked(key, value, by)
        self._values[key], self._by[key] = parsed, by
        for listener in self._listeners:
            listener(key, parsed)
        return parsed

    def update(self, values: Mapping[str, Any], by: str) -> None:
        """Set several, from a mapping of dotted keys."""
        for key, value in values.items():
            self.set(key, value, by)

    def fill(self, target: np.ndarray, thread: str, part: int = -1) -> None:
        """Write the live settings of a thread (of one part, and of all parts) into its `record`, shape (1,)."""
        for s in _TABLE:
            if s.thread == thread and s.part in (part, -1):
                target[s.field] = s.number(self._values[s.key])
