"""Commands that wait: carried out in the order of frames, and of arrival within one frame, whatever else goes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from livehost.engine.pending import BANK, BY_HAND, PLAYER, QUOTAS
from tests.engine.conftest import Rig


@settings(max_examples=40, deadline=None)
@given(
    batches=st.lists(st.lists(st.tuples(st.booleans(), st.integers(0, 40)), max_size=12), min_size=1, max_size=4),
)
def test_voices_start_in_the_order_of_frames_and_of_arrival(batches):
    rig, sent = Rig(engine__voices=200), []
    for k, batch in enumerate(batches):
        arrived = {True: [], False: []}
        for by_hand, frame in batch:
            decision = len(sent) + len(arrived[True]) + len(arrived[False])
            if by_hand:
                rig.control("voice", frame, index=2, rate=1.0, onset_frame=-1, decision=decision)
            else:
                rig.voice(frame, 2, decision=decision)
            arrived[by_hand].append((max(frame, 10 * k), frame, decision))
        rig.run([10])
        sent += arrived[True] + arrived[False]  # what is played by hand is taken in first
    waiting = sum(at >= 10 * len(batches) for at, _, _ in sent)
    assert rig.engine.pending.held(PLAYER) + rig.engine.pending.held(BY_HAND) == waiting
    rig.run([64])
    started = [(e["frame"], e["late"], e["decision"]) for e in rig.events("sample")]
    assert started == [(at, at - frame, d) for at, frame, d in sorted(sent, key=lambda s: (s[0], s[1]))]
    assert [rig.engine.pending.held(sender) for sender in (PLAYER, BY_HAND)] == [0, 0]


def items(rig):
    """Size of the bank that part 0 plays from."""
    return rig.engine.state[0]["count"][0]


def test_a_panic_takes_what_was_to_sound_and_leaves_the_rest_in_its_order(rig):
    rig.voice(20, 1)
    rig.control("stop", 35, decision=5, fade=1)
    rig.voice(30, 1)
    rig.control("use_bank", 40, block=rig.block.ctypes.data, items=rig.items.ctypes.data, count=2)
    rig.control("voice", 50, index=1, rate=1.0)
    rig.run([10])
    rig.engine.gate.open(rig.engine.gate.shut(1))
    rig.run([5])
    for frame, index, decision in ((30, 1, 5), (39, 2, 6), (40, 2, 7), (30, 0, 8)):
        rig.voice(frame, index, decision=decision, gate=rig.engine.gate.word)
    rig.run([64])
    told = rig.events("silenced", "sample", "end")
    assert [e["dropped"] for e in told if e["kind"] == "silenced"] == [3]
    assert [(e["frame"], e["decision"]) for e in told if e["kind"] == "sample"] == [(30, 5), (30, 8), (39, 6)]
    assert [(e["frame"], e["decision"]) for e in told if e["kind"] == "end"] == [(36, 5)]
    assert (items(rig), rig.engine["refused"]) == (
        2,
        1,
    )  # item 2 was there until the other bank came


def test_each_sender_has_a_quota_and_a_full_queue_loses_nothing_that_fits(rig):
    for k in range(QUOTAS[BANK] + 1):
        rig.control("use_bank", 100 + k, block=rig.block.ctypes.data, items=rig.items.ctypes.data, count=5 - k % 2)
    rig.run([5])
    assert rig.engine.pending.held(BANK) == 16
    assert rig.engine["refused"] == 1
    rig.run([95])
    assert (items(rig), rig.engine.pending.held(BANK)) == (5, 16)
    rig.run([1])
    assert (items(rig), rig.engine.pending.held(BANK)) == (5, 15)
    rig.run([1])
    assert (items(rig), rig.engine.pending.held(BANK)) == (4, 14)
