"""A fake of the stage, and an OSC server that speaks for it."""

import contextlib

import pytest

from livehost.bridge.osc.sender import OscSender
from livehost.bridge.osc.server import OscServer
from tests.bridge.fakes import FakeControl


@pytest.fixture
def control():
    return FakeControl()


@pytest.fixture
def sender(control):
    with contextlib.closing(OscSender()) as sender:
        control.subscribers.append(sender.event)
        yield sender


@pytest.fixture
def server(control, sender):
    with contextlib.closing(OscServer(control, "127.0.0.1", 0, sender)) as server:
        yield server
