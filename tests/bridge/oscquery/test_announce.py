"""mDNS, with a real browser of it on the loopback interface."""

import asyncio
import time

import pytest
from zeroconf import IPVersion, ServiceBrowser, ServiceListener, Zeroconf

from livehost.bridge.oscquery import announce
from livehost.bridge.oscquery.announce import OSC, OSCQUERY, Announcement
from tests.test_service import until


class Listener(ServiceListener):
    """Keeps which services there are, by type and name: host and port."""

    def __init__(self):
        self.there = {}

    def add_service(self, zc, type_, name):
        info = zc.get_service_info(type_, name)
        self.there[name] = (type_, info.parsed_addresses(), info.port)

    def update_service(self, zc, type_, name):
        self.add_service(zc, type_, name)

    def remove_service(self, zc, type_, name):
        self.there.pop(name, None)


@pytest.fixture
def listener():
    zeroconf = Zeroconf(interfaces=["127.0.0.1"], ip_version=IPVersion.V4Only)
    listener = Listener()
    ServiceBrowser(zeroconf, [OSC, OSCQUERY], listener)
    yield listener
    zeroconf.close()


def test_both_ports_are_found_and_forgotten_when_it_ends(new_query, osc, listener):
    query = new_query(announce=True)
    mine = {(OSC, ("127.0.0.1",), osc.port), (OSCQUERY, ("127.0.0.1",), query.port)}

    def found():
        return {(kind, tuple(hosts), port) for kind, hosts, port in list(listener.there.values())} & mine

    until(lambda: found() == mine, 30)
    query.close()
    until(lambda: not found(), 30)
    assert query.said == []


def test_two_have_two_names(new_query, listener):
    first, second = new_query(announce=True), new_query(announce=True)

    def names():
        ports = {first.port, second.port}
        return {name for name, (_, _, port) in list(listener.there.items()) if port in ports}

    until(lambda: len(names()) == 2, 30)


def test_a_network_that_has_no_mdns_is_a_sentence_and_the_rest_goes_on(monkeypatch):
    import zeroconf.asyncio

    def none(*_, **__):
        raise OSError(19, "No such device")

    monkeypatch.setattr(zeroconf.asyncio, "AsyncZeroconf", none)
    announcement = Announcement("127.0.0.1", 1, 2)
    asyncio.run(announcement.begin())
    assert announcement.notice == (
        "livehost is not announced by mDNS ([Errno 19] No such device); its ports have to be typed."
    )
    asyncio.run(announcement.leave())


def test_what_takes_too_long_is_given_up(monkeypatch):
    import zeroconf.asyncio

    class Slow:
        def __init__(self, **_):
            self.closed = False

        async def async_register_service(self, *_, **__):
            await asyncio.sleep(60)

        async def async_unregister_all_services(self):
            await asyncio.sleep(60)

        async def async_close(self):
            await asyncio.sleep(60)

    monkeypatch.setattr(zeroconf.asyncio, "AsyncZeroconf", Slow)
    monkeypatch.setattr(announce, "_BEGIN_S", 0.01)
    monkeypatch.setattr(announce, "_LEAVE_S", 0.01)
    announcement = Announcement("127.0.0.1", 1, 2)
    began = time.monotonic()
    asyncio.run(announcement.begin())
    assert announcement.notice == "livehost is not announced by mDNS (TimeoutError); its ports have to be typed."
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("name", "label"),
    [("stage", "stage"), ("stage.lan", "stage"), ("Bühne 1", "B-hne-1"), ("", "computer"), ("x" * 90, "x" * 30)],
)
def test_a_computers_name_is_one_label(name, label):
    assert announce._label(name) == label


def test_addresses_of_this_computer_are_its_own():
    assert announce._own_addresses()
    assert "127.0.0.1" not in announce._own_addresses() or announce._own_addresses() == ["127.0.0.1"]
