"""The worker's loop: hears, asks the players and commands the audio thread, woken by the callback after every block.

For each hop of sound: look for an onset, let the players put out what is to sound; only then analyse the frame, close
segments, and let the players think. So an onset never waits for features or for a model, and no part for the model of
another.
"""

import numpy as np

from livehost.dsp.onset.state import ONSET_IO
from livehost.dsp.segmenter import segmenter_at
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
        gate_open(w.gate, w.gate_seen)
        handle_gate(w)


@entry(STEP)
def worker_step(address):
    """Work off all sound that has arrived. RT: worker."""
    arithmetic = flush_denormals()
    w = record_at(address, WORKER)
    onset = record_at(w.onset_io, ONSET_IO)
    parameters = record_at(w.parameters, WORKER_SETTINGS)
    written = audio_written(w.listen)
    if written - w.frame > w.ring_frames // 2:
        skip(w, written)
    while w.frame + w.onset_hop <= written:
        handle_commands(w)
        heard = listen(w, onset, parameters)
        if heard != 0 and parameters.player_after_panic == _BY_ONSET:
            _resume(w)
        w.frame += w.onset_hop
        onset_frame, level_db = onset.onset_frame, np.float64(onset.level_db)
        if heard == 0 and w.sustained != 0:  # what opened a segment without an attack, in the hop before
            step_players(w, parameters, 1, segmenter_at(w.segmenter).onset, level_db)
        else:
            step_players(w, parameters, heard, onset_frame, level_db)
        w.sustained = 0
        if w.frame % w.hop == 0:
            analyse(w)
        follow_segments(w, parameters, heard, onset_frame)
        think_players(w)
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
