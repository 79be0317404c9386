"""The one table of records: what travels in rings, is logged, and is sent as OSC and MIDI.

A reader of a ring needs nothing but this table. Commands go towards the audio thread and the worker, events come back; a
command that changes the session is told back as an event, with the frame at which it took effect. What Python alone
knows (a setting that changed, a sentence for the desk) stands in `livehost/event_kinds.py`.

To add an event: a row here (its `word` and `tone` show it in every view), whoever emits it, and a row of the table of OSC
addresses where patches are to get it.
"""

from typing import Any

import numpy as np

from livehost.record import HEADER, Record, fields

#: Why a voice sounds. New ones stand at the end: logs keep their numbers.
REASONS = ("answer", "continue", "call", "manual", "duo", "unison")
#: What stopped a voice.
ENDINGS = ("played out", "faded", "choked", "stolen", "panic")
#: How fast a panic fades, unless it says so itself.
PANIC_FADE_MS = 10.0
#: Frame stamp of a command that wants no particular frame: the next one.
NOW = -1


#: What a voice or a note is sent with: pending ones are dropped by it.
_SENT = fields(
    ("gate", "i8", "word of the gate that its sender saw: what is older than a panic never sounds"),
    ("part", "i8", "part that it is for or of, -1 for all"),
)
_PART = fields(("part", "i8", "part that it is for or of, -1 for all"))

_VOICE = fields(
    ("decision", "i8", "number of the decision that it carries out"),
    ("onset_frame", "i8", "frame of the onset that it answers, -1 for none"),
    ("index", "i4", "item of the bank"),
    ("reason", "i4", "why it sounds", REASONS),
    ("fallback", "i4", "1: the player without a network answered in place of the model"),
    ("probability", "f4", "probability of the item when it was chosen, 0 … 1"),
    ("heard_ms", "f4", "how much of the sound that it answers had been heard when it was chosen, ms; 0 for none"),
    ("gain_db", "f4", "gain on top of the item's loudness match, dB"),
    ("pan", "f4", "-1 left … 1 right"),
    ("rate", "f4", "speed of reading, 1 = as recorded"),
    ("decide_ms", "f4", "time that the decision took, ms"),
    ("noted", "i4", "1: it sounds a note that is told of by itself, as `note`"),
)

_NOTE = fields(
    ("decision", "i8", "number of the decision that it carries out"),
    ("onset_frame", "i8", "frame of the onset that it answers, -1 for none"),
    ("frames", "i8", "how long it lasts, frames; 0 until it is told to end"),
    ("pitch", "i4", "MIDI pitch, 0 … 127"),
    ("velocity", "i4", "MIDI velocity, 1 … 127; 0 ends the note"),
    ("reason", "i4", "why it sounds", REASONS),
    ("fallback", "i4", "1: the player without a network answered in place of the model"),
    ("probability", "f4", "probability when it was chosen, 0 … 1"),
    ("decide_ms", "f4", "time that the decision took, ms"),
)

RECORDS: tuple[Record, ...] = (
    # commands
    Record("voice", 2, "command", "start a voice at `frame`", _SENT + _VOICE + fields(
        ("choke", "i4", "choke group, 0 for none: starting it fades out the group's other voices"),
        ("offset", "i8", "frames into the item at which to begin"),
        ("frames", "i8", "frames to play, 0 for all"),
        ("fade_in", "i4", "fade in, frames"),
        ("fade_out", "i4", "fade out, frames"),
    )),
    Record("voice_gain", 4, "command", "change the gain of the voices that answer an onset", _PART + fields(
        ("onset_frame", "i8", "frame of the onset"),
        ("gain_db", "f4", "on top of what they have, dB"),
    )),
    Record("stop", 3, "command", "fade out the voices of one decision", fields(
        ("decision", "i8", "number of the decision"),
        ("fade", "i8", "length of the fade, frames"),
    )),
    Record("reset", 5, "control", "players forget what they have heard", _PART, word="reset", tone="rest"),
    Record("use_bank", 6, "command", "a part plays from another bank from this frame on", _PART + fields(
        ("block", "i8", "address of its float32 block"),
        ("items", "i8", "address of its items"),
        ("count", "i8", "number of its items"),
    )),
    Record("steer", 7, "control", "judge the last choice (part -1: of whichever part played last)", _PART + fields(
        ("verdict", "i8", "more like it, never again tonight, another now", ("approve", "reject", "change")),
    ), word="steer", tone="rest"),
    Record("allow", 8, "control", "let an item be chosen, or not", _PART + fields(
        ("index", "i8", "item of the bank, -1 for all"),
        ("allowed", "i8", "1 or 0"),
    ), word="allow", tone="rest"),
    Record("use_player", 9, "command", "another player plays a part from here on, on its own bank", _PART + fields(
        ("number", "i8", "of this command, told back"),
        ("table", "i8", "address of its table of functions"),
        ("block", "i8", "address of the bank's float32 block, 0 where the bank stays"),
        ("items", "i8", "address of its items"),
        ("count", "i8", "number of its items"),
    )),
    Record("play_note", 10, "command", "play a note, or end one, at `frame`", _SENT + _NOTE),
    Record("parameter", 12, "command", "a live setting of the audio thread takes another value at `frame`", fields(
        ("field", "i8", "place of the setting in that thread's record"),
        ("value", "f8", "what it becomes"),
    )),
    Record("heard_note", 11, "control", "a note that the musician plays (MIDI in) is told to the players", _PART + fields(
        ("pitch", "i4", "MIDI pitch, 0 … 127"),
        ("velocity", "i4", "MIDI velocity, 0 where it ends"),
    ), word="heard", tone="quiet"),
    Record("rest", 13, "control", "the players rest: nothing new is played", _PART + fields(
        ("bars", "i8", "whole bars, counted from the next one on; 0: no rest any more"),
        ("bar_frames", "i8", "length of a bar where no beat is heard, frames"),
    ), word="rest", tone="rest"),
    Record("begin", 14, "control", "livehost opens a piece in silence, in a beat of its own", _PART + fields(
        ("bpm", "f8", "tempo, beats a minute"),
    ), word="begin", tone="good"),
    Record("given_beat", 24, "control", "a source of tempo gives the beat to play by", fields(
        ("number", "i8", "number of a beat"),
        ("beat_frame", "f8", "frame at which it is heard"),
        ("period", "f8", "length of a beat, frames; 0: none is given any more, the musician's counts"),
        ("downbeat", "i8", "number of a beat that begins a bar, modulo the beats of a bar"),
    ), logged=False),
    Record("card_latency", 25, "control", "the way through the sound card has another length", fields(
        ("frames", "i8", "from its input to its output, our own delay among them"),
    ), logged=False),
    # events of the audio thread
    Record("sample", 16, "event", "a voice started at `frame`", _VOICE + fields(
        ("voice", "i4", "number of the voice"),
        ("late", "i4", "frames between the frame asked for and `frame`"),
        ("frames", "i8", "frames that it will play at most"),
        ("onset_to_sound_ms", "f4", "from the onset's frame to `frame`, ms; nan where it answers none"),
    ) + _PART, word="sample"),
    Record("end", 17, "event", "a voice ended", fields(
        ("decision", "i8", "number of the decision"),
        ("index", "i4", "item of the bank"),
        ("voice", "i4", "number of the voice"),
        ("ending", "i4", "what ended it", ENDINGS),
    ) + _PART),
    Record("meter", 18, "meter", "levels since the last one", fields(
        ("in_peak_db", "f4", "dBFS"), ("in_rms_db", "f4", "dBFS"),
        ("out_peak_db", "f4", "dBFS"), ("out_rms_db", "f4", "dBFS"),
        ("reduction_db", "f4", "largest gain reduction of the limiter, dB"),
        ("active", "i4", "voices sounding"),
    ), logged=False),
    Record("silenced", 19, "safety", "a panic or a stop was carried out: nothing plays until it is told to", fields(
        ("voices", "i8", "voices that were faded"),
        ("dropped", "i8", "voices and notes that waited for their frame and were dropped"),
        ("how", "i8", "faded, left to ring out, or cut off because the sound card had gone", ("panic", "stop", "loss")),
    ), word="panic", tone="bad"),
    Record("resumed", 20, "safety", "after a panic or a stop, voices start again from here on", (),
           word="start", tone="good"),
    Record("note", 21, "event", "a note began or ended at `frame`", _NOTE + _PART, word="note"),
    # events of the worker
    Record("onset", 32, "event", "an onset was heard; `frame` is when it was known", fields(
        ("onset_frame", "i8", "where the attack begins"),
        ("strength", "f4", "0 … 1"),
        ("level_db", "f4", "level of the attack, dBFS"),
    ), word="onset", tone="quiet"),
    Record("masked", 33, "event", "an onset was taken for livehost's own sound coming back", fields(
        ("onset_frame", "i8", "where the attack begins"),
        ("strength", "f4", "0 … 1"),
        ("level_db", "f4", "level of the attack, dBFS"),
    ), word="echo", tone="echo"),
    Record("segment", 34, "event", "a heard segment is closed and has been given to the players", fields(
        ("onset_frame", "i8", "its first frame"),
        ("frames", "i8", "its length"),
        ("gap", "i8", "frames between the onset before and this one, 0 for the first"),
        ("f0", "f4", "median fundamental, Hz, 0 where unpitched"),
        ("level_db", "f4", "mean level, dBFS"),
        ("centroid", "f4", "mean spectral centroid, Hz"),
    )),
    Record("next", 35, "event", "the plan that stands armed, best first", fields(
        ("decision", "i8", "number of the decision that armed it"),
        ("decide_ms", "f4", "time that the decision took, ms"),
        ("count", "i4", "how many are filled in"),
        ("fallback", "i4", "1: armed by the player without a network"),
        ("heard_ms", "f4", "how much had been heard of the sound that was heard last, ms"),
        ("sounding", "i4", "1: that sound went on"),
        ("now", "i4", "1: to sound together with it; 0: later"),
        ("index", "i4*8", "items of the bank"),
        ("probability", "f4*8", "their probabilities"),
    ) + _PART),
    Record("phrase", 36, "event", "the musician's phrase is over", fields(
        ("onset_frame", "i8", "its first onset"),
        ("onsets", "i8", "how many onsets it had"),
    ) + _PART, word="phrase", tone="rest"),
    Record("feature", 37, "feature", "features of the newest frame", fields(
        ("rms_db", "f4", "dBFS"), ("onset", "f4", "onset strength since the last one"),
        ("centroid", "f4", "Hz"), ("flatness", "f4", "0 … 1"), ("f0", "f4", "Hz, 0 where unpitched"),
        ("mfcc", "f4*13", ""), ("chroma", "f4*12", ""),
    ), logged=False),
    Record("attention", 38, "attention", "a step of the model, and where it looked", fields(
        ("step", "i8", "number of the step"),
        ("decision", "i8", "number of the plan that it is for"),
        ("memory", "i8", "where its rows stand: a player's memory …"),
        ("slot", "i8", "… and the place in it"),
        ("layers", "i4", "layers of the model"),
        ("heads", "i4", "heads of each layer"),
        ("positions", "i4", "weights in a row, oldest first; the last is the token itself"),
        ("top_position", "i4*8", "positions with the largest mean weight, -1 for none"),
        ("top_weight", "f4*8", "their weights, mean over layers and heads"),
        ("top_index", "i4*8", "items of the bank that they were, -1 where heard"),
    ) + _PART),
    Record("player_changed", 39, "event", "another player plays a part from here on", fields(
        ("items", "i8", "items of its bank"),
        ("number", "i8", "of the command that asked for it"),
    ) + _PART, word="player", tone="rest"),
    Record("late_plan", 50, "event", "the model is late: what was planned plays on, and is all there is for now", fields(
        ("frames", "i8", "how much too late it would come, frames"),
        ("skipped", "i8", "how much of its time is left out, frames"),
    ) + _PART, word="late", tone="bad"),
    Record("heard_beat", 41, "event", "a beat that is played by, as it passes: the musician's, or one begun or given", fields(
        ("number", "i8", "of the beat, going up by one"),
        ("bar", "i4", "bar, from 1"),
        ("beat", "i4", "beat of the bar, from 1"),
        ("bpm", "f4", "tempo, beats a minute"),
        ("confidence", "f4", "how sure it is of the beat, 0 … 1"),
        ("swing", "f4", "where the second eighth of a beat falls, beats: 0.5 straight, 0.67 of triplets"),
    ), word="beat", tone="quiet"),
    Record("expected", 42, "event", "a stroke was expected at `frame`, and it is known whether it came", _PART + fields(
        ("probability", "f4", "that it would come within 20 ms of it, 0 … 1"),
        ("onset_frame", "i8", "the stroke that came, -1 for none"),
        ("decision", "i8", "number of the unison answer, -1 where none was played"),
        ("withdrawn", "i4", "1: the stroke did not come, and the answer was faded or dropped"),
    ), word="expected", tone="quiet"),
    Record("room", 43, "event", "how much room it leaves to the musician: at each beat, or each half second without one",
           _PART + fields(
        ("busy", "f4", "strokes of the musician a second, smoothed"),
        ("share", "f4", "how much of its own line plays now, 0 … 1"),
        ("resting", "i4", "1: it rests, until it is told otherwise or its bars are over"),
    )),
    Record("unquantised", 54, "event", "what is played waits for no grid: no beat is heard to be in time with", _PART,
           word="no beat", tone="rest"),
    Record("part_failed", 40, "event", "the player of a part failed; the part is silent, the others play on", _PART,
           word="failed", tone="bad"),
)  # fmt: skip

BY_NAME = {r.name: r for r in RECORDS}
BY_CODE = {r.code: r for r in RECORDS}


def new(name: str, frame: int = NOW, **values: Any) -> np.ndarray:
    """Make one record.

    Parameters
    ----------
    name : str
        Name in `RECORDS`.
    frame : int
        Its frame stamp; `NOW` for a command that wants the next one.
    **values
        Fields; those left out are 0.

    Returns
    -------
    np.ndarray
        Structured array of shape (1,).
    """
    record = BY_NAME[name]
    slot = np.zeros(1, record.dtype)
    slot["frame"], slot["kind"] = frame, record.code
    for key, value in values.items():
        slot[key] = value
    return slot


def to_dict(slot: Any) -> dict[str, Any]:
    """Turn one slot into plain Python values, enumerations as words, non-numbers as None.

    Parameters
    ----------
    slot : bytes-like of `RECORD_BYTES`
        One record.

    Returns
    -------
    dict
        ``frame``, ``kind`` (the name), then every field in table order.
    """
    kind = int(np.frombuffer(slot, HEADER, 1)["kind"][0])
    record = BY_CODE[kind]
    values = np.frombuffer(slot, record.dtype, 1)[0]
    out: dict[str, Any] = {"frame": int(values["frame"]), "kind": record.name}
    for field in record.fields:
        out[field.name] = field.plain(values[field.name])
    return out
