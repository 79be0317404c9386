import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.inference.tokens import HEARD, PLAYED
from livehost.studio.audio_data.recording import TASKS
from livehost.studio.bank_transformer.augment import NONE
from livehost.studio.bank_transformer.batch import collate
from livehost.studio.bank_transformer.normalisation import standardisation
from livehost.studio.bank_transformer.roles import BOTH, PATTERNS, roles
from livehost.studio.bank_transformer.sampling import Sampler, aligned_line, answer_line
from livehost.studio.training.batches import batches_from
from tests.studio.conftest import recording, stream

FEATURES = 120
SOURCE = slice(240, 242)


def sampler(recordings, **options):
    return Sampler(recordings, *standardisation(recordings), **options)


def test_a_doubled_event_is_played_and_then_heard_and_all_ask_for_the_next():
    line = aligned_line(np.array([HEARD, BOTH, PLAYED]), 3)
    assert line.source.tolist() == [HEARD, PLAYED, HEARD, PLAYED]
    assert line.event.tolist() == [0, 1, 1, 2]
    assert line.target.tolist() == [1, 2, 2, -1]
    assert line.current.tolist() == [0, 1, 1, 2]


def test_in_an_answer_heard_tokens_come_when_they_have_ended():
    none = np.zeros((3, FEATURES))
    heard = stream(none, start=6_000)  # 6, 18, 30 thousand; each lasts 12 thousand frames
    machine = stream(none)  # 0, 12, 24 thousand
    line = answer_line(heard, machine, 48_000)
    assert line.source.tolist() == [PLAYED, PLAYED, HEARD, PLAYED, HEARD, HEARD]
    assert line.event.tolist() == [0, 1, 0, 2, 1, 2]
    assert line.target.tolist() == [1, 2, 2, -1, -1, -1]
    assert line.current.tolist() == [0, 1, 1, 2, 2, 2]


def test_what_is_heard_until_the_answer_begins_goes_in_before_it():
    none = np.zeros((2, FEATURES))
    heard, machine = stream(none), stream(none, start=12_000)  # the first ends where the machine begins
    assert answer_line(heard, machine, 48_000).source.tolist() == [HEARD, PLAYED, HEARD, PLAYED]


@pytest.mark.parametrize("task", TASKS)
def test_targets_are_the_items_that_come_next(task):
    """Without augmentation a target's item is the next event of the machine's stream, told by its features."""
    piece = recording("one", 60)
    draws = sampler([piece], strength=NONE, tasks={task: 1.0}, lengths={32: 1.0})
    machines = [s.features for s in (piece.parts if task == "answer" else piece.renderings)]
    for number in range(6):
        for example in draws.batch(number):
            z = (machines[0] - draws.mean) / draws.scale, (machines[1] - draws.mean) / draws.scale
            where = [_places(example.items[:, :FEATURES], stream_) for stream_ in z]
            order = next(found for found in where if found is not None)
            for target, current in zip(example.targets, example.current, strict=True):
                if target >= 0 and current >= 0:
                    assert order[target] == order[current] + 1


def _places(items, features):
    """Events of a stream that items are, None where they are others."""
    distance = np.abs(items[:, None] - features.clip(-4, 4)[None]).max(2)
    return distance.argmin(1) if (distance.min(1) < 1e-4).all() else None


@pytest.mark.parametrize("task", TASKS)
def test_tokens_do_not_tell_of_what_comes_later(task):
    """Other sounds from event 30 on change no token before the first that is about one of them."""
    piece = recording("one", 60)
    other = recording("one", 60)
    for stream_ in other.streams:
        stream_.features[30:] += 1.0
    mean, scale = standardisation([piece])
    pairs = [Sampler([r], mean, scale, strength=NONE, tasks={task: 1.0}, lengths={200: 1.0}) for r in (piece, other)]
    compared = 0
    for number in range(8):
        for one, two in zip(*(draws.batch(number) for draws in pairs), strict=True):
            np.testing.assert_array_equal(one.targets, two.targets)
            known = one.current < 29 if task == "answer" else one.current < 30
            first = np.flatnonzero(~known)[0]
            # what is relative to the bank may change, since the bank is known before
            played = one.tokens[:, SOURCE.start + 1] == 1
            rows = np.flatnonzero(~played[:first])
            np.testing.assert_array_equal(one.tokens[rows], two.tokens[rows])
            np.testing.assert_array_equal(one.tokens[:first, :FEATURES], two.tokens[:first, :FEATURES])
            compared += first
    assert compared > 100


def test_a_batch_depends_on_seed_process_and_number_alone():
    pieces = [recording(f"piece {k}", 50) for k in range(3)]
    one, again = sampler(pieces, seed=3), sampler(pieces, seed=3)
    again.batch(0)
    for a, b in zip(one.batch(5), again.batch(5), strict=True):
        np.testing.assert_array_equal(a.tokens, b.tokens)
        np.testing.assert_array_equal(a.items, b.items)
    first, other_process = one.batch(5)[0].tokens, sampler(pieces, seed=3, rank=1).batch(5)[0].tokens
    assert first.shape != other_process.shape or (first != other_process).any()
    source = batches_from(lambda number: collate(one.batch(number)), 5)
    np.testing.assert_array_equal(next(source).tokens, collate(again.batch(5)).tokens)
    source.close()


def test_batches_keep_to_their_size_and_banks_hold_all_that_is_asked_for():
    draws = sampler([recording(f"piece {k}", 90) for k in range(3)], tokens=256, bank=40)
    for number in range(5):
        batch = collate(draws.batch(number))
        assert batch.tokens.shape[0] * batch.tokens.shape[1] <= 256
        assert int(batch.targets.max()) < batch.items.shape[1]
        asked = batch.targets >= 0
        assert bool(batch.present.gather(1, batch.targets.clamp(min=0))[asked].all())
        assert bool((batch.targets != batch.current)[asked].all())


def test_sequences_of_several_splits_are_refused():
    with pytest.raises(LivehostError, match="one split"):
        sampler([recording("a"), recording("b", split="valid")])


def test_recordings_that_are_too_short_are_told_of():
    with pytest.raises(LivehostError, match="too little to learn from"):
        sampler([recording("a", 5)])


@pytest.mark.parametrize("pattern", PATTERNS)
def test_roles_are_those_of_the_pattern(pattern):
    drawn = roles(pattern, 200, np.random.default_rng(1))
    wanted = {"heard": {HEARD}, "played": {PLAYED}, "both": {BOTH}}.get(pattern, {HEARD, PLAYED})
    assert len(drawn) == 200
    assert set(drawn.tolist()) == wanted
