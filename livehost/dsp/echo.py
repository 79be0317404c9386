"""Knowing one's own echo: how loud, and how late, what the speakers play comes back through the microphone.

For every delay of the room (in ticks) and every band there is a coupling: energy heard over energy played. It starts at
the loudest that is expected and is learnt from the machine's own attacks: an echo follows *each* of them, a musician's
note follows only some. So a coupling falls whenever less was heard than it foretold, and rises only when an attack was
heard that it did not explain. In a silent room (headphones) it falls until it masks nothing.
"""

import numpy as np

from livehost.dsp.onset_bands import BANDS, LANES
from livehost.dsp.onset_rise import RING
from livehost.rt.native import fast_kernel

#: Delays, in ticks, that the coupling knows: some 240 ms.
DELAYS = 360
#: An attack of ours teaches the coupling where it rises at least so far (energy over reference).
_RISE = 6.0
#: One attack lowers a coupling at most by 4 dB, and raises it at most by 3 dB.
_FALL, _CLIMB = 0.4, 2.0
#: Part of the echo of a sustained sound that may wax and wane while the canceller learns it.
_SUSTAINED = np.float32(0.03)


@fast_kernel
def learn(coupling, energy, rise, start, first, last, loudest):
    """Learn from the attack that we played at tick `start`; tick `start + last` + 2 has been heard.

    RT: worker
    """
    for band in range(BANDS):
        played, risen = 0.0, 0.0
        for tick in range(start, start + 3):
            cell = (tick & (RING - 1)) * LANES + BANDS + band
            played = max(played, energy[cell])
            risen = max(risen, rise[cell])
        if risen * (_RISE / (_RISE - 1.0)) < played or played < 1e-9:
            continue
        for delay in range(first, last):
            heard, new = 0.0, 0.0
            for tick in range(start + delay - 1, start + delay + 3):
                cell = (tick & (RING - 1)) * LANES + band
                heard = max(heard, energy[cell])
                new = max(new, rise[cell])
            cell = delay * BANDS + band
            known = min(coupling[cell], loudest)
            if heard < known * played:
                known = max(heard / played, known * _FALL)
            elif new > known * played:
                known = min(new / played, known * _CLIMB, loudest)
            coupling[cell] = known


@fast_kernel
def expect(coupling, energy, rise, step, step_ticks, first, last, margin, loudest, reference):
    """Raise the reference of each band to the loudest echo now due.

    That is `margin` times the echo of a rise of ours, and once the echo of what we sustain: where the canceller is
    still learning, what it leaves of a long tone may wax and wane. RT: worker
    """
    for delay in range(first, last):
        row = ((step - delay // step_ticks) & (RING - 1)) * LANES + BANDS
        for band in range(BANDS):
            due = max(margin * rise[row + band], _SUSTAINED * energy[row + band])
            reference[band] = max(reference[band], min(coupling[delay * BANDS + band], loudest) * due)
