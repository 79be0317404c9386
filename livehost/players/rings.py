"""What of an item player's sounds may still ring: to be faded where the musician comes back, or where it was wrong."""

import numpy as np

from livehost.engine.player_abi import END, next_out, soonest
from livehost.rt.native import kernel

#: Sounds that are remembered, the newest ones.
RINGS = 64
#: Fade at `yield` 1, ms; at less it is as much longer as the square of it is smaller, up to the longest.
YIELD_MS, LONGEST_MS = 150.0, 10_000.0

#: Fields of it in the state of a player.
RING_FIELDS = (
    ("rung", "i8"),  # sounds so far
    ("ring_decision", "i8", (RINGS,)),  # sound k at k % RINGS
    ("ring_until", "i8", (RINGS,)),  # frame at which it is over by itself
    ("fading", "i8"),  # the next sound that is to fade …
    ("fading_until", "i8"),  # … up to this one …
    ("fading_frames", "i8"),  # … for so long
)


@kernel
def note_ring(s, decision, until):
    """Remember a sound that was put out. RT: worker."""
    s.ring_decision[s.rung % RINGS], s.ring_until[s.rung % RINGS] = decision, until
    s.rung += 1


@kernel
def rings(s, frame):
    """Tell whether anything may ring at a frame. RT: worker."""
    last = np.int64(0)
    for k in range(min(s.rung, RINGS)):
        last = max(last, s.ring_until[k])
    return last > frame


@kernel
def yield_frames(s, share):
    """Give the length of a fade, frames, at a value of `yield` above 0. RT: worker."""
    return np.int64(min(YIELD_MS / (share * share), LONGEST_MS) * 0.001 * s.rate)


@kernel
def fade_rings(s, first, end, frames):
    """Have the sounds from number `first` up to `end` fade, as far as they are remembered. RT: worker."""
    s.fading, s.fading_until, s.fading_frames = max(first, s.rung - RINGS, 0), end, frames


@kernel
def put_out_fades(s, io):
    """Put out the ends of the sounds that are to fade and still ring. RT: worker."""
    frame = soonest(io)
    while s.fading < s.fading_until and io.count < io.room:
        k = s.fading % RINGS
        s.fading += 1
        if s.ring_until[k] <= io.frame:
            continue
        out = next_out(io)
        out.frame, out.kind, out.index, out.frames = frame, END, s.ring_decision[k], s.fading_frames
        io.count += 1


@kernel
def forget_rings(s):
    """Forget what rings: it has been ended otherwise. RT: worker."""
    s.rung = s.fading = s.fading_until = 0
