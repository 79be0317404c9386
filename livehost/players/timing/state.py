"""The records of the timing: what it remembers, and what it is given and gives."""

import numpy as np

from livehost.dsp.beat.state import EXPECTED
from livehost.players.rhythm import PHRASE, RHYTHM_FIELDS
from livehost.players.timing.room import ROOM_FIELDS

#: Plays that one step may give.
PLAYS = 8
#: How long before its frame a play is given out, on top of `lead_frames`, where it answers no onset: enough for the
#: audio thread to start it exactly, and little enough to give way to a musician who begins again.
LEAD_MS = 20.0

#: State of the timing.
TIMING = np.dtype(
    [
        ("rate", "f8"),
        ("seed", "u8"),
        ("random", "u8"),
        ("lead", "i8"),  # frames of LEAD_MS
        ("mode", "i8"),  # of the step before
        ("last_onset", "i8"),
        ("onsets", "i8"),  # so far
        # the musician's phrase
        ("open", "i8"),  # 1 while one goes on
        ("phrase_onset", "i8"),
        ("phrase_count", "i8"),
        ("phrase_ioi", "i8", (PHRASE,)),  # onset k of the phrase at k % PHRASE: frames from the onset before
        ("phrase_level", "f8", (PHRASE,)),
        *RHYTHM_FIELDS,
        *ROOM_FIELDS,
        # the beat
        ("sure", "i8"),  # 1 where there is one to play by
        ("told_free", "i8"),  # 1: it has been told that there is none
        # the line: continue, duo
        ("running", "i8"),  # 1 while it plays
        ("next_frame", "i8"),
        ("anchor", "i8"),  # without a beat: the place before `next_frame`
        ("on_grid", "i8"),  # 1 while it is on the beat's grid …
        ("position", "f8"),  # … and its next place, beats
        ("opened", "i8"),  # 1: begun in silence, and the musician has not come in yet
        ("carry", "f8"),  # duo: what has been thinned out so far, of a note
        ("entered", "i8"),  # duo: 1: the gap that goes on has been entered
        ("moved", "i8"),  # duo: 1: the next note has been moved to its place
        ("given", "i8"),  # start of the play that was given out last
        ("pending", "i8"),  # duo: 1 until it is known whether that doubled a stroke
        ("doubled", "f8"),  # duo: share of its notes that did, lately
        # the stroke that is expected
        ("foretold", EXPECTED),  # as it was asked for last
        ("ask_at", "i8"),  # frame at which it is asked for again
        ("expects", "i8"),  # 1 while it is waited for …
        ("expected_frame", "i8"),  # … here
        ("expected_probability", "f8"),
        ("struck", "i8"),  # 1: something is played together with it
        ("pressed", "i8"),  # 1: something is to be played now, for somebody has asked for another choice
        # the reply: call
        ("reply", "i8"),  # the next onset of the reply …
        ("reply_end", "i8"),  # … up to this one
        ("reply_ioi", "i8", (PHRASE,)),  # frames from the one before
        ("reply_level", "f8", (PHRASE,)),
    ],
    align=True,
)

#: Arguments and results of a step.
TIMING_IO = np.dtype(
    [
        ("now", "i8"),  # frame after this hop
        ("onset", "i8"),  # 1 if an onset was confirmed in this hop
        ("onset_frame", "i8"),
        ("level_db", "f8"),
        ("mode", "i8"),  # place in `players.modes.MODES`
        ("respond", "i8"),  # 0: learn, and play nothing
        ("density", "f8"),  # probability of each play
        ("delay_frames", "i8"),  # answer: from onset to start; 0: as soon as possible
        ("lead_frames", "i8"),  # the earliest start is now + slack
        ("phrase_gap_frames", "i8"),  # this long without an onset ends a phrase
        ("beat", "i8"),  # address of the `BEAT`, 0 for none
        ("quantum", "i8"),  # beats of a bar
        ("latency", "i8"),  # frames from the input to the output of the card
        ("divisions", "f8"),  # of a beat, that all plays wait for; 0: none
        ("space", "f8"),
        ("unison", "f8"),
        ("varied", "f8"),  # call: share of the replies that vary the phrase
        ("next_stroke", "i8"),  # address of float32 [intervals.BINS]: what a model says of the next onset, 0 for none …
        ("next_stroke_onset", "i8"),  # … counted from this one
        ("count", "i8"),  # out: plays
        ("start_frame", "i8", (PLAYS,)),  # out
        ("play_onset_frame", "i8", (PLAYS,)),  # out: onset that it answers, -1 for none
        ("reason", "i8", (PLAYS,)),  # out: place in `events.REASONS`
        ("play_level_db", "f8", (PLAYS,)),  # out: level of the onset that it answers or that is remembered, nan: none
        ("phrase_over", "i8"),  # out: 1 where the musician's phrase has ended
        ("phrase_onset_frame", "i8"),  # out
        ("phrase_onsets", "i8"),  # out
        ("drop_from", "i8"),  # out: what was given out before, starts in between …
        ("drop_until", "i8"),  # out: … and answers no onset, is not to be played; −1 for nothing
        ("comes_back", "i8"),  # out: 1 where the musician has begun a phrase
        ("free", "i8"),  # out: 1 where a play waited for no grid for want of a beat, told once
        ("outcome", "i8"),  # out: 1 where it is known what has become of an expected stroke …
        ("outcome_frame", "i8"),  # out: … that was expected here …
        ("outcome_probability", "f8"),  # out
        ("outcome_onset", "i8"),  # out: … and came here, −1 for not at all
        ("outcome_struck", "i8"),  # out: 1 where something was played together with it
        ("withdraws", "i8"),  # out: 1 where that is to fade
        ("strikes_now", "i8"),  # out: 1 where that is to start at once, if it waits still
        ("tells_room", "i8"),  # out: 1 where it is time to tell of the room that is left
        ("busy", "f8"),  # out: strokes of the musician, 1/s
        ("share", "f8"),  # out: how much of its line plays
    ],
    align=True,
)
