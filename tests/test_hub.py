from livehost import events
from livehost.hub import Hub
from livehost.rt.ring import Ring


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


def test_a_listener_that_fails_is_left_out_and_the_others_go_on():
    rings, said, hub = make()
    got = []

    def broken(_event):
        raise RuntimeError("disk on fire")

    hub.listen(broken)
    hub.listen(got.append)
    for frame in range(3):
        rings[0].push(events.new("onset", frame))
    hub.pump()
    assert len(got) == 3
    assert len(said) == 1
    assert "disk on fire" in said[0]


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
