"""Partials of a pitch in the bins of a spectrum, with gradients: what a network that writes notes need not learn."""

import math

import torch
from torch import Tensor

from livehost.dsp.note_spectrum import SpectrumContract

#: −ln of the main lobe of the Hann window, less −ln(1 − d²/4), is Σ c_k · d^2k, with c_k = (ζ(2k) − 1 − 4^−k) / k: a
#: product of (1 − d²/k²) over all k from 2 on.
_LOBE = tuple((sum(j ** (-2 * k) for j in range(3, 4000)) / k) for k in range(1, 6))
#: Square of the bins from a partial to the end of its main lobe, nearly; bins from it to its highest side lobe.
_MAIN, _SIDE = 3.99, 2.5
_DB = 20 / math.log(10)


def spacing(pitches: Tensor, contract: SpectrumContract) -> Tensor:
    """Give by how many bins the partials of MIDI pitches [n] are apart, [n, 1]."""
    return 440 * torch.exp2((pitches[:, None] - 69) / 12) / contract.bin_hz


def nearest_partials(pitches: Tensor, contract: SpectrumContract) -> tuple[Tensor, Tensor]:
    """Name the partial that is nearest to each bin.

    Parameters
    ----------
    pitches : Tensor [n]
        MIDI, 69 is 440 Hz.
    contract : SpectrumContract

    Returns
    -------
    number : Tensor of int64 [n, bins]
        Of the partial, from 1 on.
    off : Tensor [n, bins]
        How far the bin is from it, bins.
    """
    bins = torch.arange(contract.bins, device=pitches.device, dtype=pitches.dtype)[None]
    steps = spacing(pitches, contract)
    number = (bins / steps).round().clamp(min=1)
    return number.long(), bins - number * steps


def lobe_db(off: Tensor) -> Tensor:
    """Give the level of a tone in a bin that is so many bins off, dB against its peak.

    It is the main lobe of the Hann window, and beyond it the envelope of the side lobes.
    """
    square = off.square()
    inside = square.clamp(max=_MAIN)
    main = torch.log1p(-inside / 4)
    power = inside
    for factor in _LOBE:
        main = main - factor * power
        power = power * inside
    beyond = square.clamp(min=_SIDE**2)
    side = -0.5 * torch.log(beyond * (beyond - 1).square()) - math.log(math.pi)
    return _DB * torch.where(square < _MAIN, torch.maximum(main, side), side)


def own_turn(off: Tensor, contract: SpectrumContract) -> Tensor:
    """Give by how many half turns a tone that is so many bins off turns beyond a bin's own; may be beyond ±1."""
    return -off / contract.half_turn


def add_powers(tones: Tensor, noise: Tensor, contract: SpectrumContract) -> tuple[Tensor, Tensor]:
    """Add what sounds together.

    Parameters
    ----------
    tones, noise : Tensor
        Levels in unit scale.
    contract : SpectrumContract

    Returns
    -------
    levels : Tensor
        Of both, in unit scale.
    share : Tensor
        Of the tones, in the power of both.
    """
    ten_times = -contract.floor_db * math.log(10) / 10  # of unit scale in ln of power
    above = (tones - noise) * ten_times
    return noise + torch.nn.functional.softplus(above) / ten_times, above.sigmoid()


def between_knots(many: int, knots: int, widening: float) -> Tensor:
    """Give what leads from knots to the places between them, straight from one to the next.

    Parameters
    ----------
    many : int
        Places: 0 … many − 1; the first and the last are knots.
    knots : int
    widening : float
        How much farther the last two knots are apart than the first two; more than 1.

    Returns
    -------
    Tensor [knots, many]
    """
    if knots == 1 or many == 1:
        return torch.ones(knots, many) / knots
    growth = math.log(widening)
    places = torch.arange(many) / (many - 1)
    at = torch.log1p(places * (widening - 1)) / growth * (knots - 1)
    return (1 - (at[None] - torch.arange(knots)[:, None]).abs()).clamp(min=0)
