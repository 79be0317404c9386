"""The records of the beat tracker: what it remembers, and what it is given and tells."""

import numpy as np

#: Steps of the tracker a second.
TICKS_S = 100
#: Shortest and longest beat, ticks: 240 to 40 beats a minute.
SHORTEST, LONGEST = 25, 150
TEMPI = LONGEST - SHORTEST + 1
#: States of the distribution: every tempo has one for each tick of its beat.
STATES = sum(range(SHORTEST, LONGEST + 1))
#: Lines that are fitted beside one another, and how long each remembers, beats.
MEMORIES = (2.5, 8.0, 32.0)
LINES = len(MEMORIES)
#: Beats of the longest bar.
MOST_BEATS = 16

#: A line from beats to frames, fitted by weighted least squares with forgetting; sums are about the reference.
LINE = np.dtype(
    [(name, "f8") for name in ("s0", "sx", "sy", "sxx", "sxy", "frame", "period", "error")],
    align=True,
)

#: Places of a beat at which strokes are counted: sixteenths and triplets of eighths are among them.
PLACES = 12
#: Tables of strokes: each repeats after so many beats; 0 and −1 stand for a bar, and for two.
REPEATS = (1, 2, 0, -1)
TABLES = len(REPEATS)
#: Places of the longest table.
LONGEST_TABLE = 2 * MOST_BEATS * PLACES

#: Where in a beat, in a bar and in two the musician strikes, and how exactly.
STROKES = np.dtype(
    [
        ("quantum", "i8"),  # beats of a bar, as the tables have it
        ("place", "i8"),  # the first that is not over: number of the beat · PLACES + place in the beat
        ("over", "f8"),  # frame at which it is
        ("struck", "i8"),  # newest place at which there was a stroke
        ("alive", "f8"),  # how likely it is that the musician still plays, 0 … 1
        ("passed", "i8"),  # places that were counted
        ("trust", "f8", (TABLES,)),  # log likelihood of what each table foretold, fading
        ("share", "f8", (TABLES,)),  # of each table in what is foretold
        ("chance", "f4", (TABLES * LONGEST_TABLE,)),  # of a stroke at each place; below 0: nothing known
        ("off", "f8", (PLACES,)),  # how much later than the grid strokes are at a place of the beat, frames
        ("spread", "f8"),  # standard deviation from that, frames
    ],
    align=True,
)

#: What is foretold of the next stroke.
EXPECTED = np.dtype(
    [
        ("frame", "i8"),  # where it is most likely
        ("probability", "f8"),  # that it comes within 20 ms of that, 0 … 1; 0: nothing is known
        ("spread", "f8"),  # standard deviation, frames
    ],
    align=True,
)

BEAT = np.dtype(
    [
        ("rate", "f8"),
        ("tick_frames", "f8"),
        ("tick", "i8"),  # number of the tick that comes next; it stands at tick · tick_frames
        ("first", "i8"),  # address of int64 [TEMPI]: place of a tempo's first state
        ("p", "i8"),  # address of float32 [STATES]: state j of a tempo of n ticks is at phase (j + tick) % n
        ("fit", "i8"),  # address of float32 [STATES]: how well an onset fits each phase
        ("change", "i8"),  # address of float32 [TEMPI, TEMPI]: from a tempo (row) to another, at a beat
        ("prior", "i8"),  # address of float32 [TEMPI]
        ("entering", "i8"),  # address of float32 [2, TEMPI]: scratch
        ("last_onset_tick", "i8"),
        ("last_onset", "i8"),  # frame, −1 at first
        ("onsets", "i8"),
        ("usual_db", "f8"),  # level of onsets, as a rule
        # what the distribution says
        ("ticks", "i8"),  # length of its beat
        ("phase", "f8"),  # of the newest onset, ticks after a beat
        ("confidence", "f8"),
        # the fine line
        ("locked", "i8"),  # 1 where there is one
        ("best", "i8"),  # line that foretells best
        ("number", "i8"),  # of the beat at the lines' reference
        ("doubt", "i8"),  # onsets in a row after which the distribution said something else
        ("strays", "f8"),  # share of onsets, lately, that are on no grid
        ("swing", "f8"),  # where the second eighth of a beat stands, 0.5 straight … 0.67
        ("accents", "f8", (MOST_BEATS,)),  # how strong each beat of a bar has been
        ("lines", LINE, (LINES,)),
        # the beat to play by: the tracker's own, or one that is given from outside
        ("given", "i8"),  # 1 while it is given
        ("begun", "i8"),  # 1: one of livehost's own, which no onset has contradicted so far
        ("sure", "i8"),  # 1: there is one to play by
        ("grid_number", "i8"),  # of a beat …
        ("grid_frame", "f8"),  # … its frame …
        ("grid_period", "f8"),  # … and the length of a beat, frames
        ("grid_swing", "f8"),  # 0.5 straight … 0.67
        ("downbeat", "i8"),  # number of a beat that begins a bar, modulo the beats of a bar
        ("told", "i8"),  # number of the newest beat that was told
        ("strokes", STROKES),
    ],
    align=True,
)

#: Arguments and results of a step.
BEAT_IO = np.dtype(
    [
        ("now", "i8"),  # frame up to which everything has been heard
        ("onset", "i8"),  # 1 where an onset was confirmed
        ("onset_frame", "i8"),
        ("level_db", "f8"),
        ("quantum", "i8"),  # beats of a bar
        ("locked", "i8"),  # out: 1 where there is a beat
        ("number", "i8"),  # out: number of a beat …
        ("frame", "f8"),  # out: … its frame …
        ("period", "f8"),  # out: … and the length of a beat, frames
        ("confidence", "f8"),  # out: 0 … 1
        ("swing", "f8"),  # out: 0.5 … 0.67
        ("downbeat", "i8"),  # out: number of a beat that begins a bar, modulo `quantum`
    ],
    align=True,
)
