"""How loud an answer is: the musician's loudness plus `balance_db`, moved with the stroke by `dynamics`.

What is answered has the level of its first 100 ms, as far as it was heard when the answer starts; for `FOLLOW_MS` after
that the answer's gain is set right as the stroke turns out.
"""

from typing import Any

import numpy as np

from livehost.rt.native import f32, kernel

#: How far an answer may lie below and above the musician's average, dB.
SOFTEST, LOUDEST = -36.0, 18.0
#: How far an item is turned down or up, dB.
LEAST_DB, MOST_DB = -60.0, 18.0
#: How long after its start an answer's gain may follow, and by how much it must be off, dB.
FOLLOW_MS, FOLLOW_LEAST_DB = 50.0, 0.5

#: What an item player keeps of it.
LOUDNESS_FIELDS = (
    ("item_loudness", "i8"),  # float32 [items]: LKFS of the loudest 100 ms, as it sounds at 0 dB
    ("heard_onset", "i8"),  # of the segment that was heard last, and its level
    ("heard_level_db", "f8"),
    ("heard_loudness_db", "f8"),
    ("follow_onset", "i8"),  # onset whose answers sound, −1 for none
    ("follow_start", "i8"),  # frame at which they start
    ("follow_loudness_db", "f8"),  # of the first of them at 0 dB
    ("follow_gain_db", "f8"),  # that it has
    ("swell_db", "f8"),  # gain that is to be put out for them
)


@kernel
def _target(io, p, level_db, average_db, loudness_db):
    """Give the loudness that an answer to sound of a level is to have, LKFS; nan where nothing is known. RT: worker."""
    if not np.isnan(io.average_level_db):
        average_db, loudness_db = io.average_level_db, io.average_loudness_db
    target = loudness_db + p.balance_db
    if not np.isnan(level_db):
        target += p.dynamics * min(max(level_db - average_db, SOFTEST), LOUDEST)
    return target


@kernel
def _gain(target, loudness):
    """Give the gain that brings a loudness to a target, as far as that goes. RT: worker."""
    return min(max(target - loudness, LEAST_DB), MOST_DB)


@kernel
def answer_gain(s, io, p, item, start, onset_frame, level_db):
    """Give the gain of an item that answers an onset (−1: none, as loud as `level_db`), dB. RT: worker."""
    heard = s.heard_onset == onset_frame
    if onset_frame >= 0:
        level_db = s.heard_level_db if heard else np.nan
    # the first sound of a session is its own average
    target = _target(io, p, level_db, level_db, s.heard_loudness_db if heard else np.nan)
    loudness = np.float64(f32(s.item_loudness, item + 1)[item])
    if np.isnan(target):
        target = loudness
    gain = _gain(target, loudness)
    if onset_frame >= 0 and s.follow_onset != onset_frame:  # of what sounds together, the first
        s.follow_onset, s.follow_start, s.swell_db = onset_frame, max(start, io.frame), 0.0
        s.follow_loudness_db, s.follow_gain_db = loudness, gain
    return p.gain_db + gain


@kernel
def hear_level(s, io, p):
    """Take in how loud what sounds is; where its answers sound already, say by how much they are off. RT: worker."""
    if io.provisional == 0:
        return
    s.heard_onset, s.heard_level_db = io.segment_onset, io.segment_level_db
    s.heard_loudness_db = io.segment_loudness_db
    if io.segment_onset != s.follow_onset or io.frame > s.follow_start + np.int64(FOLLOW_MS * s.rate * 0.001):
        return
    target = _target(io, p, s.heard_level_db, s.heard_level_db, s.heard_loudness_db)
    gain = _gain(target, s.follow_loudness_db)
    if abs(gain - s.follow_gain_db) >= FOLLOW_LEAST_DB:
        s.swell_db += gain - s.follow_gain_db
        s.follow_gain_db = gain


def item_loudness(bank: Any) -> np.ndarray:
    """Give the loudness of each item of a bank as it sounds, float32 [items], LKFS. RT: never.

    Where a bank's items are not brought to one loudness, all have that of the bank, so that they keep what they are to
    each other.
    """
    items = bank.items
    gain = np.maximum(np.asarray(items["gain"], np.float64), 1e-6)
    loudness = np.asarray(items["loudness_db"], np.float64) + 20.0 * np.log10(gain)
    if len(items) and (gain == 1.0).all():
        loudness[:] = 10.0 * np.log10(np.mean(10.0 ** (loudness / 10.0)) + 1e-20)
    return np.ascontiguousarray(np.maximum(loudness, -100.0), np.float32)
