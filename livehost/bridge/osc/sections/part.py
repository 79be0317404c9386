"""Addresses of the parts: who plays, how, from which bank."""

from livehost.bridge.osc.rows import do, settings
from livehost.bridge.osc.schema import Address, Arg
from livehost.settings import PARTS, TABLE, part_key

_INDEX = Arg("i", "index", low=0, strict=True)

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
        do(f"/livehost/{prefix}/load", "call", "another model, an export", Arg("s", "name"),
            action=("load", "model"), part=part),
        do(f"/livehost/{prefix}/context/clear", "trigger", "the player forgets what it has heard",
            action=("reset",), part=part),
        do(f"/livehost/{prefix}/context/save", "call", "keep the context under a name", Arg("s", "name"),
            action=("save",), part=part),
        do(f"/livehost/{prefix}/context/load", "call", "go on from a kept one", Arg("s", "name"),
            action=("load", "context"), part=part),
    )  # fmt: skip


def _verdicts(prefix: str, part: int) -> tuple[Address, ...]:
    return tuple(
        do(f"/livehost/{prefix}{verdict}", "trigger", text, action=("steer", verdict), part=part)
        for verdict, text in (
            ("approve", "more like the last choice"),
            ("reject", "never again tonight"),
            ("change", "another one now"),
        )
    )


def _bank(prefix: str, part: int) -> tuple[Address, ...]:
    """Addresses of a part's bank."""
    return (
        do(f"/livehost/{prefix}/load", "call", "another bank: the name of a folder beside that of the bank",
            Arg("s", "name"), action=("load", "bank"), part=part),
        do(f"/livehost/{prefix}/name", "call", "answers the item's index and name", _INDEX,
            action=("name",), part=part),
        do(f"/livehost/{prefix}/play", "call", "play an item by hand",
            _INDEX, Arg("f", "gain_db", "dB", -90, 12, default=0.0), action=("play",), part=part),
        do(f"/livehost/{prefix}/allow", "call", "the item may be chosen", _INDEX, action=("allow", True), part=part),
        do(f"/livehost/{prefix}/deny", "call", "the item may not be chosen", _INDEX,
            action=("allow", False), part=part),
        do(f"/livehost/{prefix}/grow", "call",
            "make so many sounds with a model (an export that makes sounds) and add them; like which items, by name "
            "or number, any more of them behind the first, none: all",
            Arg("s", "family"), Arg("i", "count", low=1, high=1000, default=50), Arg("s", "like", default=""),
            action=("grow",), part=part),
        do(f"/livehost/{prefix}/reset", "trigger", "all items may be chosen again", action=("allow_all",), part=part),
    )  # fmt: skip


MODEL: tuple[Address, ...] = (
    *settings("model/", {
        **_of_part(0), "listen": "listen.enabled", "after_panic": "player.after_panic", "seed": "run.seed",
    }),
    *_context("model", 0),
    Address("/livehost/model/context/length", "query", "sounds of the context", (Arg("i", "sounds"),), "state",
            info="context_length"),
    *_verdicts("", -1),
)  # fmt: skip

BANK: tuple[Address, ...] = (
    *_bank("bank", 0),
    do(
        "/livehost/bank/grow/stop",
        "trigger",
        "end what grows; the sounds that are there stay in their folder",
        action=("stop_growing",),
    ),
    Address("/livehost/bank/size", "query", "items of the bank", (Arg("i", "items"),), "state", info="bank_size"),
)


def _part(part: int) -> tuple[Address, ...]:
    """Addresses of a part after the first, which has `/livehost/model` and `/livehost/bank`."""
    prefix = f"part/{part}"
    return (
        *settings(f"{prefix}/", _of_part(part)),
        *_context(prefix, part),
        *_verdicts(f"{prefix}/", part),
        *_bank(f"{prefix}/bank", part),
    )


PARTS_AFTER_THE_FIRST: tuple[Address, ...] = tuple(row for part in range(1, PARTS) for row in _part(part))
