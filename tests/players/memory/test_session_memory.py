import ctypes

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.players.memory import session_memory
from livehost.players.memory.codebook import NEAR, SCAN, learn_codebook
from livehost.players.memory.query import DOUBT, ESCAPE
from livehost.players.memory.session_memory import SessionMemory, source_order
from livehost.players.memory.state import PROPOSED
from livehost.players.top_rows import DIMENSIONS
from tests.players.memory.reference import ReferenceMemory

BAR = [3, 7, 3, 9, 12, 7]


def make_matrix(items, seed=0, columns=8):
    matrix = np.zeros((items, DIMENSIONS), np.float32)
    matrix[:, :columns] = np.random.default_rng(seed).normal(size=(items, columns))
    return matrix


def make_memory(items=20, sounds=1024, seed=0):
    matrix = make_matrix(items, seed)
    return SessionMemory(matrix, np.ones(items, np.uint8), sounds=sounds), matrix


def stroke(matrix, item, rng, noise=0.1):
    """A sound like an item; no two are the same."""
    return matrix[item] + rng.normal(size=DIMENSIONS).astype(np.float32) * np.float32(noise)


def best(memory, **asked):
    return int(np.argmax(memory.log_probabilities(**asked)))


def test_a_repeated_bar_is_continued_right_though_no_two_strokes_measure_the_same():
    memory, matrix = make_memory()
    rng = np.random.default_rng(1)
    right = []
    for k in range(4 * len(BAR)):
        memory.hear(stroke(matrix, BAR[k % len(BAR)], rng))
        if k >= len(BAR):
            right.append(best(memory) == BAR[(k + 1) % len(BAR)])
    # the bar begins as it goes on in its middle; from its second sound on nothing else fits
    assert all(right[1:6])
    assert all(right[7:12])
    assert all(right[13:])


def test_what_comes_next_depends_on_the_sounds_before():
    memory, matrix = make_memory()
    for item in (1, 2, 3, 4, 2, 5) * 2:
        memory.hear(matrix[item])
    memory.hear(matrix[1])
    memory.hear(matrix[2])
    assert best(memory) == 3
    for item in (3, 4, 2):
        memory.hear(matrix[item])
    assert best(memory) == 5


def test_an_unknown_context_backs_off():
    memory, matrix = make_memory()
    for item in (1, 2, 3):
        memory.hear(matrix[item])
    memory.hear(matrix[9])  # never heard before: hardly anything is said
    assert memory.log_probabilities() == pytest.approx(-np.log(20), abs=0.3)
    memory.hear(matrix[2])  # heard once, after something else
    assert best(memory) == 3
    proposed, floor = memory.scores()
    assert np.exp(floor) * 20 == pytest.approx((ESCAPE + DOUBT) / (1 + ESCAPE + DOUBT), rel=1e-4)
    assert proposed[3] < 0


def test_nothing_heard_says_nothing():
    memory, _ = make_memory()
    assert memory.scores(0.5) == ({}, pytest.approx(-np.log(20)))


def test_probabilities_make_up_one():
    memory, matrix = make_memory()
    rng = np.random.default_rng(2)
    for k in range(60):
        memory.hear(stroke(matrix, BAR[k % 6], rng, 0.3))
        memory.played(int(rng.integers(20)))
        assert np.exp(memory.log_probabilities(0.5)).sum() == pytest.approx(1.0, abs=1e-6)


def test_the_own_line_is_remembered_beside_the_heard_one():
    memory, matrix = make_memory()
    for k in range(18):
        memory.hear(matrix[BAR[k % 6]])
        memory.played((0, 15, 16)[k % 3])
    assert best(memory, heard_share=0.0) == 0
    assert best(memory, heard_share=1.0) == BAR[0]
    both = memory.scores(0.5)[0]
    assert both[0] > -1.0  # its own item; what was heard is shared among those around it
    assert both[BAR[0]] == max(p for item, p in both.items() if item != 0) > -2.0


def test_a_sound_that_still_sounds_is_the_newest_of_the_context_and_is_not_remembered():
    memory, matrix = make_memory()
    for k in range(19):
        memory.hear(matrix[BAR[k % 6]])
    before = memory.scores()
    assert best(memory) == BAR[1]
    assert best(memory, provisional=matrix[BAR[1]]) == BAR[2]
    half = 0.6 * matrix[BAR[1]]  # only its beginning is known
    assert best(memory, provisional=half) == BAR[2]
    assert memory.scores() == before
    assert memory.counts == (19, 0)


def test_the_same_answers_as_a_plain_model():
    for seed in range(4):
        memory, matrix = make_memory(items=30, sounds=64, seed=seed)
        allowed = memory._allowed
        plain, rng = ReferenceMemory(memory, matrix, allowed, 64), np.random.default_rng(seed)
        for k in range(300):
            item = BAR[k % 6] if rng.random() < 0.8 else int(rng.integers(30))
            place = stroke(matrix, item, rng, 0.2)
            memory.hear(place)
            plain.hear(place)
            if rng.random() < 0.7:
                item = int(rng.integers(6))
                memory.played(item)
                plain.played(item)
            if k == 150:
                allowed[[4, 7]] = 3
            if k == 200:
                memory.forget()
                plain.forget()
            share = float(rng.choice([0.0, 0.3, 1.0]))
            peek = stroke(matrix, BAR[(k + 1) % 6], rng, 0.5) if rng.random() < 0.4 else None
            wanted = np.log(plain.probabilities(share, peek))
            got = memory.log_probabilities(share, peek)
            np.testing.assert_allclose(got[allowed == 1], wanted[allowed == 1], rtol=1e-3, atol=1e-3)
            assert np.all(np.isneginf(got[allowed != 1]))


def test_the_oldest_are_forgotten_and_nothing_else_changes():
    sounds = 1 << 12
    memory, matrix = make_memory(sounds=sounds)
    size = memory.nbytes
    fresh, _ = make_memory(sounds=sounds)
    for k in range(300_000):
        memory.hear(matrix[BAR[k % 6]])
    assert (memory.counts, memory.nbytes) == ((sounds, 0), size)
    for k in range(300_000 - sounds, 300_000):
        fresh.hear(matrix[BAR[k % 6]])
    ours, theirs = memory.scores(), fresh.scores()
    assert ours == theirs
    assert best(memory) == BAR[0]
    # a sound that only the first few hundred thousand knew
    for _ in range(3):
        memory.hear(matrix[19])
    assert best(memory) == 19


def test_what_was_followed_long_ago_is_gone():
    memory, matrix = make_memory(sounds=16)
    for item in (1, 2):
        memory.hear(matrix[item])
    for _ in range(14):
        memory.hear(matrix[5])
    memory.hear(matrix[1])  # the ring holds 2, 5 × 14, 1
    assert memory.log_probabilities() == pytest.approx(-np.log(20), abs=0.3)


def test_a_hundred_thousand_sounds_fit_into_64_mb():
    matrix = make_matrix(1000)
    memory = SessionMemory(matrix, np.ones(1000, np.uint8))
    assert 2 * memory._lines["sounds"][0] >= 100_000
    assert memory.nbytes + matrix.nbytes <= 64 << 20


def test_forget_begins_anew():
    memory, matrix = make_memory()
    for item in BAR * 3:
        memory.hear(matrix[item])
        memory.played(item)
    memory.forget()
    assert memory.counts == (0, 0)
    memory.hear(matrix[BAR[0]])
    memory.played(BAR[0])
    assert memory.scores(0.5)[0] == {}


def test_a_barred_item_is_never_proposed_and_another_like_it_is():
    memory, matrix = make_memory()
    matrix[8] = matrix[7] + np.float32(0.01)
    memory = SessionMemory(matrix, memory._allowed, sounds=64)
    for item in BAR * 3:
        memory.hear(matrix[item])
    memory.hear(matrix[3])
    assert best(memory) == 7
    memory._allowed[7] = 1 | 2
    assert 7 not in memory.scores()[0]
    assert best(memory) == 8
    assert memory.log_probabilities()[7] == -np.inf
    memory._allowed[:] = 1 | 2
    assert memory.scores()[0] == {}
    memory.hear(matrix[7])  # nothing is allowed, and nothing is near
    memory._allowed[:] = 1
    memory.hear(matrix[3])
    assert np.isfinite(memory.log_probabilities()).all()


def test_a_bank_of_one_item():
    memory = SessionMemory(np.zeros((1, DIMENSIONS), np.float32), np.ones(1, np.uint8), sounds=16)
    for _ in range(40):
        memory.hear(np.random.default_rng(0).normal(size=DIMENSIONS).astype(np.float32))
        memory.played(0)
        assert memory.log_probabilities(0.5) == pytest.approx([0.0], abs=1e-6)


def test_a_bank_of_silence():
    memory = SessionMemory(np.zeros((12, DIMENSIONS), np.float32), np.ones(12, np.uint8), sounds=64)
    for k in range(100):
        memory.hear(np.zeros(DIMENSIONS, np.float32))
        memory.played(k % 12)
        assert np.isfinite(memory.log_probabilities(0.5)).all()
    assert memory.scores()[0].keys() == set(range(NEAR))  # all are alike; the first ones stand for them


def test_one_sound_repeated_ten_thousand_times():
    memory, matrix = make_memory(sounds=1 << 12)
    for _ in range(10_000):
        memory.hear(matrix[4])
        memory.played(4)
    assert best(memory) == 4
    before = np.exp(memory.log_probabilities()[4])
    assert before > 0.25
    memory.hear(matrix[4] + np.float32(9.0))  # one odd sound: the row is still thought to go on, and less so
    assert 0.1 < np.exp(memory.log_probabilities()[4]) < before


def test_places_that_are_no_numbers_do_no_harm():
    memory, matrix = make_memory()
    for k in range(50):
        memory.hear(np.full(DIMENSIONS, [np.nan, np.inf, -np.inf][k % 3], np.float32))
        memory.hear(matrix[BAR[k % 6]])
        assert np.isfinite(memory.log_probabilities()).all()


def test_at_most_64_items_are_proposed():
    memory, matrix = make_memory(items=400)
    for k in range(400):
        memory.hear(matrix[0])
        memory.hear(matrix[k])
    memory.hear(matrix[0])
    assert len(memory.scores()[0]) == PROPOSED


def test_an_item_that_the_bank_has_not_is_passed_over():
    memory, _ = make_memory()
    for item in (-1, 20):
        memory.played(item)
    assert memory.counts == (0, 0)


def test_rank_sequence_is_memory_alone_after_each_sound():
    memory, matrix = make_memory()
    places = matrix[BAR * 3]
    ranked = memory.rank_sequence(places)
    assert ranked.shape == (18, 20)
    assert ranked[7:17].argmax(1).tolist() == (BAR * 3)[8:]
    np.testing.assert_array_equal(memory.rank_sequence(places, [-1] * 18), ranked)
    own = memory.rank_sequence(places, [0, 1, 2] * 6, heard_share=0.0)
    assert own[17].argmax() == 0


def test_what_is_wrong_is_said_in_a_sentence():
    memory, matrix = make_memory()
    with pytest.raises(LivehostError, match="A place has 32 numbers, not"):
        memory.hear(np.zeros(3))
    with pytest.raises(LivehostError, match="a power of two of sounds, not 1000"):
        SessionMemory(matrix, np.ones(20, np.uint8), sounds=1000)


def test_a_codebook_covers_the_bank_and_near_items_are_found_in_a_large_one():
    matrix = make_matrix(3 * SCAN, columns=4)
    book = learn_codebook(matrix)
    assert len(book.book) == round(np.sqrt(3 * SCAN))
    assert sorted(book.member.tolist()) == list(range(3 * SCAN))
    for code in range(len(book.book)):
        assert (book.code[book.member[book.first[code] : book.first[code + 1]]] == code).all()
    memory = SessionMemory(matrix, np.ones(len(matrix), np.uint8), sounds=64)
    for item in range(0, len(matrix), 97):
        memory.hear(matrix[item])
        assert memory._state["near_item"][0, 0] == item


def test_a_source_of_the_bank_is_known_before_anything_was_heard():
    rng = np.random.default_rng(4)
    matrix = rng.normal(size=(40, DIMENSIONS)).astype(np.float32)
    successor = np.append(np.arange(1, 40), -1)
    successor[[19]] = -1  # two sources
    memory = SessionMemory(matrix, np.ones(40, np.uint8), successor, sounds=64)
    for item in (5, 6, 7):
        memory.hear(matrix[item])
    found, floor = memory.scores()
    assert max(found, key=found.get) == 8
    assert found[8] > floor + 3
    memory.forget()
    assert memory.counts == (0, 0)
    memory.hear(matrix[30])
    assert max(memory.scores()[0], key=memory.scores()[0].get) == 31
    memory.forget()
    memory.hear(matrix[19])  # nothing follows the end of a source
    assert memory.scores()[0].get(20, floor) == pytest.approx(floor, abs=0.3)


def test_a_context_does_not_reach_over_the_gap_between_two_sources():
    matrix = np.random.default_rng(5).normal(size=(6, DIMENSIONS)).astype(np.float32)
    whole = SessionMemory(matrix, np.ones(6, np.uint8), np.array([1, 2, 3, 4, 5, -1]), sounds=64)
    parted = SessionMemory(matrix, np.ones(6, np.uint8), np.array([1, 2, -1, 4, 5, -1]), sounds=64)
    for memory in (whole, parted):
        for item in (1, 2, 3):
            memory.hear(matrix[item])
    assert whole.scores()[0][4] > parted.scores()[0][4] > parted.scores()[1]


@pytest.mark.parametrize(
    ("successor", "order"),
    [
        ([1, 2, -1], [0, 1, 2, -1]),
        ([-1, -1], []),
        ([-1, 2, -1, -1, 3], [1, 2, -1, 4, 3, -1]),
        ([1, 0, 3, -1], [2, 3, -1]),  # a circle has no beginning
    ],
)
def test_sources_stand_one_after_the_other(successor, order):
    assert source_order(np.array(successor)).tolist() == order


def test_what_it_is_given_is_held_until_it_is_taken(monkeypatch):
    """Another thread may take memory that nobody holds, in the moment before the native call reads it."""
    given, others = [], []

    def reading(function):
        def call(_state, address):
            others.extend(np.full(size, 7, np.int64) for size in (6, 8, 10, 16) for _ in range(8))
            if function is session_memory.learn_order:
                given.extend((ctypes.c_int64 * 8).from_address(address))
            return 0

        return call

    monkeypatch.setattr(session_memory, "run2", reading)
    successor = np.array([1, 2, -1, 4, -1], np.int64)
    SessionMemory(make_matrix(5), np.ones(5, np.uint8), successor, sounds=64)
    assert given == [7, 0, 1, 2, -1, 3, 4, -1]
