"""A client's connection: what is put in comes out in order, what it listens to and nothing else, and never too much."""

import asyncio

import pytest

from livehost.bridge.osc import wire
from livehost.bridge.osc.sender import is_tcp, named, over_tcp, over_websocket, writer
from livehost.bridge.oscquery import link as link_module
from livehost.bridge.oscquery.link import Link
from livehost.bridge.subscriptions import MAX_SUBSCRIBERS
from livehost.errors import LivehostError


@pytest.fixture
def run(sender, osc):
    """Runs a coroutine that gets a link."""

    def run(work):
        async def go():
            link = Link("127.0.0.1", 4000, sender, osc, asyncio.get_running_loop())
            try:
                return await work(link)
            finally:
                link.close()

        return asyncio.run(go())

    return run


def listen(path):
    return f'{{"COMMAND": "LISTEN", "DATA": "{path}"}}'


def test_packets_come_out_in_order_and_all_at_once(run):
    async def work(link):
        assert [link.put(b"%d" % k) for k in range(5)] == [True] * 5
        first = await link.take()
        link.put(b"later")
        return first, await link.take()

    assert run(work) == ([b"0", b"1", b"2", b"3", b"4"], [b"later"])


def test_from_another_thread_it_is_woken(run):
    async def work(link):
        waiting = asyncio.create_task(link.take())
        await asyncio.sleep(0)
        await asyncio.to_thread(link.put, b"x")
        return await asyncio.wait_for(waiting, 10)

    assert run(work) == [b"x"]


def test_what_is_too_much_is_not_taken_and_taking_makes_no_room_again(run, monkeypatch):
    monkeypatch.setattr(link_module, "MAX_WAITING", 100)

    async def work(link):
        assert link.put(bytes(60))
        assert not link.overrun
        assert not link.put(bytes(60))
        assert link.overrun
        assert not link.put(b"x")
        return await link.take()

    assert run(work) == [bytes(60)]


def test_only_what_is_listened_to_comes_in_full_addresses(run, sender, control):
    async def work(link):
        assert link.command(listen("/livehost/mute")).path == "/livehost/mute"
        control.set("master.mute", True, "key")
        control.set("master.gain_db", -3.0, "key")
        sender.tick()
        assert await link.take() == [wire.encode("/livehost/mute", "i", 1)]
        assert link.command(listen("/livehost/mute").replace("LISTEN", "IGNORE")) is None
        control.set("master.mute", False, "key")
        sender.tick()
        link.put(b"end")
        return await link.take()

    assert run(work) == [b"end"]
    assert sender.subscribers == []


def test_where_all_places_are_taken_it_is_told_and_a_renewal_waits(run, sender):
    async def work(link):
        for k in range(MAX_SUBSCRIBERS):
            sender.subscribe(("127.0.0.1", 5000 + k), "event")
        with pytest.raises(LivehostError, match=f"^There are {MAX_SUBSCRIBERS} subscribers already"):
            link.command(listen("/livehost/mute"))
        link.renew()
        sender.unsubscribe(("127.0.0.1", 5000), "event")
        link.renew()
        return len(sender.subscribers)

    assert run(work) == MAX_SUBSCRIBERS


def test_clients_of_udp_tcp_and_websockets_at_one_number_are_three(sender, osc, control):
    told = []
    clients = [("127.0.0.1", 4000), over_tcp("127.0.0.1", 4000), over_websocket("127.0.0.1", 4000)]
    listens = over_websocket("127.0.0.1", 4000, listens=True)
    assert len({*clients, listens}) == 4
    assert [named(c) for c in (*clients, listens)] == [
        "127.0.0.1:4000", "tcp 127.0.0.1:4000", "ws 127.0.0.1:4000", "ws 127.0.0.1:4000",
    ]  # fmt: skip
    assert [is_tcp(c) for c in clients] == [False, True, True]
    for k, client in enumerate(clients):
        sender.subscribe(client, "event", origin=client, deliver=lambda messages, k=k: told.append(k))
        sender.subscribe(client, "state", origin=client, deliver=lambda messages, k=k: told.append(k))
    for client in clients:  # what one has set comes to the two others
        told.clear()
        control.set("master.mute", not control.settings["master.mute"], writer(client))
        sender._subscriptions._next = 0.0
        for _, stream in sender._subscriptions._wanted["state"]:
            stream.due = 0.0
        sender.tick()
        assert told == [k for k, other in enumerate(clients) if other is not client]


def test_answers_go_by_the_connection_and_nowhere_once_it_is_closed(sender, osc):
    client, got = over_websocket("127.0.0.1", 4000), []
    osc.connect(client, lambda packet: bool(got.append(packet)) or True)
    osc._send(b"one", client)
    osc.disconnect(client)
    osc._send(b"two", client)
    assert got == [b"one"]
