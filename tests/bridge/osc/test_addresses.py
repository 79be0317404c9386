import re

import pytest

from livehost.bridge.osc.actions import ACTIONS
from livehost.bridge.osc.addresses import (
    ADDRESSES,
    BY_PATH,
    BY_SETTING,
    by_record,
    markdown_table,
)
from livehost.bridge.osc.schema import Arg
from livehost.bridge.subscriptions import FIXED_GROUPS, GROUPS
from livehost.event_kinds import HOST_RECORDS
from livehost.events import RECORDS
from livehost.settings import TABLE


def test_names():
    assert len(BY_PATH) == len(ADDRESSES)
    for row in ADDRESSES:
        assert re.fullmatch(r"(/livehost)?(/[a-z0-9_]+)+", row.path), row.path
        assert row.help
        assert re.fullmatch("[ifs]*", row.types)


def test_each_row_does_one_thing():
    for row in ADDRESSES:
        sounds = row.voice >= 0 and not row.setting
        bound = [bool(row.setting), bool(row.info), bool(row.record), bool(row.action), sounds]
        assert sum(bound) <= 1, row.path
        assert (row.access in ("call", "trigger")) == bool(row.action), row.path
        assert not row.action or row.action[0] in ACTIONS
        assert row.group in (*GROUPS, "")
    assert set(FIXED_GROUPS) == set(GROUPS) - {"heads", "log", "monitor"}


def test_every_live_setting_has_its_address():
    assert {key for key, s in TABLE.items() if s.thread} <= set(BY_SETTING)
    for key, row in BY_SETTING.items():
        assert row.access == ("set" if TABLE[key].thread else "query")
        (arg,) = row.args
        assert arg.choices == TABLE[key].choices
        assert arg.unit == TABLE[key].unit
    assert BY_PATH["/livehost/master/gain_db"].args[0].low == -90
    assert BY_PATH["/livehost/mute"].types == "i"
    assert BY_PATH["/livehost/model/mode"].types == "s"


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize(
    ("name", "default", "unit", "low", "high"),
    [("answer_delay_ms", 12.0, "ms", 0, 2000), ("balance_db", -3.0, "dB", -60, 20), ("dynamics", 0.7, "", 0, 1)],
)
def test_when_and_how_loud_answers_are_can_be_set_for_each_part(part, name, default, unit, low, high):
    key, path = (
        (f"player.{name}", f"/livehost/model/{name}") if part == 0 else (f"part1.{name}", f"/livehost/part/1/{name}")
    )
    setting, row = TABLE[key], BY_SETTING[key]
    assert (setting.default, setting.thread, setting.part) == (default, "part", part)
    assert (row.path, row.access, row.types) == (path, "set", "f")
    (arg,) = row.args
    assert (arg.name, arg.unit, arg.low, arg.high) == (name, unit, low, high)
    assert f"| {path} | set | f:{name} ({low} … {high}{f' {unit}' if unit else ''}) | {setting.help} |" in (
        markdown_table()
    )


def test_records_have_the_fields_that_are_sent():
    records = {r.name: r for r in (*RECORDS, *HOST_RECORDS)}
    for row in ADDRESSES:
        if row.record in records:
            added = {"name", "eta_ms", "channel", "duration_ms", "osc_dropped"}  # on the way
            fields = {f.name for f in records[row.record].fields} | added
            assert {a.field or a.name for a in row.args} <= fields, row.path
    told = {r.name for r in RECORDS if r.code >= 16 and r.group != "control"}
    assert told - {"silenced", "attention"} <= {a.record for a in ADDRESSES}
    assert [a.path for a in by_record("onset")] == ["/livehost/event/onset"]
    assert BY_PATH["/livehost/feature/mfcc"].types == "f" * 13
    assert BY_PATH["/livehost/event/sample"].types == "isfifffi"


def test_documentation():
    text = markdown_table()
    once = [row.path.replace("/voice/00/", "/voice/NN/") for row in ADDRESSES if row.voice <= 0]
    assert all(f"| {path} | {BY_PATH[path.replace('NN', '00')].access} |" in text for path in once)
    assert len([line for line in text.splitlines() if line.startswith("| /")]) == len(once)
    assert "| /livehost/master/gain_db | set | f:gain_db (-90 … 12 dB) | gain of all that livehost plays |" in text
    assert "[f:fade_ms (2 … 10000 ms) = 10]" in text
    assert "f:chroma×12" in text
    assert "s:mode (duo, answer, continue, call)" in text


@pytest.mark.parametrize(
    ("arg", "missing"),
    [
        (Arg("i", "index"), -1), (Arg("i", "velocity"), 0), (Arg("f", "level", "dB"), -120.0), (Arg("s", "name"), ""),
        (Arg("f", "level", "dBFS"), -120.0), (Arg("f", "delay", "ms"), -1.0), (Arg("f", "pitch", "Hz"), 0.0),
    ],
)  # fmt: skip
def test_what_stands_for_a_value_that_is_not_there(arg, missing):
    assert (arg.missing, type(arg.missing)) == (missing, type(missing))
