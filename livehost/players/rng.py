"""Random numbers for compiled players: SplitMix64 (Steele, Lea and Flood, 2014), one uint64 of state."""

import numpy as np

from livehost.rt.native import kernel

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)


@kernel
def advance(x):
    """Give the state that follows a state (uint64). RT: callback."""
    return x + _GOLDEN


@kernel
def unit(x):
    """Turn a state into a float64 above 0 and below 1. RT: callback."""
    z = (x ^ (x >> _S30)) * _MIX1
    z = (z ^ (z >> _S27)) * _MIX2
    z = z ^ (z >> _S31)
    return (np.float64(z >> _S11) + 0.5) * 2.0**-53


def seeded(seed: int) -> int:
    """Spread a small seed over 64 bits, so that neighbouring seeds share nothing. RT: never."""
    mask = 2**64 - 1
    z = (seed + 1) * int(_MIX2) & mask
    return (z ^ z >> 29) * int(_MIX1) & mask
