"""Knowing one's own echo: how loud, and how late, what the speakers play comes back through the microphone.

For every delay of the room (in ticks) and every band there is a coupling: energy heard over energy played. It starts at
the loudest that is expected and is learnt from the machine's own attacks: an echo follows *each* of them, a musician's
note follows only some. So a coupling falls whenever less was heard than it foretold, and rises only when an attack was
heard that it did not explain. In a silent room (headphones) it falls until it masks next to nothing.

What is left of a long sound of ours waxes and wanes while the canceller learns. Each band therefore has a leak, too:
the energy usually heard over the energy of ours that is due, whatever it comes from. Only what stands out of it is new.
"""

import numpy as np

from livehost.dsp.onset.bands import BANDS, LANES, OUTPUTS
from livehost.dsp.onset.rise import RING
from livehost.rt.native import fast_kernel

#: Delays, in ticks, that the coupling knows: some 240 ms.
DELAYS = 360
#: An attack of ours teaches the coupling where it rises at least so far (energy over reference).
_RISE = 6.0
#: One attack lowers a coupling at most by 4 dB, and raises it at most by 3 dB.
_FALL, _CLIMB = 0.4, 2.0
_QUIETEST = np.float32(1e-9)
#: What is masked of an attack of ours at least, however little of it came back lately: the room may have changed.
_FAINTEST = 0.016
#: Steps that an attack of ours lasts.
_ATTACK_STEPS = 3
#: The leak before anything is known; of the energies heard so many are below it; how fast it moves; how far above it
#: something must stand.
LEAK = 0.001
_USUALLY, _LEAK_DB, _STANDS_OUT = 0.7, 0.2, np.float32(2.0)
_MORE, _LESS = (np.float32(10.0 ** (0.1 * _LEAK_DB * part)) for part in (_USUALLY, _USUALLY - 1.0))


@fast_kernel
def learn(coupling, energy, rise, start, first, last, loudest):
    """Learn from the attack that we played at tick `start`; tick `start + last` + 2 has been heard.

    RT: worker
    """
    for band in range(BANDS):
        played = (_loudest_of(energy, rise, start, BANDS + band), _loudest_of(energy, rise, start, 2 * BANDS + band))
        if played[0] == 0.0 and played[1] == 0.0:
            continue
        for delay in range(first, last):
            heard, new = 0.0, 0.0
            for tick in range(start + delay - 1, start + delay + 3):
                cell = (tick & (RING - 1)) * LANES + band
                heard = max(heard, energy[cell])
                new = max(new, rise[cell])
            cell = delay * BANDS + band
            explained = max(
                min(coupling[cell], loudest) * played[0], min(coupling[DELAYS * BANDS + cell], loudest) * played[1]
            )
            for output in range(OUTPUTS):
                if played[output] > 0.0:
                    at = output * DELAYS * BANDS + cell
                    known = min(coupling[at], loudest)
                    if heard < known * played[output]:
                        known = max(heard / played[output], known * _FALL)
                    elif new > explained:
                        known = min(new / played[output], known * _CLIMB, loudest)
                    coupling[at] = known


@fast_kernel
def _loudest_of(energy, rise, start, lane):
    """Give the energy of a lane in the attack at tick `start`, 0 where it did not take part in it. RT: worker."""
    played, risen = np.float32(0.0), np.float32(0.0)
    for tick in range(start, start + 3):
        cell = (tick & (RING - 1)) * LANES + lane
        played = max(played, energy[cell])
        risen = max(risen, rise[cell])
    if risen * np.float32(_RISE / (_RISE - 1.0)) < played or played < _QUIETEST:
        return np.float32(0.0)
    return played


@fast_kernel
def expect(coupling, rise, since, step, step_ticks, first, last, margin, loudest, reference):
    """Raise the reference of each band to `margin` times the loudest echo of an attack of ours that is now due.

    Only of attacks: what we sustain the canceller takes away, and to mask what it leaves would deafen the detector
    for as long as we play. RT: worker
    """
    for delay in range(first, last):
        past = (step - delay // step_ticks) & (RING - 1)
        if since[past] >= _ATTACK_STEPS:
            continue
        for output in range(OUTPUTS):
            row, cell = past * LANES + (1 + output) * BANDS, (output * DELAYS + delay) * BANDS
            for band in range(BANDS):
                known = max(min(coupling[cell + band], loudest), _FAINTEST)
                reference[band] = max(reference[band], margin * known * rise[row + band])


@fast_kernel
def follow_leak(leak, due, energy, step, first, last):
    """Find the energy of ours that is `due` in each band, and move its leak towards what is usually heard of it.

    The leak is a running quantile of heard over due. RT: worker
    """
    for band in range(BANDS):
        due[band] = np.float32(0.0)
    for output in range(OUTPUTS):
        for back in range(first, last + 1):
            row = ((step - back) & (RING - 1)) * LANES + (1 + output) * BANDS
            for band in range(BANDS):
                due[band] = max(due[band], energy[row + band])
    row = (step & (RING - 1)) * LANES
    for band in range(BANDS):
        if due[band] > _QUIETEST:
            leak[band] *= _MORE if energy[row + band] > leak[band] * due[band] else _LESS
            leak[band] = min(max(leak[band], _QUIETEST), np.float32(1.0))


@fast_kernel
def expect_leak(leak, due, reference):
    """Raise the reference of each band to what usually leaks of our sound that is due. RT: worker."""
    for band in range(BANDS):
        reference[band] = max(reference[band], _STANDS_OUT * leak[band] * due[band])
