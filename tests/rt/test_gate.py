"""The gate: shut and opened by anybody, and never opened by who has not seen the last shutting."""

import threading

from livehost.rt.gate import Gate, shuttings


def test_its_word_counts_shuttings_and_openings():
    gate = Gate()
    assert (gate.word, gate.is_shut, shuttings(gate.word)) == (0, False, 0)
    assert gate.shut(480) == 1
    assert (gate.is_shut, shuttings(gate.word)) == (True, 1)
    assert gate.shut(480) == 3  # once more
    assert not gate.open(1)
    assert gate.is_shut
    assert gate.open(3)
    assert (gate.word, gate.is_shut, shuttings(gate.word)) == (4, False, 2)
    assert not gate.open(4)  # it is open
    assert gate.word == 4


def test_no_shutting_is_lost_between_threads():
    gate = Gate()
    stop = threading.Event()

    def openers():
        while not stop.is_set():
            gate.open(gate.word)

    threads = [threading.Thread(target=openers) for _ in range(2)]
    threads += [threading.Thread(target=lambda: [gate.shut(1) for _ in range(20_000)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads[2:]:
        thread.join()
    stop.set()
    for thread in threads[:2]:
        thread.join()
    assert shuttings(gate.word) == 40_000


def test_a_blink_lets_nothing_from_before_pass_and_leaves_a_shut_gate_alone():
    gate = Gate()
    assert gate.blink(5)
    assert (gate.word, gate.is_shut, shuttings(gate.word)) == (2, False, 1)
    word = gate.shut(5)
    assert not gate.blink(5)
    assert gate.word == word
