"""A model that is easy to foresee: its query is what it was told last, and it looks further the newer a slot is."""

from types import SimpleNamespace

import numpy as np

from livehost.bank.layout import ITEM
from livehost.dsp.beat.intervals import BINS
from livehost.dsp.tables import SEGMENT_SIZE
from livehost.inference.stepper import STEPPER
from livehost.inference.tokens import TOKEN_SIZE
from livehost.players.bank_transformer.player import TransformerChooser
from livehost.players.fallback import FallbackChooser
from livehost.players.nearest.player import NearestChooser
from livehost.rt.native import STEP2, call2, entry, f32, i64, record_at

RATE = 1000.0
CAPACITY, LAYERS, HEADS, COLUMNS = 6, 2, 2, 8
#: Sharpness of the query.
GAIN = 4.0
_KEPT = 2048

FAKE = np.dtype(
    [
        (name, "i8")
        for name in (
            "token", "query", "attention", "bias", "count", "kept", "delay", "left", "broken", "commit", "steps",
            "forgotten", "poll",
        )
    ],
    align=True,
)  # fmt: skip


@entry(STEP2)
def _poll(address, _):
    s = record_at(address, FAKE)
    if s.left > 0:
        s.left -= 1
        return 1
    if s.broken != 0:
        return 2
    s.steps += 1
    token, query, count = f32(s.token, TOKEN_SIZE), f32(s.query, COLUMNS), i64(s.count, 1)
    for j in range(COLUMNS):
        query[j] = np.float32(GAIN) * token[j]
    bias, rows = f32(s.bias, CAPACITY), f32(s.attention, LAYERS * HEADS * (CAPACITY + 1))
    for row in range(LAYERS * HEADS):
        total = np.float64(1.0 + row)
        for i in range(min(count[0], CAPACITY)):
            total += (1.0 + i) * np.exp(np.float64(bias[i]))
        for i in range(CAPACITY):
            weight = (1.0 + i) * np.exp(np.float64(bias[i])) if i < count[0] else 0.0
            rows[row * (CAPACITY + 1) + i] = np.float32(weight / total)
        rows[row * (CAPACITY + 1) + CAPACITY] = np.float32((1.0 + row) / total)
    if s.commit != 0:
        kept = f32(s.kept + 4 * TOKEN_SIZE * (count[0] % _KEPT), TOKEN_SIZE)
        for j in range(TOKEN_SIZE):
            kept[j] = token[j]
        count[0] += 1
    return 0


@entry(STEP2)
def _begin(address, commit):
    s = record_at(address, FAKE)
    s.commit, s.left = commit, s.delay
    return 1 if s.delay > 0 else call2(s.poll, address, 0)


@entry(STEP2)
def _forget(address, _):
    s = record_at(address, FAKE)
    i64(s.count, 1)[0] = 0
    s.forgotten += 1
    return 0


class FakeStepper:
    """As `livehost.inference.stepper.Stepper`; `delay` polls until a step is over, `broken` where none works."""

    def __init__(self):
        self.shape = SimpleNamespace(capacity=CAPACITY, embedding=COLUMNS)
        self.token, self.query = np.zeros(TOKEN_SIZE, "f4"), np.zeros(COLUMNS, "f4")
        self.attention = np.zeros((LAYERS * HEADS, CAPACITY + 1), "f4")
        self.bias, self.count = np.zeros(CAPACITY, "f4"), np.zeros(1, np.int64)
        self._kept, self.state = np.zeros((_KEPT, TOKEN_SIZE), "f4"), np.zeros(1, FAKE)
        for name in ("token", "query", "attention", "bias", "count"):
            self.state[name] = getattr(self, name).ctypes.data
        self.state["kept"], self.state["poll"] = self._kept.ctypes.data, _poll.address
        self.table = np.zeros(1, STEPPER)
        r = self.table[0]
        for name in ("token", "query", "attention", "bias", "count"):
            r[name] = getattr(self, name).ctypes.data
        r["state"], r["begin"], r["poll"], r["reset"] = (
            self.state.ctypes.data,
            _begin.address,
            _poll.address,
            _forget.address,
        )
        r["capacity"], r["layers"], r["heads"] = CAPACITY, LAYERS, HEADS
        r["embedding"], r["token_size"] = COLUMNS, TOKEN_SIZE

    def say_strokes(self):
        """Have a head for the next stroke, float32 [BINS], whatever a test writes into it."""
        self.strokes = np.zeros(BINS, "f4")
        self.table["next_stroke"] = self.strokes.ctypes.data

    @property
    def kept(self):
        """Tokens that stayed, float32 [n, TOKEN_SIZE]."""
        return self._kept[: int(self.count[0])]

    def arrays(self):
        return [self.token, self.query]

    def warm_up(self, steps=5):
        pass

    def close(self):
        pass


def features_of(*values):
    """Segment features that begin so, and are 0 else."""
    row = np.zeros(SEGMENT_SIZE, np.float32)
    row[: len(values)] = values
    return row


def make_bank(directions, frames=300):
    """A bank whose items lie in these directions."""
    features = np.stack([features_of(*d) for d in directions])
    items = np.zeros(len(features), ITEM)
    items["successor"], items["frames"] = -1, frames
    return SimpleNamespace(items=items, features=features, cuts=None, names=[], hash="")


class Both(FallbackChooser):
    """The fake model's chooser with the nearest one standing in, as the bank player has them; and what both know."""

    def __init__(self, model, nearest):
        super().__init__(model, nearest, "bank")
        self.model, self.nearest = model, nearest
        self.context, self.feed, self.attention = model.context, model.feed, model.attention

    @property
    def failures(self):
        return self.model.failures


def make_player(bank, seed=0, segment_ms=250.0, *, strokes=False):
    """The choosers of the fake model on a bank, as one, and its stepper."""
    unit = bank.features[:, :COLUMNS]
    unit = unit / np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-9)
    stepper = FakeStepper()
    if strokes:
        stepper.say_strokes()
    manifest = SimpleNamespace(
        mean=np.zeros(SEGMENT_SIZE, "f4"), scale=np.ones(SEGMENT_SIZE, "f4"), segment_ms=segment_ms,
        shape=SimpleNamespace(embedding=COLUMNS),
    )  # fmt: skip
    export = SimpleNamespace(
        manifest=manifest, backend="fake", notes=[], embed=lambda _: unit.astype("f4"), stepper=lambda: stepper
    )
    nearest = NearestChooser(bank, seed, cuts=bank.cuts)
    return Both(TransformerChooser(bank, seed, export, RATE, nearest.allowed_bits), nearest), stepper
