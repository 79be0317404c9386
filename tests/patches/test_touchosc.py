"""The layout for TouchOSC, read back as XML, its scripts run; nobody has opened it in the program here."""

import xml.etree.ElementTree as ElementTree
import zlib

import lupa
import pytest

from livehost.patches.controls import everything
from livehost.patches.shipped import folder
from livehost.settings import TABLE

ROOT = ElementTree.fromstring(zlib.decompress((folder() / "touchosc" / "livehost.tosc").read_bytes()))
NODES = list(ROOT.iter("node"))


def properties(node):
    return {p.findtext("key"): p.findtext("value") for p in node.find("properties")}


def sent(node):
    """Give address, number of the first argument's range, and whether it is sent and taken, of a control's message."""
    messages = node.find("messages")
    for osc in messages.iter("osc") if messages is not None else ():
        address = "".join(part.findtext("value") for part in osc.find("path"))
        (argument,) = osc.find("arguments")
        low, high = float(argument.findtext("scaleMin")), float(argument.findtext("scaleMax"))
        yield address, argument.findtext("conversion"), low, high, osc.findtext("send"), osc.findtext("receive")


MESSAGES = {}
for one_node in NODES:
    for address, *rest in sent(one_node):
        MESSAGES.setdefault(address, []).append((one_node.get("type"), *rest))


def test_it_is_a_layout_of_the_current_format_with_ids_of_their_own():
    assert (ROOT.tag, ROOT.get("version")) == ("lexml", "6")
    ids = [node.get("ID") for node in NODES]
    assert len(set(ids)) == len(ids) > 200


def test_every_control_sends_and_takes_its_address_in_its_range():
    kinds = {"slider": "FADER", "toggle": "BUTTON", "menu": "RADIO", "button": "BUTTON"}
    wanted = [one for one in everything() if one.kind in kinds]
    assert set(MESSAGES) == {one.path for one in wanted} | {"/livehost/meter/in", "/livehost/meter/out"}
    for one in wanted:
        for kind, conversion, low, high, sends, takes in MESSAGES[one.path]:
            assert kind == kinds[one.kind]
            assert conversion == ("FLOAT" if one.kind == "slider" and not one.whole else "INTEGER")
            assert (low, high) == ((one.low, one.high) if one.kind == "slider" else (0, 1))
            assert (sends, takes) == ("1", "1" if one.reports else "0")


@pytest.fixture
def script():
    """The layout's script in a host that answers as the manual says: the host, and its script's functions."""
    lua = lupa.LuaRuntime()
    host = lua.execute(
        """
        host = {now = 5000, sent = {}, shown = {}}
        function getMillis() return host.now end
        function sendOSC(message) table.insert(host.sent, message) end
        self = {}
        function self:findByName(name, all)
          host.shown[name] = host.shown[name] or {values = {}}
          return host.shown[name]
        end
        return host
        """
    )
    lua.execute(properties(NODES[0])["script"])
    return lua, host


def arguments(message):
    return [(a["tag"], a["value"]) for a in message[2].values()]


def test_the_script_subscribes_again_and_again(script):
    lua, host = script
    for now in (5000, 5100, 7000, 7050):
        host["now"] = now
        lua.globals().update()
    messages = list(host["sent"].values())
    assert {m[1] for m in messages} == {"/livehost/subscribe"}
    groups = [arguments(m)[1][1] for m in messages]
    assert groups == ["state", "event", "meter"] * 2
    assert arguments(messages[0]) == [("i", 17771), ("s", "state"), ("f", 15)]
    assert host["shown"]["state"]["values"]["text"] == "no livehost"


def test_the_script_confirms_and_shows_what_is_no_number(script):
    lua, host = script

    def hear(path, *values):
        told = lua.table_from([lua.table_from({"value": value}) for value in values])
        lua.globals().onReceiveOSC(lua.table_from([path, told]))

    hear("/livehost/confirm", 2**31 - 1)
    (message,) = host["sent"].values()
    assert (message[1], arguments(message)) == ("/livehost/confirm", [("i", 2**31 - 1)])
    hear("/livehost/heartbeat", 7, "running")
    hear("/livehost/event/sample", 3, "kick.wav", 0.5)
    hear("/livehost/event/heard_beat", 17, 5, 2, 118.24, 0.926, 0.5)
    hear("/livehost/error", "range", "/livehost/bank/play", "There is no item 99.")
    shown = {name: box["values"]["text"] for name, box in host["shown"].items()}
    assert shown == {
        "state": "running", "choice": "kick.wav", "said": "There is no item 99.",
        "heard beat": "5.2   118.2 bpm   93 %",
    }  # fmt: skip
    host["now"] = 6000
    lua.globals().update()
    assert host["shown"]["state"]["values"]["text"] == "running"


def test_a_menu_shows_the_word_that_it_is_told():
    (radio, *_) = (n for n in NODES if n.get("type") == "RADIO" and properties(n)["name"] == "model mode")
    lua = lupa.LuaRuntime()
    lua.execute("self = {values = {x = 0}}\n" + properties(radio)["script"])
    told = lua.table_from([lua.table_from({"value": "call"})])
    lua.globals().onReceiveOSC(lua.table_from(["/livehost/model/mode", told]))
    assert lua.globals()["self"]["values"]["x"] == TABLE["player.mode"].choices.index("call")
