"""Steps a transformer with a KV cache: one token in, one query out, whichever back end runs it."""

import ctypes
import time
from typing import Protocol

import numpy as np

from livehost.errors import LivehostError
from livehost.inference.kv_cache import KVCache, Shape, clear_cache
from livehost.rt.memory import zeros

#: What `begin` and `poll` return.
DONE, PENDING, FAILED = 0, 1, 2

_STEP2 = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)

#: A stepper as native code sees it. Functions are `STEP2` entries.
STEPPER = np.dtype(
    [
        ("state", "i8"),
        ("begin", "i8"),  # (state, commit): DONE, PENDING or FAILED; with commit the token is cached
        ("poll", "i8"),  # (state, 0): the same
        ("reset", "i8"),  # (state, 0): empty the cache; not while a step is pending
        ("token", "i8"),  # float32 [token_size], in
        ("query", "i8"),  # float32 [embedding], out
        ("attention", "i8"),  # float32 [layers * heads, capacity + 1], out: slots, then the token itself
        ("bias", "i8"),  # float32 [capacity], in: log-weight of each slot
        ("count", "i8"),  # int64: tokens committed; token n stands in slot n % capacity
        ("capacity", "i8"),
        ("layers", "i8"),
        ("heads", "i8"),
        ("embedding", "i8"),
        ("token_size", "i8"),
    ],
    align=True,
)


class Run(Protocol):
    """A back end whose tensors are the arrays of one KV cache."""

    begin: int
    poll: int
    work: np.ndarray

    def trouble(self) -> str:
        """Newest error; empty for none."""
        ...

    def close(self) -> None:
        """Free what it holds."""
        ...


class Backend(Protocol):
    """What can run a model: ONNX Runtime in the worker, in a Python thread, TorchScript."""

    name: str
    notes: tuple[str, ...]

    def bind(self, cache: KVCache) -> Run:
        """Bind the model's tensors to the arrays of one stepper."""
        ...


class Stepper:
    """Steps a model token by token.

    Parameters
    ----------
    shape : Shape
    backend : Backend

    Attributes
    ----------
    table : numpy.ndarray
        One `STEPPER`, for native code; everything that it points to lives as long as this object.
    token, query, attention, bias, count : numpy.ndarray
        Its arrays; attention as [layers * heads, capacity + 1].
    """

    def __init__(self, shape: Shape, backend: Backend) -> None:
        self.shape, self._closed = shape, False
        self.cache = cache = KVCache(shape)
        self._run = backend.bind(cache)
        cache.record[0]["work"] = self._run.work.ctypes.data
        self.token, self.query, self.bias, self.count = (
            cache.inputs["token"],
            cache.outputs["query"],
            cache.bias,
            cache.count,
        )
        self.attention = cache.outputs["attention"].reshape(shape.layers * shape.heads, shape.capacity + 1)
        self.table = zeros(1, STEPPER)
        r = self.table[0]
        for name, array in (
            ("token", self.token),
            ("query", self.query),
            ("attention", self.attention),
            ("bias", self.bias),
            ("count", self.count),
        ):
            r[name] = array.ctypes.data
        for name in ("capacity", "layers", "heads", "embedding", "token_size"):
            r[name] = getattr(shape, name)
        r["state"], r["reset"] = cache.address, clear_cache.address
        r["begin"], r["poll"] = self._run.begin, self._run.poll
        self._begin, self._poll, self._clear = (_STEP2(int(r[name])) for name in ("begin", "poll", "reset"))
        self.address: int = self.table.ctypes.data

    def step(self, token: np.ndarray, commit: bool = True) -> tuple[np.ndarray, np.ndarray]:
        """Step once and wait for it. RT: never.

        Parameters
        ----------
        token : array_like
            [token_size].
        commit : bool
            Keep the token's keys and values in the cache.

        Returns
        -------
        query : numpy.ndarray
            Float32 [embedding].
        attention : numpy.ndarray
            Float32 [layers * heads, capacity + 1], in the order of slots, then the token itself.

        Raises
        ------
        LivehostError
            Where the model fails or gives something that is not finite; then nothing is kept.
        """
        if self._closed:
            raise LivehostError("This stepper has been closed.")
        self.token[:] = token
        code = self._begin(self.cache.address, int(commit))
        while code == PENDING:
            code = self._poll(self.cache.address, 0)
            if code == PENDING:
                time.sleep(2e-5)
        if code != DONE:
            raise LivehostError(f"The model's step failed: {self._run.trouble() or 'its numbers are not finite'}.")
        return self.query.copy(), self.attention.copy()

    def reset(self) -> None:
        """Empty the cache, and set every bias to 0. RT: never."""
        self._clear(self.cache.address, 0)

    def warm_up(self, steps: int = 5) -> None:
        """Run steps on zeros without caching them, so that the first real step is as fast as later ones. RT: never.

        Raises
        ------
        LivehostError
            As `step`.
        """
        before = self.token.copy()
        for _ in range(steps):
            self.step(np.zeros_like(before), commit=False)
        self.token[:] = before

    def trouble(self) -> str:
        """Newest error of the back end; empty for none. RT: never."""
        return self._run.trouble()

    def arrays(self) -> list[np.ndarray]:
        """All memory that the worker touches, for `livehost.rt.memory.lock`."""
        return [*self.cache.arrays(), self.table, self._run.work]

    def close(self) -> None:
        """Free what the back end holds; nobody may step any more. RT: never."""
        if not self._closed:
            self._run.close()
        self._closed = True
