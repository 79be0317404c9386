"""The group monitor: what came in, and what became of it."""

import time

import pytest

from livehost.bridge.osc import wire
from livehost.bridge.osc.traffic import AT_ONCE, Traffic


@pytest.fixture
def watcher(new_patch):
    patch = new_patch()
    patch.send("/livehost/subscribe", "is", 0, "monitor")
    patch.settle()
    return patch


def told(watcher, patch, address, types="", *args):
    """What the watcher hears of one message of a patch: address, arguments, outcome."""
    patch.send(address, types, *args)
    name, client, *rest = watcher.hear()[0]
    assert (name, client) == ("/livehost/monitor", f"127.0.0.1:{patch.port}")
    return tuple(rest)


def test_each_message_is_told_of_with_what_became_of_it(watcher, patch):
    def said(*message):
        return told(watcher, patch, *message)

    gain = "/livehost/master/gain_db"
    assert said(gain, "f", -6.5) == (gain, "-6.5", "set to -6.5")
    assert said(gain, "i", 99) == (gain, "99", "set to 12.0 in place of 99")
    assert said(gain) == (gain, "", "answered")
    assert said(gain, "s", "loud") == (
        gain, "loud", "refused (type): /livehost/master/gain_db wants a number, not 'loud'.",
    )  # fmt: skip
    assert said("/livehost/start", "i", 0) == ("/livehost/start", "0", "nothing: 0 is a button let go")
    assert said("/livehost/reset") == ("/livehost/reset", "", "done")
    assert said("/livehost/masster", "i", 1)[2].startswith("refused (unknown): There is no address")
    assert said("/livehost/bank/play", "i", 77)[2] == (
        "refused (refused): There is no item 77: the bank has items 0 to 4."
    )
    assert said("/panic") == ("/panic", "", "done")
    assert said("/livehost/pong", "is", 1, "x") == ("/livehost/pong", "1 x", "ignored: livehost only sends this")
    assert said("/livehost/record/start")[2].startswith("refused (refused)")
    assert said("/livehost/info/block", "i", 1)[2].startswith("refused (readonly)")


def test_what_is_for_later_is_told_of_when_it_comes_and_when_it_is_done(watcher, patch):
    patch.raw(wire.bundle([wire.encode("/livehost/master/gain_db", "f", -3.0)], time.time() + 0.3))
    first, second = watcher.hear()[0], watcher.hear()[0]
    assert first[2:4] == second[2:4] == ("/livehost/master/gain_db", "-3")
    assert first[4].startswith("waits for its time, in 0.")
    assert second[4] == "set to -3.0"


def test_what_is_no_osc_is_told_of(watcher, patch):
    patch.raw(b"rubbish")
    assert watcher.hear()[0][2:] == ("", "", "refused (malformed): That was no OSC: neither a message nor a bundle.")


def test_a_pattern_is_told_of_by_what_it_meant(watcher, patch):
    patch.send("/livehost/{mute,bypass}", "i", 1)
    assert [watcher.hear()[0][2:] for _ in range(2)] == [
        ("/livehost/mute", "1", "set to 1"), ("/livehost/bypass", "1", "set to 1"),
    ]  # fmt: skip


def test_nobody_is_told_of_its_own_messages(watcher):
    watcher.send("/livehost/reset")
    assert watcher.settle() == []


class Sender:
    """A sender that only keeps what it is to send."""

    def __init__(self):
        self.sent = []

    def wanted(self, group):
        return group == "monitor"

    def send(self, *message, but=None):
        self.sent.append(message)


def test_a_flood_is_only_counted():
    now = [100.0]
    sender = Sender()
    flooded = Traffic(sender, lambda: now[0])
    for k in range(AT_ONCE + 1000):
        flooded.tell(("127.0.0.1", 9), "/a", (k,), "done")
    flooded.tick()
    assert len(sender.sent) == AT_ONCE
    assert sender.sent[0] == ("/livehost/monitor", "127.0.0.1:9", "/a", "0", "done")
    now[0] += 2
    flooded.tick()
    flooded.tick()
    assert sender.sent[AT_ONCE:] == [("/livehost/monitor", "", "", "", "1000 more came in, too many to be shown")]


def test_long_and_odd_arguments_are_shown_shortly(watcher, patch):
    packet = bytearray(wire.encode("/livehost/mood", "b", bytes(12)))
    patch.raw(bytes(packet))
    assert watcher.hear()[0][2:4] == ("/livehost/mood", "<12 bytes>")
    patch.send("/livehost/mood", "s", "x" * 1000)
    assert watcher.hear()[0][3] == "x" * 160
