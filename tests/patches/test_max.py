"""The patches for Max and Live, read back and held against the format; nobody has opened them in the programs here."""

import json
import struct

import pytest
from py2max.maxref import get_object_info

from livehost.patches.controls import control, everything, front
from livehost.patches.shipped import folder

PATCH, HELP = (folder() / "max" / f"livehost.{kind}" for kind in ("maxpat", "maxhelp"))
DEVICE = folder() / "live" / "livehost.amxd"
#: Objects of Max that hold others, or a file.
_HOLDERS = ("p", "bpatcher")
#: What Max writes at the top of every patcher, whoever made it.
_TOP = {
    "fileversion": 1, "classnamespace": "box", "bglocked": 0, "gridsize": [15.0, 15.0], "default_fontsize": 12.0,
    "default_fontname": "Arial", "enablehscroll": 1, "enablevscroll": 1, "autosave": 0, "dependency_cache": [],
}  # fmt: skip
#: What a device says of itself, as devices do that Ableton gives away.
_PROJECT = {
    "version": 1, "autoorganize": 1, "hideprojectwindow": 1, "showdependencies": 1, "autolocalize": 0,
    "contents": {"patchers": {}}, "layout": {}, "searchpath": {}, "detailsvisible": 0, "readonly": 0, "devpathtype": 0,
    "devpath": ".", "sortmode": 0, "viewmode": 0, "includepackages": 0,
}  # fmt: skip


def chunks(data):
    """Take a device apart: chunks of a name, a little-endian size, and content."""
    found = {}
    while data:
        name, (size,) = data[:4], struct.unpack("<I", data[4:8])
        found[name], data = data[8 : 8 + size], data[8 + size :]
        assert len(found[name]) == size
    return found


def device():
    parts = chunks(DEVICE.read_bytes())
    assert parts[b"ptch"].endswith(b"}\n\0")
    return json.loads(parts[b"ptch"][:-1])["patcher"]


def patcher():
    return json.loads(PATCH.read_text("utf-8"))["patcher"]


MADE = {"max": patcher, "help": lambda: json.loads(HELP.read_text("utf-8"))["patcher"], "live": device}
every_file = pytest.mark.parametrize("made", MADE.values(), ids=MADE)
with_controls = pytest.mark.parametrize("made", [patcher, device], ids=["max", "live"])


def walk(top, at=""):
    """Give every patcher inside, with the ids that lead to it."""
    yield at, top
    for box in boxes(top).values():
        if "patcher" in box:
            yield from walk(box["patcher"], f"{at}{box['id']}::")


def boxes(patch):
    return {entry["box"]["id"]: entry["box"] for entry in patch["boxes"]}


def named(box):
    """Name of the object in a box, with what it was given."""
    return box["text"] if box["maxclass"] in ("newobj", "message") else box["maxclass"]


def apart(one, other):
    (x, y, w, h), (left, top, width, height) = one, other
    return x >= left + width or left >= x + w or y >= top + height or top >= y + h


def cords(patch):
    return [(*line["patchline"]["source"], *line["patchline"]["destination"]) for line in patch["lines"]]


def parameters(top):
    """Give the boxes that are parameters, by the ids that lead to them."""
    return {
        at + box["id"]: box for at, patch in walk(top) for box in boxes(patch).values() if box.get("parameter_enable")
    }


@every_file
def test_it_has_the_form_of_a_patcher(made):
    for _, patch in walk(made()):
        assert {key: patch[key] for key in _TOP} == _TOP
        assert patch["appversion"] == {"major": 8, "minor": 5, "revision": 5, "architecture": "x64", "modernui": 1}
        assert len(patch["rect"]) == 4
        ids = [entry["box"]["id"] for entry in patch["boxes"]]
        assert len(set(ids)) == len(ids)
        for box in boxes(patch).values():
            assert len(box["patching_rect"]) == 4
            assert box["numoutlets"] == len(box.get("outlettype", []))


@every_file
def test_it_is_made_of_objects_that_max_has_and_their_ports(made):
    for _, patch in walk(made()):
        for box in boxes(patch).values():
            name = named(box).split()[0] if box["maxclass"] == "newobj" else box["maxclass"]
            assert name in _HOLDERS or get_object_info(name), name
            assert box["maxclass"] != "bpatcher" or (PATCH.parent / box["name"]).is_file()
        found = boxes(patch)
        for source, outlet, target, inlet in cords(patch):
            assert 0 <= outlet < found[source]["numoutlets"]
            assert 0 <= inlet < found[target]["numinlets"]


@with_controls
def test_what_one_sees_stands_in_the_window_and_not_on_one_another(made):
    for _, patch in walk(made()):
        assert patch["openinpresentation"] == 1
        width, height = patch["rect"][2:]
        shown = [box["presentation_rect"] for box in boxes(patch).values() if box.get("presentation")]
        assert shown
        for x, y, w, h in shown:
            assert (x >= 0, y >= 0, x + w <= width, y + h <= height) == (True,) * 4
        assert all(apart(one, other) for k, one in enumerate(shown) for other in shown[:k])


@with_controls
def test_every_control_says_its_address_and_shows_what_is_told(made):
    says, shows = set(), set()
    for at, patch in walk(made()):
        found, after, before = boxes(patch), {}, {}
        for source, _, target, _ in cords(patch):
            after.setdefault(source, []).append(target)
            before.setdefault(target, []).append(source)
        ends = {k for k, box in found.items() if named(box).startswith(("udpsend", "outlet"))}
        starts = {k for k, box in found.items() if named(box).startswith(("udpreceive", "inlet"))}

        def reach(first, ways):
            seen, todo = set(), [first]
            while todo:
                for box in ways.get(todo.pop(), []):
                    if box not in seen:
                        seen.add(box)
                        todo.append(box)
            return seen

        for key, box in found.items():
            if box["maxclass"] in ("message", "newobj"):
                continue
            out = {named(found[k]) for k in reach(key, after)} if reach(key, after) & ends else set()
            own = [t.removeprefix("prepend ") for t in out if t.removeprefix("prepend ").startswith("/livehost/")]
            own = [t for t in own if "subscribe" not in t]
            if len(own) == 1:
                says.add(own[0])
                if reach(key, before) & starts:
                    heard = {named(found[k]) for k in reach(key, before)}
                    assert f"route {own[0]}" in heard, at
                    shows.add(own[0])
    wanted = [one for one in everything() if one.kind != "shown"]
    assert says == {one.path for one in wanted}
    assert shows == {one.path for one in wanted if one.reports}


@with_controls
def test_parameters_have_the_names_and_ranges_of_the_table(made):
    by_name = {one.name: one for one in everything()}
    found = [box for box in parameters(made()).values() if box["maxclass"].startswith("live.")]
    names = [box["saved_attribute_attributes"]["valueof"]["parameter_longname"] for box in found]
    assert len(set(names)) == len(names)
    assert set(names) == {one.name for one in everything() if one.kind in ("slider", "toggle", "menu", "button")}
    for name, box in zip(names, found, strict=True):
        one, value = by_name[name], box["saved_attribute_attributes"]["valueof"]
        assert box["varname"] == name
        assert box["annotation"] == one.help
        kinds = {"live.dial": "slider", "live.toggle": "toggle", "live.menu": "menu", "live.button": "button"}
        assert kinds[box["maxclass"]] == one.kind
        if one.kind == "slider":
            assert (value["parameter_mmin"], value["parameter_mmax"]) == (one.low, one.high)
            assert value["parameter_initial"] == [one.initial]
            assert value["parameter_type"] == (1 if one.whole and one.high - one.low < 256 else 0)
            assert (value["parameter_unitstyle"] == 0) == one.whole
        elif one.kind == "menu":
            assert (value["parameter_type"], tuple(value["parameter_enum"])) == (2, one.choices)
        assert value.get("parameter_mmax", 1) >= value.get("parameter_mmin", 0)
    gain = next(b for b in found if b["varname"] == "master gain_db")["saved_attribute_attributes"]["valueof"]
    assert (gain["parameter_shortname"], gain["parameter_unitstyle"]) == ("master gain", 4)


def test_the_device_has_the_header_of_an_audio_effect_and_a_project():
    parts = chunks(DEVICE.read_bytes())
    assert list(parts) == [b"ampf", b"meta", b"ptch"]
    assert parts[b"ampf"] == b"aaaa"
    assert len(parts[b"meta"]) == 4
    project = device()["project"]
    assert {key: project[key] for key in _PROJECT} == _PROJECT
    assert project["amxdtype"] == int.from_bytes(b"aaaa", "big")
    assert project["creationdate"] == project["modificationdate"] > 2_082_844_800


def test_the_device_lets_sound_through_and_fits_into_lives_strip():
    top = device()
    texts = {named(box): key for key, box in boxes(top).items()}
    heard, played = texts["plugin~"], texts["plugout~"]
    assert {(heard, 0, played, 0), (heard, 1, played, 1)} <= set(cords(top))
    assert "live.thisdevice" in texts
    assert not {"loadbang", "inlet", "outlet"} & set(texts)
    assert top["rect"][3] == top["openrect"][3] == 169
    assert top["devicewidth"] == top["openrect"][2]


def test_the_device_lists_its_parameters_and_has_the_ones_at_hand_in_banks():
    top = device()
    listed = dict(top["parameters"])
    banks = listed.pop("parameterbanks")
    assert listed.pop("inherited_shortname") == 1
    values = {
        at: box["saved_attribute_attributes"]["valueof"]
        for at, box in parameters(top).items()
        if box["maxclass"].startswith("live.")
    }
    assert {at: [v["parameter_longname"], v["parameter_shortname"], 0] for at, v in values.items()} == listed
    assert [name for bank in banks.values() for name in bank["parameters"] if name != "-"] == [
        one.name for one in front().controls
    ]
    assert all(len(bank["parameters"]) == 8 for bank in banks.values())


def test_a_device_says_nothing_while_its_set_is_loaded_but_a_button_always():
    top = device()
    texts = {key: named(box) for key, box in boxes(top).items()}
    ways = cords(top)
    (gate,) = (key for key, text in texts.items() if text == "gate 1 0")  # closed
    opens = [texts[a] for a, _, b, inlet in ways if b == gate and inlet == 0]
    assert opens == ["1"]
    (opener,) = (a for a, _, b, inlet in ways if b == gate and inlet == 0)
    assert [texts[a] for a, _, b, _ in ways if b == opener] == ["delay 1000"]
    straight = {texts[a] for a, _, b, _ in ways if texts[b].startswith("udpsend")}
    assert {"/livehost/panic", "prepend /livehost/confirm", "/livehost/subscribe $1 all 30"} <= straight
    assert "prepend /livehost/master/gain_db" not in straight


def test_the_help_shows_the_patch_and_only_addresses_of_the_table():
    top = MADE["help"]()
    said = [box["text"].split()[0] for box in boxes(top).values() if box["maxclass"] == "message"]
    assert len(said) >= 6
    known = {one.path for one in everything()} | {"/livehost/ping", "/livehost/dump"}
    assert set(said) <= known
    assert control("/livehost/panic").path in said
