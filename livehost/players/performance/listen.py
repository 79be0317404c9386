"""Listens: notes of MIDI inputs, and sounds that have a pitch, become events; others count for pitch classes, density.

What is heard waits in a box until the model can be told: a step may go on elsewhere.
"""

import numpy as np

from livehost.dsp.tables import SEGMENT_SIZE, SEGMENT_SLICES
from livehost.engine.player_abi import io_at
from livehost.performance.vocabulary import BIN, NOTE_OFF, NOTE_ON, VELOCITY
from livehost.players.performance.heard import remember
from livehost.players.performance.out import reaction
from livehost.players.performance.state import CLASSES, HEARD, INBOX, nearest_step, state_at, step_at
from livehost.players.performance.stream import LONGEST_PAUSE, insert, pass_time, take_back
from livehost.players.timing.room import count_stroke
from livehost.rt.native import STEP2, entry, f32, kernel

_PITCH, _PITCH_STD, _VOICED, _CHROMA = (
    SEGMENT_SLICES[n].start for n in ("pitch_mean", "pitch_std", "voiced", "chroma_mean")
)
#: A sound has a pitch where so much of it is voiced, its pitch moves by no more semitones, and so much was heard, ms.
VOICED, STEADY, HEARD_MS = 0.6, 0.7, 35.0
#: What of a chroma counts; velocity of a sound as loud as the musician is on average.
_STRONG, _MIDDLE = 0.6, 72.0
_NO_PITCH = -1
#: Sounds that begin no farther apart are one stroke.
TOGETHER_MS = 15.0


@kernel
def _keep(s, io, frame, pitch, velocity):
    """Put what was heard into the box, unless that is full. RT: worker."""
    io.think = 1
    if s.inbox == INBOX:
        s.dropped += 1
        return
    note = s.box[s.inbox]
    note.frame, note.told, note.pitch, note.velocity = frame, io.frame, pitch, velocity
    s.inbox += 1


@kernel
def hear_sound(s, now, frame):
    """Count a sound of the musician's, which began at `frame`, into the phrase. RT: worker."""
    s.heard_frame = max(s.heard_frame, now)
    if s.phrase_frame < 0:
        s.phrase_frame, s.phrase_sounds = frame, 0
        s.came_back = frame
    s.phrase_sounds += 1
    if s.stroke < 0 or frame - s.stroke > TOGETHER_MS * s.rate * 0.001:
        s.stroke, s.entered = frame, 0
        s.strokes += 1
        count_stroke(s, frame, s.rate)


@kernel
def keep_note(s, io, frame, pitch, velocity):
    """Take in a note that begins, or ends where `velocity` is 0. RT: worker."""
    if velocity > 0:
        if s.heard_on[pitch] != 0:
            _keep(s, io, frame, pitch, 0)
        else:
            s.heard_sounding += 1
        s.heard_on[pitch] = 1
        remember(s, frame, pitch % CLASSES, 1.0, 1.0)
        _keep(s, io, frame, pitch, velocity)
    elif s.heard_on[pitch] != 0:
        s.heard_on[pitch], s.heard_frame = 0, io.frame
        s.heard_sounding -= 1
        _keep(s, io, frame, pitch, 0)


@kernel
def _tell_note(s, step, pitch, velocity):
    """Put a note that was heard into the stream. RT: worker."""
    if velocity == 0:
        insert(s, step, NOTE_OFF + pitch, HEARD)
        return
    if velocity // BIN != s.heard_velocity:
        s.heard_velocity = velocity // BIN
        insert(s, step, VELOCITY + s.heard_velocity, HEARD)
    insert(s, step, NOTE_ON + pitch, HEARD)


@kernel
def take_in(s, io, p):
    """Put all that was heard into the stream, and take back what its own line has thought of since. RT: worker."""
    if s.inbox > 0:
        s.held = -1
    for k in range(s.inbox):
        note = s.box[k]
        step = nearest_step(s, note.frame)
        if step - s.step > LONGEST_PAUSE and pass_time(s, step) > 0:
            step = nearest_step(s, note.frame)
        s.kept_until = max(s.kept_until, step_at(s, note.told + reaction(s, io)))
        if note.pitch < 0:
            take_back(s, s.kept_until, s.kept_until)
        elif p.follow > 0.0:
            take_back(s, step, s.kept_until)
            _tell_note(s, step, note.pitch, note.velocity)
        s.earliest = max(s.earliest, s.kept_until)
    s.inbox = 0


@entry(STEP2)
def hear_note(state_address, io_address):
    """Take in a note of a MIDI input. RT: worker."""
    s, io = state_at(state_address), io_at(io_address)
    if 0 <= io.pitch < 128:
        if io.velocity > 0:
            hear_sound(s, io.frame, io.frame)
        keep_note(s, io, io.frame, io.pitch, min(max(io.velocity, 0), 127))
    return 0


@kernel
def _velocity(io):
    """Velocity of a sound, by its level against the musician's average. RT: worker."""
    average = io.average_level_db if np.isfinite(io.average_level_db) else io.segment_level_db
    velocity = _MIDDLE * 10.0 ** ((io.segment_level_db - average) / 40.0)
    return np.int64(min(max(velocity, 1.0), 127.0)) if np.isfinite(velocity) else np.int64(_MIDDLE)


@kernel
def _pitch_of(s, io):
    """MIDI pitch of what sounds, −1 where it is unsure. RT: worker."""
    x = f32(io.features, SEGMENT_SIZE)
    if x[_VOICED] < VOICED or x[_PITCH_STD] > STEADY or io.frames < HEARD_MS * s.rate * 0.001:
        return np.int64(_NO_PITCH)
    return np.int64(min(max(np.rint(np.float64(x[_PITCH])), 0.0), 127.0))


@kernel
def _take_chroma(s, io):
    """Count a sound of unsure pitch by its chroma. RT: worker."""
    x = f32(io.features, SEGMENT_SIZE)
    for k in range(CLASSES):
        if x[_CHROMA + k] > _STRONG:
            remember(s, io.segment_onset, k, 0.5 * np.float64(x[_CHROMA + k]), 0.0)
    remember(s, io.segment_onset, 0, 0.0, 1.0)
    _keep(s, io, io.frame, _NO_PITCH, 0)


@entry(STEP2)
def hear_segment(state_address, io_address):
    """Take in a sound: a note as soon as its pitch is sure, and its end when it is over. RT: worker."""
    s, io = state_at(state_address), io_at(io_address)
    if io.segment_onset != s.segment_onset:
        s.segment_onset, s.segment_pitch = io.segment_onset, _NO_PITCH
    s.heard_frame = max(s.heard_frame, io.frame)
    if s.segment_pitch < 0:
        s.segment_pitch = _pitch_of(s, io)
        if s.segment_pitch >= 0:
            keep_note(s, io, io.segment_onset, s.segment_pitch, _velocity(io))
    if io.provisional == 0:
        if s.segment_pitch >= 0:
            keep_note(s, io, io.segment_onset + io.frames, s.segment_pitch, 0)
        else:
            _take_chroma(s, io)
    return 0
