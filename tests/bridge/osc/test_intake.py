"""Lines: in turn, in order, and no longer than they may be."""

from livehost.bridge.osc import intake, wire
from livehost.bridge.osc.intake import Intake

A, B, C = (("127.0.0.1", port) for port in (1, 2, 3))


def note(k):
    return wire.encode("/play", "i", k)


def make():
    wrong = []
    return Intake(lambda client, error: wrong.append((client, str(error)))), wrong


def taken(line):
    out = []
    while (delivery := line.next()) is not None:
        out.append((delivery.client, *delivery.message.args))
    return out


def test_clients_are_served_in_turn_and_each_in_its_order():
    line, _ = make()
    assert not line
    line.add(wire.bundle([note(k) for k in range(4)]), A)
    line.add(note(4), A)
    line.add(note(0), B)
    line.add(note(1), B)
    line.add(note(0), C)
    assert line
    assert taken(line) == [(A, 0), (B, 0), (C, 0), (A, 1), (B, 1), (A, 2), (A, 3), (A, 4)]
    assert not line


def test_who_comes_while_another_floods_is_next():
    line, _ = make()
    line.add(wire.bundle([note(k) for k in range(2000)]), A)
    assert line.next().client == A
    line.add(note(7), B)
    assert [line.next().client for _ in range(2)] == [A, B] or line.next() is None


def test_a_line_has_an_end_and_others_have_theirs(monkeypatch):
    monkeypatch.setattr(intake, "MAX_PACKETS", 2)
    monkeypatch.setattr(intake, "MAX_BYTES", 64)
    monkeypatch.setattr(intake, "MAX_LINES", 2)
    line, _ = make()
    assert [line.add(note(k), A) for k in range(3)] == [True, True, False]
    assert not line.add(bytes(65), B)
    assert line.add(note(0), B)
    assert not line.add(note(0), C)
    assert taken(line) == [(A, 0), (B, 0), (A, 1)]
    assert line.add(note(0), C)


def test_what_is_no_osc_is_told_of_and_passed_over():
    line, wrong = make()
    line.add(b"rubbish", A)
    line.add(note(1), A)
    assert taken(line) == [(A, 1)]
    assert wrong == [(A, "neither a message nor a bundle")]


def test_what_is_known_of_a_packet_goes_with_each_message():
    line, _ = make()
    line.add(wire.bundle([note(1), note(2)]), A, 5, 7)
    for _ in range(2):
        delivery = line.next()
        assert (delivery.done, delivery.shuttings) == (5, 7)
