import contextlib
import math

import pytest

from livehost import events
from livehost.bridge.osc import wire
from livehost.bridge.osc.sender import OscSender
from livehost.bridge.subscriptions import LEASE_S
from livehost.errors import LivehostError
from tests.bridge.fakes import Patch

ONSET = {"frame": 480, "kind": "onset", "onset_frame": 470, "strength": 0.5, "level_db": -12.0}


class Clock:
    """Seconds that pass when told to."""

    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def ears():
    patch = Patch()
    yield patch
    patch.socket.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sender(ears, clock):
    """A sender with one fixed target."""
    with contextlib.closing(OscSender(f"127.0.0.1:{ears.port}", clock)) as sender:
        yield sender


def told(record, **values):
    return events.to_dict(events.new(record, 480, **values).tobytes())


def test_an_onset(sender, ears):
    sender.event(told("onset", onset_frame=470, strength=0.5, level_db=-12))
    assert ears.hear() == [("/livehost/event/onset", 470, 0.5, -12.0)]


def test_a_sample(sender, ears):
    event = told("sample", index=3, voice=7, probability=0.25, gain_db=-6, decide_ms=0.5, onset_to_sound_ms=3.5)
    sender.event(event | {"name": "kick/bd 808.wav"})
    assert ears.hear() == [("/livehost/event/sample", 3, "kick/bd 808.wav", 0.25, 7, -6.0, 0.5, 3.5, 0)]


def test_what_is_not_there_is_a_number_too(sender, ears):
    sender.event(told("sample", onset_to_sound_ms=math.nan, gain_db=-math.inf))
    assert ears.hear() == [("/livehost/event/sample", 0, "", 0.0, 0, -120.0, 0.0, -1.0, 0)]
    assert ears.hear() == [("/livehost/voice/00/active", 1)]
    sender.event({"kind": "next", "index": [], "probability": []})
    assert ears.hear() == [("/livehost/event/next", -1, 0.0, -1.0)]


def test_the_best_of_the_plan(sender, ears):
    sender.event({"kind": "next", "index": [4, 2], "probability": [0.75, 0.25], "decide_ms": 1.0})
    assert ears.hear() == [("/livehost/event/next", 4, 0.75, -1.0)]


def test_positions_go_round_after_twelve_hours(sender, ears):
    sender.event(ONSET | {"onset_frame": 2**31 + 9})
    assert ears.hear() == [("/livehost/event/onset", 9, 0.5, -12.0)]


def test_features_travel_together(sender, ears):
    sender.event(told("feature", f0=440, mfcc=range(13), chroma=[1] + 11 * [0]))
    heard = {m[0].removeprefix("/livehost/feature/"): m[1:] for m in ears.hear()}
    assert list(heard) == ["rms_db", "onset", "centroid", "flatness", "f0", "mfcc", "chroma"]
    assert heard["f0"] == (440.0,)
    assert heard["mfcc"] == tuple(map(float, range(13)))
    assert heard["chroma"] == (1.0, *[0.0] * 11)


def test_perf_and_panic(sender, ears):
    sender.dropped = 3
    sender.event({"kind": "perf", "cpu": 12.5, "xruns": 2})
    assert ears.hear() == [("/livehost/perf", 12.5, -1.0, -1.0, -1.0, -1.0, 2, 0, 0, 3)]
    sender.event(told("silenced", voices=5, dropped=2))
    assert ears.hear() == [("/livehost/event/panic", 5, 2)]


def test_streams_are_thinned_and_the_latest_value_wins(sender, ears, clock):
    for peak in range(100):  # 100 meters in 99 ms
        sender.event(told("meter", in_peak_db=-peak))
        clock.now += 0.001
    packets = [ears.hear()[0] for _ in range(3)]
    assert [p[1] for p in packets] == [0.0, -34.0, -68.0]
    assert ears.waiting() == []
    clock.now += 0.1
    sender.tick()
    assert ears.hear()[0] == ("/livehost/meter/in", -99.0, 0.0)


def test_events_are_not(sender, ears):
    for i in range(200):
        sender.event(ONSET | {"onset_frame": i})
    assert [m[1] for m in ears.waiting()] == list(range(200))


def test_each_subscriber_has_its_own_rate_and_groups(clock):
    with contextlib.closing(OscSender(clock=clock)) as sender, contextlib.ExitStack() as stack:
        fast, slow, other = (Patch() for _ in range(3))
        for patch in (fast, slow, other):
            stack.callback(patch.socket.close)
        assert sender.subscribe(("127.0.0.1", fast.port), "meter", 200)
        assert sender.subscribe(("127.0.0.1", slow.port), "meter", 10)
        assert sender.subscribe(("127.0.0.1", other.port), "event")
        for _ in range(100):
            sender.event(told("meter"))
            sender.event(ONSET)
            clock.now += 0.01
        counts = [
            sum(m[0] in ("/livehost/meter/in", "/livehost/event/onset") for m in p.waiting())
            for p in (fast, slow, other)
        ]
        assert counts == [100, 10, 100]


def test_a_lease_runs_out_and_can_be_renewed(clock):
    with contextlib.closing(OscSender(clock=clock)) as sender:
        place = ("127.0.0.1", 9)
        assert sender.subscribe(place, "all")
        clock.now += LEASE_S - 1
        assert not sender.subscribe(place, "meter")
        clock.now += 2
        sender.tick()
        assert sender.subscribers == [place]
        assert sender.subscribe(place, "event")  # that one had run out
        clock.now += LEASE_S
        sender.tick()
        assert sender.subscribers == []


def test_a_lease_that_is_renewed_delays_nothing(ears, clock):
    with contextlib.closing(OscSender(clock=clock)) as sender:
        place = ("127.0.0.1", ears.port)
        sender.subscribe(place, "meter", 10)
        for peak in (-1, -2):
            sender.event(told("meter", in_peak_db=peak))
            clock.now += 0.01
        sender.subscribe(place, "meter", 10)
        clock.now += 0.1
        sender.tick()
        assert [m[1] for m in ears.waiting() if m[0] == "/livehost/meter/in"] == [-1.0, -2.0]


def test_logs_go_only_to_those_who_ask(sender, ears, clock):
    line = {"kind": "log", "level": "info", "text": "ready"}
    sender.event(line)
    assert ears.waiting() == []
    sender.subscribe(("127.0.0.1", ears.port), "log")
    sender.event(line)
    assert ears.hear() == [("/livehost/log", "info", "ready")]


def test_what_is_wrong_is_told_to_fixed_targets_and_to_those_who_ask(sender, ears, clock):
    other = Patch()
    with contextlib.closing(other.socket):
        sender.subscribe(other.socket.getsockname(), "trouble")
        for level in ("info", "warning", "error"):
            sender.event({"kind": "log", "level": level, "text": f"some {level}"})
        expected = [("/livehost/log", level, f"some {level}") for level in ("warning", "error")]
        for patch in (ears, other):
            assert [patch.hear()[0] for _ in range(2)] == expected
            assert patch.waiting() == []


def test_a_subscriber_that_is_gone_is_told_of(clock):
    said = []
    with contextlib.closing(OscSender(clock=clock, warn=said.append)) as sender:
        for port in range(9001, 9021):
            sender.subscribe(("127.0.0.1", port), "event")
        clock.now += LEASE_S + 1
        sender.tick()
    assert said[0] == "The OSC subscriber 127.0.0.1:9001 is gone: it has not asked again for 10 s."
    assert len(said) == 5  # a flood of them is no flood of sentences


def test_packets_that_do_not_get_through_are_told_of_now_and_then(clock):
    said = []
    with contextlib.closing(OscSender("127.0.0.1:9", clock, said.append)) as sender:
        sender._own.close()
        for _ in range(6):
            clock.now += 18
            sender.event(ONSET)
        assert sender.dropped == 6
    assert said == [
        "OSC to 127.0.0.1:9 does not get through: 1 packets were left out.",
        "OSC to 127.0.0.1:9 does not get through: 4 packets were left out.",
    ]


def test_packets_stay_small(sender, ears):
    sender.event(told("sample") | {"name": "ä" * 5000})
    packet = ears.socket.recv(65_535)
    assert len(packet) <= 1400
    assert wire.decode(packet)[0].args[1] == "ä" * 127
    for i in range(100):
        sender.event({"kind": "setting", "key": "midi.out", "value": f"{i:0200}", "by": "key"})
        sender.event({"kind": "fact", "name": "device", "value": f"{i:0200}"})
        sender.event({"kind": "fact", "name": "bank", "value": "b" * 1100})
    sender.close()
    while packets := ears.socket.recv(65_535):
        assert len(packets) <= 1400
        if any(m.address.endswith("bank") for m in wire.decode(packets)):
            break


def test_nobody_there_costs_nothing_but_a_counter():
    sender = OscSender("127.0.0.1:9, 127.0.0.1:7")  # nobody listens
    for _ in range(100):
        sender.event(ONSET)
    assert sender.targets == [("127.0.0.1", 9), ("127.0.0.1", 7)]
    dropped = sender.dropped
    sender.close()
    sender.event(ONSET)
    sender.event({"kind": "heartbeat", "seq": 1, "state": "ready"})
    assert sender.dropped == dropped


def test_what_cannot_be_sent_is_counted(ears, clock):
    with contextlib.closing(OscSender(f"127.0.0.1:{ears.port}", clock)) as sender:
        sender._own.close()  # as if the network had gone
        for _ in range(5):
            sender.event(ONSET)
        assert sender.dropped == 5


def test_unknown_kinds_are_passed_over(sender, ears):
    sender.event({"kind": "something new"})
    sender.event({})
    assert ears.waiting() == []


@pytest.mark.parametrize(
    "text", ["17771", "localhost", "localhost:", ":17771", "localhost:0", "localhost:65536", "a:b:c"]
)
def test_a_target_is_host_and_port(text):
    with pytest.raises(LivehostError, match=r"OSC goes to HOST:PORT, such as 127.0.0.1:17771"):
        OscSender(text)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "x" * 300])
def test_a_host_that_is_not_found(host):
    with pytest.raises(LivehostError, match="no computer called"):
        OscSender(f"{host}:17771")


def test_targets_named_twice_are_told_once():
    with contextlib.closing(OscSender("localhost:17771,127.0.0.1:17771,")) as sender:
        assert sender.targets == [("127.0.0.1", 17771)]
