"""The one table of OSC addresses: the server, the sender, the documentation and the patches are made from it.

An address that is bound to a setting takes its type, range, unit and words from there; one that sends a record takes
its arguments from that record's fields. A live setting that no section lists has an address all the same, made of its
key. Within one `API`, addresses are only ever added.
"""

import math
from collections.abc import Iterable

from livehost.bridge.osc.rows import settings
from livehost.bridge.osc.schema import Address, Arg
from livehost.bridge.osc.sections import hands, inputs, midi, part, safety, scenes, session, streams, time, voices
from livehost.settings import TABLE

API = 1

#: The table, in sections.
_LISTED: tuple[tuple[str, tuple[Address, ...]], ...] = (
    ("Session", session.ROWS),
    ("Safety", safety.ROWS),
    ("Hands", hands.ROWS),
    ("Transport and time", time.ROWS),
    ("Model", part.MODEL),
    ("Bank", part.BANK),
    ("Parts after the first", part.PARTS_AFTER_THE_FIRST),
    ("Voices", voices.ROWS),
    ("Scenes", scenes.ROWS),
    ("Input, engine, recording", inputs.ROWS),
    ("MIDI", midi.ROWS),
    ("Streams out", streams.ROWS),
)
#: Live settings that no section lists: at their own key.
_REST = settings("", {
    key.replace(".", "/"): key
    for key, setting in TABLE.items()
    if setting.thread and not any(row.setting == key for _, rows in _LISTED for row in rows)
})  # fmt: skip
SECTIONS = (*_LISTED, *((("Other settings", _REST),) if _REST else ()))
ADDRESSES: tuple[Address, ...] = tuple(a for _, rows in SECTIONS for a in rows)
BY_PATH: dict[str, Address] = {a.path: a for a in ADDRESSES}
BY_SETTING: dict[str, Address] = {a.setting: a for a in ADDRESSES if a.setting}
BY_INFO: dict[str, Address] = {a.info: a for a in ADDRESSES if a.info}
#: What says whether a voice sounds, by its number.
BY_VOICE: dict[int, Address] = {a.voice: a for a in ADDRESSES if a.voice >= 0 and not a.setting}
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
        if row.voice > 0:  # as voice 00
            continue
        path = row.path.replace("/voice/00/", "/voice/NN/")
        arguments = " ".join(_argument(a) for a in row.args)
        yield f"| {path} | {row.access} | {arguments} | {row.help} |"
    yield ""


def _argument(arg: Arg) -> str:
    text = f"{arg.type}:{arg.name}" + (f"×{arg.count}" if arg.count > 1 else "")
    if arg.choices:
        return f"{text} ({', '.join(arg.choices)})"
    bounds = f"{arg.low:g} … {arg.high:g}" if math.isfinite(arg.low) and math.isfinite(arg.high) else ""
    about = " ".join(filter(None, (bounds, arg.unit)))
    text += f" ({about})" if about else ""
    return f"[{text} = {arg.default:g}]" if isinstance(arg.default, (int, float)) else text
