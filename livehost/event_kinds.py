"""Every kind of event: those that travel in rings, and those that Python makes.

To add an event of Python's own: a row of `HOST_RECORDS`, and whoever publishes it on the event bus.
"""

from collections.abc import Callable, Mapping
from typing import Any

from livehost.events import RECORDS
from livehost.record import Record, fields

#: Events that Python makes; they have no slot in a ring.
HOST_RECORDS: tuple[Record, ...] = (
    Record("setting", 0, "state", "a setting was changed", fields(
        ("key", "s", "dotted name"),
        ("value", "s", "what holds now"),
        ("by", "s", "who changed it"),
    )),
    Record("record_gap", 0, "state", "a recording lacks sound, and has silence in its place", fields(
        ("path", "s", "the file"),
        ("first_frame", "i8", "first frame that is missing"),
        ("frames", "i8", "how many are"),
        ("reason", "s", "why"),
    ), word="gap", tone="bad"),
    Record("log", 0, "log", "a sentence for the person at the desk", fields(
        ("level", "s", "info, warning or error"),
        ("text", "s", "the sentence"),
    )),
    Record("card_lost", 0, "safety", "the sound card has gone: `frame` is the first that it did not play", fields(
        ("device", "s", "which card"),
        ("reason", "s", "what was noticed"),
    ), word="lost", tone="bad"),
    Record("card_back", 0, "safety", "the sound card is back, and plays from `frame` on", fields(
        ("device", "s", "which card"),
        ("gap_s", "f8", "for how long it was gone, s"),
        ("block", "i8", "frames that it asks for at a time"),
    ), word="back", tone="good"),
    Record("growth", 0, "event", "a bank grows beside what is played", fields(
        ("state", "s", "begun, grows, done, ended or failed"),
        ("done", "i8", "sounds that are there"),
        ("count", "i8", "sounds that were asked for"),
        ("name", "s", "of the newest sound, or of the new bank"),
        ("part", "i8", "part whose bank it is"),
    ), word="grow", tone="good"),
    Record("hint", 0, "event", "what is wrong with the sound, and what to do; a `log` event says it as well", fields(
        ("name", "s", "clipping, silence, no onsets or echo"),
        ("text", "s", "the sentence"),
    )),
    Record("status", 0, "state", "the state of the session has changed", fields(
        ("state", "s", "starting, ready, running, degraded, failsafe or error"),
        ("uptime_s", "f8", "since the start, s"),
    ), logged=False),
    Record("heartbeat", 0, "state", "once a second", fields(
        ("seq", "i8", "number"),
        ("state", "s", "as status"),
    ), logged=False),
    Record("fact", 0, "state", "a fact of the session has changed", fields(
        ("name", "s", "as in `Facts.info`"),
        ("value", "s", "its value"),
    ), logged=False),
    Record("beat", 0, "event", "a beat of the transport, at `frame`", fields(
        ("bar", "i8", "bar, from 1; those of the count-in are 0, −1 and so on"),
        ("beat", "i8", "beat of the bar, from 1"),
        ("bpm", "f8", "tempo, beats a minute"),
        ("confidence", "f8", "how sure its source is, 0 … 1"),
    )),
    Record("strike", 0, "event", "what drum was struck at an onset, and where; `frame` is when that was told", fields(
        ("onset_frame", "i8", "where the attack begins"),
        ("size_m", "f8", "diameter of the circle of its area, if waves on it ran at 100 m/s, m"),
        ("shape", "s", "the likeliest of those that the model knows"),
        ("probability", "f8", "of that shape, 0 … 1"),
        ("position", "f8", "where it was struck: 0 at the centre, 1 at the rim"),
    ), word="stroke", tone="quiet"),
    Record("restarted", 0, "safety", "livehost died or hung, and its supervisor has started it again", fields(
        ("count", "i8", "how often so far"),
        ("gap_s", "f8", "how long nothing played, s"),
        ("failsafe", "i8", "1: with the nearest sound, and settings as at the first start"),
        ("why", "s", "what became of the one before"),
    ), word="restart", tone="bad"),
    Record("perf", 0, "perf", "how livehost is doing", fields(
        ("cpu", "f8", "share of the block that the callback uses, %"),
        ("callback_p99_ms", "f8", "ms"), ("callback_max_ms", "f8", "ms"),
        ("decide_p50_ms", "f8", "ms"), ("decide_p99_ms", "f8", "ms"),
        ("xruns", "i8", "blocks that came too late"), ("late", "i8", "voices that started late"),
        ("fallbacks", "i8", "answers in place of the model"),
    ), logged=False),
)  # fmt: skip

#: Every kind of event, those of Python among them.
KINDS = {r.name: r for r in (*RECORDS, *HOST_RECORDS)}


#: Of kinds that come often: which of them people are shown.
_SHOWN: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "heard_beat": lambda event: event["beat"] == 1,
    "expected": lambda event: event["decision"] >= 0,
    "growth": lambda event: event["state"] != "grows",
}


def is_shown(event: Mapping[str, Any]) -> bool:
    """Tell whether an event has a line where people read events: of a kind with a word.

    Of beats the first of each bar, of expected strokes those that were struck with, of a growth its begin and its end.

    Parameters
    ----------
    event : mapping
        As in ``events.jsonl``.
    """
    kind = KINDS.get(event["kind"])
    if kind is None or not kind.word:
        return False
    return kind.name not in _SHOWN or _SHOWN[kind.name](event)
