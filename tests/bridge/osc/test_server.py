"""The server as the network finds it: what goes past every queue, who is heard, where answers and streams go."""

import contextlib
import socket
import threading
import time
from functools import partial

import pytest

from livehost.bridge.osc import server as server_module
from livehost.bridge.osc import wire
from livehost.bridge.osc.sender import BYTES_AT_ONCE, BYTES_PER_SECOND, OscSender
from livehost.bridge.osc.server import OscServer, networks
from livehost.bridge.token_bucket import TokenBucket
from livehost.errors import LivehostError
from tests.bridge.fakes import FakeControl, Patch


def until(true, timeout_s=15.0):
    deadline = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.fixture
def blocked(server, control):
    """A server whose thread is held in the middle of a message, and what lets it go."""
    release = threading.Event()
    control.save_context = lambda *_: release.wait(20)
    patch = Patch(server.port)
    patch.send("/livehost/model/context/save", "s", "x")
    time.sleep(0.05)
    yield patch
    release.set()
    patch.settle()
    patch.socket.close()


def test_panic_stop_mute_and_quit_wait_for_no_message_before_them(blocked, control):
    for k in range(300):
        blocked.send("/livehost/bank/play", "i", k % 5)
    blocked.send("/livehost/mute", "i", 1)
    blocked.send("/livehost/quit")
    blocked.send("/panic")
    until(lambda: control.urgent.gate.is_shut)
    assert control.urgent.muted
    assert control.urgent.quits
    assert control.calls == []  # Python has not come to any of it


def test_what_python_comes_to_later_neither_plays_nor_panics_again(server, control):
    release = threading.Event()
    control.save_context = lambda *_: release.wait(20)
    patch = Patch(server.port)
    patch.send("/livehost/model/context/save", "s", "x")
    for k in range(50):
        patch.send("/livehost/bank/play", "i", k % 5)
    patch.send("/livehost/mute", "i", 1)
    patch.send("/panic")
    patch.send("/livehost/mute", "i", 0)
    until(lambda: control.urgent.gate.is_shut)
    release.set()
    patch.settle()
    assert [c for c in control.calls if c[0] in ("play", "panic")] == []
    assert control.settings["master.mute"] is False
    assert control.urgent.gate.word == 1
    patch.send("/livehost/start")
    patch.send("/livehost/bank/play", "i", 3)
    patch.settle()
    assert control.calls[-2:] == [("resume", 1), ("play", 3, 0.0, -1)]
    patch.socket.close()


def test_a_flood_of_one_sender_holds_up_no_other(server, control):
    slow = control.play

    def play(*arguments):
        time.sleep(0.0005)
        slow(*arguments)

    control.play = play
    flooder, other = Patch(server.port), Patch(server.port)
    bundle = wire.bundle([wire.encode("/livehost/bank/play", "i", k % 5) for k in range(2000)])
    for _ in range(3):
        flooder.raw(bundle)
    time.sleep(0.02)
    played = len(control.calls)
    assert other.ask("/livehost/ping")[0] == "/livehost/pong"
    assert len(control.calls) - played < 100  # of 6,000 that came before
    for patch in (flooder, other):
        patch.socket.close()


def test_who_sends_more_than_can_be_carried_out_is_told_so(server, control):
    begun, release = threading.Event(), threading.Event()
    control.save_context = lambda *_: (begun.set(), release.wait(20))
    patch = Patch(server.port)
    patch.send("/livehost/model/context/save", "s", "x")
    assert begun.wait(15)
    for k in range(1500):
        patch.send("/livehost/bank/play", "i", k % 5)
    until(lambda: server.counters["packets"] == 1501)
    release.set()
    until(lambda: len(control.calls) == 1024)
    told = [m for m in patch.waiting() if m[:2] == ("/livehost/error", "busy")]
    assert server.counters["refused"] == 1500 - 1024
    assert "Packets come faster than they can be carried out: 476 of yours were left out." in [m[3] for m in told]
    patch.socket.close()


# who is heard


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("192.168.1.7", ["192.168.1.7/32"]),
        ("192.168.1.7/24, 10.0.0.0/8", ["192.168.1.0/24", "10.0.0.0/8"]),
        ("localhost", ["127.0.0.1/32"]),
    ],
)
def test_who_may_speak_is_read_from_words(text, found):
    assert [str(n) for n in networks(text)] == found


@pytest.mark.parametrize("text", ["300.1.1.1", "no such host", "10.0.0.0/33", "::1"])
def test_nonsense_is_a_sentence(text):
    with pytest.raises(LivehostError, match="--osc-allow wants an address"):
        networks(text)


def own_address():
    """An address of this computer that is not loopback, None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, contextlib.suppress(OSError):
        sock.connect(("192.0.2.1", 9))
        return sock.getsockname()[0]
    return None


@pytest.fixture
def abroad():
    address = own_address()
    if address is None or address.startswith("127."):
        pytest.skip("this computer has loopback only")
    return address


def test_beyond_this_computer_it_warns_and_hears_only_who_may(abroad, control, sender):
    with contextlib.closing(OscServer(control, "0.0.0.0", 0, sender)) as server:
        assert server.notices == [
            "Every computer that reaches 0.0.0.0 can control livehost over OSC; --osc-allow HOST says who may."
        ]
    with contextlib.closing(OscServer(control, "0.0.0.0", 0, sender, networks("198.51.100.0/24"))) as server:
        assert server.notices == []
        stranger, here = Patch(server.port), Patch(server.port)
        stranger.server = (abroad, server.port)
        stranger.socket.close()
        stranger.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        stranger.socket.bind((abroad, 0))
        stranger.send("/panic")
        stranger.send("/livehost/mute", "i", 1)
        stranger.send("/livehost/bank/play", "i", 1)
        until(lambda: server.counters["denied"] == 3)
        assert here.ask("/livehost/ping")[0] == "/livehost/pong"
        assert server.denied == (3, abroad)
        until(lambda: control.refusals)
        assert control.refusals == [
            ("denied", "", f"{abroad} sends, and is not listened to; --osc-allow {abroad} would.")
        ]
        assert control.calls == []
        assert not control.urgent.gate.is_shut
        assert not control.urgent.muted
        here.send("/panic")
        until(lambda: control.urgent.gate.is_shut)
        for patch in (stranger, here):
            patch.socket.close()


# where streams go


def test_another_target_gets_nothing_but_a_question_until_it_confirms(patch, new_patch, sender):
    victim = new_patch()
    for _ in range(20):
        patch.send("/livehost/subscribe", "is", victim.port, "all")
        patch.send("/livehost/subscribe", "isf", victim.port, "heads", 200.0)
    patch.settle()
    for k in range(100):
        sender.event({"kind": "heartbeat", "seq": k, "state": "running"})
    sender.tick()
    heard = victim.waiting()
    assert [m[0] for m in heard] == ["/livehost/confirm"]
    assert sender.subscribers == []
    patch.send("/livehost/confirm", "i", heard[0][1] ^ 1)
    assert [m[1] for m in patch.settle()] == ["refused"]
    patch.send("/livehost/confirm", "i", heard[0][1])  # from its host, which is enough
    patch.settle()
    assert sender.subscribers == [("127.0.0.1", victim.port)]
    assert {m[0] for m in victim.waiting()} >= {"/livehost/status"}
    patch.send("/livehost/subscribe", "is", victim.port, "all")  # renewed: no second question
    patch.settle()
    assert victim.hear() == [("/livehost/synced", 77)]


def test_who_asks_for_itself_on_this_computer_is_believed(patch, sender):
    patch.send("/livehost/subscribe", "is", 0, "event")
    patch.settle()
    assert sender.subscribers == [("127.0.0.1", patch.port)]


def test_from_elsewhere_even_who_asks_for_itself_confirms(abroad, control, sender):
    with contextlib.closing(OscServer(control, "0.0.0.0", 0, sender)) as server:
        patch = Patch(server.port)
        patch.socket.close()
        patch.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        patch.socket.bind((abroad, 0))
        patch.socket.settimeout(5)
        patch.server = (abroad, server.port)
        patch.send("/livehost/subscribe", "is", 0, "all")
        ((address, number),) = patch.hear()
        assert address == "/livehost/confirm"
        assert sender.subscribers == []
        patch.send("/livehost/confirm", "i", number)
        until(lambda: sender.subscribers)
        patch.socket.close()


def test_a_stranger_gets_no_more_answers_than_its_budget(abroad, control, sender):
    """A sender's address may be made up: whoever has it must not be flooded."""
    with contextlib.closing(OscServer(control, "0.0.0.0", 0, sender)) as server:
        ears = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        ears.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        ears.bind((abroad, 0))
        ears.settimeout(0.5)
        dumps = wire.bundle([wire.encode("/livehost/dump")] * 500)
        ears.sendto(dumps, (abroad, server.port))
        size = 0
        with contextlib.suppress(TimeoutError):
            while True:
                size += len(ears.recv(65_535))
        assert 0 < size < 40_000
        assert server.counters["lost_replies"] > 2000
        ears.close()


def test_who_is_not_here_gets_16_kilobytes_at_once_and_4_a_second(control, sender, monkeypatch):
    class Clock:
        now = 0.0

        def __call__(self):
            return self.now

    clock, packet, stranger = Clock(), bytes(1000), ("127.0.0.1", 9)
    monkeypatch.setattr(server_module, "TokenBucket", partial(TokenBucket, clock=clock))
    monkeypatch.setattr(server_module, "is_here", lambda host: host != stranger[0])
    with contextlib.closing(OscServer(control, "127.0.0.1", 0, sender)) as server:

        def lost(packets):
            before = server.counters["lost_replies"]
            for _ in range(packets):
                server._reply(packet, stranger)
            return server.counters["lost_replies"] - before

        assert lost(20) == 4
        clock.now = 2.0
        assert lost(20) == 12
        sender.subscribe(stranger, "event")  # who has confirmed is known
        assert lost(20) == 0


def test_streams_have_a_budget(sender):
    class Clock:
        now = 0.0

        def __call__(self):
            return self.now

    clock = Clock()
    with contextlib.closing(OscSender(clock=clock)) as sender, contextlib.closing(Patch().socket) as ears:
        address = ears.getsockname()
        sender.subscribe(address, "event")
        text = "x" * 240
        for _ in range(5000):
            sender.event({"kind": "sample", "name": text, "index": 1})
        sent = 5000 - sender.dropped
        assert sent == BYTES_AT_ONCE // len(
            wire.encode("/livehost/event/sample", "isfifffi", 1, text, 0, 0, 0, 0, 0, 0)
        )
        clock.now = 0.1
        before = sender.dropped
        for _ in range(5000):
            sender.event({"kind": "sample", "name": text, "index": 1})
        more = 5000 - (sender.dropped - before)
        assert more == pytest.approx(0.1 * BYTES_PER_SECOND / (BYTES_AT_ONCE / sent), abs=2)


# where answers go


def test_a_fixed_target_hears_the_answers_to_what_came_from_its_host(control):
    """Max's udpsend has no ears at the port that it sends from."""
    ears = Patch()
    with contextlib.ExitStack() as stack:
        sender = stack.enter_context(contextlib.closing(OscSender(f"127.0.0.1:{ears.port}")))
        server = stack.enter_context(contextlib.closing(OscServer(control, "127.0.0.1", 0, sender)))
        mouth = Patch(server.port)
        mouth.send("/livehost/ping")
        assert ears.hear()[0][0] == "/livehost/pong"
        mouth.send("/livehost/mastr/gain_db", "f", 1.0)
        assert ears.hear()[0][:3] == ("/livehost/error", "unknown", "/livehost/mastr/gain_db")
        mouth.send("/livehost/model/temperature")
        assert ears.hear()[0][0] == "/livehost/model/temperature"
        assert len(mouth.waiting()) == 3  # and so does the sender itself
        ears.server = ("127.0.0.1", server.port)
        assert ears.ask("/livehost/ping")[0] == "/livehost/pong"  # once, where both are one
        assert ears.waiting() == []
        mouth.socket.close()
    ears.socket.close()


def test_a_port_that_a_program_subscribed_hears_the_answers_to_it(patch, new_patch):
    """Max hears at udpreceive what udpsend was answered, and needs no --osc-out for that."""
    ears, other = new_patch(), new_patch()
    patch.send("/livehost/subscribe", "is", ears.port, "event")
    ears.confirm()
    patch.settle()
    assert ears.hear() == [("/livehost/synced", 77)]
    patch.send("/livehost/master/gain_db", "f", 99.0)
    assert ears.hear() == patch.hear() == [("/livehost/master/gain_db", 12.0)]  # clamped
    patch.send("/livehost/nonsense")
    assert ears.hear()[0][:2] == patch.hear()[0][:2] == ("/livehost/error", "unknown")
    other.ask("/livehost/ping")
    ears.ask("/livehost/ping")
    assert ears.waiting() == other.waiting() == []  # what others asked is theirs


def test_what_goes_wrong_later_reaches_who_asked(patch):
    patch.send("/livehost/model/load", "s", "broken")
    heard = patch.settle()
    assert heard == [
        ("/livehost/error", "failed", "/livehost/model/load", "The model broken is not used: it is broken.")
    ]


def test_a_thread_that_hangs_in_a_message_is_replaced(monkeypatch, control, sender):
    release = threading.Event()
    control.save_context = lambda *_: release.wait(20)
    with contextlib.closing(OscServer(control, "127.0.0.1", 0, sender)) as server:
        service, _ = server.services
        monkeypatch.setattr(service, "_stall_s", 0.1)
        patch = Patch(server.port)
        patch.send("/livehost/model/context/save", "s", "x")
        until(lambda: service.problem().startswith("The thread of OSC hung"))
        assert patch.ask("/livehost/ping")[0] == "/livehost/pong"
        release.set()
        assert patch.ask("/livehost/ping")[0] == "/livehost/pong"
        patch.socket.close()


def test_fakes_have_what_the_protocol_has():
    from livehost.bridge.control import Control

    names = {name for name in vars(Control) if not name.startswith("_")}
    assert names <= set(dir(FakeControl()))
