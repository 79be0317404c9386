"""What one decision of the nearest player costs, by the size of the bank."""

from collections.abc import Iterator

import numpy as np

from livehost.bank.synthetic import make_synthetic_bank
from livehost.bench.material import RATE
from livehost.bench.measure import Timer, growth
from livehost.bench.suite import Context, Figure
from livehost.players.abi import PLAYER_IO
from livehost.players.nearest import NearestPlayer
from livehost.settings import Settings

_SIZES = (100, 1_000, 10_000, 100_000)


def _io() -> np.ndarray:
    """Arguments of a decision, as livehost's own settings have them."""
    values, io = Settings(), np.zeros(1, PLAYER_IO)
    for name in ("temperature", "top_k", "top_p", "repeat", "follow"):
        io[name] = values[f"player.{name}"]
    return io


def prepare(items: int) -> NearestPlayer:
    """Make a player on a bank of that many items, who has heard and played a little."""
    bank = make_synthetic_bank(items, 16, RATE, seed=1)
    player = NearestPlayer(bank, seed=1)
    for index in (3, 7, 11):
        player.hear(bank.features[index])
        player.played(index)
    return player


def decide(timer: Timer, player: NearestPlayer, items: int, calls: int, function: int | None = None) -> Figure:
    """Time `arm`, or what stands in its place."""
    io = _io()
    timing = timer.timed(
        calls, warm_up=5, function=function or int(player.table["arm"][0]), form=2, state=int(player.table["state"][0]),
        argument=io.ctypes.data,
    )  # fmt: skip
    return timing.figure(f"{items:,} items", scale=1e-3, unit="ms", x=items, curve="nearest by items")


def run(context: Context) -> Iterator[Figure]:
    """Time each size, and how it grows."""
    timer = Timer(8 if context.quick else 24)
    times = []
    for items in _SIZES:
        calls = max(20, (200_000 if context.quick else 1_000_000) // items) if items > 1000 else 200
        figure = decide(timer, prepare(items), items, calls)
        times.append(figure.value)
        yield figure
    note = "1 is linear; from 10,000 to 100,000 items"
    yield Figure("growth", growth(_SIZES[2:], times[2:]), "exponent", "ratio", noise=0.3, note=note)
