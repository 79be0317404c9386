import contextlib
import random
import socket
import struct
import threading
import time

import pytest

from livehost.bridge.osc import wire
from livehost.bridge.osc.addresses import API, READABLE
from livehost.bridge.osc.dispatch import ERRORS_PER_SECOND, Dispatcher
from livehost.bridge.osc.intake import Delivery
from livehost.bridge.osc.schedule import NOTES, QUOTA
from livehost.bridge.osc.sender import OscSender
from livehost.bridge.osc.server import OscServer
from livehost.errors import LivehostError
from livehost.events import NOW

GAIN = "/livehost/master/gain_db"


def test_ping_and_facts(patch):
    assert patch.ask("/livehost/ping") == ("/livehost/pong", API, "1.2.3")
    assert patch.ask("/livehost/info/api") == ("/livehost/info/api", API)
    assert patch.ask("/livehost/info/latency_ms") == ("/livehost/info/latency_ms", 2.5)
    assert patch.ask("/livehost/info/device") == ("/livehost/info/device", "null")
    assert patch.ask("/livehost/bank/size") == ("/livehost/bank/size", 5)
    assert patch.ask("/livehost/status") == ("/livehost/status", "running", 12.5)
    assert patch.ask("/livehost/midi/port") == ("/livehost/midi/port", "")


def test_the_same_address_sets_and_is_asked(patch, control):
    patch.send(GAIN, "f", -6.5)
    assert patch.settle() == []  # what it set itself it is not told
    assert control.settings["master.gain_db"] == -6.5
    assert control.settings.by("master.gain_db") == f"osc 127.0.0.1:{patch.port}"
    assert patch.ask(GAIN) == (GAIN, -6.5)


@pytest.mark.parametrize(
    ("address", "types", "value", "key", "held"),
    [
        (GAIN, "i", -3, "master.gain_db", -3.0),
        (GAIN, "f", -3.25, "master.gain_db", -3.25),
        (GAIN, "f", 0.1, "master.gain_db", 0.1),
        ("/livehost/model/top_k", "f", 7.0, "player.top_k", 7),
        ("/livehost/model/top_k", "i", 9, "player.top_k", 9),
        ("/livehost/mute", "f", 1.0, "master.mute", True),
        ("/livehost/mute", "i", 0, "master.mute", False),
        ("/livehost/model/mode", "s", "call", "player.mode", "call"),
    ],
)
def test_numbers_arrive_as_they_may(patch, control, address, types, value, key, held):
    patch.send(address, types, value)
    assert patch.settle() == []
    assert control.settings[key] == held
    assert type(control.settings[key]) is type(held)


@pytest.mark.parametrize(
    ("tags", "data", "held"),
    [
        ("d", struct.pack(">d", -12.5), -12.5),
        ("h", struct.pack(">q", -12), -12.0),
        ("T", b"", 1.0),
        ("F", b"", 0.0),
        ("fs", struct.pack(">f", -1.0) + b"more", -1.0),
    ],
)
def test_every_kind_of_number_is_taken(patch, control, tags, data, held):
    patch.raw(
        wire.encode(GAIN)[:-4] + ("," + tags).encode().ljust(4, b"\0") + data + (b"\0" * 4 if "s" in tags else b"")
    )
    patch.settle()
    assert control.settings["master.gain_db"] == held


@pytest.mark.parametrize(
    ("address", "types", "value", "held"),
    [
        (GAIN, "f", 99.0, 12.0),
        (GAIN, "i", -1000, -90.0),
        ("/livehost/model/top_k", "f", 8.4, 8),
        ("/livehost/model/top_k", "i", 2**31 - 1, 256),
        ("/livehost/model/mode", "i", 2, "continue"),
        ("/livehost/mute", "f", 127.0, 1),
    ],
)
def test_what_holds_is_echoed_where_it_is_not_what_was_asked(patch, address, types, value, held):
    assert patch.ask(address, types, value) == (address, held)


@pytest.mark.parametrize(
    ("address", "types", "value", "code", "text"),
    [
        (GAIN, "f", float("nan"), "type", "a number"),
        (GAIN, "f", float("inf"), "type", "a number"),
        (GAIN, "s", "loud", "type", "wants a number, not 'loud'"),
        (GAIN, "b", b"blob", "type", "a number"),
        ("/livehost/model/mode", "s", "sing", "type", "one of duo, answer, continue, call"),
        ("/livehost/model/mode", "i", 17, "type", "one of duo, answer, continue, call"),
        ("/livehost/info/block", "i", 32, "readonly", "can be read"),
        ("/livehost/model/seed", "i", 32, "readonly", "can be read"),
        ("/livehost/panic", "f", float("nan"), "type", "no argument"),
        ("/livehost/start", "f", 5000.0, "range", "/livehost/start has no bpm 5000."),
        ("/livehost/start", "f", -3.0, "range", "/livehost/start has no bpm -3."),
        ("/livehost/start", "s", "fast", "type", "/livehost/start wants a number, not 'fast'."),
        ("/livehost/subscribe", "s", "all", "type", "a number"),
        ("/livehost/bank/play", "s", "kick", "type", "a number"),
        ("/livehost/bank/play", "", None, "type", "wants its index"),
        ("/livehost/record/start", "", None, "refused", "Recording is started with --record DIR."),
        ("/livehost/record/stop", "", None, "failed", "RuntimeError"),
        ("/livehost/mastr/gain_db", "f", 0.0, "unknown", f"Did you mean {GAIN}?"),
        ("/quite/another/program", "f", 0.0, "unknown", "There is no address /quite/another/program."),
    ],
)  # fmt: skip
def test_what_is_refused_changes_nothing_and_is_said(patch, control, address, types, value, code, text):
    before = dict(control.settings._values)
    heard = patch.ask(address, types, *([] if value is None else [value]))
    assert heard[:3] == ("/livehost/error", code, address)
    assert text in heard[3]
    assert dict(control.settings._values) == before
    assert control.calls == []


@pytest.mark.parametrize(
    ("address", "types", "args", "call"),
    [
        ("/livehost/start", "", (), ("resume", 0)),
        ("/livehost/start", "i", (0,), None),
        ("/livehost/start", "i", (1,), ("resume", 0)),
        ("/livehost/start", "f", (96.5,), ("begin", 96.5, 0)),
        ("/livehost/start", "i", (240,), ("begin", 240.0, 0)),
        ("/livehost/rest", "", (), ("rest", 0)),
        ("/livehost/rest", "i", (0,), ("rest", 0)),
        ("/livehost/rest", "f", (4.0,), ("rest", 4)),
        ("/livehost/reset", "", (), ("reset",)),
        ("/livehost/reset", "f", (0.0,), None),
        ("/livehost/approve", "f", (1.0,), ("steer", "approve")),
        ("/livehost/reject", "", (), ("steer", "reject")),
        ("/livehost/change", "i", (127,), ("steer", "change")),
        ("/livehost/bank/allow", "f", (2.0,), ("allow", 2, True)),
        ("/livehost/bank/deny", "i", (2,), ("allow", 2, False)),
        ("/livehost/bank/reset", "", (), ("allow", -1, True)),
        ("/livehost/bank/play", "i", (3,), ("play", 3, 0.0, NOW)),
        ("/livehost/bank/play", "ff", (3.0, -6.0), ("play", 3, -6.0, NOW)),
    ],
)
def test_actions(patch, control, address, types, args, call):
    patch.send(address, types, *args)
    assert patch.settle() == []
    assert control.calls == ([] if call is None else [call])


@pytest.mark.parametrize(("bars", "held"), [(10_000, 256), (-2, 0)])
def test_a_rest_that_is_too_long_is_as_long_as_one_can_be_and_that_is_told(patch, control, bars, held):
    patch.send("/livehost/rest", "i", bars)
    assert patch.settle() == [("/livehost/rest", held)]
    assert control.calls == [("rest", held)]


@pytest.mark.parametrize(("gain_db", "echoed"), [(-90.0, []), (12.0, []), (-91.0, [-90.0]), (13.0, [12.0])])
def test_a_gain_that_is_out_of_range_is_told_as_it_was_taken(patch, gain_db, echoed):
    patch.send("/livehost/bank/play", "if", 3, gain_db)
    assert patch.settle() == [("/livehost/bank/play", 3, held) for held in echoed]


def test_an_item_that_is_not_there_is_refused_and_no_other_is_taken_for_it(patch, control):
    for address in ("/livehost/bank/play", "/livehost/bank/allow", "/livehost/bank/deny"):
        assert patch.ask(address, "i", 99)[1:] == (
            "refused",
            address,
            "There is no item 99: the bank has items 0 to 4.",
        )
        assert patch.ask(address, "i", 5)[1] == "refused"
        assert patch.ask(address, "f", -1.0)[1:] == ("range", address, f"{address} has no index -1.")
    assert control.calls == []
    assert patch.ask("/livehost/bank/name", "f", 2.0) == ("/livehost/bank/name", 2, "item 2.wav")


def test_dump_tells_all_in_small_packets(patch):
    patch.send("/livehost/dump")
    heard = []
    while len(heard) < len(READABLE):
        packet = patch.socket.recv(65_535)
        assert len(packet) <= 1400
        heard += [m.address for m in wire.decode(packet)]
    assert heard == [row.path for row in READABLE]


def test_patterns_ask_and_set_but_press_no_button(patch, control):
    patch.send("/livehost/*")
    assert {m[0] for m in patch.settle()} == {
        "/livehost/mute", "/livehost/bypass", "/livehost/status", "/livehost/halted",
        "/livehost/failsafe", "/livehost/resting",
    }  # fmt: skip
    assert control.calls == []
    patch.send("/livehost/master/*_db", "f", -20.0)
    patch.settle()
    assert (control.settings["master.gain_db"], control.settings["master.ceiling_db"]) == (-20.0, -20.0)
    patch.send("/livehost/{mute,bypass}", "i", 1)
    patch.settle()
    assert control.settings["master.bypass"]
    assert patch.ask("/livehost/nothing*")[:2] == ("/livehost/error", "unknown")


def test_our_own_answers_are_not_answered(patch, server):
    for address in ("/livehost/error", "/livehost/pong", "/livehost/event/onset", "/livehost/heartbeat"):
        patch.send(address, "sss", "a", "b", "c")
    assert patch.settle() == []
    assert server.counters["ignored"] == 4


def test_several_clients_each_get_what_is_theirs(new_patch):
    one, two = new_patch(), new_patch()
    one.send(GAIN, "f", -60.0)
    one.settle()
    assert two.ask(GAIN) == (GAIN, -60.0)
    assert one.waiting() == []


# subscriptions


def test_a_new_subscriber_is_told_how_things_stand(patch, new_patch, sender):
    ears = new_patch()
    patch.send("/livehost/subscribe", "fsf", float(ears.port), "state", 0.0)
    ears.confirm()
    heard = [m for _ in range(40) for m in ears.waiting()]
    assert {m[0] for m in heard} == {row.path for row in READABLE}
    assert sender.subscribers == [("127.0.0.1", ears.port)]
    patch.send("/livehost/subscribe", "is", ears.port, "state")  # renewed: no second snapshot
    patch.settle()
    assert ears.hear() == [("/livehost/synced", 77)]
    patch.send("/livehost/unsubscribe", "i", ears.port)
    patch.settle()
    assert sender.subscribers == []


def test_a_change_is_told_to_all_but_the_one_who_made_it(new_patch, control):
    one, two = new_patch(), new_patch()
    for patch in (one, two):
        patch.send("/livehost/subscribe", "is", 0, "state")
        patch.settle()
        patch.waiting()
    one.send("/livehost/model/density", "f", 0.25)
    assert two.hear() == [("/livehost/model/density", 0.25)]
    assert one.settle() == []
    control.settings.set("player.density", 0.75, "osc")  # somebody at the keyboard
    assert one.hear() == [("/livehost/model/density", 0.75)]
    assert two.hear() == [("/livehost/model/density", 0.75)]


def test_what_is_not_new_is_not_told(new_patch, control):
    one, two = new_patch(), new_patch()
    two.send("/livehost/subscribe", "is", 0, "state")
    two.settle()
    two.waiting()
    for value in (0.25, 0.25, 0.25):
        one.send("/livehost/model/density", "f", value)
    one.send("/livehost/model/follow", "f", 0.5)  # as it was
    one.settle()
    assert two.settle() == [("/livehost/model/density", 0.25)]


def test_subscribing_to_what_there_is_not(patch):
    heard = patch.ask("/livehost/subscribe", "is", 0, "everything")
    assert heard[:3] == ("/livehost/error", "type", "/livehost/subscribe")
    assert "state, event, meter" in heard[3]


def test_there_is_an_end_to_subscribers(patch, sender):
    for port in range(1, 65):
        sender.subscribe(("127.0.0.1", port), "log")
    assert patch.ask("/livehost/subscribe", "is", 0, "log")[:2] == ("/livehost/error", "refused")


# time


@pytest.fixture
def timed(control, sender):
    """A dispatcher with a clock of its own and what it answers."""

    class Timed:
        now = 1000.0

    answers = []
    timed = Timed()
    timed.dispatcher = Dispatcher(control, sender, lambda p, _: answers.append(p), clock=lambda: timed.now)
    timed.packet = lambda packet, sender=1: timed.dispatcher.packet(packet, ("127.0.0.1", sender))
    timed.answers = answers
    control.began = 1000.0
    return timed


def test_a_voice_is_stamped_with_its_frame(timed, control):
    timed.dispatcher.packet(wire.bundle([wire.encode("/livehost/bank/play", "i", 1)], 1000.25), ("127.0.0.1", 1))
    timed.dispatcher.packet(wire.bundle([wire.encode("/livehost/bank/play", "i", 2)], 999.0), ("127.0.0.1", 1))
    assert control.calls == [("play", 1, 0.0, 250), ("play", 2, 0.0, NOW)]


def test_other_messages_wait_and_nobody_sleeps(timed, control):
    later = wire.bundle([wire.encode(GAIN, "f", -9.0), wire.encode("/livehost/reset")], 1000.25)
    sooner = wire.bundle([wire.encode("/livehost/approve")], 1000.125)
    timed.dispatcher.packet(later, ("127.0.0.1", 1))
    timed.dispatcher.packet(sooner, ("127.0.0.1", 1))
    assert control.calls == [("prepare", "master.gain_db", -9.0, 250)]  # the audio thread does it on its frame
    control.calls.clear()
    assert timed.dispatcher.tick() == 0.125
    timed.now = 1000.125
    assert timed.dispatcher.tick() == 0.125
    timed.now = 1001.0
    assert timed.dispatcher.tick() == 1.0
    assert control.calls == [("steer", "approve"), ("set", "master.gain_db", -9.0), ("reset",)]


def test_panic_drops_what_waits_but_no_setting(timed, control):
    timed.packet(wire.bundle([wire.encode("/livehost/reset"), wire.encode(GAIN, "f", -9.0)], 1000.25))
    timed.packet(wire.encode("/panic"))
    timed.packet(wire.encode("/livehost/mute", "i", 1))  # right behind it
    timed.now = 1001.0
    timed.dispatcher.tick()
    assert control.calls == [
        ("prepare", "master.gain_db", -9.0, 250), ("panic", 10.0), ("set", "master.mute", 1),
        ("set", "master.gain_db", -9.0),
    ]  # fmt: skip


def test_what_cannot_be_set_is_refused_before_its_time(timed, control):
    timed.packet(wire.bundle([wire.encode(GAIN, "s", "loud"), wire.encode(GAIN, "f", 99.0)], 1000.25))
    (answer,) = timed.answers
    assert wire.decode(answer)[0].args[:2] == ("type", GAIN)
    assert control.calls == [("prepare", "master.gain_db", 12.0, 250)]  # clamped
    timed.now = 1001.0
    timed.dispatcher.tick()
    assert control.calls[1:] == [("set", "master.gain_db", 12.0)]


def test_a_panic_is_carried_out_at_once_whatever_its_time(timed, control):
    for address in ("/panic", "/livehost/stop", "/livehost/quit"):
        timed.packet(wire.bundle([wire.encode(address)], 1000.25))
    assert control.calls == [("panic", 10.0), ("stop",), ("quit",)]


def test_what_was_sent_before_a_panic_neither_plays_nor_starts(timed, control):
    play, start = (wire.decode(wire.encode(*m))[0] for m in (("/livehost/bank/play", "i", 1), ("/livehost/start",)))
    here = ("127.0.0.1", 1)
    timed.packet(wire.encode("/panic"))
    timed.dispatcher.message(Delivery(start, here, 0, 0))  # it stood in a queue meanwhile
    assert control.urgent.gate.is_shut
    timed.dispatcher.message(Delivery(play, here, 0, 1))
    timed.dispatcher.message(Delivery(start, here, 0, 1))
    assert not control.urgent.gate.is_shut
    timed.dispatcher.message(Delivery(play, here, 0, 0))
    assert control.calls == [("panic", 10.0), ("resume", 0), ("resume", 1)]
    timed.dispatcher.message(Delivery(play, here, 0, 1))
    assert control.calls[3:] == [("play", 1, 0.0, NOW)]


def test_what_one_sender_may_have_wait_leaves_room_for_others(timed, control):
    batch = wire.bundle([wire.encode("/livehost/reset")] * (QUOTA + 1), 1030.0)
    for _ in range(2):
        timed.packet(batch)
    assert timed.dispatcher.counters["refused"] == QUOTA + 2
    assert {m.args[0] for p in timed.answers for m in wire.decode(p)} == {"busy"}
    timed.packet(batch, sender=2)
    assert timed.dispatcher.counters["refused"] == QUOTA + 3
    timed.now = 1030.0
    timed.dispatcher.tick()
    assert len(control.calls) == 2 * QUOTA
    timed.now = 1000.0
    timed.packet(batch)
    assert timed.dispatcher.counters["refused"] == QUOTA + 4


def test_future_notes_are_counted_until_their_time(timed, control):
    notes = [wire.encode("/livehost/bank/play", "i", k % 5) for k in range(300)]
    for sender in range(1, 5):
        for _ in range(2):
            timed.packet(wire.bundle(notes, 1002.0), sender)
    assert len(control.calls) == NOTES == 1024  # 512 of the first, 512 of the second
    timed.now = 1002.0
    timed.dispatcher.tick()
    timed.now = 1003.0
    timed.packet(wire.bundle(notes, 1004.0), 3)
    assert len(control.calls) == NOTES + 300


def test_a_panic_gives_the_places_of_future_notes_back(timed, control):
    notes = wire.bundle([wire.encode("/livehost/bank/play", "i", 1)] * QUOTA, 1002.0)
    timed.packet(notes)
    timed.packet(wire.encode("/panic"))
    timed.packet(wire.encode("/livehost/start"))
    timed.packet(notes)
    assert len([c for c in control.calls if c[0] == "play"]) == 2 * QUOTA


def test_a_time_beyond_the_horizon_is_refused_with_what_may_be_wrong(timed, control):
    timed.packet(wire.bundle([wire.encode("/livehost/bank/play", "i", 1)], 4600.0))
    (error,) = wire.decode(timed.answers[0])
    assert error.args[:2] == ("late", "/livehost/bank/play")
    assert error.args[2] == "Its time is 3,600 s ahead; livehost plans 60 s. Are both clocks right?"
    assert control.calls == []


# the network at its worst


def test_errors_are_not_a_second_flood(timed, control):
    for _ in range(5 * ERRORS_PER_SECOND):
        timed.packet(wire.encode("/no"))
    assert ERRORS_PER_SECOND <= len(timed.answers) < 2 * ERRORS_PER_SECOND
    assert timed.dispatcher.counters["unanswered"] == 5 * ERRORS_PER_SECOND - len(timed.answers)
    timed.packet(wire.encode("/no"), sender=2)  # who did nothing wrong before is told
    assert timed.dispatcher.counters["unanswered"] == 5 * ERRORS_PER_SECOND + 1 - len(timed.answers)
    assert control.refusals[-1] == ("unknown", "/no", "There is no address /no.")


def test_random_datagrams(control, sender):
    noise = random.Random(1)
    answers = []
    dispatcher = Dispatcher(control, sender, lambda p, _: answers.append(p))
    heads = [b"", b"/livehost/", b"/livehost/mute\0\0,", b"#bundle\0\0\0\0\0\0\0\0\1", b"/*\0\0,i\0\0"]
    for i in range(100_000):
        dispatcher.packet(heads[i % 5] + noise.randbytes(noise.randrange(64)), ("127.0.0.1", 1))
    counters = dispatcher.counters
    assert counters["malformed"] > 50_000
    assert counters["messages"] > 10_000
    assert len(answers) < 4000


def test_random_datagrams_do_not_stop_the_server(patch, server):
    noise = random.Random(2)
    for size in [0, 1, 3, 1400, 9000, 65_507, *(noise.randrange(200) for _ in range(2000))]:
        patch.raw(noise.randbytes(size))
    patch.raw(b"#bundle\0" + struct.pack(">Qi", 1, -4))
    patch.raw(wire.encode("/livehost/model/top_k", "i" * 12_000, *range(12_000)))
    patch.raw(wire.encode("/" + "x" * 65_000))
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        patch.send("/livehost/ping")
        patch.socket.settimeout(0.2)
        with contextlib.suppress(TimeoutError):
            if ("/livehost/pong", API, "1.2.3") in patch.hear():
                break
    else:
        pytest.fail("the server does not answer any more")
    assert server.counters["malformed"] > 0


# ports


def test_a_taken_port_gives_way_to_the_next_free_one(control):
    with contextlib.ExitStack() as stack:
        taken = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        sender = stack.enter_context(contextlib.closing(OscSender(f"127.0.0.1:{port + 1}")))
        server = stack.enter_context(contextlib.closing(OscServer(control, "127.0.0.1", port, sender)))
        assert port + 2 <= server.port <= port + 20  # the port after it is where we send to
        assert server.notices == [f"OSC port {port} is taken; livehost listens at {server.port} instead."]


def test_a_free_port_needs_no_words(server):
    assert server.notices == []


@pytest.mark.parametrize(
    ("bind", "port", "words"), [("203.0.113.1", 17770, "203.0.113.1:17770"), ("no such host", 17770, "no such host")]
)
def test_an_address_that_is_not_ours(control, sender, bind, port, words):
    with pytest.raises(LivehostError, match=words):
        OscServer(control, bind, port, sender)


def test_closing_ends_the_thread_and_frees_the_port(control, sender):
    server = OscServer(control, "127.0.0.1", 0, sender)
    server.close()
    server.close()
    assert not {"livehost OSC", "livehost OSC reader"} & {t.name for t in threading.enumerate()}
    again = OscServer(control, "127.0.0.1", server.port, sender)
    assert again.port == server.port
    again.close()


def test_models_banks_and_contexts_are_called_by_name(patch, control):
    patch.send("/livehost/model/load", "s", "small")
    patch.send("/livehost/bank/load", "s", "drums")
    patch.send("/livehost/model/context/load", "s", "yesterday")
    patch.send("/livehost/model/context/save", "s", "today")
    patch.send("/livehost/model/context/clear")
    assert patch.settle() == []
    assert control.calls == [
        ("load", "model", "small"), ("load", "bank", "drums"), ("load", "context", "yesterday"), ("save", "today"),
        ("reset", "part 0"),
    ]  # fmt: skip
    assert patch.ask("/livehost/model/context/length") == ("/livehost/model/context/length", 0)


def test_a_bank_grows_by_a_model_like_any_number_of_its_sounds(patch, control):
    patch.send("/livehost/bank/grow", "s", "mel-vqvae")
    patch.send("/livehost/bank/grow", "sisss", "mel-vae", 5000, "kick.wav", "3", "snare")
    patch.send("/livehost/part/1/bank/grow", "si", "mel-vae", 9)
    patch.send("/livehost/bank/grow/stop")
    assert patch.settle() == []
    assert control.calls == [
        ("grow", "mel-vqvae", 50), ("grow", "mel-vae", 1000, "kick.wav", "3", "snare"),
        ("grow", "mel-vae", 9, "part 1"), ("stop growing",),
    ]  # fmt: skip
    patch.send("/livehost/bank/grow", "sisi", "mel-vae", 9, "kick", 3)
    ((address, code, path, _),) = patch.settle()
    assert (address, code, path) == ("/livehost/error", "type", "/livehost/bank/grow")
