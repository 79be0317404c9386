"""Events that players of every kind tell of their time: phrases, room, strokes that were expected, and no grid."""

import numpy as np

from livehost.events import BY_NAME
from livehost.rt.native import kernel, record_at
from livehost.rt.ring import ring_claim, ring_publish

_KINDS = ("phrase", "room", "expected", "unquantised")
_PHRASE, _ROOM, _EXPECTED, _FREE = (BY_NAME[n].code for n in _KINDS)
_PHRASE_T, _ROOM_T, _EXPECTED_T, _FREE_T = (BY_NAME[n].dtype for n in _KINDS)


@kernel
def tell_phrase(io, onset_frame, onsets):
    """Tell that the musician's phrase is over, which began at `onset_frame`. RT: worker."""
    address = ring_claim(io.events)
    if address != 0:
        r = record_at(address, _PHRASE_T)
        r.frame, r.kind, r.part, r.onset_frame, r.onsets = io.frame, _PHRASE, io.part, onset_frame, onsets
        ring_publish(io.events)


@kernel
def tell_room(io, busy, share):
    """Tell how busy the musician is, strokes a second, and how much of its line a player plays. RT: worker."""
    address = ring_claim(io.events)
    if address != 0:
        r = record_at(address, _ROOM_T)
        r.frame, r.kind, r.part, r.resting = io.frame, _ROOM, io.part, np.int32(1 - io.may_play)
        r.busy, r.share = np.float32(busy), np.float32(share)
        ring_publish(io.events)


@kernel
def tell_expected(io, frame, probability, onset_frame, decision, withdrawn):
    """Tell what became of a stroke that was expected at a frame: the onset that came, or −1. RT: worker."""
    address = ring_claim(io.events)
    if address != 0:
        r = record_at(address, _EXPECTED_T)
        r.frame, r.kind, r.part, r.probability = frame, _EXPECTED, io.part, np.float32(probability)
        r.onset_frame, r.decision, r.withdrawn = onset_frame, decision, np.int32(withdrawn)
        ring_publish(io.events)


@kernel
def tell_unquantised(io):
    """Tell that what was to wait for a grid waits for none: there is no beat. RT: worker."""
    address = ring_claim(io.events)
    if address != 0:
        r = record_at(address, _FREE_T)
        r.frame, r.kind, r.part = io.frame, _FREE, io.part
        ring_publish(io.events)
