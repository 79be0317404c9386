"""What is heard, as the model is told of it: pitch classes and notes a second, both of the last seconds.

`follow` says how much of a condition is the musician's; the rest is what is asked for, and where nothing is asked for,
nothing in particular: all pitch classes alike, and a middling density. `hold` keeps the condition as it is. A mode that
makes room is told of no density but the one that is asked for, as much of it as there is room for.
"""

import numpy as np

from livehost.performance.condition import DENSITY, FULL_DENSITY, HAS_DENSITY, HAS_HISTOGRAM
from livehost.players.modes import makes_room
from livehost.players.performance.state import CLASSES, CONDITIONS, HEARD_NOTES
from livehost.rt.native import f32, kernel

#: How fast what was heard is forgotten; the time over which notes are counted, s.
MEMORY_S, DENSITY_S = 4.0, 4.0
#: Notes a second of somebody of whom nothing is known.
MIDDLING = 8.0
_LEAST = 0.05


@kernel
def remember(s, frame, pitch_class, weight, notes):
    """Keep that a pitch class was heard, and as how many notes it counts. RT: worker."""
    m = s.memory[s.remembered % HEARD_NOTES]
    m.frame, m.pitch_class, m.weight, m.notes = frame, pitch_class, weight, notes
    s.remembered += 1


@kernel
def _listen(s, frame):
    """Sum up what was heard before a frame, by pitch class; gives notes a second. RT: worker."""
    notes = 0.0
    for k in range(CLASSES):
        s.heard_weights[k] = 0.0
    for n in range(max(s.remembered - HEARD_NOTES, 0), s.remembered):
        m = s.memory[n % HEARD_NOTES]
        age = max(frame - m.frame, 0) / s.rate
        s.heard_weights[m.pitch_class] += m.weight * np.exp(-age / MEMORY_S)
        if age < DENSITY_S:
            notes += m.notes
    return notes / DENSITY_S


@kernel
def asked_pitch(p, k):
    """How much of a pitch class is asked for. RT: worker."""
    if k < 6:
        if k < 3:
            return p.pitch_00 if k == 0 else p.pitch_01 if k == 1 else p.pitch_02
        return p.pitch_03 if k == 3 else p.pitch_04 if k == 4 else p.pitch_05
    if k < 9:
        return p.pitch_06 if k == 6 else p.pitch_07 if k == 7 else p.pitch_08
    return p.pitch_09 if k == 9 else p.pitch_10 if k == 10 else p.pitch_11


@kernel
def write_condition(s, p, frame):
    """Write the condition of an event at a frame, unless it is held. RT: worker."""
    if p.hold != 0.0:
        return
    condition, follow = f32(s.condition_in, CONDITIONS), p.follow
    per_second = _listen(s, frame)
    asked, heard = 0.0, 0.0
    for k in range(CLASSES):
        asked += asked_pitch(p, k)
        heard += s.heard_weights[k]
    listens = heard > _LEAST and follow > 0.0
    for k in range(CLASSES):
        own = asked_pitch(p, k) / asked if asked > 0.0 else 1.0 / CLASSES
        theirs = s.heard_weights[k] / heard if heard > _LEAST else own
        share = follow if listens else 0.0
        condition[k] = np.float32((1.0 - share) * own + share * theirs) if asked > 0.0 or listens else np.float32(0.0)
    condition[HAS_HISTOGRAM] = np.float32(1.0 if asked > 0.0 or listens else 0.0)
    follows = per_second > 0.0 and follow > 0.0 and not makes_room(p.mode)
    own_density = p.note_density if p.note_density > 0.0 else MIDDLING
    density = (1.0 - follow) * own_density + follow * per_second if follows else p.note_density * s.share
    condition[DENSITY] = np.float32(min(density / FULL_DENSITY, 1.0))
    condition[HAS_DENSITY] = np.float32(1.0 if p.note_density > 0.0 or follows else 0.0)
