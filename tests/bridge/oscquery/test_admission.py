"""Who is let in: computers as for OSC, and no page of another web site."""

import socket

import pytest

from livehost.bridge.osc.server import networks
from livehost.bridge.oscquery.admission import forged, turned_away


@pytest.mark.parametrize(
    ("host", "allow", "in_"),
    [
        ("127.0.0.1", "", True),
        ("127.0.0.1", "192.168.1.20", True),
        ("192.168.1.20", "192.168.1.20", True),
        ("192.168.1.21", "192.168.1.20", False),
        ("192.168.1.21", "192.168.1.0/24", True),
        ("10.0.0.1", "", True),  # whoever osc.bind lets in
    ],
)
def test_computers(host, allow, in_):
    why = turned_away(host, networks(allow))
    assert why == ("" if in_ else f"{host} is not listened to; --osc-allow {host} would.")


@pytest.mark.parametrize(
    ("host", "origin", "ours"),
    [
        ("127.0.0.1:17780", "", True),
        ("localhost:17780", "", True),
        ("", "", True),  # HTTP 1.0
        ("192.168.1.20:17780", "", True),
        ("stage.local:17780", "", True),
        (f"{socket.gethostname()}:17780", "", True),
        ("[::1]:17780", "", True),
        ("127.0.0.1:17780", "http://localhost:8000", True),
        ("127.0.0.1:17780", "http://127.0.0.1", True),
        ("evil.example", "", False),  # its owner lets that name lead here
        ("127.0.0.1:17780", "https://evil.example", False),
        ("127.0.0.1:17780", "http://192.168.1.7:8000", True),
        ("127.0.0.1:17780", "http://93.184.215.14", False),  # a page of the world, at a mere address
        ("127.0.0.1:17780", "null", False),
        ("127.0.0.1:17780", "http://localhost.evil.example", False),
        ("127.0.0.1:17780", "http://127.0.0.1.evil.example", False),
        ("[", "", False),
        ("127.0.0.1:17780", "http://[", False),
    ],
)
def test_requests_that_a_page_of_somebody_else_makes(host, origin, ours):
    why = forged(host, origin)
    assert (why == "") == ours
    assert ours or (why.endswith(".") and "\n" not in why)
