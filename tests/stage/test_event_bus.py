import threading

from livehost import events
from livehost.record import RECORD_BYTES
from livehost.rt.ring import Ring
from livehost.stage.event_bus import EventBus
from tests.test_service import until


def make():
    rings = [Ring(64, RECORD_BYTES) for _ in range(2)]
    said = []
    bus = EventBus(said.append)
    bus.read_from(rings, lambda: 1000)
    return rings, said, bus


def test_events_come_in_the_order_of_frames_and_late_ones_next_time():
    rings, _, bus = make()
    got = []
    bus.subscribe(lambda e: got.append((e["frame"], e["kind"])))
    for ring, name, frame in ((0, "onset", 50), (1, "sample", 40), (1, "end", 90), (0, "phrase", 40)):
        rings[ring].push(events.new(name, frame))
    bus.pump(before=60)
    assert got == [(40, "phrase"), (40, "sample"), (50, "onset")]
    bus.pump()
    assert got[3:] == [(90, "end")]


def test_what_python_publishes_has_the_present_frame_and_its_place_among_the_others():
    rings, _, bus = make()
    got = []
    bus.subscribe(lambda e: got.append((e["frame"], e["kind"])))
    bus.publish("setting", key="player.top_k", value=3, by="key")
    for frame in (999, 1001):
        rings[0].push(events.new("onset", frame))
    bus.pump()
    assert got == [(999, "onset"), (1000, "setting"), (1001, "onset")]


def test_in_the_background_they_come_as_they_came_ring_by_ring():
    rings, _, bus = make()
    got = []
    bus.subscribe(lambda e: got.append((e["frame"], e["kind"])))
    for ring, name, frame in ((0, "onset", 50), (1, "sample", 40)):
        rings[ring].push(events.new(name, frame))
    bus.start()
    bus.close()
    assert got == [(50, "onset"), (40, "sample")]


def test_enrichers_add_to_an_event_before_anybody_gets_it():
    rings, _, bus = make()
    got = []
    bus.subscribe(got.append)
    bus.enrich(lambda e: e.update(twice=2 * e["frame"]))
    bus.enrich(lambda e: e.update(thrice=e["twice"] + e["frame"]))
    rings[0].push(events.new("onset", 7))
    bus.pump()
    assert (got[0]["twice"], got[0]["thrice"]) == (14, 21)


def test_ten_viewers_come_and_go_and_one_that_never_reads_loses_only_its_own():
    rings, said, bus = make()
    never, steady = bus.queue(3), bus.queue(100)
    for frame in range(10):
        viewers = [bus.queue() for _ in range(10)]
        rings[0].push(events.new("onset", frame))
        bus.pump()
        for viewer in viewers:
            assert [e["frame"] for e in viewer.read()] == [frame]
            viewer.close()
            viewer.close()
    assert [e["frame"] for e in steady.read()] == list(range(10))
    assert (steady.dropped, never.dropped) == (0, 7)
    assert [e["frame"] for e in never.read()] == [7, 8, 9]
    rings[0].push(events.new("onset", 10))
    bus.pump()
    assert viewers[0].read() == []
    assert said == []


def test_a_subscriber_may_leave_while_it_is_being_told():
    rings, _, bus = make()
    first, second = [], []

    def once(event):
        first.append(event["frame"])
        subscription.close()

    subscription = bus.subscribe(once)
    bus.subscribe(lambda e: second.append(e["frame"]))
    for frame in range(3):
        rings[0].push(events.new("onset", frame))
    bus.pump()
    assert (first, second) == ([0], [0, 1, 2])


def test_a_subscriber_that_fails_is_told_of_once_and_gets_what_comes_next():
    rings, said, bus = make()
    got, tried = [], []

    def broken(event):
        tried.append(event["frame"])
        if len(tried) < 3:
            raise RuntimeError("disk on fire")

    bus.subscribe(broken)
    bus.subscribe(got.append)
    for frame in range(5):
        rings[0].push(events.new("onset", frame))
    bus.pump()
    assert tried == [e["frame"] for e in got] == [0, 1, 2, 3, 4]
    assert len(said) == 1
    assert "disk on fire" in said[0]


def test_a_subscriber_that_hangs_is_left_out_until_it_is_back_and_nothing_is_lost(monkeypatch):
    rings, _, bus = make()
    (service,) = bus.services
    monkeypatch.setattr(service, "_stall_s", 0.1)
    release, slow, quick = threading.Event(), [], []

    def hang(event):
        slow.append(event["frame"])
        if len(slow) == 1:
            release.wait(20)

    bus.subscribe(hang)
    bus.subscribe(lambda e: quick.append(e["frame"]))
    bus.start()
    rings[0].push(events.new("onset", 0))
    until(lambda: slow)
    rings[0].push(events.new("onset", 1))
    until(lambda: service.problem().startswith("The thread of events hung"))
    until(lambda: quick == [1])
    release.set()
    until(lambda: sorted(quick) == [0, 1])
    rings[0].push(events.new("onset", 2))
    until(lambda: slow == [0, 2])
    bus.close()
    assert quick[-1] == 2


def test_a_turn_that_fails_does_not_end_the_others():
    _, said, bus = make()
    turns = []

    def broken():
        raise OSError("no space left")

    bus.on_tick(broken)
    bus.on_tick(lambda: turns.append(1))
    bus.start()
    until(lambda: len(turns) > 3)
    bus.close()
    assert len(said) == 1
    assert "no space left" in said[0]


def test_the_thread_reads_until_closed_and_what_is_left_is_not_lost():
    rings, _, bus = make()
    got, turns = [], []
    bus.subscribe(got.append)
    bus.on_tick(lambda: turns.append(1))
    bus.start()
    for frame in range(50):
        rings[0].push(events.new("onset", frame))
    bus.close()
    assert [e["frame"] for e in got] == list(range(50))


def test_what_an_event_points_to_is_copied_out_as_it_is_read():
    rings, _, bus = make()
    memory, got = [5], []
    bus.subscribe(got.append)
    bus.copy_out("attention", lambda e: e.update(rows=list(memory)))
    rings[0].push(events.new("attention", 90))
    bus.pump(before=50)
    memory[0] = 6
    bus.pump()
    assert got[0]["rows"] == [5]
