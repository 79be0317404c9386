"""Puts out what is planned, when it is time: notes, and the voices that sound them."""

import numpy as np

from livehost.bank.layout import ITEM
from livehost.engine.player_abi import END, NOTE, VOICE, next_out, soonest
from livehost.players.modes import yields
from livehost.players.performance.along import struck_along
from livehost.players.performance.place import doubles
from livehost.players.performance.state import PITCHES, PLAN, UNISON
from livehost.players.rings import yield_frames
from livehost.players.timing.near import APART_MS
from livehost.rt.native import array_at, kernel, u8

#: How long before the audio thread needs it a note is put out: a hop of the worker may take as long as a step.
COMMIT_MS = 3.0
#: How long after that a note may still be changed by what is heard.
REACT_MS = 18.0
#: Fade of a voice whose note ends; velocity of a voice at 0 dB (`bridge.midi.notes`).
RELEASE_MS, NOMINAL = 60.0, 100.0
#: Outputs that one note takes at most.
_OUTS = 2


@kernel
def margin(s, io):
    """Frames before its own at which a note must be put out. RT: worker."""
    return io.block + io.hop + np.int64(COMMIT_MS * s.rate * 0.001)


@kernel
def reaction(s, io):
    """Frames from now on in which nothing is changed any more. RT: worker."""
    return margin(s, io) + np.int64(REACT_MS * s.rate * 0.001)


@kernel
def item_of(s, pitch):
    """Item that sounds a pitch: the allowed one whose root is nearest; −2 for none. RT: worker."""
    if s.item[pitch] == -1:
        items, allowed = array_at(s.items, s.item_count, ITEM), u8(s.allowed, s.item_count)
        best, least, unpitched = np.int64(-2), np.inf, np.int64(0)
        for i in range(s.item_count):
            away = abs(np.float64(items[i].root) - pitch)
            if allowed[i] != 0:
                unpitched += 1
                if away < least:
                    best, least = np.int64(i), away
        if best < 0 and unpitched > 0:  # none has a pitch: each stands for some pitches, in their order
            left = pitch % unpitched
            for i in range(s.item_count):
                if allowed[i] != 0:
                    if left == 0:
                        best = np.int64(i)
                    left -= 1
        s.item[pitch] = best
    return s.item[pitch]


@kernel
def _common(out, frame, reason, probability):
    """Fill in what all outputs have. RT: worker."""
    out.frame, out.probability, out.fallback = frame, probability, 0
    out.onset_frame, out.reason, out.decide_ms, out.heard_ms = -1, reason, 0.0, 0.0
    out.gain_db, out.frames, out.fade_in, out.choke = 0.0, 0, 0, 0


@kernel
def _note(io, frame, pitch, velocity, reason, probability):
    """Put out the beginning or the end of a note. RT: worker."""
    out = next_out(io)
    _common(out, frame, reason, probability)
    out.kind, out.index, out.velocity = NOTE, pitch, velocity
    io.count += 1


@kernel
def _release(s):
    """Length of the fade of a voice whose note ends, frames. RT: worker."""
    return np.int64(RELEASE_MS * s.rate * 0.001)


@kernel
def _end(s, io, frame, pitch, fade):
    """Put out the end of the voice of a pitch, where it has one. RT: worker."""
    if s.voice[pitch] == 0:
        return
    out = next_out(io)
    _common(out, frame, s.reason, 0.0)
    out.kind, out.index, out.frames = END, s.voice[pitch], fade
    io.count += 1
    s.voice[pitch] = 0


@kernel
def _begin(s, io, p, begun, frame, note):
    """Put out a note, and the voice that sounds it; gives how many decisions there are then. RT: worker."""
    pitch, velocity, reason, probability = note.pitch, note.velocity, note.reason, note.probability
    if reason == UNISON:
        frame = struck_along(s, io, frame, begun + 1)
    _note(io, frame, pitch, velocity, reason, probability)
    s.on[pitch], s.voice[pitch], s.began[pitch] = 1, 0, frame
    item = item_of(s, pitch) if p.note_sounds != 0.0 else np.int64(-2)
    if item < 0:
        return begun + 1
    root = np.float64(array_at(s.items, s.item_count, ITEM)[item].root)
    out = next_out(io)
    _common(out, frame, reason, probability)
    out.kind, out.index, out.noted = VOICE, item, 1
    out.rate = 2.0 ** ((pitch - root) / 12.0) if np.isfinite(root) else 1.0
    out.gain_db = p.gain_db + 40.0 * np.log10(velocity / NOMINAL)
    io.count += 1
    s.voice[pitch] = begun + 2
    return begun + 2


@kernel
def end_soon(s):
    """Have all notes that sound end as soon as possible, and drop what is planned. RT: worker."""
    s.put_out = s.planned
    for pitch in range(PITCHES):
        if s.on[pitch] != 0:
            s.to_end[pitch] = 1


@kernel
def give_way(s, io, p):
    """Fade what rings when the musician begins a phrase, but not what began with that very stroke. RT: worker."""
    if s.came_back >= 0:
        if yields(p.mode) and p["yield"] > 0.0:
            s.yield_frames = yield_frames(s, p["yield"])
            s.yield_at = io.frame + s.yield_frames
            s.yield_before = s.came_back - np.int64(APART_MS * 0.001 * s.rate)
        s.came_back = -1
    if s.yield_at < 0:
        return
    frame = soonest(io)
    for pitch in range(PITCHES):
        if s.on[pitch] != 0 and s.began[pitch] < s.yield_before and io.count < io.room:
            _end(s, io, frame, pitch, s.yield_frames)
            if io.frame >= s.yield_at:
                s.to_end[pitch] = 1
    if io.frame >= s.yield_at:
        s.yield_at = -1


@kernel
def _end_now(s, io):
    """Put out the ends that are wanted. RT: worker."""
    frame = soonest(io)
    for pitch in range(PITCHES):
        if s.to_end[pitch] != 0 and io.count + _OUTS <= io.room:
            _note(io, frame, pitch, 0, s.reason, 0.0)
            _end(s, io, frame, pitch, _release(s))
            s.to_end[pitch] = s.on[pitch] = 0


@kernel
def put_out_due(s, io, p):
    """Put out the ends that are wanted, and all notes whose time has come. RT: worker."""
    _end_now(s, io)
    until, begun, first = io.frame + margin(s, io), io.decisions, io.frame + io.lead
    while s.put_out < s.planned and io.count + _OUTS <= io.room:
        note = s.plan[s.put_out % PLAN]
        if note.frame >= until:
            return
        frame, pitch = max(note.frame, first), note.pitch
        if note.velocity > 0:
            if note.reason == UNISON or not doubles(s, io, p, frame):
                begun = _begin(s, io, p, begun, frame, note)
        elif s.on[pitch] != 0:
            _note(io, frame, pitch, 0, note.reason, note.probability)
            _end(s, io, frame, pitch, _release(s))
            s.on[pitch] = 0
        s.put_out += 1
