"""Every address of the table, by what the table says of it: set, query, clamp, wrong type, a trigger with 0."""

import contextlib
import math
import struct

import pytest

from livehost.bridge.osc import wire
from livehost.bridge.osc.addresses import ADDRESSES, SECTIONS
from livehost.bridge.osc.coerce import told
from livehost.bridge.osc.sender import OscSender
from livehost.bridge.osc.server import OscServer
from livehost.settings import TABLE
from tests.bridge.fakes import FakeControl, Patch

SETTINGS = [row for row in ADDRESSES if row.access == "set"]
QUERIES = [row for row in ADDRESSES if row.access == "query"]
TRIGGERS = [row for row in ADDRESSES if row.access == "trigger"]
CALLS = [row for row in ADDRESSES if row.access == "call"]
OUT = [row for row in ADDRESSES if row.access == "out"]
_TYPES = {"i": int, "f": float, "s": str}


def each(rows):
    return pytest.mark.parametrize("row", rows, ids=[row.path for row in rows])


@pytest.fixture(scope="module")
def place():
    """A server that lasts for all tests: its control, and a patch that speaks with it."""
    control = FakeControl()
    with contextlib.closing(OscSender()) as sender, contextlib.closing(OscServer(control, "127.0.0.1", 0, sender)) as s:
        control.subscribers.append(sender.event)
        # errors are answered so often only: here each one is asked for
        s._dispatcher._errors.take = lambda *_: True
        patch = Patch(s.port)
        with contextlib.closing(patch.socket):
            yield control, patch, s


def answers(place, row, types="", *args):
    """All that is answered to a message, but for what a call is for."""
    _, patch, _ = place
    patch.send(row.path, types, *args)
    return patch.settle()


def refused(place, row, packet):
    """Send what must be refused; it is told of at this address, and nothing has changed."""
    control, patch, _ = place
    before, calls = dict(control.settings._values), len(control.calls)
    patch.raw(packet)
    ((address, code, path, text),) = patch.settle()
    assert (address, path) == ("/livehost/error", row.path)
    assert code in ("type", "range")
    assert text
    assert dict(control.settings._values) == before
    assert len(control.calls) == calls


def wrong(row, arg):
    """Packets whose first argument is of a wrong type, or no number."""
    head = row.path.encode() + bytes(4 - len(row.path) % 4)
    yield wire.encode(row.path, "b", b"1234")
    if arg.type == "s":
        if arg.choices:
            yield wire.encode(row.path, "s", "no such word")
            yield wire.encode(row.path, "i", len(arg.choices))
            yield wire.encode(row.path, "i", -1)
        else:
            yield wire.encode(row.path, "f", 1.0)
    else:
        yield wire.encode(row.path, "s", "loud")
        for value in (math.nan, math.inf, -math.inf):
            yield head + b",f\0\0" + struct.pack(">f", value)
            yield head + b",d\0\0" + struct.pack(">d", value)


def inside(arg):
    """Values that it takes: (types, value sent, value held)."""
    if arg.type == "s":
        words = arg.choices or ("a word", "another one")
        yield from (("s", word, word) for word in words)
        yield from (("i", k, word) for k, word in enumerate(arg.choices))
        yield from (("f", float(k), word) for k, word in enumerate(arg.choices))
        return
    low = arg.low if math.isfinite(arg.low) else -1000
    high = arg.high if math.isfinite(arg.high) else 1000
    for value in (low, high, low + (high - low) / 3):
        held = math.floor(value + 0.5) if arg.type == "i" else float(f"{value:.7g}")
        yield "f", struct.unpack(">f", struct.pack(">f", value))[0], held
        if value == int(value):
            yield "i", int(value), held


@each(SETTINGS)
def test_a_setting_is_set_and_asked_for(place, row):
    control, patch, _ = place
    (arg,) = row.args
    for types, sent, held in inside(arg):
        said = answers(place, row, types + "s", sent, "what comes behind is passed over")
        assert all(m[0] == row.path for m in said)
        now = told(control.settings[row.setting])
        assert now == pytest.approx(held, rel=1e-6) if arg.type == "f" else now == held
        (address, value) = patch.ask(row.path)
        assert (address, type(value)) == (row.path, _TYPES[arg.type])
        assert value == pytest.approx(now, rel=1e-6) if arg.type == "f" else value == now
    control.settings.set(row.setting, TABLE[row.setting].default)


@each([row for row in SETTINGS if row.args[0].type != "s" and math.isfinite(row.args[0].low)])
def test_what_is_out_of_range_is_clamped_and_echoed(place, row):
    control, _, _ = place
    (arg,) = row.args
    for beyond, end in ((arg.low - 1, arg.low), (arg.high + 1, arg.high), (-1e30, arg.low), (1e30, arg.high)):
        for types in "fd" if beyond != int(beyond) or abs(beyond) > 1e9 else "ifd":
            control.settings.set(row.setting, TABLE[row.setting].default)
            place[1].raw(_number(row.path, types, beyond))
            assert place[1].settle() == [(row.path, pytest.approx(end))]
            assert told(control.settings[row.setting]) == pytest.approx(end)
    control.settings.set(row.setting, TABLE[row.setting].default)


@each(SETTINGS)
def test_a_wrong_type_changes_nothing_and_is_told(place, row):
    for packet in wrong(row, row.args[0]):
        refused(place, row, packet)


@each([row for row in SETTINGS if row.args[0].type != "s"])
def test_numbers_of_every_type_are_taken(place, row):
    control, patch, _ = place
    high = row.args[0].high if math.isfinite(row.args[0].high) else 1
    for types, value in (("T", 1), ("F", 0), ("h", high), ("d", high)):
        if not row.args[0].low <= value <= high:
            continue
        patch.raw(_number(row.path, types, value))
        patch.settle()
        assert told(control.settings[row.setting]) == pytest.approx(math.floor(value + 0.5), abs=0.5)
    control.settings.set(row.setting, TABLE[row.setting].default)


@each(QUERIES)
def test_a_query_is_answered_and_cannot_be_set(place, row):
    ((address, *values),) = answers(place, row)
    assert address == row.path
    assert [type(v) for v in values] == [_TYPES[t] for t in row.types]
    ((address, code, path, _),) = answers(place, row, "i", 1)
    assert (address, code, path) == ("/livehost/error", "readonly", row.path)


def seen(place):
    """All that an action may leave behind."""
    control = place[0]
    return len(control.calls), control.urgent.gate.word, control.urgent.quits, dict(control.settings._values)


@each(TRIGGERS)
def test_a_trigger_fires_but_not_with_0(place, row):
    _, patch, _ = place
    before = seen(place)
    for types in "ifdhF":
        patch.raw(_number(row.path, types, 0))
    assert patch.settle() == []
    assert seen(place) == before
    for value in (math.nan, math.inf):
        ((address, code, path, _),) = answers(place, row, "f", value)
        assert (address, code, path) == ("/livehost/error", "type", row.path)
    assert seen(place) == before
    for message in (("",), ("i", 1), ("f", 1.0), ("i", -1), ("s", "bang")):
        said = answers(place, row, *message)
        assert said or seen(place) != before, message  # done, or a sentence why not
        place[0].urgent._quit[0] = 0
        before = seen(place)


@each(CALLS)
def test_a_call_checks_its_arguments(place, row):
    control, patch, _ = place
    needed = [arg for arg in row.args if arg.default is None]
    if needed:
        refused(place, row, wire.encode(row.path))
    if row.args:
        for packet in wrong(row, row.args[0]):
            refused(place, row, packet)
    if needed and needed[0].strict:
        refused(place, row, wire.encode(row.path, "i", -5))
    control.urgent.gate.open(control.urgent.gate.word)
    before = seen(place)
    patch.send(row.path, "".join(arg.type for arg in needed), *(1 if a.type != "s" else "x" for a in needed))
    said = patch.settle()
    quiet = row.path in ("/livehost/subscribe", "/livehost/unsubscribe")
    assert said or seen(place) != before or quiet
    patch.send("/livehost/unsubscribe")
    patch.settle()


@each(OUT)
def test_what_is_only_sent_is_not_answered(place, row):
    server = place[2]
    ignored = server.counters["ignored"]
    assert answers(place, row, "s", "x") == []
    assert server.counters["ignored"] == ignored + 1


def test_every_address_is_in_one_of_these_and_in_a_section():
    covered = [*SETTINGS, *QUERIES, *TRIGGERS, *CALLS, *OUT]
    assert sorted(row.path for row in covered) == sorted(row.path for row in ADDRESSES)
    assert sum(len(rows) for _, rows in SECTIONS) == len(ADDRESSES)


def _number(path, types, value):
    """Build a message with one number of any type."""
    head = path.encode() + bytes(4 - len(path) % 4) + b"," + types.encode() + b"\0\0"
    form = {"i": ">i", "h": ">q", "f": ">f", "d": ">d"}.get(types)
    return head + (struct.pack(form, int(value) if types in "ih" else value) if form else b"")
