"""An item player in the worker: timing says when, a chooser says what, and what stands armed is put out in time.

The entries of an `engine.player_abi.PLAYER` around a chooser: plans, layers that sound together. What is to sound later
waits until its deadline, one decision and one block before its start, so that all that is heard until then counts; what
is to sound at once is what stands armed.
"""

import numpy as np

from livehost.engine.player_abi import (
    ALLOW,
    BEGIN,
    CHANGE,
    CHANGED,
    GAIN,
    RESET,
    STEER,
    STOP,
    VOICE,
    io_at,
    next_out,
    part_at,
)
from livehost.events import BY_NAME, NOW
from livehost.players.chooser import ASK_AGAIN, CHOICES, STAND_IN, chooser_at, chooser_io_at
from livehost.players.loudness import LOUDNESS_FIELDS, answer_gain, hear_level
from livehost.players.modes import divisions_of, yields
from livehost.players.rings import (
    RING_FIELDS,
    fade_rings,
    forget_rings,
    note_ring,
    put_out_fades,
    rings,
    yield_frames,
)
from livehost.players.tell import tell_expected, tell_phrase, tell_room, tell_unquantised
from livehost.players.timing.call import VARIED
from livehost.players.timing.phrase import timing_level
from livehost.players.timing.state import TIMING, TIMING_IO
from livehost.players.waiting import (
    NEVER,
    NO_ONSET,
    UNISON,
    WAITING,
    WAITING_FIELDS,
    any_answers,
    drop,
    keep,
    move,
    strike_now,
)
from livehost.rt.native import STEP2, call1, call2, entry, i64, kernel, record_at
from livehost.rt.platform import monotonic_ns
from livehost.rt.ring import ring_claim, ring_publish

#: What a decision may take before its deadline.
DECISION_MS = 0.8
#: Fade of what was to sound together with a stroke that did not come, ms.
WITHDRAWN_MS = 60.0

ITEM_PLAYER = np.dtype(
    [
        ("rate", "f8"),
        ("chooser", "i8"),  # address of its CHOOSER
        ("chooser_io", "i8"),
        ("timing", "i8"),
        ("timing_io", "i8"),
        ("timing_step", "i8"),
        ("timing_reset", "i8"),
        ("timing_forget", "i8"),
        ("timing_open", "i8"),
        ("timing_press", "i8"),
        ("item_frames", "i8"),  # address of int64 [items]: their lengths, 0 where none are known
        ("put_out", "i8"),  # voices that this step has put out
        ("used", "i8"),  # choices of the plan that have been put out
        ("asked_ns", "i8"),  # when the decision under way was asked for, 0 for none
        ("decide_ms", "f8"),
        # what was heard last, and what the plan that stands armed knew
        ("seen_onset", "i8"),
        ("seen_frames", "i8"),
        ("seen_sounding", "i8"),
        ("known_onset", "i8"),
        ("known_ms", "f8"),
        ("unison", "i8"),  # number of what was played together with a stroke that is expected, −1 for nothing …
        ("unison_ring", "i8"),  # … among the sounds
        *LOUDNESS_FIELDS,
        *RING_FIELDS,
        *WAITING_FIELDS,
    ],
    align=True,
)
_NEXT, _NEXT_T = BY_NAME["next"].code, BY_NAME["next"].dtype
_LAYER_SHARE = 0.5  # a choice sounds together with a better one where it is at least half as likely
_LAYER_FADE_MS = 15.0  # and comes in behind it
_LONG = 1 << 40


@kernel
def _state(address):
    return record_at(address, ITEM_PLAYER)


@kernel
def _arm(s, io, c, urgent):
    """Have the chooser decide what comes next, and tell of it. RT: worker."""
    if s.asked_ns == 0:
        s.asked_ns = monotonic_ns()
    c.frame, c.urgent, c.wait, c.behind = io.frame, urgent, io.virtual, io.behind
    c.part, c.parameters, c.plan, c.events = io.part, io.parameters, io.plan + 1, io.events
    c.input_log = io.input_log
    c.now = 1 if any_answers(s) else 0
    chooser = chooser_at(s.chooser)
    code = call2(chooser.choose, chooser.state, s.chooser_io)
    if code == ASK_AGAIN:
        io.think = 1
        return
    spent = np.int64(0) if io.virtual != 0 else monotonic_ns() - s.asked_ns
    s.decide_ms = np.float64(spent) * 1e-6
    s.used, s.asked_ns = 0, 0
    s.known_onset, s.known_ms = s.seen_onset, s.seen_frames * 1000.0 / s.rate
    io.think = 1 if code == STAND_IN else 0
    io.plan += 1
    address = ring_claim(io.events)
    if address != 0:
        r = record_at(address, _NEXT_T)
        r.frame, r.kind, r.part, r.decision, r.decide_ms = io.frame, _NEXT, io.part, io.plan, np.float32(s.decide_ms)
        r.count, r.fallback = np.int32(c.count), np.int32(c.fallback)
        r.heard_ms, r.sounding, r.now = np.float32(s.known_ms), np.int32(s.seen_sounding), np.int32(c.now)
        for k in range(CHOICES):
            r.index[k] = np.int32(c.index[k]) if k < c.count else np.int32(-1)
            r.probability[k] = np.float32(c.probability[k]) if k < c.count else np.float32(0.0)
        ring_publish(io.events)


@kernel
def _layers(s, c, p):
    """Count the armed choices that sound together: those that are nearly as likely as the first. RT: worker."""
    count = 1
    while (
        count < p.voices
        and s.used + count < c.count
        and c.probability[s.used + count] >= _LAYER_SHARE * c.probability[s.used]
    ):
        count += 1
    return count


@kernel
def _length(s, item):
    """Give the length of an item, frames; where it is not known, one that ends no session. RT: worker."""
    return i64(s.item_frames, item + 1)[item] if s.item_frames != 0 else _LONG


@kernel
def _put_out(s, io, c, p, start, onset_frame, reason, level_db, layer, layers):
    """Put out the best armed choice that is not used up. RT: worker."""
    if s.used >= c.count:
        return
    if io.count >= io.room:
        io.refused += 1
        return
    choice = s.used
    out = next_out(io)
    out.frame, out.kind, out.index, out.frames = start, VOICE, c.index[choice], 0
    gain_db = answer_gain(s, io, p, c.index[choice], start, onset_frame, level_db)
    out.gain_db = gain_db - 10.0 * np.log10(np.float64(layers))
    out.fade_in = 0 if layer == 0 else np.int64(_LAYER_FADE_MS * s.rate * 0.001)
    out.choke = 1 + layer if p.choke != 0.0 else 0
    out.onset_frame, out.reason, out.probability = onset_frame, reason, c.probability[choice]
    out.fallback, out.decide_ms = c.fallback, s.decide_ms
    out.heard_ms = s.known_ms if onset_frame >= 0 and s.known_onset == onset_frame else 0.0
    io.count += 1
    s.put_out += 1
    decision, begins = io.decisions + s.put_out, max(start, io.frame)
    if reason == UNISON and layer == 0:
        s.unison, s.unison_ring = decision, s.rung
    note_ring(s, decision, begins + _length(s, c.index[choice]))
    c.frame, c.played, c.layer = io.frame, c.index[choice], layer
    c.start = start if start >= 0 else io.frame
    chooser = chooser_at(s.chooser)
    call2(chooser.played, chooser.state, s.chooser_io)
    s.used += 1
    io.think = 1


@kernel
def _play(s, io, c, p, start, onset_frame, reason, level_db):
    """Put out what stands armed, in as many layers as sound together. RT: worker."""
    if s.used >= c.count:
        _arm(s, io, c, 1)
    layers = _layers(s, c, p)
    for layer in range(layers):
        _put_out(s, io, c, p, start, onset_frame, reason, level_db, layer, layers)


@kernel
def _margin(s, io):
    """Give how long before its start a play must go out, in frames: a decision and a block. RT: worker."""
    return io.block + np.int64(DECISION_MS * s.rate * 0.001)


@kernel
def _play_due(s, io, c, p):
    """Put out what waits and cannot wait for another hop; say when to look once more before the next one.

    RT: worker
    """
    latest, kept, first = io.frame + io.hop + _margin(s, io), 0, np.int64(-1)
    for k in range(s.waiting):
        start, onset_frame, reason, level_db = s.start[k], s.onset_frame[k], s.reason[k], s.level_db[k]
        if start < latest:
            _play(s, io, c, p, start, onset_frame, reason, level_db)
            continue
        move(s, k, kept)
        kept += 1
        if first < 0 or start < first:
            first = start
    s.waiting = kept
    # in the hop in which it goes out, what sounds is shown once more before that, and chosen by
    io.look_at = first - _margin(s, io) - io.hop + 1 if kept > 0 else -1


@kernel
def _wait(s, io, c, p, start, onset_frame, reason, level_db):
    """Have a play wait for its deadline; where too many do, the first of them goes out now. RT: worker."""
    if s.waiting == WAITING:
        _play(s, io, c, p, s.start[0], s.onset_frame[0], s.reason[0], s.level_db[0])
        for k in range(1, WAITING):
            move(s, k, k - 1)
        s.waiting -= 1
    keep(s, start, onset_frame, reason, level_db)


@kernel
def _swell(s, io):
    """Put out another gain for the newest answer, where its stroke has turned out to be another; not before it starts.

    RT: worker
    """
    if io.may_play == 0:
        s.swell_db = 0.0
    if s.swell_db == 0.0 or io.count >= io.room:
        return
    out = next_out(io)
    soon = io.frame + io.lead
    out.frame = max(soon, s.follow_start) if io.lead > 0 or s.follow_start > soon else NOW
    out.kind, out.onset_frame, out.gain_db = GAIN, s.follow_onset, s.swell_db
    io.count += 1
    s.swell_db = 0.0


@kernel
def _withdraw(s):
    """Take back what was played together with a stroke that did not come. RT: worker."""
    drop(s, UNISON, 0, NEVER)
    if s.unison >= 0:
        fade_rings(s, s.unison_ring, s.rung, np.int64(WITHDRAWN_MS * s.rate * 0.001))


@kernel
def _tell(s, io, timing):
    """Tell what the timing has found out. RT: worker."""
    if timing.outcome != 0:
        decision = s.unison if timing.outcome_struck != 0 else -1
        withdrawn = 1 if timing.withdraws != 0 and s.unison >= 0 else 0
        tell_expected(
            io, timing.outcome_frame, timing.outcome_probability, timing.outcome_onset, decision, withdrawn
        )  # fmt: skip
        s.unison = -1
    if timing.phrase_over != 0:
        tell_phrase(io, timing.phrase_onset_frame, timing.phrase_onsets)
    if timing.free != 0:
        tell_unquantised(io)
    if timing.tells_room != 0:
        tell_room(io, timing.busy, timing.share)


@entry(STEP2)
def step(state_address, io_address):
    """Ask the timing when to play, and put out what is due. RT: worker."""
    s, io = _state(state_address), io_at(io_address)
    p, c = part_at(io.parameters), chooser_io_at(s.chooser_io)
    timing = record_at(s.timing_io, TIMING_IO)
    timing.now, timing.onset = io.frame, io.onset
    timing.onset_frame, timing.level_db = io.onset_frame, io.onset_level_db
    timing.mode, timing.respond, timing.density, timing.lead_frames = np.int64(p.mode), io.may_play, p.density, io.lead
    timing.delay_frames = np.int64(round(p.answer_delay_ms * s.rate * 0.001))
    timing.phrase_gap_frames = np.int64(p.phrase_gap_ms * s.rate * 0.001)
    timing.beat, timing.quantum, timing.latency = io.beat, max(io.quantum, 1), io.latency
    timing.divisions, timing.space, timing.unison = divisions_of(p.quantise), p.space, p.unison
    timing.varied = VARIED
    timing.next_stroke, timing.next_stroke_onset = c.next_stroke, c.next_stroke_onset
    call2(s.timing_step, s.timing, s.timing_io)
    s.put_out = 0
    if io.may_play == 0:
        s.waiting = 0
    drop(s, NO_ONSET, timing.drop_from, timing.drop_until)
    if timing.strikes_now != 0:
        strike_now(s, io)
    for k in range(timing.count):
        start = timing.start_frame[k]
        onset_frame, reason, level_db = timing.play_onset_frame[k], timing.reason[k], timing.play_level_db[k]
        if start <= io.frame and timing.delay_frames == 0:
            _play(s, io, c, p, NOW, onset_frame, reason, level_db)  # at the head of the next block, and not late
        else:
            _wait(s, io, c, p, start, onset_frame, reason, level_db)
    _play_due(s, io, c, p)
    _swell(s, io)
    if timing.withdraws != 0:
        _withdraw(s)
    elif timing.comes_back != 0 and p["yield"] > 0.0 and yields(timing.mode):
        # but not what was played together with this very stroke
        fade_rings(s, 0, s.unison_ring if s.unison >= 0 else s.rung, yield_frames(s, p["yield"]))
    put_out_fades(s, io)
    _tell(s, io, timing)
    return 0


@entry(STEP2)
def think(state_address, io_address):
    """Arm the next plan. RT: worker."""
    s, io = _state(state_address), io_at(io_address)
    _arm(s, io, chooser_io_at(s.chooser_io), 0)
    return 0


@entry(STEP2)
def hear_segment(state_address, io_address):
    """Give a heard segment to the chooser. RT: worker."""
    s, io = _state(state_address), io_at(io_address)
    c, chooser = chooser_io_at(s.chooser_io), chooser_at(s.chooser)
    c.frame, c.features, c.frames, c.provisional = io.frame, io.features, io.frames, io.provisional
    c.onset = io.segment_onset
    s.seen_onset, s.seen_frames, s.seen_sounding = io.segment_onset, io.frames, io.provisional
    call2(chooser.hear, chooser.state, s.chooser_io)
    hear_level(s, io, part_at(io.parameters))
    if io.provisional != 0:
        timing_level(record_at(s.timing, TIMING), io.segment_onset, io.segment_level_db)
    io.think = 1
    return 0


@entry(STEP2)
def hear_note(state_address, io_address):  # noqa: ARG001
    """Pass over a note: what is played from a bank answers to sound. RT: worker."""
    return 0


@entry(STEP2)
def command(state_address, io_address):
    """Carry out a verb; all but `STOP` have the plan made anew. RT: worker."""
    s, io = _state(state_address), io_at(io_address)
    c, chooser = chooser_io_at(s.chooser_io), chooser_at(s.chooser)
    c.frame = io.frame
    if io.verb == STOP:
        call1(s.timing_reset, s.timing)
        s.waiting, io.look_at, s.follow_onset, s.swell_db, s.unison = 0, -1, -1, 0.0, -1
        forget_rings(s)
        return 0
    if io.verb == BEGIN:
        call1(s.timing_open, s.timing)
        return 0
    if io.verb == RESET:
        call2(chooser.reset, chooser.state, s.chooser_io)
        call1(s.timing_forget, s.timing)
    elif io.verb == STEER:
        c.verdict = io.verdict
        call2(chooser.steer, chooser.state, s.chooser_io)
        silent = s.waiting == 0 and not rings(s, io.frame)
        if io.verdict == CHANGE and silent and call1(s.timing_press, s.timing) != 0:
            s.used = c.count  # what stands armed is the choice before
    elif io.verb == ALLOW:
        c.item, c.allowed = io.item, io.allowed
        call2(chooser.allow, chooser.state, s.chooser_io)
    if io.verb <= CHANGED:
        io.think = 1
    return 0


#: Address fields of a PLAYER, and who fills them.
ENTRIES = {
    "step": step, "think": think, "hear_segment": hear_segment, "hear_note": hear_note, "command": command,
}  # fmt: skip
