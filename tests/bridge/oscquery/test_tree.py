"""The tree, held against the table that it is made from."""

import json
import math

import pytest

from livehost.bridge.osc.addresses import ADDRESSES, BY_PATH
from livehost.bridge.osc.schema import Address, Arg
from livehost.bridge.oscquery.latest import Latest
from livehost.bridge.oscquery.tree import build, find

TREE = build()


def read(row):
    return None


@pytest.mark.parametrize("row", ADDRESSES, ids=lambda row: row.path)
def test_every_address_is_described_by_its_row(row):
    node = find(TREE, row.path)
    told = node.describe(read)
    assert told["FULL_PATH"] == row.path
    assert told["DESCRIPTION"] == row.help
    assert told["ACCESS"] == {"set": 3, "query": 1, "out": 1, "trigger": 2, "call": 2}[row.access]
    pressed = row.access == "trigger" or not row.args
    assert told["TYPE"] == ("I" if pressed else row.types)
    described = told["OVERLOADS"][0] if pressed and row.args else told
    for name in ("RANGE", "UNIT", "CLIPMODE"):
        assert name not in described or len(described[name]) == len(row.types)
    each = [arg for arg in row.args for _ in range(arg.count)]
    for arg, wanted in zip(each, described.get("RANGE", [None] * len(each)), strict=True):
        if arg.choices:
            assert wanted == {"VALS": list(arg.choices)}
        else:
            ends = {k: v for k, v in (("MIN", arg.low), ("MAX", arg.high)) if math.isfinite(v)}
            assert (wanted or {}) == ends


def test_what_it_describes_is_json_and_complete():
    described = json.loads(json.dumps(TREE.describe(read), allow_nan=False))
    paths = set()

    def walk(node):
        paths.add(node["FULL_PATH"])
        for name, child in node.get("CONTENTS", {}).items():
            assert child["FULL_PATH"] == f"{node['FULL_PATH'].rstrip('/')}/{name}"
            walk(child)

    walk(described)
    assert {p for p in paths if p in BY_PATH} == set(BY_PATH)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", "/"),
        ("", "/"),
        ("/livehost", "/livehost"),
        ("/livehost/", "/livehost"),
        ("/livehost/mute", "/livehost/mute"),
        ("/panic", "/panic"),
        ("/livehost/mute/x", None),
        ("//livehost", None),
        ("/livehost//mute", None),
        ("/livehost/../panic", None),
        ("/" * 5000, None),
        ("/livehost\0/mute", None),
    ],
)
def test_nodes_are_found_by_their_path(path, found):
    node = find(TREE, path)
    assert (node.path if node else None) == found


def test_a_method_may_have_others_below_it():
    root = build((Address("/a", "query", "one", (Arg("i", "n"),)), Address("/a/b", "call", "two")))
    told = root.describe(lambda row: (7,))
    assert told["CONTENTS"]["a"]["VALUE"] == [7]
    assert told["CONTENTS"]["a"]["CONTENTS"]["b"]["TYPE"] == "I"


@pytest.mark.parametrize(
    ("arg", "range_", "clip"),
    [
        (Arg("f", "a", "dB", -90, 12), {"MIN": -90.0, "MAX": 12.0}, "both"),
        (Arg("i", "a", low=0), {"MIN": 0}, "low"),
        (Arg("i", "a", high=9), {"MAX": 9}, "high"),
        (Arg("i", "a", low=0, strict=True), {"MIN": 0}, "none"),
        (Arg("f", "a"), None, None),
        (Arg("s", "a", choices=("x", "y")), {"VALS": ["x", "y"]}, None),
        (Arg("s", "a"), None, None),
    ],
)
def test_ranges_and_what_is_clipped(arg, range_, clip):
    about = find(build((Address("/a", "set", "", (arg,)),)), "/a").attributes
    assert about.get("RANGE") == (None if range_ is None else [range_])
    assert about.get("CLIPMODE") == (None if clip is None else [clip])


def test_units_have_the_names_of_the_proposal():
    rows = tuple(
        Address(f"/{k}", "set", "", (Arg("f", "a", unit),)) for k, unit in enumerate(("dB", "ms", "Hz", "items", ""))
    )
    units = [find(build(rows), row.path).attributes.get("UNIT") for row in rows]
    assert units == [["gain.db-raw"], ["time.ms"], ["time.hz"], ["items"], None]


def test_values_are_those_of_now(control):
    latest = Latest(control)
    control.set("master.gain_db", -6.0)
    latest.event({"frame": 0, "kind": "meter", "in_peak_db": -3.0, "in_rms_db": None})
    latest.event({"frame": 9, "kind": "meter", "in_peak_db": -4.0, "in_rms_db": None})
    reader = latest.reader()
    values = {path: find(TREE, path).value(reader) for path in BY_PATH}
    assert values["/livehost/master/gain_db"] == [-6.0]
    assert values["/livehost/mute"] == [0]
    assert values["/livehost/status"] == ["running", 12.5]
    assert values["/livehost/info/block"] == [64]
    assert values["/livehost/meter/in"] == [-4.0, -120.0]
    assert values["/livehost/meter/out"] == [-120.0, -120.0]
    assert values["/livehost/event/onset"] is None  # nothing was heard yet
    assert values["/livehost/attention/mean"] is None  # as many as there are: not what TYPE says
    assert values["/livehost/error"] is None


def test_a_number_that_is_none_is_null():
    node = find(build((Address("/a", "query", "", (Arg("f", "x"), Arg("s", "y"))),)), "/a")
    assert node.value(lambda row: (math.nan, "a")) == [None, "a"]
    assert node.value(lambda row: (1.5,)) is None
