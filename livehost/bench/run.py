"""Runs one suite: its figures, its faults and its time, into a result."""

import os
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from livehost.bench.measure import Timer
from livehost.bench.results import SuiteResult
from livehost.bench.suite import Context, Figure, NotInstalled, Suite
from livehost.errors import LivehostError

_RUNTIME = "LIVEHOST_RUNTIME"


@contextmanager
def _own_runtime(folder: Path) -> Iterator[None]:
    """Have a panic of the bench silence no livehost that plays on this computer, and none of theirs the bench."""
    before = os.environ.get(_RUNTIME)
    os.environ[_RUNTIME] = str(folder / "runtime")
    try:
        yield
    finally:
        os.environ.pop(_RUNTIME)
        if before is not None:
            os.environ[_RUNTIME] = before


def run_one(suite: Suite, context: Context, result: SuiteResult, told: Callable[[Figure], None] | None = None) -> None:
    """Run one suite into `result`; figures that came before a failure or Ctrl-C stay; `told` gets each at once."""
    timer = Timer()
    began, worked = time.monotonic(), sum(os.times()[:4])
    result.calibration_us = timer.calibration_us(50)
    try:
        with tempfile.TemporaryDirectory(prefix="livehost-bench-") as folder, _own_runtime(Path(folder)):
            running = suite.run(replace(context, scratch=Path(folder), calibration_us=result.calibration_us))
            for figure in running:
                result.figures.append(figure)
                if told is not None:
                    told(figure)
    except NotInstalled as error:
        result.absent = f"{suite.name} was not measured: {error}"
    except LivehostError as error:
        result.trouble = f"{suite.name} could not run: {error}"
    except Exception as error:  # one suite's fault must not cost the figures of the others
        where = traceback.extract_tb(error.__traceback__)[-1]
        result.trouble = f"{suite.name} failed: {error!r} in {Path(where.filename).name}, line {where.lineno}."
    finally:
        result.calibration_us = min(result.calibration_us, timer.calibration_us(50))
        result.seconds, result.cpu_seconds = time.monotonic() - began, sum(os.times()[:4]) - worked
