"""Streams out: what was heard, what plays, what it rests on, how it is doing."""

from livehost.bridge.osc.rows import out
from livehost.bridge.osc.schema import Address, Arg
from livehost.settings import PARTS

_POSITION = Arg("i", "sample_position", "samples", 0, field="onset_frame")
_CAME = Arg("i", "sample_position", "samples", -1, field="onset_frame")
_ECHO = "onset taken for livehost's own sound coming back"
_STRENGTH = (Arg("f", "strength"), Arg("f", "heard_db", "dBFS", field="level_db"))
_LEVELS = {
    side: (Arg("f", "peak_db", "dBFS", field=f"{side}_peak_db"), Arg("f", "rms_db", "dBFS", field=f"{side}_rms_db"))
    for side in ("in", "out")
}

_NEXT = (
    "the armed plan, before it sounds; eta −1: at the next onset",
    Arg("i", "index"), Arg("f", "probability"), Arg("f", "eta_ms", "ms"),
)  # fmt: skip
_SAMPLE = (
    "a voice started",
    Arg("i", "index"), Arg("s", "name"), Arg("f", "probability"), Arg("i", "voice"), Arg("f", "gain_db", "dB"),
    Arg("f", "decide_ms", "ms"), Arg("f", "onset_to_sound_ms", "ms"), Arg("i", "fallback"),
)  # fmt: skip

ROWS: tuple[Address, ...] = (
    out("event/onset", "an onset was heard", _POSITION, *_STRENGTH, group="event", record="onset"),
    out("event/masked", _ECHO, _POSITION, *_STRENGTH, group="event", record="masked"),
    out(
        "event/segment", "a heard segment is closed", _POSITION, Arg("i", "frames", "samples"),
        Arg("f", "f0", "Hz"), Arg("f", "level_db", "dBFS"), Arg("f", "centroid", "Hz"), group="event", record="segment",
    ),
    out("event/phrase", "the phrase is over", _POSITION, Arg("i", "onsets"), group="event", record="phrase"),
    out(
        "event/heard_beat", "a beat that is played by, and how sure it is", Arg("i", "number"), Arg("i", "bar"),
        Arg("i", "beat"), Arg("f", "bpm", "beats/min"), Arg("f", "confidence"), Arg("f", "swing", "beats"),
        group="event", record="heard_beat",
    ),
    out("event/rest", "the players rest for so many bars; 0: no more", Arg("i", "part"), Arg("i", "bars"),
        group="event", record="rest"),
    out("event/begin", "a piece is opened in silence", Arg("f", "bpm", "beats/min"), group="event", record="begin"),
    out("event/expected", "a stroke was expected, and came (sample_position) or did not (−1)",
        Arg("i", "part"), _CAME, Arg("f", "probability"),
        Arg("i", "decision"), Arg("i", "withdrawn"), group="event", record="expected"),
    out("event/room", "at each beat: the musician's strokes a second, and how much of its line a part plays",
        Arg("i", "part"), Arg("f", "busy", "strokes/s"), Arg("f", "share"), Arg("i", "resting"),
        group="event", record="room"),
    out("event/unquantised", "no beat is heard: what is played waits for no grid", Arg("i", "part"),
        group="event", record="unquantised"),
    out("event/next", *_NEXT, group="event", record="next"),
    out("event/sample", *_SAMPLE, group="event", record="sample"),
    *(
        out(f"part/{part}/event/{name}", *told, group="event", record=name, part=part)
        for part in range(1, PARTS)
        for name, told in (("next", _NEXT), ("sample", _SAMPLE))
    ),
    out(
        "event/end", "a voice ended", Arg("i", "index"), Arg("i", "voice"), Arg("s", "ending"),
        group="event", record="end",
    ),
    out(
        "event/panic", "a panic or a stop was carried out", Arg("i", "voices"), Arg("i", "dropped"),
        group="event", record="silenced",
    ),
    out(
        "event/card_lost", "the sound card has gone; it is looked for", Arg("s", "device"), Arg("s", "reason"),
        group="event", record="card_lost",
    ),
    out(
        "event/card_back", "the sound card is back after a gap", Arg("s", "device"), Arg("f", "gap_s", "s"),
        Arg("i", "block", "samples"), group="event", record="card_back",
    ),
    out("event/resumed", "after a panic or a stop, it plays again", group="event", record="resumed"),
    out(
        "event/swapped", "another player or bank is in use", Arg("i", "items"), group="event", record="player_changed",
    ),
    out("event/failed", "the player of a part has failed; the part is silent", Arg("i", "part"),
         group="event", record="part_failed"),
    out("event/restarted", "livehost died or hung, and was started again", Arg("i", "count"), Arg("f", "gap_s", "s"),
        Arg("i", "failsafe"), Arg("s", "why"), group="event", record="restarted"),
    out("event/hint", "what is wrong with the sound: clipping, silence, no onsets or echo; and what to do",
        Arg("s", "name"), Arg("s", "text"), group="event", record="hint"),
    out(
        "event/late", "the model of a part is late: what is planned plays on, some time is left out",
        Arg("i", "part"), Arg("i", "frames"), Arg("i", "skipped", "samples"), group="event", record="late_plan",
    ),
    out(
        "event/note", "a note began, or ended (velocity 0); duration −1: until it ends", Arg("i", "channel"),
        Arg("i", "note", field="pitch"), Arg("i", "velocity"), Arg("f", "duration_ms", "ms"), Arg("f", "probability"),
        group="event", record="note",
    ),
    out(
        "attention/frame", "a step of the model, and how many positions are told of it",
        Arg("i", "step"), Arg("i", "layers"), Arg("i", "heads"), Arg("i", "positions"), group="attention",
    ),
    out(
        "attention/mean", "where it looked: a weight a position, oldest first, mean over layers and heads, sum 1",
        Arg("f", "weight"), group="attention",
    ),
    out(
        "attention/source", "what the positions are, from an offset on: 0 heard or 1 played, then index or −1",
        Arg("i", "offset"), Arg("i", "source"), Arg("i", "index"), group="attention",
    ),
    out(
        "attention/top", "the largest weights, up to 8 of these",
        Arg("i", "position"), Arg("f", "weight"), Arg("i", "index"), group="attention",
    ),
    out(
        "attention/00/00", "as mean, of one layer and head, with their numbers; only to those who subscribe to heads",
        Arg("f", "weight"), group="heads",
    ),
    *(
        out(f"feature/{name}", text, Arg("f", name, unit, count=count), group="feature", record="feature")
        for name, unit, count, text in (
            ("rms_db", "dBFS", 1, "level of the newest frame"), ("onset", "", 1, "onset strength"),
            ("centroid", "Hz", 1, "spectral centroid"), ("flatness", "", 1, "spectral flatness, 0 … 1"),
            ("f0", "Hz", 1, "fundamental, 0 where unpitched"), ("mfcc", "", 13, "mel-frequency cepstral coefficients"),
            ("chroma", "", 12, "pitch classes, C first"),
        )
    ),
    out(
        "feature/strike", "what drum was struck at an onset, and where: 0 its centre, 1 its rim", _POSITION,
        Arg("f", "size_m", "m"), Arg("s", "shape"), Arg("f", "probability"), Arg("f", "position"), group="event",
        record="strike",
    ),
    out("meter/in", "level of the input", *_LEVELS["in"], group="meter", record="meter"),
    out("meter/out", "level of the output", *_LEVELS["out"], group="meter", record="meter"),
    out("meter/reduction", "largest gain reduction", Arg("f", "reduction_db", "dB"), group="meter", record="meter"),
    out("meter/voices", "voices sounding", Arg("i", "active"), group="meter", record="meter"),
    out(
        "perf", "how it is doing", Arg("f", "cpu", "%"),
        *(Arg("f", name, "ms") for name in ("callback_p99_ms", "callback_max_ms", "decide_p50_ms", "decide_p99_ms")),
        *(Arg("i", name) for name in ("xruns", "late", "fallbacks", "osc_dropped")), group="perf", record="perf",
    ),
)  # fmt: skip
