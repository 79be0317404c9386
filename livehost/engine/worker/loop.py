"""The worker's loop: hears, asks the players and commands the audio thread, woken by the callback after every block.

For each hop of sound: look for an onset; where there is one, let the players put out what is to sound at once; then
analyse the frame, show what sounds, close segments, and let the players think; where there was none, only then let them
put out what is due. So an onset never waits for features or for a model, no part for the model of another, and what is
to sound later is chosen by all that was heard.
"""

import numpy as np

from livehost.dsp.onset.state import ONSET_IO
from livehost.dsp.segmenter import segmenter_at
from livehost.engine.input_log import (
    ENTRY,
    RESUME,
    SKIP,
    input_turn,
    next_control,
    put_control,
    replays,
    waiting_control,
)
from livehost.engine.worker.beat import follow_beat
from livehost.engine.worker.commands import handle_commands, handle_gate
from livehost.engine.worker.dispatch import step_players, think_players
from livehost.engine.worker.listener import analyse, follow_segments, listen, skip
from livehost.engine.worker.record import WORKER, WORKER_SETTINGS
from livehost.rt.atomics import load_acquire
from livehost.rt.audio_ring import audio_written
from livehost.rt.denormals import flush_denormals, restore_denormals
from livehost.rt.gate import gate_open, gate_rings
from livehost.rt.native import STEP, call1, entry, kernel, record_at
from livehost.rt.platform import gettid
from livehost.rt.semaphore import wait
from livehost.settings import TABLE

_BY_ONSET = TABLE["player.after_panic"].choices.index("onset")


@kernel
def _resume(w):
    """Play again after a panic, as the musician does; a stop holds until somebody says otherwise. RT: worker."""
    if w.gate_seen & 1 != 0 and gate_rings(w.gate) == 0:
        if not replays(w.input_log):
            gate_open(w.gate, w.gate_seen)
        handle_gate(w, RESUME)


@kernel
def _skip_as_then(w, written):
    """Skip sound where the session that is replayed did; False where there is not enough of it yet. RT: worker."""
    at = waiting_control(w.input_log, SKIP)
    if at == 0 or record_at(at, ENTRY).frame != w.frame:
        return True
    if record_at(at, ENTRY).number > written:
        return False
    skip(w, record_at(next_control(w.input_log, SKIP), ENTRY).number)
    input_turn(w.input_log, w.frame)
    return w.frame + w.onset_hop <= written


@entry(STEP)
def worker_step(address):
    """Work off all sound that has arrived. RT: worker."""
    arithmetic = flush_denormals()
    w = record_at(address, WORKER)
    onset = record_at(w.onset_io, ONSET_IO)
    parameters = record_at(w.parameters, WORKER_SETTINGS)
    written = audio_written(w.listen)
    if written - w.frame > w.ring_frames // 2:
        input_turn(w.input_log, w.frame)
        put_control(w.input_log, SKIP, 0, written, 0.0)
        skip(w, written)
    while w.frame + w.onset_hop <= written:
        input_turn(w.input_log, w.frame)
        if replays(w.input_log) and not _skip_as_then(w, written):
            break
        handle_commands(w)
        heard = listen(w, onset, parameters)
        if heard != 0 and parameters.player_after_panic == _BY_ONSET:
            _resume(w)
        w.frame += w.onset_hop
        onset_frame, level_db = onset.onset_frame, np.float64(onset.level_db)
        # an onset is answered at once; all else may wait for what is heard in this hop, and is chosen by it
        urgent = heard != 0 or w.sustained != 0
        if heard != 0:
            step_players(w, parameters, 1, onset_frame, level_db)
        elif urgent:  # what opened a segment without an attack, in the hop before
            step_players(w, parameters, 1, segmenter_at(w.segmenter).onset, level_db)
        w.sustained = 0
        if w.frame % w.hop == 0:
            analyse(w)
        follow_beat(w, parameters, heard, onset_frame, level_db)
        follow_segments(w, parameters, heard, onset_frame)
        think_players(w)
        if not urgent:
            step_players(w, parameters, 0, onset_frame, level_db)
        written = max(written, audio_written(w.listen))
    restore_denormals(arithmetic)
    return 0


@entry(STEP)
def worker_loop(address):
    """Work until told to stop. RT: worker."""
    w = record_at(address, WORKER)
    w.tid = gettid()
    while load_acquire(w.stop) == 0:
        wait(w.wake)
        call1(w.step, address)
    return 0
