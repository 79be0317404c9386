import contextlib

import pytest

from livehost.bridge.oscquery.server import OscQuery


@pytest.fixture
def osc(server):
    """Name the OSC server apart from that of OSCQuery."""
    return server


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
