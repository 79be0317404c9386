"""Choosing, improvising, beam search: by a model whose logits are known."""

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.performance import vocabulary as v
from livehost.performance.notes import make_notes
from livehost.performance.stream import HEARD, OWN, decode, encode
from livehost.studio.performance_rnn.beam import beam_search
from livehost.studio.performance_rnn.choose import Choice, log_probabilities
from livehost.studio.performance_rnn.generate import parse_histogram, played
from livehost.studio.performance_rnn.improvise import MAX_NOTE_S, Line, acts_of, ask_nothing, improvise


class Table:
    """A model whose logits after an event stand in a table; it notes what it is fed."""

    def __init__(self, after, count=1):
        self.after, self.fed, self.name = after, [], "table"
        self.count = count

    def lines(self, count):
        return Table(self.after, count)

    def step(self, events, sources, conditions):
        self.fed.append((events.copy(), sources.copy(), conditions.copy()))
        return np.stack([self.after(int(e)) for e in events])

    def reorder(self, of):
        pass


def likes(table, otherwise=-9.0):
    """Logits: what is liked after an event, everything else alike."""

    def after(event):
        logits = np.full(v.SIZE, otherwise, np.float32)
        for liked, by in table(event).items():
            logits[liked] = by
        return logits

    return after


def beat(event):
    """60 for 100 ms, every 500 ms."""
    if event == 60:
        return {v.shift_of(10): 9.0}
    if event == v.shift_of(10):
        return {v.NOTE_OFF + 60: 9.0}
    if event == v.NOTE_OFF + 60:
        return {v.shift_of(40): 9.0}
    return {60: 9.0}


@pytest.mark.parametrize(
    "wrong", [{"temperature": -1.0}, {"temperature": np.nan}, {"top_k": -1}, {"top_p": 0.0}, {"top_p": 1.5}]
)
def test_nothing_is_chosen_by_such_numbers(wrong):
    with pytest.raises(LivehostError):
        Choice(**wrong)


def test_choices():
    rng, logits = np.random.default_rng(0), np.log(np.array([0.1, 0.6, 0.25, 0.05]))
    draw = lambda **asked: {Choice(**asked).of(logits, rng) for _ in range(200)}  # noqa: E731
    assert draw(temperature=0.0) == {1}
    assert draw() == {0, 1, 2, 3}
    assert draw(top_k=2) == {1, 2}
    assert draw(top_p=0.6) == {1, 2} or draw(top_p=0.59) == {1}
    assert draw(top_p=0.86) == {0, 1, 2}
    share = np.mean([Choice(temperature=0.5).of(logits, rng) == 1 for _ in range(2000)])
    assert share == pytest.approx(0.36 / (0.01 + 0.36 + 0.0625 + 0.0025), abs=0.04)
    assert np.exp(log_probabilities(logits)).sum() == pytest.approx(1.0)


def test_a_beat_is_played():
    line = Line([], 200)
    improvise(Table(likes(beat)), [line], ask_nothing, Choice(temperature=0.0))
    notes = decode(line.events)
    assert np.diff(notes["start_s"]).round(2).tolist() == [0.5, 0.5, 0.5]
    assert (notes["end_s"] - notes["start_s"]).round(2).tolist() == [0.1] * len(notes)
    assert line.now >= 200


def test_what_is_heard_cuts_a_shift_and_is_fed():
    heard = acts_of(encode(make_notes([(0.33, 0.6, 72, 66)])))
    line, model = Line(heard, 100), Table(likes(beat))
    improvise(model, [line], ask_nothing, Choice(temperature=0.0))
    theirs = decode(line.events, line.sources, HEARD)
    assert theirs[["start_s", "end_s", "pitch"]].tolist() == [(0.33, 0.6, 72)]
    assert [(e[0], s[0]) for e, s, _ in model.fed] == list(zip(line.events, line.sources, strict=True))
    cut = line.events.index(72) - 2  # the time-shift, the velocity, the note
    assert line.sources[cut : cut + 3] == [HEARD] * 3
    assert v.TIME_SHIFT <= line.events[cut] < v.VELOCITY


def test_nothing_is_released_that_does_not_sound_and_no_note_lasts_for_ever():
    line = Line([], 3000)
    improvise(Table(likes(lambda _: {v.NOTE_OFF + 5: 20.0, v.shift_of(100): 5.0, 60: 4.0})), [line], ask_nothing,
              Choice(), seed=2)  # fmt: skip
    struck = set()
    for event in line.events:
        if event < v.NOTE_OFF:
            assert event not in struck
            struck.add(event)
        elif event < v.TIME_SHIFT:
            struck.remove(event - v.NOTE_OFF)
    notes = decode(line.events)
    assert len(notes) > 2
    assert (notes["end_s"] - notes["start_s"]).max() <= MAX_NOTE_S + 0.001


def test_the_same_seed_plays_the_same():
    def play(seed):
        lines = [Line([], 300), Line([], 150)]
        improvise(Table(likes(beat, otherwise=5.0)).lines(2), lines, ask_nothing, Choice(), seed)
        return [line.events for line in lines]

    assert play(4) == play(4)
    assert play(4) != play(5)
    assert play(4)[0][:20] != play(4)[1][:20]


def test_a_prime_comes_before_and_is_not_what_is_played():
    prime = encode(make_notes([(0.0, 1.0, 50, 66), (0.5, 1.0, 51, 66)]))
    line = Line([], 100)
    line.prime(prime.events, prime.sources)
    improvise(Table(likes(beat)), [line], ask_nothing, Choice(temperature=0.0))
    assert line.begin == 100
    assert line.events[: len(prime)] == prime.events.tolist()
    notes = played(line)
    assert set(notes["pitch"].tolist()) == {60}
    assert notes["start_s"].min() >= 0
    assert notes["end_s"].max() <= 1.0


def test_what_is_heard_comes_behind_a_prime():
    prime = encode(make_notes([(0.0, 1.0, 50, 66)]))
    line = Line([(10, 72)], 100)
    line.prime(prime.events, prime.sources)
    improvise(Table(likes(lambda _: {v.shift_of(100): 9.0})), [line], ask_nothing, Choice(temperature=0.0))
    assert decode(line.events, line.sources, HEARD)["start_s"].tolist() == [1.1]


def test_time_goes_on_whatever_a_model_likes():
    line = Line([], 20)
    restless = likes(lambda _: {60: 9.0, v.NOTE_OFF + 60: 8.0, v.VELOCITY: 7.0})
    improvise(Table(restless), [line], ask_nothing, Choice(temperature=0.0), most=5000)
    assert line.over


class Trap(Table):
    """After a shift, 60 looks best and leads nowhere good; 62 leads to what is sure."""

    def __init__(self, count=1):
        def after(event):
            if event == 60:
                return np.zeros(v.SIZE, np.float32)
            if event == 62:
                return likes(lambda _: {v.shift_of(100): 20.0})(0)
            return likes(lambda _: {60: 9.0, 62: 8.8})(0)

        super().__init__(after, count)

    def lines(self, count):
        return Trap(count)


def test_a_beam_finds_what_is_likelier_than_the_greedy_choice():
    greedy, wide = (beam_search(Trap(), Line([], 60), ask_nothing, width) for width in (1, 3))
    assert 60 in greedy.line.events
    assert 62 in wide.line.events
    assert 60 not in wide.line.events
    assert wide.mean > greedy.mean
    assert wide.line.now >= 60
    assert wide.log_p <= 0


def test_a_beam_is_the_same_each_time_but_for_its_seed():
    search = lambda **more: beam_search(Table(likes(beat, 5.0)), Line([], 150), ask_nothing, 3, **more).line.events  # noqa: E731
    assert search() == search()
    assert search(warmth=1.0, seed=1) != search(warmth=1.0, seed=2)


def test_a_beam_begins_behind_its_prime():
    prime = encode(make_notes([(0.0, 1.0, 50, 66)]))
    line = Line([], 50)
    line.prime(prime.events, prime.sources)
    found = beam_search(Table(likes(beat)), line, ask_nothing, 2)
    assert found.line.events[: len(prime)] == prime.events.tolist()
    assert not line.events
    assert found.line.sources == [OWN] * len(found.line.events)


@pytest.mark.parametrize("text", ["C,X", "1,2,three", ""])
def test_no_histogram(text):
    with pytest.raises(LivehostError, match="--histogram is"):
        parse_histogram(text)


def test_histograms():
    assert parse_histogram("c, Eb,G#") == [1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0]
    assert parse_histogram("1,0,0,0,1,0,0,2,0,0,0,0.5")[7] == 2.0
