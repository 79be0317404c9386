"""What is answered, by the proposal's rules."""

import json

import pytest

from livehost.bridge.oscquery.answers import answer, host_info
from livehost.bridge.oscquery.latest import Latest
from livehost.bridge.oscquery.tree import build

HOST = host_info("a stage", 17770, 17780)


@pytest.fixture
def ask(control):
    tree, latest = build(), Latest(control)

    def ask(path, query=""):
        status, body = answer(tree, path, query, latest.reader, HOST)
        return status, json.loads(body) if body else None

    return ask


@pytest.mark.parametrize(
    ("path", "query", "status", "told"),
    [
        ("/livehost/master/gain_db", "VALUE", 200, {"VALUE": [0.0]}),
        ("/livehost/master/gain_db", "VALUE&TYPE", 200, {"VALUE": [0.0], "TYPE": "f"}),
        ("/livehost/master/gain_db", "RANGE=", 200, {"RANGE": [{"MIN": -90.0, "MAX": 12.0}]}),
        ("/livehost/master/gain_db", "CONTENTS", 200, {}),
        ("/livehost/master/gain_db", "OVERLOADS", 200, {}),
        ("/livehost/master/gain_db", "FULL_PATH&&", 200, {"FULL_PATH": "/livehost/master/gain_db"}),
        ("/livehost/master", "TYPE", 200, {}),
        ("/livehost/master", "ACCESS", 200, {"ACCESS": 0}),
        ("/livehost/master", "VALUE", 204, None),
        ("/livehost/panic", "VALUE", 204, None),
        ("/livehost/panic", "CRITICAL", 200, {"CRITICAL": True}),
        ("/livehost/event/onset", "VALUE", 200, {}),
        ("/livehost/mute", "TAGS", 204, None),
        ("/livehost/mute", "HTML", 204, None),
        ("/livehost/mute", "TAGS&TYPE", 200, {"TYPE": "i"}),
        ("/livehost/mute", "HOST_INFO", 200, HOST),
        ("/no/such/thing", "HOST_INFO", 200, HOST),
    ],
)
def test_attributes(ask, path, query, status, told):
    assert ask(path, query) == (status, told)


def test_contents_are_what_is_below(ask):
    status, told = ask("/livehost/master", "CONTENTS")
    assert status == 200
    assert set(told["CONTENTS"]) == {"gain_db", "limiter", "ceiling_db"}
    assert ask("/livehost/master")[1]["CONTENTS"] == told["CONTENTS"]


@pytest.mark.parametrize(
    ("path", "query", "status", "text"),
    [
        ("/no", "", 404, "There is no address '/no'."),
        ("/no", "VALUE", 404, "There is no address '/no'."),
        ("/livehost/mute", "value", 400, "There is no attribute 'value'; there are FULL_PATH, CONTENTS, "),
        ("/livehost/mute", "VALUE&colour", 400, "There is no attribute 'colour'; "),
        ("/" + "x" * 100_000, "", 404, "There is no address '/xxx"),
        ("/\udcff\u202e", "", 404, "There is no address "),
    ],
)
def test_what_is_not_there_is_a_sentence(ask, path, query, status, text):
    got, told = ask(path, query)
    assert got == status
    assert told["ERROR"].startswith(text)
    assert told["ERROR"].endswith(".")
    assert len(told["ERROR"]) < 400


def test_the_host_says_where_osc_goes_and_what_it_has():
    assert HOST["NAME"] == "a stage"
    assert (HOST["OSC_PORT"], HOST["OSC_TRANSPORT"], HOST["WS_PORT"]) == (17770, "UDP", 17780)
    assert {name for name, has in HOST["EXTENSIONS"].items() if has} == {
        "ACCESS", "VALUE", "RANGE", "DESCRIPTION", "UNIT", "CLIPMODE", "CRITICAL", "OVERLOADS", "LISTEN",
    }  # fmt: skip
