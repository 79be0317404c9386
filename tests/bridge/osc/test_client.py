"""A client of a running livehost, and the commands that are made of it."""

import threading

import pytest
from typer.testing import CliRunner

from livehost.bridge.osc import client as client_module
from livehost.bridge.osc import wire
from livehost.bridge.osc.client import OscClient, typed, written
from livehost.cli.main import app
from livehost.errors import LivehostError
from tests.bridge.osc.test_server import until


@pytest.fixture
def client(server):
    with OscClient("127.0.0.1", server.port) as client:
        yield client


@pytest.fixture
def nobody(monkeypatch, patch):
    """A port at which nobody listens, and no patience."""
    monkeypatch.setattr(client_module, "ANSWER_S", 0.05)
    port = patch.port
    patch.socket.close()
    return port


def run(*words):
    """Exit status and lines of `livehost osc`."""
    done = CliRunner().invoke(app, ["osc", *map(str, words)])
    if isinstance(done.exception, LivehostError):
        return done.exception.exit_code, [str(done.exception)]
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output.splitlines()


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("3", 3),
        ("-6", -6),
        ("-6.5", -6.5),
        ("1e3", 1000.0),
        ("call", "call"),
        ("", ""),
        ("3 blind mice", "3 blind mice"),
    ],
)
def test_arguments_are_what_they_look_like(word, value):
    assert (typed(word), type(typed(word))) == (value, type(value))


def test_messages_are_written_as_they_would_be_typed():
    assert written(wire.Message("/a", (1, -6.5, "x", 1 / 3))) == "/a 1 -6.5 x 0.333333"


def test_an_answer_is_all_that_came_until_the_message_had_been_carried_out(client, control):
    assert client.ask("/livehost/info/block") == [("/livehost/info/block", (64,), None)]
    assert client.ask("/livehost/master/gain_db", [-6.0]) == []
    assert control.settings["master.gain_db"] == -6.0
    (echo,) = client.ask("/livehost/master/gain_db", [99])
    assert echo.args == (12.0,)
    assert client.ask("/livehost/nothing")[0].args[0] == "unknown"


def test_nobody_there_is_one_sentence(nobody):
    with OscClient("127.0.0.1", nobody) as client, pytest.raises(LivehostError, match="No livehost answers at 127"):
        client.ask("/livehost/ping")
    with pytest.raises(LivehostError, match=r"No computer called no-such-host\.invalid is found"):
        OscClient("no-such-host.invalid", 17770)


def test_send_prints_the_answers_and_fails_where_it_is_refused(server, control):
    port = ("--port", server.port)
    assert run("send", "/livehost/master/gain_db", "-6", *port) == (0, [])
    assert run("send", "/livehost/master/gain_db", *port) == (0, ["/livehost/master/gain_db -6"])
    assert run("send", *port, "/livehost/master/gain_db", "-1000") == (0, ["/livehost/master/gain_db -90"])
    assert run("send", "/livehost/model/mode", "call", *port)[0] == 0
    assert control.settings["player.mode"] == "call"
    code, lines = run("send", "/livehost/mister", "1", *port)
    assert (code, lines[0][:23]) == (1, "/livehost/error unknown")
    code, lines = run("send", "/livehost/model/load", "broken", "--wait", "0.1", *port)
    assert (code, lines) == (
        1,
        ["/livehost/error failed /livehost/model/load The model broken is not used: it is broken."],
    )


def test_commands_say_in_one_sentence_that_nobody_is_there(nobody):
    for command in (["send", "/livehost/ping"], ["monitor"]):
        code, lines = run(*command, "--port", nobody)
        assert (code, lines) == (
            1, [f"No livehost answers at 127.0.0.1:{nobody}: is it running, and does it listen at that port?"],
        )  # fmt: skip


def test_the_monitor_prints_what_comes_in_and_what_became_of_it(server, patch, sender):
    def speak():
        until(lambda: sender.wanted("trouble"))
        patch.send("/livehost/mute", "i", 1)
        patch.send("/livehost/master/gain_db", "f", 99.0)
        patch.raw(b"rubbish")
        sender.event({"kind": "log", "level": "error", "text": "The disk is full."})

    speaker = threading.Thread(target=speak)
    speaker.start()
    code, lines = run("monitor", "--port", server.port, "--seconds", "2")
    speaker.join()
    me = f"127.0.0.1:{patch.port}"
    assert code == 0
    assert lines[0] == f"What comes in at 127.0.0.1:{server.port}; Ctrl-C ends."
    assert sorted(lines[1:]) == sorted([
        f"{me} /livehost/mute 1 → set to 1",
        f"{me} /livehost/master/gain_db 99 → set to 12.0 in place of 99.0",
        f"{me} → refused (malformed): That was no OSC: neither a message nor a bundle.",
        "/livehost/log error The disk is full.",
    ])  # fmt: skip


def test_the_monitor_prints_other_groups_too_and_refuses_what_is_none(server, sender):
    def speak():
        until(lambda: sender.wanted("event"))
        sender.event({"kind": "phrase", "onset_frame": 7, "onsets": 3})

    speaker = threading.Thread(target=speak)
    speaker.start()
    code, lines = run("monitor", "--port", server.port, "--group", "event", "--seconds", "2")
    speaker.join()
    assert (code, lines[1:]) == (0, ["/livehost/event/phrase 7 3"])
    code, lines = run("monitor", "--port", server.port, "--group", "everything", "--seconds", "0.8")
    assert (code, lines[0][:20]) == (2, "/livehost/error type")


def test_a_livehost_that_falls_silent_and_comes_back_is_noticed(monkeypatch, server, client):
    monkeypatch.setattr(client_module, "RENEW_S", 0.05)
    answers = server._dispatcher._put
    server._dispatcher._put = lambda *_: None
    came = client.follow(["event"], 5.0)
    assert next(came) is None
    server._dispatcher._put = answers
    assert next(came) is None
