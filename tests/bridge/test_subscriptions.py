"""Who gets what, how often and for how long, on a clock that the test moves; no sockets."""

import pytest

from livehost.bridge.subscriptions import (
    ALL_GROUPS,
    FIXED_GROUPS,
    GROUPS,
    LEASE_S,
    MAX_SUBSCRIBERS,
    STREAM_HZ,
    UNTHINNED,
    Subscriptions,
)
from livehost.errors import LivehostError


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


class Client:
    """Keeps what it gets, delivery by delivery."""

    def __init__(self):
        self.got = []

    def __call__(self, messages):
        self.got.append(list(messages))

    def take(self):
        got, self.got = self.got, []
        return got


class Gone(Client):
    """A page that was closed: whoever sends to it finds out."""

    def __call__(self, messages):
        super().__call__(messages)
        raise ConnectionResetError


def flat(deliveries):
    return [message for delivery in deliveries for message in delivery]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def subscriptions(clock):
    return Subscriptions(clock)


@pytest.fixture
def later(clock, subscriptions):
    """Moves the clock, and ticks."""

    def move(seconds):
        clock.now += seconds
        subscriptions.tick()

    return move


def test_events_come_at_once_and_in_full(subscriptions):
    client = Client()
    subscriptions.subscribe("a", "event", client)
    for k in range(3):
        subscriptions.publish("event", "onset", k)
    assert client.got == [[0], [1], [2]]


def test_streams_are_thinned_to_each_clients_rate_and_the_latest_of_each_name_wins(subscriptions, later):
    slow, fast = Client(), Client()
    subscriptions.subscribe("slow", "meter", slow, hz=2.0)
    subscriptions.subscribe("fast", "meter", fast, hz=10.0)
    for k in range(10):
        subscriptions.publish("meter", "in", k)
        subscriptions.publish("meter", "out", 100 + k)
        later(0.0625)  # exact in binary, as are the periods' ends below
    assert slow.got == [[0, 100], [8, 108]]
    assert fast.got == [[k, 100 + k] for k in (0, 2, 4, 6, 8)]
    later(1.0)
    assert slow.take()[-1] == [9, 109]  # the last one is not lost
    later(1.0)
    assert not slow.got  # nothing new, nothing sent


def test_nothing_is_sent_before_a_tick_and_nothing_twice(subscriptions, later):
    client = Client()
    subscriptions.subscribe("a", "perf", client)
    subscriptions.publish("perf", "cpu", 1)
    assert not client.got
    later(0)
    later(10 / STREAM_HZ)
    assert client.got == [[1]]


def test_a_set_takes_the_place_of_all_that_waits(subscriptions, later):
    client = Client()
    subscriptions.subscribe("a", "attention", client, hz=1.0)
    subscriptions.replace("attention", {"mean": 1, "top": 2, "source": 3})
    subscriptions.replace("attention", {"mean": 4})
    later(0)
    assert client.got == [[4]]


def test_each_gets_its_own_groups(subscriptions, later):
    state, everything, fixed = Client(), Client(), Client()
    subscriptions.add_fixed("fixed", fixed)
    subscriptions.subscribe("state", "state", state)
    subscriptions.subscribe("all", "all", everything)
    for group in GROUPS:
        subscriptions.publish(group, "x", group)
    later(0)
    assert state.got == [["state"]]
    assert sorted(flat(everything.got)) == sorted(ALL_GROUPS)
    assert sorted(flat(fixed.got)) == sorted(FIXED_GROUPS)
    assert set(GROUPS) - set(ALL_GROUPS) == {"heads", "monitor", "trouble"}
    assert set(ALL_GROUPS) - set(FIXED_GROUPS) == {"log"}
    assert set(UNTHINNED) < set(GROUPS)


def test_a_message_for_nobody_need_not_be_made(subscriptions, later):
    assert not any(map(subscriptions.wanted, GROUPS))
    subscriptions.subscribe("a", "meter", Client())
    assert [group for group in GROUPS if subscriptions.wanted(group)] == ["meter"]
    later(LEASE_S)
    assert not subscriptions.wanted("meter")


def test_a_lease_runs_out_at_its_end_and_is_renewed_by_asking_again(subscriptions, later, clock):
    client = Client()
    assert subscriptions.subscribe("a", "event", client)
    later(LEASE_S - 0.5)
    assert not subscriptions.subscribe("a", "event", client)  # it is not new
    later(LEASE_S - 0.5)
    subscriptions.publish("event", "x", 1)
    assert client.take() == [[1]]
    assert subscriptions.serves("a", "event")
    later(0.5)
    subscriptions.publish("event", "x", 2)
    assert not client.got
    assert not subscriptions.serves("a")
    assert subscriptions.leased == []
    assert subscriptions.subscribe("a", "event", client)


def test_groups_of_one_client_run_out_each_by_itself(subscriptions, later):
    subscriptions.subscribe("a", "event", Client())
    later(6)
    subscriptions.subscribe("a", "meter", Client())
    assert subscriptions.subscribe("a", "all", Client())  # some of it is new
    later(5)
    assert subscriptions.serves("a", "all")
    assert not subscriptions.serves("a", "heads")
    later(5)
    assert not subscriptions.serves("a")


def test_fixed_clients_stay(subscriptions, later):
    fixed = Client()
    subscriptions.add_fixed("f", fixed)
    later(1e6)
    subscriptions.publish("event", "x", 1)
    assert fixed.got == [[1]]
    assert subscriptions.leased == []
    subscriptions.unsubscribe("f", "all")  # it has no lease that could end
    subscriptions.publish("event", "x", 2)
    assert fixed.got == [[1], [2]]


def test_who_leaves_gets_nothing_more_and_disturbs_nobody(subscriptions, later):
    a, b = Client(), Client()
    for key, client in (("a", a), ("b", b)):
        subscriptions.subscribe(key, "all", client)
        subscriptions.subscribe(key, "heads", client)
    subscriptions.unsubscribe("a", "meter")
    subscriptions.unsubscribe("nobody", "meter")
    subscriptions.publish("meter", "x", 1)
    subscriptions.publish("heads", "x", 2)
    later(0)
    assert (a.take(), sorted(flat(b.take()))) == ([[2]], [1, 2])
    subscriptions.unsubscribe("a", "all")
    subscriptions.publish("event", "x", 3)
    subscriptions.publish("heads", "x", 4)
    later(1)
    assert (a.got, flat(b.got)) == ([], [3, 4])
    assert subscriptions.leased == ["b"]


def test_what_waits_for_one_who_leaves_is_not_delivered(subscriptions, later):
    client = Client()
    subscriptions.subscribe("a", "meter", client)
    subscriptions.publish("meter", "x", 1)
    subscriptions.unsubscribe("a", "meter")
    later(1)
    assert not client.got


def test_one_that_is_never_ticked_holds_one_message_of_each_name(subscriptions, later):
    client = Client()
    subscriptions.subscribe("a", "feature", client)
    for k in range(10_000):
        subscriptions.publish("feature", ("f0", "centroid")[k % 2], k)
    later(0)
    assert client.got == [[9998, 9999]]


@pytest.mark.parametrize("fixed", [True, False])
def test_a_client_that_raises_has_left_and_the_others_get_everything(subscriptions, later, fixed):
    before, gone, after = Client(), Gone(), Client()
    subscriptions.subscribe("before", "all", before)
    if fixed:
        subscriptions.add_fixed("gone", gone)
    else:
        subscriptions.subscribe("gone", "all", gone)
    subscriptions.subscribe("after", "all", after)
    for group in ("event", "meter", "event"):
        subscriptions.publish(group, "x", group)
        later(1)
    assert before.got == after.got == [["event"], ["meter"], ["event"]]
    assert gone.got == [["event"]]
    assert subscriptions.leased == ["before", "after"]


def test_one_that_raises_while_streams_are_delivered_has_left(subscriptions, later):
    gone, client = Gone(), Client()
    subscriptions.subscribe("gone", "meter", gone)
    subscriptions.subscribe("a", "meter", client)
    for k in range(3):
        subscriptions.publish("meter", "x", k)
        later(1)
    assert (gone.got, client.got) == ([[0]], [[0], [1], [2]])


def test_the_cause_of_a_message_does_not_get_it_wherever_it_listens(subscriptions):
    a, b = Client(), Client()
    subscriptions.subscribe("a", "event", a)
    subscriptions.subscribe("b's ears", "event", b, origin="b")
    for but, expected in (("a", ([], [[1]])), ("b", ([[1]], [])), ("b's ears", ([[1]], [])), (None, ([[1]], [[1]]))):
        subscriptions.publish("event", "x", 1, but)
        assert (a.take(), b.take()) == expected


def test_a_page_that_comes_again_gets_the_messages_at_its_new_place(subscriptions):
    old, new = Client(), Client()
    subscriptions.subscribe("page", "event", old)
    subscriptions.subscribe("page", "event", new)
    subscriptions.publish("event", "x", 1)
    assert (old.got, new.got) == ([], [[1]])


def test_who_is_lost_is_told_of_once_and_not_who_has_left_by_itself(subscriptions, later, clock):
    for key in ("silent", "polite", "renews"):
        subscriptions.subscribe(key, "event", Client())
    subscriptions.unsubscribe("polite", "all")
    clock.now += LEASE_S - 1
    subscriptions.subscribe("renews", "event", Client())
    later(2)
    assert subscriptions.lost() == ["silent"]
    assert subscriptions.lost() == []


def test_there_is_room_for_so_many_and_leases_that_are_over_make_room(subscriptions, clock):
    for k in range(MAX_SUBSCRIBERS):
        subscriptions.subscribe(k, "event", Client())
        clock.now += 0.125
    with pytest.raises(LivehostError, match=r"^There are 64 subscribers already; one has to leave first\.$"):
        subscriptions.subscribe("one more", "event", Client())
    assert not subscriptions.subscribe(3, "event", Client())  # who is there may renew
    clock.now = 100.0 + LEASE_S
    assert subscriptions.subscribe("one more", "event", Client())  # the first one's lease is over
    assert len(subscriptions.leased) == MAX_SUBSCRIBERS
    assert 0 not in subscriptions.leased


def test_a_group_that_is_none_is_one_sentence(subscriptions):
    with pytest.raises(LivehostError) as refused:
        subscriptions.subscribe("a", "everything", Client())
    assert str(refused.value) == (
        "There is no group 'everything'; there are state, event, meter, feature, attention, perf, log, heads, monitor, "
        "trouble and all."
    )
    assert subscriptions.leased == []


def test_the_end_delivers_what_waits_and_no_more(subscriptions, later):
    client, idle = Client(), Client()
    subscriptions.subscribe("a", "all", client)
    subscriptions.subscribe("b", "all", idle)
    subscriptions.publish("meter", "x", 1)
    subscriptions.unsubscribe("b", "meter")
    subscriptions.close()
    assert (client.got, idle.got) == ([[1]], [])
    subscriptions.publish("event", "x", 2)
    later(1)
    assert client.got == [[1]]
    assert subscriptions.leased == []


def test_a_rate_of_nothing_is_one_in_ten_seconds(subscriptions, later):
    client = Client()
    subscriptions.subscribe("a", "meter", client, hz=0)
    for k in range(4):
        subscriptions.publish("meter", "x", k)
        later(4.0)
        subscriptions.subscribe("a", "meter", client, hz=0)
    assert client.got == [[0], [3]]


def test_a_fixed_client_that_subscribes_as_well_gets_everything_once(subscriptions, clock):
    client = Client()
    subscriptions.add_fixed("here", client)
    subscriptions.subscribe("here", "event", client)
    subscriptions.publish("event", "/e", "once")
    subscriptions.publish("state", "/s", "by the way")
    subscriptions.tick()
    assert flat(client.take()) == ["once", "by the way"]
    clock.now += LEASE_S
    subscriptions.tick()
    subscriptions.publish("event", "/e", "still")  # the lease is over, the fixed client stays
    assert flat(client.take()) == ["still"]


def test_the_other_places_of_a_client_are_those_that_it_subscribed(subscriptions):
    subscriptions.subscribe("ears", "event", Client(), origin="mouth")
    subscriptions.subscribe("both", "event", Client())
    assert subscriptions.also("mouth") == ["ears"]
    assert subscriptions.also("both") == subscriptions.also("nobody") == []
