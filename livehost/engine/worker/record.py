"""What the worker's loop knows: addresses of its parts and their functions, and where it stands."""

import numpy as np

from livehost import settings
from livehost.settings import PARTS

#: Live settings of the worker.
WORKER_SETTINGS = settings.record("worker")

WORKER = np.dtype(
    [
        ("rate", "f8"),
        ("frame", "i8"),  # first frame not yet heard
        ("onset_hop", "i8"),
        ("hop", "i8"),
        ("block", "i8"),
        ("virtual", "i8"),  # offline: no clock, durations are 0
        ("ring_frames", "i8"),  # length of the audio ring
        # threads and rings
        ("stop", "i8"),  # address of an int64
        ("wake", "i8"),
        ("listen", "i8"),
        ("control", "i8"),
        ("commands", "i8"),
        ("events", "i8"),
        ("input_log", "i8"),  # what it takes in besides sound, to be recorded or replayed
        ("given", "i8"),  # address of `WORKER_SETTINGS`, as others write it …
        ("parameters", "i8"),  # … and as taken at the start of the hop
        ("changes", "i8"),  # address of int64 [PARTS]: how often a live setting that its player reads was changed
        ("changes_seen", "i8", (PARTS,)),
        ("gate", "i8"),
        ("gate_seen", "i8"),
        ("step", "i8"),
        ("tid", "i8"),
        # what listens: state, then its functions
        ("onset", "i8"),
        ("onset_io", "i8"),
        ("onset_step", "i8"),
        ("onset_reset", "i8"),
        ("analyzer", "i8"),
        ("analyze", "i8"),
        ("analyzer_reset", "i8"),
        ("vector", "i8"),
        ("vector_size", "i8"),
        ("segmenter", "i8"),
        ("segmenter_io", "i8"),
        ("segmenter_step", "i8"),
        ("segmenter_reset", "i8"),
        ("closed_summary", "i8"),  # float32 [summary_size]
        ("peek_summary", "i8"),
        ("summary_size", "i8"),
        ("beat", "i8"),
        ("beat_io", "i8"),
        ("beat_step", "i8"),
        ("beat_reset", "i8"),
        ("beat_told", "i8"),  # for other threads, see `livehost.dsp.beat.told`
        # who plays
        ("players", "i8"),  # address of PLAYER [PARTS]
        ("ios", "i8"),  # address of PLAYER_IO [PARTS]
        ("given_parts", "i8"),  # address of PART [PARTS], as others write it …
        ("part_settings", "i8"),  # … and as taken at the start of the hop
        ("player_number", "i8", (PARTS,)),  # of the last command that changed the player
        ("failed", "i8", (PARTS,)),  # 1: its player has failed and is not asked any more
        ("rests", "i8", (PARTS,)),  # 1: it rests for some bars …
        ("rest_until", "i8", (PARTS,)),  # … up to this frame …
        ("rest_position", "f8", (PARTS,)),  # … the position of that bar in the beat, nan without a beat
        ("last_part", "i8"),  # that played last
        ("decisions", "i8"),
        # what is heard
        ("sustained", "i8"),  # 1: sound that goes on opened a segment in the hop before
        ("own_db", "f8"),  # level of livehost's own sound, held as long as a room may give it back
        ("own_held", "i8"),  # frame of it
        ("average_level_db", "f8"),  # the musician's, nan at first
        ("average_loudness_db", "f8"),  # the same, K-weighted
        # streams and counters
        ("feature_frame", "i8"),  # of the newest feature event
        ("feature_period", "i8"),
        ("strength", "f8"),
        ("overruns", "i8"),
        ("refused", "i8"),
    ],
    align=True,
)
