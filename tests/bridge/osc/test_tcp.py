"""OSC over TCP: the same messages, whole however long they are, and no connection that stops anything."""

import contextlib
import errno
import socket
import struct
import threading

import pytest

from livehost.bridge.osc import slip, tcp, wire
from livehost.bridge.osc.addresses import READABLE
from livehost.bridge.osc.sender import OscSender, over_tcp
from livehost.bridge.osc.server import OscServer, networks
from livehost.bridge.osc.tcp import OscTcp
from livehost.bridge.osc.urgent import MUTE, PANIC, QUIT, STOP
from livehost.bridge.osc.urgent_call import UrgentCall
from tests.bridge.fakes import Patch
from tests.bridge.osc.test_server import until


class Line:
    """A program at the other end of a TCP connection."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 5)
        self.port = self.socket.getsockname()[1]
        self._decoder, self.packets = slip.SlipDecoder(1 << 20), []

    def send(self, address, types="", *args):
        self.socket.sendall(slip.encode(wire.encode(address, types, *args)))

    def packet(self):
        while not self.packets:
            data = self.socket.recv(65_536)
            assert data, "the connection was closed"
            self.packets += self._decoder.feed(data)
        return self.packets.pop(0)

    def hear(self):
        return [(m.address, *m.args) for m in wire.decode(self.packet())]

    def ask(self, address, types="", *args):
        self.send(address, types, *args)
        return self.hear()

    def settle(self):
        self.send("/livehost/sync", "i", 77)
        heard = []
        while ("/livehost/synced", 77) not in heard:
            heard += self.hear()
        return heard[:-1]


@pytest.fixture
def new_line(server):
    with contextlib.ExitStack() as stack:

        def new():
            line = Line(server.port)
            stack.callback(line.socket.close)
            return line

        yield new


@pytest.fixture
def line(new_line):
    return new_line()


def test_it_speaks_at_the_same_port_as_over_udp(line, control):
    assert line.ask("/livehost/ping") == [("/livehost/pong", 1, "1.2.3")]
    line.send("/livehost/master/gain_db", "f", -6.0)
    assert line.settle() == []
    assert control.settings["master.gain_db"] == -6.0
    assert control.settings.by("master.gain_db") == f"osc tcp 127.0.0.1:{line.port}"
    assert line.ask("/livehost/master/gain_db", "i", 99) == [("/livehost/master/gain_db", 12.0)]
    assert line.ask("/livehost/nothing")[0][:2] == ("/livehost/error", "unknown")


def test_a_long_answer_comes_whole(line, control):
    control.scenes = lambda: [f"a scene with a long name, number {k}" for k in range(3000)]
    (answer,) = line.ask("/livehost/scene/list")
    assert len(answer) == 3001
    line.send("/livehost/dump")
    (first, *more) = [line.hear()]
    assert not more
    assert len(first) == len(READABLE)  # over UDP it takes many packets


def test_a_stream_goes_back_the_same_way_and_ends_with_the_connection(line, sender, server):
    line.send("/livehost/subscribe", "is", 0, "event")
    assert line.settle() == []
    assert sender.subscribers == [over_tcp("127.0.0.1", line.port)]
    sender.event({"kind": "phrase", "onset_frame": 7, "onsets": 3})
    assert line.hear() == [("/livehost/event/phrase", 7, 3)]
    line.socket.close()
    until(lambda: sender.subscribers == [])


def test_who_changes_a_setting_is_not_told_of_it_and_others_are(line, new_line, patch, server):
    other = new_line()
    for one in (line, other):
        one.send("/livehost/subscribe", "is", 0, "state")
        one.settle()
    line.send("/livehost/master/gain_db", "f", -3.0)
    assert ("/livehost/master/gain_db", -3.0) in other.hear()
    assert line.settle() == []


def test_a_port_that_a_connection_names_is_one_of_udp_and_has_to_confirm(line, patch, sender):
    line.send("/livehost/subscribe", "is", patch.port, "event")
    line.settle()
    patch.confirm()
    assert sender.subscribers == [("127.0.0.1", patch.port)]


def test_panic_stop_mute_and_quit_wait_for_no_message_before_them(line, control):
    release = threading.Event()
    control.save_context = lambda *_: release.wait(20)
    line.send("/livehost/model/context/save", "s", "x")
    for k in range(100):
        line.send("/livehost/bank/play", "i", k % 5)
    line.send("/livehost/mute", "i", 1)
    line.send("/livehost/quit")
    line.send("/panic")
    until(lambda: control.urgent.gate.is_shut and control.urgent.muted and control.urgent.quits)
    assert control.calls == []
    release.set()
    line.settle()
    assert [c for c in control.calls if c[0] in ("play", "panic", "quit")] == []  # older than the panic, or done


def test_urgent_messages_are_found_as_they_are_over_udp(control):
    call = UrgentCall(control.urgent)
    messages = {"/panic": PANIC, "/livehost/stop": STOP, "/livehost/quit": QUIT, "/livehost/start": 0}
    assert [call(wire.encode(address)) for address in messages] == list(messages.values())
    assert call(wire.bundle([wire.encode("/livehost/mute", "f", 1.0), wire.encode("/panic")])) == MUTE | PANIC
    assert call(b"") == 0


def test_rubbish_costs_nobody_else_anything(new_line, line, server):
    bad, endless = new_line(), new_line()
    bad.socket.sendall(b"GET / HTTP/1.1\r\n\r\n" + slip.END + slip.encode(b"#bundle\0" + bytes(20)))
    codes = [bad.hear()[0][1] for _ in range(2)]
    assert codes == ["malformed", "malformed"]
    with contextlib.suppress(OSError):
        for _ in range(40):
            endless.socket.sendall(bytes(1 << 16))
    with contextlib.suppress(ConnectionError):
        assert endless.socket.recv(10) == b""  # no packet is that long: it was closed
    assert line.ask("/livehost/ping")[0][0] == "/livehost/pong"


def test_a_client_that_does_not_read_loses_packets_that_are_counted(line, sender, server, monkeypatch):
    monkeypatch.setattr(tcp, "MAX_WAITING", 10_000)
    line.send("/livehost/subscribe", "is", 0, "log")
    line.settle()
    for _ in range(1000):
        sender.event({"kind": "log", "level": "info", "text": "x" * 200})
        if sender.dropped:
            break
    else:
        line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        while not sender.dropped:
            sender.event({"kind": "log", "level": "info", "text": "x" * 200})
    patch = Patch(server.port)
    assert patch.ask("/livehost/ping")[0] == "/livehost/pong"
    patch.socket.close()
    assert line.hear()[0][0] == "/livehost/log"  # what it gets is whole


def test_so_many_connections_and_no_more(new_line, monkeypatch):
    monkeypatch.setattr(tcp, "MAX_CONNECTIONS", 3)
    lines = [new_line() for _ in range(3)]
    for line in lines:
        line.settle()
    turned_away = new_line()
    with contextlib.suppress(ConnectionError):
        turned_away.send("/livehost/ping")
        assert turned_away.socket.recv(10) == b""
    lines[0].socket.close()
    until(lambda: _answers(new_line))
    assert lines[1].ask("/livehost/ping")[0][0] == "/livehost/pong"


def _answers(new_line):
    try:
        return new_line().ask("/livehost/ping")[0][0] == "/livehost/pong"
    except (ConnectionError, AssertionError):
        return False


def test_a_connection_that_is_reset_is_gone(line, sender):
    line.send("/livehost/subscribe", "is", 0, "event")
    line.settle()
    line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.socket.close()
    until(lambda: sender.subscribers == [])


def test_who_may_not_speak_may_not_connect():
    got = []
    allow = networks("192.168.1.0/24")
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    with contextlib.closing(OscTcp(listening, allow, lambda *a: got.append(a), lambda _: None)) as server:
        with socket.create_connection(("127.0.0.1", port), 5) as sock:
            sock.sendall(slip.encode(b"/a\0\0"))
            until(lambda: got)  # this computer always may
        server._allow = allow
        with socket.create_connection(("127.0.0.1", port), 5) as sock, contextlib.suppress(ConnectionError):
            assert sock.recv(10) == b""
    assert len(got) == 1


def test_a_taken_port_leaves_udp_and_is_said(control):
    with contextlib.closing(OscSender()) as sender, socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with contextlib.closing(OscServer(control, "127.0.0.1", port, sender)) as server:
            assert server.port == port
            assert server.notices == [f"TCP port {port} is taken: OSC comes over UDP only."]
            patch = Patch(port)
            assert patch.ask("/livehost/ping")[0] == "/livehost/pong"
            patch.socket.close()


def test_a_port_that_the_system_chooses_is_free_over_tcp_too(control, monkeypatch):
    create, tried = socket.create_server, []

    def taken_twice(address):
        tried.append(address)
        if len(tried) <= 2:
            raise OSError(errno.EADDRINUSE, "taken")
        return create(address)

    monkeypatch.setattr(socket, "create_server", taken_twice)
    with contextlib.closing(OscSender()) as sender, contextlib.closing(OscServer(control, "127.0.0.1", 0, sender)) as s:
        assert len(tried) == 3
        assert s.port == tried[-1][1]
        assert s.notices == []
        line = Line(s.port)
        assert line.ask("/livehost/ping")[0][0] == "/livehost/pong"
        line.socket.close()
