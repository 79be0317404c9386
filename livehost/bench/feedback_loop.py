"""Callback and worker in lockstep, in a room: what each output plays comes back into the microphone by its own way."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from livehost.bench.material import RATE, make_settings
from livehost.bench.rooms import OUTPUTS, Returns, add_returns
from livehost.engine.callback import callback
from livehost.engine.worker.loop import worker_step
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, call1, call_callback, entry, f32, record_at, run1

_LOOP = np.dtype(
    [
        ("callback", "i8"),
        ("engine", "i8"),
        ("step", "i8"),
        ("worker", "i8"),
        ("returns", "i8"),
        ("take", "i8"),  # float32 [total]: the musician
        ("played", "i8"),  # float32 [OUTPUTS, total]
        ("total", "i8"),
        ("inp", "i8"),
        ("out", "i8"),
        ("block", "i8"),
        ("frame", "i8"),
        ("until", "i8"),
    ],
    align=True,
)


@entry(STEP)
def feedback_loop(address):
    """Run whole blocks up to `until`; each hears the take and what comes back of what was played. RT: worker."""
    r = record_at(address, _LOOP)
    block = r.block
    take, inp, out = f32(r.take, r.total), f32(r.inp, block), f32(r.out, OUTPUTS * block)
    while r.frame + block <= r.until:
        for i in range(block):
            inp[i] = take[r.frame + i]
        add_returns(r.returns, inp, block, r.played, r.total, r.frame)
        call_callback(r.callback, r.inp, r.out, block, 0, 0, r.engine)
        call1(r.step, r.worker)
        for c in range(OUTPUTS):
            played = f32(r.played + 4 * (c * r.total + r.frame), block)
            for i in range(block):
                played[i] = out[OUTPUTS * i + c]
        r.frame += block
    return 0


def play_in_room(
    take: np.ndarray, bank: Path, responses: Mapping[int, ArrayLike], *, block: int = 64, **settings: Any
) -> tuple[list[Mapping[str, Any]], NDArray[np.float32]]:
    """Let livehost answer a take in a room.

    Parameters
    ----------
    take : float32 [frames]
        The musician at the microphone.
    bank : Path
        Folder of sounds.
    responses : mapping of int to float [2, taps]
        From the block of each of these frames on, the ways from the left and the right output to the microphone, as
        impulse responses; the taps of the first block are 0. Empty: no room at all.
    block : int
        Frames of a block.

    Returns
    -------
    events : list
        All events.
    played : float32 [2, frames]

    Raises
    ------
    CannotRun
        A response that is sooner than one block.
    """
    from livehost.stage.stage import Stage

    frames, returns = len(take) // block * block, Returns(responses, block)
    stage = Stage(make_settings(bank, audio__block=block, run__seconds=frames / RATE, **settings), lambda _: None)
    events: list[Mapping[str, Any]] = []
    stage.bus.subscribe(events.append)
    heard, played = zeros(frames, np.float32), zeros(OUTPUTS * frames, np.float32)
    inp, out, loop = zeros(block, np.float32), zeros(OUTPUTS * block, np.float32), zeros(1, _LOOP)
    heard[:] = take[:frames]
    r = loop[0]
    r["callback"], r["engine"] = callback.address, stage.engine.address
    r["step"], r["worker"], r["returns"] = worker_step.address, stage.worker.address, returns.address
    r["take"], r["played"], r["total"] = heard.ctypes.data, played.ctypes.data, frames
    r["inp"], r["out"], r["block"] = inp.ctypes.data, out.ctypes.data, block
    run = run1(feedback_loop)
    try:
        stage.start()
        # a second at a time, so that no ring of events overflows
        for until in (*range(RATE, frames, RATE), frames):
            r["until"] = until
            run(loop.ctypes.data)
            stage.bus.pump(int(stage.engine["frame"]) - block)
    finally:
        stage.close()
    return [e for e in events if e["frame"] < frames], played.reshape(OUTPUTS, -1)
