"""What one decision costs, by the size of the bank: by the nearest sound, and by the model with the step before it.

And what a full memory of the session adds to one.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from livehost.bank.synthetic import make_synthetic_bank
from livehost.bench.material import RATE
from livehost.bench.measure import Timer, growth
from livehost.bench.models import default_export, open_model
from livehost.bench.suite import Context, Figure
from livehost.dsp.tables import SEGMENT_SIZE
from livehost.engine.player_abi import PART
from livehost.players.bank_transformer.player import TransformerChooser
from livehost.players.chooser import CHOOSER_IO
from livehost.players.fallback import FallbackChooser
from livehost.players.memory.query import memory_scores
from livehost.players.memory.session_memory import SessionMemory
from livehost.players.memory.state import memory_at, memory_hear, memory_played
from livehost.players.nearest.player import NearestChooser
from livehost.players.top_rows import DIMENSIONS, ROW_BYTES
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, call2, entry, record_at
from livehost.settings import Settings

#: Of fewer calls the 99th percentile is no more than the largest.
_TAIL_CALLS = 1_000
_SIZES = (100, 1_000, 10_000, 100_000)
#: Distance of heard segments, and how many there are before they come again.
_HEARD_FRAMES, _HEARD = RATE // 4, 64

_ASK = np.dtype([(name, "i8") for name in ("hear", "choose", "state", "features", "count")], align=True)

#: Bars that the memory has heard, their sounds, and how many places there are before they come again.
_BARS, _BAR, _PLACES = 16, 12, 4096
_REMEMBERING = np.dtype([(name, "i8") for name in ("state", "places", "count", "items")], align=True)


@entry(STEP2)
def remember_and_ask(remembering_address, _):
    """Tell a memory of a heard and of a played sound, and ask it about both lines while the next sounds. RT: worker."""
    r = record_at(remembering_address, _REMEMBERING)
    memory = memory_at(r.state)
    place = r.places + ROW_BYTES * (r.count % _PLACES)
    memory_hear(memory, place)
    memory_played(memory, (r.count * 7) % r.items)
    r.count += 1
    memory_scores(memory, 0.5, r.places + ROW_BYTES * (r.count % _PLACES), memory.item, memory.logp)
    return 0


@entry(STEP2)
def hear_and_choose(ask_address, io_address):
    """Give a chooser the next heard segment, and have it choose. RT: worker."""
    ask = record_at(ask_address, _ASK)
    io = record_at(io_address, CHOOSER_IO)
    io.features = ask.features + 4 * SEGMENT_SIZE * (ask.count % _HEARD)
    io.frame += _HEARD_FRAMES
    ask.count += 1
    call2(ask.hear, ask.state, io_address)
    return call2(ask.choose, ask.state, io_address)


def _arguments() -> tuple[np.ndarray, np.ndarray]:
    """Arguments of a decision, and the settings that they point to, as livehost's own settings have them."""
    parameters, io = zeros(1, PART), zeros(1, CHOOSER_IO)
    Settings({"player.late_ms": 1000.0}).fill(parameters, "part", 0)
    io["parameters"], io["frames"], io["wait"] = parameters.ctypes.data, _HEARD_FRAMES // 2, 1
    return io, parameters


def prepare(items: int) -> NearestChooser:
    """Make a chooser on a bank of that many items, who has heard and played a little."""
    bank = make_synthetic_bank(items, 16, RATE, seed=1)
    chooser = NearestChooser(bank, seed=1)
    for index in (3, 7, 11):
        chooser.hear(bank.features[index])
        chooser.played(index)
    return chooser


def decide(timer: Timer, chooser: NearestChooser, items: int, calls: int, function: int | None = None) -> Figure:
    """Time `choose`, or what stands in its place."""
    io, _parameters = _arguments()
    timing = timer.timed(
        calls, warm_up=5, function=function or int(chooser.table["choose"][0]), form=2,
        state=int(chooser.table["state"][0]), argument=io.ctypes.data,
    )  # fmt: skip
    return timing.figure(f"{items:,} items", scale=1e-3, unit="ms", x=items, curve="nearest by items")


def decide_by_model(timer: Timer, export: Any, items: int, calls: int) -> Figure:
    """Time a heard segment, the model's step on it, the scores of all items and the choice, with a full cache."""
    bank = make_synthetic_bank(items, 16, RATE, seed=1)
    stand_in, (io, _parameters), ask = NearestChooser(bank, 1), _arguments(), zeros(1, _ASK)
    model = TransformerChooser(bank, 1, export, RATE, stand_in.allowed_bits)
    chooser = FallbackChooser(model, stand_in, "bank")
    table = chooser.table[0]
    ask[0] = (table["hear"], table["choose"], table["state"], bank.features.ctypes.data, 0)
    try:
        timing = timer.timed(
            calls, warm_up=model.stepper.shape.capacity + 8, function=hear_and_choose.address, form=2,
            state=ask.ctypes.data, argument=io.ctypes.data,
        )  # fmt: skip
    finally:
        model.close()
    note = f"{export.backend}, its step of a new token included"
    return timing.figure(f"model, {items:,} items", scale=1e-3, unit="ms", x=items, curve="model by items", note=note)


def _strokes(matrix: np.ndarray, one: bool) -> np.ndarray:
    """Make places of bars that come again, no two strokes alike, float32 [_PLACES, DIMENSIONS]; or of one sound."""
    rng = np.random.default_rng(1)
    bars = rng.integers(len(matrix), size=(_BARS, _BAR))
    order = rng.integers(_BARS, size=_PLACES // _BAR + 1)
    item = np.zeros(_PLACES, int) if one else bars[order].ravel()[:_PLACES]
    noise = 0.0 if one else 0.1 * float(matrix.std())
    return np.ascontiguousarray(matrix[item] + rng.normal(0, noise, (_PLACES, DIMENSIONS)), np.float32)


def remember(timer: Timer, items: int, calls: int) -> Iterator[Figure]:
    """Time a full memory: a heard sound, a played one, and what comes next in both lines; of bars, and of one sound."""
    matrix = NearestChooser(make_synthetic_bank(items, 16, RATE, seed=1)).space.matrix
    memory, remembering = SessionMemory(matrix, np.ones(items, np.uint8)), zeros(1, _REMEMBERING)
    sounds = int(memory._lines["sounds"][0])
    for material, one in (("bars", False), ("one sound", True)):
        places = _strokes(matrix, one)
        memory.forget()
        for k in range(sounds):
            memory.hear(places[k % _PLACES])
            memory.played(0 if one else k * 7 % items)
        remembering[0] = (memory.address, places.ctypes.data, 0, 1 if one else items)
        timing = timer.timed(
            calls, warm_up=20, function=remember_and_ask.address, form=2, state=remembering.ctypes.data
        )
        note = f"{2 * sounds:,} sounds in {memory.nbytes / 2**20:.0f} MB, {items:,} items"
        name = f"memory, {material}"
        yield timing.figure(name, scale=1e-3, unit="ms", note=note)
        if calls >= _TAIL_CALLS:
            yield Figure(f"{name}, p99", float(np.percentile(timing.times_us, 99)) * 1e-3, "ms", "tail", note=note)


def run(context: Context) -> Iterator[Figure]:
    """Time each size, and how it grows."""
    timer = Timer(8 if context.quick else 24)
    export = open_model(default_export())
    times: dict[str, list[float]] = {"": [], "model, ": []}
    for items in _SIZES:
        calls = max(20, (200_000 if context.quick else 1_000_000) // items) if items > 1000 else 200
        figures = {"": decide(timer, prepare(items), items, calls)}
        if items > _SIZES[0] or not context.quick:
            figures["model, "] = decide_by_model(timer, export, items, min(calls, 40))
        for name, figure in figures.items():
            times[name].append(figure.value)
            yield figure
    yield from remember(timer, 1_000, 100 if context.quick else 1_000)
    note = "1 is linear; from 10,000 to 100,000 items"
    for name, values in times.items():
        yield Figure(f"{name}growth", growth(_SIZES[-2:], values[-2:]), "exponent", "ratio", noise=0.3, note=note)
