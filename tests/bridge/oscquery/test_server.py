"""The OSCQuery server as the network finds it: ports, hostile and slow clients, too many of them, and its end."""

import asyncio
import contextlib
import http.client
import json
import socket

import aiohttp
import pytest

from livehost.bridge.osc import wire
from livehost.bridge.osc.server import networks
from livehost.bridge.oscquery import admission, link, site
from livehost.bridge.oscquery.listen import TRIES, listen
from livehost.bridge.oscquery.server import OscQuery, open_query
from livehost.errors import LivehostError
from livehost.settings import Settings
from tests.bridge.fakes import Patch
from tests.bridge.oscquery.browser import Browser, soon
from tests.test_service import until


def ask(query, path, method="GET", **headers):
    """Status and what is said, by a client that sends what it is told to."""
    connection = http.client.HTTPConnection("127.0.0.1", query.port, timeout=20)
    with contextlib.closing(connection):
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        return response.status, json.loads(body) if body else None, response


def raw(query, data, timeout=20):
    """All that is answered to some bytes, until the server closes."""
    with socket.create_connection(("127.0.0.1", query.port), timeout) as sock:
        sock.sendall(data)
        answer = b""
        while piece := sock.recv(65_536):
            answer += piece
        return answer


# ports


def test_a_taken_port_gives_way_to_the_next_and_that_is_said(new_query):
    first = new_query(port=27_780)
    second = new_query(port=first.port)
    assert second.port > first.port
    assert second.notices == [f"OSCQuery port {first.port} is taken; it is at {second.port} instead."]
    for query in (first, second):
        status, host, _ = ask(query, "/?HOST_INFO")
        assert (status, host["WS_PORT"]) == (200, query.port)


def test_ports_that_are_all_taken_are_a_sentence():
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(contextlib.closing(listen("127.0.0.1", 37_100)))
        base = first.getsockname()[1]
        for port in range(base + 1, base + TRIES + 1):
            with contextlib.suppress(OSError):
                taken = stack.enter_context(socket.socket())
                taken.bind(("127.0.0.1", port))
                taken.listen()
        with pytest.raises(LivehostError) as refused:
            listen("127.0.0.1", base)
        assert str(refused.value) == (
            f"OSCQuery ports {base} to {base + TRIES} are all taken; choose another with osc.query_port."
        )


def test_an_address_that_is_not_there_is_a_sentence_and_the_session_goes_on(control, sender, osc):
    said = []
    values = Settings({"osc.bind": "192.0.2.1", "osc.query_port": 27_900})
    assert open_query(control, values, sender, osc, said.append) is None
    assert said == ["OSCQuery cannot listen at 192.0.2.1:27900: Cannot assign requested address."]


@pytest.mark.parametrize(("port", "osc_in"), [(0, True), (17780, False)])
def test_none_where_none_is_wanted(control, sender, osc, port, osc_in):
    said = []
    assert open_query(control, Settings({"osc.query_port": port}), sender, osc if osc_in else None, said.append) is None
    assert said == []


def test_the_host_says_the_port_of_osc(query, osc):
    assert ask(query, "/?HOST_INFO")[1]["OSC_PORT"] == osc.port


# what may be asked, and by whom


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/livehost/../../etc/passwd", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/livehost/mute%00", 404),
        ("/%ff%fe", 404),
        ("/livehost//mute", 404),
        ("/" + "a/" * 3000, 404),
        ("/livehost/mute?" + "&".join(f"X{k}" for k in range(1000)), 400),
        ("/livehost/mute?" + "VALUE&" * 1000, 200),
        ("/livehost/mute#fragment", 200),
        ("/livehost/mute/", 200),
        ("/livehost/*", 404),
    ],
)
def test_hostile_paths_are_answered(query, path, status):
    got, told, _ = ask(query, path)
    assert got == status
    assert status == 200 or told["ERROR"].endswith(".")


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 1000,
        b"GET /" + b"x" * 1_000_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X%d: y\r\n" % k for k in range(20_000)) + b"\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET http://[/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    ],
    ids=["zeros", "long line", "long header", "many headers", "version", "url", "length"],
)
def test_what_is_no_request_is_refused_and_the_next_is_answered(query, data, capfd):
    with contextlib.suppress(ConnectionError):  # it may close before it has read all of it
        answer = raw(query, data)
        assert not answer or (answer.startswith(b"HTTP/1.") and b" 400 " in answer.partition(b"\r\n")[0])
    assert ask(query, "/livehost/mute?VALUE")[:2] == (200, {"VALUE": [0]})
    assert capfd.readouterr() == ("", "")
    assert query.service.problem() == ""


def test_only_get_asks_and_a_body_of_gigabytes_is_not_waited_for(query):
    head = b"POST /livehost HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000000\r\n\r\n"
    answer = raw(query, head + b"x" * 100_000)
    assert answer.startswith(b"HTTP/1.1 405 ")
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert ask(query, "/livehost/mute", method)[:2] == (405, {"ERROR": "OSCQuery is asked with GET."})
    status, told, _ = ask(query, "/livehost/mute", "HEAD")
    assert (status, told) == (200, None)


def test_a_page_of_another_site_may_neither_ask_nor_play_along(query, control):
    for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
        status, told, response = ask(query, "/livehost/mute", **headers)
        assert status == 403
        assert "evil.example" in told["ERROR"]
        assert response.getheader("Access-Control-Allow-Origin") is None

    async def play():
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with Browser(query.port, {"Origin": "https://evil.example"}):
                pass
        return refused.value.status

    assert asyncio.run(play()) == 403
    status, _, response = ask(query, "/livehost/mute", Origin="http://localhost:8000")
    assert (status, response.getheader("Access-Control-Allow-Origin")) == (200, "http://localhost:8000")


def test_a_computer_that_may_not_send_may_not_ask_either(new_query, monkeypatch):
    monkeypatch.setattr(admission.ipaddress.IPv4Address, "is_loopback", False)
    query = new_query(allow=networks("192.0.2.7"))
    assert ask(query, "/livehost/mute")[:2] == (
        403, {"ERROR": "127.0.0.1 is not listened to; --osc-allow 127.0.0.1 would."},
    )  # fmt: skip


def test_who_asks_for_too_much_is_told_to_listen(query, monkeypatch):
    until(lambda: query._loop is not None)
    monkeypatch.setattr(query._loop.site._bytes, "_a_second", 0.0)
    monkeypatch.setattr(query._loop.site._bytes, "_at_once", 10_000)
    statuses = [ask(query, "/livehost/master")[0] for _ in range(20)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


# clients that do not read, and too many of them


def test_a_client_that_never_reads_is_let_go_and_that_is_told(query, control, sender, monkeypatch):
    monkeypatch.setattr(site, "_STUCK_S", 0.5)
    monkeypatch.setattr(link, "MAX_WAITING", 200_000)

    async def ignore():
        async with Browser(query.port) as other:
            await other.command("LISTEN", "/livehost/event/resumed")
            narrow = socket.socket()
            narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            narrow.connect(("127.0.0.1", query.port))
            reader, writer = await asyncio.open_connection(sock=narrow)
            writer.write(
                b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
            )
            await reader.readuntil(b"\r\n\r\n")
            command = json.dumps({"COMMAND": "LISTEN", "DATA": "/livehost/log"}).encode()
            writer.write(bytes((0x81, 0x80 | len(command), 0, 0, 0, 0)) + command)
            await soon(lambda: len(sender.subscribers) == 2)
            reader._transport.pause_reading()
            for _ in range(10_000):
                control.publish(kind="log", level="info", text="x" * 4000)
            await soon(lambda: bool(control.refusals))
            port = writer.get_extra_info("sockname")[1]
            await soon(lambda: len(sender.subscribers) == 1)
            await asyncio.to_thread(control.publish, kind="resumed")
            assert await other.hear() == ("/livehost/event/resumed",)
            writer.transport.abort()
            await asyncio.sleep(0)
            return port

    port = asyncio.run(ignore())
    assert control.refusals == [
        ("slow", "", f"ws 127.0.0.1:{port} does not read what it listens to, and was let go."),
    ]  # fmt: skip


def test_a_thousand_connections_are_bounded_and_osc_goes_on(query, osc, monkeypatch):
    until(lambda: query._loop is not None)
    patch = Patch(osc.port)
    with contextlib.ExitStack() as stack:
        socks = []
        for _ in range(500):  # both ends of each are in this process
            sock = stack.enter_context(socket.socket())
            sock.settimeout(5)
            sock.connect(("127.0.0.1", query.port))
            socks.append(sock)
            assert len(query._loop.site._born) <= admission.MAX_CONNECTIONS
        assert patch.ask("/livehost/ping")[0] == "/livehost/pong"
        assert socks[-1].recv(100).startswith(b"HTTP/1.1 503 ")
        monkeypatch.setattr(site, "SILENT_S", 0.0)  # those that say nothing are closed after a while
        until(lambda: len(query._loop.site._server.connections) == 0)
    patch.socket.close()
    assert ask(query, "/livehost/mute?VALUE")[:2] == (200, {"VALUE": [0]})


def test_websockets_are_bounded(query):
    async def open_all():
        async with contextlib.AsyncExitStack() as stack:
            for _ in range(admission.MAX_WEBSOCKETS):
                await stack.enter_async_context(Browser(query.port))
            async with aiohttp.ClientSession() as session:
                with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                    await session.ws_connect(f"http://127.0.0.1:{query.port}")
                return refused.value.status

    assert asyncio.run(open_all()) == 503


def test_a_message_that_is_too_long_ends_its_connection_and_no_other(query):
    async def send():
        async with Browser(query.port) as browser, Browser(query.port) as other:
            await browser.socket.send_bytes(bytes(100_000))
            assert (await browser.socket.receive(10)).type is aiohttp.WSMsgType.CLOSE
            await other.send("/livehost/ping")
            assert (await other.hear())[0] == "/livehost/pong"

    asyncio.run(send())


def test_a_flood_of_one_holds_up_no_other(query, control, monkeypatch):
    until(lambda: query._loop is not None)
    monkeypatch.setattr(query._loop.site._messages, "_a_second", 2000.0)
    monkeypatch.setattr(query._loop.site._messages, "_at_once", 100.0)

    async def flood():
        async with Browser(query.port) as browser, Browser(query.port) as other:
            for k in range(1500):
                await browser.send("/livehost/bank/play", "i", k % 5)
            await other.send("/livehost/ping")
            assert (await other.hear())[0] == "/livehost/pong"
            assert len(control.calls) < 1500
            await soon(lambda: len(control.calls) == 1500)  # and nothing is lost: the rest waited on its way

    asyncio.run(flood())


def test_panic_over_a_websocket_waits_for_nothing_before_it(query, control):
    import threading

    begun, release = threading.Event(), threading.Event()
    control.save_context = lambda *_: (begun.set(), release.wait(20))

    async def press():
        async with Browser(query.port) as browser:
            await browser.send("/livehost/model/context/save", "s", "x")
            await asyncio.to_thread(begun.wait, 15)
            await browser.socket.send_bytes(wire.bundle([wire.encode("/livehost/mute", "i", 1), wire.encode("/panic")]))
            await soon(lambda: control.urgent.gate.is_shut and control.urgent.muted)
            release.set()
            await browser.settle()

    asyncio.run(press())
    assert [call[0] for call in control.calls] == ["set"]  # and the panic is not carried out a second time
    assert control.urgent.gate.word == 1


# its end


def test_it_ends_with_clients_connected_and_before_it_has_begun(control, sender, osc):
    query = OscQuery(control, sender, osc, "127.0.0.1", 0)
    query.close()
    query = OscQuery(control, sender, osc, "127.0.0.1", 0)
    query.start()
    idle = socket.create_connection(("127.0.0.1", query.port))

    async def stay():
        async with Browser(query.port) as browser:
            await browser.command("LISTEN", "/livehost/status")
            await browser.settle()
            await asyncio.to_thread(query.close)
            assert (await browser.socket.receive(10)).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)

    asyncio.run(stay())
    assert not query.service.is_current()
    assert sender.subscribers == []
    idle.close()
    query.close()


def test_a_fault_of_ours_is_told_and_it_goes_on(query, control, monkeypatch):
    def broken():
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(control, "info", broken)
    status, told, _ = ask(query, "/livehost/info/block?VALUE")
    assert (status, told) == (500, {"ERROR": "That failed: RuntimeError: a fault of ours."})
    until(lambda: query.service.problem() == "A turn of OSCQuery failed (RuntimeError: a fault of ours); it goes on.")
    assert ask(query, "/livehost/mute?VALUE")[0] == 200
