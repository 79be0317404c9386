"""The reply to a phrase, in mode call: from the next beat on, from its first note to its last as long as the phrase.

What is played in it is the model's. Only its first note has to come where the reply begins, and a note near its end.
"""

from livehost.players.performance.out import reaction
from livehost.players.performance.place import bar_frames, reply_frame
from livehost.players.performance.state import frame_of, nearest_step
from livehost.rt.native import kernel

#: Where in the last part of a reply its last note begins, of its length; how long that sounds at least, s.
LAST_PART, RINGS_S = 0.2, 0.2
_NONE = -1


@kernel
def no_reply(s):
    """Have no reply go on. RT: worker."""
    s.reply_until = s.reply_last = _NONE


@kernel
def open_reply(s, io):
    """Begin a piece in silence: a bar. RT: worker."""
    s.reply_from = reply_frame(s, io, io.frame + reaction(s, io))
    s.reply_until = s.reply_from + bar_frames(s, io, 1) - reaction(s, io)
    s.reply_last, s.reply_newest = _NONE, _NONE


@kernel
def begin_reply(s, io, gap):
    """Reply to the phrase that is over; `gap`, frames, is how long a reply goes on at least. RT: worker."""
    length = max(s.stroke - s.phrase_frame, 0)
    rings = max(s.heard_frame - s.phrase_frame, length + RINGS_S * s.rate, gap)
    s.reply_from = reply_frame(s, io, io.frame + reaction(s, io))
    s.reply_until = s.reply_from + rings - reaction(s, io)
    s.reply_last, s.reply_newest = s.reply_from + length, _NONE


@kernel
def note_in_reply(s):
    """Keep in mind that a note begins. RT: worker."""
    s.reply_newest = frame_of(s, s.step)


@kernel
def must_begin(s):
    """Tell whether nothing but a note may come next: the first of a reply, or its last. RT: worker."""
    if s.reply_last < 0:
        return False
    if s.reply_newest < s.reply_from:
        return True
    length = s.reply_last - s.reply_from
    return s.step >= nearest_step(s, s.reply_last) and s.reply_newest < s.reply_last - LAST_PART * length


@kernel
def reply_over(s):
    """Tell whether the reply has got beyond its last note. RT: worker."""
    return s.reply_last >= 0 and s.reply_newest >= s.reply_from and s.step > nearest_step(s, s.reply_last)


@kernel
def steps_to_last(s, most):
    """Count the steps until the last note of a reply may be due, no more than `most`. RT: worker."""
    left = nearest_step(s, s.reply_last) - s.step if s.reply_last >= 0 else most
    return min(left, most) if left > 0 else most
