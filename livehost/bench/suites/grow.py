"""A bank of 100 sounds grows by 200: how long that takes, what passes, and what is played meanwhile."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from livehost.bench.material import RATE, make_settings, write_take
from livehost.bench.suite import CannotRun, Context, Figure, NotInstalled
from livehost.bench.suites.startup import write_bank
from livehost.engine.state import EngineState
from livehost.errors import LivehostError
from livehost.growing.grow import counted
from livehost.growing.record import Record, read_record
from livehost.inference.export import find_export
from livehost.stage.stage import Stage
from livehost.synthesis.performer import perform

_MODEL = "mel-vqvae"
_SOUNDS, _GROWN, _BESIDE = 100, 200, 50
#: A take, and how often it is heard at most before the grown bank is in place.
_TAKE_S, _TAKES = 60.0, 5


def run(context: Context) -> Iterator[Figure]:
    """Grow by the command, then beside a session on the null driver."""
    try:
        find_export(_MODEL)
    except LivehostError as error:
        raise NotInstalled(f"No model that makes sounds is shipped: {error}") from None
    bank, out = write_bank(context.scratch / "mine", _SOUNDS), context.scratch / "grown"
    context.say(f"{_GROWN} sounds from {_SOUNDS} …")
    seconds = grown_s(bank, out)
    record = read_record(out)
    assert record is not None  # noqa: S101  the command has ended well
    yield Figure(
        f"{_GROWN} sounds from {_SOUNDS}", seconds, "s", "compute", noise=0.3, note="from the command to its end"
    )
    yield Figure("pass the checks", passing(record), "%", "exact", better="higher", note=told(record))
    context.say(f"{_BESIDE} sounds beside a session …")
    yield from beside(bank, write_take(context.scratch / "take.wav", np.tile(perform(_TAKE_S, RATE, 5)[0], _TAKES)))


def grown_s(bank: Path, out: Path) -> float:
    """Measure the command, s.

    Raises
    ------
    CannotRun
        Where it fails.
    """
    command = [
        sys.executable, "-m", "livehost", "grow", str(bank), "--with", _MODEL, "--count", str(_GROWN), "-o", str(out)
    ]  # fmt: skip
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotRun(f"Nothing was grown: {done.stderr.strip()[-200:]}")
    return time.monotonic() - began


def passing(record: Record) -> float:
    """Give the share of the candidates that were taken, %."""
    return 100 * len(record.grown) / max(len(record.grown) + len(record.rejected), 1)


def told(record: Record) -> str:
    """Say what was rejected."""
    return ", ".join(f"{count} {words}" for words, count in counted(record).items()) or "nothing was rejected"


def beside(bank: Path, take: Path) -> Iterator[Figure]:
    """Grow while a session plays on the null driver, until the grown bank is in place.

    Raises
    ------
    CannotRun
        Where it does not come to that.
    """
    said: list[str] = []
    stage = Stage(make_settings(bank, "null", audio__input=str(take), player__name="nearest"), said.append)
    stage.start()
    try:
        before = missed(stage.engine)
        first = int(stage.engine["blocks"])
        stage.control.grow(_MODEL, _BESIDE, [])
        while not any(re.match(r"The bank mine-grown is in place: ", line) for line in said):
            failed = [line for line in said if "has not grown" in line or "is not used" in line]
            if failed or stage.finished():
                raise CannotRun(failed[0] if failed else "The bank has not grown in time.")
            time.sleep(0.05)
        blocks = int(stage.engine["blocks"]) - first
        yield Figure(
            "blocks missed while it grows", missed(stage.engine) - before, "count", "tail", note=f"of {blocks}"
        )
        yield Figure("sounds in place", len(stage.hot_swap.first.bank), "count", "count", better="higher")
    finally:
        stage.close()


def missed(engine: EngineState) -> int:
    """Count the blocks that came too late so far."""
    return int(engine["input_xruns"] + engine["output_xruns"])
