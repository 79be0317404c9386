import numpy as np
import pytest

from livehost.studio.bank_transformer.evaluation.baselines import BASELINES, RECENT, Places
from livehost.studio.bank_transformer.evaluation.cases import cases
from livehost.studio.bank_transformer.evaluation.ranking import rank
from tests.studio.bank_transformer.evaluation.music import recording, stream


def mrr(method, case):
    scores = BASELINES[method](case, Places(case))
    return rank(scores, case.target, case.excluded).reciprocal().mean()


def only(made):
    (case,) = cases([made])
    return case


def test_a_slow_walk_is_followed_by_the_nearest():
    walk = only(recording(renderings=(stream(np.sin(0.3 * np.arange(40))),)))
    assert mrr("nearest", walk) > 2.5 * mrr("uniform", walk)
    assert mrr("nearest", walk) > mrr("recent mean", walk) > mrr("uniform", walk)


def test_nearest_is_the_nearest_chooser():
    from types import SimpleNamespace

    from livehost.players.nearest.player import NearestChooser

    case = only(recording(count=40))
    scores = BASELINES["nearest"](case, Places(case))
    player = NearestChooser(SimpleNamespace(features=case.bank, items={"successor": np.full(40, -1)}))
    for step in range(39):
        player.hear(case.features[step])
        ((first, _),) = player.choose(top_k=1)
        assert scores[step].argmax() == first


def test_a_pattern_is_found_by_its_successor():
    """Four sounds, always in the same order: what followed last time is one of those that may follow now."""
    pattern = only(recording(renderings=(stream(np.tile([-3.0, 1.0, 3.0, -1.0], 8)),)))
    scores = BASELINES["successor"](pattern, Places(pattern))
    best = scores.argmax(1)[4:]
    np.testing.assert_array_equal(best % 4, pattern.target[4:] % 4)
    assert mrr("successor", pattern) > 2 * mrr("nearest", pattern)


def test_no_method_sees_the_future():
    """Another future changes no score of the past, in a bank that holds the same items."""
    rng = np.random.default_rng(5)
    places = rng.normal(size=30)
    changed = places.copy()
    changed[20:] = places[20:][::-1]
    heard, other = stream(rng.normal(size=30)), stream(rng.normal(size=30))
    for tasks in ("crossed", "answer"):
        made = []
        for values in (places, changed):
            first = stream(values)
            fields = {"parts": (first, other)} if tasks == "answer" else {"renderings": (first, other)}
            made.append(next(iter(cases([recording(tasks=(tasks,), **fields)]))))
        before = int(np.searchsorted(made[0].after, 18))
        for name, method in BASELINES.items():
            one, two = (method(case, Places(case)) for case in made)
            if one is not None:
                np.testing.assert_array_equal(one[:before], two[:before], err_msg=f"{tasks} {name}")
    assert len(heard) == 30


def test_answers_know_what_was_played():
    rng = np.random.default_rng(2)
    walk = np.linspace(-2, 2, 30)
    case = only(
        recording(parts=(stream(rng.normal(size=30), 0.25, 0.2), stream(walk, 0.25, start_s=0.05)), tasks=("answer",))
    )
    assert mrr("own nearest", case) > 2 * mrr("nearest", case)
    assert set(BASELINES) == {"nearest", "own nearest", "recent mean", "successor", "uniform"}


def test_own_nearest_has_nothing_to_say_where_nothing_is_played():
    case = only(recording())
    assert BASELINES["own nearest"](case, Places(case)) is None


def test_the_recent_mean_is_that_of_the_last_sounds():
    case = only(recording(count=12))
    places = Places(case)
    scores = BASELINES["recent mean"](case, places)
    mean = places.tokens[7 - RECENT + 1 : 8].mean(0)
    assert scores[7] == pytest.approx(-((places.items - mean) ** 2).sum(1))
    assert scores[0].argmax() == 0


def test_features_that_are_no_numbers_do_not_stop_anything():
    music = stream(np.arange(12.0))
    music.features[3] = np.nan
    music.features[5, 7] = np.inf
    case = only(recording(renderings=(music,)))
    for method in BASELINES.values():
        scores = method(case, Places(case))
        assert scores is None or np.isfinite(scores).all()
