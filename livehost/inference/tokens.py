"""Tokens of the bank transformer: a vector for each sound that was heard or played, and one for each item of a bank.

The same compiled entry makes them on stage, in the studio and in tests. A token is, in this order: the segment's
features standardised by the training data, the same relative to its surroundings (a played one to the bank, a heard one
to what was heard lately), its source, whether it is over, how long it was heard, when it began, and what is asked.

A sound that still sounds is shown as it is known so far (a *peek*), again and again; nothing of it is kept until it is
over.
"""

from typing import Any

import numpy as np

from livehost.dsp.segment import SEGMENT_SIZE
from livehost.errors import LivehostError
from livehost.rt.native import STEP, STEP2, call2, entry, f32, f64, i64, kernel, record_at, run1, run2

#: Columns of an item: features, and features relative to the bank.
ITEM_SIZE = 2 * SEGMENT_SIZE
#: Of what tokens are made: goes into exports, and grows with every change of their columns.
TOKEN_FORMAT = 2
#: What a token says beside its features: who made the sound; whether it is over; whether the answer that is asked for
#: sounds with it; how long it was heard; how long after the last heard and the last played one it began; `follow`.
ASIDE = ("heard", "played", "closed", "now", "length", "gap_heard", "gap_played", "follow")
#: Columns of a token: those of an item, and `ASIDE`.
TOKEN_SIZE = ITEM_SIZE + len(ASIDE)
#: Who made a sound.
HEARD, PLAYED = 0, 1

#: Standardised values are cut here.
CLIP = 4.0
#: A feature that hardly moves is not magnified beyond this.
LEAST_SCALE = 0.1
#: What a heard token keeps of those before it; 256 of them count.
DECAY = 1.0 - 1.0 / 256.0
#: Tokens of mean 0 and variance 1 that count as heard before the first.
PRIOR = 2.0
_SHORTEST_S = 0.01

TOKENISER = np.dtype(
    [
        ("mean", "i8"),  # float32 [SEGMENT_SIZE], of the training data
        ("scale", "i8"),  # float32 [SEGMENT_SIZE]
        ("bank_mean", "i8"),  # float32 [SEGMENT_SIZE], of the bank, standardised
        ("bank_std", "i8"),  # float32 [SEGMENT_SIZE]
        ("heard_sum", "i8"),  # float64 [SEGMENT_SIZE], decaying
        ("heard_square", "i8"),  # float64 [SEGMENT_SIZE]
        ("heard_count", "f8"),
        ("vector", "i8"),  # float32 [TOKEN_SIZE], out
        ("io", "i8"),  # a TOKEN_IO for whole sequences
    ],
    align=True,
)

TOKEN_IO = np.dtype(
    [
        ("features", "i8"),  # address of float32 [SEGMENT_SIZE], as `livehost.dsp.segment` gives them
        ("source", "i8"),  # HEARD or PLAYED
        ("seconds", "f8"),  # how long it sounds, as far as is known
        ("gap_heard", "f8"),  # seconds from the onset of the last heard token to its own; below 0: there was none
        ("gap_played", "f8"),  # the same for the last played one
        ("closed", "i8"),  # 0: it still sounds
        ("now", "i8"),  # 1: what is asked for is to sound together with it
        ("follow", "f8"),  # `player.follow`
        ("commit", "i8"),  # 0: a heard token is looked at, and does not count for the later ones
    ],
    align=True,
)

#: Many tokens at once; addresses of arrays with one row or value each.
_ROWS_IO = np.dtype(
    [(name, "i8") for name in ("step", "rows", "features", "sources", "flags", "times", "tokens")],
    align=True,
)
#: Columns of `flags` (int64 [rows, 3]) and `times` (float64 [rows, 4]).
_FLAGS, _TIMES = ("closed", "now", "commit"), ("seconds", "gap_heard", "gap_played", "follow")
_HEARD, _PLAYED, _CLOSED, _NOW, _LENGTH, _GAP_HEARD, _GAP_PLAYED, _FOLLOW = range(ITEM_SIZE, TOKEN_SIZE)


@kernel
def _clipped(value):
    """Cut at ±`CLIP`. RT: worker."""
    return min(max(value, -CLIP), CLIP)


@kernel
def _logarithm(seconds):
    """Express a time: 0.1 s is −1, 0.32 s is 0, 1 s is 1. RT: worker."""
    if not seconds > _SHORTEST_S:
        seconds = _SHORTEST_S
    return np.float32(_clipped((np.log10(seconds) + 0.5) / 0.5))


@kernel
def _gap(seconds):
    """Express a gap; 0 where there was none. RT: worker."""
    return _logarithm(seconds) if seconds >= 0.0 else np.float32(0.0)


@entry(STEP2)
def token_step(state_address, io_address):
    """Compute the vector of one token. RT: worker."""
    state = record_at(state_address, TOKENISER)
    io = record_at(io_address, TOKEN_IO)
    x, vector = f32(io.features, SEGMENT_SIZE), f32(state.vector, TOKEN_SIZE)
    mean, scale = f32(state.mean, SEGMENT_SIZE), f32(state.scale, SEGMENT_SIZE)
    bank_mean, bank_std = f32(state.bank_mean, SEGMENT_SIZE), f32(state.bank_std, SEGMENT_SIZE)
    total, square = f64(state.heard_sum, SEGMENT_SIZE), f64(state.heard_square, SEGMENT_SIZE)
    count = DECAY * state.heard_count + 1.0
    for j in range(SEGMENT_SIZE):
        z = (np.float64(x[j]) - np.float64(mean[j])) / np.float64(scale[j])
        if not np.isfinite(z):
            z = 0.0
        z = _clipped(z)
        if io.source == HEARD:
            s, q = DECAY * total[j] + z, DECAY * square[j] + z * z
            center = s / (count + PRIOR)
            spread = np.sqrt((q + PRIOR) / (count + PRIOR) - center * center)  # the prior keeps it above 0
            if io.commit != 0:
                total[j], square[j] = s, q
        else:
            center, spread = np.float64(bank_mean[j]), np.float64(bank_std[j])
        vector[j] = np.float32(z)
        vector[SEGMENT_SIZE + j] = np.float32(_clipped((z - center) / max(spread, LEAST_SCALE)))
    if io.source == HEARD and io.commit != 0:
        state.heard_count = count
    vector[_HEARD] = np.float32(1.0 if io.source == HEARD else 0.0)
    vector[_PLAYED] = np.float32(0.0 if io.source == HEARD else 1.0)
    vector[_CLOSED] = np.float32(1.0 if io.closed != 0 else 0.0)
    vector[_NOW] = np.float32(1.0 if io.now != 0 else 0.0)
    vector[_LENGTH], vector[_GAP_HEARD], vector[_GAP_PLAYED] = (
        _logarithm(io.seconds), _gap(io.gap_heard), _gap(io.gap_played)
    )  # fmt: skip
    vector[_FOLLOW] = np.float32(2.0 * io.follow - 1.0)
    return 0


@entry(STEP)
def token_reset(state_address):
    """Forget what was heard. RT: worker."""
    state = record_at(state_address, TOKENISER)
    total, square = f64(state.heard_sum, SEGMENT_SIZE), f64(state.heard_square, SEGMENT_SIZE)
    for j in range(SEGMENT_SIZE):
        total[j], square[j] = 0.0, 0.0
    state.heard_count = 0.0
    return 0


@entry(STEP2)
def _token_rows(state_address, rows_address):
    """Make the tokens of a sequence: `token_step`, row by row. RT: worker."""
    state = record_at(state_address, TOKENISER)
    rows = record_at(rows_address, _ROWS_IO)
    io = record_at(state.io, TOKEN_IO)
    sources, flags, times = i64(rows.sources, rows.rows), i64(rows.flags, 3 * rows.rows), f64(rows.times, 4 * rows.rows)
    kept = state.vector
    for k in range(rows.rows):
        io.features, io.source = rows.features + 4 * SEGMENT_SIZE * k, sources[k]
        io.closed, io.now, io.commit = flags[3 * k], flags[3 * k + 1], flags[3 * k + 2]
        io.seconds, io.gap_heard, io.gap_played = times[4 * k], times[4 * k + 1], times[4 * k + 2]
        io.follow = times[4 * k + 3]
        state.vector = rows.tokens + 4 * TOKEN_SIZE * k
        call2(rows.step, state_address, state.io)
    state.vector = kept
    return 0


def standardised(features: np.ndarray, mean: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Standardise segment features by the training data: float64 [n, SEGMENT_SIZE], within ±`CLIP`. RT: never."""
    with np.errstate(all="ignore"):
        z = (np.asarray(features, np.float64) - np.asarray(mean, np.float64)) / np.asarray(scale, np.float64)
    return np.where(np.isfinite(z), z, 0.0).clip(-CLIP, CLIP)


def bank_statistics(features: np.ndarray, mean: np.ndarray, scale: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compute mean and deviation of a bank's standardised features. RT: never.

    Parameters
    ----------
    features : float32 [items, SEGMENT_SIZE]
        Of every item.
    mean, scale : float32 [SEGMENT_SIZE]
        Of the training data.

    Returns
    -------
    bank_mean, bank_std : float32 [SEGMENT_SIZE]
        Mean and (population) standard deviation of the standardised features.
    """
    z = standardised(_rows(features), mean, scale)
    return z.mean(axis=0).astype(np.float32), z.std(axis=0).astype(np.float32)


def item_vectors(features: np.ndarray, mean: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Make the vectors of all items of a bank, float32 [items, ITEM_SIZE]. RT: never."""
    features = _rows(features)
    statistics = bank_statistics(features, mean, scale)
    tokens = Tokeniser(mean, scale, *statistics).rows(features, PLAYED, 1.0)
    return np.ascontiguousarray(tokens[:, :ITEM_SIZE])


class Tokeniser:
    """Makes the tokens of one session, and keeps what was heard. RT: never (its entries run in the worker).

    Parameters
    ----------
    mean, scale, bank_mean, bank_std : float32 [SEGMENT_SIZE]
        Of the training data, and of the bank.

    Attributes
    ----------
    address : int
        Of its `TOKENISER` record, for `token_step` and `token_reset`.
    vector : float32 [TOKEN_SIZE]
        The newest token, overwritten by each step.
    """

    def __init__(self, mean: np.ndarray, scale: np.ndarray, bank_mean: np.ndarray, bank_std: np.ndarray) -> None:
        given = {"mean": mean, "scale": scale, "bank_mean": bank_mean, "bank_std": bank_std}
        self._tables = {name: np.ascontiguousarray(values, np.float32) for name, values in given.items()}
        for name, values in self._tables.items():
            if values.shape != (SEGMENT_SIZE,):
                raise LivehostError(f"A tokeniser's {name} has {SEGMENT_SIZE} values, not shape {values.shape}.")
        self._heard = np.zeros((2, SEGMENT_SIZE))
        self.vector = np.zeros(TOKEN_SIZE, np.float32)
        self._state, self._io = np.zeros(1, TOKENISER), np.zeros(1, TOKEN_IO)
        self._state["io"] = self._io.ctypes.data
        for name, values in self._tables.items():
            self._state[name] = values.ctypes.data
        self._state["heard_sum"], self._state["heard_square"] = (row.ctypes.data for row in self._heard)
        self.output(self.vector)
        self.address: int = self._state.ctypes.data

    def output(self, vector: np.ndarray) -> None:
        """Write tokens to another float32 [TOKEN_SIZE] from now on, such as a model's input."""
        self.vector = vector
        self._state["vector"] = vector.ctypes.data

    def reset(self) -> None:
        """Forget what was heard."""
        run1(token_reset)(self.address)

    def step(
        self,
        features: np.ndarray,
        source: int,
        seconds: float,
        gap_heard: float = -1.0,
        gap_played: float = -1.0,
        *,
        closed: bool = True,
        now: bool = False,
        follow: float = 0.5,
        commit: bool = True,
    ) -> np.ndarray:
        """Make one token; a copy, float32 [TOKEN_SIZE]. See `rows`."""
        tokens: np.ndarray = self.rows(
            _rows(features)[:1], source, seconds, gap_heard, gap_played,
            closed=closed, now=now, follow=follow, commit=commit,
        )[0]  # fmt: skip
        self.vector[:] = tokens
        return tokens

    def rows(
        self,
        features: Any,
        sources: Any,
        seconds: Any,
        gaps_heard: Any = -1.0,
        gaps_played: Any = -1.0,
        *,
        closed: Any = True,
        now: Any = False,
        follow: Any = 0.5,
        commit: Any = True,
    ) -> np.ndarray:
        """Make the tokens of a sequence, one after the other; whatever is one number counts for all.

        Parameters
        ----------
        features : float32 [n, SEGMENT_SIZE]
            Segment features, as measured.
        sources : int [n]
            `HEARD` or `PLAYED`.
        seconds : float [n]
            How long each sounds, as far as is known.
        gaps_heard, gaps_played : float [n]
            Seconds from the onset of the last heard, the last played token; below 0 where there was none.
        closed, now : bool [n]
            Whether it is over; whether what is asked for is to sound together with it.
        follow : float [n]
            `player.follow`, 0 … 1.
        commit : bool [n]
            Whether a heard one counts for what is usual.

        Returns
        -------
        float32 [n, TOKEN_SIZE]
        """
        features = _rows(features)
        count = len(features)
        who = np.ascontiguousarray(np.broadcast_to(sources, count), np.int64)
        flags, times = np.empty((count, len(_FLAGS)), np.int64), np.empty((count, len(_TIMES)))
        for column, values in enumerate((closed, now, commit)):
            flags[:, column] = values
        for column, values in enumerate((seconds, gaps_heard, gaps_played, follow)):
            times[:, column] = values
        tokens = np.zeros((count, TOKEN_SIZE), np.float32)
        addresses = (array.ctypes.data for array in (features, who, flags, times, tokens))
        rows = np.array([(token_step.address, count, *addresses)], _ROWS_IO)
        run2(_token_rows)(self.address, rows.ctypes.data)
        return tokens


def _rows(features: Any) -> np.ndarray:
    rows = np.atleast_2d(np.ascontiguousarray(features, np.float32))
    if rows.shape[1] != SEGMENT_SIZE:
        raise LivehostError(f"A segment has {SEGMENT_SIZE} features, not {rows.shape[1]}.")
    return rows
