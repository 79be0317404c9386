import contextlib

import pytest

from tests.bridge.fakes import Patch


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
