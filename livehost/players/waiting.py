"""Plays of an item player that wait for their deadline, in the order in which they came."""

import numpy as np

from livehost.events import REASONS
from livehost.rt.native import kernel

#: Plays that may wait; beyond that the oldest is put out with what stands armed.
WAITING = 64
#: Reason of a play that is to sound together with a stroke that is expected.
UNISON = REASONS.index("unison")
#: In place of a reason, what answers no onset; in place of a frame, one that never comes.
NO_ONSET, NEVER = -1, np.iinfo(np.int64).max

#: Fields of it in the state of a player.
WAITING_FIELDS = (
    ("waiting", "i8"),
    ("start", "i8", (WAITING,)),
    ("onset_frame", "i8", (WAITING,)),
    ("reason", "i8", (WAITING,)),
    ("level_db", "f8", (WAITING,)),
)


@kernel
def any_answers(s):
    """Tell whether a play that waits answers an onset. RT: worker."""
    newest = np.int64(-1)
    for k in range(s.waiting):
        newest = max(newest, s.onset_frame[k])
    return newest >= 0


@kernel
def move(s, k, to):
    """Move a play that waits to another place. RT: worker."""
    s.start[to], s.onset_frame[to], s.reason[to], s.level_db[to] = (
        s.start[k], s.onset_frame[k], s.reason[k], s.level_db[k]
    )  # fmt: skip


@kernel
def keep(s, start, onset_frame, reason, level_db):
    """Have one more wait; there must be room. RT: worker."""
    k = s.waiting
    s.start[k], s.onset_frame[k], s.reason[k], s.level_db[k] = start, onset_frame, reason, level_db
    s.waiting += 1


@kernel
def drop(s, reason, first, last):
    """Give up what waits for a reason (`NO_ONSET`: for no onset) and starts from `first` to `last`. RT: worker."""
    kept = 0
    for k in range(s.waiting):
        meant = s.onset_frame[k] < 0 if reason == NO_ONSET else s.reason[k] == reason
        if meant and first <= s.start[k] <= last:
            continue
        move(s, k, kept)
        kept += 1
    s.waiting = kept


@kernel
def strike_now(s, io):
    """Have what was to sound together with a stroke sound at once: the stroke is there already. RT: worker."""
    for k in range(s.waiting):
        if s.reason[k] == UNISON:
            s.start[k] = min(s.start[k], io.frame + io.lead)
