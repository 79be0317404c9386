import threading

from livehost import events
from livehost.rt.ring import Ring
from livehost.stage.event_bus import Hub
from tests.test_service import until


def make():
    rings = [Ring(64, events.RECORD_BYTES) for _ in range(2)]
    said = []
    return rings, said, Hub(rings, lambda i: f"item {i}", said.append)


def test_events_come_in_the_order_of_frames_and_late_ones_next_time():
    rings, _, hub = make()
    got = []
    hub.listen(lambda e: got.append((e["frame"], e["kind"])))
    for ring, name, frame in ((0, "onset", 50), (1, "sample", 40), (1, "end", 90), (0, "phrase", 40)):
        rings[ring].push(events.new(name, frame))
    hub.pump(before=60)
    assert got == [(40, "phrase"), (40, "sample"), (50, "onset")]
    hub.pump()
    assert got[3:] == [(90, "end")]


def test_items_get_their_names():
    rings, _, hub = make()
    got = []
    hub.listen(got.append)
    rings[0].push(events.new("sample", 1, index=7))
    rings[0].push(events.new("next", 1, count=2, index=[4, 5, 0, 0, 0, 0, 0, 0]))
    hub.pump()
    assert got[0]["name"] == "item 7"
    assert (got[1]["index"], got[1]["name"]) == ([4, 5], ["item 4", "item 5"])
    assert "count" not in got[1]


def test_a_listener_that_fails_is_told_of_once_and_gets_what_comes_next():
    rings, said, hub = make()
    got, tried = [], []

    def broken(event):
        tried.append(event["frame"])
        if len(tried) < 3:
            raise RuntimeError("disk on fire")

    hub.listen(broken)
    hub.listen(got.append)
    for frame in range(5):
        rings[0].push(events.new("onset", frame))
    hub.pump()
    assert tried == [e["frame"] for e in got] == [0, 1, 2, 3, 4]
    assert len(said) == 1
    assert "disk on fire" in said[0]


def test_a_listener_that_hangs_is_left_out_until_it_is_back_and_nothing_is_lost(monkeypatch):
    rings, _, hub = make()
    (service,) = hub.services
    monkeypatch.setattr(service, "_stall_s", 0.1)
    release, slow, quick = threading.Event(), [], []

    def hang(event):
        slow.append(event["frame"])
        if len(slow) == 1:
            release.wait(20)

    hub.listen(hang)
    hub.listen(lambda e: quick.append(e["frame"]))
    hub.start()
    rings[0].push(events.new("onset", 0))
    until(lambda: slow)
    rings[0].push(events.new("onset", 1))
    until(lambda: service.problem().startswith("The thread of events hung"))
    until(lambda: quick == [1])
    release.set()
    until(lambda: sorted(quick) == [0, 1])
    rings[0].push(events.new("onset", 2))
    until(lambda: slow == [0, 2])
    hub.close()
    assert quick[-1] == 2


def test_a_turn_that_fails_does_not_end_the_others():
    _, said, hub = make()
    turns = []

    def broken():
        raise OSError("no space left")

    hub.each_turn(broken)
    hub.each_turn(lambda: turns.append(1))
    hub.start()
    until(lambda: len(turns) > 3)
    hub.close()
    assert len(said) == 1
    assert "no space left" in said[0]


def test_the_thread_reads_until_closed_and_what_is_left_is_not_lost():
    rings, _, hub = make()
    got, turns = [], []
    hub.listen(got.append)
    hub.each_turn(lambda: turns.append(1))
    hub.start()
    for frame in range(50):
        rings[0].push(events.new("onset", frame))
    hub.close()
    assert [e["frame"] for e in got] == list(range(50))


def test_a_step_gets_the_rows_that_its_player_keeps():
    class Memory:
        def read(self, event):
            return {"rows": [event["slot"]], "mean": [1.0]}

    rings, _, hub = make()
    got = []
    hub.listen(got.append)
    hub.memories[3] = Memory()
    rings[0].push(events.new("attention", 1, memory=3, slot=5))
    rings[0].push(events.new("attention", 2, memory=4, slot=5))
    hub.pump()
    assert got[0]["rows"] == [5]
    assert "rows" not in got[1]
