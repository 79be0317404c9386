"""Asks the players of all parts, and sends what they put out to the audio thread."""

import numpy as np

from livehost.engine.input_log import INPUT_LOG, ROOM, WRITTEN, input_value
from livehost.engine.player_abi import END, FAILED, GAIN, MAX_OUTS, NOTE, OUT, PART, PLAYER, PLAYER_IO, part_at
from livehost.engine.worker.rests import rests_for_bars
from livehost.events import BY_NAME, NOW
from livehost.rt.audio_ring import audio_written
from livehost.rt.native import array_at, call2, kernel, record_at
from livehost.rt.ring import ring_claim, ring_publish, ring_room
from livehost.settings import PARTS, TABLE

_OFF = TABLE["player.name"].choices.index("off")
_VOICE, _VOICE_GAIN, _STOP, _PLAY_NOTE, _PART_FAILED = (
    BY_NAME[n].code for n in ("voice", "voice_gain", "stop", "play_note", "part_failed")
)
_VOICE_T, _VOICE_GAIN_T, _STOP_T, _PLAY_NOTE_T, _PART_FAILED_T = (
    BY_NAME[n].dtype for n in ("voice", "voice_gain", "stop", "play_note", "part_failed")
)
_IO_BYTES, _PART_BYTES, _PLAYER_BYTES = PLAYER_IO.itemsize, PART.itemsize, PLAYER.itemsize


@kernel
def player_of(w, part):
    """View the player of a part. RT: worker."""
    return record_at(w.players + part * _PLAYER_BYTES, PLAYER)


@kernel
def io_address(w, part):
    """Address of the arguments of a part's player. RT: worker."""
    return w.ios + part * _IO_BYTES


@kernel
def settings_of(w, part):
    """View the live settings of a part. RT: worker."""
    return part_at(w.part_settings + part * _PART_BYTES)


@kernel
def plays(w, part):
    """Tell whether a part has a player that can be asked. RT: worker."""
    return player_of(w, part).step != 0 and w.failed[part] == 0


@kernel
def _behind(w):
    """Frames that the worker is behind, beyond the block that one in time is behind. RT: worker."""
    if w.virtual != 0:
        return np.int64(0)
    log, written = record_at(w.input_log, INPUT_LOG), audio_written(w.listen)
    if written - w.frame <= w.block:
        written = log.written  # in time, as whoever replays it will find by what was told before
    log.written = input_value(w.input_log, WRITTEN, written, log.written)
    return max(log.written - w.frame - w.block, 0)


@kernel
def call_player(w, part, function):
    """Call a function of a part's player; where it fails, the part is silent from here on, and named. RT: worker."""
    player = player_of(w, part)
    if call2(function, player.state, io_address(w, part)) != FAILED:
        return
    w.failed[part] = 1
    address = ring_claim(w.events)
    if address != 0:
        r = record_at(address, _PART_FAILED_T)
        r.frame, r.kind, r.part = w.frame, _PART_FAILED, part
        ring_publish(w.events)


@kernel
def _send_voice(w, part, out, fade_in_ms):
    """Send a voice. RT: worker."""
    address = ring_claim(w.commands)
    if address == 0:
        w.refused += 1
        return
    c = record_at(address, _VOICE_T)
    w.decisions += 1
    c.frame, c.kind, c.gate, c.part, c.decision = out.frame, _VOICE, w.gate_seen, part, w.decisions
    c.onset_frame, c.index, c.reason = out.onset_frame, np.int32(out.index), np.int32(out.reason)
    c.fallback, c.probability = np.int32(out.fallback), np.float32(out.probability)
    c.heard_ms = np.float32(out.heard_ms)
    c.gain_db, c.pan = np.float32(out.gain_db), np.float32(0.0)
    c.rate, c.noted = np.float32(out.rate if out.rate > 0.0 else 1.0), np.int32(out.noted)
    c.decide_ms = np.float32(out.decide_ms)
    c.choke = np.int32(out.choke + part * MAX_OUTS) if out.choke != 0 else np.int32(0)
    c.offset, c.frames = 0, out.frames
    c.fade_in, c.fade_out = max(np.int32(fade_in_ms * w.rate * 0.001), np.int32(out.fade_in)), np.int32(0)
    ring_publish(w.commands)


@kernel
def _send_gain(w, part, out):
    """Send another gain for the voices of a part that answer an onset. RT: worker."""
    address = ring_claim(w.commands)
    if address == 0:
        w.refused += 1
        return
    c = record_at(address, _VOICE_GAIN_T)
    c.frame, c.kind, c.part = out.frame, _VOICE_GAIN, part
    c.onset_frame, c.gain_db = out.onset_frame, np.float32(out.gain_db)
    ring_publish(w.commands)


@kernel
def _send_end(w, out):
    """Send the end of a voice. RT: worker."""
    address = ring_claim(w.commands)
    if address == 0:
        w.refused += 1
        return
    c = record_at(address, _STOP_T)
    c.frame, c.kind, c.decision, c.fade = out.frame, _STOP, out.index, out.frames
    ring_publish(w.commands)


@kernel
def _send_note(w, part, out, frame, velocity):
    """Send the beginning or the end of a note. RT: worker."""
    address = ring_claim(w.commands)
    if address == 0:
        w.refused += 1
        return
    c = record_at(address, _PLAY_NOTE_T)
    c.frame, c.kind, c.gate, c.part, c.decision = frame, _PLAY_NOTE, w.gate_seen, part, w.decisions
    c.onset_frame, c.frames, c.reason = out.onset_frame, out.frames, np.int32(out.reason)
    c.pitch, c.velocity = np.int32(min(max(out.index, 0), 127)), np.int32(min(max(velocity, 0), 127))
    c.fallback, c.probability = np.int32(out.fallback), np.float32(out.probability)
    c.decide_ms = np.float32(out.decide_ms)
    ring_publish(w.commands)


@kernel
def _send(w, part, out, fade_in_ms):
    """Send an output; a note of known length is sent with its end. RT: worker."""
    if out.kind == GAIN:
        _send_gain(w, part, out)
        return
    if out.kind == END:
        _send_end(w, out)
        return
    w.last_part = part
    if out.kind != NOTE:
        _send_voice(w, part, out, fade_in_ms)
        return
    if out.velocity > 0:
        w.decisions += 1
    _send_note(w, part, out, out.frame, out.velocity)
    if out.velocity > 0 and out.frames > 0:
        begins = w.frame if out.frame == NOW else out.frame
        _send_note(w, part, out, begins + out.frames, 0)


@kernel
def step_players(w, parameters, heard, onset_frame, level_db):
    """Tell every player of this hop, and send what it puts out. RT: worker."""
    for part in range(PARTS):
        if not plays(w, part):
            continue
        io = record_at(io_address(w, part), PLAYER_IO)
        p = settings_of(w, part)
        io.frame, io.onset, io.onset_frame, io.onset_level_db = w.frame, heard, onset_frame, level_db
        io.average_level_db, io.average_loudness_db = w.average_level_db, w.average_loudness_db
        io.behind, io.quantum = _behind(w), np.int64(parameters.tempo_quantum)
        rests = p.respond == 0.0 or p.player_rest != 0.0 or rests_for_bars(w, part)
        io.may_play = 0 if rests or p.name == _OFF or w.gate_seen & 1 != 0 else 1
        room = min(ring_room(w.commands) // 2, MAX_OUTS)  # a note may take two
        io.room, io.count, io.refused = input_value(w.input_log, ROOM, room, MAX_OUTS), 0, 0
        io.decisions = w.decisions
        call_player(w, part, player_of(w, part).step)
        w.refused += io.refused
        if w.failed[part] == 0:
            outs = array_at(io.outs, MAX_OUTS, OUT)
            for k in range(min(io.count, MAX_OUTS)):
                _send(w, part, outs[k], parameters.engine_fade_in_ms)


@kernel
def hear_players(w, summary, onset_frame, frames, gap, level_db, loudness_db, provisional, parts):
    """Give a heard segment to the players of some parts, a bit for each. RT: worker."""
    for part in range(PARTS):
        if plays(w, part) and (parts >> part) & 1 != 0:
            io = record_at(io_address(w, part), PLAYER_IO)
            io.frame, io.features, io.frames = w.frame, summary, frames
            io.segment_onset, io.gap, io.provisional = onset_frame, gap, provisional
            io.segment_level_db, io.segment_loudness_db = level_db, loudness_db
            io.average_level_db, io.average_loudness_db = w.average_level_db, w.average_loudness_db
            call_player(w, part, player_of(w, part).hear_segment)


@kernel
def think_players(w):
    """Let every player that wants to think do so. RT: worker."""
    for part in range(PARTS):
        if plays(w, part):
            io = record_at(io_address(w, part), PLAYER_IO)
            if io.think != 0:
                io.frame, io.behind = w.frame, _behind(w)
                call_player(w, part, player_of(w, part).think)
