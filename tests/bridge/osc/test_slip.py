import pytest
from hypothesis import given
from hypothesis import strategies as st

from livehost.bridge.osc.slip import END, ESC, SlipDecoder, TooLong, encode


@pytest.mark.parametrize(
    ("packet", "wire"),
    [
        (b"/a\0\0", b"\xc0/a\0\0\xc0"),
        (END, b"\xc0\xdb\xdc\xc0"),
        (ESC, b"\xc0\xdb\xdd\xc0"),
        (b"\xdb\xdc\xc0", b"\xc0\xdb\xdd\xdc\xdb\xdc\xc0"),
    ],
)
def test_a_frame_is_as_the_standard_has_it(packet, wire):
    assert encode(packet) == wire
    assert SlipDecoder(100).feed(wire) == [packet]


@given(st.lists(st.binary(min_size=1, max_size=40).map(lambda b: b.replace(b"x", END).replace(b"y", ESC))), st.data())
def test_packets_come_whole_however_the_stream_is_cut(packets, data):
    stream, decoder, got = b"".join(map(encode, packets)), SlipDecoder(200), []
    while stream:
        cut = data.draw(st.integers(1, len(stream)))
        got += decoder.feed(stream[:cut])
        stream = stream[cut:]
    assert got == packets


def test_what_ends_without_a_beginning_counts_too():
    assert SlipDecoder(100).feed(b"/a\0\0\xc0/b\0\0\xc0") == [b"/a\0\0", b"/b\0\0"]


def test_a_packet_without_an_end_is_given_up():
    decoder = SlipDecoder(10)
    decoder.feed(bytes(10))
    with pytest.raises(TooLong):
        decoder.feed(b"1")
