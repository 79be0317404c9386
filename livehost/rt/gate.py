"""A gate that any thread may shut or open, past every queue: one word in memory that the real-time threads look at.

The word counts: even, the gate is open; odd, it is shut. A command that is sent through a queue carries the word that
its sender saw; whoever carries it out compares, so that nothing from before a shutting passes, however late it comes.
"""

from typing import Any

import numpy as np

from livehost.rt.atomics import compare_exchange, load_acquire, store_release
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, kernel, run2

#: Fade of a gate that is shut without cutting off what sounds.
LET_RING = -1
_WORD, _FADE, _PANICS, _RINGS = 0, 8, 16, 24
_BYTES = 64


@kernel
def gate_word(address: Any) -> Any:
    """Read the word of a gate: even where it is open. RT: callback."""
    return load_acquire(address + _WORD)


@kernel
def gate_panics(address: Any) -> Any:
    """Count the shuttings at which what sounded was to fade. RT: callback."""
    return load_acquire(address + _PANICS)


@kernel
def gate_fade(address: Any) -> Any:
    """Read how fast what sounds was to fade at the last of those, frames. RT: callback."""
    return load_acquire(address + _FADE)


@kernel
def gate_rings(address: Any) -> Any:
    """Tell whether the last shutting was one that lets ring what sounds. RT: callback."""
    return load_acquire(address + _RINGS)


@kernel
def _tell_fade(address: Any, fade: Any) -> None:
    """Say how fast what sounds is to fade: before the word, and by itself, so that no other shutting can hide it.

    RT: callback
    """
    store_release(address + _FADE, fade)
    while True:
        panics = load_acquire(address + _PANICS)
        if compare_exchange(address + _PANICS, panics, panics + 1) != 0:
            return


@kernel
def gate_shut(address: Any, fade: Any) -> Any:
    """Shut a gate, anew where it is shut already; gives the new word. RT: callback."""
    store_release(address + _RINGS, 1 if fade == LET_RING else 0)
    if fade != LET_RING:
        _tell_fade(address, fade)
    while True:
        word = load_acquire(address + _WORD)
        new = (word | 1) + 2 * (word & 1)
        if compare_exchange(address + _WORD, word, new) != 0:
            return new


@kernel
def gate_open(address: Any, word: Any) -> Any:
    """Open a gate that still has the word of a shut one, so that no later shutting is undone; 1 where it was.

    RT: callback
    """
    return compare_exchange(address + _WORD, word, word + (word & 1)) & word


@kernel
def gate_blink(address: Any, fade: Any) -> Any:
    """Shut a gate that is open, and open it at once: nothing from before passes; 1 where it was open. RT: callback."""
    if load_acquire(address + _WORD) & 1 != 0:
        return 0
    _tell_fade(address, fade)
    while True:
        word = load_acquire(address + _WORD)
        if word & 1 != 0:
            return 0
        if compare_exchange(address + _WORD, word, word + 2) != 0:
            return 1


@entry(STEP2)
def _blink(address: Any, fade: Any) -> Any:
    """Shut and open a gate. RT: callback."""
    return gate_blink(address, fade)


@entry(STEP2)
def _shut(address: Any, fade: Any) -> Any:
    """Shut a gate. RT: callback."""
    return gate_shut(address, fade)


@entry(STEP2)
def _open(address: Any, word: Any) -> Any:
    """Open a gate. RT: callback."""
    return gate_open(address, word)


def shuttings(word: int) -> int:
    """Count how often a gate with this word was shut."""
    return (word + 1) // 2


class Gate:
    """A gate, open at first.

    Attributes
    ----------
    address : int
        Of its word, for native code.
    """

    def __init__(self) -> None:
        self._memory = zeros(_BYTES, np.uint8)
        self.address: int = self._memory.ctypes.data
        self._shut, self._open, self._blink = run2(_shut), run2(_open), run2(_blink)

    def shut(self, fade: int) -> int:
        """Shut it, with a fade in frames or `LET_RING`; gives the word. RT: never."""
        return self._shut(self.address, fade)

    def open(self, word: int) -> bool:
        """Open it, if it still has this word of a shut gate. RT: never."""
        return bool(self._open(self.address, word))

    def blink(self, fade: int) -> bool:
        """Shut it with a fade in frames, and open it at once; nothing where it is shut. RT: never."""
        return bool(self._blink(self.address, fade))

    @property
    def word(self) -> int:
        """The word: even where it is open."""
        return int(self._memory[:8].view(np.int64)[0])

    @property
    def is_shut(self) -> bool:
        """Whether it is shut."""
        return self.word % 2 == 1

    @property
    def lets_ring(self) -> bool:
        """Whether the last shutting was one that lets ring what sounds."""
        return bool(self._memory[_RINGS : _RINGS + 8].view(np.int64)[0])

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self._memory]
