"""The one table of OSC addresses: the server, the sender, the documentation and the patches are made from it.

An address that is bound to a setting takes its type, range, unit and words from there; one that sends a record takes
its arguments from that record's fields. A live setting that no section lists has an address all the same, made of its
key. Within one `API`, addresses are only ever added.
"""

import math
from collections.abc import Iterable
from typing import Any

from livehost.bridge.osc.schema import Address, Arg
from livehost.bridge.subscriptions import GROUPS
from livehost.events import PANIC_FADE_MS
from livehost.settings import PARTS, TABLE, Setting, part_key

API = 1


def _of_setting(path: str, key: str) -> Address:
    setting: Setting = TABLE[key]
    tag, low, high = _kind(setting)
    arg = Arg(tag, path.rsplit("/", 1)[-1], setting.unit, low, high, choices=setting.choices)
    access = "set" if setting.thread else "query"
    return Address(f"/livehost/{path}", access, setting.help, (arg,), "state", setting=key)


def _kind(setting: Setting) -> tuple[str, float, float]:
    if isinstance(setting.default, bool):
        return "i", 0, 1
    tag = "s" if isinstance(setting.default, str) else "i" if isinstance(setting.default, int) else "f"
    return tag, setting.low, setting.high


def _settings(prefix: str, keys: dict[str, str]) -> tuple[Address, ...]:
    return tuple(_of_setting(prefix + name, key) for name, key in keys.items())


def _info(name: str, tag: str, text: str) -> Address:
    return Address(f"/livehost/info/{name}", "query", text, (Arg(tag, name),), "state", info=name)


def _out(path: str, text: str, *args: Arg, group: str, record: str = "", part: int = -1) -> Address:
    return Address(f"/livehost/{path}", "out", text, args, group, record=record, part=part)


def _do(path: str, access: str, text: str, *args: Arg, action: tuple[Any, ...], part: int = -1) -> Address:
    return Address(path, access, text, args, action=action, part=part)


_INDEX = Arg("i", "index", low=0, strict=True)
_POSITION = Arg("i", "sample_position", "samples", 0, field="onset_frame")
_PORT = Arg("i", "port", low=0, high=65535, default=0)
_FADE = Arg("f", "fade_ms", "ms", 2, 10_000, default=PANIC_FADE_MS)
_PANIC = (
    "all voices fade, queued notes are dropped, every MIDI note ends, and nothing plays until /livehost/start; "
    "1 (a button) means the default fade"
)
_ECHO = "onset taken for livehost's own sound coming back"

_SESSION = (
    _do("/livehost/ping", "call", "is it there; answers /livehost/pong", action=("ping",)),
    _out("pong", "answer to ping", Arg("i", "api"), Arg("s", "version"), group=""),
    _info("version", "s", "version of livehost"),
    _info("api", "i", "version of this table"),
    _info("sample_rate", "i", "sample rate, Hz"),
    _info("block", "i", "frames per block"),
    _info("device", "s", "sound card"),
    _info("bank", "s", "folder of the bank"),
    _info("model", "s", "what answers"),
    _info("latency_ms", "f", "from the input to the output of the sound card, ms"),
    Address(
        "/livehost/status", "query", "starting, ready, running, degraded, failsafe or error",
        (Arg("s", "state"), Arg("f", "uptime_s", "s")), "state", record="status",
    ),
    _out("heartbeat", "once a second", Arg("i", "seq"), Arg("s", "state"), group="state", record="heartbeat"),
    _do(
        "/livehost/subscribe", "call", "send a group to this port of the sender for 10 s (0: the port it sends from)",
        _PORT, Arg("s", "group", default="all", choices=(*GROUPS, "all")), Arg("f", "hz", "Hz", 0, 200, default=30.0),
        action=("subscribe",),
    ),
    _do(
        "/livehost/unsubscribe", "call", "stop sending it",
        _PORT, Arg("s", "group", default="all", choices=(*GROUPS, "all")), action=("unsubscribe",),
    ),
    _do(
        "/livehost/confirm", "call",
        "comes to the target of a subscription (not where a program of this computer asks for itself); "
        "its streams begin when the number is sent back from there", Arg("i", "number"), action=("confirm",),
    ),
    _do("/livehost/dump", "call", "every readable value to the sender", action=("dump",)),
    _do(
        "/livehost/sync", "call", "answers /livehost/synced when all before it has been carried out",
        Arg("i", "id", default=0), action=("sync",),
    ),
    _out("synced", "answer to sync", Arg("i", "id"), group=""),
    _out("error", "what was refused, and why", Arg("s", "code"), Arg("s", "address"), Arg("s", "text"), group=""),
    _out("log", "a line of the log", Arg("s", "level"), Arg("s", "text"), group="log", record="log"),
)  # fmt: skip

_SAFETY = (
    _do("/livehost/panic", "trigger", _PANIC, _FADE, action=("panic",)),
    _do("/panic", "trigger", "the same", _FADE, action=("panic",)),
    _do("/livehost/stop", "trigger", "no new sound until /livehost/start; what sounds rings out", action=("stop",)),
    _do("/livehost/start", "trigger", "play again, after a panic or a stop", action=("start",)),
    Address(
        "/livehost/halted",
        "query",
        "1 from a panic or a stop to the next start",
        (Arg("i", "halted"),),
        "state",
        info="halted",
    ),
    _do("/livehost/quit", "trigger", "end the session, as Ctrl-C does", action=("quit",)),
    _do("/livehost/reset", "trigger", "the player forgets what it has heard", action=("reset",)),
    *_settings("", {"mute": "master.mute", "bypass": "master.bypass"}),
    *_settings("master/", {k: f"master.{k}" for k in ("gain_db", "limiter", "ceiling_db")}),
)

#: Settings of a part by their names in its addresses; one that does not stand here has its own name there.
_OF_PART = {
    "player": "name", "mode": "mode", "respond": "respond",
    **{k: k for k in (
        "temperature", "top_k", "top_p", "repeat", "density", "follow", "answer_delay_ms", "gain_db", "dynamics",
        "choke", "phrase_gap_ms", "late_ms", "voices",
    )},
}  # fmt: skip


def _of_part(part: int) -> dict[str, str]:
    """Every live setting of a part, by its name in the addresses."""
    listed = {name: part_key(part, field) for name, field in _OF_PART.items()}
    others = [s for s in TABLE.values() if s.part == part and s.thread and s.key not in listed.values()]
    return listed | {s.key.split(".", 1)[1]: s.key for s in others}


def _context(prefix: str, part: int) -> tuple[Address, ...]:
    """Addresses of a part's model and context."""
    return (
        _do(f"/livehost/{prefix}/load", "call", "another model, an export", Arg("s", "name"),
            action=("load", "model"), part=part),
        _do(f"/livehost/{prefix}/context/clear", "trigger", "the player forgets what it has heard",
            action=("reset",), part=part),
        _do(f"/livehost/{prefix}/context/save", "call", "keep the context under a name", Arg("s", "name"),
            action=("save",), part=part),
        _do(f"/livehost/{prefix}/context/load", "call", "go on from a kept one", Arg("s", "name"),
            action=("load", "context"), part=part),
    )  # fmt: skip


def _verdicts(prefix: str, part: int) -> tuple[Address, ...]:
    return tuple(
        _do(f"/livehost/{prefix}{verdict}", "trigger", text, action=("steer", verdict), part=part)
        for verdict, text in (
            ("approve", "more like the last choice"),
            ("reject", "never again tonight"),
            ("change", "another one now"),
        )
    )


def _bank(prefix: str, part: int) -> tuple[Address, ...]:
    """Addresses of a part's bank."""
    return (
        _do(f"/livehost/{prefix}/load", "call", "another bank: the name of a folder beside that of the bank",
            Arg("s", "name"), action=("load", "bank"), part=part),
        _do(f"/livehost/{prefix}/name", "call", "answers the item's index and name", _INDEX,
            action=("name",), part=part),
        _do(f"/livehost/{prefix}/play", "call", "play an item by hand",
            _INDEX, Arg("f", "gain_db", "dB", -90, 12, default=0.0), action=("play",), part=part),
        _do(f"/livehost/{prefix}/allow", "call", "the item may be chosen", _INDEX, action=("allow", True), part=part),
        _do(f"/livehost/{prefix}/deny", "call", "the item may not be chosen", _INDEX,
            action=("allow", False), part=part),
        _do(f"/livehost/{prefix}/reset", "trigger", "all items may be chosen again", action=("allow_all",), part=part),
    )  # fmt: skip


_MODEL = (
    *_settings("model/", {
        **_of_part(0), "listen": "listen.enabled", "after_panic": "player.after_panic", "seed": "run.seed",
    }),
    *_context("model", 0),
    Address("/livehost/model/context/length", "query", "sounds of the context", (Arg("i", "sounds"),), "state",
            info="context_length"),
    *_verdicts("", -1),
)  # fmt: skip

_BANK = (
    *_bank("bank", 0),
    Address("/livehost/bank/size", "query", "items of the bank", (Arg("i", "items"),), "state", info="bank_size"),
)


def _part(part: int) -> tuple[Address, ...]:
    """Addresses of a part after the first, which has `/livehost/model` and `/livehost/bank`."""
    prefix = f"part/{part}"
    return (
        *_settings(f"{prefix}/", _of_part(part)),
        *_context(prefix, part),
        *_verdicts(f"{prefix}/", part),
        *_bank(f"{prefix}/bank", part),
    )


_PARTS = tuple(row for part in range(1, PARTS) for row in _part(part))

_SCENES = (
    _do("/livehost/scene/save", "call", "keep all live settings, and what is loaded, under a name", Arg("s", "name"),
        action=("scene_save",)),
    _do("/livehost/scene/load", "call", "set everything that a kept scene names", Arg("s", "name"),
        action=("scene_load",)),
    _do("/livehost/scene/list", "call", "answers with the names of all scenes", action=("scene_list",)),
    Address("/livehost/scene/current", "query", "the scene loaded or kept last", (Arg("s", "scene"),), "state",
            info="scene"),
)  # fmt: skip

_INPUT = (
    *_settings("input/", {
        "gain_db": "input.gain_db", "gate_db": "input.gate_db", "monitor": "input.monitor",
        "channel": "audio.input_channels",
    }),
    *_settings("listen/", {k: f"listen.{k}" for k in (
        "sensitivity", "refractory_ms", "segment_ms", "room_min_ms", "room_max_ms", "room_db",
    )}),
    *_settings("engine/", {k: f"engine.{k}" for k in ("steal", "fade_in_ms", "fade_out_ms")}),
    *_settings("midi/", {
        "port": "midi.out", "channel": "midi.channel", "note": "midi.note", "transpose": "midi.transpose",
        "velocity_scale": "midi.velocity_scale",
    }),
    *_settings("log/", {"attention": "log.attention"}),
    _do("/livehost/record/start", "trigger", "record input and output", action=("record", True)),
    _do("/livehost/record/stop", "trigger", "stop recording", action=("record", False)),
    _do(
        "/livehost/midi/in/note", "call", "a note that the musician plays is told to the players; velocity 0 ends it",
        Arg("i", "pitch", low=0, high=127), Arg("i", "velocity", low=0, high=127), action=("hear_note",),
    ),
)  # fmt: skip

#: Live settings that no section lists: at their own key.
_REST = _settings("", {
    key.replace(".", "/"): key
    for key, setting in TABLE.items()
    if setting.thread and not any(row.setting == key for row in (*_SAFETY, *_MODEL, *_PARTS, *_INPUT))
})  # fmt: skip

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

_STREAMS = (
    _out("event/onset", "an onset was heard", _POSITION, *_STRENGTH, group="event", record="onset"),
    _out("event/masked", _ECHO, _POSITION, *_STRENGTH, group="event", record="masked"),
    _out(
        "event/segment", "a heard segment is closed", _POSITION, Arg("i", "frames", "samples"),
        Arg("f", "f0", "Hz"), Arg("f", "level_db", "dBFS"), Arg("f", "centroid", "Hz"), group="event", record="segment",
    ),
    _out("event/phrase", "the phrase is over", _POSITION, Arg("i", "onsets"), group="event", record="phrase"),
    _out("event/next", *_NEXT, group="event", record="next"),
    _out("event/sample", *_SAMPLE, group="event", record="sample"),
    *(
        _out(f"part/{part}/event/{name}", *told, group="event", record=name, part=part)
        for part in range(1, PARTS)
        for name, told in (("next", _NEXT), ("sample", _SAMPLE))
    ),
    _out(
        "event/end", "a voice ended", Arg("i", "index"), Arg("i", "voice"), Arg("s", "ending"),
        group="event", record="end",
    ),
    _out(
        "event/panic", "a panic or a stop was carried out", Arg("i", "voices"), Arg("i", "dropped"),
        group="event", record="silenced",
    ),
    _out("event/resumed", "after a panic or a stop, it plays again", group="event", record="resumed"),
    _out(
        "event/swapped", "another player or bank is in use", Arg("i", "items"), group="event", record="player_changed",
    ),
    _out("event/failed", "the player of a part has failed; the part is silent", Arg("i", "part"),
         group="event", record="part_failed"),
    _out(
        "event/note", "a note began, or ended (velocity 0); duration −1: until it ends", Arg("i", "channel"),
        Arg("i", "note", field="pitch"), Arg("i", "velocity"), Arg("f", "duration_ms", "ms"), Arg("f", "probability"),
        group="event", record="note",
    ),
    _out(
        "attention/frame", "a step of the model, and how many positions are told of it",
        Arg("i", "step"), Arg("i", "layers"), Arg("i", "heads"), Arg("i", "positions"), group="attention",
    ),
    _out(
        "attention/mean", "where it looked: a weight a position, oldest first, mean over layers and heads, sum 1",
        Arg("f", "weight"), group="attention",
    ),
    _out(
        "attention/source", "what the positions are, from an offset on: 0 heard or 1 played, then index or −1",
        Arg("i", "offset"), Arg("i", "source"), Arg("i", "index"), group="attention",
    ),
    _out(
        "attention/top", "the largest weights, up to 8 of these",
        Arg("i", "position"), Arg("f", "weight"), Arg("i", "index"), group="attention",
    ),
    _out(
        "attention/00/00", "as mean, of one layer and head, with their numbers; only to those who subscribe to heads",
        Arg("f", "weight"), group="heads",
    ),
    *(
        _out(f"feature/{name}", text, Arg("f", name, unit, count=count), group="feature", record="feature")
        for name, unit, count, text in (
            ("rms_db", "dBFS", 1, "level of the newest frame"), ("onset", "", 1, "onset strength"),
            ("centroid", "Hz", 1, "spectral centroid"), ("flatness", "", 1, "spectral flatness, 0 … 1"),
            ("f0", "Hz", 1, "fundamental, 0 where unpitched"), ("mfcc", "", 13, "mel-frequency cepstral coefficients"),
            ("chroma", "", 12, "pitch classes, C first"),
        )
    ),
    _out("meter/in", "level of the input", *_LEVELS["in"], group="meter", record="meter"),
    _out("meter/out", "level of the output", *_LEVELS["out"], group="meter", record="meter"),
    _out("meter/reduction", "largest gain reduction", Arg("f", "reduction_db", "dB"), group="meter", record="meter"),
    _out("meter/voices", "voices sounding", Arg("i", "active"), group="meter", record="meter"),
    _out(
        "perf", "how it is doing", Arg("f", "cpu", "%"),
        *(Arg("f", name, "ms") for name in ("callback_p99_ms", "callback_max_ms", "decide_p50_ms", "decide_p99_ms")),
        *(Arg("i", name) for name in ("xruns", "late", "fallbacks", "osc_dropped")), group="perf", record="perf",
    ),
)  # fmt: skip

#: The table, in sections.
SECTIONS: tuple[tuple[str, tuple[Address, ...]], ...] = (
    ("Session", _SESSION),
    ("Safety", _SAFETY),
    ("Model", _MODEL),
    ("Bank", _BANK),
    ("Parts after the first", _PARTS),
    ("Scenes", _SCENES),
    ("Input, engine, MIDI, recording", (*_INPUT, *_REST)),
    ("Streams out", _STREAMS),
)
ADDRESSES: tuple[Address, ...] = tuple(a for _, rows in SECTIONS for a in rows)
BY_PATH: dict[str, Address] = {a.path: a for a in ADDRESSES}
BY_SETTING: dict[str, Address] = {a.setting: a for a in ADDRESSES if a.setting}
BY_INFO: dict[str, Address] = {a.info: a for a in ADDRESSES if a.info}
#: What a query can read.
READABLE: tuple[Address, ...] = tuple(a for a in ADDRESSES if a.access in ("set", "query"))


def by_record(name: str) -> tuple[Address, ...]:
    """Addresses that are sent for a record."""
    return tuple(a for a in ADDRESSES if a.record == name)


def markdown_table() -> str:
    """Render the table for the documentation, one section after the other."""
    return "\n".join(line for title, rows in SECTIONS for line in _section(title, rows))


def _section(title: str, rows: Iterable[Address]) -> Iterable[str]:
    yield from (f"### {title}", "", "| address | | arguments | meaning |", "|---|---|---|---|")
    for row in rows:
        arguments = " ".join(_argument(a) for a in row.args)
        yield f"| {row.path} | {row.access} | {arguments} | {row.help} |"
    yield ""


def _argument(arg: Arg) -> str:
    text = f"{arg.type}:{arg.name}" + (f"×{arg.count}" if arg.count > 1 else "")
    if arg.choices:
        return f"{text} ({', '.join(arg.choices)})"
    bounds = f"{arg.low:g} … {arg.high:g}" if math.isfinite(arg.low) and math.isfinite(arg.high) else ""
    about = " ".join(filter(None, (bounds, arg.unit)))
    text += f" ({about})" if about else ""
    return f"[{text} = {arg.default:g}]" if isinstance(arg.default, (int, float)) else text
