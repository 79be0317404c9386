from types import SimpleNamespace

import pytest

from livehost.players.setup import PlayerSetup, new_timing
from livehost.players.timing import LEAD_MS
from livehost.settings import Settings


def setup(part, **values):
    made = Settings({key.replace("__", "."): value for key, value in values.items()})
    return PlayerSetup(made, part, 48_000.0, SimpleNamespace(), new_timing(made, part, 48_000.0), "model")


def test_settings_are_those_of_the_part():
    values = {"player__top_k": 3, "part1__top_k": 4}
    assert [setup(part, **values).value("top_k") for part in (0, 1)] == [3, 4]


def test_parts_and_seeds_share_no_random_numbers():
    seeds = [setup(part, run__seed=seed).seed for seed in (0, 1, 2) for part in (0, 1)]
    assert seeds[::2] == [0, 1, 2]
    assert len(set(seeds)) == 6
    assert setup(0).seed == Settings()["run.seed"]


@pytest.mark.parametrize("rate", [8000.0, 44_100.0, 48_000.0])
def test_each_part_times_its_plays_by_numbers_of_its_own(rate):
    values = Settings({"run.seed": 5})
    one, same, other = (new_timing(values, part, rate) for part in (0, 0, 1))
    assert one.state["seed"] == same.state["seed"] != other.state["seed"]
    assert one.state["lead"][0] == round(LEAD_MS * rate / 1000)
