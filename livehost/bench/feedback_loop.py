"""Callback and worker in lockstep, in a room: what is played comes back into the microphone, softer and later."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numba import carray

from livehost.bench.material import RATE, make_settings
from livehost.engine.callback import callback
from livehost.engine.worker import worker_step
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, call1, call_callback, entry, f32, pointer, run1

_ROOM = np.dtype(
    [
        ("callback", "i8"),
        ("engine", "i8"),
        ("step", "i8"),
        ("worker", "i8"),
        ("take", "i8"),  # float32 [total]: the musician
        ("played", "i8"),  # float32 [total]: mean of both output channels
        ("inp", "i8"),
        ("out", "i8"),
        ("block", "i8"),
        ("delay", "i8"),  # frames from the speaker to the microphone, at least a block
        ("gain", "f8"),
        ("frame", "i8"),
        ("until", "i8"),
    ],
    align=True,
)


@entry(STEP)
def room_loop(address):
    """Run whole blocks up to `until`; each hears the take and what was played `delay` frames before. RT: worker."""
    r = carray(pointer(address), (1,), _ROOM)[0]
    block = r.block
    take, played = f32(r.take, r.until), f32(r.played, r.until)
    inp, out = f32(r.inp, block), f32(r.out, 2 * block)
    while r.frame + block <= r.until:
        for i in range(block):
            at = r.frame + i
            back = played[at - r.delay] if at >= r.delay else np.float32(0.0)
            inp[i] = take[at] + np.float32(r.gain) * back
        call_callback(r.callback, r.inp, r.out, block, 0, 0, r.engine)
        call1(r.step, r.worker)
        for i in range(block):
            played[r.frame + i] = np.float32(0.5) * (out[2 * i] + out[2 * i + 1])
        r.frame += block
    return 0


def play_in_room(
    take: np.ndarray, bank: Path, *, gain_db: float, delay_ms: float, block: int = 64, **settings: Any
) -> tuple[list[Mapping[str, Any]], np.ndarray]:
    """Let livehost answer a take in a room.

    Parameters
    ----------
    take : float32 [frames]
        The musician at the microphone.
    bank : Path
        Folder of sounds.
    gain_db : float
        From the output to the microphone; −200 for no room at all.
    delay_ms : float
        From the output to the microphone, at least one block.

    Returns
    -------
    events : list
        All events.
    played : float32 [frames]
        Mean of both output channels.
    """
    from livehost.stage import Stage

    frames = len(take) // block * block
    stage = Stage(make_settings(bank, audio__block=block, run__seconds=frames / RATE, **settings), lambda _: None)
    events: list[Mapping[str, Any]] = []
    stage.hub.listen(events.append)
    heard, played = zeros(frames, np.float32), zeros(frames, np.float32)
    inp, out, room = zeros(block, np.float32), zeros(2 * block, np.float32), zeros(1, _ROOM)
    heard[:] = take[:frames]
    room[0] = (
        callback.address, stage.engine.address, worker_step.address, stage.worker.address, heard.ctypes.data,
        played.ctypes.data, inp.ctypes.data, out.ctypes.data, block, max(block, round(delay_ms * RATE / 1000)),
        10 ** (gain_db / 20), 0, 0,
    )  # fmt: skip
    run = run1(room_loop)
    try:
        stage.start()
        for until in range(RATE, frames + RATE, RATE):  # a second at a time, so that no ring of events overflows
            room[0]["until"] = min(until, frames)
            run(room.ctypes.data)
            stage.hub.pump(int(stage.engine["frame"]) - block)
    finally:
        stage.close()
    return events, played
