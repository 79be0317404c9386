"""Training sequences."""

import numpy as np
import pytest
import torch

from livehost.performance import condition as asked
from livehost.performance import vocabulary as v
from livehost.performance.notes import make_notes
from livehost.performance.stream import HEARD, NO_TARGET, OWN, encode
from livehost.studio.models.performance_rnn import Hyperparameters, PerformanceRNN
from livehost.studio.performance_rnn.ask import conditions_of
from livehost.studio.performance_rnn.own_line import own_strikes, play_instead
from livehost.studio.performance_rnn.sampling import HANDS, PHRASES, WHOLE, Sampler, part, sequence, vary
from livehost.studio.performance_rnn.self_play import play_itself
from tests.studio.performance_rnn.conftest import made_up


def test_a_batch_follows_from_seed_process_and_number(performances):
    make = lambda seed, rank: Sampler(performances[:3], seed, rank, batch=4, length=64)  # noqa: E731
    first, again = make(1, 0).batch(7), make(1, 0).batch(7)
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    for other in (make(2, 0).batch(7), make(1, 1).batch(7), make(1, 0).batch(8)):
        assert not torch.equal(first.events, other.events)
    assert first.events.shape == (4, 64)
    assert first.conditions.shape == (4, 64, asked.SIZE)


def test_batches_hold_every_kind_of_sequence(performances):
    batches = [Sampler(performances[:3], 0, 0, batch=16, length=64).batch(k) for k in range(4)]
    heard = torch.cat([b.sources.float().mean(1) for b in batches])
    assert (heard == 0).any()
    assert ((heard > 0.2) & (heard < 0.8)).any()
    flags = torch.cat([b.conditions[:, 8, 13:] for b in batches])
    assert flags.mean(0).tolist() == pytest.approx([0.5, 0.5], abs=0.25)
    assert torch.cat([b.sampled for b in batches]).any()


def test_parts():
    notes, right = made_up()
    rng = np.random.default_rng(0)
    assert not part(notes, right, WHOLE, rng).any()
    hands = [part(notes, right, HANDS, rng) for _ in range(20)]
    assert all((h == right).all() or (h == ~right).all() for h in hands)
    assert len({tuple(h) for h in hands}) == 2
    phrases = part(notes, right, PHRASES, rng)
    assert 0.2 < phrases.mean() < 0.8
    assert np.count_nonzero(np.diff(phrases)) <= notes["start_s"][-1] + 1


def test_what_is_heard_comes_late_and_the_own_line_stays():
    notes, right = made_up(count=8)
    plain, late = (sequence(notes, right, 500, late_s=s) for s in (0.0, 0.25))
    where = [np.cumsum(np.where(v.class_of(s.events) == 2, s.events - v.TIME_SHIFT + 1, 0)) for s in (plain, late)]
    steps = [[w[(s.sources == who) & (s.events < v.NOTE_OFF)] for who in (OWN, HEARD)]
             for s, w in zip((plain, late), where, strict=True)]  # fmt: skip
    shift = steps[1][1] - steps[0][1] - (steps[1][0] - steps[0][0])
    assert set(shift.tolist()) <= {24, 25, 26}


def test_varied_notes_stay_on_the_keyboard():
    notes, right = made_up()
    notes["pitch"][:3] = 127
    varied, hand = vary(notes, right, np.random.default_rng(3))
    assert len(varied) == len(hand)
    assert varied["pitch"].max() <= 127
    assert varied["velocity"].min() >= 1


def test_a_wrong_note_is_released_and_what_comes_next_stays():
    stream = encode(make_notes([(0.0, 0.5, 60, 66), (0.2, 0.6, 64, 66), (1.0, 1.5, 60, 66)]))
    events, targets = stream.events.copy(), stream.targets.copy()
    play_instead(events, stream.sources, targets, int(own_strikes(events, stream.sources)[0]), 61)
    notes = events
    assert [v.name_of(e) for e in notes if v.class_of(e) < 2] == [
        "note-on 61", "note-on 64", "note-off 61", "note-off 64", "note-on 60", "note-off 60"
    ]  # fmt: skip
    assert v.name_of(targets[0]) == "note-on 60"  # what was right is still learnt
    changed = np.flatnonzero(targets != stream.targets)
    assert [v.name_of(t) for t in targets[changed]] == ["note-off 61"]


def test_a_wrong_note_that_is_never_released():
    events, sources = np.array([60, v.shift_of(5)]), np.zeros(2, np.int64)
    targets = np.array([v.shift_of(5), NO_TARGET])
    play_instead(events, sources, targets, 0, 70)
    assert events.tolist() == [70, v.shift_of(5)]


def test_what_is_asked_is_what_comes():
    own = make_notes([(0.5 * k, 0.5 * k + 0.1, 60 + 4 * (k >= 8), 66) for k in range(16)])  # C for 4 s, then E
    stream = encode(own)
    made = conditions_of(stream, own, 8.0, 2.0, histogram=True, density=True)
    now = stream.steps * v.STEP_S
    assert made[now < 1.9][:, 0].tolist() == pytest.approx([1.0] * int((now < 1.9).sum()))
    assert made[now > 4.0][:, 4].min() == pytest.approx(1.0)
    assert made[:, asked.DENSITY] * asked.FULL_DENSITY == pytest.approx(np.full(len(now), 2.0), abs=0.51)
    assert not conditions_of(stream, own, 8.0, 2.0, histogram=False, density=False).any()
    flat = conditions_of(stream, own, 8.0, np.inf, histogram=True, density=False, power=0.0)
    assert flat[0, [0, 4]].tolist() == [0.5, 0.5]


def test_what_the_model_chose_is_what_it_hears(performances):
    torch.manual_seed(0)
    batch = Sampler(performances[:3], 0, 0, batch=6, length=96).batch(0)
    batch = batch._replace(sampled=torch.tensor([True, False] * 3))
    model = PerformanceRNN(Hyperparameters(layers=1, width=8))
    played = play_itself(model, batch)
    same = (played.events == batch.events).all(1)
    assert same.tolist()[1::2] == [True] * 3
    assert not same[::2].any()
    kinds = [torch.from_numpy(v.class_of(b.events.numpy())) for b in (batch, played)]
    assert torch.equal(*kinds)
    heard = batch.sources == HEARD
    assert torch.equal(played.events[heard], batch.events[heard])
    ons = (batch.targets >= 0) & (batch.targets < v.NOTE_OFF)
    assert torch.equal(played.targets[ons], batch.targets[ons])
