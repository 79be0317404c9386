"""What the worker's loop knows: addresses of its parts and their functions, and where it stands."""

import numpy as np

WORKER = np.dtype(
    [
        ("rate", "f8"),
        ("frame", "i8"),  # first frame not yet heard
        ("onset_hop", "i8"),
        ("hop", "i8"),
        ("block", "i8"),
        ("slack", "i8"),  # frames that "as soon as possible" leaves to the audio thread
        ("virtual", "i8"),  # offline: no clock, durations are 0
        ("tape_frames", "i8"),
        # threads and rings
        ("stop", "i8"),  # address of an int64
        ("wake", "i8"),
        ("listen", "i8"),
        ("control", "i8"),
        ("commands", "i8"),
        ("events", "i8"),
        ("parameters", "i8"),
        ("changes", "i8"),  # address of an int64: how often a parameter was changed
        ("changes_seen", "i8"),
        ("gate", "i8"),
        ("gate_seen", "i8"),
        ("step", "i8"),
        ("tid", "i8"),
        # parts: state, then its functions
        ("onset", "i8"),
        ("onset_io", "i8"),
        ("onset_step", "i8"),
        ("onset_reset", "i8"),
        ("analyzer", "i8"),
        ("analyze", "i8"),
        ("analyzer_reset", "i8"),
        ("vector", "i8"),
        ("vector_size", "i8"),
        ("segment", "i8"),
        ("segment_reset", "i8"),
        ("segment_add", "i8"),
        ("segment_close", "i8"),
        ("summary", "i8"),
        ("summary_size", "i8"),
        ("timing", "i8"),
        ("timing_io", "i8"),
        ("timing_step", "i8"),
        ("timing_reset", "i8"),
        ("timing_forget", "i8"),
        ("player", "i8"),
        ("player_io", "i8"),
        ("player_number", "i8"),  # of the last command that changed the player
        # the heard segment
        ("open", "i8"),
        ("shown", "i8"),
        ("quiet", "i8"),
        ("segment_onset", "i8"),
        ("segment_gap", "i8"),
        ("usual_db", "f8"),  # the musician's usual level, nan at first
        # the plan
        ("arm_due", "i8"),
        ("used", "i8"),
        ("plan", "i8"),
        ("decisions", "i8"),
        ("asked_ns", "i8"),  # when the decision under way was asked for, 0 for none
        ("decide_ms", "f8"),
        # streams and counters
        ("told", "i8"),
        ("telling", "i8"),
        ("strength", "f8"),
        ("overruns", "i8"),
        ("refused", "i8"),
    ],
    align=True,
)
