import contextlib

import pytest

from livehost.bridge.osc.sender import OscSender
from livehost.bridge.osc.server import OscServer
from tests.bridge.fakes import FakeControl, Patch


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


@pytest.fixture
def new_patch(server):
    """Makes patches that speak with the server."""
    with contextlib.ExitStack() as stack:

        def new():
            patch = Patch(server.port)
            stack.callback(patch.socket.close)
            return patch

        yield new


@pytest.fixture
def patch(new_patch):
    return new_patch()
