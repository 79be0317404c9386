import contextlib

import pytest

from livehost.bridge.osc.sender import OscSender
from livehost.bridge.osc.server import OscServer
from livehost.bridge.oscquery.server import OscQuery
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
def osc(control, sender):
    with contextlib.closing(OscServer(control, "127.0.0.1", 0, sender)) as server:
        yield server


@pytest.fixture
def new_query(control, sender, osc):
    """Makes servers, with what they say."""
    with contextlib.ExitStack() as stack:

        def new(**more):
            said = []
            query = OscQuery(control, sender, osc, "127.0.0.1", more.pop("port", 0), say=said.append, **more)
            query.said = said
            control.subscribers.append(query.event)
            query.start()
            stack.enter_context(contextlib.closing(query))
            return query

        yield new


@pytest.fixture
def query(new_query):
    return new_query()
