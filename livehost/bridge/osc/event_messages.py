"""Which addresses an event is told at, and with which values, by the table of addresses."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from livehost.bridge.osc.addresses import ADDRESSES, BY_INFO, BY_SETTING, BY_VOICE
from livehost.bridge.osc.coerce import told
from livehost.bridge.osc.schema import Address, Arg

_NAME_BYTES = 255
#: Events by which a voice sounds, and sounds no more.
_SOUNDS = {"sample": 1, "end": 0}
Values = list[Any]


def messages(event: Mapping[str, Any]) -> Iterator[tuple[Address, Values]]:
    """Give the addresses that an event is told at, each with the values of its arguments, in the order of the table.

    Parameters
    ----------
    event : mapping
        ``kind`` and fields as `livehost.events.to_dict` gives them, or an event of `HOST_RECORDS`; "sample" with
        ``name`` as well.
    """
    kind = event.get("kind", "")
    if kind == "setting":
        row = BY_SETTING.get(event["key"])
        if row is not None:
            yield row, [told(event["value"])]
    elif kind == "fact":
        row = BY_INFO.get(event["name"])
        if row is not None:
            yield row, [event["value"]]
    else:
        part = event.get("part", 0)
        for row, read in _BY_KIND.get(kind, ()):
            if row.part in (-1, part):
                yield row, read(event)
        if kind in _SOUNDS and event.get("voice") in BY_VOICE:
            yield BY_VOICE[event["voice"]], [_SOUNDS[kind]]


def groups(event: Mapping[str, Any]) -> set[str]:
    """Give the groups that an event is told in."""
    return _GROUPS.get(event.get("kind", ""), set())


def _reader_of(row: Address) -> Callable[[Mapping[str, Any]], Values]:
    readers = [_reader(arg) for arg in row.args]

    def read(event: Mapping[str, Any]) -> Values:
        return [value for name, values in readers for value in values(event.get(name))]

    return read


def _reader(arg: Arg) -> tuple[str, Callable[[Any], Iterable[Any]]]:
    missing, count = arg.missing, arg.count
    if count > 1:
        return arg.field or arg.name, lambda value: [
            missing if v is None else v for v in (*(value or ()), *[None] * count)[:count]
        ]

    def read(value: Any) -> tuple[Any]:
        if isinstance(value, list):  # the best of several
            value = value[0] if value else None
        if value is None:
            return (missing,)
        return (_shortened(value) if arg.type == "s" else value,)

    return arg.field or arg.name, read


def _shortened(text: Any) -> str:
    return str(text).encode("utf-8", "replace")[:_NAME_BYTES].decode("utf-8", "ignore")


_BY_KIND = {
    kind: tuple((a, _reader_of(a)) for a in ADDRESSES if a.record == kind)
    for kind in {a.record for a in ADDRESSES if a.record}
}
_GROUPS: dict[str, set[str]] = {kind: {row.group for row, _ in rows} for kind, rows in _BY_KIND.items()} | {
    "setting": {"state"},
    "fact": {"state"},
}
for _kind, _more in {**dict.fromkeys(_SOUNDS, "state"), "log": "trouble"}.items():
    _GROUPS[_kind].add(_more)
