"""The records of the echo canceller: what it remembers, and what it is given."""

import numpy as np

#: What a step is given: addresses of `hop` float32.
CANCEL_IO = np.dtype([("heard", "i8"), ("left", "i8"), ("right", "i8"), ("cleaned", "i8")], align=True)

CANCELLER = np.dtype(
    [
        ("enabled", "f8"),
        ("start_db", "f8"),  # energy of the room's response that is thought likely at first
        ("trust", "f8"),  # 0 or 1: whether the estimate helps
        ("gain", "f8"),  # part of the estimate that is subtracted; follows trust
        ("heard_energy", "f8"),  # leaky sums over blocks
        ("cleaned_energy", "f8"),
        ("steady_error", "f8"),  # leaky sums of what either filter leaves, over what else is heard, bin for bin
        ("quick_error", "f8"),
        ("hop", "i8"),
        ("ring", "i8"),  # samples of played that are remembered, a power of two
        ("alone", "i8"),  # 1: the right output has been silent so far
        ("equal", "i8"),  # 1: it has played what the left one plays
        ("position", "i8"),  # samples so far
        ("filled", "i8"),  # samples taken of this block
        ("silence", "i8"),  # blocks since anything was played
        ("first", "i8"),  # the partitions that matter
        ("last", "i8"),
        ("changes", "i8"),  # how often the quick filter knew better
        ("learn", "i8"),  # addresses from here on
        ("spectra", "i8"),  # SPECTRA
        ("filters", "i8"),  # FILTER [2]: steady, quick
        ("line", "i8"),  # float32 [WAYS, 2 * ring]: played, twice
        ("taken", "i8"),  # float32 [2, block]: heard, the block that fills and the one before
        ("taps", "i8"),  # float32 [WAYS, partitions * block], newest sample last
        ("target", "i8"),  # what the taps move to
        ("power", "i8"),  # float32 [partitions]: energy of the taps
    ],
    align=True,
)
