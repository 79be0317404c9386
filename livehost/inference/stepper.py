"""Steps a transformer with a KV cache: one token in, one query out, whichever back end runs it."""

import numpy as np

from livehost.inference.kv_cache import KVCache, Shape
from livehost.inference.stepping import Backend, Stepping
from livehost.rt.memory import zeros

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
        ("next_stroke", "i8"),  # float32 [strokes], out: probabilities of the time to the next stroke; 0 for none
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


class Stepper(Stepping):
    """Steps a transformer token by token.

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
        self.shape = shape
        self.cache = cache = KVCache(shape)
        super().__init__(cache, backend)
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
        if shape.strokes:
            r["next_stroke"] = cache.outputs["next_stroke"].ctypes.data
        for name in ("capacity", "layers", "heads", "embedding", "token_size"):
            r[name] = getattr(shape, name)
        r["state"], r["reset"] = cache.address, cache.reset
        r["begin"], r["poll"] = self.begin, self.poll
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
        self.token[:] = token
        self.run(commit)
        return self.query.copy(), self.attention.copy()

    def warm_up(self, steps: int = 5) -> None:
        """Run steps on zeros without caching them. RT: never.

        Raises
        ------
        LivehostError
            As `step`.
        """
        before = self.token.copy()
        self.token[:] = 0.0
        super().warm_up(steps)
        self.token[:] = before

    def arrays(self) -> list[np.ndarray]:
        """All memory that the worker touches, for `livehost.rt.memory.lock`."""
        return [*super().arrays(), self.table]
