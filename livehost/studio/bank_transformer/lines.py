"""Lines: tokens in the order in which the stage commits them, and what comes next after each.

A sound that was heard is committed when it is over, an answer when it is sent out: an answer to a stroke stands before
the stroke. Events are counted in the stream that is heard and in that of the machine, whose events are items.
"""

from dataclasses import dataclass, fields

import numpy as np

from livehost.inference.tokens import HEARD, PLAYED
from livehost.studio.audio_data.recording import Stream
from livehost.studio.bank_transformer.roles import BOTH

#: A musician and a machine that begin within this time begin together.
TOGETHER_MS = 30.0
#: In place of an event that comes next: nobody knows; the successor of what the machine played last.
NOBODY, OWN = -1, -2


@dataclass(eq=False)
class Line:
    """Tokens in their order; times in seconds.

    Attributes
    ----------
    source : int64 [n]
        `HEARD` or `PLAYED`.
    event : int64 [n]
        Index into the heard stream, or into the machine's.
    at, known : float64 [n]
        Onset; and when it is committed, give or take what is together.
    opened : int64 [n]
        Of a heard one: how many tokens were known when it began. An answer to it is not among them.
    following : int64 [n]
        The machine's event that comes next after each; or `NOBODY`, `OWN`.
    stroke : int64 [n]
        The newest event of the heard stream that has begun by then, −1 for none.
    by_time : bool
        Whether what comes next is what the machine's part has next (two parts), or what comes after the stroke that was
        heard (one part).
    """

    source: np.ndarray
    event: np.ndarray
    at: np.ndarray
    known: np.ndarray
    opened: np.ndarray
    following: np.ndarray
    stroke: np.ndarray
    by_time: bool = False

    def __len__(self) -> int:
        return len(self.source)

    def take(self, which: slice | np.ndarray) -> "Line":
        """Keep some tokens: a slice, or a mask."""
        kept = np.zeros(len(self), bool)
        kept[which] = True
        before = np.concatenate([[0], np.cumsum(kept)])
        columns = {f.name: getattr(self, f.name)[kept] for f in fields(Line) if f.name != "by_time"}
        return Line(**columns | {"opened": before[self.opened[kept]]}, by_time=self.by_time)


def aligned_line(
    roles: np.ndarray, heard: Stream, rate: float, *, delay_s: float = 0.0, late: bool = False, ahead: int = 0
) -> Line:
    """Order the tokens of streams whose events are the same.

    Parameters
    ----------
    roles : int64 [events]
        `HEARD`, `PLAYED` or `BOTH`: answered.
    heard : Stream
    rate : float
    delay_s : float
        From a stroke to its answer.
    late : bool
        Whether a stroke is over before its answer begins.
    ahead : int
        How many events later than the stroke the true answer to it is: 0 where it was armed before or mirrors it, 1
        where what comes next answers it.
    """
    events = len(roles)
    event = np.repeat(np.arange(events), np.where(roles == BOTH, 2, 1))
    again = np.concatenate([[False], event[1:] == event[:-1]]) if events else np.zeros(0, bool)
    answered = roles[event] == BOTH
    played = np.where(answered, again if late else ~again, roles[event] == PLAYED)
    onset = heard.onset[event] / rate
    at = onset + np.where(played & answered, delay_s, 0.0)
    number = np.arange(len(event))
    return Line(
        source=np.where(played, PLAYED, HEARD),
        event=np.where(played & answered, np.minimum(event + ahead, events - 1), event),
        at=at,
        known=onset + np.where(played & ~(answered & late), 0.0, heard.seconds[event]),
        opened=np.where(again & ~played, number - 1, number),
        following=np.where(played & ~answered, OWN, np.where(event + 1 < events, event + 1, NOBODY)),
        stroke=np.maximum.accumulate(np.where(played & ~answered, -1, event)) if events else event,
    )


def answer_line(heard: Stream, machine: Stream, rate: float) -> Line:
    """Order the tokens of two parts.

    The machine's next event begins later than all that is known by then, give or take `TOGETHER_MS`.
    """
    together = TOGETHER_MS * 1e-3
    heard_on, machine_on = heard.onset / rate, machine.onset / rate
    known = np.concatenate([heard_on + heard.seconds.astype(np.float64) - together, machine_on])
    order = np.argsort(known, kind="stable")
    known = known[order]
    played = order >= len(heard)
    event = np.where(played, order - len(heard), order)
    at = np.concatenate([heard_on, machine_on])[order]
    so_far = np.cumsum(played)
    opened = np.minimum(np.searchsorted(known, at - together, side="right"), np.arange(len(order)))
    return Line(
        source=np.where(played, PLAYED, HEARD),
        event=event,
        at=at,
        known=known,
        opened=np.where(played, np.arange(len(order)), opened),
        following=np.where(so_far < len(machine), so_far, NOBODY),
        stroke=np.searchsorted(heard_on, np.maximum(known, at), side="right") - 1,
        by_time=True,
    )


def apart_line(line: Line, first: int, events: int) -> Line:
    """Let the machine play a line of its own, from event `first` of `events` on, whatever is heard."""
    played = line.source == PLAYED
    own = (first + np.cumsum(played) - 1) % events
    return Line(
        line.source, np.where(played, own, line.event), line.at, line.known, line.opened,
        np.full(len(line), OWN), line.stroke,
    )  # fmt: skip
