import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythonosc.osc_bundle_builder import OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.osc_packet import OscPacket

from livehost.bridge.osc.wire import MAX_DEPTH, Malformed, Message, Template, bundle, decode, encode, int32, packets

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
ARGS = st.lists(
    st.one_of(
        st.tuples(st.just("i"), st.integers(-(2**31), 2**31 - 1)),
        st.tuples(st.just("f"), st.floats(width=32, allow_nan=False)),
        st.tuples(st.just("s"), TEXT),
        st.tuples(st.just("b"), st.binary(min_size=1, max_size=20)),
    ),
    max_size=8,
)


def test_bytes_of_the_specification():
    # the example of OSC 1.0's appendix
    expected = bytes.fromhex(
        "2f666f6f 00000000 2c696973 66660000 000003e8 ffffffff 68656c6c 6f000000 3f9df3b6 40b5b22d"
    )
    assert encode("/foo", "iisff", 1000, -1, "hello", 1.234, 5.678) == expected
    (message,) = decode(expected)
    assert message == Message("/foo", (1000, -1, "hello", pytest.approx(1.234), pytest.approx(5.678)))


@given(ARGS)
def test_another_implementation_reads_what_we_send(args):
    types, values = "".join(t for t, _ in args), [v for _, v in args]
    packet = encode("/a/b", types, *values)
    (timed,) = OscPacket(packet).messages
    assert (timed.message.address, timed.message.params) == ("/a/b", values)
    assert decode(packet) == [Message("/a/b", tuple(values))]


@given(ARGS, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False))
def test_we_read_what_another_implementation_sends(args, flag, long, double):
    builder = OscMessageBuilder("/x")
    for tag, value in [*args, ("T" if flag else "F", flag), ("h", long), ("d", double), ("N", None)]:
        builder.add_arg(value, tag)
    (message,) = decode(builder.build().dgram)
    assert message.args == (*(v for _, v in args), flag, long, double, None)


def test_bundles_carry_their_time():
    outer, inner = OscBundleBuilder(1_700_000_000.5), OscBundleBuilder(0)
    inner.add_content(OscMessageBuilder("/now").build())
    outer.add_content(OscMessageBuilder("/then").build())
    outer.add_content(inner.build())
    assert decode(outer.build().dgram) == [Message("/then", (), 1_700_000_000.5), Message("/now", (), None)]
    assert decode(bundle([encode("/then")], 1_700_000_000.5)) == [Message("/then", (), 1_700_000_000.5)]


def test_lenient_where_senders_are_sloppy():
    assert decode(b"/old\0\0\0\0") == [Message("/old", ())]
    assert decode(encode("/a") + b"") == [Message("/a", ())]
    assert decode(b"/a\0\0,[ii]\0\0\0" + struct.pack(">ii", 1, 2)) == [Message("/a", (1, 2))]
    assert decode(b"/a\0\0,s\0\0caf\xe9\0\0\0\0")[0].args == ("caf\N{REPLACEMENT CHARACTER}",)


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"hello",
        b"/no end",
        b"#bundle\0",
        b"#bundle\0" + struct.pack(">Qi", 1, -4),
        b"#bundle\0" + struct.pack(">Qi", 1, 0),
        b"#bundle\0" + struct.pack(">Qi", 1, 2**31 - 1),
        b"#bundle\0" + struct.pack(">Q", 1) + b"\0\0",
        b"/a\0\0xi\0\0\0\0\0\1",
        b"/a\0\0,i\0\0\0\0",
        b"/a\0\0,m\0\0\0\0",
        b"/a\0\0,q\0\0\0\0\0\0",
        b"/a\0\0,b\0\0" + struct.pack(">i", -1),
        b"/a\0\0,b\0\0" + struct.pack(">i", 9) + b"12345678",
        b"/a\0\0," + b"f" * 60_003 + b"\0" * 4,
    ],
)
def test_malformed(packet):
    with pytest.raises(Malformed):
        decode(packet)


@pytest.mark.parametrize("size", [0, -1, -8, 9, 2**31 - 1])
def test_an_element_has_the_length_that_is_left_at_most(size):
    whole, head = encode("/a"), b"#bundle\0" + bytes(8)
    assert decode(head + struct.pack(">i", len(whole)) + whole) == [Message("/a", ())]
    for packet in (head + struct.pack(">i", size) + whole, head + b"\0\0\0"):
        with pytest.raises(Malformed, match=r"^an element of a bundle that is longer than the bundle$"):
            decode(packet)


def test_an_element_of_one_byte_is_looked_at():
    with pytest.raises(Malformed, match="a string without an end"):
        decode(b"#bundle\0" + bytes(8) + struct.pack(">i", 1) + b"/")


@pytest.mark.parametrize("blob", [b"", b"1", b"1234", b"12345"])
def test_a_blob_of_any_length_may_be_the_last_argument(blob):
    assert decode(encode("/a", "b", blob)) == [Message("/a", (blob,))]
    assert decode(encode("/a", "bi", blob, 7)) == [Message("/a", (blob, 7))]


def test_bundles_are_not_followed_for_ever():
    packet = encode("/a")
    for _ in range(MAX_DEPTH):
        packet = bundle([packet])
    assert decode(packet) == [Message("/a", ())]
    with pytest.raises(Malformed):
        decode(bundle([packet]))


@given(st.binary(max_size=200), st.sampled_from([b"", b"/a\0\0,", b"#bundle\0\0\0\0\0\0\0\0\1\0\0\0"]))
def test_nothing_else_is_ever_raised(noise, head):
    try:
        messages = decode(head + noise)
    except Malformed:
        return
    assert all(m.address.startswith("/") for m in messages)


def test_values_are_bent_until_they_fit():
    assert decode(encode("/a", "if", 2**31 + 5, 1e300)) == [Message("/a", (5, float("inf")))]
    assert decode(encode("/a", "f", -1e300)) == [Message("/a", (-float("inf"),))]
    assert (int32(2**31 - 1), int32(2**31), int32(-(2**40)), int32(1.9)) == (2**31 - 1, 0, -(2**31), 1)
    assert decode(encode("/a", "s", "cut\0here\udc80")) == [Message("/a", ("cuthere?",))]


@pytest.mark.parametrize(
    ("types", "args"),
    [("", ()), ("if", (3, 0.5)), ("if", (2**40 + 3, 0.5)), ("if", (3.7, 0.5)), ("isf", (1, "b", 2.0))],
)
def test_template_is_a_faster_encode(types, args):
    assert Template("/some/where", types)(*args) == encode("/some/where", types, *args)


def test_packets_are_filled_in_order():
    messages = [encode(f"/{i:02}", "i", i) for i in range(50)]  # 12 bytes each, 16 in a bundle
    out = packets(messages, 100)
    assert all(len(p) <= 100 for p in out)
    assert len(out) == 10
    assert [m.args[0] for p in out for m in decode(p)] == list(range(50))
    assert [len(p) for p in packets(messages, 96)] == [96] * 10  # to the last byte
    assert [len(p) for p in packets(messages[:4], 95)] == [80]
    assert packets(messages[:1]) == messages[:1]
    assert packets([]) == []
    long = encode("/long", "s", "x" * 200)
    assert packets([messages[0], long, messages[1]], 100) == [messages[0], long, messages[1]]
