"""The records of the onset detector: what it is set to, what it remembers, what it is given and what it tells."""

import numpy as np

from livehost.settings import TABLE

#: What a step is given and gives back.
ONSET_IO = np.dtype(
    [
        ("heard", "i8"),  # address of `hop_samples` float32: the microphone
        ("left", "i8"),  # addresses of as many: what was just sent to each output, same frames
        ("right", "i8"),
        ("frame", "i8"),  # position of the first of them
        ("onset_frame", "i8"),  # out: where the attack starts
        ("strength", "f4"),  # out: 0 to 1
        ("level_db", "f4"),  # out: RMS of the attack so far, dBFS
    ],
    align=True,
)

#: Those of them that the musician sets: there, and nowhere else, stand their defaults and ranges.
_OF_THE_STAGE = (
    "input.gate_db",
    "listen.sensitivity",
    "listen.refractory_ms",
    "listen.room_min_ms",
    "listen.room_max_ms",
    "listen.room_db",
)
#: Live settings: field, default, lowest, highest, unit, help.
SETTINGS = (
    *(
        (key.partition(".")[2], float(row.default), row.low, row.high, row.unit, row.help)
        for key, row in ((key, TABLE[key]) for key in _OF_THE_STAGE)
    ),
    ("back_ms", 6.0, 0.0, 50.0, "ms", "furthest that an onset is dated back from its report"),
    ("room_cancel", 1.0, 0.0, 1.0, "", "1: subtract what is played from what is heard; 0: only mask it"),
    ("room_margin_db", 6.0, 0.0, 30.0, "dB", "how far above its expected echo an attack must be"),
)

STATE = np.dtype(
    [(name, "f8") for name, *_ in SETTINGS]
    + [
        ("rate", "f8"),
        ("tick_ms", "f8"),
        ("dc", "f8"),  # running mean of what is heard
        ("dc_step", "f8"),
        ("hop", "i8"),
        ("tick_hops", "i8"),  # hops in a tick
        ("hop_in_tick", "i8"),
        ("tick", "i8"),
        ("last_onset", "i8"),  # frames at which the last ones were reported
        ("last_echo", "i8"),
        ("last_played", "i8"),  # tick of our own last attack
        ("history_mask", "i8"),
        ("memory", "i8"),  # addresses from here on
        ("hop_heard", "i8"),
        ("hop_left", "i8"),
        ("hop_right", "i8"),
        ("hop_cleaned", "i8"),
        ("canceller", "i8"),
        ("cancel_io", "i8"),
        ("cancel_step", "i8"),
        ("cancel_reset", "i8"),
        ("transform", "i8"),
        ("history", "i8"),
        ("smooth", "i8"),
        ("reference", "i8"),
        ("scales", "i8"),
        ("coupling", "i8"),
        ("attacks", "i8"),  # int64 [RING]: 1 where we played an attack
        ("leak", "i8"),  # float32 [BANDS]: heard over played, usually
        ("due", "i8"),  # float32 [BANDS]: of ours, what is heard now at the latest and at the soonest
        ("plan", "i8"),
        ("magnitudes", "i8"),
    ],
    align=True,
)

#: One row of `detect`.
ONSET = np.dtype([("frame", "i8"), ("reported_frame", "i8"), ("strength", "f4"), ("level_db", "f4")])

#: A whole recording, for `onset_scan`.
SCAN = np.dtype(
    [
        ("step", "i8"),  # address of `onset_step`
        ("state", "i8"),
        ("io", "i8"),
        ("heard", "i8"),
        ("left", "i8"),
        ("right", "i8"),
        ("hops", "i8"),
        ("found", "i8"),  # address of `ONSET` [capacity]
        ("capacity", "i8"),
    ],
    align=True,
)
