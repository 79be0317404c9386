import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.inference.tokens import HEARD, ITEM_SIZE, PLAYED, TOKEN_SIZE
from livehost.studio.audio_data.recording import TASKS
from livehost.studio.bank_transformer.augment import NONE
from livehost.studio.bank_transformer.batch import collate
from livehost.studio.bank_transformer.normalisation import standardisation
from livehost.studio.bank_transformer.own_lines import random_items
from livehost.studio.bank_transformer.roles import BOTH, PATTERNS, roles
from livehost.studio.bank_transformer.sampling import Sampler
from livehost.studio.bank_transformer.vectors import LENGTH, gaps_from
from livehost.studio.training.batches import batches_from
from tests.studio.conftest import recording

FEATURES = ITEM_SIZE // 2
IS_HEARD, IS_PLAYED, CLOSED, NOW = range(ITEM_SIZE, ITEM_SIZE + 4)


def sampler(recordings, **options):
    return Sampler(recordings, *standardisation(recordings), **options)


def columns(examples, name):
    return np.concatenate([getattr(example, name) for example in examples])


@pytest.mark.parametrize("task", TASKS)
def test_tokens_say_what_they_are(task):
    draws = sampler([recording("one", 60)], tasks={task: 1.0}, lengths={32: 1.0})
    examples = [example for number in range(6) for example in draws.batch(number)]
    tokens, peeks = columns(examples, "tokens"), columns(examples, "peeks")
    assert (tokens[:, IS_HEARD] + tokens[:, IS_PLAYED] == 1).all()
    assert (tokens[:, [CLOSED, NOW]] == [1, 0]).all()
    assert (peeks[:, [IS_HEARD, IS_PLAYED, CLOSED]] == [1, 0, 0]).all()
    assert set(peeks[:, NOW].tolist()) == {0.0, 1.0}
    assert (columns(examples, "played")[tokens[:, IS_HEARD] == 1] == -1).all()


def test_a_played_token_begins_with_the_vector_of_its_item():
    draws = sampler([recording("one", 60)])
    compared = 0
    for number in range(6):
        for example in draws.batch(number):
            mine = example.played >= 0
            assert (mine == (example.tokens[:, IS_PLAYED] == 1)).all()
            np.testing.assert_array_equal(example.tokens[mine, :ITEM_SIZE], example.items[example.played[mine]])
            np.testing.assert_array_equal(example.tokens[mine, LENGTH], example.length[example.played[mine]])
            compared += int(mine.sum())
    assert compared > 100


@pytest.mark.parametrize("task", TASKS)
def test_targets_are_the_items_that_come_next(task):
    """With true own lines, without augmentation: told by the items' features."""
    piece = recording("one", 60)
    draws = sampler([piece], strength=NONE, tasks={task: 1.0}, lengths={32: 1.0}, apart=0.0, line="true")
    machines = [s.items for s in (piece.parts if task == "answer" else piece.renderings)]
    asked = 0
    for number in range(6):
        for example in draws.batch(number):
            z = [(machine - draws.mean) / draws.scale for machine in machines]
            order = next(found for found in (_places(example.items[:, :FEATURES], s) for s in z) if found is not None)
            count = len(example.tokens)
            own = (example.own >= 0) & (example.targets >= 0)
            np.testing.assert_array_equal(order[example.targets[own]], order[example.played[example.own[own]]] + 1)
            for query in range(1, count):
                if example.targets[query] >= 0 and not own[query] and example.played[query] >= 0 and task == "answer":
                    assert order[example.targets[query]] == order[example.played[query]] + 1
            following = order[example.targets[:count][(example.targets[:count] >= 0) & ~own[:count]]]
            assert (np.diff(following) >= 0).all()
            asked += int((example.targets >= 0).sum())
    assert asked > 100


def _places(items, features):
    """Events of a stream that items are, None where they are others."""
    distance = np.abs(items[:, None] - features.clip(-4, 4)[None]).max(2)
    return distance.argmin(1) if (distance.min(1) < 1e-4).all() else None


@pytest.mark.parametrize("task", TASKS)
def test_tokens_do_not_tell_of_what_comes_later(task):
    """Other sounds from event 30 on change nothing that is known before, at any query, but the bank."""
    pieces = [recording("one", 60) for _ in range(2)]
    for stream_ in pieces[1].streams:
        stream_.features[30:] += 1.0
        stream_.rows[stream_.first[30] :] += 1.0
    mean, scale = standardisation(pieces[:1])
    options = {"strength": NONE, "tasks": {task: 1.0}, "lengths": {200: 1.0}, "apart": 0.0, "line": "random"}
    pairs = [Sampler([r], mean, scale, **options) for r in pieces]
    compared = 0
    for number in range(8):
        for one, two in zip(*(draws.batch(number) for draws in pairs), strict=True):
            np.testing.assert_array_equal(one.before, two.before)
            changed = np.flatnonzero((one.tokens != two.tokens).any(1))
            cut = np.flatnonzero((one.peeks != two.peeks).any(1))
            if not len(changed):
                continue
            # heard token 30 is the first that is another one; so is no peek before it opened
            heard = np.flatnonzero(one.tokens[:, IS_HEARD] == 1)
            assert changed[0] in heard
            earlier = one.before[cut].min() if len(cut) else changed[0]
            assert earlier >= heard[heard < changed[0]].max(initial=-1)
            compared += changed[0]
    assert compared > 100


def test_a_batch_depends_on_seed_process_and_number_alone():
    pieces = [recording(f"piece {k}", 50) for k in range(3)]
    one, again = sampler(pieces, seed=3), sampler(pieces, seed=3)
    again.batch(0)
    for a, b in zip(one.batch(5), again.batch(5), strict=True):
        for name in ("tokens", "peeks", "before", "items", "targets", "own", "played", "asked"):
            np.testing.assert_array_equal(getattr(a, name), getattr(b, name))
    first, other_process = one.batch(5)[0].tokens, sampler(pieces, seed=3, rank=1).batch(5)[0].tokens
    assert first.shape != other_process.shape or (first != other_process).any()
    source = batches_from(lambda number: collate(one.batch(number)), 5)
    np.testing.assert_array_equal(next(source).tokens, collate(again.batch(5)).tokens)
    source.close()


def test_batches_keep_to_their_size_and_banks_hold_all_that_is_asked_for():
    draws = sampler([recording(f"piece {k}", 90) for k in range(3)], tokens=512, bank=40)
    for number in range(5):
        batch = collate(draws.batch(number))
        queries = batch.tokens.shape[1] + batch.peeks.shape[1]
        assert batch.tokens.shape[2] == TOKEN_SIZE
        assert len(batch.tokens) == 1 or len(batch.tokens) * queries <= 512
        asked = batch.targets >= 0
        assert int(batch.targets.max()) < batch.items.shape[1]
        assert bool(batch.present.gather(1, batch.targets.clamp(min=0))[asked].all())
        assert bool((batch.weights[asked] > 0).all())
        assert int(batch.asked.max()) < queries
        assert bool((batch.asked < 0)[batch.played < 0].all())


def test_what_chose_a_played_token_stands_before_it():
    draws = sampler([recording("one", 90)])
    for number in range(4):
        for example in draws.batch(number):
            count = len(example.tokens)
            for place, query in enumerate(example.asked):
                if query >= count:
                    assert example.before[query - count] == place
                elif query >= 0:
                    assert query == place - 1


def test_wrong_own_lines_are_wrong():
    pieces = [recording("one", 60)]
    options = {"tasks": {"continue": 1.0}, "apart": 0.0, "strength": NONE, "lengths": {64: 1.0}}
    true, random = (sampler(pieces, line=kind, **options) for kind in ("true", "random"))
    same = total = 0
    for number in range(6):
        for one in true.batch(number):
            steps = np.diff(one.played[one.played >= 0])
            assert (steps >= 0).all()
        for two in random.batch(number):
            steps = np.diff(two.played[two.played >= 0])
            same, total = same + int((steps == 1).sum()), total + len(steps)
    assert total > 50
    assert same < 0.6 * total


def test_random_lines_go_on_at_times():
    successor = np.append(np.arange(1, 50), -1)
    drawn = [random_items(40, successor, np.random.default_rng(k)) for k in range(40)]
    runs = [float((np.diff(line) == 1).mean()) for line in drawn]
    assert min(runs) < 0.15
    assert max(runs) > 0.5


def test_gaps_count_from_the_newest_of_a_kind():
    at, kind = np.array([0.0, 0.1, 0.05, 0.5]), np.array([True, False, True, True])
    np.testing.assert_allclose(gaps_from(at, kind), [-1, 0.1, 0.05, 0.45])
    np.testing.assert_allclose(gaps_from(at, ~kind), [-1, -1, 0, 0.4])


def test_foreign_music_has_another_bank():
    pieces = [recording(f"piece {k}", 50) for k in range(3)]
    draws = sampler(pieces, apart=1.0, strength=NONE, line="true", tasks={"continue": 1.0})
    example = draws.batch(0)[0]
    mine = example.played[example.played >= 0]
    follows = example.successor[mine[:-1]]
    assert ((follows == mine[1:]) | (follows < 0)).all()
    assert (follows < 0).sum() <= 1  # where the stream begins again


def test_sequences_of_several_splits_are_refused():
    with pytest.raises(LivehostError, match="one split"):
        sampler([recording("a"), recording("b", split="valid")])


def test_recordings_that_are_too_short_are_told_of():
    with pytest.raises(LivehostError, match="too little to learn from"):
        sampler([recording("a", 5)])


@pytest.mark.parametrize("pattern", PATTERNS)
def test_roles_are_those_of_the_pattern(pattern):
    drawn = set(roles(pattern, 200, np.random.default_rng(1)).tolist())
    wanted = {"heard": {HEARD}, "played": {PLAYED}, "both": {BOTH}, "answered": {HEARD, BOTH}}
    assert drawn == wanted[pattern] if pattern in wanted else drawn <= {HEARD, PLAYED, BOTH}
